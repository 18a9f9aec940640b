"""Property 1: with history's luck and no change, history comes back, whatever the seed and the draw."""

import numpy as np
import pytest

from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, START, Plan, position
from allohistory.timeline.replay import replay
from textbook.running import a_history, as_record, countries, recorded_countries, same_bits, together

pytestmark = pytest.mark.property(n=1)

HISTORIES = range(20)


@pytest.mark.parametrize("seed", HISTORIES)
def test_replay__every_entry_comes_back(seed):
    scenario = countries(a_history(countries(), seed))
    found = replay(scenario)
    assert found.missing == ()
    assert found.trouble is None
    assert found.log_likelihood == pytest.approx(sum(found.by_rule.values()), rel=1e-12)


@pytest.mark.parametrize("seed", HISTORIES)
def test_same_luck__without_a_change_nothing_departs_from_the_record(seed):
    scenario = countries(a_history(countries(), seed))
    found = together(scenario, Plan(horizon=END, draws=1, seed=seed + 100), 300)
    assert not found.departures.any()
    assert (found.returned == len(scenario.entries)).all()


@pytest.mark.parametrize("rule", [1, 2, 3, 5])
def test_same_luck__a_nudged_input_changes_no_choice_and_no_firing(rule):
    found = together(recorded_countries(), Plan(horizon=END, draws=1, nudge=(rule, 1e-9)), 2_000)
    assert not found.departures.any()


def test_same_luck__a_nudged_mean_moves_shocks_by_as_much():
    scenario, amount = recorded_countries(), 1e-9
    memory = Memory(scenario)
    memory.load_plan(Plan(horizon=END, draws=1, nudge=(4, amount)))
    memory.load_draw(0)
    memory.c.logging = 1
    memory.run(0)
    harvests = [e for e in as_record(memory) if e.rule == "harvest"]
    recorded = [e for e in scenario.entries if e.rule == "harvest"]
    assert len(harvests) == len(recorded) > 0
    for now, then in zip(harvests, recorded, strict=True):
        assert now.took == pytest.approx(then.took, abs=1e-6)
        assert now.took != then.took


def test_same_luck__without_the_short_cut_history_still_comes_back():
    found = together(recorded_countries(), Plan(horizon=END, draws=1, fast=False), 2_000)
    assert not found.departures.any()


def test_same_luck__the_tests_above_can_fail():
    """With a ledger that is wrong on purpose, history does not come back."""
    scenario = recorded_countries()
    memory = Memory(scenario)
    memory.load_plan(Plan(horizon=END, draws=1))
    memory.load_draw(0)
    memory.c.ledger_inputs[:, 0] += 1.0
    departures = 0
    for timeline in range(300):
        memory.run(timeline)
        departures += int(memory.c.departures)
    assert departures > 0


def test_one_dial__the_modes_are_one():
    scenario = recorded_countries()
    no_record = countries()
    cut = position(40, 0)
    free = Plan(horizon=START, draws=1, seed=3)
    assert same_bits(together(scenario, free, 500), together(scenario, free, 500))
    with_empty_record = together(no_record, free, 500)
    assert np.array_equal(with_empty_record.value, together(scenario, free, 500).value)
    half = together(scenario, Plan(horizon=cut, draws=1, seed=3), 500)
    assert (half.departed[half.departed >= 0] >= 40).all()
    assert (half.departed >= 0).any()
