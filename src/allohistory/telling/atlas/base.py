"""The sheet without a timeline: everything that is drawn once, as paths in points of the whole window, with its days.

A page draws it once and lays the weeks of a timeline over it (frames.py). What changes with the calendar alone, as
borders, tracks, gauges and names do, carries the days between which it holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING, Any

from allohistory.book.theatre import Link, Place, Theatre
from allohistory.telling.atlas import ground, ink, network
from allohistory.telling.atlas.geography import BEFORE, Geography, Landing, geography
from allohistory.telling.atlas.lettering import Name
from allohistory.telling.atlas.projection import Point, Window
from allohistory.telling.atlas.sheet import DETAIL, WHOLE
from allohistory.telling.atlas.theatre import (
    HOLDERS,
    holder_at_first,
    stretch_between,
    theatre_of,
    tracks_on,
    way_of,
    works_on,
)
from allohistory.telling.atlas.war import zones
from allohistory.telling.export.pictures import axis_titles

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

AROUND = Window(-140, -140, WHOLE.width + 280, WHOLE.height + 280, WHOLE.centre, WHOLE.km_a_point)
"""The window of a page: the sheet's own and a margin, so that a page of another shape has no empty edge."""
GAUGES = {network.RUSSIAN: "broad", network.NORMAL: "standard"}
BORDER_BENDS = 2.0  # points: finer than on the sheet, since a page can be enlarged
NEVER = "9999-99-99"
MONTHS = 12


def base(model: Model) -> dict[str, Any]:
    """All of it, as a page takes it."""
    theatre, lands = theatre_of(model), geography()
    window = AROUND
    calendar = model.book.calendar
    days = (calendar.monday_of(0).isoformat(), calendar.last.isoformat())
    return {
        "window": [window.left, window.top, window.width, window.height],
        "views": views(window),
        "km_a_point": window.km_a_point,
        "first": days[0],
        "weeks": model.blueprint.weeks,
        "grid": list(paths_of(ground.grid(window))),
        "land": [ring(window, line) for line in lands.land if near(window, line)],
        "lakes": [ring(window, lake.line) for lake in lands.lakes if near(window, lake.line)],
        "rivers": [
            {"d": d, "great": river.great}
            for river in lands.rivers
            for d in stretches(window, river.line, 0.4)
        ],
        "borders": [
            {"d": d, "from": border.first, "until": border.until}
            for border in lands.borders
            for d in stretches(window, border.line, BORDER_BENDS)
        ],
        "railways": list(railways(window, theatre, lands, days)),
        "zones": list(fortified(window, theatre, lands, days)),
        "places": [place_of(window, lands, place) for place in network.places_in(window, theatre, lands)],
        "areas": list(areas(window, lands)),
        "axes": axes(model, window, theatre, lands),
        "landings": [landing_of(window, landing) for landing in lands.landings],
    }


def views(window: Window) -> list[dict[str, Any]]:
    """Parts of the sheet that a reader may want to see by themselves: left, top, width, height."""
    centre = window.point(DETAIL.centre)
    share = DETAIL.km_a_point / window.km_a_point
    wide, high = DETAIL.width * share, DETAIL.height * share
    frontier = [centre[0] - wide / 2, centre[1] - high / 2, wide, high]
    found = [{"id": "frontier", "title": "The eastern frontier", "box": rounded(frontier)}]
    corners = {
        "whole": ("The whole theatre", (103.0, 54.6), (147.5, 34.4)),
        "manchuria": ("Manchuria", (112.0, 52.5), (136.0, 40.0)),
        "islands": ("Hokkaido, Sakhalin, the Kurils", (136.5, 54.0), (156.0, 41.0)),
        "japan": ("Japan and Korea", (123.0, 46.0), (146.5, 32.6)),
    }
    for id, (title, north_west, south_east) in corners.items():
        (left, top), (right, foot) = window.point(north_west), window.point(south_east)
        found.append({"id": id, "title": title, "box": rounded([left, top, right - left, foot - top])})
    order = ["whole", "manchuria", "frontier", "islands", "japan"]
    return sorted(found, key=lambda one: order.index(str(one["id"])))


def rounded(values: list[float]) -> list[float]:
    """Points to a tenth."""
    return [round(value, 1) for value in values]


def ring(window: Window, line: Any) -> str:
    """A closed outline."""
    return ink.trace(ground.fewer(window.points(line), 0.4), closed=True)


def near(window: Window, line: Any) -> bool:
    """May an outline show at all?"""
    return ground.touches(window, window.points(line))


def stretches(window: Window, line: Any, bends: float) -> Iterator[str]:
    """A line's stretches that come near the window."""
    for piece in ground.pieces(window, window.points(line)):
        yield ink.trace(ground.fewer(piece, bends))


def paths_of(drawn: list[str]) -> Iterator[str]:
    """The `d` of drawn lines."""
    for one in drawn:
        yield one.split(' d="', 1)[1].split('"', 1)[0]


def railways(
    window: Window, theatre: Theatre, lands: Geography, days: tuple[str, str]
) -> Iterator[dict[str, Any]]:
    """Every line that lies at some time, with its tracks and its gauge by day."""
    for link in theatre.links.values():
        states = states_of(link, lands, days)
        if not any(tracks for _, tracks, _ in states):
            continue
        line = stretch_between(link.a, link.b, theatre.places, lands)
        drawn = list(stretches(window, line, 0.4))
        if drawn:
            middle = window.points(line)
            yield {
                "id": link.id,
                "a": link.a,
                "b": link.b,
                "d": "".join(drawn),
                "states": states,
                "middle": rounded(list(half_way(middle))),
            }


def states_of(link: Link, lands: Geography, days: tuple[str, str]) -> list[tuple[str, int, str]]:
    """(from, tracks, gauge) of a line, from the first day on; 0 tracks: not yet laid."""
    course = lands.course(link.a, link.b)
    dates = {days[0], *(f"{year}-01-01" for year in link.tracks)}
    if link.opened:
        dates.add(f"{link.opened}-01-01"[:10])
    if course is not None and course.broad_until != BEFORE:
        dates.add(course.broad_until)
    found: list[tuple[str, int, str]] = []
    for date in sorted(one for one in dates if days[0] <= one <= days[1]):
        gauge = GAUGES.get(network.gauge_on(link, lands, date), "narrow")
        state = (date, tracks_on(link, date), gauge)
        if not found or found[-1][1:] != state[1:]:
            found.append(state)
    return found


def half_way(points: list[Point]) -> Point:
    """The point in the middle of a line, by its corners' distance from the first."""
    steps = [hypot(x - a, y - b) for (a, b), (x, y) in pairwise(points)]
    left = sum(steps) / 2
    for (one, other), step in zip(pairwise(points), steps, strict=True):
        if left <= step and step:
            share = left / step
            return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share
        left -= step
    return points[-1]


def fortified(
    window: Window, theatre: Theatre, lands: Geography, days: tuple[str, str]
) -> Iterator[dict[str, Any]]:
    """The fortified zones across the axes, each from the month in which it is one."""
    ways = {id: way_of(axis, theatre, lands, window) for id, axis in theatre.axes.items()}
    first, last = dt.date.fromisoformat(days[0]), dt.date.fromisoformat(days[1])
    standing: dict[tuple[str, str], str] = {}
    ended: list[tuple[tuple[str, str], str, str]] = []
    for month in range(first.year * MONTHS + first.month - 1, last.year * MONTHS + last.month):
        date = f"{month // MONTHS}-{month % MONTHS + 1:02d}-01"
        now: dict[tuple[str, str], str] = {}
        for row in works_on(theatre, date):
            drawn = zones(ways, [row])
            if drawn:
                now[(next(paths_of(drawn)), row[1])] = date
        ended += [(key, standing.pop(key), date) for key in [*standing] if key not in now]
        standing = {**now, **standing}
    for (d, side), since, until in [*ended, *((key, since, NEVER) for key, since in standing.items())]:
        yield {"d": d, "side": HOLDERS.index(side), "from": since, "until": until}


def place_of(window: Window, lands: Geography, place: Place) -> dict[str, Any]:
    """A place: where it lies, what it is, who holds it at first, what it is called."""
    x, y = window.point(network.at_of(place))
    names = [list(one) for one in lands.names.get(place.id, ())] or [
        [NEVER, lands.name_of(place.id, place.title, "")]
    ]
    return {
        "id": place.id,
        "at": rounded([x, y]),
        "great": place.population >= network.GREAT_TOWN,
        "fortress": bool(place.fortress),
        "port": place.port >= 3,
        "weight": round(place.population / 10 + (40 if place.core else 0) + 4 * place.port, 1),
        "holder": holder_at_first(place, BEFORE),
        "japanese_from": place.japanese_from or None,
        "names": names,
    }


def areas(window: Window, lands: Geography) -> Iterator[dict[str, Any]]:
    """The names of lands, seas and rivers, in the days in which they were called so."""
    for area in lands.areas:
        shown: list[Name] = network.area_names(window, replaced(lands, area), max(area.first, BEFORE))
        for name in shown:
            yield {
                "name": area.name,
                "at": rounded(list(name.at)),
                "kind": area.kind,
                "size": name.size,
                "spacing": name.spacing,
                "turn": area.turn,
                "weight": name.weight,
                "from": area.first,
                "until": area.until,
            }


def replaced(lands: Geography, area: Any) -> Geography:
    """The same sheet with one name alone."""
    return replace(lands, areas=(area,))


def axes(model: Model, window: Window, theatre: Theatre, lands: Geography) -> list[dict[str, Any]]:
    """Every axis laid out: corners with their kilometres from the border, negative on the Soviet side."""
    named = axis_titles(model)
    found = []
    for id, axis in theatre.axes.items():
        way = way_of(axis, theatre, lands, window)
        corners = [rounded([x, y, km]) for (x, y), km in zip(way.points, way.km, strict=True)]
        found.append({"id": id, "title": named.get(id, id), "corners": corners})
    return found


def landing_of(window: Window, landing: Landing) -> dict[str, Any]:
    """A landing that a side may try: from a point at sea to the shore."""
    ends = [rounded(list(window.point(at))) for at in (landing.sea, landing.at)]
    return {"id": landing.id, "side": landing.side, "from": ends[0], "to": ends[1]}
