"""The map that moves: every week laid over the base shows what the printed sheet of that week shows."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from allohistory.questions.timelines import timeline_at
from allohistory.telling.atlas.afterwards import after_peace
from allohistory.telling.atlas.base import AROUND, base
from allohistory.telling.atlas.frames import frames, spans
from allohistory.telling.atlas.geography import geography
from allohistory.telling.atlas.network import holder_of
from allohistory.telling.atlas.sheet import WHOLE
from allohistory.telling.atlas.situation import Reader
from allohistory.telling.atlas.theatre import holder_at_first, theatre_of, tracks_on, way_of, works_on
from allohistory.timeline.model import load
from allohistory.timeline.named import Named, address_of

WEEKS = range(0, 1043, 9)
PARTS = ("fronts", "armies", "landings", "holders", "names", "cut", "state", "notes")
SECONDS = 1.5


@pytest.fixture(scope="module")
def timeline():
    """A war of choice, a peace, another war and a surrender."""
    named = Named(pods=("soviet-war-of-choice-1939",), seed=7, timeline=1)
    return timeline_at(address_of(load(), named))


@pytest.fixture(scope="module")
def told(timeline):
    assert len(timeline.weeks)  # run before the clock is looked at
    began = time.perf_counter()
    found = frames(timeline)
    assert time.perf_counter() - began < SECONDS
    return found


@pytest.fixture(scope="module")
def ground(timeline):
    return base(timeline.model)


def at(runs, week):
    """What holds in a week."""
    return [value for since, value in runs if since <= week][-1]


def test_a_part_is_sent_only_where_it_changes(told):
    for part in PARTS:
        values = [value for _, value in told[part]]
        assert told[part][0][0] == 0
        assert all(one != other for one, other in pairwise(values))
    assert len(told["fronts"]) < 100 < told["weeks"]


def test_lines_and_armies_of_a_week_are_those_of_the_sheet(timeline, told):
    reader = Reader(timeline.model)
    at_war = 0
    for week in WEEKS:
        now = reader.situation(timeline.weeks[week])
        lines, armies = at(told["fronts"], week), at(told["armies"], week)
        if not now.at_war:
            assert (lines, armies) == ([], [])
            continue
        at_war += 1
        assert {line[0]: line[2] for line in lines} == {
            front.number: round(front.km, 1) for front in now.fronts if front.open or front.km
        }
        assert sum(army[2] for army in armies) == pytest.approx(sum(army.men for army in now.armies), abs=1.5)
    assert at_war > 3


def test_holders_and_names_of_a_week_are_those_of_the_sheet(timeline, told, ground):
    reader, theatre = Reader(timeline.model), theatre_of(timeline.model)
    calendar = timeline.model.book.calendar
    renamed = 0
    for week in WEEKS:
        world, date = timeline.weeks[week], calendar.date_of(week * 7 + 6).isoformat()
        lands, now = after_peace(geography(), reader.situation(world), reader, world)
        held, names = at(told["holders"], week), at(told["names"], week)
        for row in ground["places"]:
            place = theatre.places[row["id"]]
            first = 1 if row["japanese_from"] and row["japanese_from"] <= date else row["holder"]
            assert first == holder_at_first(place, date)
            assert held.get(place.id, first) == holder_of(place, now, date)
            name = names.get(place.id) or next(one for until, one in row["names"] if date < until)
            assert name == lands.name_of(place.id, place.title, date)
            renamed += place.id in names
    assert renamed > 100


def test_the_figures_in_words_are_those_under_the_sheet(timeline, told):
    from allohistory.telling.atlas.plate import plate

    calendar = timeline.model.book.calendar
    for week in (100, 455, 700, 1000):
        svg = plate(timeline, calendar.date_of(week * 7 + 6))
        assert "; ".join([at(told["state"], week), *at(told["notes"], week)]) in svg


def test_the_base_lies_where_the_sheet_lies(timeline, ground):
    theatre = theatre_of(timeline.model)
    for row in ground["places"]:
        place = theatre.places[row["id"]]
        at_home, here = WHOLE.point((place.lon, place.lat)), AROUND.point((place.lon, place.lat))
        assert row["at"] == pytest.approx(here, abs=0.06)
        assert (here[0] - at_home[0], here[1] - at_home[1]) == pytest.approx((-20, -76), abs=1e-6)
    for row, axis in zip(ground["axes"], theatre.axes.values(), strict=True):
        way = way_of(axis, theatre, geography(), AROUND)
        assert [corner[2] for corner in row["corners"]] == pytest.approx(list(way.km), abs=0.06)


def test_tracks_and_works_of_a_day_are_those_of_the_sheet(timeline, ground):
    theatre = theatre_of(timeline.model)
    links = {link.id: link for link in theatre.links.values()}
    for date in ("1931-06-07", "1935-09-01", "1937-12-26", "1941-08-03", "1950-12-31"):
        for row in ground["railways"]:
            tracks = [state for state in row["states"] if state[0] <= date][-1][1]
            assert tracks == tracks_on(links[row["id"]], date), (row["id"], date)
        shown = [zone for zone in ground["zones"] if zone["from"] <= date < zone["until"]]
        assert len(shown) <= len(works_on(theatre, date))
    assert any(zone["from"] > "1935" for zone in ground["zones"])


def test_stretches_are_first_and_last_weeks():
    assert spans([False, True, True, False, True]) == [(1, 2), (4, 4)]
    assert spans([]) == []
