"""Do ranks look as they should? Verdicts on simulation-based calibration, with what they would have caught.

Each parameter's ranks are asked three things: are their normal scores off to one side (level), too far out or too far
in (spread), and do their bins suit (shape, chi-square)? The false alarms of all questions together are held by Holm's
way to the rate that is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

FALSE_ALARM = 0.01  # of one verdict, over all its questions
CAUGHT = 0.9  # how often the smallest miscalibration that is stated would be caught
QUESTIONS = ("level", "spread", "shape")
LEAST_IN_A_BIN = 10


@dataclass(frozen=True)
class Verdict:
    """One verdict over many questions.

    failed      (what, question, p) of those that fail together at the rate
    smallest    the least p, and of what
    shift       the least bias of a posterior, in its spreads, that would be caught nine times in ten
    factor      the least factor by which a posterior too narrow would be
    """

    n: int
    asked: int
    failed: tuple[tuple[str, str, float], ...]
    smallest: tuple[str, str, float]
    shift: float
    factor: float

    @property
    def met(self) -> bool:
        """Does nothing fail?"""
        return not self.failed


def normal_scores(draws: int) -> np.ndarray:
    """(draws + 1,) normal scores of ranks 0 to draws."""
    from scipy.special import ndtri

    return np.asarray(ndtri((np.arange(draws + 1) + 0.5) / (draws + 1)))


def verdict(ids: Sequence[str], ranks: np.ndarray, draws: int, false_alarm: float = FALSE_ALARM) -> Verdict:
    """The verdict on (replicates, quantities) ranks from 0 to draws."""
    asked = [(id, question) for id in ids for question in QUESTIONS]
    p = np.concatenate([p_values(ranks[:, i], draws) for i in range(len(ids))])
    failed = tuple((*asked[i], float(p[i])) for i in holm(p, false_alarm))
    least = int(np.argmin(p))
    shift, factor = caught(len(ranks), draws, false_alarm / len(p))
    return Verdict(len(ranks), len(p), failed, (*asked[least], float(p[least])), shift, factor)


def p_values(ranks: np.ndarray, draws: int) -> np.ndarray:
    """(3,) of level, spread and shape."""
    from scipy import stats

    n, scores = len(ranks), normal_scores(draws)
    drawn = scores[ranks]
    level = 2.0 * stats.norm.sf(abs(drawn.mean()) * sqrt(n / float((scores**2).mean())))
    total, mean, variance = float((drawn**2).sum()), *moments_of_squares(n, scores)
    law = stats.gamma(mean**2 / variance, scale=variance / mean)
    spread = min(1.0, 2.0 * min(law.cdf(total), law.sf(total)))
    counts, shares = binned(ranks, draws, n)
    shape = stats.chisquare(counts, n * shares).pvalue
    return np.array([level, spread, shape])


def moments_of_squares(n: int, scores: np.ndarray) -> tuple[float, float]:
    """Mean and variance of the sum of n squared scores, each rank as likely as the others."""
    return n * float((scores**2).mean()), n * float((scores**2).var())


def binned(ranks: np.ndarray, draws: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Counts of ranks in at most 20 bins that expect enough each, and the bins' shares of all ranks."""
    bins = max(2, min(20, n // LEAST_IN_A_BIN, draws + 1))
    bin_of = np.arange(draws + 1) * bins // (draws + 1)
    return np.bincount(bin_of[ranks], minlength=bins), np.bincount(bin_of, minlength=bins) / (draws + 1)


def holm(p: np.ndarray, false_alarm: float) -> list[int]:
    """Places of the questions that fail, so that among true ones any fails with at most this rate."""
    failed = []
    for turn, place in enumerate(np.argsort(p)):
        if p[place] > false_alarm / (len(p) - turn):
            break
        failed.append(int(place))
    return failed


def caught(n: int, draws: int, each: float) -> tuple[float, float]:
    """The least bias, in spreads, and the least factor of a narrow posterior, that one question catches in nine of ten.

    each   false-alarm rate of that question
    """
    from scipy import optimize, stats

    scores = normal_scores(draws)
    cut, power = stats.norm.isf(each / 2.0), stats.norm.isf(1.0 - CAUGHT)
    spread = float((scores**2).mean())

    def level(shift: float) -> float:
        mean, square, _ = bent(draws, shift, 1.0)
        return float(sqrt(n) * mean - cut * sqrt(spread) - power * sqrt(square - mean**2))

    def squares(factor: float) -> float:
        _, square, fourth = bent(draws, 0.0, factor)
        own = sqrt(float((scores**4).mean()) - spread**2)
        return float(sqrt(n) * (square - spread) - cut * own - power * sqrt(fourth - square**2))

    shift = optimize.brentq(level, 0.0, 3.0) if level(3.0) > 0.0 else np.inf
    factor = optimize.brentq(squares, 1.0, 5.0) if squares(5.0) > 0.0 else np.inf
    return float(shift), float(factor)


def bent(draws: int, shift: float, factor: float) -> tuple[float, float, float]:
    """Mean, second and fourth moment of a rank's normal score, were the truth moved or stretched in the posterior."""
    from scipy import stats
    from scipy.special import ndtr, ndtri

    scores = normal_scores(draws)
    u = (np.arange(2000) + 0.5) / 2000
    below = ndtr(shift + factor * ndtri(u))
    chance = stats.binom.pmf(np.arange(draws + 1)[None, :], draws, below[:, None]).mean(axis=0)
    return tuple(float((chance * scores**power).sum()) for power in (1, 2, 4))  # type: ignore[return-value]


def binomial_band(n: int, share: float, false_alarm: float = FALSE_ALARM) -> tuple[float, float]:
    """Shares between which n independent trials of this chance lie, but for the false alarms."""
    from scipy import stats

    low, high = stats.binom.ppf([false_alarm / 2.0, 1.0 - false_alarm / 2.0], n, share)
    return float(low) / n, float(high) / n


def effective_draws(z: np.ndarray) -> np.ndarray:
    """(parameters,) effective draws of one chain (draws, parameters), by Geyer's initial monotone sequence."""
    n = len(z)
    if n < 4:
        return np.full(z.shape[1], float(n))
    centred = z - z.mean(axis=0)
    size = 1 << (2 * n - 1).bit_length()
    power = np.abs(np.fft.rfft(centred, size, axis=0)) ** 2
    covariance = np.fft.irfft(power, size, axis=0)[:n]
    still = covariance[0] <= 0.0
    rho = covariance / np.where(still, 1.0, covariance[0])
    pairs = rho[0 : 2 * (n // 2) : 2] + rho[1 : 2 * (n // 2) : 2]
    positive = np.minimum.accumulate(np.where(np.logical_and.accumulate(pairs > 0.0), pairs, 0.0))
    time = np.maximum(2.0 * positive.sum(axis=0) - 1.0, 1.0 / np.log10(max(n, 10)))
    return np.where(still, 0.0, n / time)


def prior_again(n: int, sums: np.ndarray) -> np.ndarray:
    """(3, parameters) p-values: is the average posterior the prior, in its mean, in its second moment, and is it right?

    n      replicates
    sums   (7, parameters) over them: ranks_table.SUMS

    The mean of all replicates is held against 0, and so is the mean error of their means against their own truths, by
    Student's t. A second moment is too skew for that; its sum is held against 1 a replicate by the gamma distribution
    with the first three moments that it would have.
    """
    from scipy import stats

    mean, mean_square, second, variance, third, error, error_square = sums

    def student(total: np.ndarray, squares: np.ndarray) -> np.ndarray:
        spread = np.sqrt(np.maximum(squares / n - (total / n) ** 2, 1e-30) * n / (n - 1))
        return np.asarray(2.0 * stats.t.sf(np.abs(total / n) * sqrt(n) / spread, n - 1))

    shape = 4.0 * variance**3 / third**2
    law = stats.gamma(shape, loc=n - np.sqrt(shape * variance), scale=np.sqrt(variance / shape))
    of_second = np.minimum(1.0, 2.0 * np.minimum(law.cdf(second), law.sf(second)))
    return np.array([student(mean, mean_square), of_second, student(error, error_square)])
