"""Scores of forecasts, and how sure their differences are: arithmetic only, no history.

Log score: minus the natural logarithm of the probability of what happened. Brier: half the sum over options of the
squared differences, for yes and no the usual square. Low is good for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

FEWEST_CLUSTERS = 3


@dataclass(frozen=True)
class Pair:
    """A forecaster's two mean scores."""

    log: float
    brier: float


@dataclass(frozen=True)
class Difference:
    """The rules' mean scores less another's, paired by item: below 0 the rules are better.

    Standard errors are clustered by year; None where the items lie in fewer than three.
    """

    log: float
    log_error: float | None
    brier: float
    brier_error: float | None


@dataclass(frozen=True)
class Comparison:
    """Some items, forecast by the rules and by others.

    n        items; weight: what they weigh together; years: in how many they lie
    scores   by forecaster
    against  differences, by baseline
    """

    name: str
    n: int
    weight: float
    years: int
    scores: dict[str, Pair]
    against: dict[str, Difference]


@dataclass(frozen=True)
class Bin:
    """Forecasts of about the same probability: their mean, how often it came true, and the standard error of that."""

    low: float
    high: float
    n: int
    weight: float
    said: float
    came: float
    error: float | None


def log_scores(chance: np.ndarray, took: np.ndarray, floor: float) -> np.ndarray:
    """Minus log of what was given to what happened, at least the floor."""
    return np.asarray(-np.log(np.maximum(chance[np.arange(len(took)), took], floor)))


def brier_scores(chance: np.ndarray, took: np.ndarray) -> np.ndarray:
    """Half the sum over options of squared differences."""
    happened = np.arange(chance.shape[1]) == took[:, None]
    return np.asarray(0.5 * np.sum((chance - happened) ** 2, axis=1))


def mean(values: np.ndarray, weights: np.ndarray) -> float:
    """Weighted mean."""
    return float(np.sum(weights * values) / np.sum(weights))


def clustered_error(values: np.ndarray, weights: np.ndarray, cluster: np.ndarray) -> float | None:
    """Standard error of a weighted mean whose items stand together in clusters; None for too few of them."""
    ids, place = np.unique(cluster, return_inverse=True)
    if len(ids) < FEWEST_CLUSTERS:
        return None
    away = np.bincount(place.reshape(-1), weights * (values - mean(values, weights)))
    return float(np.sqrt(len(ids) / (len(ids) - 1.0) * np.sum(away**2)) / np.sum(weights))


def compared(
    name: str,
    logs: Mapping[str, np.ndarray],
    briers: Mapping[str, np.ndarray],
    weights: np.ndarray,
    years: np.ndarray,
    ours: str,
) -> Comparison:
    """One line of a table.

    logs, briers   a score an item, by forecaster
    ours           the forecaster that the others are set against
    """
    scores = {id: Pair(mean(logs[id], weights), mean(briers[id], weights)) for id in logs}
    against = {}
    for id in logs:
        if id != ours:
            log, brier = logs[ours] - logs[id], briers[ours] - briers[id]
            against[id] = Difference(
                mean(log, weights),
                clustered_error(log, weights, years),
                mean(brier, weights),
                clustered_error(brier, weights, years),
            )
    return Comparison(name, len(weights), float(weights.sum()), len(np.unique(years)), scores, against)


def all_options(
    chance: np.ndarray, is_open: np.ndarray, took: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every probability of every open option: what was said, whether it came (0 or 1), and of which item."""
    item, option = np.nonzero(is_open)
    return chance[item, option], (took[item] == option).astype(float), item


def moving(chance: np.ndarray, still: np.ndarray, took: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The probability that anything but stillness comes, and whether it did (0 or 1)."""
    said = 1.0 - chance[np.arange(len(took)), still]
    return np.asarray(np.clip(said, 0.0, 1.0)), (took != still).astype(float)


def calibration(
    said: np.ndarray, came: np.ndarray, weights: np.ndarray, years: np.ndarray, edges: tuple[float, ...]
) -> list[Bin]:
    """Probabilities in bins: how often it came true where it was said to be so likely."""
    at = np.clip(np.searchsorted(edges, said, side="right") - 1, 0, len(edges) - 2)
    bins = []
    for number in range(len(edges) - 1):
        inside = at == number
        if inside.any():
            w = weights[inside]
            bins.append(
                Bin(
                    low=edges[number],
                    high=edges[number + 1],
                    n=int(inside.sum()),
                    weight=float(w.sum()),
                    said=mean(said[inside], w),
                    came=mean(came[inside], w),
                    error=clustered_error(came[inside], w, years[inside]),
                )
            )
    return bins


def verdict(one: Difference, worse_by: float) -> str:
    """What a difference of log scores says: better, worse, or which way it leans without telling them apart."""
    if one.log == 0.0:
        return "the same"
    if one.log_error is None:
        return "too few years"
    if abs(one.log) > worse_by * one.log_error:
        return "worse" if one.log > 0.0 else "better"
    return "behind, not told apart" if one.log > 0.0 else "ahead, not told apart"
