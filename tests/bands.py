"""How far luck alone may carry a figure: bands for statistical tests, made from the number of draws and nothing else.

Every function answers "could chance have done this?" at a stated rate of false alarms (1e-6 a line unless said:
with 400 such lines the suite cries wolf once in 2,500 reseedings). Seeds in tests are fixed, so a pass stays a pass
until code changes. Each use should have a twin with a planted error, on which the same function says no.

(The module is not called `statistics`: tests/ is on the path, and the standard library has a module of that name.)
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from scipy import stats

FALSE_ALARM = 1e-6


def within_luck(successes: int, n: int, p: float, false_alarm: float = FALSE_ALARM) -> bool:
    """Does a count of successes in n independent trials suit the chance p? Exact binomial, two-sided."""
    successes = int(successes)
    if p <= 0.0 or p >= 1.0:
        return successes == (0 if p <= 0.0 else n)
    tail = min(stats.binom.cdf(successes, n, p), stats.binom.sf(successes - 1, n, p))
    return bool(2.0 * tail > false_alarm)


def shares_within_luck(
    counts: Sequence[int], shares: Sequence[float], false_alarm: float = FALSE_ALARM
) -> bool:
    """Do counts over several outcomes suit their chances? Each outcome in turn, the rate divided among them."""
    n = int(np.sum(counts))
    each = false_alarm / len(shares)
    return all(within_luck(count, n, float(share), each) for count, share in zip(counts, shares, strict=True))


def mean_within_luck(
    values: np.ndarray, expected: float, sd: float | None = None, false_alarm: float = FALSE_ALARM
) -> bool:
    """Does the mean of independent values suit its expectation? Normal band; sd known, or that of the values."""
    spread = float(np.std(values, ddof=1)) if sd is None else sd
    z = float(stats.norm.isf(false_alarm / 2.0))
    return abs(float(np.mean(values)) - expected) < z * spread / math.sqrt(len(values))


def law_within_luck(
    values: np.ndarray, cdf: Callable[[np.ndarray], np.ndarray], false_alarm: float = FALSE_ALARM
) -> bool:
    """Do independent values follow a continuous law? Kolmogorov and Smirnov's largest gap."""
    return bool(stats.kstest(values, cdf).pvalue > false_alarm)


def ranks_within_luck(ranks: np.ndarray, bins: int, false_alarm: float = FALSE_ALARM) -> bool:
    """Are ranks 0 .. bins - 1 uniform? Chi-square over the bins (simulation-based calibration)."""
    counts = np.bincount(np.asarray(ranks, dtype=np.int64), minlength=bins)
    return bool(len(counts) == bins and stats.chisquare(counts).pvalue > false_alarm)
