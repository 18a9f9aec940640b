"""The theatre as a map needs it: who holds a place at first, which tracks lie, where a kilometre of an axis is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from allohistory.book.theatre import Axis, Link, Place, Theatre, between, open_theatre
from allohistory.errors import AllohistoryError
from allohistory.telling.atlas.geography import Geography
from allohistory.telling.atlas.projection import Degrees, Point, Window

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

HOLDERS = ("soviet", "japanese", "none")
SOVIET, JAPANESE, THIRD = 0, 1, 2
FORTIFIED = 0.25  # strength of works from which a zone is drawn; a hasty line has 0.3
MONTHS = 12
BEND = 40.0  # kilometres: over how long a stretch the direction of an axis is taken


def theatre_of(model: Model) -> Theatre:
    """A scenario's theatre; raises AllohistoryError where it has none."""
    if not (model.folder / "book" / "theatre").is_dir():
        raise AllohistoryError(
            "allohistory map",
            f'the scenario "{model.name}" has no theatre to draw',
            given=model.name,
            closest="soviet-japanese-war",
        )
    return _opened(model.folder)


@lru_cache(maxsize=4)
def _opened(folder: Path) -> Theatre:
    """A folder's theatre, read once: maps and tables of one timeline ask for it a hundred times."""
    return open_theatre(folder)


def holder_at_first(place: Place, date: str) -> int:
    """Who held a place on a day before any change of hands by war: 0 Soviet side, 1 Japanese side, 2 a third party."""
    if place.japanese_from and place.japanese_from <= date:
        return JAPANESE
    return HOLDERS.index(place.holder)


def tracks_on(link: Link, date: str) -> int:
    """How many tracks a railway has on a day (ISO); 0 before it was opened, and for what is no railway."""
    if link.mode != "rail" or date < link.opened:
        return 0
    return round(max((count for year, count in link.tracks.items() if year <= int(date[:4])), default=1))


def works_on(theatre: Theatre, date: str) -> list[tuple[str, str, float, float, float]]:
    """The fortified zones across the axes on a day: (front, side, near, far, strength).

    Left out are a place's own works, which its sign shows, and field works.
    """
    year = float(date[:4]) + (float(date[5:7]) - 0.5) / MONTHS
    found = [
        (works.front, works.side, works.near, works.far, between(works.strength, year))
        for works in theatre.works.values()
        if not works.place
    ]
    return [works for works in found if works[-1] >= FORTIFIED]


@dataclass(frozen=True)
class Way:
    """An axis laid out on the paper: it follows the railways' courses where there are any."""

    axis: Axis
    at: tuple[Degrees, ...]
    km: tuple[float, ...]
    window: Window

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The same on the paper."""
        return tuple(self.window.points(self.at))

    def point(self, km: float) -> Point:
        """Where a kilometre of the axis lies; its ends for what is beyond."""
        return along(self.points, self.km, km)

    def place(self, km: float) -> Degrees:
        """The same in degrees."""
        return along(self.at, self.km, km)

    def direction(self, km: float, bend: float = BEND) -> Point:
        """Which way the axis runs there, from the Soviet side to the other: one point long."""
        (x, y), (to_x, to_y) = self.point(km - bend), self.point(km + bend)
        length = math.hypot(to_x - x, to_y - y) or 1.0
        return (to_x - x) / length, (to_y - y) / length

    def stretch(self, first: float, last: float) -> list[Point]:
        """The axis between two kilometres."""
        inner = [point for point, km in zip(self.points, self.km, strict=True) if first < km < last]
        return [self.point(first), *inner, self.point(last)]


def along(points: Sequence[Point], km: Sequence[float], where: float) -> Point:
    """A point of a line whose corners have kilometres, by straight lines between the corners."""
    if where <= km[0]:
        return points[0]
    for (x, y), (to_x, to_y), first, last in zip(points, points[1:], km, km[1:], strict=False):
        if where <= last:
            share = (where - first) / (last - first)
            return x + (to_x - x) * share, y + (to_y - y) * share
    return points[-1]


def way_of(axis: Axis, theatre: Theatre, lands: Geography, window: Window) -> Way:
    """Lay an axis out in a window."""
    at: list[Degrees] = []
    km: list[float] = []
    for a, b, first, last in zip(axis.places, axis.places[1:], axis.km, axis.km[1:], strict=False):
        line = stretch_between(a, b, theatre.places, lands)
        steps = [0.0]
        for one, other in pairwise(line):
            (x, y), (to_x, to_y) = window.conic.km(one), window.conic.km(other)
            steps.append(steps[-1] + math.hypot(to_x - x, to_y - y))
        whole = steps[-1] or 1.0
        skip = 1 if at else 0
        at += line[skip:]
        km += [first + (last - first) * step / whole for step in steps[skip:]]
    return Way(axis, tuple(at), tuple(km), window)


def stretch_between(a: str, b: str, places: Mapping[str, Place], lands: Geography) -> list[Degrees]:
    """The line between two neighbours on an axis: the railway's where its course is known, else straight."""
    ends = ((places[a].lon, places[a].lat), (places[b].lon, places[b].lat))
    course = lands.course(a, b)
    inner = list(course.line[1:-1]) if course is not None else []
    return [ends[0], *inner, ends[1]]
