"""The Ornstein-Uhlenbeck process as pyTAMS wants it: a class that its worker processes can import."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from pytams.fmodel import ForwardModelBaseClass

DEVIATIONS, MEMORY = 6.0, 0.98
NOISE = math.sqrt(1.0 - MEMORY**2)


class Tide(ForwardModelBaseClass):  # type: ignore[misc]
    """State, score and noise of one path."""

    def _init_model(self, m_id: int, params: Any) -> None:  # noqa: ARG002
        self._state = 0.0
        self._luck = np.random.default_rng()

    def _advance(self, step: int, time: float, dt: float, noise: float, need_end_state: bool) -> float:  # noqa: ARG002
        self._state = MEMORY * self._state + NOISE * noise
        return dt

    def get_current_state(self) -> float:
        """Where it is."""
        return self._state

    def set_current_state(self, state: float) -> None:
        """Put it there."""
        self._state = state

    def score(self) -> float:
        """1 at the line."""
        return self._state / DEVIATIONS

    def make_noise(self) -> float:
        """A standard normal number."""
        return float(self._luck.standard_normal())
