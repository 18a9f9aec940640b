"""The years to 1950: the record comes back to its last week, and no world of the rules alone leaves its ranges."""

from __future__ import annotations

from datetime import date

import pytest

from allohistory.book.calendar import STANDARD
from allohistory.timeline.memory import Memory
from allohistory.timeline.model import load
from allohistory.timeline.plan import END, START, Plan
from allohistory.timeline.replay import replay

FREE, DRAWS = 60, 6
PEACE = date(1945, 9, 2)
AFTER_PEACE = 25


@pytest.fixture(scope="module")
def blueprint():
    return load("soviet-japanese-war").blueprint


@pytest.fixture(scope="module")
def replayed(blueprint):
    """A world under history's luck."""
    memory = Memory(blueprint)
    memory.load_plan(Plan(horizon=END))
    memory.load_draw(1)
    memory.run(1)
    return memory


def test_the_last_week_ends_with_the_year_1950(blueprint):
    assert STANDARD.date_of(blueprint.weeks * 7 - 1) == date(1950, 12, 31)


def test_the_record_goes_on_after_the_peace(blueprint):
    later = [entry for entry in blueprint.entries if STANDARD.monday_of(entry.week) > PEACE]
    assert len(later) >= AFTER_PEACE


@pytest.mark.parametrize("draw", range(3))
def test_the_record_comes_back_to_its_last_week(blueprint, draw):
    found = replay(blueprint, draw)
    assert found.trouble is None and not found.missing


def test_history_ends_as_it_did(blueprint, replayed):
    w = replayed.worlds[0]
    assert int(replayed.c.aside) == 0
    assert w["china"]["ruler"] == 2 and w["china"]["civil_war"] == 0 and w["china"]["at_war"] == 0
    assert w["europe"]["settlement"] == 1 and w["europe"]["breaches"] == 3
    assert w["japan"]["surrender_week"] == STANDARD.week_of(date(1945, 8, 15))
    assert 20 <= w["ussr"]["divisions_east"] <= 50


def test_no_world_of_the_rules_alone_is_set_aside(blueprint):
    memory = Memory(blueprint)
    memory.load_plan(Plan(horizon=START, seed=50))
    for draw in range(DRAWS):
        memory.load_draw(draw, ledger=False)
        for timeline in range(FREE // DRAWS):
            memory.run(timeline)
            assert int(memory.c.aside) == 0, (draw, timeline, int(memory.c.aside_week))
