"""A scenario's timelines by name: run a list of them, forked or not, with or without their logs.

A name is the number of a root timeline and its forks, pairs of a week and a salt: from that week on every address takes
the salt, so that all before it stays bit for bit and all after it is new luck from the same laws (luck/address.py). A
timeline is always run from its first week; so the same name gives the same timeline wherever it is run, and it has an
address like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allohistory.ensemble.gathered import Ensemble, empty
from allohistory.questions.logged import COLUMNS, Logged, events_of
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import START
from allohistory.timeline.shape import LOG

if TYPE_CHECKING:
    from allohistory.questions.worlds import Worlds
    from allohistory.timeline.model import Model
    from allohistory.timeline.plan import Plan

Forks = tuple[tuple[int, int], ...]
Finished = Callable[[int], None]


@dataclass(frozen=True)
class Name:
    """A timeline of a plan: its root and its forks, ascending by week."""

    timeline: int
    forks: Forks = ()

    def forked(self, week: int, salt: int) -> Name:
        """New luck from this week on; forks of that week or later are undone by it."""
        return Name(self.timeline, (*(fork for fork in self.forks if fork[0] < week), (week, salt)))


class Histories:
    """Runs named timelines of one plan; the memories of its threads are kept from call to call."""

    def __init__(self, model: Model, plan: Plan, workers: int = 1) -> None:
        self.model, self.plan, self.workers = model, plan, max(1, workers)
        self.memories: list[Memory] = []
        rules = model.blueprint.drawn
        self.wanted = np.zeros(1 + max(rule.number for rule in rules), bool)
        self.wanted[[rule.number for rule in rules if rule.draws != "shock"]] = True

    def run(self, names: Sequence[Name], *, logged: bool = False, finished: Finished | None = None) -> Logged:
        """Run them all; the ensemble's rows are in the order of the names, its columns without those set aside."""
        gathered = _rows_for(self.model, self.plan, names)
        count = len(names)
        logs: list[np.ndarray | None] = [None] * count
        before = np.full((count, len(self.model.blueprint.outcomes)), -1, np.int32)
        cut = np.zeros(count, bool)

        def work(memory: Memory, rows: np.ndarray) -> None:
            memory.load_plan(self.plan)
            loaded, impossible = -1, False
            for row in rows.tolist():
                if gathered.draw[row] != loaded:
                    loaded = int(gathered.draw[row])
                    impossible = self._load(memory, loaded)
                if impossible:
                    gathered.set_aside(row, 1, 1, memory)
                    continue
                memory.c.logging = int(logged)
                _set_forks(memory, names[row].forks)
                memory.run_many(names[row].timeline, self.plan.draws, 1)
                gathered.take(row, 1, 1, memory)
                if logged:
                    logs[row], before[row] = events_of(memory, self.wanted)
                    cut[row] = int(memory.c.logged) > LOG
                if finished is not None:
                    finished(1)

        self._share(work, np.argsort(gathered.draw, kind="stable"))
        return _logged(gathered, logs, before, cut)

    def _load(self, memory: Memory, draw: int) -> bool:
        """Load a draw; whether its factual world cannot be replayed."""
        memory.c.logging = 0
        memory.load_draw(draw, ledger=self.plan.horizon != START)
        return self.plan.horizon != START and bool(memory.c.aside)

    def _share(self, work: Callable[[Memory, np.ndarray], None], order: np.ndarray) -> None:
        threads = max(1, min(self.workers, len(order)))
        while len(self.memories) < threads:
            self.memories.append(Memory(self.model.blueprint))
        shares = np.array_split(order, threads)
        if threads == 1:
            work(self.memories[0], shares[0])
            return
        with ThreadPoolExecutor(threads) as pool:
            for task in [
                pool.submit(work, *each) for each in zip(self.memories[:threads], shares, strict=True)
            ]:
                task.result()


def _rows_for(model: Model, plan: Plan, names: Sequence[Name]) -> Ensemble:
    gathered = empty(model.blueprint, plan, 0, len(names))
    gathered.timeline[:] = [name.timeline for name in names]
    gathered.draw[:] = gathered.timeline % plan.draws
    return gathered


def _set_forks(memory: Memory, forks: Forks) -> None:
    memory.c.forks = len(forks)
    for i, (week, salt) in enumerate(forks):
        memory.c.fork_week[i], memory.c.fork_salt[i] = week, salt


def _logged(gathered: Ensemble, logs: list[np.ndarray | None], before: np.ndarray, cut: np.ndarray) -> Logged:
    kept = np.flatnonzero(gathered.aside == 0)
    found = [log for log in (logs[row] for row in kept) if log is not None]
    columns = np.concatenate(found, axis=1) if found else np.zeros((COLUMNS, 0), np.int32)
    rows = np.repeat(np.arange(len(found)), [log.shape[1] for log in found])
    rule, entity, week, key, value, day = columns
    return Logged(
        gathered, len(kept), rows, rule, entity, week, key, value, day, before[kept], int(cut.sum())
    )


def address_of(worlds: Worlds, name: Name) -> str:
    """The address of a named timeline of a question's own worlds."""
    from dataclasses import replace

    from allohistory.questions.addresses import named_of
    from allohistory.timeline.named import address_of as text_of

    return text_of(worlds.model, replace(named_of(worlds, name.timeline), forks=name.forks))
