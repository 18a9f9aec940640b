import json
import pickle

import pytest

from allohistory.errors import AllohistoryError, nearest


def test_lines__the_first_says_all_and_there_are_at_most_five():
    error = AllohistoryError(
        "--pod",
        'there is no point of divergence "no-kasan"',
        given="no-kasan",
        possible=["no-khasan", "amur"],
        see="allohistory pods",
    )
    assert error.lines() == [
        'error: --pod: there is no point of divergence "no-kasan"; nearest: no-khasan',
        "  given     no-kasan",
        "  possible  no-khasan, amur",
        "  see       allohistory pods",
    ]
    assert str(error) == "\n".join(error.lines())


def test_lines__nothing_near_is_left_out():
    error = AllohistoryError("week.py", "broken\nin two lines", given="zzz", possible=["aaa", "bbb"])
    assert error.lines()[0] == "error: week.py: broken in two lines"
    assert AllohistoryError("a", "b").lines() == ["error: a: b"]
    assert AllohistoryError("a", "b", given="aaa", possible=["aab"], closest="").closest is None


def test_lines__a_long_list_is_cut_and_counted():
    error = AllohistoryError("a", "b", possible=[f"option-number-{i}" for i in range(100)])
    assert error.lines()[1].endswith("and 94 more")
    assert len(error.lines()[1]) < 140
    assert len(error.to_json()["possible"]) == 100


def test_to_json__has_the_one_shape():
    error = AllohistoryError("--from", "outside", given=3, possible=("a",), closest="a", status=404)
    assert json.loads(json.dumps(error.to_json())) == {
        "ok": False,
        "status": 404,
        "error": "outside",
        "where": "--from",
        "given": "3",
        "possible": ["a"],
        "closest": "a",
        "see": None,
    }
    assert error.exit_code == 2


def test_errors_travel_whole_between_processes():
    error = AllohistoryError("a", "b", given="c", possible=["cc"], see="d", status=409, exit_code=3)
    again = pickle.loads(pickle.dumps(error))
    assert again.to_json() == error.to_json()
    assert again.exit_code == 3
    assert again.lines() == error.lines()


@pytest.mark.parametrize(
    ("given", "possible", "expected"),
    [
        ("genral_war", ["general_war", "theatre_war"], "general_war"),
        ("NO-KHASAN", ["no-khasan"], "no-khasan"),
        ("night-attack", ["khasan.night-attack-and-much-more", "khasan.night-attack"], "khasan.night-attack"),
        ("incident", ["a-very-long-subject-indeed.incident", "b"], "a-very-long-subject-indeed.incident"),
        ("", ["a"], None),
        ("xyz", [], None),
        ("quite-different", ["ab"], None),
    ],
)
def test_nearest(given, possible, expected):
    assert nearest(given, possible) == expected
