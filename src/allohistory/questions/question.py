"""A question: what is changed, whose luck is used, which outcomes are asked, and how many timelines answer it.

A question is plain data, checked when it is made, the same from a terminal, a file or Python. What it may contain is
the grammar of interfaces, sections 5 to 8; ids are looked up later, when the scenario is open (`resolve`).
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from allohistory.book.calendar import parse_date
from allohistory.book.tables import Outcome
from allohistory.book.what_if import OwnClaim
from allohistory.errors import AllohistoryError

COUPLINGS = ("gumbel", "monotone", "maximal", "redraw")
CLOCKS = ("week", "redraw")
LUCKS = ("fresh", "same")
DEFAULT_SCENARIO = "soviet-japanese-war"
DEFAULT_TIMELINES = 2000
DEFAULT_DRAWS = 100
MOST_TIMELINES = 1 << 24  # what an address can name
MOST_SEED = (1 << 32) - 1
FINEST_PRECISION = 0.0005


@dataclass(frozen=True)
class Question:
    """What is asked. `from_` is the ISO date on which luck is freed (None: just after the last change)."""

    scenario: str = DEFAULT_SCENARIO
    pods: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    from_: str | None = None
    luck: str = "fresh"
    coupling: str = "gumbel"
    clocks: str = "week"
    outcomes: tuple[str, ...] = ()
    given: str | None = None
    without: str | None = None
    timelines: int = DEFAULT_TIMELINES
    precision: float | None = None
    draws: int = DEFAULT_DRAWS
    seed: int = 1
    workers: int | None = None
    priors: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    variants: Mapping[str, str] = field(default_factory=dict)
    custom: tuple[Outcome, ...] = ()
    claims: tuple[OwnClaim, ...] = ()
    title: str | None = None
    file: str | None = None
    from_file: tuple[str, ...] = ()
    out: str | None = None
    fresh_draws: bool = False

    def __post_init__(self) -> None:
        """Check what can be checked without the scenario: words, whole numbers, limits, contradictions."""
        _word("--luck", self.luck, LUCKS)
        _word("--coupling", self.coupling, COUPLINGS)
        _word("--clocks", self.clocks, CLOCKS)
        _whole("--timelines", self.timelines, 1, MOST_TIMELINES)
        _whole("--draws", self.draws, 1, MOST_TIMELINES)
        _whole("--seed", self.seed, 0, MOST_SEED)
        if self.fresh_draws and not self.priors:
            problem = "draws are made anew from a file's [priors], and none are given"
            raise AllohistoryError("--draws", problem, given="fresh", closest=str(self.draws))
        if self.workers is not None:
            _whole("--workers", self.workers, 1, 4096)
        if self.precision is not None:
            _precision(self.precision)
        if self.from_ is not None:
            parse_date(self.from_, "--from")
        for option, values in (("--pod", self.pods), ("--do", self.do), ("--outcome", self.outcomes)):
            _once(option, values)

    @property
    def changed(self) -> bool:
        """Does the question change anything?"""
        return bool(self.pods or self.do)

    @property
    def drawn_anew(self) -> bool:
        """Are parameters drawn anew from the user's priors (else the kept draws are weighted)? Claims need it."""
        return bool(self.priors) and (self.fresh_draws or bool(self.claims))

    @property
    def again(self) -> str:
        """The command that asks the same question once more."""
        words = ["allohistory", "ask"]
        if self.scenario != DEFAULT_SCENARIO:
            words += ["--scenario", self.scenario]
        if self.file:
            words += ["--file", self.file]
        for option, values, name in (
            ("--pod", self.pods, "pods"),
            ("--do", self.do, "do"),
            ("--outcome", self.outcomes, "ask"),
        ):
            if name not in self.from_file:
                words += [word for value in values for word in (option, value)]
        for option, name, standard in _SINGLE:
            value = getattr(self, name)
            if value != standard and name.rstrip("_") not in self.from_file:
                words += [option, str(value)]
        words += ["--draws", "fresh"] if self.fresh_draws else []
        return shlex.join(words)

    def as_json(self) -> dict[str, Any]:
        """The question as the head of an answer carries it: all that moves a number, nothing that does not."""
        held = {
            "title": self.title,
            "scenario": self.scenario,
            "pods": list(self.pods),
            "do": list(self.do),
            "from": self.from_,
            "luck": self.luck,
            "coupling": self.coupling,
            "clocks": self.clocks,
            "ask": list(self.outcomes),
            "given": self.given,
            "without": self.without,
            "timelines": None if self.precision is not None else self.timelines,
            "precision": self.precision,
            "draws": self.draws,
            "seed": self.seed,
            "priors": {key: dict(value) for key, value in self.priors.items()},
            "variants": dict(self.variants),
            "outcome": [{"id": one.id, "title": one.title, "is": one.derived} for one in self.custom],
        }
        held.update({"fresh_draws": True} if self.fresh_draws else {})
        return {**held, "claim": [asdict(one) for one in self.claims]} if self.claims else held

    def but(self, **changes: Any) -> Question:
        """The same question with some parts replaced (checked again)."""
        return replace(self, **changes)


_SINGLE = (
    ("--from", "from_", None),
    ("--luck", "luck", "fresh"),
    ("--coupling", "coupling", "gumbel"),
    ("--clocks", "clocks", "week"),
    ("--given", "given", None),
    ("--without", "without", None),
    ("--timelines", "timelines", DEFAULT_TIMELINES),
    ("--precision", "precision", None),
    ("--draws", "draws", DEFAULT_DRAWS),
    ("--seed", "seed", 1),
)


def several(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """One string or several, as a tuple."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def workers_of(given: int | None) -> int:
    """How many threads: what was asked, else ALLOHISTORY_WORKERS, else one a core."""
    if given is not None:
        return given
    text = os.environ.get("ALLOHISTORY_WORKERS")
    if text:
        try:
            count = int(text)
        except ValueError:
            count = 0
        if count < 1:
            raise AllohistoryError(
                where="ALLOHISTORY_WORKERS",
                problem=f'"{text}" is not a whole number from 1 up',
                given=text,
                closest="1",
            )
        return count
    return os.cpu_count() or 1


def _word(option: str, value: Any, possible: tuple[str, ...]) -> None:
    if value not in possible:
        raise AllohistoryError(
            where=option,
            problem=f'there is no "{value}"',
            given=str(value),
            possible=possible,
        )


def _whole(option: str, value: Any, least: int, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        near = min(max(value, least), most) if isinstance(value, int) else least
        raise AllohistoryError(
            where=option,
            problem=f"{value} is not a whole number from {least} to {most}",
            given=str(value),
            closest=str(near),
        )


def _precision(value: Any) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not number or not FINEST_PRECISION <= value <= 0.5:
        raise AllohistoryError(
            where="--precision",
            problem=f"{value} is not a number from {FINEST_PRECISION} to 0.5 (half the width of the interval wanted)",
            given=str(value),
            closest=str(FINEST_PRECISION if number and value < FINEST_PRECISION else "0.01"),
        )


def _once(option: str, values: tuple[str, ...]) -> None:
    for value in values:
        if not isinstance(value, str) or not value.strip():
            raise AllohistoryError(where=option, problem="is empty", given=str(value))
        if values.count(value) > 1:
            raise AllohistoryError(
                where=option, problem=f'"{value}" is given twice', given=value, closest=value
            )
