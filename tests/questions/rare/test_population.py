"""Splitting timelines of a scenario: the same probability as brute force, and every timeline found has an address."""

from __future__ import annotations

import math

import pytest

import allohistory
from allohistory.questions.arms import Runner
from allohistory.questions.columns import Columns, asked_of
from allohistory.questions.question import Question
from allohistory.questions.rare.chance import (
    BRUTE_FORCE,
    SPLITTING,
    Chance,
    brute_force,
    by_splitting,
    the_sharper,
)
from allohistory.questions.rare.histories import Histories, address_of
from allohistory.questions.rare.ladder import pilot_ladder
from allohistory.questions.worlds import read_worlds

Z = 4.5  # 1 in 150,000, two-sided
RARE = "war before 1931-03-06"  # about 1 in 100 timelines of the small scenario
BY = ("first_clash before 1931-02-20",)


@pytest.fixture
def asked(small):
    worlds = read_worlds(Question(scenario="smallwar", outcomes=(RARE,)), small)
    runner = Runner(small, 1, 1 << 30)
    pilot = Columns(small, runner.run("pilot", worlds.plan(), 4_000))
    return worlds, asked_of(RARE, small), pilot, Histories(small, worlds.plan()), runner


@pytest.mark.statistical
def test_population__splitting_agrees_with_brute_force(asked):
    # Brute force: 45 of 4,000, standard error 15 %; splitting about as much.
    worlds, outcome, pilot, histories, runner = asked
    brute = brute_force(pilot, outcome)
    chance = by_splitting(worlds, outcome, pilot, histories, BY, runner, repeats=30, each=60)
    assert chance.method == SPLITTING
    apart = math.hypot(brute.standard_error, chance.standard_error)
    assert abs(chance.probability - brute.probability) < Z * apart
    assert (
        abs(3.0 * chance.probability - brute.probability) > Z * apart
    )  # three times as much would be noticed
    assert chance.splitting.survivors.shape == (1, 30)


def test_population__what_is_found_has_an_address_and_reaches_the_outcome(asked):
    worlds, outcome, pilot, histories, runner = asked
    chance = by_splitting(worlds, outcome, pilot, histories, BY, runner, repeats=4, each=100)
    names = {one.name for one in chance.found}
    assert len(names) == len(chance.found)  # no salt is used twice
    forked = [one.name for one in chance.found if one.name.forks][:3]
    assert forked
    for name in forked:
        timeline = allohistory.scenario("smallwar").timeline(address_of(worlds, name))
        assert timeline.outcomes["war"].value is True
        assert timeline.outcomes["war"].date < "1931-03-06"


def test_population__same_question_same_timelines(asked):
    worlds, outcome, pilot, histories, runner = asked
    first, again = (
        by_splitting(worlds, outcome, pilot, histories, BY, runner, repeats=3, each=40) for _ in range(2)
    )
    assert first.found == again.found
    assert first.probability == again.probability


def test_ladder__a_pilot_chooses_what_comes_before(asked):
    worlds, outcome, pilot, _, _ = asked
    ladder = pilot_ladder(worlds, outcome, pilot)
    assert ("first_clash before 1931-03-06",) in ladder.milestones  # with the question's own date
    assert len(ladder.levels) == 1
    assert all(0.0 < height < 1.0 for height in ladder.heights)


def test_the_sharper__never_worse_than_brute_force():
    brute = Chance(BRUTE_FORCE, 0.01, 0.001, (0.008, 0.012), 10_000)
    assert the_sharper(brute, None).method == BRUTE_FORCE
    vain = Chance(SPLITTING, 0.0, 0.0, (0.0, 1.0), 10_000)
    assert the_sharper(brute, vain).method == BRUTE_FORCE
    assert "given up" in the_sharper(brute, vain).reason
