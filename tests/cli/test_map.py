"""`allohistory map`: the file it writes, its JSON, and what it says of a date, a file or a folder that will not do."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from allohistory.book.theatre import open_theatre
from allohistory.cli.main import main
from allohistory.telling.atlas import plate

REAL = (
    Path(__file__).resolve().parent.parent.parent
    / "src"
    / "allohistory"
    / "scenarios"
    / "soviet_japanese_war"
)


@pytest.fixture
def run(small, capsys):
    def command(*words):
        code = main([words[0], "--scenario", "smallwar", *words[1:]])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def address(run):
    return json.loads(run("ask", "--timelines", "20", "--json")[1])["address_example"][0]


@pytest.fixture
def drawn(run, address, monkeypatch):
    """The command on the small scenario, put on the real theatre, for it has none of its own."""
    monkeypatch.setattr(plate, "theatre_of", lambda model: open_theatre(REAL))
    return lambda *words: run("map", address, *words)


def test_map__writes_an_svg_without_any_variable_of_war(drawn, address, tmp_path):
    target = tmp_path / "theatre.svg"
    code, out, err = drawn("1932-03-01", "-o", str(target))
    assert (code, out, err) == (0, f"{target}\n", "")
    root = ElementTree.fromstring(target.read_text(encoding="utf-8"))
    said = " ".join(filter(None, (one.text for one in root.iter())))
    assert "The Far East, 1 March 1932" in said
    assert address in said
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_map__twice_the_same_bytes(drawn, tmp_path):
    for name in ("one.svg", "other.svg"):
        drawn("1932-03-01", "-o", str(tmp_path / name))
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "other.svg").read_bytes()


def test_map__writes_a_png(drawn, tmp_path):
    target = tmp_path / "theatre.PNG"
    assert drawn("1932-03-01", "-o", str(target))[0] == 0
    assert target.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_map__json_lists_the_files(drawn, tmp_path):
    target = tmp_path / "theatre.svg"
    answer = json.loads(drawn("1932-03-01", "-o", str(target), "--json")[1])
    assert answer["files"] == [str(target)]
    assert answer["command"] == "map"
    assert answer["again"].startswith("allohistory map ah1")


def first_line(result):
    code, out, err = result
    assert (code, out) == (2, "")
    return err.splitlines()[0]


def test_map__a_day_outside_the_scenario(drawn, tmp_path):
    said = first_line(drawn("1958-01-01", "-o", str(tmp_path / "a.svg")))
    assert "1958-01-01 lies outside the scenario" in said
    assert "nearest: " in said
    assert not (tmp_path / "a.svg").exists()


@pytest.mark.parametrize("name", ["theatre.gif", "theatre", "theatre.svgz"])
def test_map__an_ending_that_is_not_drawn(drawn, tmp_path, name):
    said = first_line(drawn("1932-03-01", "-o", str(tmp_path / name)))
    assert "ends neither in .svg nor in .png" in said
    assert said.endswith("theatre.svg")


def test_map__a_folder_that_is_not_there(drawn, tmp_path):
    said = first_line(drawn("1932-03-01", "-o", str(tmp_path / "no" / "a.svg")))
    assert f'there is no folder "{tmp_path / "no"}"' in said
    assert said.endswith(f"nearest: {tmp_path / 'a.svg'}")


def test_map__a_folder_in_place_of_a_file(drawn, tmp_path):
    (tmp_path / "maps.svg").mkdir()
    assert "is a folder" in first_line(drawn("1932-03-01", "-o", str(tmp_path / "maps.svg")))


def test_map__a_folder_that_may_not_be_written_to(drawn, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "cannot be written to" in first_line(drawn("1932-03-01", "-o", str(tmp_path / "a.svg")))


def test_map__a_scenario_without_a_theatre(run, address, tmp_path):
    said = first_line(run("map", address, "1932-03-01", "-o", str(tmp_path / "a.svg")))
    assert 'the scenario "smallwar" has no theatre to draw' in said


def test_map__without_a_file(run, address):
    assert "-o/--output is missing" in first_line(run("map", address, "1932-03-01"))


def test_tell__a_scenario_without_a_war_on_land_has_no_weeks_of_war(run, address):
    assert json.loads(run("tell", address, "--json")[1])["war"] == []
    assert "The war, week by week" not in run("tell", address)[1]
