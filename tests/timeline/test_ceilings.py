"""Ceilings and luck drawn ahead: what is skipped would have come to nothing, and a false ceiling is found out."""

import numpy as np
import pytest

from allohistory.ensemble.golden import digest, plans
from allohistory.ensemble.run import run
from allohistory.luck.address import occasion, uniform
from allohistory.timeline.changes import VARIABLE_ADD
from allohistory.timeline.clocks import at_most, clock, sleeps, sleeps_below
from allohistory.timeline.memory import Memory
from allohistory.timeline.model import load
from allohistory.timeline.plan import Item, Plan
from allohistory.timeline.replay import trouble
from textbook.running import countries, recorded_countries

TIMELINES = 40
CLASH, WEEK, TIMELINE, SEED = np.int64(1), np.int64(30), 6, 5
ONE, NORTH = np.int64(1), np.int64(0)


def test_ceilings_change_no_bit():
    """Every mode, coupling and convention of the golden plans, with every clock asked and with sleeping ones."""
    blueprint = load().blueprint
    awake, asleep = [Memory(blueprint)], [Memory(blueprint)]
    awake[0].c.awake = 1
    for name, plan in plans(load()):
        found = [run(blueprint, plan, count=TIMELINES, workers=1, memories=each) for each in (awake, asleep)]
        assert digest(found[0]) == digest(found[1]), name
        assert np.array_equal(found[0].histogram, found[1].histogram), name
        assert (found[0].aside == 0).all()


def test_ceilings_spare_rules_in_the_scenario():
    memory = Memory(load().blueprint)
    memory.load_plan(Plan(seed=SEED))
    memory.load_draw(0, ledger=False)
    memory.run_many(0, 1, TIMELINES)
    assert memory.c.sheet_slept[:TIMELINES].mean() > 0.1 * memory.c.sheet_draws[:TIMELINES].mean()
    memory.c.awake = 1
    memory.run_many(0, 1, TIMELINES)
    assert (memory.c.sheet_slept[:TIMELINES] == 0).all()


@pytest.fixture
def memory():
    """A week of the two countries, luck of the northern clash drawn ahead by hand."""
    found = Memory(countries())
    found.load_plan(Plan(seed=SEED, draws=1))
    found.load_draw(0, ledger=False)
    c = found.c
    c.week, c.timeline, c.luck_of_week, c.aside = WEEK, TIMELINE, 1, 0
    c.asked[:], c.ahead_week[:], c.ceiling[:], c.queued = -1, -1, 1e300, 0
    row = int(c.row_of[CLASH])
    zero = np.int64(0)
    at = occasion(WEEK, NORTH, zero)
    c.ahead[row] = uniform(np.int64(SEED), zero, np.int64(TIMELINE), CLASH, at, zero)
    c.ahead_week[row] = WEEK
    return found


def test_a_clock_sleeps_only_above_its_ceiling(memory):
    c = memory.c
    v = float(c.ahead[int(c.row_of[CLASH])])
    assert not sleeps(c, CLASH, NORTH)  # no ceiling
    at_most(c, CLASH, NORTH, v * 1.01)
    assert not sleeps(c, CLASH, NORTH)
    at_most(c, CLASH, NORTH, v * 0.99)
    assert sleeps(c, CLASH, NORTH)
    assert not sleeps(c, CLASH, NORTH)  # once a week
    assert clock(c, CLASH, NORTH, 0.0) == 0
    assert int(c.aside) == 8  # asked twice


def test_a_clock_sleeps_above_a_share_of_its_ceiling(memory):
    c = memory.c
    v = float(c.ahead[int(c.row_of[CLASH])])
    assert not sleeps_below(c, CLASH, NORTH, 0.0)  # no ceiling, no share of one
    at_most(c, CLASH, NORTH, 2.0 * v)
    assert not sleeps_below(c, CLASH, NORTH, 0.51)
    assert sleeps_below(c, CLASH, NORTH, 0.49)


def test_a_recorded_firing_is_always_asked(memory):
    c = memory.c
    at_most(c, CLASH, NORTH, 0.0)
    c.said[WEEK, int(c.row_of[CLASH])] = 4
    assert not sleeps(c, CLASH, NORTH)


def test_a_clock_that_a_change_names_is_always_asked(memory):
    at_most(memory.c, CLASH, NORTH, 0.0)
    memory.c.ordinary[CLASH] = 0
    assert not sleeps(memory.c, CLASH, NORTH)


def test_no_ceiling_is_declared_where_a_variable_or_parameter_is_changed(memory):
    memory.load_plan(Plan((Item(int(VARIABLE_ADD), value=1.0, count=1),), seed=SEED, draws=1))
    at_most(memory.c, CLASH, NORTH, 0.0)
    assert not sleeps(memory.c, CLASH, NORTH)


def test_a_hazard_above_its_ceiling_sets_the_world_aside_and_names_the_clock(memory):
    c = memory.c
    at_most(c, CLASH, NORTH, 0.5)
    clock(c, CLASH, NORTH, 3.0)
    assert int(c.aside) == 9
    assert "ceiling" in trouble(memory.blueprint, memory)


def test_luck_drawn_ahead_is_the_luck_of_the_address():
    """What a finished world has left in its context, against each address asked for by itself."""
    memory = Memory(recorded_countries())
    memory.load_plan(Plan(seed=SEED, draws=1))
    memory.load_draw(0, ledger=False)
    memory.run(TIMELINE)
    c, zero = memory.c, np.int64(0)
    rows = [row for row in range(len(c.ahead_week)) if int(c.ahead_week[row]) == int(c.week)]
    assert rows
    for rule in memory.blueprint.drawn:
        for entity in range(len(rule.entities)):
            row = memory.blueprint.row_of[rule.id] + entity
            if rule.draws == "clock" and row in rows:
                at = occasion(np.int64(c.week), np.int64(entity), zero)
                alone = uniform(np.int64(SEED), zero, np.int64(TIMELINE), np.int64(rule.number), at, zero)
                assert float(c.ahead[row]) == alone
