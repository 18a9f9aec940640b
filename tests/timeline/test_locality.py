"""Property 2: after a change, an address whose rule reads nothing that changed gives the same bits."""

import numpy as np
import pytest

from allohistory.timeline.changes import CHOICE, NEVER, VARIABLE_ADD
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, START, Item, Plan, position
from textbook import blocks
from textbook.running import a_history, little_models, recorded_countries, together

pytestmark = pytest.mark.property(n=2)

OTHERS = [o for o, name in enumerate(blocks.OUTCOMES) if name not in ("second",)]


def test_a_turned_choice_leaves_every_other_block_alone():
    scenario = little_models(a_history(little_models(), 4))
    turned = Item(int(CHOICE), rule=3, option=0, first_week=1, last_week=1, place=3)
    other_way = Item(int(CHOICE), rule=3, option=1, first_week=1, last_week=1, place=3)
    for horizon in (START, END, position(1, 4)):
        no = together(scenario, Plan((turned,), horizon, draws=1), 1_000)
        yes = together(scenario, Plan((other_way,), horizon, draws=1), 1_000)
        assert np.array_equal(no.value[:, OTHERS], yes.value[:, OTHERS])
        assert np.array_equal(no.day[:, OTHERS], yes.day[:, OTHERS])


def test_the_test_above_can_fail():
    scenario = little_models(a_history(little_models(), 4))
    turned = Item(int(CHOICE), rule=6, option=0, first_week=1, last_week=1, place=6)
    other_way = Item(int(CHOICE), rule=6, option=1, first_week=1, last_week=1, place=6)
    no = together(scenario, Plan((turned,), START, draws=1), 1_000)
    yes = together(scenario, Plan((other_way,), START, draws=1), 1_000)
    assert not np.array_equal(no.value[:, OTHERS], yes.value[:, OTHERS])


def test_nothing_changes_before_the_week_of_the_change():
    scenario = recorded_countries()
    place, _ = scenario.variable_place["state.temper"]
    worse = Item(int(VARIABLE_ADD), value=2.0, first=place, count=1, first_week=60, last_week=60)
    for horizon in (START, END):
        logs = [before(scenario, Plan(items, horizon, draws=1), 60) for items in ((), (worse,))]
        assert logs[0] == logs[1]


def before(scenario, plan, week):
    """All that was logged before a week, in 50 timelines."""
    memory = Memory(scenario)
    memory.load_plan(plan)
    memory.load_draw(0)
    memory.c.logging = 1
    found = []
    for timeline in range(50):
        memory.run(timeline)
        c = memory.c
        for i in range(int(c.logged)):
            if c.log_week[i] < week:
                found.append((timeline, int(c.log_rule[i]), int(c.log_occasion[i]), float(c.log_value[i])))
    return found


def test_a_clash_forbidden_in_one_week_leaves_the_other_side_its_clashes_until_temper_carries_it_over():
    scenario = recorded_countries()
    first = next(e for e in scenario.entries if e.rule == "clash")
    silent = Item(
        int(NEVER), rule=1, entity=first.entity, first_week=first.week, last_week=first.week, place=2
    )
    found = together(scenario, Plan((silent,), END, draws=1), 500)
    assert (found.applied == 1).all()
    assert (found.departed == first.week).all()
