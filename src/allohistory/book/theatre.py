"""The theatre of a war on land: places, the links between them, and the axes on which armies face each other.

    book/theatre/places.toml   where each place is, who holds it at first, when it falls
    book/theatre/links.toml    railways with their trains a day, roads, rivers, sea and air routes
    book/theatre/axes.toml     one chain of places a front, its fortified zones, railheads beyond the network

Every figure is linear between its dated values; a railway carries nothing in a year before it was open on 1 July.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from allohistory.book.rows import Keys, RawRow, read_file, read_values
from allohistory.book.theatre_keys import AXIS, LINK, MONTHS, PLACE, RAILHEAD, WORKS, Falls
from allohistory.errors import AllohistoryError

FIELD_RAILWAY = 1000
"""Millimetres of gauge below which a railway brings up part of an army's freight, and makes no railhead."""
SLACK = 0.6
"""Kilometres by which a stretch of an axis may differ from the link that it follows: lengths are whole kilometres."""
MIDSUMMER = 6 / MONTHS

Dated = Mapping[int, float]
"""Figures by year."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place: `population` in thousand, `port` and `industry` from 0 to 5, `ice` the months (1-12) of ice.

    holder         soviet, japanese or none (a third party) when the story begins
    japanese_from  the day on which Japan took it from a third party, as text, or ""
    falls          for a place beside the axes, when it falls; None for one that no army reaches by land
    """

    id: str
    title: str
    what: str
    lat: float
    lon: float
    holder: str
    kind: str
    population: float
    port: int
    industry: int
    source: str
    grade: str
    japanese_from: str = ""
    ice: tuple[int, ...] = ()
    core: bool = False
    fortress: str = ""
    falls: Falls | None = None
    url: str = ""
    where: str = ""

    def belongs_to(self, side: str, year: int) -> bool:
        """Whether that side holds it on 1 July of a year before which nobody has made war here."""
        if side == "finnish":
            return self.holder == "none"
        taken = bool(self.japanese_from) and _when(self.japanese_from) <= year + MIDSUMMER
        return (side == "japanese") if taken else self.holder == side


@dataclass(frozen=True, kw_only=True)
class Link:
    """A way between two places, `km` long.

    opened     of a railway: the year or month of its opening, as text
    gauge      of a railway: millimetres
    tracks     of a railway: 1 or 2, by the year from which
    pairs      of a railway: trains each way in 24 hours, by year
    net_tons   of a railway: tons of freight in one train
    tons       of another way on which an army lives: tons a day
    going      of a road: what it is like
    programme  soviet or japanese where that side's building of railways made or widened it, or none
    beside     of a railway that runs along a front, in reach of raids and guns: the axis
    border_km  how near such a railway comes to the border
    """

    id: str
    a: str
    b: str
    mode: str
    km: float
    source: str
    grade: str
    opened: str = ""
    gauge: int = 0
    tracks: Dated = field(default_factory=dict)
    pairs: Dated = field(default_factory=dict)
    net_tons: float = 0.0
    tons: float = 0.0
    going: str = ""
    programme: str = "none"
    mountain: str = ""
    crossing: str = ""
    season: str = ""
    beside: str = ""
    border_km: float = 0.0
    note: str = ""
    url: str = ""
    facts: tuple[str, ...] = ()
    where: str = ""

    def is_open(self, year: int) -> bool:
        """Whether trains run on it on 1 July of the year; other ways are always there."""
        return not self.opened or _when(self.opened) <= year + MIDSUMMER

    def trains(self, year: int) -> float:
        """Trains each way in 24 hours: linear between the dated figures, 0 before it opened."""
        return between(self.pairs, year) if self.pairs and self.is_open(year) else 0.0

    def tons_a_day(self, year: int) -> float:
        """Tons of freight that it carries one way in a day, if every train carries freight."""
        return self.trains(year) * self.net_tons if self.mode == "rail" else self.tons


@dataclass(frozen=True, kw_only=True)
class Axis:
    """The chain of places on which two armies face each other; `km` from the border, negative on the Soviet side.

    ground, cover, going   of the stretch from each place to the next
    rivers                 places at which a river is defended
    soviet_sources         where supply comes from, by side
    against                japanese, or finnish on the fronts of the Winter War
    by_water               rivers and sea routes with a figure may be part of the way to the railhead
    """

    id: str
    what: str
    places: tuple[str, ...]
    km: tuple[float, ...]
    ground: tuple[int, ...]
    cover: tuple[int, ...]
    going: tuple[float, ...]
    source: str
    grade: str
    rivers: tuple[str, ...] = ()
    soviet_sources: tuple[str, ...] = ()
    japanese_sources: tuple[str, ...] = ()
    against: str = "japanese"
    by_water: bool = False
    note: str = ""
    where: str = ""

    def sources(self, side: str) -> tuple[str, ...]:
        """The places from which a side's supply for this front comes."""
        return self.soviet_sources if side == "soviet" else self.japanese_sources


@dataclass(frozen=True, kw_only=True)
class Works:
    """A fortified zone: `near` to `far` kilometres behind the border; one with a place is that place's own."""

    id: str
    front: str
    side: str
    what: str
    near: float
    far: float
    strength: Dated
    source: str
    grade: str
    place: str = ""
    facts: tuple[str, ...] = ()
    url: str = ""
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class Railhead:
    """Where freight is unloaded from a year on, when the network between the places does not show it.

    by  the branch that leads there from `place`: a link with that place at both ends, or ""
    """

    id: str
    front: str
    side: str
    year: int
    place: str
    km: float
    what: str
    source: str
    grade: str
    by: str = ""
    facts: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True)
class Theatre:
    """Everything of book/theatre, each table a mapping from id to row in the order of the file."""

    places: Mapping[str, Place]
    links: Mapping[str, Link]
    axes: Mapping[str, Axis]
    works: Mapping[str, Works]
    railheads: Mapping[str, Railhead]


Entry = TypeVar("Entry", Place, Link, Axis, Works, Railhead)


def between(figures: Dated, year: float) -> float:
    """The figure of a year: straight lines between the dated ones, level before the first and after the last."""
    years = sorted(figures)
    for first, last in pairwise(years):
        if first <= year <= last:
            return figures[first] + (figures[last] - figures[first]) * (year - first) / (last - first)
    return figures[years[0] if year < years[0] else years[-1]]


def open_theatre(folder: Path | str) -> Theatre:
    """The theatre of a scenario's folder, the one that holds ``book/theatre/``; the first mistake is raised."""
    root = Path(folder) / "book"
    rows: dict[str, list[RawRow]] = {}
    for name, tables in _FILES.items():
        shown = f"theatre/{name}"
        for row in read_file(root / "theatre" / name, shown, tables):
            rows.setdefault(row.table, []).append(row)
    theatre = Theatre(
        places=_table(rows, "place", PLACE, Place),
        links=_table(rows, "link", LINK, Link),
        axes=_table(rows, "axis", AXIS, Axis),
        works=_table(rows, "works", WORKS, Works),
        railheads=_table(rows, "railhead", RAILHEAD, Railhead),
    )
    check_theatre(theatre)
    return theatre


def check_theatre(theatre: Theatre) -> None:
    """Every place known, every axis ascending along links, every core place reached: else the first offender."""
    for link in theatre.links.values():
        _known(theatre.places, (link.a, link.b), f"{link.where}, {link.id}", "place")
        _known(theatre.axes, filter(None, (link.beside,)), f"{link.where}, {link.id}", "axis")
        if not link.id.startswith(f"{link.mode}."):
            raise AllohistoryError(
                link.where, f"{link.id}: the id of a link begins with its mode, {link.mode}"
            )
        if link.mode == "rail" and not (link.opened and link.pairs and link.net_tons and link.gauge):
            raise AllohistoryError(link.where, f"{link.id}: a railway has opened, gauge, pairs and net_tons")
    for axis in theatre.axes.values():
        _check_axis(theatre, axis)
    rows: list[Works | Railhead] = [*theatre.works.values(), *theatre.railheads.values()]
    for row in rows:
        _known(theatre.axes, (row.front,), f"{row.where}, {row.id}", "axis")
        _known(theatre.places, filter(None, (row.place,)), f"{row.where}, {row.id}", "place")
    for zone in theatre.works.values():
        if zone.place:
            _known(
                theatre.axes[zone.front].places,
                (zone.place,),
                f"{zone.where}, {zone.id}",
                "place on the axis",
            )
    for railhead in theatre.railheads.values():
        _known(theatre.links, filter(None, (railhead.by,)), f"{railhead.where}, {railhead.id}", "link")
    on_axes = {place for axis in theatre.axes.values() for place in axis.places}
    for place in theatre.places.values():
        if place.falls is not None:
            _known(theatre.axes, (place.falls.front,), f"{place.where}, {place.id}", "axis")
            if place.id in on_axes:
                raise AllohistoryError(
                    place.where, f"{place.id} stands on an axis and falls with its line there"
                )
    _check_reached(theatre)


def _check_axis(theatre: Theatre, axis: Axis) -> None:
    where = f"{axis.where}, {axis.id}"
    for names in (axis.places, axis.rivers, axis.soviet_sources, axis.japanese_sources):
        _known(theatre.places, names, where, "place")
    stretches = len(axis.places) - 1
    counts = {
        "km": (axis.km, 1),
        "ground": (axis.ground, 0),
        "cover": (axis.cover, 0),
        "going": (axis.going, 0),
    }
    for name, (values, more) in counts.items():
        if len(values) != stretches + more:
            raise AllohistoryError(where, f"{name} wants {stretches + more} figures", given=len(values))
    if list(axis.km) != sorted(set(axis.km)):
        raise AllohistoryError(where, "km must ascend from the Soviet base to the other", given=list(axis.km))
    for i in range(stretches):
        a, b, km = axis.places[i], axis.places[i + 1], axis.km[i + 1] - axis.km[i]
        lengths = [link.km for link in theatre.links.values() if {link.a, link.b} == {a, b}]
        if not any(abs(km - length) <= SLACK for length in lengths):
            problem = f"from {a} to {b} are {km:g} km, and no link between them is as long"
            raise AllohistoryError(where, problem, given=f"{km:g}", possible=[f"{n:g}" for n in lengths])


def _check_reached(theatre: Theatre) -> None:
    """Every core place can be reached from the first place, by whatever way."""
    reached = {next(iter(theatre.places))} if theatre.places else set()
    while True:
        further = {
            place
            for link in theatre.links.values()
            if link.a in reached or link.b in reached
            for place in (link.a, link.b)
        }
        if further <= reached:
            break
        reached |= further
    for place in theatre.places.values():
        if place.core and place.id not in reached:
            raise AllohistoryError(place.where, f"no way leads to {place.id}", given=place.id)


def _known(table: Collection[str], names: Iterable[str], where: str, thing: str) -> None:
    for name in names:
        if name not in table:
            raise AllohistoryError(where, f'there is no {thing} "{name}"', given=name, possible=sorted(table))


def _table(
    rows: Mapping[str, list[RawRow]], table: str, keys: Keys, kind: type[Entry]
) -> Mapping[str, Entry]:
    read: dict[str, Entry] = {}
    for raw in rows.get(table, []):
        values = read_values(raw.values, keys, raw.where, f"the table [[{table}]]")
        values = {_RENAMED.get((table, name), name): value for name, value in values.items()}
        row = kind(where=f"{raw.file}, line {raw.line}", **values)
        if row.id in read:
            raise AllohistoryError(raw.where, f'the id "{row.id}" is taken already', given=row.id, closest="")
        read[row.id] = row
    return read


def _when(date: str) -> float:
    """A date as text, in years: "1939" is the start of 1939, "1939-11" two months before its end."""
    parts = [int(part) for part in date.split("-")]
    return parts[0] + (parts[1] - 1) / MONTHS if len(parts) > 1 else float(parts[0])


_FILES = {
    "places.toml": ("place",),
    "links.toml": ("link",),
    "axes.toml": ("axis", "works", "railhead"),
}
_RENAMED = {
    ("link", "from"): "a",
    ("link", "to"): "b",
    ("link", "pass"): "mountain",
    ("railhead", "from"): "year",
}
