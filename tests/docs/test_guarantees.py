"""docs/guarantees.md cannot drift: what it names exists, and every property has tests that are marked with it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import bands

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")
PROPERTIES = range(1, 10)
NAMED = re.compile(r"`((?:tests|validation)/[\w/]+\.py)`")
TEST = re.compile(r"`(test_\w+)`")


def sections(page):
    """Property -> its section of the page."""
    parts = re.split(r"^## (\d) ", page, flags=re.MULTILINE)
    return {int(number): text for number, text in zip(parts[1::2], parts[2::2], strict=True)}


def properties_of(tree):
    """The numbers with which a module, or any test in it, is marked."""
    return {
        call.keywords[0].value.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) == "pytest.mark.property"
        and isinstance(call.keywords[0].value, ast.Constant)
    }


def named_tests(tree):
    """The tests of a module."""
    return [
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name[:5] == "test_"
    ]


TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "tests").rglob("test_*.py"))
}
MARKED = {
    number: {file for file, tree in TREES.items() if number in properties_of(tree)} for number in PROPERTIES
}


def test_there_are_nine():
    assert list(sections(PAGE)) == list(PROPERTIES)
    assert set().union(*(properties_of(tree) for tree in TREES.values())) == set(PROPERTIES)


def test_every_file_that_is_named_exists():
    named = NAMED.findall(PAGE)
    assert named
    assert [file for file in named if not (ROOT / file).is_file()] == []


@pytest.mark.parametrize("number", PROPERTIES)
def test_each_property_names_the_tests_that_are_marked_with_it(number):
    named = {file for file in NAMED.findall(sections(PAGE)[number]) if "/test_" in file}
    assert named == MARKED[number]
    assert all(named_tests(TREES[file]) for file in named)


def test_every_known_answer_has_its_test():
    known = {name for tree in TREES.values() for name in named_tests(tree)}
    named = TEST.findall(PAGE)
    assert len(named) == 8
    assert [name for name in named if name not in known] == []


def test_the_rate_of_false_alarms_is_the_one_the_tests_use():
    assert f"a rate of {bands.FALSE_ALARM:.0e}".replace("e-06", "e-6") in PAGE


def test_the_reader_can_fail():
    tree = ast.parse("import pytest\npytestmark = pytest.mark.property(n=3)\n\n\ndef other():\n    pass\n")
    assert properties_of(tree) == {3} and named_tests(tree) == []
    assert properties_of(ast.parse("import pytest\n")) == set()
