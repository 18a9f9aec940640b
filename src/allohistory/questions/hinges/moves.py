"""What moved the probability: weeks found on some timelines, tried on others, and taken apart.

1. The curve's own timelines rank the weeks by how far the probability moves in them (McNemar: of the timelines that
   end otherwise when freed a week later, how many gain the outcome and how many lose it).
2. The first so many weeks are tried on fresh timelines, which had no part in the ranking, by the exact sign test of
   McNemar. Those that Holm's rule keeps are named: that any week is named in which the probability did not move
   happens in at most one answer of twenty.
3. In a named week luck is freed before and after the place of each rule that has an entry there, on half of the fresh
   timelines; what happens between is what did not happen, the silences of the record. Parts are named by the same
   rule over all parts of all weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions.estimates import paired_difference, wilson
from allohistory.results.schema import Interval
from allohistory.timeline.plan import position

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.timeline.blueprint import Blueprint

FALSE_ALARM = 0.05  # that an answer names anything that did not move
TRIED = 16  # weeks tried on fresh timelines


@dataclass(frozen=True)
class Step:
    """A stretch of the week's order: from one position to another, and the entries in it (none: silences)."""

    first: int
    until: int
    entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Move:
    """How far a stretch of history moved the probability.

    before, after   with luck freed just before it and just after it, each with its 90 % interval
    change          after less before, over the same timelines, with its interval
    apart           how many timelines end otherwise
    chance          of a split so uneven among these where nothing moves (two-sided)
    named           beyond error, by Holm's rule
    """

    step: Step
    before: float
    before_interval: Interval
    after: float
    after_interval: Interval
    change: float
    change_interval: Interval
    apart: int
    chance: float
    named: bool = False


def ranked(y: NDArray[np.float64], most: int = TRIED) -> list[int]:
    """Columns of y whose successor differs most, the strongest first; those in which nothing differs are left out."""
    gained, lost = changes(y[:, :-1], y[:, 1:])
    apart = gained + lost
    with np.errstate(invalid="ignore", divide="ignore"):
        score = np.where(apart > 0, np.abs(gained - lost) / np.sqrt(apart), 0.0)
    order = np.argsort(-score, kind="stable")[:most]
    return [int(place) for place in order if score[place] > 0.0]


def changes(
    before: NDArray[np.float64], after: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many timelines gain the outcome between two positions, and how many lose it (NaN counts as neither)."""
    return ((before == 0.0) & (after == 1.0)).sum(axis=0), ((before == 1.0) & (after == 0.0)).sum(axis=0)


def tried(steps: Sequence[Step], answers: dict[int, NDArray[np.float64]]) -> list[Move]:
    """Each step on the same timelines, named by Holm's rule over all in which any differ; `answers` by position."""
    found = [_move(step, answers[step.first], answers[step.until]) for step in steps]
    differing = [place for place, one in enumerate(found) if one.apart]
    kept = dict(zip(differing, holm([found[place].chance for place in differing]), strict=True))
    return [replace(one, named=kept.get(place, False)) for place, one in enumerate(found)]


def _move(step: Step, before: NDArray[np.float64], after: NDArray[np.float64]) -> Move:
    known = ~(np.isnan(before) | np.isnan(after))
    first, second = before[known] > 0.5, after[known] > 0.5
    n, gained, lost = len(first), int((~first & second).sum()), int((first & ~second).sum())
    change = paired_difference(second, first)
    return Move(
        step,
        float(first.mean()) if n else float("nan"),
        wilson(int(first.sum()), n),
        float(second.mean()) if n else float("nan"),
        wilson(int(second.sum()), n),
        change.value,
        change.chance_interval,
        gained + lost,
        sign_test(gained, lost),
    )


def sign_test(gained: int, lost: int) -> float:
    """The exact two-sided chance of a split so uneven among timelines that differ, where neither side is likelier."""
    from scipy.special import betainc

    n, most = gained + lost, max(gained, lost)
    if n == 0 or gained == lost:
        return 1.0
    return min(1.0, 2.0 * float(betainc(most, n - most + 1, 0.5)))


def holm(chances: Sequence[float], false_alarm: float = FALSE_ALARM) -> list[bool]:
    """Which of these are beyond error together: step by step from the smallest, until one fails (Holm 1979)."""
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    kept = [False] * len(chances)
    for rank, place in enumerate(order):
        if chances[place] > false_alarm / (len(chances) - rank):
            break
        kept[place] = True
    return kept


def parts_of(blueprint: Blueprint, week: int) -> list[Step]:
    """A week taken apart at the places of the rules that have entries in it, in the week's order.

    Shocks that stand next to one another, such as a half-year's numbers of a programme, are one part.
    """
    by_place: dict[int, list[str]] = {}
    for entry in blueprint.entries:
        if entry.week == week:
            by_place.setdefault(blueprint.rule_of[entry.rule].place, []).append(entry.id)
    shocks = {rule.place for rule in blueprint.drawn if rule.draws == "shock"}
    found: list[Step] = []
    at, end = position(week, 0), position(week + 1, 0)
    for place in sorted(by_place):
        first, until, entries = position(week, place), position(week, place + 1), tuple(by_place[place])
        if (
            found
            and found[-1].entries
            and set(range(found[-1].first - position(week, 0), place + 1)) <= shocks
        ):
            found[-1] = Step(found[-1].first, until, found[-1].entries + entries)
        else:
            found += [Step(at, first)] if first > at else []
            found.append(Step(first, until, entries))
        at = until
    return [*found, Step(at, end)] if at < end else found
