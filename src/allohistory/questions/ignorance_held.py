"""How often the ignorance interval of an answer holds the true probability, in histories where that is known.

The intervals are those of `estimates`, over the draws of a simulated history's own posterior. The true probability is a
share of a few hundred timelines and scatters by itself, so an interval that is right holds it a little less often than
in nine cases of ten; how often is reckoned from the same beta law and made good before the share is held to the band.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allohistory.evidence.chances import binomial_band
from allohistory.questions.estimates import beta_binomial, ignorance

RIGHT = 0.9  # of the true probabilities lie in intervals of 90 %


@dataclass(frozen=True)
class Held:
    """One outcome's verdict.

    stated    histories in which an answer states an interval: enough timelines show the outcome, and enough do not
    share     of those in which the true share lies in it
    expected  the same, were all intervals right: below 9 in 10, for the true shares have noise of their own
    band      between which the share lies but once in a hundred, the noise made good
    """

    outcome: str
    stated: int
    share: float
    expected: float
    band: tuple[float, float]

    @property
    def made_good(self) -> float:
        """The share with the noise made good."""
        return self.share + RIGHT - self.expected

    @property
    def met(self) -> bool:
        """Does it lie in the band?"""
        return self.band[0] <= self.made_good <= self.band[1]


def judge(run: np.ndarray, shown: np.ndarray) -> tuple[float, float, float]:
    """An interval's ends, and how often it would hold a truth of so many timelines; not a number where none is stated.

    run, shown   (1 + draws,) timelines, and those that show the outcome: the truth's first, then each draw's
    """
    n, k = run[1:], shown[1:]
    draw = np.repeat(np.arange(len(n)), n)
    place = np.arange(len(draw)) - np.repeat(np.cumsum(n) - n, n)
    interval = ignorance(place < np.repeat(k, n), draw)
    if interval is None or run[0] == 0:
        return (np.nan, np.nan, np.nan)
    return (*interval, held_if_right(int(run[0]), n, k, interval))


def held_if_right(truth: int, n: np.ndarray, k: np.ndarray, interval: tuple[float, float]) -> float:
    """How often the interval holds a share of `truth` timelines whose probability follows the draws' beta law."""
    from scipy import stats

    mean, theta = beta_binomial(n[n > 0], k[n > 0])
    shares = np.arange(truth + 1) / truth
    inside = (shares >= interval[0]) & (shares <= interval[1])
    law = stats.betabinom(truth, mean / theta, (1.0 - mean) / theta)
    return float(law.pmf(np.arange(truth + 1))[inside].sum())


def held(outcomes: tuple[str, ...], truth: np.ndarray, intervals: np.ndarray) -> list[Held]:
    """A verdict each: (replicates, outcomes) true shares, (replicates, outcomes, 3) what `judge` found."""
    found = []
    for i, outcome in enumerate(outcomes):
        low, high, expected = intervals[:, i].T
        stated = np.isfinite(low)
        count = int(stated.sum())
        inside = (truth[stated, i] >= low[stated]) & (truth[stated, i] <= high[stated])
        found.append(
            Held(
                outcome,
                count,
                float(inside.mean()) if count else np.nan,
                float(expected[stated].mean()) if count else np.nan,
                binomial_band(count, RIGHT) if count else (np.nan, np.nan),
            )
        )
    return found
