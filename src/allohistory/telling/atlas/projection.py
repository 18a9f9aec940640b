"""Degrees to points on paper: Lambert's conformal conic, as in the staff maps of the time, and a window on it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

Degrees = tuple[float, float]
Point = tuple[float, float]

EARTH_KM = 6371.0  # mean radius
LONGITUDE_OF_CENTRE = 128.0
PARALLELS = (38.0, 54.0)  # true to scale on these two


def _half_way(latitude: float) -> float:
    return math.tan(math.pi / 4 + math.radians(latitude) / 2)


@dataclass(frozen=True)
class Conic:
    """Lambert's conformal conic on a sphere: shapes of small things are right, distances nearly so."""

    longitude: float = LONGITUDE_OF_CENTRE
    parallels: tuple[float, float] = PARALLELS

    @cached_property
    def cone(self) -> float:
        """The cone's constant: degrees on paper for a degree of longitude."""
        first, second = self.parallels
        ratio = math.cos(math.radians(first)) / math.cos(math.radians(second))
        return math.log(ratio) / math.log(_half_way(second) / _half_way(first))

    @cached_property
    def _scale(self) -> float:
        first = self.parallels[0]
        power: float = _half_way(first) ** self.cone
        return math.cos(math.radians(first)) * power / self.cone

    def km(self, place: Degrees) -> Point:
        """Kilometres east of the central meridian, and north of nothing in particular (up is positive)."""
        longitude, latitude = place
        power: float = _half_way(latitude) ** self.cone
        radius = EARTH_KM * self._scale / power
        angle = self.cone * math.radians(longitude - self.longitude)
        return radius * math.sin(angle), -radius * math.cos(angle)


@dataclass(frozen=True)
class Window:
    """A rectangle of paper on which a part of the world is drawn.

    left, top, width, height  of the rectangle, in points
    centre                    longitude and latitude of its middle
    km_a_point                scale
    """

    left: float
    top: float
    width: float
    height: float
    centre: Degrees
    km_a_point: float
    conic: Conic = Conic()

    @cached_property
    def _middle(self) -> Point:
        return self.conic.km(self.centre)

    def point(self, place: Degrees) -> Point:
        """Where a place lies on the paper: points from its left and upper edge."""
        x, y = self.conic.km(place)
        middle_x, middle_y = self._middle
        return (
            self.left + self.width / 2 + (x - middle_x) / self.km_a_point,
            self.top + self.height / 2 - (y - middle_y) / self.km_a_point,
        )

    def points(self, places: Iterable[Degrees]) -> list[Point]:
        """The same of many."""
        return [self.point(place) for place in places]

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Is a point of the paper inside, at least so far from the edge?"""
        x, y = point
        across = self.left + margin <= x <= self.left + self.width - margin
        return across and self.top + margin <= y <= self.top + self.height - margin
