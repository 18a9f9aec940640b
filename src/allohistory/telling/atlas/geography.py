"""Coast, waters, borders, railways' courses and names: the tables of a sheet, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from allohistory.telling.atlas.projection import Degrees

Line = tuple[Degrees, ...]
SHEET = "east_asia"
BEFORE, AFTER = "0000-00-00", "9999-99-99"


@dataclass(frozen=True)
class Dated:
    """Something that holds from one day (ISO) up to the day before another."""

    first: str
    until: str

    def on(self, date: str) -> bool:
        """Does it hold on that day?"""
        return self.first <= date < self.until


@dataclass(frozen=True)
class Border(Dated):
    """A line between two states."""

    name: str
    line: Line


@dataclass(frozen=True)
class Water:
    """A lake (a ring) or a river (a line); `great` rivers are drawn stronger."""

    name: str
    line: Line
    great: bool = False


@dataclass(frozen=True)
class Area(Dated):
    """The name of a land, a sea or a range, and where it stands."""

    name: str
    at: Degrees
    kind: str
    inset: bool
    turn: float


@dataclass(frozen=True)
class Landing:
    """Where a landing that a side may try comes from the sea: an operation's id, the shore, a point at sea."""

    id: str
    side: int
    at: Degrees
    sea: Degrees


@dataclass(frozen=True)
class Note:
    """A line of figures under the title: variables of the scenario, filled into a sentence."""

    variables: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Course:
    """Where a railway runs between two places; broad_until: the day until which it had the Russian gauge."""

    line: Line
    broad_until: str = BEFORE


@dataclass(frozen=True)
class Held:
    """Places that go with a variable: at each of its values somebody (0 Soviet, 1 Japanese, 2 others) has them."""

    land: str
    variable: str
    entity: str
    holders: Mapping[int, int]
    places: tuple[str, ...]


@dataclass(frozen=True)
class Renamed:
    """A land under other rulers: its areas' and its towns' names then; an empty name is not drawn."""

    land: str
    holders: tuple[int, ...]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Geography:
    """All that a sheet shows whatever happens."""

    land: tuple[Line, ...]
    lakes: tuple[Water, ...]
    rivers: tuple[Water, ...]
    borders: tuple[Border, ...]
    courses: Mapping[tuple[str, str], Course]
    areas: tuple[Area, ...]
    landings: tuple[Landing, ...]
    notes: tuple[Note, ...]
    held: tuple[Held, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    names: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def course(self, a: str, b: str) -> Course | None:
        """The course of the railway between two places, from the first to the second, where it is known."""
        if (a, b) in self.courses:
            return self.courses[a, b]
        back = self.courses.get((b, a))
        return Course(back.line[::-1], back.broad_until) if back is not None else None

    def name_of(self, place: str, title: str, date: str) -> str:
        """What a place was called on a day; the first of its titles where nothing else is known."""
        for until, name in self.names.get(place, ()):
            if date < until:
                return name
        return plain(title)


def plain(title: str) -> str:
    """The first name of a title: "Hulin / Hutou" is Hulin, "Hailar (Hulunbuir)" Hailar."""
    return title.split(" / ")[0].split(" (")[0].split(" - ")[0].strip()


def degrees(text: str) -> Line:
    """Longitude and latitude, one place after another with commas."""
    pairs = [pair.split() for pair in text.replace("\n", " ").split(",") if pair.strip()]
    return tuple((float(longitude), float(latitude)) for longitude, latitude in pairs)


@lru_cache(maxsize=4)
def geography(sheet: str = SHEET) -> Geography:
    """The tables of one sheet."""
    coast, waters, borders, railways, names = (
        _table(sheet, name) for name in ("coast", "waters", "borders", "railways", "names")
    )
    return Geography(
        land=tuple(degrees(row["line"]) for row in coast["land"]),
        lakes=tuple(Water(row["name"], degrees(row["line"])) for row in waters["lake"]),
        rivers=tuple(Water(row["name"], degrees(row["line"]), row["great"]) for row in waters["river"]),
        borders=tuple(Border(*_days(row), row["name"], degrees(row["line"])) for row in borders["border"]),
        courses={
            (row["between"][0], row["between"][1]): Course(
                degrees(row["line"]), row.get("broad_until", BEFORE)
            )
            for row in railways["course"]
        },
        areas=tuple(
            Area(
                *_days(row),
                row["name"],
                degrees(row["at"])[0],
                row["kind"],
                row.get("inset", False),
                float(row.get("turn", 0)),
            )
            for row in names["area"]
        ),
        landings=tuple(
            Landing(row["id"], row["side"], degrees(row["at"])[0], degrees(row["sea"])[0])
            for row in names["landing"]
        ),
        notes=tuple(Note(tuple(row["variables"]), row["says"]) for row in names["note"]),
        held=tuple(_held(row) for row in names["held"]),
        renamed=tuple(Renamed(row["land"], tuple(row["holders"]), row["names"]) for row in names["renamed"]),
        names={
            row["id"]: tuple((one.get("until", AFTER), one["name"]) for one in row["names"])
            for row in names["place"]
        },
    )


def _held(row: Mapping[str, Any]) -> Held:
    holders = {int(value): holder for value, holder in row["holders"].items()}
    return Held(row["land"], row["variable"], row.get("entity", ""), holders, tuple(row["places"]))


def _days(row: Mapping[str, Any]) -> tuple[str, str]:
    return row.get("from", BEFORE), row.get("until", AFTER)


def _table(sheet: str, name: str) -> dict[str, Any]:
    place = files("allohistory.telling.atlas") / sheet / f"{name}.toml"
    return tomllib.loads(place.read_text(encoding="utf-8"))
