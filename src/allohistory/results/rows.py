"""Timelines and estimates as plain columns: what frames, charts and files are made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allohistory.results.schema import Estimate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ARMS = ("with", "without", "rules")


@dataclass(frozen=True)
class OutcomeRows:
    """One outcome over the timelines of an arm; `day` counts from the scenario's first day, -1 for none.

    score  from 0 to 1, how near each timeline came, where the outcome says how that is reckoned
    """

    id: str
    kind: str
    options: tuple[str, ...]
    shown: NDArray[np.bool_]
    value: NDArray[np.float64]
    day: NDArray[np.int64]
    score: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Arm:
    """The timelines of one arm (with, without, rules)."""

    name: str
    timeline: NDArray[np.int64]
    draw: NDArray[np.int64]
    set_aside: NDArray[np.bool_]
    outcomes: tuple[OutcomeRows, ...]
    first_day: dt.date
    log_weight: NDArray[np.float64] | None = None


def estimate_columns(chosen: Estimate, baseline: Estimate | None) -> dict[str, Any]:
    """A probability, its two intervals and its baseline, as columns; None where there is none."""
    chance, ignorance = chosen.chance_interval or (None, None), chosen.ignorance_interval or (None, None)
    return {
        "probability": chosen.probability,
        "chance_low": chance[0],
        "chance_high": chance[1],
        "ignorance_low": ignorance[0],
        "ignorance_high": ignorance[1],
        "baseline": None if baseline is None else baseline.probability,
    }
