"""Timelines run with their logs kept: what fired and what was chosen, as flat columns over a whole ensemble."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allohistory.ensemble.gathered import Ensemble, empty
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import START, Plan
from allohistory.timeline.shape import LOG

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

KEY_SHIFT = 21  # an occasion holds its week key above entity and step


@dataclass(frozen=True)
class Logged:
    """An ensemble and its logs; row counts the kept timelines only.

    rule, entity, week, key, value   (events,) of everything that was not silence
    """

    ensemble: Ensemble
    kept: int
    row: np.ndarray
    rule: np.ndarray
    entity: np.ndarray
    week: np.ndarray
    key: np.ndarray
    value: np.ndarray


def run_logged(model: Model, plan: Plan, count: int) -> Logged:
    """Run the first `count` timelines of a plan on one thread, each with its log."""
    memory, gathered = Memory(model.blueprint), empty(model.blueprint, plan, 0, count)
    memory.load_plan(plan)
    parts = []
    for draw in range(min(plan.draws, count)):
        memory.c.logging = 0
        memory.load_draw(draw, ledger=plan.horizon != START)
        memory.c.logging = 1
        for row in range(draw, count, plan.draws):
            memory.run_many(row, plan.draws, 1)
            gathered.take(row, plan.draws, 1, memory)
            parts.append((row, _events(memory)))
    parts.sort(key=lambda part: part[0])
    kept = gathered.aside == 0
    place = np.cumsum(kept) - 1
    wanted = [(int(place[row]), events) for row, events in parts if kept[row]]
    columns = np.concatenate([events for _, events in wanted], axis=1)
    rows = np.repeat([row for row, _ in wanted], [events.shape[1] for _, events in wanted])
    rule, entity, week, key, value = columns
    whole = (rule.astype(int), entity.astype(int), week.astype(int), key.astype(int))
    return Logged(gathered.finished(), int(kept.sum()), rows, *whole, value)


def _events(memory: Memory) -> np.ndarray:
    """(5, events): rule, entity, week, key and value of a timeline's log."""
    c = memory.c
    n = min(int(c.logged), LOG)
    key = np.asarray(c.log_occasion[:n]) >> KEY_SHIFT
    return np.array([c.log_rule[:n], c.log_entity[:n], c.log_week[:n], key, c.log_value[:n]], dtype=float)
