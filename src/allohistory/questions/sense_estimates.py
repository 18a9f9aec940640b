"""Shares, medians and ratios of what wars came to, each with its 95 % interval for chance.

Shares have Wilson's interval, medians that of their order statistics, ratios of sums the jackknife's. A median over
wars in which something never happens counts those as later than any.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from allohistory.questions.estimates import wilson
from allohistory.results.schema import Interval

Z95 = 1.959963984540054
Answer = tuple[float | None, Interval | None, int]
"""Value, interval, and the wars it rests on."""


def share(hits: Sequence[bool]) -> Answer:
    """How often it is so."""
    n, count = len(hits), sum(bool(one) for one in hits)
    return (count / n if n else None), wilson(count, n, Z95), n


def median(values: Sequence[float]) -> Answer:
    """The middle of what may be infinite, and the two order statistics around it."""
    ordered, n = sorted(values), len(values)
    if not n:
        return None, None, 0
    half = Z95 * math.sqrt(n) / 2.0
    low, high = (ordered[min(max(round(n / 2 + one), 0), n - 1)] for one in (-half, half))
    middle = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2.0
    return middle, (low, high), n


def ratio(over: Sequence[float], under: Sequence[float]) -> Answer:
    """One sum over another, wars weighing what they count; the interval is the jackknife's."""
    a, b, n = np.array(over), np.array(under), len(over)
    if n < 2 or b.sum() <= 0.0:
        return None, None, n
    value, left = a.sum() / b.sum(), (a.sum() - a) / np.maximum(b.sum() - b, 1e-12)
    half = Z95 * math.sqrt((n - 1) / n * float(((left - left.mean()) ** 2).sum()))
    return float(value), (float(value - half), float(value + half)), n


def standing(cases: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """(months, share that holds longer): Kaplan and Meier's, which counts the relieved as long as they were shut in."""
    left, alive, steps = len(cases), 1.0, []
    for months in sorted({one[0] for one in cases}):
        fell = sum(one == (months, True) for one in cases)
        alive *= 1.0 - fell / left
        left -= sum(one[0] == months for one in cases)
        steps.append((months, alive))
    return steps
