"""What a scenario says about being asked: the outcomes shown by default, the ways to war, the headline question."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from allohistory.errors import AllohistoryError
from allohistory.questions.words_files import words_file

FILE = "telling.toml"
CHRONICLE = ("chronicle", "affair", "watch", "closing", "name", "together")  # read by telling/script.py
TABLES = ("ask", "headline", "way", "rule", "note", *CHRONICLE)


@dataclass(frozen=True)
class Step:
    """One step of a way: an expression over outcomes."""

    id: str
    title: str
    expression: str


@dataclass(frozen=True)
class Way:
    """One way in which the chief outcome comes about, step by step."""

    id: str
    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Line:
    """A line or a column of the headline's tables: an expression over outcomes with its title, and in words."""

    id: str
    title: str
    says: str
    expression: str


@dataclass(frozen=True)
class Defaults:
    """Everything of `telling.toml` that questions read; `sentences` are for telling."""

    outcomes: tuple[str, ...] = ()
    address: str | None = None
    note: str | None = None
    headline_title: str = ""
    headline_outcome: str = ""
    headline_road: str | None = None
    headline_pods: tuple[str, ...] = ()
    headline_lines: tuple[Line, ...] = ()
    headline_worlds: tuple[Line, ...] = ()
    headline_also: tuple[Line, ...] = ()
    ways: tuple[Way, ...] = ()
    sentences: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...] = ()


@lru_cache(maxsize=8)
def defaults_of(folder: Path) -> Defaults:
    """Read a scenario's `telling.toml`; a scenario without one has no defaults."""
    path = words_file(folder, FILE)
    if not path.is_file():
        return Defaults()
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for key in table:
        if key not in TABLES:
            raise AllohistoryError(FILE, f'there is no table "{key}"', given=key, possible=TABLES)
    ask, headline = table.get("ask", {}), table.get("headline", {})
    return Defaults(
        outcomes=tuple(ask.get("outcomes", ())),
        address=ask.get("address"),
        note=ask.get("note"),
        headline_title=headline.get("title", ""),
        headline_outcome=headline.get("outcome", ""),
        headline_road=headline.get("road"),
        headline_pods=tuple(headline.get("pods", ())),
        headline_lines=_lines(headline, "line"),
        headline_worlds=_lines(headline, "world"),
        headline_also=_lines(headline, "also"),
        ways=tuple(_way(way) for way in table.get("way", ())),
        sentences=tuple((rule, tuple(options.items())) for rule, options in table.get("rule", {}).items()),
    )


def _lines(table: dict[str, Any], key: str) -> tuple[Line, ...]:
    return tuple(
        Line(one["id"], one["title"], one.get("says", one["title"]), one["is"]) for one in table.get(key, ())
    )


def _way(table: dict[str, Any]) -> Way:
    steps = tuple(Step(step["id"], step["title"], step["is"]) for step in table["step"])
    return Way(table["id"], table["title"], steps)
