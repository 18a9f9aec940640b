"""The timelines of one arm as plain columns: what frames and files are made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ARMS = ("with", "without", "rules")


@dataclass(frozen=True)
class OutcomeRows:
    """One outcome over the timelines of an arm; `day` counts from the scenario's first day, -1 for none."""

    id: str
    kind: str
    options: tuple[str, ...]
    shown: NDArray[np.bool_]
    value: NDArray[np.float64]
    day: NDArray[np.int64]


@dataclass(frozen=True)
class Arm:
    """The timelines of one arm (with, without, rules)."""

    name: str
    timeline: NDArray[np.int64]
    draw: NDArray[np.int64]
    set_aside: NDArray[np.bool_]
    outcomes: tuple[OutcomeRows, ...]
    first_day: dt.date
