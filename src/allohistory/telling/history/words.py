"""A scenario's words for a history: `history.toml`.

[history]    seasons of a war and titles of chapters, with {season}, {year}, {first} and {last} filled in
[weight]     rule, RULE:OPTION or "watch VARIABLE" -> 3: told even in a post; 1: in the annals alone; else 2
[war]        what a month of war brought -> sentences; one is taken that is not built like the sentence before it
[[cause]]    why a decision fell as it did: `of` (RULE or RULE:OPTION), the `variable` that the rule reads, from `least`
             to `most`, and the words before the sentence; {number} is its value in words
[[chapter]]  a new chapter begins where a variable comes to a value
[states]     outcome -> what a world is called once it has come to be, the earlier first
[decided_by] outcome -> the rules that decide it: where two timelines differ, its first cause is looked for among them
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from allohistory.errors import AllohistoryError
from allohistory.questions.words_files import words_file

FILE = "history.toml"
KEYS = {
    "history": ("road", "peace_throughout", "between", "war", "after", "seasons", "fades", "never_fades"),
    "cause": ("of", "variable", "least", "most", "says", "entity", "member"),
    "chapter": ("variable", "value", "title"),
}
TABLES = ("history", "weight", "war", "cause", "chapter", "decided_by", "states")


@dataclass(frozen=True)
class Cause:
    """A reason that a rule read: its variable stood between `least` and `most` when it decided.

    member  the entity whose value is meant, where the variable is kept for several
    """

    of: tuple[str, ...]
    variable: str
    says: tuple[str, ...]
    least: float = float("-inf")
    most: float = float("inf")
    member: str = ""


@dataclass(frozen=True)
class Mark:
    """A chapter begins where a variable comes to a value."""

    variable: str
    value: float
    title: str


@dataclass(frozen=True)
class Words:
    """All of it."""

    titles: Mapping[str, Any] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    war: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    causes: tuple[Cause, ...] = ()
    marks: tuple[Mark, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    decided_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def weight(self, rule: str, option: str, otherwise: int) -> int:
        """How much a sentence weighs."""
        return self.weights.get(f"{rule}:{option}", self.weights.get(rule, otherwise))


@lru_cache(maxsize=8)
def words_of(folder: Path) -> Words:
    """Read a scenario's `history.toml`; a scenario without one has none."""
    path = words_file(folder, FILE)
    table = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    for key in table:
        if key not in TABLES:
            raise AllohistoryError(FILE, f'there is no table "{key}"', given=key, possible=TABLES)
    return Words(
        titles=_known("history", table.get("history", {})),
        weights=table.get("weight", {}),
        war={key: _several(said) for key, said in table.get("war", {}).items()},
        causes=tuple(_cause(_known("cause", row)) for row in table.get("cause", ())),
        states=table.get("states", {}),
        decided_by={id: tuple(rules) for id, rules in table.get("decided_by", {}).items()},
        marks=tuple(Mark(**_known("chapter", row)) for row in table.get("chapter", ())),
    )


def _cause(row: dict[str, Any]) -> Cause:
    return Cause(**{**row, "of": tuple(row["of"]), "says": _several(row["says"])})


def _several(said: str | list[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def _known(name: str, row: dict[str, Any]) -> dict[str, Any]:
    for key in row:
        if key not in KEYS[name]:
            raise AllohistoryError(FILE, f'there is no "{key}" in [{name}]', given=key, possible=KEYS[name])
    return row
