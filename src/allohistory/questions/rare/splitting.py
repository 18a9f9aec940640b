"""Multilevel splitting: paths that come far are copied, paths that do not are dropped, and the books are kept.

A path has a score, the running maximum of how far it has come. At each level the paths of a repeat that did not get
above it are dropped; each is replaced by a copy of a path that did, up to the moment at which that one first passed the
level, with new luck from there on. The first passage is a stopping time, so new luck is prior luck: no path's law is
bent, and with

    estimate of a repeat = product of the survivors' shares x share of the last paths that reach the outcome
                           + for each level, the product before it x share of the paths dropped there that reach it

the mean of the estimates is the probability, for any number of paths and any score, good or bad (Bréhier and others
2016). Levels are fixed beforehand, or each repeat takes its own as it goes: the k-th lowest score, all at or below it
dropped. Survivors lie strictly above the level; where none does, the repeat dies out and the rest of it counts as 0.

The same code splits a textbook chain and a scenario's timelines: what it needs of them is `Paths`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from allohistory.luck.address import STREAM_SPLITTING

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARE_DROPPED = 0.25  # of a repeat's paths at each level, where levels are adaptive
MOST_LEVELS = 4_000  # of an adaptive repeat, beyond which its score is taken to be stuck


class Paths(Protocol):
    """A population of paths in numbered places. score: (n,) running maxima; reached: (n,) whether the outcome came.

    work   what has been run so far, in any unit (steps, timelines); a split path counts from its branching on, or whole
           where it has to be run from its beginning
    """

    score: NDArray[np.float64]
    reached: NDArray[np.bool_]
    work: float

    def start(self, count: int) -> None:
        """Fill places 0 to count - 1 with independent paths."""

    def branch(
        self, places: NDArray[np.intp], parents: NDArray[np.intp], levels: NDArray[np.float64]
    ) -> None:
        """Put into each place a copy of its parent up to the first passage above the level, with new luck after it."""

    def name(self, place: int) -> Any:
        """What is needed to find this path again."""


@dataclass(frozen=True)
class Found:
    """A path that reached the outcome: its name, its repeat, and its part in that repeat's estimate."""

    name: Any
    repeat: int
    weight: float


@dataclass(frozen=True)
class Splitting:
    """What a splitting run found.

    estimates   (repeats,) one unbiased estimate each
    levels      (levels, repeats) the level of each step; survivors: the share above it; NaN once a repeat is over
    ancestors   (repeats,) distinct first paths of the last population, as a share of its paths
    work        what all repeats ran, in paths: the mean work of a path from the start is 1
    found       the paths that reached the outcome, where they were asked for
    """

    estimates: NDArray[np.float64]
    levels: NDArray[np.float64]
    survivors: NDArray[np.float64]
    ancestors: NDArray[np.float64]
    work: float
    found: tuple[Found, ...]


def split(
    paths: Paths,
    *,
    repeats: int,
    each: int,
    seed: int,
    levels: Sequence[float] | None = None,
    top: float = np.inf,
    dropped: float = SHARE_DROPPED,
    keep: bool = False,
) -> Splitting:
    """Run `repeats` independent splittings of `each` paths side by side.

    levels   fixed beforehand, ascending; without them each repeat takes its own, until its k-th lowest is at `top`
    dropped  the share of the paths that an adaptive level drops
    keep     name the paths that reach the outcome
    """
    run = _Run(paths, repeats, each, seed, keep)
    rule = _fixed(levels) if levels is not None else _adaptive(top, max(1, int(dropped * each)))
    for step in range(MOST_LEVELS):
        level = rule(step, run)
        if level is None or not run.step(level):
            break
    return run.finished()


def _fixed(levels: Sequence[float]) -> Any:
    """The same level for every repeat."""

    def level(step: int, run: _Run) -> NDArray[np.float64] | None:
        return np.full(run.repeats, levels[step]) if step < len(levels) else None

    return level


def _adaptive(top: float, k: int) -> Any:
    """The k-th lowest score of each repeat; NaN (nothing to do) where that has come to the top."""

    def level(_step: int, run: _Run) -> NDArray[np.float64] | None:
        lowest = np.partition(run.scores, k - 1, axis=1)[:, k - 1]
        going = run.alive & (lowest < top)
        return np.where(going, lowest, np.nan) if going.any() else None

    return level


class _Run:
    """One run of `split`: the population, and what has been counted so far."""

    def __init__(self, paths: Paths, repeats: int, each: int, seed: int, keep: bool) -> None:
        self.paths, self.repeats, self.each, self.keep = paths, repeats, each, keep
        key = np.array([seed, int(STREAM_SPLITTING)], np.uint64)
        self.luck = np.random.Generator(np.random.Philox(key=key))
        paths.start(repeats * each)
        self.one = paths.work / (repeats * each)
        self.root = np.arange(repeats * each)
        self.alive = np.ones(repeats, bool)
        self.product = np.ones(repeats)
        self.sum = np.zeros(repeats)
        self.levels: list[NDArray[np.float64]] = []
        self.survivors: list[NDArray[np.float64]] = []
        self.found: list[Found] = []

    @property
    def scores(self) -> NDArray[np.float64]:
        """(repeats, each) as they stand."""
        return self.paths.score.reshape(self.repeats, self.each)

    def step(self, level: NDArray[np.float64]) -> bool:
        """Drop what is not above the level, refill; False where no repeat is left that has anything to do."""
        acts = self.alive & ~np.isnan(level)
        gone = (self.scores <= np.where(acts, level, -np.inf)[:, None]) & acts[:, None]
        share = 1.0 - gone.mean(axis=1)
        self._count(gone)
        self.levels.append(np.where(acts, level, np.nan))
        self.survivors.append(np.where(acts, share, np.nan))
        self.product = np.where(acts, self.product * share, self.product)
        died = acts & (share == 0.0)
        self.alive &= ~died
        self._refill(gone & ~died[:, None], level)
        return bool(self.alive.any())

    def _count(self, gone: NDArray[np.bool_]) -> None:
        """Add the paths that are about to go and reached the outcome all the same."""
        reached = gone & self.paths.reached.reshape(gone.shape)
        self.sum += self.product * reached.mean(axis=1)
        if self.keep:
            self._name(reached)

    def _name(self, reached: NDArray[np.bool_]) -> None:
        for place in np.flatnonzero(reached):
            repeat = int(place) // self.each
            weight = float(self.product[repeat]) / self.each
            self.found.append(Found(self.paths.name(int(place)), repeat, weight))

    def _refill(self, gone: NDArray[np.bool_], level: NDArray[np.float64]) -> None:
        """Each place that is free gets a survivor of its repeat, all survivors as equally often as can be."""
        rows, columns = np.nonzero(gone)
        if len(rows) == 0:
            return
        order = np.where(gone, np.inf, self.luck.random(gone.shape)).argsort(axis=1)
        alive = self.each - gone.sum(axis=1)
        turn = np.arange(len(rows)) - np.searchsorted(rows, rows)
        parents = rows * self.each + order[rows, turn % alive[rows]]
        places = rows * self.each + columns
        self.paths.branch(places, parents, level[rows])
        self.root[places] = self.root[parents]

    def finished(self) -> Splitting:
        """The estimates, with what is to be seen of how they came about."""
        alive = self.alive[:, None] & np.ones((1, self.each), bool)
        reached = alive & self.paths.reached.reshape(alive.shape)
        self.sum += self.product * reached.mean(axis=1)
        if self.keep:
            self._name(reached)
        roots = self.root.reshape(self.repeats, self.each)
        distinct = np.array([len(np.unique(row)) for row in roots]) / self.each
        none = np.zeros((0, self.repeats))
        return Splitting(
            estimates=self.sum,
            levels=np.array(self.levels) if self.levels else none,
            survivors=np.array(self.survivors) if self.survivors else none,
            ancestors=np.where(self.alive, distinct, 0.0),
            work=self.paths.work / self.one,
            found=tuple(self.found),
        )
