"""A normal distribution near the posterior, one coordinate at a time: where chains look first.

It only makes them quick. The slice sampler is exact whatever it is told here: the likelihood is divided by what this
approximation has already said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

LogLikelihood = Callable[[np.ndarray, int], float]
STEP = 0.5  # of a coordinate, either way, for slopes and bends
WIDEST, NARROWEST = (
    1.0,
    0.15,
)  # a posterior's spread in its prior's; below the least the slice sampler finds its way
LONGEST = 1.0  # step of a coordinate in one round


@dataclass(frozen=True)
class Nearby:
    """Independent normal numbers: mean and spread of each coordinate; `active` those that the evidence touches."""

    mean: np.ndarray
    spread: np.ndarray
    active: np.ndarray


def nearby(
    log_likelihood: LogLikelihood,
    coordinates: int,
    seed: int,
    rounds: int = 4,
    progress: Callable[[int], object] | None = None,
) -> Nearby:
    """Climb towards the mode from the middle of the priors, by damped steps of Newton's in each coordinate alone.

    coordinates   how many there are
    seed          the latent luck under which slopes are taken
    rounds        two likelihoods a coordinate and round
    """
    mean, spread = np.zeros(coordinates), np.ones(coordinates)
    touched = np.zeros(coordinates, bool)
    for _round in range(rounds):
        slope, bend = slopes(log_likelihood, mean, seed, progress)
        touched |= (slope != 0.0) | (bend != 0.0)
        precision = 1.0 + np.maximum(-bend, 0.0)
        aim = np.clip((slope - mean) / precision, -LONGEST, LONGEST)
        mean = climbed(log_likelihood, mean, aim, seed)
        spread = np.clip(1.0 / np.sqrt(precision), NARROWEST, WIDEST)
    return Nearby(mean, spread, touched)


def slopes(
    log_likelihood: LogLikelihood,
    at: np.ndarray,
    seed: int,
    progress: Callable[[int], object] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """First and second derivative of the log-likelihood in each coordinate, by differences; 0 where a world fails."""
    here = log_likelihood(at, seed)
    slope, bend = np.zeros(len(at)), np.zeros(len(at))
    for i in range(len(at)):
        moved = at.copy()
        moved[i] = at[i] - STEP
        below = log_likelihood(moved, seed)
        moved[i] = at[i] + STEP
        above = log_likelihood(moved, seed)
        if np.isfinite(below) and np.isfinite(above):
            slope[i] = (above - below) / (2.0 * STEP)
            bend[i] = (above - 2.0 * here + below) / STEP**2
        if progress is not None:
            progress(1)
    return slope, bend


def climbed(log_likelihood: LogLikelihood, at: np.ndarray, aim: np.ndarray, seed: int) -> np.ndarray:
    """As far along the aim as log-likelihood and prior together rise: whole, half, a quarter, ... or not at all."""
    height = log_likelihood(at, seed) - 0.5 * float(at @ at)
    share = 1.0
    for _ in range(6):
        tried = at + share * aim
        if log_likelihood(tried, seed) - 0.5 * float(tried @ tried) > height:
            return tried
        share /= 2.0
    return at
