"""From independent repeats of a splitting run to one estimate, its standard error and its 90 % interval.

Each repeat's estimate is unbiased and positive, and far from normal: a product of shares, whose logarithm is the more
nearly so. The interval is therefore Student's for the mean on the scale of the logarithm: with r the relative standard
error of the mean, from the repeats' own spread, and t the quantile for one repeat fewer,

    mean x exp(-t s) to mean x exp(t s), s^2 = log(1 + r^2)

which is the delta method where r is small. Repeats that died out count as 0. Where all of them did, the interval
goes from 0 to what the paths run could have missed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.results.schema import Interval

FEWEST_REPEATS = 20
TAIL = 0.05  # on either side of a 90 % interval


@dataclass(frozen=True)
class Repeated:
    """The mean of independent unbiased estimates. died_out: how many repeats found no way."""

    probability: float
    standard_error: float
    interval: Interval
    repeats: int
    died_out: int


def of_repeats(estimates: NDArray[np.float64]) -> Repeated:
    """The estimate of at least two repeats."""
    from scipy.stats import t

    n = len(estimates)
    mean, error = float(estimates.mean()), float(estimates.std(ddof=1)) / math.sqrt(n)
    died = int(np.count_nonzero(estimates == 0.0))
    if mean == 0.0:
        return Repeated(0.0, 0.0, (0.0, 1.0), n, died)
    spread = math.sqrt(math.log1p((error / mean) ** 2))
    half = float(t.isf(TAIL, n - 1)) * spread
    return Repeated(mean, error, (mean * math.exp(-half), min(1.0, mean * math.exp(half))), n, died)


def ideal_gain(p: float) -> float:
    """By how much splitting can at best beat brute force at equal error: (1 - p) / (p L (1 + L)), L = -log p."""
    length = -math.log(p)
    return (1.0 - p) / (p * length * (1.0 + length))


def gain(p: float, relative_error: float, work: float) -> float:
    """Paths that brute force needs for this relative error, over the paths that were run."""
    return (1.0 - p) / (p * relative_error**2) / work
