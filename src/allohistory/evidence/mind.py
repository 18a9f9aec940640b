"""What would change our mind: how far must one prior move to halve or double a probability?

Timelines that were drawn under the prior are weighted as if its middle lay d spreads elsewhere: in standard normal
coordinates the weight is exp(d z - d^2 / 2). The least d that halves (or doubles) the probability is looked for up to
three spreads either way, and only while enough timelines carry the weight. The strongest are then run again with the
prior really moved.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FARTHEST = 3.0  # spreads beyond which nobody's mind is changed by this
STEP = 0.05
LEAST_ROWS = 50.0  # equal timelines that must carry a weighted probability
LEAST_SHOWN = 100  # timelines with the outcome, and without it, below which no move is looked for
Z90 = 1.6448536269514722


@dataclass(frozen=True)
class Shift:
    """One move of one prior.

    aim          "half" or "double"; where the probability lies above one half, doubling is that of its odds against
    spreads      how far the prior moves, in its spreads; None: not within three spreads
    probability  what the weighted timelines then give, with its 90 % interval
    """

    aim: str
    spreads: float | None
    probability: float
    interval: tuple[float, float]


def aims(probability: float) -> dict[str, float]:
    """The probabilities that would change our mind: half, and twice (above 1/2: the chance against it halved)."""
    twice = 2.0 * probability if probability <= 0.5 else 1.0 - (1.0 - probability) / 2.0
    return {"half": probability / 2.0, "double": twice}


def moved(z: NDArray[np.floating], y: NDArray[np.float64], by: float) -> tuple[float, float, float]:
    """(probability, standard error, effective timelines) with one parameter's prior moved by so many spreads."""
    weight = np.exp(by * np.asarray(z, float) - by * by / 2.0)
    total = float(weight.sum())
    probability = float(weight @ y) / total
    error = math.sqrt(float(((weight * (y - probability)) ** 2).sum())) / total
    return probability, error, total**2 / float((weight**2).sum())


def shifts(z: NDArray[np.floating], y: NDArray[np.float64]) -> list[Shift]:
    """The least move that halves the probability, and the least that doubles it; none where too few timelines tell."""
    now = float(y.mean())
    if min(y.sum(), len(y) - y.sum()) < LEAST_SHOWN:
        return []
    steps = np.arange(1, round(FARTHEST / STEP) + 1) * STEP
    path = [(float(by), moved(z, y, float(by))) for size in steps for by in (size, -size)]
    path = [(by, one) for by, one in path if one[2] >= LEAST_ROWS]
    found = []
    for aim, wanted in aims(now).items():
        reached = [(by, one) for by, one in path if (one[0] <= wanted if aim == "half" else one[0] >= wanted)]
        sign = -1.0 if aim == "half" else 1.0
        by, (probability, error, _) = reached[0] if reached else max(path, key=lambda pair: sign * pair[1][0])
        low, high = max(0.0, probability - Z90 * error), min(1.0, probability + Z90 * error)
        found.append(Shift(aim, by if reached else None, probability, (low, high)))
    return found
