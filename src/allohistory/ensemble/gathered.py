"""What an ensemble leaves in memory: outcomes by timeline, costs of the changes, histograms of the main series."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace

import numpy as np

from allohistory.timeline.blueprint import Blueprint
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import Plan

BINS = 64


@dataclass
class Ensemble:
    """Rows are timelines, in order.

    timeline, draw    (n,) which
    done              (n,) bool: run to its end (False where it was stopped)
    aside             (n,) why a world was set aside, 0 for none; aside_rule, aside_week where
    value             (n, outcomes) float64: 1 or 0, an option's number, an amount
    day               (n, outcomes) days since the scenario's first day, -1 for never
    log_probability   (n, changes) natural log of what the rules gave each imposed item; bits: relative entropy
    applied           (n, changes) at how many occasions each change acted
    departed          (n,) week of the first departure from the record, -1 for none; returned: entries come back
    histogram         (series, quarters, bins) counts between a variable's low and high
    """

    timeline: np.ndarray
    draw: np.ndarray
    done: np.ndarray
    aside: np.ndarray
    aside_rule: np.ndarray
    aside_week: np.ndarray
    value: np.ndarray
    day: np.ndarray
    log_probability: np.ndarray
    bits: np.ndarray
    applied: np.ndarray
    departed: np.ndarray
    departures: np.ndarray
    returned: np.ndarray
    hindsight: np.ndarray
    histogram: np.ndarray
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def take(self, row: int, memory: Memory, bins: tuple[np.ndarray, np.ndarray]) -> None:
        """Write the world that has just been run at its row."""
        c, items = memory.c, len(memory.plan.items)
        self.done[row] = True
        self.aside[row], self.aside_rule[row], self.aside_week[row] = c.aside, c.aside_rule, c.aside_week
        self.value[row] = c.outcome[: self.value.shape[1]]
        self.day[row] = c.outcome_day[: self.day.shape[1]]
        self.log_probability[row] = c.log_probability[:items]
        self.bits[row] = c.bits[:items]
        self.applied[row] = c.applied[:items]
        self.departed[row], self.departures[row] = c.departed_week, c.departures
        self.returned[row] = c.returned
        self.hindsight[row] = c.hindsight_draws
        if c.aside == 0 and len(self.histogram):
            low, scale = bins
            place = np.clip(((c.series - low[:, None]) * scale[:, None]).astype(np.int64), 0, BINS - 1)
            rows, quarters = np.indices(place.shape, sparse=True)
            with self.lock:
                self.histogram[rows, quarters, place] += 1

    def set_aside(self, row: int, memory: Memory) -> None:
        """Mark a row whose factual world could not be replayed."""
        c = memory.c
        self.done[row] = True
        self.aside[row], self.aside_rule[row], self.aside_week[row] = c.aside, c.aside_rule, c.aside_week

    def finished(self) -> Ensemble:
        """The rows that were run to their end."""
        return self if self.done.all() else self.only(self.done)

    @property
    def kept(self) -> np.ndarray:
        """(n,) bool: rows that count, not set aside."""
        found: np.ndarray = self.aside == 0
        return found

    def only(self, rows: np.ndarray) -> Ensemble:
        """Some of the rows (the histograms stay those of all)."""
        return replace(self, **{name: getattr(self, name)[rows] for name in ROWS}, lock=threading.Lock())


ROWS = (
    "timeline",
    "draw",
    "done",
    "aside",
    "aside_rule",
    "aside_week",
    "value",
    "day",
    "log_probability",
    "bits",
    "applied",
    "departed",
    "departures",
    "returned",
    "hindsight",
)


def empty(blueprint: Blueprint, plan: Plan, first: int, count: int) -> Ensemble:
    """An ensemble of this plan with nothing in it yet."""
    n, outcomes, items = count, len(blueprint.outcomes), len(plan.items)
    timeline = np.arange(first, first + count, dtype=np.int64)
    return Ensemble(
        timeline=timeline,
        draw=(timeline % plan.draws).astype(np.int64),
        done=np.zeros(n, bool),
        aside=np.zeros(n, np.uint8),
        aside_rule=np.zeros(n, np.int32),
        aside_week=np.zeros(n, np.int32),
        value=np.full((n, outcomes), np.nan),
        day=np.full((n, outcomes), -1, np.int32),
        log_probability=np.zeros((n, items)),
        bits=np.zeros((n, items)),
        applied=np.zeros((n, items), np.int32),
        departed=np.full(n, -1, np.int32),
        departures=np.zeros(n, np.int32),
        returned=np.zeros(n, np.int32),
        hindsight=np.zeros(n, np.int32),
        histogram=np.zeros((len(blueprint.series), blueprint.shape.quarters, BINS), np.int64),
    )


def join(a: Ensemble, b: Ensemble) -> Ensemble:
    """Two ensembles of one plan, one after the other."""
    rows = {name: np.concatenate([getattr(a, name), getattr(b, name)]) for name in ROWS}
    return replace(a, **rows, histogram=a.histogram + b.histogram, lock=threading.Lock())


def bins_of(blueprint: Blueprint) -> tuple[np.ndarray, np.ndarray]:
    """Low end and bins per unit of each main series."""
    ranges = {v.id: (v.low, v.high) for v in blueprint.variables}
    low = np.array([ranges[id][0] for id in blueprint.series], float)
    high = np.array([ranges[id][1] for id in blueprint.series], float)
    return low, BINS / np.where(high > low, high - low, 1.0)


def quantiles(ensemble: Ensemble, blueprint: Blueprint, at: tuple[float, ...]) -> np.ndarray:
    """(series, quarters, len(at)): quantiles of the main series, read off the histograms (to one bin's width)."""
    low, scale = bins_of(blueprint)
    counts = ensemble.histogram.astype(float)
    total = np.maximum(counts.sum(axis=2, keepdims=True), 1.0)
    below = np.concatenate([np.zeros_like(counts[:, :, :1]), np.cumsum(counts, axis=2)], axis=2) / total
    found = np.empty((*counts.shape[:2], len(at)))
    edges = np.arange(BINS + 1)
    for s in range(counts.shape[0]):
        for q in range(counts.shape[1]):
            found[s, q] = low[s] + np.interp(at, below[s, q], edges) / scale[s]
    return found
