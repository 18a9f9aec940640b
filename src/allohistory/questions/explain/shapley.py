"""Shapley's shares: how much of the difference that all causes make together each of them carries.

Every subset of the causes is run on the same luck. A cause's share is the mean, over all orders in which the causes
could be put in place, of what the outcome's probability gains when it is added. The shares add up to the whole
difference exactly; each is a mean over timelines, whose spread gives its error.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.questions.estimates import Z90
from allohistory.results.schema import Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 5  # causes: 32 subsets


@dataclass(frozen=True)
class Part:
    """A cause's share of the difference, with its 90 % interval, and what it does by itself."""

    id: str
    share: float
    interval: Interval
    alone: float

    def as_json(self) -> dict[str, Any]:
        """As the answer gives it."""
        return {"id": self.id, "share": self.share, "interval": list(self.interval), "alone": self.alone}


def subsets(count: int) -> list[frozenset[int]]:
    """All subsets of so many causes, the smallest first."""
    return [frozenset(one) for size in range(count + 1) for one in combinations(range(count), size)]


def shapley(ids: tuple[str, ...], shown: Mapping[frozenset[int], NDArray[np.bool_]]) -> list[Part]:
    """The share of each cause from the outcome in every subset's world, timeline by timeline."""
    count = len(ids)
    none = shown[frozenset()]
    found = []
    for place, id in enumerate(ids):
        gain = np.zeros(len(none))
        for subset in subsets(count):
            if place not in subset:
                weight = math.factorial(len(subset)) * math.factorial(count - len(subset) - 1)
                added = shown[subset | {place}].astype(float) - shown[subset]
                gain += added * (weight / math.factorial(count))
        mean = float(gain.mean())
        half = Z90 * float(gain.std(ddof=1)) / math.sqrt(len(gain)) if len(gain) > 1 else 1.0
        alone = float((shown[frozenset({place})].astype(float) - none).mean())
        found.append(Part(id, mean, (mean - half, mean + half), alone))
    return found
