"""Replay as an answer: does our history come back under every parameter draw, and how likely was it by the rules?"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allohistory.errors import AllohistoryError

if TYPE_CHECKING:
    from allohistory.timeline.model import Model
    from allohistory.timeline.replay import Replayed

Tell = Callable[[str, int, int], None]
DRAWS = 20  # draws over which the likelihood is averaged when no one draw is named


@dataclass(frozen=True)
class Lost:
    """An entry that did not come back, in words."""

    id: str
    expected: str
    got: str | None


@dataclass(frozen=True)
class ReplayAnswer:
    """Entries, how many returned under every draw tried, what is missing, and the likelihood of the record.

    log_likelihood   natural logarithms of the mean probability over the draws; by rule and by year likewise
    draws            how many parameter draws were tried
    trouble          draws whose world was set aside, with the reason
    """

    entries: int
    returned: int
    missing: tuple[Lost, ...]
    total: float
    by_rule: dict[str, float]
    by_year: dict[str, float]
    draws: int
    trouble: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface."""
        return {
            "entries": self.entries,
            "returned": self.returned,
            "missing": [{"id": one.id, "expected": one.expected, "got": one.got} for one in self.missing],
            "log_likelihood": {"total": self.total, "by_rule": self.by_rule, "by_year": self.by_year},
            "draws": self.draws,
            "trouble": list(self.trouble),
        }


def replay_answer(model: Model, draw: int | None = None, tell: Tell | None = None) -> ReplayAnswer:
    """Replay under one draw, or under the first twenty of the kept table."""
    from allohistory.timeline.memory import Memory
    from allohistory.timeline.replay import replay

    kept = len(model.blueprint.parameter_draws)
    if draw is not None and not 0 <= draw < kept:
        raise AllohistoryError(
            "--draw", f"there are draws 0 to {kept - 1}", given=draw, closest=str(min(max(draw, 0), kept - 1))
        )
    rows = [draw] if draw is not None else list(range(min(DRAWS, kept)))
    memory = Memory(model.blueprint)
    found: list[Replayed] = []
    for place, row in enumerate(rows):
        found.append(replay(model.blueprint, row, memory))
        if tell is not None:
            tell("replay", place + 1, len(rows))
    missing = {one.id: one for result in found for one in result.missing}
    return ReplayAnswer(
        entries=found[0].entries,
        returned=found[0].entries - len(missing),
        missing=tuple(_lost(model, one.id, one.got) for one in missing.values()),
        total=mean_of([one.log_likelihood for one in found]),
        by_rule={id: mean_of([one.by_rule[id] for one in found]) for id in found[0].by_rule},
        by_year={str(year): mean_of([one.by_year[year] for one in found]) for year in found[0].by_year},
        draws=len(rows),
        trouble=tuple(
            f"draw {row}: {one.trouble}" for row, one in zip(rows, found, strict=True) if one.trouble
        ),
    )


def mean_of(logs: Sequence[float]) -> float:
    """The logarithm of the mean of what these are logarithms of."""
    greatest = max(logs)
    if math.isinf(greatest):
        return greatest
    return greatest + math.log(math.fsum(math.exp(one - greatest) for one in logs) / len(logs))


def _lost(model: Model, id: str, got: float | None) -> Lost:
    entry = model.book.entries[id]
    rule = model.blueprint.rule_of[entry.rule]
    return Lost(id, str(entry.took), None if got is None else _word(rule.draws, rule.options, got))


def _word(draws: str, options: tuple[str, ...], value: float) -> str:
    if draws == "choice":
        return options[int(value)] if 0 <= int(value) < len(options) else "none"
    if draws == "clock":
        return "fired on another day" if value else "silent"
    return f"{value:g}"
