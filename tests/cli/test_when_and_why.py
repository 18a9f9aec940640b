"""`allohistory hinges` and `allohistory explain`: what they print, their JSON, their files, and what they refuse."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from allohistory.cli.main import main

FEW = ("--timelines", "200", "--draws", "2", "--workers", "2")


@pytest.fixture
def run(small, capsys):
    def command(*words):
        code = main([words[0], "--scenario", "smallwar", *words[1:]])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_hinges__has_a_row_a_week_and_the_named_moves(run, small, tmp_path):
    target = tmp_path / "war.svg"
    code, out, _ = run("hinges", "--outcome", "war", *FEW, "--json", "-o", str(target))
    found = json.loads(out)
    assert code == 0 and found["command"] == "hinges" and found["format"] == 1
    assert [week["week"] for week in found["weeks"]] == list(range(small.blueprint.weeks))
    for week in found["weeks"]:
        low, high = week["chance_interval"]
        assert 0.0 <= low <= week["probability"] <= high <= 1.0
    for move in found["moves"]:
        assert {"date", "id", "before", "after"} <= set(move)
        assert move["id"] in small.book.entries or move["id"] == "nothing else"
    assert found["again"].startswith("allohistory hinges --outcome war")
    ElementTree.fromstring(target.read_text(encoding="utf-8"))
    code, out, _ = run("hinges", "--outcome", "war", *FEW)
    assert code == 0 and "How it stood" in out and "again: allohistory hinges --outcome war" in out


def test_hinges__are_the_same_on_one_thread_and_on_two(small):
    from allohistory.questions.hinges.ask import hinges

    one, two = (
        hinges(small, "war", timelines=200, draws=2, seed=9, workers=workers).as_json() for workers in (1, 2)
    )
    assert one == two


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("hinges",), "--outcome"),
        (("hinges", "--outcome", "wars"), "war"),
        (("hinges", "--outcome", "clashes"), "clashes>0"),
        (("hinges", "--outcome", "war", "--timelines", "20"), "200"),
        (("hinges", "--outcome", "war", "-o", "curve.pdf"), "curve.svg"),
        (("explain", "--outcome", "war"), "nothing to explain"),
        (("explain", "--outcome", "war", "--pod", "no-first-clsh"), "no-first-clash"),
        (
            ("explain", "--outcome", "war", "--pod", "no-first-clash", "--at", "1931-01-05"),
            "after the change",
        ),
    ],
)
def test_when_and_why__refuse_in_one_line_that_names_the_nearest(run, words, says):
    code, out, error = run(*words)
    assert code == 2 and out == "" and says in error and len(error.splitlines()) <= 5


def test_explain__has_every_part(run):
    code, out, _ = run(
        "explain", "--outcome", "war", "--pod", "no-first-clash", "calm-temper", *FEW, "--json"
    )
    found = json.loads(out)
    assert code == 0 and found["command"] == "explain"
    assert [one["id"] for one in found["causes"]] == ["no-first-clash", "calm-temper", "all together"]
    for one in found["causes"]:
        for name in ("necessity", "sufficiency", "both"):
            bounds = one["bounds"][name]
            assert one[name] is None or bounds[0] - 1e-6 <= one[name] <= bounds[1] + 1e-6
    assert {"shapley", "boxes", "sensitivity", "words", "steps", "arrows"} <= set(found)
    assert found["again"] == (
        "allohistory explain --scenario smallwar --pod no-first-clash --pod calm-temper --outcome war "
        "--timelines 200 --draws 2"
    )


def test_explain__reads_as_a_page(run):
    code, out, _ = run("explain", "--outcome", "war", "--pod", "no-first-clash", *FEW)
    assert code == 0
    for heading in ("Why?", "What it was needed and enough for", "again: allohistory explain"):
        assert heading in out
