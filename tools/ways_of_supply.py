"""Which ways an army's supply may come: for tools/theatre.py, which writes them for compiled code.

For every side, epoch and front the way of supply is the widest railway path from the side's sources to the foremost
place it holds on the axis, the shortest among the widest; the second way avoids the narrowest link that can be gone
round.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass

from allohistory.book.theatre import FIELD_RAILWAY, Axis, Link, Railhead, Theatre

LONGEST = 24
WATER = ("river", "sea")


@dataclass(frozen=True)
class Way:
    """A path of links from a source, by number, and its length."""

    links: tuple[int, ...]
    km: float


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
