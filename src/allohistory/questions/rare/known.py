"""Problems whose probability is known by other means: on these the splitting is checked, and its intervals too.

    problem      what is rare                                            known from
    stages       every one of several chances comes off                  their product
    last-day     a Gaussian walk ends above a line (being there earlier does not count)    the normal tail
    chain        a walk with a drift down reaches the top before 0       the gambler's ruin
    family       a shrinking family lives for many generations           iterated generating functions
    tide         an Ornstein-Uhlenbeck process passes six standard deviations    quadrature, week by week

All are Markov chains in discrete time: `MarkovPaths` keeps each path step by step, so that it can be taken up again at
its first passage of a level.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Step = Callable[[NDArray[np.float64], int, np.random.Generator], NDArray[np.float64]]
    Score = Callable[[NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True)
class Known:
    """A Markov chain from state `first` over `steps` steps, and the probability of what is asked of it.

    step     (states, time, generator) -> next states; a state that is NaN is over
    score    (n, steps + 1) states -> how far each has come at each time (its running maximum is the path's score)
    reached  (n, steps + 1) states -> whether the outcome came
    levels   fixed ones, or none for adaptive ones up to `top`
    """

    name: str
    first: float
    steps: int
    step: Step
    score: Score
    reached: Callable[[NDArray[np.float64]], NDArray[np.bool_]]
    probability: float
    levels: tuple[float, ...] | None = None
    top: float = math.inf


class MarkovPaths:
    """A population of paths of one known problem (a `Paths` of splitting.py)."""

    def __init__(self, known: Known, seed: int) -> None:
        self.known = known
        self.luck = np.random.Generator(np.random.Philox(key=np.array([seed, 0], np.uint64)))
        self.work = 0.0
        self.score = np.zeros(0)
        self.reached = np.zeros(0, bool)

    def start(self, count: int) -> None:
        """Independent paths from the first state."""
        self.states = np.full((count, self.known.steps + 1), np.nan)
        self.states[:, 0] = self.known.first
        self.climb = np.full((count, self.known.steps + 1), -np.inf)
        self.score, self.reached = np.zeros(count), np.zeros(count, bool)
        self._run(np.arange(count), np.zeros(count, np.intp))

    def branch(
        self, places: NDArray[np.intp], parents: NDArray[np.intp], levels: NDArray[np.float64]
    ) -> None:
        """Copy up to the first passage, and go on."""
        since = (self.climb[parents] > levels[:, None]).argmax(axis=1)
        self.states[places] = self.states[parents]
        self._run(places, since)

    def name(self, place: int) -> tuple[float, ...]:
        """The path itself."""
        return tuple(self.states[place])

    def _run(self, places: NDArray[np.intp], since: NDArray[np.intp]) -> None:
        """Run each place on from its time `since`; a path that is over costs nothing more."""
        states = self.states[places]
        order = np.argsort(since, kind="stable")
        begun = np.searchsorted(since[order], np.arange(self.known.steps), side="right")
        active = order[:0]
        for time in range(self.known.steps):
            earlier = begun[time - 1] if time else 0
            active = np.concatenate([active, order[earlier : begun[time]]])
            following = self.known.step(states[active, time], time, self.luck)
            states[active, time + 1] = following
            self.work += len(active)
            over = np.isnan(following)
            if over.any():
                states[active[over], time + 1 :] = np.nan
                active = active[~over]
        self.states[places] = states
        climb = np.where(np.isnan(states), -np.inf, self.known.score(states))
        self.climb[places] = np.maximum.accumulate(climb, axis=1)
        self.score[places] = self.climb[places, -1]
        self.reached[places] = self.known.reached(states)


# ---------------------------------------------------------------- the problems


def stages(chance: float = 0.1, count: int = 3) -> Known:
    """Each of `count` chances must come off, one after another."""

    def step(state: NDArray[np.float64], _time: int, luck: np.random.Generator) -> NDArray[np.float64]:
        return np.where(luck.random(len(state)) < chance, state + 1.0, np.nan)

    return Known(
        "stages",
        0.0,
        count,
        step,
        score=lambda states: states,
        reached=lambda states: states[:, -1] >= count,
        probability=chance**count,
        levels=tuple(k + 0.5 for k in range(count - 1)),
    )


def last_day(deviations: float = 4.264890793922824, steps: int = 40) -> Known:
    """A Gaussian walk stands above so many standard deviations of its end, on its last day (default: 1 in 100,000)."""
    line = deviations * math.sqrt(steps)
    left = np.arange(steps, -1, -1)

    def step(state: NDArray[np.float64], _time: int, luck: np.random.Generator) -> NDArray[np.float64]:
        return np.asarray(state + luck.standard_normal(len(state)))

    def score(states: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray((states - line) / np.sqrt(left + 1.0))  # in standard deviations of what is left

    return Known(
        "last-day",
        0.0,
        steps,
        step,
        score,
        reached=lambda states: states[:, -1] > line,
        probability=0.5 * math.erfc(deviations / math.sqrt(2.0)),
        top=0.0,
    )


def chain(probability: float = 1e-6, height: int = 14, steps: int = 90) -> Known:
    """A walk from 1 that steps up or down by 1, down more often, reaches `height` before 0.

    Walks that are still on their way after so many steps are lost: 1 in 10,000 of those that would get there.
    """
    from scipy.optimize import brentq

    ratio = brentq(lambda r: (r - 1.0) / (r**height - 1.0) - probability, 1.01, 50.0, xtol=1e-14)
    up = 1.0 / (1.0 + ratio)

    def step(state: NDArray[np.float64], _time: int, luck: np.random.Generator) -> NDArray[np.float64]:
        moved = state + np.where(luck.random(len(state)) < up, 1.0, -1.0)
        return np.where((state >= height) | (moved <= 0.0), np.nan, moved)

    return Known(
        "chain",
        1.0,
        steps,
        step,
        score=lambda states: states,
        reached=lambda states: np.asarray((states >= height).any(axis=1)),
        probability=probability,
        levels=tuple(k + 0.5 for k in range(1, height)),
    )


def family(mean: float = 0.6, generations: int = 30) -> Known:
    """A family whose members have Poisson many children, fewer than one each, is not extinct after so long."""
    extinct = 0.0
    for _ in range(generations):
        extinct = math.exp(mean * (extinct - 1.0))

    def step(state: NDArray[np.float64], _time: int, luck: np.random.Generator) -> NDArray[np.float64]:
        children = luck.poisson(mean * state).astype(float)
        return np.where(children > 0.0, children, np.nan)

    age = np.arange(generations + 1.0)
    return Known(
        "family",
        1.0,
        generations,
        step,
        score=lambda states: np.where(np.isnan(states), -np.inf, age),
        reached=lambda states: ~np.isnan(states[:, -1]),
        probability=1.0 - extinct,
        levels=tuple(k + 0.5 for k in range(0, generations - 1, 2)),
    )


def tide(deviations: float = 6.0, steps: int = 80, memory: float = 0.98) -> Known:
    """An Ornstein-Uhlenbeck process, seen so often that it keeps `memory` of itself, passes so many deviations."""
    noise = math.sqrt(1.0 - memory**2)

    def step(state: NDArray[np.float64], _time: int, luck: np.random.Generator) -> NDArray[np.float64]:
        moved = memory * state + noise * luck.standard_normal(len(state))
        return np.where(state > deviations, np.nan, moved)

    return Known(
        "tide",
        0.0,
        steps,
        step,
        score=lambda states: states,
        reached=lambda states: np.asarray((states > deviations).any(axis=1)),
        probability=_passes(deviations, steps, memory, noise),
        top=deviations,
    )


def _passes(line: float, steps: int, memory: float, noise: float, nodes: int = 800) -> float:
    """The chance that the process passes the line within so many steps: what is lost over it, week by week."""
    from scipy.special import ndtr

    low = -8.0
    points, weights = np.polynomial.legendre.leggauss(nodes)
    x = low + (line - low) * (points + 1.0) / 2.0
    weights = weights * (line - low) / 2.0
    density = np.exp(-((x / noise) ** 2) / 2.0) / (noise * math.sqrt(2.0 * math.pi))
    passed = float(ndtr(-line / noise))
    apart = (x[:, None] - memory * x[None, :]) / noise
    kernel = np.exp(-(apart**2) / 2.0) / (noise * math.sqrt(2.0 * math.pi))
    over = ndtr((memory * x - line) / noise)
    for _ in range(steps - 1):
        passed += float((density * weights) @ over)
        density = kernel @ (density * weights)
    return passed


def problems() -> tuple[Known, ...]:
    """All five, the commonest first: from 1 in 1,000 to about 1 in a thousand million."""
    return (stages(), last_day(), chain(), family(), tide())
