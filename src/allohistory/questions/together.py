"""Several plans over the same draws in one pass: each draw's factual world is replayed once for all of them.

Side runs (conventions, influence) are many plans of few timelines; replaying the factual world for each would cost as
much as the timelines themselves. The result of each plan is that of `ensemble.run`, bit for bit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from allohistory.ensemble.gathered import empty
from allohistory.timeline.memory import Memory
from allohistory.timeline.shape import SHEET

if TYPE_CHECKING:
    from allohistory.ensemble.gathered import Ensemble
    from allohistory.timeline.blueprint import Blueprint
    from allohistory.timeline.plan import Plan


def run_together(
    blueprint: Blueprint,
    plans: Sequence[Plan],
    *,
    count: int,
    workers: int,
    memories: list[Memory],
    progress: Callable[[int], None],
    stop: threading.Event,
) -> list[Ensemble]:
    """Timelines 0 to count - 1 of every plan; all plans must spread over the same number of draws.

    Where the user stops, what is returned is incomplete and not fit for comparing one plan with another.
    """
    draws = plans[0].draws
    assert all(plan.draws == draws for plan in plans)
    threads = max(1, min(workers, count, draws))
    while len(memories) < threads:
        memories.append(Memory(blueprint))
    gathered = [empty(blueprint, plan, 0, count) for plan in plans]
    lock = threading.Lock()

    def share(thread: int) -> None:
        for draw in range(thread, min(draws, count), threads):
            if stop.is_set():
                return
            _run_draw(memories[thread], plans, gathered, draw, progress, stop, lock)

    if threads == 1:
        share(0)
    else:
        with ThreadPoolExecutor(threads) as pool:
            for done in [pool.submit(share, thread) for thread in range(threads)]:
                done.result()
    return gathered


def _run_draw(
    memory: Memory,
    plans: Sequence[Plan],
    gathered: Sequence[Ensemble],
    draw: int,
    progress: Callable[[int], None],
    stop: threading.Event,
    lock: threading.Lock,
) -> None:
    """One draw: its factual world, then its timelines of every plan."""
    memory.load_plan(plans[0])
    memory.load_draw(draw)
    impossible = int(memory.c.aside)
    for plan, ensemble in zip(plans, gathered, strict=True):
        memory.load_plan(plan)
        memory.c.histogram[:] = 0
        for row in range(draw, len(ensemble.timeline), plan.draws * SHEET):
            if stop.is_set():
                return
            count = min(SHEET, len(range(row, len(ensemble.timeline), plan.draws)))
            if impossible:
                ensemble.set_aside(row, plan.draws, count, memory)
            else:
                memory.run_many(int(ensemble.timeline[row]), plan.draws, count)
                ensemble.take(row, plan.draws, count, memory)
            progress(count)
        with lock:
            ensemble.count(memory)
