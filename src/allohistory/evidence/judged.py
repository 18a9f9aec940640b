"""Verdicts on gathered replicates: on ranks, on how far the chains got about, on the average posterior."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from allohistory.evidence.chances import FALSE_ALARM, Verdict, caught, holm, prior_again, verdict
from allohistory.evidence.ranks_table import FIGURES, Gathered

WANTED = 100  # effective draws of each parameter in each replicate
SLOW = 0.05  # the share of the slowest by which power is stated, too
AVERAGES = ("mean", "second moment", "error")
LIKELIHOOD = "log-likelihood"


@dataclass(frozen=True)
class GotAbout:
    """How many effective draws the chains are worth, and what few of them would still have caught.

    reached, always   parameters with the draws wanted in half of the replicates, and in nine of ten
    middle            of the others: the median over parameters of their replicates' median
    slow              effective draws that all but a twentieth of parameters and replicates have
    reseeded, stuck   share of the sweeps that changed the latent luck; of the replicates in which none did
    """

    wanted: int
    reached: int
    always: int
    middle: float
    slow: float
    slow_shift: float
    slow_factor: float
    reseeded: float
    stuck: float
    met: bool


@dataclass(frozen=True)
class Average:
    """The average posterior: over all parameters, and what fails of the parameters' own questions."""

    mean: float
    second: float
    error: float
    asked: int
    smallest: Mapping[str, float]
    failed: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True)
class Judged:
    """All verdicts but those on intervals."""

    ranks: Verdict
    got_about: GotAbout
    average: Average

    @property
    def met(self) -> bool:
        """Does nothing fail, and did every chain get about?"""
        return self.ranks.met and self.got_about.met and not self.average.failed


def judged_of(found: Gathered) -> Judged:
    """The verdicts on what was gathered."""
    ranks = verdict((*found.ids, LIKELIHOOD), found.ranks, int(found.said["draws"]))
    return Judged(ranks, got_about(found, FALSE_ALARM / ranks.asked), average(found))


def got_about(found: Gathered, each: float) -> GotAbout:
    """Effective draws, and the power of the slowest; `each` is the false-alarm rate of one question."""
    effective = found.effective
    middle, low = np.median(effective, axis=0), np.quantile(effective, 0.1, axis=0)
    reached = middle >= WANTED
    slow = float(np.quantile(effective, SLOW))
    shift, factor = caught(len(found.numbers), max(2, round(slow)), each)
    reseeded = found.figures[:, FIGURES.index("reseeded")]
    return GotAbout(
        WANTED,
        int(reached.sum()),
        int((low >= WANTED).sum()),
        float(np.median(middle[~reached])) if (~reached).any() else float(WANTED),
        slow,
        shift,
        factor,
        float(reseeded.mean()),
        float((reseeded == 0.0).mean()),
        bool((effective >= WANTED).all()),
    )


def average(found: Gathered) -> Average:
    """Is the average posterior the prior, and does it lie about the truths?"""
    n, ids = len(found.numbers), found.ids
    p = prior_again(n, found.sums)
    failed = tuple(
        (ids[place % len(ids)], AVERAGES[place // len(ids)], float(p.ravel()[place]))
        for place in holm(p.ravel(), FALSE_ALARM)
    )
    mean, _, second, _, _, error, _ = found.sums.mean(axis=1) / n
    smallest = {name: float(p[i].min()) for i, name in enumerate(AVERAGES)}
    return Average(float(mean), float(second), float(error), p.size, smallest, failed)
