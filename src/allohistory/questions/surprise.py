"""How improbable was the change itself? Surprise in bits: 3 bits is one chance in eight.

    bits = -log2 ( mean over timelines and parameter draws of the product of the probabilities that the rules gave
                   each imposed item at the moment it was imposed )

A firing some time in a window is given 1 - exp(-H), H being its hazard summed over the window where the clock is held
silent there. The mean comes first, the logarithm after; an item whose occasion never arose counts 0 in that timeline.
Added to it: the relative entropy of scaled hazards and shifted shocks, and for parameters the two-sided tail of the
kept draws. A change of state has no probability: it is outside the rules, and the point of divergence gives judged
bits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.book.clashes import ResolvedChange

IMPOSED = ("choice", "clock-fires", "shock-set")  # must arise to be imposed
SILENCED = ("clock-never",)  # where never at risk, silence is certain
SHIFTED = ("clock-scale", "shock-shift")  # no event: relative entropy
OUTSIDE = ("variable",)


@dataclass(frozen=True)
class Surprise:
    """Bits by the rules (None: all of it lies outside the rules), and the share of timelines in which it applied."""

    bits: float | None
    applied: tuple[float, ...]
    outside: bool


def surprise(
    kinds: Sequence[str],
    log_probability: NDArray[np.float64],
    bits: NDArray[np.float64],
    applied: NDArray[np.integer],
    parameter_tails: Sequence[float] = (),
    weight: NDArray[np.float64] | None = None,
) -> Surprise:
    """Surprise of a set of changes.

    kinds            of each item, as `ResolvedChange.kind`
    log_probability  (n, items) natural logs, in worlds with the set imposed and luck freed at the first of it
    bits             (n, items) relative entropy of scaled hazards and shifted shocks
    applied          (n, items) at how many occasions each item acted
    parameter_tails  two-sided tail probabilities of changed parameters
    weight           of each timeline, where they do not count alike
    """
    shares = tuple(float((applied[:, item] > 0).mean()) for item in range(len(kinds))) if len(applied) else ()
    inside = [item for item, kind in enumerate(kinds) if kind in IMPOSED + SILENCED]
    shifted = [item for item, kind in enumerate(kinds) if kind in SHIFTED]
    outside = any(kind in OUTSIDE for kind in kinds)
    if not inside and not shifted and not parameter_tails:
        return Surprise(None if outside else 0.0, shares, outside)
    total = mean_product(kinds, inside, log_probability, applied, weight) if inside else 0.0
    total += float(np.average(bits[:, shifted].sum(axis=1), weights=weight)) if shifted and len(bits) else 0.0
    total += sum(-math.log2(tail) for tail in parameter_tails)
    return Surprise(total, shares, outside)


def mean_product(
    kinds: Sequence[str],
    items: Sequence[int],
    log_probability: NDArray[np.float64],
    applied: NDArray[np.integer],
    weight: NDArray[np.float64] | None = None,
) -> float:
    """-log2 of the mean over timelines of the product over items."""
    product = np.zeros(len(log_probability))
    for item in items:
        arose = (applied[:, item] > 0) | (kinds[item] in SILENCED)
        product = product + np.where(arose, log_probability[:, item], -np.inf)
    if len(product) == 0 or np.all(np.isneginf(product)):
        return math.inf
    greatest = float(product.max())
    mean = float(np.average(np.exp(product - greatest), weights=weight))
    return max(0.0, -(greatest + math.log(mean)) / math.log(2.0))


def parameter_tail(change: ResolvedChange, draws: NDArray[np.float64]) -> float:
    """Two-sided tail of a changed parameter among its kept draws: (1 + how many lie as far out) / (1 + draws)."""
    if change.operation == "=":
        changed = np.array([change.value])
    else:
        changed = draws * change.value if change.operation == "*=" else draws + change.value
    ordered = np.sort(draws)
    below = np.searchsorted(ordered, changed, side="right")
    above = len(ordered) - np.searchsorted(ordered, changed, side="left")
    as_far = np.minimum(2 * np.minimum(below, above), len(ordered))
    return float(((1 + as_far) / (1 + len(ordered))).mean())
