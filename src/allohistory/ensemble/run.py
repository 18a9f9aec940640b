"""Run the timelines of a plan and gather what came of them.

Timeline i takes parameter draw i mod draws. A draw's factual world is replayed once, then all its timelines
run against that ledger. Threads share out the draws (kernels release the interpreter's lock); every number is
written at its timeline's own place, and histograms are integer counts, so that neither the number of threads
nor the order in which they finish can change a bit of the result.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from allohistory.ensemble.gathered import Ensemble, bins_of, empty
from allohistory.timeline.blueprint import Blueprint
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import START, Plan

Progress = Callable[[int], None]


def run(
    blueprint: Blueprint,
    plan: Plan,
    *,
    first: int = 0,
    count: int,
    workers: int | None = None,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    memories: list[Memory] | None = None,
) -> Ensemble:
    """Run timelines first, first + 1, ... first + count - 1 of a plan.

    workers   threads; default ALLOHISTORY_WORKERS or all cores
    progress  called with the number of timelines finished since its last call
    stop      set it to end early: what is finished is returned, the rest marked as not done
    memories  kept between calls to save their set-up; grown as needed
    """
    threads = max(1, min(workers or default_workers(), count, plan.draws))
    memories = memories if memories is not None else []
    while len(memories) < threads:
        memories.append(Memory(blueprint))
    gathered = empty(blueprint, plan, first, count)
    shares = [range(share, plan.draws, threads) for share in range(threads)]
    if threads == 1:
        _run_share(memories[0], plan, gathered, shares[0], progress, stop)
    else:
        with ThreadPoolExecutor(threads) as pool:
            work = [
                pool.submit(_run_share, memories[i], plan, gathered, shares[i], progress, stop)
                for i in range(threads)
            ]
            _wait(work, stop)
    return gathered.finished()


def _wait(work: list[Future[None]], stop: threading.Event | None) -> None:
    """Wait for the threads; an interruption stops them and is passed on once they have stopped."""
    try:
        for share in work:
            share.result()
    except BaseException:
        if stop is not None:
            stop.set()
        raise


def default_workers() -> int:
    """ALLOHISTORY_WORKERS, else the cores this process may use."""
    asked = os.environ.get("ALLOHISTORY_WORKERS", "")
    if asked.isdigit() and int(asked) > 0:
        return int(asked)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _run_share(
    memory: Memory,
    plan: Plan,
    gathered: Ensemble,
    draws: Sequence[int],
    progress: Progress | None,
    stop: threading.Event | None,
) -> None:
    """Run all timelines of some of the draws."""
    memory.load_plan(plan)
    bins = bins_of(memory.blueprint)
    for draw in draws:
        rows = range((draw - int(gathered.timeline[0])) % plan.draws, len(gathered.timeline), plan.draws)
        if len(rows) == 0:
            continue
        if stop is not None and stop.is_set():
            return
        memory.load_draw(draw, ledger=plan.horizon != START)
        impossible = int(memory.c.aside) if plan.horizon != START else 0
        for row in rows:
            if stop is not None and stop.is_set():
                return
            if impossible:
                gathered.set_aside(row, memory)
            else:
                memory.run(int(gathered.timeline[row]))
                gathered.take(row, memory, bins)
            if progress is not None:
                progress(1)
