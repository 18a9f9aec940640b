"""What an ensemble leaves in memory: outcomes by timeline, costs of the changes, histograms of the main series."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from allohistory.timeline.blueprint import Blueprint
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import Plan
from allohistory.timeline.shape import BINS


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

    def take(self, first: int, step: int, count: int, memory: Memory) -> None:
        """Copy the first `count` lines of a memory's sheet to the rows first, first + step, ..."""
        c, lines, rows = memory.c, slice(0, count), slice(first, first + step * (count - 1) + 1, step)
        for name in ("aside", "aside_rule", "aside_week", "departed", "departures", "returned", "hindsight"):
            getattr(self, name)[rows] = getattr(c, f"sheet_{name}")[lines]
        for name in ("value", "day", "log_probability", "bits", "applied"):
            column = getattr(self, name)
            column[rows] = getattr(c, f"sheet_{name}")[lines, : column.shape[1]]
        self.done[rows] = True

    def set_aside(self, first: int, step: int, count: int, memory: Memory) -> None:
        """Mark as many rows of a draw whose factual world could not be replayed."""
        c, rows = memory.c, slice(first, first + step * (count - 1) + 1, step)
        self.done[rows] = True
        self.aside[rows], self.aside_rule[rows], self.aside_week[rows] = c.aside, c.aside_rule, c.aside_week

    def count(self, memory: Memory) -> None:
        """Add a memory's histograms."""
        self.histogram += memory.c.histogram[: len(self.histogram)]

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
        return replace(self, **{name: getattr(self, name)[rows] for name in ROWS})


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
    return replace(a, **rows, histogram=a.histogram + b.histogram)


def quantiles(ensemble: Ensemble, blueprint: Blueprint, at: tuple[float, ...]) -> np.ndarray:
    """(series, quarters, len(at)): quantiles of the main series, read off the histograms (to one bin's width)."""
    low, scale = blueprint.bins
    counts = ensemble.histogram.astype(float)
    total = np.maximum(counts.sum(axis=2, keepdims=True), 1.0)
    below = np.concatenate([np.zeros_like(counts[:, :, :1]), np.cumsum(counts, axis=2)], axis=2) / total
    found = np.empty((*counts.shape[:2], len(at)))
    edges = np.arange(BINS + 1)
    for s in range(counts.shape[0]):
        for q in range(counts.shape[1]):
            found[s, q] = low[s] + np.interp(at, below[s, q], edges) / scale[s]
    return found
