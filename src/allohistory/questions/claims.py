"""Claims of one's own, put to the worlds: in what share of the parameter draws is each inequality true?

A part compares a quantity with a number or with another quantity. Both sides are measured with luck freed at the same
moment, the later of their own, so that history's luck is not counted as a change's doing. Each parameter draw has a
value of its own; what chance adds to it is taken out (beta-binomial fits for probabilities, moments for means). Where
luck alone could still turn the sign of the middle, that counts as doubt.

    holds from .95, mostly holds from .75, open, mostly fails to .25, fails to .05; the weakest part decides

Where a part has too few timelines to be measured, so has the claim, unless another part fails already.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions.estimates import (
    LEAST_DRAWS,
    LEAST_TIMELINES,
    NO_SPREAD,
    Z90,
    beta_binomial,
    ignorance,
    paired_difference,
    per_draw,
    separate_difference,
    wilson,
)
from allohistory.results.schema import Difference, Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Laws = tuple[NDArray[np.float64], NDArray[np.float64]]

VERDICTS = ((0.95, "holds"), (0.75, "mostly holds"))
FAILS = 1.0 - VERDICTS[0][0]
TOO_FEW = "too few timelines"
LEVELS = 48  # quantiles that stand for a law where two are compared


@dataclass(frozen=True)
class Sample:
    """The timelines that count for a quantity: their numbers, draws and values; of an amount, whether its median."""

    timeline: NDArray[np.int64]
    draw: NDArray[np.int64]
    value: NDArray[np.float64]
    median: bool = False

    @property
    def middle(self) -> float | None:
        """The quantity itself, mean or median; None where nothing counts."""
        if not len(self.value):
            return None
        return float(np.median(self.value) if self.median else self.value.mean())

    @property
    def error(self) -> float:
        """The standard error that chance leaves the quantity, if its timelines are independent."""
        if self.median:
            return _error_of_median(self.value)
        return float(self.value.std()) / math.sqrt(len(self.value))


def verdict_of(share: float | None) -> str:
    """The word for a share of parameter draws."""
    if share is None:
        return TOO_FEW
    for least, word in VERDICTS:
        if share >= least:
            return word
        if 1.0 - share >= least:
            return word.replace("holds", "fails")
    return "open"


def together(shares: Sequence[float | None]) -> float | None:
    """The share of a claim of several parts: the weakest decides; one that is not known cannot mend one that fails."""
    known = [share for share in shares if share is not None]
    weakest = min(known, default=None)
    return weakest if weakest is not None and (len(known) == len(shares) or weakest <= FAILS) else None


# ---------------------------------------------------------------- the share of draws


def share_against(sample: Sample, least: float, sign: float, is_share: bool) -> float | None:
    """The share of draws whose own value lies beyond a number, on the side that the sign says."""
    if len(sample.value) < LEAST_TIMELINES or len(np.unique(sample.draw)) < LEAST_DRAWS:
        return None
    if not is_share:
        return _beyond(*_by_draw(sample), sign, least)
    n, k = per_draw(sample.value > 0.5, sample.draw)
    mean, theta = beta_binomial(n, k)
    if theta <= 10 * NO_SPREAD:
        total = int(n.sum())
        middle = (float(k.sum()) + 1.0) / (total + 2.0)
        return _above(sign * (middle - least), math.sqrt(middle * (1.0 - middle) / total))
    from scipy.special import betainc

    below = float(betainc(mean / theta, (1.0 - mean) / theta, min(max(least, 0.0), 1.0)))
    return 1.0 - below if sign > 0 else below


def share_between(one: Sample, other: Sample, sign: float, margin: float) -> float | None:
    """The share of draws in which one quantity exceeds (or falls short of) another by more than a margin.

    Where both are shares, each draw has a law of its own for either side (a beta law fitted to all draws, given what
    that draw showed), so that rare outcomes are not taken for ones that could be negative. Of pairs, only timelines
    that differ count: those gained against those lost.
    """
    if min(len(one.value), len(other.value)) < LEAST_TIMELINES:
        return None
    draws = np.intersect1d(one.draw, other.draw)
    if len(draws) < LEAST_DRAWS:
        return None
    paired = np.array_equal(one.timeline, other.timeline)
    if _yes_or_no(one) and _yes_or_no(other):
        if paired:
            above = replace(one, value=np.asarray(one.value > other.value, float))
            below = replace(one, value=np.asarray(one.value < other.value, float))
            one, other = above, below
        larger, smaller = (one, other) if sign > 0 else (other, one)
        return _exceeds(_laws(larger, draws), _laws(smaller, draws), margin)
    if paired and not one.median:  # the median of differences is not the difference of medians
        return _beyond(*_by_draw(replace(one, value=one.value - other.value)), sign, sign * margin)
    mine, theirs = (
        _by_draw(Sample(its.timeline[kept], its.draw[kept], its.value[kept], its.median))
        for its in (one, other)
        for kept in [np.isin(its.draw, draws)]
    )
    return _beyond(mine[0] - theirs[0], mine[1] + theirs[1], sign, sign * margin)


def _yes_or_no(sample: Sample) -> bool:
    return bool(np.isin(sample.value, (0.0, 1.0)).all())


def _laws(sample: Sample, draws: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each draw the two numbers of the beta law of its own share; one for all where they cannot be told apart."""
    n = np.array([np.count_nonzero(sample.draw == draw) for draw in draws])
    k = np.array([np.count_nonzero(sample.value[sample.draw == draw] > 0.5) for draw in draws])
    total, hits = int(n.sum()), int(k.sum())
    common = (np.full(len(n), hits + 0.5), np.full(len(n), total - hits + 0.5))
    if hits in (0, total):
        return common
    mean, theta = beta_binomial(n, k)
    if theta <= max(
        10 * NO_SPREAD, 1.0 / total
    ):  # the draws differ by less than chance leaves their mean in doubt
        return common
    return mean / theta + k, (1.0 - mean) / theta + n - k


def _exceeds(one: Laws, other: Laws, margin: float) -> float:
    """The mean over the draws of the chance that a share of the one law exceeds one of the other by a margin."""
    from scipy.special import betaincinv

    levels = (np.arange(LEVELS) + 0.5) / LEVELS
    mine, theirs = (betaincinv(law[0][:, None], law[1][:, None], levels[None, :]) for law in (one, other))
    apart = mine[:, :, None] - theirs[:, None, :] - margin
    return float((apart > 0.0).mean() + 0.5 * (apart == 0.0).mean())


def _by_draw(sample: Sample) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The middle of each draw, and the variance that chance gives it (the spread within draws is taken as common)."""
    draws, place, n = np.unique(sample.draw, return_inverse=True, return_counts=True)
    if sample.median:
        middles = np.array([np.median(sample.value[place == draw]) for draw in range(len(draws))])
        apart = sample.value - middles[place]
        return middles, _error_of_median(apart) ** 2 * len(apart) / n
    means = np.bincount(place, sample.value) / n
    within = float(((sample.value - means[place]) ** 2).sum()) / max(len(sample.value) - len(draws), 1)
    return means, within / n


def _error_of_median(value: NDArray[np.float64]) -> float:
    """Half the distance of the two values that lie one standard error of a rank to either side of the middle one."""
    n = len(value)
    if n < 2:
        return 0.0
    ordered, step = np.sort(value), math.sqrt(n) / 2.0
    low, high = (np.interp((n - 1) / 2.0 + side * step, np.arange(n), ordered) for side in (-1.0, 1.0))
    return float(high - low) / 2.0


def _beyond(values: NDArray[np.float64], noise: NDArray[np.float64], sign: float, least: float) -> float:
    """The share of a normal law beyond a number: its spread that of the draws, chance taken out of it."""
    middle, variance = float(values.mean()), float(values.var(ddof=1))
    own = max(0.0, variance - float(noise.mean()))
    return _above(sign * (middle - least), math.sqrt(own + max(variance, float(noise.mean())) / len(values)))


def _above(distance: float, spread: float) -> float:
    if spread == 0.0:
        return float(distance > 0.0)
    return NormalDist().cdf(distance / spread)


# ---------------------------------------------------------------- the numbers beside the share


def chance_of(sample: Sample, is_share: bool) -> Interval | None:
    """The interval, 90 %, that chance leaves a quantity; None where nothing counts."""
    n = len(sample.value)
    if n == 0:
        return None
    if is_share:
        return wilson(float((sample.value > 0.5).sum()), n)
    middle, half = sample.middle or 0.0, Z90 * sample.error
    return (middle - half, middle + half)


def ignorance_of(sample: Sample, is_share: bool) -> Interval | None:
    """The 5th and 95th percentile of the draws' own values, chance taken out; None where too few tell."""
    if is_share:
        return ignorance(sample.value > 0.5, sample.draw)
    if len(sample.value) < LEAST_TIMELINES or len(np.unique(sample.draw)) < LEAST_DRAWS:
        return None
    means, noise = _by_draw(sample)
    own = math.sqrt(max(0.0, float(means.var(ddof=1)) - float(noise.mean())))
    return (float(means.mean()) - Z90 * own, float(means.mean()) + Z90 * own)


def difference_of(one: Sample, other: Sample, is_share: bool) -> Difference | None:
    """One quantity less another, with the interval of chance: by timeline where the same ones count on both sides."""
    n, m = len(one.value), len(other.value)
    if n == 0 or m == 0:
        return None
    same = np.array_equal(one.timeline, other.timeline)
    if is_share and same:
        return paired_difference(one.value > 0.5, other.value > 0.5)
    if is_share:
        return separate_difference(float((one.value > 0.5).sum()), n, float((other.value > 0.5).sum()), m)
    middle = (one.middle or 0.0) - (other.middle or 0.0)
    if same and not one.median:
        half = Z90 * float((one.value - other.value).std()) / math.sqrt(n)
    else:
        half = Z90 * math.hypot(one.error, other.error)
    return Difference(middle, (middle - half, middle + half))


def values_by_draw(one: Sample, other: Sample | None = None) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """(draws, what the quantity is in each, less the other side where there is one)."""
    draws = np.unique(one.draw) if other is None else np.intersect1d(one.draw, other.draw)
    sides = [one] if other is None else [one, other]
    middles = [
        np.array([(np.median if side.median else np.mean)(side.value[side.draw == draw]) for draw in draws])
        for side in sides
    ]
    return draws.astype(np.int64), middles[0] if other is None else middles[0] - middles[1]
