"""What each part of the rule book earns: forecasts with the part switched off, or its decisions left to base rates.

Parameters stay as they were calibrated with the part in place; a rule book that had never had it could make up for
some of the loss. So a loss is the part's worth within this rule book, at most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from allohistory.book.forecasts import Part, Protocol
from allohistory.evidence.forecasts import RULES, Draws, Forecast, last_week_of, longest, uncalibrated
from allohistory.evidence.items import SHOCK, Reader
from allohistory.evidence.scores import clustered_error, log_scores, mean
from allohistory.timeline.blueprint import Blueprint

INFLUENCE, DECISIONS, BOTH = "influence", "decisions", "both"
WAYS = (INFLUENCE, DECISIONS, BOTH)
MOVED = 1e-9  # a change of a probability that counts as one


@dataclass(frozen=True)
class Without:
    """One cut-off with one part away, in one way: chances of the same items, and how many no longer arise."""

    part: str
    way: str
    chance: np.ndarray
    lost: int


@dataclass(frozen=True)
class Earned:
    """What a part earns over a horizon: the mean log score without it less with it; above 0 it is worth having.

    way         influence: it moves nobody else; decisions: its own are left to base rates; both
    n           items of which a probability moved; years: in how many they lie
    over_all    a mean over all items; over_moved: over those that moved; error: of over_all, clustered by year
    nats        what it earns in all, weights summed
    lost        occasions that no longer arise without it, and keep what they had
    """

    part: str
    says: str
    way: str
    n: int
    years: int
    over_all: float
    error: float | None
    over_moved: float
    nats: float
    lost: int


def without_parts(
    blueprint: Blueprint, protocol: Protocol, found: Forecast, drawn: Draws
) -> Iterator[Without]:
    """All parts, away in every way that they have, at one cut-off."""
    reader = Reader(blueprint, last_week_of(blueprint, found.cut_off.year + longest(protocol)))
    rates = found.chances["base-rate"]
    for part in protocol.parts:
        own = np.isin(found.items.rule, [blueprint.rule_of[id].number for id in part.rules])[:, None]
        chance, lost = found.items.chance, 0
        if part.off:
            items = reader.items(switched_off(blueprint, part, drawn[0]), drawn[1])
            chance = uncalibrated(found.items, items)
            known = set(zip(items.kind.tolist(), items.key.tolist(), strict=True))
            asked = zip(found.items.kind.tolist(), found.items.key.tolist(), strict=True)
            lost = sum(each not in known for each in asked)
            yield Without(part.id, INFLUENCE, chance, lost)
        if part.rules:
            yield Without(part.id, DECISIONS, np.where(own, rates, found.items.chance), 0)
        if part.off and part.rules:
            yield Without(part.id, BOTH, np.where(own, rates, chance), lost)


def switched_off(blueprint: Blueprint, part: Part, values: np.ndarray) -> np.ndarray:
    """The draws with a part's parameters at the values that take away its influence."""
    changed = values.copy()
    for id, value in part.off:
        changed[:, blueprint.parameters.index(id)] = value
    return changed


def earned(
    protocol: Protocol, found: Sequence[Forecast], away: Sequence[Sequence[Without]], years: int
) -> list[Earned]:
    """A line a part and way, over all cut-offs, within a horizon of so many years.

    away   for each cut-off what `without_parts` gave, in one order
    """
    lines = []
    floor = protocol.setting.floor
    says = {part.id: part.says for part in protocol.parts}
    for number, one in enumerate(away[0]):
        gains, moved, weights, year = [], [], [], []
        for each, parts in zip(found, away, strict=True):
            inside = (each.items.kind != SHOCK) & (each.years_ahead <= years)
            took, without, ours = (
                each.items.took[inside],
                parts[number].chance[inside],
                each.chances[RULES][inside],
            )
            gains.append(log_scores(without, took, floor) - log_scores(ours, took, floor))
            moved.append(np.abs(without - ours).max(axis=1, initial=0.0) > MOVED)
            weights.append(each.weights[inside])
            year.append(each.items.year[inside])
        gain, w, y, m = (np.concatenate(parts) for parts in (gains, weights, year, moved))
        lines.append(
            Earned(
                part=one.part,
                says=says[one.part],
                way=one.way,
                n=int(m.sum()),
                years=len(np.unique(y[m])),
                over_all=mean(gain, w),
                error=clustered_error(gain, w, y),
                over_moved=mean(gain[m], w[m]) if m.any() else 0.0,
                nats=float(np.sum(gain * w)),
                lost=sum(parts[number].lost for parts in away),
            )
        )
    return lines
