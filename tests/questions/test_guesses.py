"""What an answer hangs on: guesses in its first lines, facts with grades, the kept study where timelines are few."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import allohistory
from allohistory.questions.flips import flip
from allohistory.questions.hangs import facts_behind, guesses, kept_parameters
from allohistory.results.schema import HangsOn
from allohistory.timeline.model import load
from smallwar_model import small_model

TEMPER, HARD = "frontier.clash.per_temper", "capital.answers.hard"


def hanging(*ids):
    book = small_model().book
    return [
        HangsOn(id, "parameter", "3 % where it is low, 40 % where it is high", book.parameters[id].grade)
        for id in ids
    ]


def test_one_guess_is_said_and_a_sourced_parameter_is_none():
    assert guesses(small_model(), hanging(HARD)) == ""  # grade B
    said = guesses(small_model(), hanging(HARD, TEMPER))
    assert said.startswith("This answer hangs on one guess of ours (grade C): frontier.clash.per_temper")
    assert "40 % where it is high" in said
    assert "2 guesses" in guesses(small_model(), hanging(TEMPER, "capital.answers.soft"))


def test_it_stands_in_the_first_lines(small, monkeypatch):
    """On whatever the draws show: the second line of an answer whose strongest parameter is a guess."""
    from allohistory.questions import pieces

    monkeypatch.setattr(pieces, "hangs_on", lambda *_: tuple(hanging(TEMPER)))
    answer = allohistory.scenario("smallwar").ask(timelines=60, outcomes="war")
    assert answer.restated[1].startswith("This answer hangs on one guess")


def test_facts_stand_behind_parameters_with_their_grades():
    found = facts_behind(small_model(), hanging(HARD, TEMPER))
    assert [(one.id, one.kind) for one in found] == [("clashes.a-year", "fact")]
    assert found[0].grade in ("A", "B", "C")
    assert HARD in found[0].effect


def test_the_kept_study_steps_in():
    found = kept_parameters(load(), "serious_war")
    assert 1 <= len(found) <= 4
    assert all(one.kind == "parameter-in-free-timelines" and one.grade for one in found)
    assert kept_parameters(small_model(), "war") == []


def columns(shown, n=400):
    held = SimpleNamespace(timeline=np.arange(n), draw=np.arange(n) % 20, weight=None)
    held.read = lambda _: SimpleNamespace(shown=shown)
    return held


@pytest.mark.parametrize(("turned", "flips"), [(0, False), (2, False), (60, True)])
def test_a_reading_flips_the_answer_only_beyond_chance(turned, flips):
    """One timeline or two in four hundred turned one way are chance's; sixty are not."""
    base = np.arange(400) < 100
    other = base.copy()
    other[100 : 100 + turned] = True
    found = flip("a=b", 0.25, columns(other), columns(base), None, tried=6)
    assert found.flips is flips
    assert found.probability == pytest.approx(0.25 + turned / 400)
    assert found.chance_interval[0] <= found.probability <= found.chance_interval[1]
