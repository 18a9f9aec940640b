"""A timeline carried away and compared, from the command line."""

from __future__ import annotations

import json

import pytest

from allohistory.cli.main import main

WAR = ("--scenario", "smallwar")


@pytest.fixture
def run(small, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")

    def command(*words):
        code = main([words[0], *WAR, *words[1:]])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def address(run):
    return json.loads(run("ask", "--json", "--pod", "struck-in-1932", "--timelines", "20")[1])[
        "address_example"
    ][0]


def test_tell__carries_a_timeline_away(run, address, tmp_path):
    code, out, _ = run("tell", address, "--as", "markdown")
    assert code == 0
    assert out.startswith("# Suppose")
    code, out, _ = run("tell", address, "--as", "html", "-o", str(tmp_path / "told.html"))
    assert code == 0
    assert (tmp_path / "told.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "told.html" in out
    found = json.loads(run("tell", address, "--json", "--as", "csv", "-o", str(tmp_path / "tables"))[1])
    assert len(found["files"]) == 4


def test_tell__says_what_it_cannot_carry(run, address):
    code, _, err = run("tell", address, "--as", "docx")
    assert code == 2
    assert 'there is no format "docx"' in err
    code, _, err = run("tell", address, "--as", "pdf")
    assert code == 2
    assert "no text to print" in err


def test_tell__with_its_sources(run, address):
    out = run("tell", address, "--sources")[1]
    assert "capital.answers" in out


def test_compare__a_timeline_with_another(run, address):
    other = json.loads(run("ask", "--json", "--pod", "struck-in-1932", "--timelines", "20", "--seed", "2")[1])
    code, out, _ = run("compare", address, other["address_example"][0])
    assert code == 0
    assert "Two timelines" in out
    assert "again: allohistory compare" in out
    found = json.loads(run("compare", address, address, "--json")[1])
    assert found["first_difference"] is None
    assert found["months"] == []


def test_ask__writes_a_report(run, tmp_path):
    target = tmp_path / "answer.html"
    code, _, err = run("ask", "--pod", "struck-in-1932", "--timelines", "20", "--report", str(target))
    assert code == 0
    assert "report:" in err
    assert "Intervals are 90 %" in target.read_text(encoding="utf-8")
    code, _, err = run("ask", "--pod", "struck-in-1932", "--report", str(tmp_path / "answer.pdf"))
    assert code == 2
    assert "does not end in .html" in err
