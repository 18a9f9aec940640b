"""Property 6: a timeline forked without a change is itself; with one it is identical in all weeks before."""

import pytest

from allohistory.timeline.changes import NEVER, VARIABLE_ADD
from allohistory.timeline.plan import END, START, Item, Plan, position
from allohistory.timeline.tell import one_timeline
from textbook.running import recorded_countries

pytestmark = pytest.mark.property(n=6)

WEEK = 45
CHANGES = {
    "a forbidden clash": Item(int(NEVER), rule=1, first_week=WEEK, last_week=WEEK + 20, place=2),
    "a worse temper": Item(
        int(VARIABLE_ADD),
        value=5.0,
        first=recorded_countries().variable_place["state.temper"][0],
        count=1,
        first_week=WEEK,
        last_week=WEEK,
    ),
}


def events(plan, timeline, until=10_000):
    return [
        event for event in one_timeline(recorded_countries(), plan, timeline).events if event.week < until
    ]


@pytest.mark.parametrize("horizon", [START, END, position(20, 2)])
@pytest.mark.parametrize("name", CHANGES)
def test_a_fork_with_a_change_is_identical_before_it(horizon, name):
    differ = 0
    for timeline in range(40):
        original = Plan(horizon=horizon, draws=1, seed=8)
        forked = Plan((CHANGES[name],), horizon=horizon, draws=1, seed=8)
        assert events(original, timeline, WEEK) == events(forked, timeline, WEEK)
        differ += events(original, timeline) != events(forked, timeline)
    assert differ > 0


def test_a_fork_with_new_luck_is_identical_before_it_and_parts_after_it():
    parted = 0
    for timeline in range(40):
        original = Plan(draws=1, seed=8)
        forked = Plan(draws=1, seed=8, forks=((WEEK, 5),))
        assert events(original, timeline, WEEK) == events(forked, timeline, WEEK)
        parted += events(original, timeline) != events(forked, timeline)
    assert parted > 20


def test_two_salts_give_two_lucks_and_one_salt_the_same():
    one, again, other = (Plan(draws=1, seed=8, forks=((WEEK, salt),)) for salt in (5, 5, 6))
    assert [events(one, t) for t in range(20)] == [events(again, t) for t in range(20)]
    assert [events(one, t) for t in range(20)] != [events(other, t) for t in range(20)]
