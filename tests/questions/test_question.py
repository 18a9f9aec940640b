"""Questions: bad input of every kind is refused with the nearest valid thing; `again` asks the same question."""

from __future__ import annotations

import shlex

import pytest

from allohistory.cli.commands.ask import question_of
from allohistory.cli.parser import read
from allohistory.errors import AllohistoryError
from allohistory.questions.question import Question, several, workers_of


@pytest.mark.parametrize(
    ("wrong", "where", "nearest"),
    [
        ({"luck": "frsh"}, "--luck", "fresh"),
        ({"coupling": "gumble"}, "--coupling", "gumbel"),
        ({"clocks": "weeks"}, "--clocks", "week"),
        ({"timelines": 0}, "--timelines", "1"),
        ({"timelines": 1 << 25}, "--timelines", str(1 << 24)),
        ({"timelines": 2.5}, "--timelines", None),
        ({"timelines": True}, "--timelines", None),
        ({"draws": 0}, "--draws", "1"),
        ({"seed": -1}, "--seed", "0"),
        ({"seed": 1 << 32}, "--seed", str((1 << 32) - 1)),
        ({"workers": 0}, "--workers", "1"),
        ({"precision": 0.0}, "--precision", None),
        ({"precision": 0.9}, "--precision", None),
        ({"precision": float("nan")}, "--precision", None),
        ({"precision": "wide"}, "--precision", None),
        ({"from_": "yesterday"}, "--from", None),
        ({"from_": "1938-02-30"}, "--from", None),
        ({"pods": ("a", "a")}, "--pod", "a"),
        ({"do": ("",)}, "--do", None),
    ],
)
def test_bad_values_are_refused(wrong, where, nearest):
    with pytest.raises(AllohistoryError) as caught:
        Question(**wrong)
    assert caught.value.where == where
    assert len(caught.value.lines()) <= 5
    if nearest is not None:
        assert caught.value.closest == nearest


def test_again__asks_the_same_question():
    question = Question(
        pods=("a-pod", "other@1938-07-29"),
        do=("border.incident[amur]@1937..1938*=0.5",),
        from_="1938-08-01",
        luck="same",
        coupling="maximal",
        outcomes=("war before 1939 and not peace",),
        given="first_clash",
        timelines=500,
        seed=7,
    )
    words = shlex.split(question.again)
    assert words[:2] == ["allohistory", "ask"]
    assert question_of(read(words[1:]).options, None) == question


def test_again__says_nothing_that_is_standard():
    assert Question().again == "allohistory ask"


def test_several():
    assert several("one") == ("one",)
    assert several(["one", "two"]) == ("one", "two")
    assert several(None) == ()


@pytest.mark.parametrize("text", ["none", "0", "-2", "1.5"])
def test_workers__of_the_environment_must_be_a_whole_number(monkeypatch, text):
    monkeypatch.setenv("ALLOHISTORY_WORKERS", text)
    with pytest.raises(AllohistoryError, match="ALLOHISTORY_WORKERS"):
        workers_of(None)


def test_workers__what_is_asked_wins(monkeypatch):
    monkeypatch.setenv("ALLOHISTORY_WORKERS", "3")
    assert workers_of(2) == 2
    assert workers_of(None) == 3
