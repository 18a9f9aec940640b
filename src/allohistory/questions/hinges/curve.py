"""The probability of an outcome over the weeks of our history: pooled over neighbouring weeks, with intervals.

The rule of pooling: a week's probability is the mean of the weeks within thirteen of it, weighted by a triangle (the
week itself most, the thirteenth nothing), and never across a named hinge. Each timeline is averaged over those weeks
first; the spread of these averages over timelines gives the interval, so that what neighbouring weeks have in common
is not counted twice. A move that was not named is smeared over its quarter of a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions.estimates import wilson
from allohistory.results.schema import Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

REACH = 13  # weeks to either side


@dataclass(frozen=True)
class Point:
    """A week's probability with its 90 % interval; raw: of that week's timelines alone; n: how many they are."""

    week: int
    probability: float
    interval: Interval
    raw: float
    n: int


def curve(y: NDArray[np.float64], weeks: Sequence[int], hinges: Sequence[int] = ()) -> list[Point]:
    """The pooled curve.

    y       (timelines, weeks) 1 where the timeline freed at the start of the week shows the outcome, 0 where it does
            not, NaN where it was set aside
    hinges  weeks whose own events moved the probability: what is freed before them is not pooled with what comes after
    """
    weight = triangle(np.asarray(weeks), hinges)
    known = ~np.isnan(y)
    value = np.where(known, y, 0.0)
    shared = known @ weight
    each = np.divide(value @ weight, shared, out=np.zeros_like(shared), where=shared > 0.0)
    found = []
    for place, week in enumerate(weeks):
        taken = shared[:, place] > 0.0
        n = int(known[:, place].sum())
        raw = float(value[:, place].sum() / n) if n else float("nan")
        p, interval = mean_of(each[taken, place])
        found.append(Point(int(week), p, interval, raw, n))
    return found


def triangle(weeks: NDArray[np.int64], hinges: Sequence[int]) -> NDArray[np.float64]:
    """(weeks, weeks): how much each week (row) weighs in the mean of another (column)."""
    stretch = np.searchsorted(np.sort(np.asarray(hinges, np.int64)), weeks, "left")
    apart = np.abs(weeks[:, None] - weeks[None, :])
    near = np.maximum(0.0, 1.0 - apart / REACH)
    found: NDArray[np.float64] = np.where(stretch[:, None] == stretch[None, :], near, 0.0)
    return found


def mean_of(each: NDArray[np.float64]) -> tuple[float, Interval]:
    """The mean of shares that are independent of one another, with the interval of Wilson.

    It is that of as many yeses and noes as would have the same spread; never of fewer than there are shares.
    """
    n = len(each)
    if n == 0:
        return float("nan"), (0.0, 1.0)
    p = float(each.mean())
    spread = float(each.var(ddof=1)) if n > 1 else 0.0
    worth = n * min(p * (1.0 - p) / spread, float(REACH)) if spread > 0.0 and 0.0 < p < 1.0 else float(n)
    worth = max(worth, float(n))
    return p, wilson(p * worth, worth)
