"""What the timelines of one set of divergences said, and how far two sets are apart over the same timelines.

Timeline i of every set has the same luck and the same parameter draw, so that two sets differ by what they change and
not by who was luckier. Differences are therefore taken timeline by timeline. Under a condition a share is a ratio
(shown among counted), and its error is that of the ratio's linear part (the delta method).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PodSet = tuple[str, ...]
"""A set of divergences: names as `--pod` takes them, in order of the alphabet."""

LEAST_COUNTED = 20  # timelines under the condition, below which a share decides nothing


def set_of(names: Iterable[str]) -> PodSet:
    """A set in the order of the alphabet, so that each is tried once."""
    return tuple(sorted(names))


@dataclass(frozen=True)
class Seen:
    """Of timelines first, first + 1, ...: does it count (not set aside, the condition holds), and does it show?

    score   how near it came, from 0 to 1; all 0 where the outcome declares none
    """

    shown: NDArray[np.bool_]
    counted: NDArray[np.bool_]
    score: NDArray[np.float64]

    def __len__(self) -> int:
        """How many timelines were run."""
        return len(self.shown)

    @property
    def n(self) -> int:
        """How many count."""
        return int(self.counted.sum())

    @property
    def hits(self) -> int:
        """How many show the outcome."""
        return int((self.shown & self.counted).sum())

    @property
    def share(self) -> float:
        """Shown among counted; 0 where none counts."""
        return self.hits / self.n if self.n else 0.0

    @property
    def mean_score(self) -> float:
        """Mean score of those that count."""
        return float(self.score[self.counted].mean()) if self.n else 0.0

    def and_then(self, more: Seen) -> Seen:
        """These timelines and the ones that follow them."""
        return Seen(
            *(
                np.concatenate([getattr(self, name), getattr(more, name)])
                for name in ("shown", "counted", "score")
            )
        )


@dataclass(frozen=True)
class Apart:
    """One share less another over the timelines both have run, and its standard error."""

    value: float
    error: float

    def beyond(self, z: float) -> bool:
        """Is it above nought by more than so many standard errors?"""
        return self.value > z * self.error

    def interval(self, z: float) -> tuple[float, float]:
        """So many errors to both sides."""
        return (max(-1.0, self.value - z * self.error), min(1.0, self.value + z * self.error))


def apart(one: Seen, other: Seen) -> Apart:
    """How much likelier the outcome is in one than in the other, timeline by timeline.

    One timeline that differs is added to those seen (as Agresti and Min do), so that no difference is without error.
    """
    m = min(len(one), len(other))
    shown, counted = one.shown[:m], one.counted[:m]
    base, base_counted = other.shown[:m], other.counted[:m]
    n, k = int(counted.sum()), int(base_counted.sum())
    if min(n, k) < 1:
        return Apart(0.0, 1.0)
    p, q = float((shown & counted).sum()) / n, float((base & base_counted).sum()) / k
    residual = counted * (shown - p) * (m / n) - base_counted * (base - q) * (m / k)
    extra = (m / min(n, k)) ** 2
    return Apart(p - q, math.sqrt(float(residual @ residual) + extra) / m)


def bound_for(level: float, tests: int) -> float:
    """Standard errors for so many one-sided tests, all of which together err in a share `level` (Bonferroni)."""
    return NormalDist().inv_cdf(1.0 - level / max(tests, 1))
