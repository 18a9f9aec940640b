"""Run the timelines of a plan and gather what came of them.

Timeline i takes parameter draw i mod draws. A draw's factual world is replayed, then its timelines run against that
ledger, many in one call of the compiled loop. Threads share out the work as they go (shares.py); every number is
written at its timeline's own place, and histograms are integer counts, so that neither the number of threads nor the
order in which they finish can change a bit of the result.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from allohistory.ensemble.gathered import Ensemble, empty
from allohistory.ensemble.shares import Shares
from allohistory.luck.compiled import jit_disabled
from allohistory.timeline.blueprint import Blueprint
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import START, Plan
from allohistory.timeline.shape import SHEET

Progress = Callable[[int], None]
# Between two calls of the compiled loop a thread can be stopped, and tells its progress. So many draws take about a
# twentieth of a second; without the compiler a thousand times as long.
DRAWS_A_CALL = 1_000 if jit_disabled else 1_000_000
FIRST_CALL = (
    1 if jit_disabled else 4
)  # timelines of a thread's first call, before it knows how many draws one takes


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
    threads = max(1, min(workers or default_workers(), count))
    memories = memories if memories is not None else []
    while len(memories) < threads:
        memories.append(Memory(blueprint))
    gathered = empty(blueprint, plan, first, count)
    shares = Shares(first, count, plan.draws)
    task = [(memory, plan, gathered, shares, progress, stop) for memory in memories[:threads]]
    if threads == 1:
        _work(*task[0])
    else:
        with ThreadPoolExecutor(threads) as pool:
            _wait([pool.submit(_work, *each) for each in task], stop)
    for memory in memories[:threads]:
        gathered.count(memory)
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


def _work(
    memory: Memory,
    plan: Plan,
    gathered: Ensemble,
    shares: Shares,
    progress: Progress | None,
    stop: threading.Event | None,
) -> None:
    """Take shares of the work until none is left."""
    memory.load_plan(plan)
    memory.c.histogram[:] = 0
    most, loaded, impossible = FIRST_CALL, -1, False
    while not (stop is not None and stop.is_set()):
        share = shares.next(loaded, most)
        if share is None:
            return
        if share.draw != loaded:
            loaded = share.draw
            memory.load_draw(loaded, ledger=plan.horizon != START)
            impossible = plan.horizon != START and bool(memory.c.aside)
        if impossible:
            gathered.set_aside(share.row, plan.draws, share.count, memory)
        else:
            memory.run_many(share.row + int(gathered.timeline[0]), plan.draws, share.count)
            most = next_call(int(memory.c.sheet_draws[: share.count].sum()) // share.count)
            gathered.take(share.row, plan.draws, share.count, memory)
        if progress is not None:
            progress(share.count)


def next_call(draws: int) -> int:
    """How many timelines of so many draws each the next call may run."""
    return max(1, min(SHEET, DRAWS_A_CALL // max(draws, 1)))
