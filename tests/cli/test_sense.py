"""`check sense` from the command line: its text, its JSON, its exit codes, its errors."""

from __future__ import annotations

import json

import pytest

from allohistory.book.sense import Line, Read
from allohistory.cli.commands.sense import number_in
from allohistory.cli.main import main
from allohistory.questions.sense import Report, sense
from allohistory.questions.sense_figures import LAST, Found

KEYS = {"name", "value", "interval", "baseline", "bar", "met", "again"}


@pytest.fixture(scope="module")
def few():
    """Four wars a year of the real scenario, fought once."""
    from allohistory.questions.scenario import scenario

    return sense(scenario("soviet-japanese-war").model, timelines=4)


@pytest.fixture
def run(few, capsys, monkeypatch):
    """The command, on those wars or on a report made up."""

    def command(*words, report=few):
        monkeypatch.setattr("allohistory.questions.sense.sense", lambda model, **asked: report)
        code = main(["check", "sense", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def line(mark, value):
    read = Read("men")
    one = Line(
        "men", 22, "Men appear or vanish", ("1936-japan",), read, "share", 0.0, 0.0, 0.0, mark, "certain"
    )
    return Found(one, value, (0.0, 0.1), 100)


@pytest.mark.parametrize(
    ("mark", "value", "code"), [("F", 0.0, 0), ("F", 0.01, 3), ("J", 0.01, 0), ("F-J", 0.01, 0)]
)
def test_exit_code__3_only_where_a_firm_line_is_off(run, mark, value, code):
    assert run(report=Report((line(mark, value),), (), 10))[0] == code


def test_text__lines_courses_and_what_cannot_be(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    _, out, _ = run()
    for words in (
        "Wars beside what is expected of them",
        "... Harbin in six months",
        "How long, and how they ended",
        "What they cost, thousand men",
        "Where the line stood, km past the border",
        "The Trans-Siberian east of Irkutsk",
        "What cannot be",
        "Japan attacks in September 1941",
    ):
        assert words in " ".join(out.split())


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.0, "share", "0 %"),
        (0.0023, "share", "0.23 %"),
        (0.134, "share", "13.4 %"),
        (1.0, "share", "100 %"),
        (1.3, "ratio", "1.3"),
        (3.0, "ratio", "3"),
        (0.35, "ratio", "0.35"),
        (1278.4, "km", "1,278"),
        (LAST, "months", "never"),
    ],
)
def test_numbers__have_no_more_figures_than_they_need(value, unit, words):
    assert number_in(value, unit) == words


def test_json__keys_of_the_interface(run, few):
    code, out, _ = run("--json")
    found = json.loads(out)
    assert code == (3 if few.broken else 0)
    assert all(set(one) >= KEYS for one in found["scores"])
    assert {one["name"] for one in found["scores"]} >= {"siege-months", "trains-over-capacity", "no-teleport"}
    assert {one["year"] for one in found["wars"]} == {1936, 1938, 1939, 1941, 1943, 1945}
    months = found["wars"][0]["by_month"]
    assert months[0]["months"] == 1 and set(months[0]) >= {"front_km", "trunk_share", "trunk_thousand_tons"}
    assert found["wars_a_year"] == 4 and found["again"] == "allohistory check sense --timelines 4"


def test_without_the_sheet__one_line(tmp_path, capsys, monkeypatch):
    from smallwar_model import install

    monkeypatch.setenv("ALLOHISTORY_HOME", str(tmp_path))
    install(monkeypatch)
    assert main(["check", "sense", "--scenario", "smallwar"]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "no sense/openings.toml" in said.err.splitlines()[0]
