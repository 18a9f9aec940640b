"""The influence curve: until when does history's own luck still decide what would have been?

With Y(h) the outcome of a timeline whose hindsight ends at h, on the same addresses throughout, I(h) is the share of
timelines whose Y(h) differs from Y(end). It need not fall steadily: a decision that history took late can bind late.
The influence has faded in the first week after the last h that still mattered, that is whose 95 % bound lies above
5 % of the largest share (engine-notes, section 7).

    curves = influence(blueprint, items, count=500)
    curves["war"].share, curves["war"].faded
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from allohistory.ensemble.gathered import Ensemble
from allohistory.ensemble.run import run
from allohistory.timeline.blueprint import Blueprint
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, PLACES, Item, Plan, freed_after, position

CUTS = 16
CLOSER = 1.5  # the cuts lie closer together soon after the change, where influence moves fastest
STILL_MATTERS = 0.05  # of the largest share
Z = 1.959963984540054  # 95 %, two-sided
OUT_OF_ERROR = 1.0  # a largest share whose lower bound is no more than one timeline is within error of 0


@dataclass(frozen=True)
class Curve:
    """The influence of history's luck on one outcome.

    weeks      the week in which hindsight ends, one a horizon, ascending
    share      I(h); low and high: its 95 % bounds (Wilson); timelines: of how many
    matters    whether the largest share is beyond error of 0; if not, history's luck after the change plays no part
    faded      the first week from which it decides no more, None where it is still binding at the last horizon
    """

    weeks: tuple[int, ...]
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    timelines: int
    matters: bool
    faded: int | None


def record_end(blueprint: Blueprint) -> int:
    """The first week of which the record says nothing any more, silences included."""
    last = [row.last for row in blueprint.coverage] + [entry.week for entry in blueprint.entries]
    return min(max(last, default=-1) + 1, blueprint.weeks)


def horizons(blueprint: Blueprint, items: Sequence[Item], cuts: int = CUTS) -> tuple[int, ...]:
    """Positions at which hindsight is cut: the first just after the last imposed address, all before the record's end.

    Where nothing is imposed they begin with the first week; where the change comes after the record's end there is
    one, at the change itself.
    """
    first = freed_after(items) if items else 0
    week, end = -(-first // PLACES), record_end(blueprint)
    later = (
        {week + int((cut / cuts) ** CLOSER * (end - week)) for cut in range(1, cuts)} if end > week else set()
    )
    return (first, *(position(at, 0) for at in sorted(later) if position(at, 0) > first))


def influence(
    blueprint: Blueprint,
    items: Sequence[Item],
    count: int,
    *,
    at: Sequence[int] | None = None,
    plan: Plan | None = None,
    days: Collection[str] = (),
    workers: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> dict[str, Curve]:
    """The curve of every outcome, from `count` timelines run once for each horizon and once with all hindsight.

    at     positions of the horizons, ascending; default: sixteen between the last imposed address and the record's end
    plan   seed, draws and conventions, if not the standard ones; its changes and horizon are replaced
    days   outcomes whose day is the answer: they differ where the day does
    """
    plan = replace(plan or Plan(draws=len(blueprint.parameter_draws)), items=tuple(items))
    at = horizons(blueprint, items) if at is None else at
    memories: list[Memory] = []

    def ensemble(horizon: int) -> Ensemble:
        asked = replace(plan, horizon=horizon)
        return run(blueprint, asked, count=count, workers=workers, progress=progress, memories=memories)

    same = ensemble(END)
    counts = np.zeros((len(at), len(blueprint.outcomes)), int)
    kept = np.zeros((len(at), len(blueprint.outcomes)), int)
    by_day = np.array([id in days for id in blueprint.outcomes], bool)
    for row, horizon in enumerate(at):
        cut = ensemble(horizon)
        both = same.kept & cut.kept
        counts[row], kept[row] = differing(same, cut, by_day)[both].sum(axis=0), both.sum()
    weeks = [horizon // PLACES for horizon in at]
    return {
        id: curve(weeks, counts[:, i].tolist(), kept[:, i].tolist())
        for i, id in enumerate(blueprint.outcomes)
    }


def differing(one: Ensemble, other: Ensemble, by_day: np.ndarray) -> np.ndarray:
    """(timelines, outcomes) bool: does the outcome's value differ, or its day where the day is the answer?

    An outcome that never came to be differs from one that did, whatever its value.
    """
    never = (one.day < 0) != (other.day < 0)
    value = ~((one.value == other.value) | (np.isnan(one.value) & np.isnan(other.value)))
    found: np.ndarray = np.where(by_day, one.day != other.day, value | never)
    return found


def curve(weeks: Sequence[int], counts: Sequence[int], timelines: Sequence[int]) -> Curve:
    """The curve from how many of how many timelines differ at each horizon."""
    bounds = [wilson(int(count), int(n)) for count, n in zip(counts, timelines, strict=True)]
    share = [int(count) / max(int(n), 1) for count, n in zip(counts, timelines, strict=True)]
    fewest = min((int(n) for n in timelines), default=0)
    matters = max((low for low, _ in bounds), default=0.0) * fewest > OUT_OF_ERROR
    return Curve(
        weeks=tuple(weeks),
        share=tuple(share),
        low=tuple(low for low, _ in bounds),
        high=tuple(high for _, high in bounds),
        timelines=fewest,
        matters=matters,
        faded=faded(weeks, counts, [high for _, high in bounds], max(share, default=0.0), matters),
    )


def faded(
    weeks: Sequence[int], counts: Sequence[int], high: Sequence[float], largest: float, matters: bool
) -> int | None:
    """The week of the first horizon after the last that still mattered; None where the last one still does.

    A horizon at which no timeline differs never matters, however few timelines there are.
    """
    binding = [
        place
        for place, (count, bound) in enumerate(zip(counts, high, strict=True))
        if matters and count and bound > STILL_MATTERS * largest
    ]
    following = binding[-1] + 1 if binding else 0
    return weeks[following] if following < len(weeks) else None


def wilson(count: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % bounds of a share; (0, 1) where nothing was counted."""
    if n == 0:
        return 0.0, 1.0
    share, spread = count / n, Z * Z / n
    middle = (share + spread / 2.0) / (1.0 + spread)
    half = Z * math.sqrt(share * (1.0 - share) / n + spread / (4.0 * n)) / (1.0 + spread)
    low = 0.0 if count == 0 else max(0.0, middle - half)
    return low, 1.0 if count == n else min(1.0, middle + half)
