"""`make new-rule` writes three stubs, in a copy of the tree that is as good as empty."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import new_rule

TOOL = Path(new_rule.__file__)


def run(id, root):
    command = [sys.executable, str(TOOL), id, "--root", str(root)]
    return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def test_new_rule__writes_a_rule_a_parameter_and_a_case(tmp_path):
    done = run("tokyo.answers-note", tmp_path)
    assert done.returncode == 0, done.stderr
    rule, parameter, case = (tmp_path / name for name in new_rule.stubs("tokyo.answers-note"))
    functions = [
        node.name for node in ast.walk(ast.parse(rule.read_text())) if isinstance(node, ast.FunctionDef)
    ]
    assert functions == ["answers_note"]
    assert tomllib.loads(parameter.read_text())["parameter"][0]["id"] == "tokyo.answers-note.per_week"
    assert tomllib.loads(case.read_text())["case"][0]["rule"] == "tokyo.answers-note"
    for name in new_rule.stubs("tokyo.answers-note"):
        assert name in done.stdout


def test_new_rule__the_stub_is_a_rule_that_can_be_asked(tmp_path):
    run("tokyo.answers-note", tmp_path)
    text = (tmp_path / next(iter(new_rule.stubs("tokyo.answers-note")))).read_text()
    names = {"__name__": "stub_of_a_scenario.rules.tokyo"}
    exec(compile(text, "tokyo.py", "exec"), names)
    card = names["answers_note"].card
    assert (card.id, card.draws) == ("tokyo.answers-note", "clock")
    assert names["answers_note"](0.5, type("P", (), {"per_week": 0.2})) == 0.1


def test_new_rule__a_second_rule_of_a_subject_is_appended(tmp_path):
    run("tokyo.answers-note", tmp_path)
    assert run("tokyo.answers-letter", tmp_path).returncode == 0
    rule, parameter, _ = (tmp_path / name for name in new_rule.stubs("tokyo.answers-letter"))
    functions = [
        node.name for node in ast.walk(ast.parse(rule.read_text())) if isinstance(node, ast.FunctionDef)
    ]
    assert functions == ["answers_note", "answers_letter"]
    assert rule.read_text().count("import rule") == 1
    assert len(tomllib.loads(parameter.read_text())["parameter"]) == 2


@pytest.mark.parametrize(
    "id", ["", "tokyo", "Tokyo.answers", "tokyo.answers_note", "tokyo.", "../x.y", "a.b.c"]
)
def test_new_rule__a_bad_id_gets_one_line_and_nothing_is_written(tmp_path, id):
    done = run(id, tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: new-rule: ")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_new_rule__an_id_that_exists_is_refused(tmp_path):
    run("tokyo.answers-note", tmp_path)
    before = {path: path.read_text() for path in tmp_path.rglob("*.*")}
    done = run("tokyo.answers-note", tmp_path)
    assert done.returncode == 2
    assert "stands in" in done.stderr
    assert before == {path: path.read_text() for path in tmp_path.rglob("*.*")}
