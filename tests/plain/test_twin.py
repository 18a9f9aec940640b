"""The compiled engine and its plain twin agree, draw by draw and week by week, in every mode."""

import pytest

from allohistory.timeline.changes import VARIABLE_ADD
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, START, Item, Plan, position
from plain import two_countries as plain
from plain.engine import World
from textbook import two_countries
from textbook.running import countries, recorded_countries

SEED, WEEKS, WORSE = 8, two_countries.WEEKS, 40
COVERED = frozenset({1, 2, 3, 4, 5})
HORIZONS = {"free": (0, 0), "fresh": (40, 3), "same": (10_000, 0)}


def record(scenario):
    numbers = {rule.id: rule.number for rule in scenario.rules}
    return {(numbers[e.rule], (e.key << 21) | (e.entity << 9) | e.step): e.took for e in scenario.entries}


def twin(scenario, timeline, horizon, worse):
    """The plain engine's events and tempers, and its score of the record."""
    silent = {3: 0}
    factual = World(0, 0, record(scenario), COVERED, silent, replaying=True, place=plain.PLACES)
    if horizon != (0, 0):
        plain.run(factual, two_countries.PARAMETERS, WEEKS)
    world = World(
        SEED, timeline, record(scenario), COVERED, silent, factual.ledger, horizon=horizon, place=plain.PLACES
    )
    tempers = plain.run(world, two_countries.PARAMETERS, WEEKS, worse)
    return world.events, tempers, factual.score


def engine(scenario, timeline, horizon, worse):
    """The same from the compiled engine; its quarterly tempers are read at the ends of weeks 0, 13, 26 ..."""
    place = scenario.variable_place["state.temper"][0]
    item = Item(int(VARIABLE_ADD), value=2.0, first=place, count=1, first_week=worse, last_week=worse)
    at = {(0, 0): START, (10_000, 0): END}.get(horizon, position(*horizon))
    memory = Memory(scenario)
    memory.load_plan(Plan((item,) if worse >= 0 else (), at, draws=1, seed=SEED))
    memory.load_draw(0, ledger=at != START)
    score = float(memory.c.log_likelihood)
    memory.c.logging = 1
    memory.run(timeline)
    c = memory.c
    events = [
        (int(c.log_rule[i]), int(c.log_occasion[i]), float(c.log_value[i]))
        for i in range(int(c.logged))
        if not (c.log_rule[i] in (1, 5) and c.log_value[i] == 0)  # a silence where history fired
    ]
    return events, float(memory.w.state.temper), score


@pytest.mark.parametrize("horizon", HORIZONS.values(), ids=HORIZONS)
@pytest.mark.parametrize("worse", [-1, WORSE])
def test_twin__same_events_same_tempers_same_score(horizon, worse):
    scenario = recorded_countries() if horizon != (0, 0) else countries()
    for timeline in range(60):
        events, tempers, score = twin(scenario, timeline, horizon, worse)
        found, last, found_score = engine(scenario, timeline, horizon, worse)
        assert [event[:2] for event in found] == [event[:2] for event in events]
        assert [event[2] for event in found] == pytest.approx([event[2] for event in events], abs=1e-9)
        assert last == pytest.approx(tempers[-1], abs=1e-9)
        if horizon != (0, 0):
            assert found_score == pytest.approx(score, abs=1e-7)


def test_twin__the_test_above_can_fail():
    scenario = recorded_countries()
    one = [twin(scenario, t, (10_000, 0), WORSE)[0] for t in range(60)]
    other = [engine(scenario, t, (10_000, 0), WORSE + 1)[0] for t in range(60)]
    assert one != other
