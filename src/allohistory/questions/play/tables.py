"""Who can be played, what reaches the desk and in what words: the TOML tables of a scenario, read and checked.

actors.toml     [actor.ID]  title, portrait, decides, starts = DATE, figures = [[variable, words], ...], hides = [...]
decisions.toml  [decision."RULE"] title, and what else `Decision` holds; [decision."RULE".option.OPTION] title, case
inputs.toml     [input] NAME = {usual, high, low, even, times}; [of."RULE"] NAME = {...} by rule
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.errors import AllohistoryError

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Actor:
    """Somebody to decide for.

    portrait  (first day, words, variable or "") in order of days: who you are from that day on, while the variable is
              above 0
    decides   rules, or RULE[entity], that are this actor's
    starts    the day on which a game begins where nothing else is asked
    figures   (variable, words with {value}) that stand on the wall
    hides     rules, or RULE:OPTION, of others that are secret from this actor
    """

    id: str
    title: str
    short: str
    portrait: tuple[tuple[str, str, str], ...]
    decides: tuple[str, ...]
    starts: str
    says: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    hides: frozenset[str] = frozenset()

    def who(self, date: str, holds: Callable[[str], bool]) -> str:
        """Who you are on a day, in a world in which these variables hold."""
        known = [one for one in self.portrait if one[0] <= date and (not one[2] or holds(one[2]))]
        return (known or self.portrait[:1])[-1][1]


@dataclass(frozen=True)
class Option:
    """One answer: what it is called, and what can always be said for it."""

    title: str
    case: str = ""


@dataclass(frozen=True)
class Decision:
    """A rule as a sheet on the desk.

    title    the question, {where} and {entity} filled in
    says     a line on what hangs on it
    grave    a crisis: leave to the advisers ends here
    open     asked while the rules give its most usual option less than this, or luck would have another
    rest     weeks before the same question is put again, unless luck would have something unusual
    shelved  of a clock: for how many weeks a proposal is shelved
    options  by id; of a clock `fires` and `never`
    by       the same by entity, where a question differs from one to another
    """

    rule: str
    title: str
    says: str = ""
    grave: bool = False
    open: float = 0.9
    rest: int = 0
    shelved: int = 26
    options: Mapping[str, Option] = field(default_factory=dict)
    by: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Input:
    """What a rule reads, in words: above its usual value, below it, or at it. {value} is it times `times`."""

    usual: float = 0.0
    high: str = ""
    low: str = ""
    even: str = ""
    times: float = 1.0


@dataclass(frozen=True)
class Tables:
    """All of a scenario's words for play."""

    actors: Mapping[str, Actor]
    decisions: Mapping[str, Decision]
    inputs: Mapping[str, Input]
    of: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    def actor(self, id: str) -> Actor:
        """The actor of this name; raises AllohistoryError for one who is not there."""
        if id in self.actors:
            return self.actors[id]
        problem = f'nobody called "{id}" can be played'
        raise AllohistoryError(
            "actor", problem, given=id, possible=self.actors, see="allohistory play --help"
        )

    def input(self, name: str, rule: str) -> Input | None:
        """The words for an input: those of the rule, where it has its own."""
        found = self.inputs.get(name)
        other = self.of.get(rule, {}).get(name)
        return found if found is None or other is None else replace(found, **other)


def tables_of(model: Model) -> Tables:
    """The tables of a loaded scenario; raises AllohistoryError where it has none."""
    return read_tables(model.name)


@lru_cache(maxsize=4)
def read_tables(scenario: str) -> Tables:
    """Read the tables that belong to a scenario's name."""
    folder = FOLDER / scenario.replace("-", "_")
    if not folder.is_dir():
        raise AllohistoryError("play", f'"{scenario}" has nobody to play', given=scenario)
    actors, decisions, inputs = (
        tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
        for name in ("actors", "decisions", "inputs")
    )
    return Tables(
        actors={id: _actor(id, row) for id, row in actors["actor"].items()},
        decisions={rule: _decision(rule, row) for rule, row in decisions["decision"].items()},
        inputs={name: Input(**row) for name, row in inputs["input"].items()},
        of=inputs.get("of", {}),
    )


def _actor(id: str, row: dict[str, Any]) -> Actor:
    row = dict(row)
    portrait = tuple(
        (str(one[0]), str(one[1]), str(one[2]) if len(one) > 2 else "") for one in row.pop("portrait")
    )
    figures = tuple((str(one), str(words)) for one, words in row.pop("figures", ()))
    starts = str(row.pop("starts"))
    return Actor(
        id,
        portrait=portrait,
        figures=figures,
        starts=starts,
        decides=tuple(row.pop("decides")),
        hides=frozenset(row.pop("hides", ())),
        **row,
    )


def _decision(rule: str, row: dict[str, Any]) -> Decision:
    row = dict(row)
    options = {id: Option(**option) for id, option in row.pop("option", {}).items()}
    return Decision(rule, options=options, **row)
