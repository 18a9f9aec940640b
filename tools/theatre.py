"""Write a scenario's `theatre.py`, the arrays of the theatre for compiled code, from book/theatre/*.toml.

Places and fronts have the numbers of entities.toml; links are numbered in the order of links.toml. For every side,
epoch and front the way of supply is the widest railway path from the side's sources to the foremost place it
holds on the axis, the shortest among the widest; the second way avoids the narrowest link that can be gone round.

    python tools/theatre.py            write the file
    python tools/theatre.py --check    fail, and say so, where it is stale
"""

from __future__ import annotations

import argparse
import math
import sys
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from allohistory.book.theatre import (  # noqa: E402
    FIELD_RAILWAY,
    Axis,
    Link,
    Place,
    Railhead,
    Theatre,
    between,
    open_theatre,
)
from allohistory.book.theatre_keys import SIDES  # noqa: E402

FIRST_YEAR, LAST_YEAR = 1931, 1946
EPOCHS = (1931, 1935, 1937, 1940, 1942, 1945)
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
LONGEST = 24
TRUNKS = ("rail.irkutsk--ulan-ude", "rail.anshan--dairen")
HOLDERS = {"soviet": 0, "japanese": 1, "none": 2}
WATER = ("river", "sea")


@dataclass(frozen=True)
class Way:
    """A path of links from a source, by number, and its length."""

    links: tuple[int, ...]
    km: float


def main() -> int:
    """Write the file, or say that it is stale."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenario", nargs="?", default="soviet_japanese_war")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the file is stale")
    arguments = parser.parse_args()
    folder = ROOT / "src" / "allohistory" / "scenarios" / arguments.scenario
    path, text = folder / "theatre.py", theatre_text(folder)
    if not arguments.check:
        path.write_text(text)
        print(f"wrote {path.relative_to(ROOT)}")
    elif not path.exists() or path.read_text() != text:
        print(f"{path.relative_to(ROOT)} is stale: run python tools/theatre.py")
        return 1
    return 0


def theatre_text(folder: Path) -> str:
    """The whole file."""
    theatre = open_theatre(folder)
    entities = tomllib.loads((folder / "book" / "entities.toml").read_text())["entity_kind"]
    order = {kind["id"]: [member["id"] for member in kind["members"]] for kind in entities}
    check_order("place", order["place"], theatre.places)
    check_order("front", order["front"], theatre.axes)
    lines = [link.replace(".", "-").replace("--", "-") for link in theatre.links]
    if "line" in order and order["line"] != lines:
        sys.exit("error: entities.toml: line: its members are the links of links.toml in their order")
    parts = [HEAD, numbers_of_things(theatre, order), axes_text(theatre, order), places_text(theatre, order)]
    parts += [works_text(theatre, order), links_text(theatre, order), paths_text(theatre, order)]
    return "\n".join(parts)


def check_order(kind: str, ids: Iterable[str], table: Iterable[str]) -> None:
    """Every entity of the kind has its row, and no row is without its entity."""
    missing, strange = set(ids) - set(table), set(table) - set(ids)
    if missing or strange:
        sys.exit(f"error: entities.toml: {kind}: without a row {sorted(missing)}, unknown {sorted(strange)}")


HEAD = '''"""The theatre for compiled code. Made by tools/theatre.py from book/theatre/*.toml; do not edit.

See docs/theatre.md for what each array says. Rows of text are read into arrays once, when the module is imported.
"""

from __future__ import annotations

import numpy as np
from numpy import float64, int64
from numpy.typing import NDArray


def _whole(width: int, rest: int, text: str) -> NDArray[int64]:
    rows = [[int(x) for x in line.split()] for line in text.strip().splitlines()]
    return np.array([row + [rest] * (width - len(row)) for row in rows], dtype=int64)


def _figures(width: int, rest: int, text: str) -> NDArray[float64]:
    rows = [[float(x) for x in line.split()] for line in text.strip().splitlines()]
    return np.array([row + [rest] * (width - len(row)) for row in rows], dtype=float64)


# fmt: off
'''


def numbers_of_things(theatre: Theatre, order: dict[str, list[str]]) -> str:
    """How many there are of each, the epochs and the trunks."""
    links = list(theatre.links)
    epochs = [max(i for i, first in enumerate(EPOCHS) if first <= year) for year in YEARS]
    lines = [f"PLACES = int64({len(order['place'])})", f"FRONTS = int64({len(order['front'])})"]
    lines += [f"ARMIES = int64({len(SIDES) * len(order['front'])})", f"LINKS = int64({len(links)})"]
    lines += [f"EPOCHS = int64({len(EPOCHS)})", f"FIRST_YEAR = int64({FIRST_YEAR})"]
    lines += [f"EPOCH_OF_YEAR = np.array({epochs}, dtype=int64)"]
    lines += [f"TRUNK = np.array({[links.index(trunk) for trunk in TRUNKS]}, dtype=int64)", ""]
    return "\n".join(lines)


def axes_text(theatre: Theatre, order: dict[str, list[str]]) -> str:
    """The axes: one row a front, places and kilometres, then what lies between them."""
    axes = [theatre.axes[front] for front in order["front"]]
    longest = max(len(axis.places) for axis in axes)
    number = {place: i for i, place in enumerate(order["place"])}
    counts = [len(axis.places) for axis in axes]
    lines = [f"AXIS_COUNT = np.array({counts}, dtype=int64)"]
    lines += block("AXIS_PLACE", "_whole", longest, "-1", [[number[p] for p in axis.places] for axis in axes])
    lines += block("AXIS_KM", "_figures", longest, "0", [list(axis.km) for axis in axes])
    lines += block("AXIS_GROUND", "_whole", longest, "0", [list(axis.ground) for axis in axes])
    lines += block("AXIS_COVER", "_whole", longest, "0", [list(axis.cover) for axis in axes])
    lines += block("AXIS_GOING", "_figures", longest, "0", [list(axis.going) for axis in axes])
    rivers = [[int(place in axis.rivers) for place in axis.places] for axis in axes]
    lines += block("AXIS_RIVER", "_whole", longest, "0", rivers)
    lines += block("AXIS_RAIL", "_whole", longest, "0", [rails_along(theatre, axis) for axis in axes])
    return "\n".join([*lines, ""])


def rails_along(theatre: Theatre, axis: Axis) -> list[int]:
    """For each stretch of an axis, 1 where a railway joins its two places."""
    joined = {frozenset((link.a, link.b)) for link in theatre.links.values() if link.mode == "rail"}
    return [int(frozenset(pair) in joined) for pair in pairwise(axis.places)]


def block(name: str, make: str, width: int, rest: str, rows: Iterable[Iterable[float]]) -> list[str]:
    """An array as rows of text, one line a row."""
    lines = [
        f'{name} = {make}({width}, {rest}, """',
        *(" ".join(short(value) for value in row) for row in rows),
    ]
    return [*lines, '""")']


def short(value: float) -> str:
    """A figure without a needless point."""
    return f"{value:.10g}"


def places_text(theatre: Theatre, order: dict[str, list[str]]) -> str:
    """Who holds each place at first, and with which front's line it falls."""
    places = [theatre.places[name] for name in order["place"]]
    fronts = [order["front"].index(place.falls.front) if place.falls else -1 for place in places]
    km = [place.falls.km if place.falls else 0.0 for place in places]
    holders = [HOLDERS[holder_of(theatre, place)] for place in places]
    lines = [row_of("HOLDER_AT_FIRST", "_whole", holders)]
    lines += [row_of("FALLS_FRONT", "_whole", fronts), row_of("FALLS_KM", "_figures", km)]
    return "\n".join([*lines, ""])


def holder_of(theatre: Theatre, place: Place) -> str:
    """Whose place it is in a war: Finland is the other side on its fronts, and what Japan takes later is Japan's."""
    finnish = {name for axis in theatre.axes.values() if axis.against == "finnish" for name in axis.places}
    against = bool(place.japanese_from) or place.id in finnish
    return "japanese" if place.holder == "none" and against else place.holder


def row_of(name: str, make: str, values: list[float] | list[int]) -> str:
    """An array of one row, broken into lines of text."""
    broken = [values[i : i + LONGEST] for i in range(0, len(values), LONGEST)]
    lines = [
        f'{name} = {make}({LONGEST}, 0, """',
        *(" ".join(short(value) for value in part) for part in broken),
    ]
    return "\n".join([*lines, f'""").ravel()[:{len(values)}].copy()'])


def works_text(theatre: Theatre, order: dict[str, list[str]]) -> str:
    """Border zones by side, front and epoch, their depth, and the inner zones of places on the axes."""
    fronts, shape = order["front"], f"({len(SIDES)}, {len(order['front'])}, {len(EPOCHS)})"
    rows: list[list[float]] = []
    inner: list[list[float]] = []
    depths: list[list[float]] = []
    for side in SIDES:
        depths.append([])
        for front in fronts:
            zones = [row for row in theatre.works.values() if (row.side, row.front) == (side, front)]
            border = [row for row in zones if not row.place]
            rows.append([max((between(row.strength, y) for row in border), default=0.0) for y in EPOCHS])
            depths[-1].append(max((row.far for row in border), default=0.0))
            for row in zones:
                if row.place:
                    i = theatre.axes[front].places.index(row.place)
                    inner.append([fronts.index(front), i, *(between(row.strength, y) for y in EPOCHS)])
    rows = [[round(value, 3) for value in row] for row in rows]
    inner = [[round(value, 3) for value in row] for row in inner]
    lines = block("WORKS", "_figures", len(EPOCHS), "0", rows)
    lines[-1] = f'""").reshape({shape})'
    lines += block("WORKS_DEPTH", "_figures", len(fronts), "0", depths)
    lines += block("_INNER", "_figures", len(EPOCHS) + 2, "0", inner)
    lines += [f"AXIS_WORKS = np.zeros((*AXIS_PLACE.shape, {len(EPOCHS)}), dtype=float64)"]
    lines += ["for _row in _INNER:", "    AXIS_WORKS[int(_row[0]), int(_row[1])] = _row[2:]"]
    return "\n".join([*lines, ""])


def links_text(theatre: Theatre, order: dict[str, list[str]]) -> str:
    """One row a link: from, to, programme, then tons a day by year."""
    number = {place: i for i, place in enumerate(order["place"])}
    rows = [
        [number[link.a], number[link.b], HOLDERS[link.programme]]
        + [round(link.tons_a_day(year)) for year in YEARS]
        for link in theatre.links.values()
    ]
    lines = block("_LINKS", "_whole", len(YEARS) + 3, "0", rows)
    lines += ["LINK_A = _LINKS[:, 0].copy()", "LINK_B = _LINKS[:, 1].copy()"]
    lines += ["LINK_PROGRAMME = _LINKS[:, 2].copy()", "LINK_TONS = _LINKS[:, 3:].astype(float64)", ""]
    return "\n".join(lines)


def paths_text(theatre: Theatre, order: dict[str, list[str]]) -> str:
    """One row for each way: side, epoch, front, alternative, then its links; and the railheads."""
    rows, heads = [], []
    for side_number, side in enumerate(SIDES):
        for epoch, year in enumerate(EPOCHS):
            of_epoch = []
            for front_number, front in enumerate(order["front"]):
                km, ways = ways_of(theatre, theatre.axes[front], side, year)
                of_epoch.append(km)
                for alternative, way in enumerate(ways):
                    rows.append([side_number, epoch, front_number, alternative, *way.links])
            heads.append(of_epoch)
    shape = f"({len(SIDES)}, {len(EPOCHS)}, {len(order['front'])}"
    lines = block("RAILHEAD", "_figures", len(order["front"]), "0", heads)
    lines[-1] = f'""").reshape({shape}))'
    lines += block("_PATHS", "_whole", LONGEST + 4, "-1", rows)
    lines += [f"PATHS = np.full({shape}, 2, {LONGEST}), -1, dtype=int64)"]
    lines += ["for _way in _PATHS:", "    PATHS[_way[0], _way[1], _way[2], _way[3]] = _way[4:]"]
    return "\n".join([*lines, "PATH_LENGTH = (PATHS >= 0).sum(axis=4).astype(int64)", ""])


def ways_of(theatre: Theatre, axis: Axis, side: str, year: int) -> tuple[float, list[Way]]:
    """The railhead of a side's army on an axis, in kilometres, and the one or two ways that lead there."""
    links = list(theatre.links.values())
    own = owner_of(theatre, axis, side, year)
    usable = [
        i for i, link in enumerate(links) if may_carry(link, axis, year) and own(link.a) and own(link.b)
    ]
    place, km, branch = railhead_of(theatre, axis, side, year, own, [links[i] for i in usable])
    sources = [source for source in axis.sources(side) if own(source)]
    ways = two_ways(links, usable, sources, place, year)
    last = tuple(list(theatre.links).index(name) for name in branch)
    if not ways or len(ways[0].links + last) > LONGEST:
        sys.exit(
            f"error: axes.toml, {axis.id}: no way of {LONGEST} links from {sources} to {place} in {year}"
        )
    return km, [Way(way.links + last, way.km) for way in ways if len(way.links + last) <= LONGEST]


def two_ways(links: list[Link], usable: list[int], sources: list[str], place: str, year: int) -> list[Way]:
    """The widest way, and the widest without the narrowest of its links that can be gone round."""
    first = widest(links, usable, sources, place, year)
    if first is None:
        return []
    for narrow in sorted(first.links, key=lambda i: (links[i].tons_a_day(year), first.links.index(i))):
        second = widest(links, [i for i in usable if i != narrow], sources, place, year)
        if second is not None:
            return [first, second]
    return [first]


def owner_of(theatre: Theatre, axis: Axis, side: str, year: int) -> Callable[[str], bool]:
    """Whether a place is the side's own on this front in that year."""
    holder = "finnish" if side == "japanese" and axis.against == "finnish" else side
    return lambda place: theatre.places[place].belongs_to(holder, year)


def may_carry(link: Link, axis: Axis, year: int) -> bool:
    """Whether an army's freight may go by this link: a railway, or where rails end water with a figure."""
    if link.mode == "rail":
        return link.gauge >= FIELD_RAILWAY and link.tons_a_day(year) > 0 and link.a != link.b
    return axis.by_water and link.mode in WATER and link.tons > 0


def railhead_of(
    theatre: Theatre, axis: Axis, side: str, year: int, own: Callable[[str], bool], links: list[Link]
) -> tuple[str, float, tuple[str, ...]]:
    """The foremost of the side's places on the axis that the links reach, or a railhead named in the book.

    Place, kilometres on the axis, and the branch that leads there from the place, if there is one.
    """
    reached = {source for source in axis.sources(side) if own(source)}
    while further := {b for link in links for a, b in ends(link) if a in reached} - reached:
        reached |= further
    heads: list[tuple[float, str, float, tuple[str, ...]]] = [
        (abs(km), place, km, ()) for place, km in zip(axis.places, axis.km, strict=True) if place in reached
    ]
    if not heads:
        sys.exit(f"error: axes.toml, {axis.id}: no railway of the {side} side reaches the axis in {year}")
    named = [
        row for row in theatre.railheads.values() if applies(row, axis, side, year) and row.place in reached
    ]
    heads += [(abs(row.km), row.place, row.km, (row.by,) if row.by else ()) for row in named]
    _, place, km, branch = min(heads)
    return place, km, branch


def applies(row: Railhead, axis: Axis, side: str, year: int) -> bool:
    """Whether a named railhead is that side's on that front in that year."""
    return (row.front, row.side) == (axis.id, side) and row.year <= year


def ends(link: Link) -> tuple[tuple[str, str], tuple[str, str]]:
    """A link read both ways."""
    return (link.a, link.b), (link.b, link.a)


def widest(links: list[Link], usable: list[int], sources: list[str], target: str, year: int) -> Way | None:
    """The path whose narrowest link is widest, for the target and for every place on the way; None without one.

    First the width at which each place can be reached; then the shortest path over the links that keep it.
    """
    width = dict.fromkeys(sources, math.inf)
    carried = {i: links[i].tons_a_day(year) for i in usable}
    both_ways = [(i, a, b) for i in usable for a, b in ends(links[i])]
    while better := {
        b: min(width[a], carried[i])
        for i, a, b in both_ways
        if a in width and min(width[a], carried[i]) > width.get(b, 0.0)
    }:
        width |= {place: max(tons, width.get(place, 0.0)) for place, tons in better.items()}
    kept = [(i, a, b) for i, a, b in both_ways if a in width and min(width[a], carried[i]) == width[b]]
    return shortest(links, kept, sources, target)


def shortest(
    links: list[Link], steps: list[tuple[int, str, str]], sources: list[str], target: str
) -> Way | None:
    """The shortest path from any source by these steps; ties go to the path of lower numbers."""
    best = {source: Way((), 0.0) for source in sources}
    while True:
        better = dict(best)
        for i, a, b in steps:
            if a in best:
                way = Way((*best[a].links, i), best[a].km + links[i].km)
                if b not in better or (way.km, way.links) < (better[b].km, better[b].links):
                    better[b] = way
        if better == best:
            return best.get(target)
        best = better


if __name__ == "__main__":
    sys.exit(main())
