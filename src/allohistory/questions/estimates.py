"""From counts to estimates: how sure a probability is, against chance and against ignorance.

Chance (too few timelines) is Wilson's 90 % interval for a probability, Agresti and Min's for a paired difference,
Newcombe's for two separate groups. Ignorance (parameters not known) is the spread of the parameter draws' own
probabilities once chance noise is taken out, by a beta-binomial fit. All shares run from 0 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions.weights import effective_rows, weighted_position, worth
from allohistory.results.schema import Difference, Estimate, Interval, Quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

Z90 = 1.6448536269514722  # half-width of a central 90 % interval in standard deviations
LEAST_TIMELINES = 10  # fewer that show, or do not show, an outcome say nothing about ignorance
LEAST_DRAWS = 10  # fewer parameter draws have no spread worth a number
MOST_STEPS = 2_000  # timelines a draw up to which the likelihood is a sum of steps
NO_SPREAD, MOST_SPREAD = 1e-5, 50.0  # limits of theta, the spread of the draws: 1 / (a + b) of their beta law


def wilson(count: float, n: float, z: float = Z90) -> Interval:
    """Wilson's interval for `count` in `n`; the whole range where nothing was run."""
    if n <= 0:
        return (0.0, 1.0)
    share, square = count / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == n else min(1.0, middle + half)
    return (low, high)


def weighted_difference(
    shown: NDArray[np.bool_],
    baseline: NDArray[np.bool_],
    draw: NDArray[np.integer],
    weight: NDArray[np.float64],
    z: float = Z90,
) -> Difference:
    """With less without over the same weighted timelines, the choice of the draws counted as chance."""
    value, error = worth(shown.astype(float) - baseline, draw, weight)
    return Difference(value, (max(-1.0, value - z * error), min(1.0, value + z * error)))


def paired_difference(shown: NDArray[np.bool_], baseline: NDArray[np.bool_], z: float = Z90) -> Difference:
    """With less without over the same timelines (Agresti and Min 2005): only the timelines that differ count."""
    n = len(shown)
    gained = int(np.count_nonzero(shown & ~baseline))
    lost = int(np.count_nonzero(~shown & baseline))
    if n == 0:
        return Difference(0.0, (-1.0, 1.0))
    middle = (gained - lost) / (n + 2)
    spread = math.sqrt(max(gained + lost + 1 - (gained - lost) ** 2 / (n + 2), 0.0)) / (n + 2)
    return Difference((gained - lost) / n, (max(-1.0, middle - z * spread), min(1.0, middle + z * spread)))


def separate_difference(count: float, n: float, baseline: float, m: float) -> Difference:
    """With less without where the timelines are not the same (a condition keeps others): Newcombe 1998, method 10."""
    if n == 0 or m == 0:
        return Difference(0.0, (-1.0, 1.0))
    p, q = count / n, baseline / m
    (p_low, p_high), (q_low, q_high) = wilson(count, n), wilson(baseline, m)
    low = p - q - math.hypot(p - p_low, q_high - q)
    high = p - q + math.hypot(p_high - p, q - q_low)
    return Difference(p - q, (max(-1.0, low), min(1.0, high)))


def per_draw(
    shown: NDArray[np.bool_], draw: NDArray[np.integer]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each parameter draw that has timelines: how many it has, and how many of them show the outcome."""
    size = int(draw.max()) + 1 if len(draw) else 0
    n = np.bincount(draw, minlength=size)
    k = np.bincount(draw[shown], minlength=size)
    return n[n > 0].astype(np.int64), k[n > 0].astype(np.int64)


def beta_binomial(
    n: NDArray[np.int64], k: NDArray[np.int64], weight: NDArray[np.float64] | None = None
) -> tuple[float, float]:
    """Mean and spread (theta = 1 / (a + b)) of the draws' own probabilities.

    The spread is the mode under a prior that rises evenly with the standard deviation (Chung et al. 2013): maximum
    likelihood alone says "no spread at all" wherever few timelines a draw cannot tell a small one from none.
    """
    loss = _by_steps(n, k, weight) if int(n.max()) <= MOST_STEPS else _by_gamma(n, k, weight)
    each = np.ones(len(n)) if weight is None else weight
    raw = float(each @ k / (each @ n))

    def best_mean(log_theta: float) -> float:
        theta = math.exp(log_theta)
        logit = _lowest(lambda x: loss(_share(x), theta), _logit(raw) - 2.5, _logit(raw) + 2.5, 24)
        return _share(logit)

    def criterion(log_theta: float) -> float:
        # the standard deviation goes with the root of theta, so its logarithm with half of log theta
        return loss(best_mean(log_theta), math.exp(log_theta)) - 0.5 * log_theta

    log_theta = _lowest(criterion, math.log(NO_SPREAD), math.log(MOST_SPREAD), 32)
    return best_mean(log_theta), math.exp(log_theta)


def _by_steps(
    n: NDArray[np.int64], k: NDArray[np.int64], weight: NDArray[np.float64] | None = None
) -> Callable[[float, float], float]:
    """Minus the log-likelihood in rising factorials, so that theta = 0 (all draws alike) needs no other formula."""
    weight = np.ones(len(n)) if weight is None else weight
    steps = np.arange(int(n.max()))
    hits = np.array([weight[k > step].sum() for step in steps])
    misses = np.array([weight[n - k > step].sum() for step in steps])
    tries = np.array([weight[n > step].sum() for step in steps])

    def loss(mean: float, theta: float) -> float:
        climb = theta * steps
        return -float(
            hits @ np.log(mean + climb) + misses @ np.log(1.0 - mean + climb) - tries @ np.log1p(climb)
        )

    return loss


def _by_gamma(
    n: NDArray[np.int64], k: NDArray[np.int64], weight: NDArray[np.float64] | None = None
) -> Callable[[float, float], float]:
    """The same in gamma functions, whose cost does not grow with the number of timelines."""
    from scipy.special import gammaln

    each = np.ones(len(n)) if weight is None else weight

    def rising(start: float, theta: float, count: NDArray[np.int64]) -> float:
        return float(each @ (gammaln(start / theta + count) - gammaln(start / theta)))

    def loss(mean: float, theta: float) -> float:
        return rising(1.0, theta, n) - rising(mean, theta, k) - rising(1.0 - mean, theta, n - k)

    return loss


def ignorance(
    shown: NDArray[np.bool_], draw: NDArray[np.integer], weight: NDArray[np.float64] | None = None
) -> Interval | None:
    """The 5th and 95th percentile of the draws' own probabilities, chance noise removed; None where too few show it."""
    count = int(np.count_nonzero(shown))
    if min(count, len(shown) - count) < LEAST_TIMELINES:
        return None
    n, k = per_draw(shown, draw)
    if len(n) < LEAST_DRAWS:
        return None
    mean, theta = beta_binomial(n, k, None if weight is None else _of_draws(draw, weight))
    if theta <= 10 * NO_SPREAD:
        return (mean, mean)
    from scipy.special import betaincinv

    a, b = mean / theta, (1.0 - mean) / theta
    return (float(betaincinv(a, b, 0.05)), float(betaincinv(a, b, 0.95)))


def _of_draws(draw: NDArray[np.integer], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """One weight a draw that has timelines, together as many as there are effective draws."""
    own: NDArray[np.float64] = weight[np.unique(draw, return_index=True)[1]]
    return np.asarray(own * (effective_rows(own) / own.sum()))


def estimate(
    shown: NDArray[np.bool_], draw: NDArray[np.integer], weight: NDArray[np.float64] | None = None
) -> Estimate:
    """The probability of what `shown` says of each timeline, with both intervals.

    weight  of each timeline, where they do not count alike; then the choice of the draws is counted as chance too
    """
    n, count = len(shown), int(np.count_nonzero(shown))
    if n == 0:
        return Estimate(None, None, None, 0)
    if weight is not None:
        share, error = worth(shown, draw, weight)
        if count in (0, n):
            share, rows = count / n, effective_rows(weight)
        else:
            rows = min(float(n), share * (1.0 - share) / error**2)
        return Estimate(share, wilson(share * rows, rows), ignorance(shown, draw, weight), n)
    return Estimate(count / n, wilson(count, n), ignorance(shown, draw), n)


def quantile(
    values: NDArray[np.float64], share: float, weight: NDArray[np.float64] | None = None
) -> Quantile:
    """The smallest value that at least `share` of the values do not exceed, with an interval from order statistics."""
    n = len(values)
    if n == 0:
        return Quantile(None, None)
    if weight is not None:
        return _weighted_quantile(values, share, weight)
    ordered = np.sort(values)
    half = Z90 * math.sqrt(n * share * (1.0 - share))
    low, high = math.floor(n * share - half), math.ceil(n * share + half)
    return Quantile(
        float(ordered[position_of(n, share)]),
        (float(ordered[max(low, 0)]), float(ordered[min(max(high, 0), n - 1)])),
    )


def _weighted_quantile(values: NDArray[np.float64], share: float, weight: NDArray[np.float64]) -> Quantile:
    order = np.argsort(values, kind="stable")
    half = Z90 * math.sqrt(share * (1.0 - share) / max(effective_rows(weight), 1.0))
    low, middle, high = (
        float(values[order][weighted_position(weight[order], min(max(one, 0.0), 1.0))])
        for one in (share - half, share, share + half)
    )
    return Quantile(middle, (low, high))


def position_of(n: int, share: float) -> int:
    """Where the quantile `share` stands among `n` ordered values."""
    return min(max(math.ceil(n * share) - 1, 0), n - 1)


def _logit(share: float) -> float:
    share = min(max(share, 1e-9), 1 - 1e-9)
    return math.log(share / (1.0 - share))


def _share(logit: float) -> float:
    return min(max(1.0 / (1.0 + math.exp(-logit)), 1e-12), 1.0 - 1e-12)


def _lowest(of, low: float, high: float, steps: int) -> float:  # type: ignore[no-untyped-def]
    """Golden-section search: where a function of one number with one valley is lowest."""
    golden = (math.sqrt(5.0) - 1.0) / 2.0
    a, b = high - golden * (high - low), low + golden * (high - low)
    at_a, at_b = of(a), of(b)
    for _ in range(steps):
        if at_a <= at_b:
            high, b, at_b = b, a, at_a
            a = high - golden * (high - low)
            at_a = of(a)
        else:
            low, a, at_a = a, b, at_b
            b = low + golden * (high - low)
            at_b = of(b)
    return a if at_a <= at_b else b
