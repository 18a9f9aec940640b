"""Timelines freed at every place of our history, each run only where its luck would make a difference.

A timeline freed at week h is our history up to h and its own luck from there on. If its own luck happens to do in week
h what history did, the same timeline freed at h + 1 is the same to the last bit. So it is run once from h, and not
again before the week after its first departure from the record (or after a draw of latent luck, which belongs to the
parameter draw before h and to the timeline from h on). A thousand weeks come to some three hundred runs a timeline.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allohistory.ensemble.gathered import Ensemble, empty
from allohistory.questions.arms import Stopped
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, PLACES, Plan
from allohistory.timeline.shape import LOG

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.timeline.blueprint import Blueprint

Tell = Callable[[int, int], None]  # timelines finished, timelines in all
NEVER = 1 << 20  # a week after every scenario's last


@dataclass(frozen=True)
class Branches:
    """What came of the timelines freed at each position.

    positions  (P,) where luck is freed, ascending (plan.position)
    timeline   (N,) numbers of the timelines
    runs       a row a run that was made
    run_of     (N, P) which run a timeline freed at a position is
    """

    positions: NDArray[np.int64]
    timeline: NDArray[np.int64]
    runs: Ensemble
    run_of: NDArray[np.int32]

    def spread(self, column: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, P): a column of the runs, laid out by timeline and position."""
        found: NDArray[np.float64] = column[self.run_of]
        return found


@dataclass(frozen=True)
class _Run:
    """One run: the positions that share it (from, until), and what the sheet says of it."""

    first: int
    until: int
    aside: int
    value: NDArray[np.float64]
    day: NDArray[np.int32]


def branch(
    blueprint: Blueprint,
    positions: Sequence[int],
    count: int,
    *,
    first: int = 0,
    draws: int,
    seed: int,
    workers: int = 1,
    tell: Tell | None = None,
    stop: threading.Event | None = None,
) -> Branches:
    """Free timelines first, first + 1, ... at every position; raises `Stopped` where the user ends it.

    Timeline i takes parameter draw i mod draws, whose factual world is replayed once for all its timelines.
    """
    at = np.array(sorted(set(positions)), np.int64)
    plan = Plan(horizon=END, draws=draws, seed=seed)
    found: list[list[_Run]] = [[] for _ in range(count)]
    lock, finished = threading.Lock(), 0
    queue = iter(sorted({(first + row) % draws for row in range(count)}))

    def work() -> None:
        nonlocal finished
        memory = Memory(blueprint)
        memory.load_plan(plan)
        while True:
            with lock:
                draw = next(queue, None)
            if draw is None:
                return
            for row in range((draw - first) % draws, count, draws):
                if stop is not None and stop.is_set():
                    return
                if row < draws:
                    memory.c.logging = 0
                    memory.load_draw(draw)
                    impossible = int(memory.c.aside)
                found[row] = _impossible(blueprint, at, impossible) or _chain(memory, at, first + row, draws)
                with lock:
                    finished += 1
                    if tell is not None:
                        tell(finished, count)

    threads = max(1, min(workers, count, draws))
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work) for _ in range(threads)]:
            done.result()
    if stop is not None and stop.is_set():
        raise Stopped("hinges")
    return _gathered(blueprint, plan, at, first, found)


def _impossible(blueprint: Blueprint, at: NDArray[np.int64], why: int) -> list[_Run]:
    """A draw whose factual world cannot be replayed: one run, set aside, for all positions."""
    if not why:
        return []
    outcomes = len(blueprint.outcomes)
    return [_Run(0, len(at), why, np.full(outcomes, np.nan), np.full(outcomes, -1, np.int32))]


def _chain(memory: Memory, at: NDArray[np.int64], timeline: int, draws: int) -> list[_Run]:
    """The runs of one timeline over all positions, its draw loaded."""
    c, outcomes = memory.c, len(memory.blueprint.outcomes)
    c.logging, c.horizon = 1, END
    memory.run(timeline)
    bound = _latent_weeks(memory)
    found, place = [], 0
    while place < len(at):
        c.horizon = int(at[place])
        memory.run_many(timeline, draws, 1)
        week = int(at[place]) // PLACES
        own = _first_of_its_own(memory, bound, week)
        until = max(place + 1, int(np.searchsorted(at, own * PLACES, "right")))
        value, day = c.sheet_value[0, :outcomes].copy(), c.sheet_day[0, :outcomes].copy()
        found.append(_Run(place, until, int(c.sheet_aside[0]), value, day))
        place = until
    c.logging, c.horizon = 0, END
    return found


def _first_of_its_own(memory: Memory, bound: NDArray[np.int64], week: int) -> int:
    """The first week from `week` on in which the run just made may differ from our history; NEVER where it does not.

    bound  weeks of our history in which latent luck was drawn
    """
    departed = int(memory.c.departed_week)
    weeks = [departed] if departed >= 0 else []
    for latent in (bound, _latent_weeks(memory)):
        later = latent[latent >= week]
        weeks += [int(later.min())] if len(later) else []
    if int(memory.c.logged) > LOG:
        return min([week, *weeks])
    return min(weeks, default=NEVER)


def _latent_weeks(memory: Memory) -> NDArray[np.int64]:
    """The weeks in which the last run drew latent luck that came to something."""
    c, n = memory.c, min(int(memory.c.logged), LOG)
    found: NDArray[np.int64] = np.asarray(c.log_week[:n])[np.asarray(c.latent)[c.log_rule[:n]] != 0]
    return found


def _gathered(
    blueprint: Blueprint, plan: Plan, at: NDArray[np.int64], first: int, found: list[list[_Run]]
) -> Branches:
    """All runs as one ensemble, and which of them each timeline is at each position."""
    runs = [(row, run) for row, its in enumerate(found) for run in its]
    held = empty(blueprint, plan, 0, len(runs))
    run_of = np.zeros((len(found), len(at)), np.int32)
    for place, (row, run) in enumerate(runs):
        held.timeline[place] = first + row
        held.aside[place], held.value[place], held.day[place] = run.aside, run.value, run.day
        run_of[row, run.first : run.until] = place
    held.draw[:] = held.timeline % plan.draws
    held.done[:] = True
    return Branches(at, np.arange(first, first + len(found)), held, run_of)
