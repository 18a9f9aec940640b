"""Timelines run with their logs kept: what fired and what was chosen, as flat columns over a whole ensemble."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allohistory.ensemble.gathered import Ensemble, empty
from allohistory.ensemble.run import run
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import START, Plan
from allohistory.timeline.shape import LOG

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

KEY_SHIFT = 21  # an occasion holds its week key above entity and step
DAYS_A_WEEK = 7
COLUMNS = 6


@dataclass(frozen=True)
class Logged:
    """An ensemble and its logs; row counts the kept timelines only.

    rule, entity, week, key, value, day   (events,) of every firing and choice that was not silence; a choice's value
                                          is its option's place; day counts from the scenario's first
    cut                                   timelines in which more happened than a log holds, and the rest is missing
    before                                (kept, outcomes) of a timeline's firings and choices, how many had come when
                                          the outcome was marked; -1 where it was not
    """

    ensemble: Ensemble
    kept: int
    row: np.ndarray
    rule: np.ndarray
    entity: np.ndarray
    week: np.ndarray
    key: np.ndarray
    value: np.ndarray
    day: np.ndarray
    before: np.ndarray
    cut: int = 0


def run_logged(
    model: Model,
    plan: Plan,
    count: int,
    *,
    workers: int = 1,
    finished: Callable[[int], None] | None = None,
) -> Logged:
    """Run the first `count` timelines of a plan, each with its log; shocks are left out of it.

    finished  told how many are done since its last call
    """
    gathered = empty(model.blueprint, plan, 0, count)
    logs: list[np.ndarray | None] = [None] * count
    before = np.full((count, len(model.blueprint.outcomes)), -1, np.int32)
    counted = np.array([rule.draws != "shock" for rule in model.blueprint.drawn])
    wanted = np.zeros(1 + max(rule.number for rule in model.blueprint.drawn), bool)
    wanted[[rule.number for rule in model.blueprint.drawn]] = counted
    cut = np.zeros(count, bool)

    def work(draws: range) -> None:
        memory = Memory(model.blueprint)
        memory.load_plan(plan)
        for draw in draws:
            memory.c.logging = 0
            memory.load_draw(draw, ledger=plan.horizon != START)
            memory.c.logging = 1
            rows = range(draw, count, plan.draws)
            for row in rows:
                memory.run_many(row, plan.draws, 1)
                gathered.take(row, plan.draws, 1, memory)
                logs[row], before[row] = events_of(memory, wanted)
                cut[row] = int(memory.c.logged) > LOG  # a place a row: threads share none
            if finished is not None:
                finished(len(rows))

    draws = min(plan.draws, count)
    threads = max(1, min(workers, draws))
    with ThreadPoolExecutor(threads) as pool:
        for task in [pool.submit(work, range(first, draws, threads)) for first in range(threads)]:
            task.result()
    kept = np.flatnonzero(gathered.aside == 0)
    found = [log for log in (logs[row] for row in kept) if log is not None]
    columns = np.concatenate(found, axis=1) if found else np.zeros((COLUMNS, 0), np.int32)
    rows = np.repeat(np.arange(len(found)), [log.shape[1] for log in found])
    rule, entity, week, key, value, day = columns
    done = gathered.finished()
    return Logged(done, len(found), rows, rule, entity, week, key, value, day, before[kept], int(cut.sum()))


def run_bare(
    model: Model,
    plan: Plan,
    count: int,
    *,
    workers: int = 1,
    finished: Callable[[int], None] | None = None,
) -> Logged:
    """The same timelines without their logs: outcomes only, for ensembles that are larger."""
    ensemble = run(model.blueprint, plan, count=count, workers=workers, progress=finished)
    none = np.zeros(0, np.int32)
    before = np.full((0, len(model.blueprint.outcomes)), -1, np.int32)
    return Logged(ensemble, int(ensemble.kept.sum()), none, none, none, none, none, none, none, before)


def events_of(memory: Memory, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(6, events): rule, entity, week, key, value and day of a timeline's log, of the rules that are wanted.

    With it, for each outcome, how many of these events the log had when it was marked.
    """
    c = memory.c
    n = min(int(c.logged), LOG)
    rule = np.asarray(c.log_rule[:n])
    mine = wanted[rule]
    week = np.asarray(c.log_week[:n])[mine]
    key = np.asarray(c.log_occasion[:n])[mine] >> KEY_SHIFT
    day = week * DAYS_A_WEEK + np.asarray(c.log_day[:n])[mine]
    entity, value = (np.asarray(column[:n])[mine] for column in (c.log_entity, c.log_value))
    marked = np.asarray(c.outcome_logged)
    counted = np.concatenate([[0], np.cumsum(mine)])
    before = np.where(marked >= 0, counted[np.clip(marked, 0, n)], -1)
    return np.array([rule[mine], entity, week, key, value, day], dtype=np.int32), before
