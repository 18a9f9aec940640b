"""Free wars of the real scenario: they come when told to, nothing impossible happens, and what would be is seen."""

from __future__ import annotations

import numpy as np
import pytest

from allohistory.book.sense import lines_of, openings_of
from allohistory.questions.scenario import scenario
from allohistory.questions.sense import Report, course, sense
from allohistory.questions.sense_figures import too_fast_for
from allohistory.questions.sense_rows import GOING, read_war, sheet_of
from allohistory.questions.sense_wars import Fought, fight, how_many, plan_of
from allohistory.timeline.memory import Memory

WARS = 6
AFTER_THE_RULES_OWN_LIMIT = 700.0  # km a week: no front moves further, whatever the road
OPENINGS = [f"{year}-{side}" for year in (1936, 1938, 1939, 1941, 1943) for side in ("japan", "soviet")] + [
    "1945-soviet",
    "1945-fought-on",
]


@pytest.fixture(scope="module")
def model():
    return scenario("soviet-japanese-war").model


@pytest.fixture(scope="module")
def sheet(model):
    return sheet_of(model)


@pytest.fixture(scope="module")
def march(model):
    """Km a week of armour, and of troops on foot."""
    figure = lines_of(model.book, model.folder)["no-teleport"].figure
    return figure.tanks, figure.rifle


@pytest.fixture(scope="module")
def fought(model, sheet):
    """A few wars of every opening that is looked at."""
    memories = [Memory(model.blueprint, traced=True)]
    openings = openings_of(model.folder)
    return {id: fight(model, openings[id], sheet, WARS, memories, seed=1938) for id in OPENINGS}


@pytest.fixture(scope="module")
def traced(model, sheet):
    """One war of 1939 that lasts: (the trace, its first week)."""
    opening = openings_of(model.folder)["1939-soviet"]
    memory = Memory(model.blueprint, traced=True)
    memory.load_plan(plan_of(model, opening, 1, 20))
    begins = model.book.calendar.week_of(opening.begins)
    for row in range(20):
        memory.load_draw(row)
        memory.run(row)
        war = read_war(memory.trace, begins, opening.id, row, sheet, model.blueprint.year_of)
        if war is not None and war.fought > 20:
            return memory.trace.copy(), begins
    raise AssertionError("twenty wars, and none of five months")


@pytest.fixture
def read(model, sheet, traced):
    """Reads the long war with something changed in its trace."""

    def read_it(id=None, entity=0, week=10, by=0.0):
        trace, begins = traced
        trace = trace.copy()
        if id is not None:
            trace[begins + week, model.blueprint.variable_place[id][0] + entity] += by
        return read_war(trace, begins, "made", 0, sheet, model.blueprint.year_of)

    return read_it


def test_openings__bring_the_war_in_the_week_they_name(fought):
    for id, one in fought.items():
        assert not one.aside, id
        assert len(one.wars) >= WARS - 1, id  # a grown clash may forestall one


def test_openings__the_side_that_is_named_has_struck(model):
    roads = {"japanese": 2.0, "soviet": 3.0}
    for id in OPENINGS:
        opening = openings_of(model.folder)[id]
        memory = Memory(model.blueprint, traced=True)
        memory.load_plan(plan_of(model, opening, 1938, WARS))
        memory.load_draw(0)
        memory.run(0)
        begins = model.book.calendar.week_of(opening.begins)
        road = memory.trace[begins, model.blueprint.variable_place["war.road"][0]]
        assert road in (1.0, roads[opening.opens]), id  # or a clash had grown first


@pytest.mark.parametrize("id", OPENINGS)
def test_capacity__no_railway_carries_more_than_it_can(fought, id):
    assert [war.row for war in fought[id].wars if war.over > 0.0] == []


@pytest.mark.parametrize("id", OPENINGS)
def test_teleport__no_line_goes_without_marching(fought, id):
    for war in fought[id].wars:
        assert war.jumped < 1.0, (id, war.row)
        assert max(war.fast) <= AFTER_THE_RULES_OWN_LIMIT, (id, war.row)


def test_teleport__no_line_goes_faster_than_troops_march(fought, march):
    fast = [(id, war.row) for id, one in fought.items() for war in one.wars if too_fast_for(war, *march)]
    assert fast == []


def test_paths__run_from_the_eve_to_the_end(fought):
    for one in fought.values():
        for war in one.wars:
            assert (war.losses[0] == 0.0).all() and (war.captured[0] == 0.0).all()
            assert (np.diff(war.losses[: war.fought + 1], axis=0) >= 0.0).all()
            assert len(war.tons) == war.fought + 1 <= len(war.km)
            assert war.weeks <= war.fought <= war.left
            assert (war.ended == GOING) == (war.fought == war.left and war.weeks == war.fought)


@pytest.mark.parametrize(
    ("field", "id", "entity", "by"),
    [
        ("over", "side.trunk_tons", 0, 1000.0),
        ("over", "line.load", 2, 1000.0),
        ("leak", "army.men", 0, 5.0),
        ("leak", "side.pool", 1, -5.0),
        ("leak", "operation.defenders", 0, 2.0),
        ("eaten", "army.stock", 0, 40.0),
        ("arms", "side.aircraft", 1, 10.0),
        ("arms", "sea.submarines_lost", 0, 500.0),
        ("jumped", "front.km", 0, 80.0),
    ],
)
def test_what_cannot_be__is_seen_when_it_is_planted(read, field, id, entity, by):
    assert getattr(read(), field) < 1e-4
    assert getattr(read(id, entity, by=by), field) > 1e-3


def test_march__the_fastest_week_is_read_by_who_marched(read, model):
    calm = read()
    hurried = read("front.moved", 0, by=900.0)
    assert max(calm.fast) < 700.0 < max(hurried.fast)


def test_wars__the_same_whatever_the_threads(model, sheet, fought):
    opening = openings_of(model.folder)["1941-japan"]
    memories = [Memory(model.blueprint, traced=True) for _ in range(3)]
    again = fight(model, opening, sheet, WARS, memories, seed=1938)
    for one, other in zip(fought["1941-japan"].wars, again.wars, strict=True):
        assert (one.row, one.weeks, one.ended) == (other.row, other.weeks, other.ended)
        assert np.array_equal(one.km, other.km) and np.array_equal(one.losses, other.losses)


def test_how_many__shares_of_a_year(model):
    openings = openings_of(model.folder)
    assert how_many(openings["1936-japan"], 1000) == 500
    assert how_many(openings["rumoi-1941"], 10) == 2
    assert how_many(openings["rumoi-1941"], 1) == 1


def test_course__adds_up(fought):
    fronts = {"west": 0, "maritime": 6}
    one = course(fought["1938-japan"], fronts, (1, 3), (500.0, 315.0))
    assert one.wars + one.otherwise + one.aside == WARS
    assert sum(one.ended.values()) == pytest.approx(1.0)
    assert one.by_month[0].wars >= one.by_month[1].wars
    assert 0.0 <= one.by_month[0].share[0] <= one.by_month[0].share[1] <= 1.0
    assert one.months[0] <= one.months[1] <= one.months[2]
    empty = course(Fought(one.opening, (), WARS, 0), fronts, (1, 3), (500.0, 315.0))
    assert empty.wars == 0 and empty.by_month[0].wars == 0 and empty.breaches == {}


def test_sense__every_line_once_and_courses_of_six_years(model):
    told = []
    found = sense(model, timelines=4, tell=lambda label, done, total: told.append((done, total)))
    assert isinstance(found, Report)
    assert [one.line.id for one in found.lines] == list(lines_of(model.book, model.folder))
    assert {one.opening.year for one in found.courses} == {1936, 1938, 1939, 1941, 1943, 1945}
    assert sum(one.wars + one.otherwise + one.aside for one in found.courses) == 6 * 4
    assert told[-1][0] == told[-1][1]
