"""A scenario's page of links (`links.toml`): what historians say leads to what, held against the causal graph.

`offenders` walks each link edge by edge through the graph and names what is broken, what must not be and is, and every
way to or from a group of variables that no channel of the page allows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from allohistory.questions.causal_graph import CausalGraph

FILE = "links.toml"


@dataclass(frozen=True)
class PageLink:
    """One link: nodes of the graph, one after the other; `check` says where its sign can be read off a rule."""

    number: int
    what: str
    way: tuple[str, ...]
    sign: str = ""
    lag: str = ""
    check: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Never:
    """What must not reach what: at one stroke, or by any way at all."""

    number: int
    what: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    at_all: bool = False


@dataclass(frozen=True)
class Channel:
    """Rules by which a group may touch the others; `reads` limits what they may read on the far side."""

    group: str
    into: bool
    what: str
    rules: tuple[str, ...]
    reads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """The whole page; `lacking` is what historians name and the code does not have, by number."""

    links: tuple[PageLink, ...] = ()
    nevers: tuple[Never, ...] = ()
    channels: tuple[Channel, ...] = ()
    lacking: tuple[tuple[int, str], ...] = field(default=())


def read_page(folder: Path) -> Page:
    """The page of a scenario's folder; an empty one where it has none."""
    path = folder / FILE
    if not path.is_file():
        return Page()
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return Page(
        links=tuple(
            PageLink(r["number"], r["what"], tuple(r["way"]), r["sign"], r["lag"], r.get("check"))
            for r in tables.get("link", [])
        ),
        nevers=tuple(
            Never(r["number"], r["what"], tuple(r["from"]), tuple(r["to"]), r.get("at_all", False))
            for r in tables.get("never", [])
        ),
        channels=tuple(
            Channel(
                r.get("to") or r["from"], "to" in r, r["what"], tuple(r["rules"]), tuple(r.get("reads", ()))
            )
            for r in tables.get("channel", [])
        ),
        lacking=tuple((r["number"], r["what"]) for r in tables.get("lacking", [])),
    )


def offenders(page: Page, graph: CausalGraph, groups: Mapping[str, str]) -> list[str]:
    """Everything on which page and code disagree, one line each."""
    return [
        *(line for link in page.links for line in broken(link, graph)),
        *(line for never in page.nevers for line in forbidden(never, graph)),
        *(
            line
            for group in dict.fromkeys(c.group for c in page.channels)
            for line in leaks(page, graph, groups, group)
        ),
    ]


def broken(link: PageLink, graph: CausalGraph) -> list[str]:
    """The steps of a link that the code does not have."""
    return [
        f"link {link.number} ({link.what}): the code has no step from {before} to {after}"
        for before, after in zip(link.way, link.way[1:], strict=False)
        if after not in graph.after.get(before, ())
    ]


def forbidden(never: Never, graph: CausalGraph) -> list[str]:
    """The ways that must not be and are."""
    if never.at_all:
        way = graph.way(never.sources, never.targets)
        return [f"link {never.number} ({never.what}): {' -> '.join(way)}"] if way else []
    return [
        f"link {never.number} ({never.what}): {source} -> {rule} -> {target}"
        for source, rule, target in sorted(graph.crossings(never.sources, never.targets))
    ]


def leaks(page: Page, graph: CausalGraph, groups: Mapping[str, str], group: str) -> list[str]:
    """The ways into and out of a group that no channel names; a channel that nothing uses is one too."""
    inside = {id for id, its_group in groups.items() if its_group == group}
    outside = set(groups) - inside
    found = []
    for into, crossings in (
        (True, graph.crossings(outside, inside)),
        (False, graph.crossings(inside, outside)),
    ):
        own = [c for c in page.channels if c.group == group and c.into == into]
        seen = {(source, rule) for source, rule, _ in crossings}
        for source, rule in sorted(seen):
            if not any(rule in c.rules and (not c.reads or source in c.reads) for c in own):
                found.append(f"{'into' if into else 'out of'} {group}: {rule} reads {source} by no channel")
        used = {rule for _, rule in seen}
        found += [
            f"channel ({c.what}): {rule} carries nothing" for c in own for rule in c.rules if rule not in used
        ]
    return found
