"""What the rules gave to everything that the record says, read off replays: one probability an item and draw.

reader = Reader(blueprint)
items = reader.items(values, seeds)     replays our history under each draw; the mean over draws is the forecast

An item is an occasion of a rule that the record covers: a choice with all its options, a calendar quarter of a
clock (did it fire at least once?), a shock over its rounding interval. What makes an item, and how it is weighed,
is said in the scenario's `forecasts.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from allohistory.evidence.likelihood import one_draw
from allohistory.timeline.blueprint import Blueprint
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, Plan
from allohistory.timeline.replay import address_of
from allohistory.timeline.shape import OPTIONS

CHOICE, CLOCK, SHOCK = 0, 1, 2
KINDS = ("choice", "clock", "shock")
MONTHS_A_QUARTER, QUARTERS_A_YEAR = 3, 4
NO, YES = 0, 1  # the two options of a clock's quarter
ENTITY_SHIFT, ENTITY_MASK, RULE_SHIFT = 9, 0xFFF, 32


@dataclass(frozen=True)
class Items:
    """Items in rows, in order of kind, rule, week and entity. Every array has a line an item.

    key          of a choice or shock: rule and occasion; of a clock: row and quarter
    kind         CHOICE, CLOCK or SHOCK
    rule         frozen number; entity: its place
    week         of the decision; of a clock the first week at risk of its quarter
    year, quarter   quarters count from the first week's
    took         the option that our history took; a clock's quarter: 1 if it fired; -1 for a shock
    silent       the option that the record leaves unsaid, of a clock that it keeps silent; -1 where there is none
    options      how many the rule has
    chance       (items, OPTIONS) mean over draws of the probability of each option; of a shock only the first
    open         (items, OPTIONS) could the option come in any draw?
    arises       share of the draws in which the occasion arises
    exposure     weeks at risk of a clock's quarter, as if it had not fired; mean over draws
    weekly       of a clock: natural log of the probability of its weeks, each the mean over draws; else 0
    weeks        weeks at risk of a clock's quarter as it went, mean over draws
    firings      of a clock, in its quarter
    moved        the last week in which it did anything but keep still; -1 where it did not
    value, half  of a shock: what the record says, and half its rounding interval
    """

    key: np.ndarray
    kind: np.ndarray
    rule: np.ndarray
    entity: np.ndarray
    week: np.ndarray
    year: np.ndarray
    quarter: np.ndarray
    took: np.ndarray
    silent: np.ndarray
    options: np.ndarray
    chance: np.ndarray
    open: np.ndarray
    arises: np.ndarray
    exposure: np.ndarray
    weekly: np.ndarray
    weeks: np.ndarray
    firings: np.ndarray
    moved: np.ndarray
    value: np.ndarray
    half: np.ndarray

    def __len__(self) -> int:
        return len(self.key)

    def where(self, chosen: np.ndarray) -> Items:
        """Some of the items: a mask, or places."""
        return replace(self, **{one.name: getattr(self, one.name)[chosen] for one in fields(self)})

    @property
    def of_taken(self) -> np.ndarray:
        """The probability of what happened."""
        return np.asarray(self.chance[np.arange(len(self)), np.maximum(self.took, 0)])

    @property
    def still(self) -> np.ndarray:
        """The option that "nothing" is: the silent one, else the first."""
        return np.asarray(np.maximum(self.silent, 0))

    def weights(self) -> np.ndarray:
        """One for each rule, entity and quarter, shared evenly by its occasions."""
        together = np.stack([self.rule, self.entity, self.quarter], axis=1)
        _, group, count = np.unique(together, axis=0, return_inverse=True, return_counts=True)
        return np.asarray(1.0 / count[group.reshape(-1)])


@dataclass(frozen=True)
class Reading:
    """One replay: choices and shocks by key with their log-probabilities, clocks by row and week.

    keys         sorted; week_of: the week each arose
    took         what our history took: an option, or a shock's value
    log_chance   (occasions, OPTIONS); of a shock only the first column
    hazard       (rows, weeks), 0 where the record does not speak
    aside        the week in which the world was set aside, else the number of weeks
    """

    keys: np.ndarray
    week_of: np.ndarray
    took: np.ndarray
    log_chance: np.ndarray
    hazard: np.ndarray
    aside: int


class Reader:
    """Replays a blueprint under many draws. Not for use by two threads at once.

    last_week   the last week to be replayed (the scenario's last unless said otherwise)
    """

    def __init__(self, blueprint: Blueprint, last_week: int | None = None) -> None:
        self.blueprint = blueprint
        self.memory = Memory(one_draw(blueprint))
        self.memory.load_plan(Plan(horizon=END))
        self.weeks = blueprint.weeks if last_week is None else last_week + 1
        self.memory.c.weeks = self.weeks
        size = max((rule.number for rule in blueprint.rules), default=0) + 1
        self.kind_of, self.options_of = np.full(size, -1), np.zeros(size, np.int64)
        self.silent_of = np.zeros(size, np.int64)
        for rule in blueprint.drawn:
            self.kind_of[rule.number] = KINDS.index(rule.draws)
            self.options_of[rule.number] = 1 if rule.draws == "shock" else len(rule.options)
            self.silent_of[rule.number] = rule.silent
        self.aside = 0  # worlds set aside in the last call of `items`
        self._calendar()
        self._clocks()
        halves = {
            address_of(blueprint, e)[0] << RULE_SHIFT | address_of(blueprint, e)[1]: e.half
            for e in blueprint.entries
            if blueprint.rule_of[e.rule].draws == "shock"
        }
        self.half_keys = np.array(sorted(halves), np.int64)
        self.halves = np.array([halves[key] for key in sorted(halves)], float)

    def _calendar(self) -> None:
        """Quarters by the Monday of the week, and where each begins."""
        b = self.blueprint
        year, month = b.year_of[: self.weeks], b.month_of[: self.weeks]
        absolute = year * QUARTERS_A_YEAR + (month - 1) // MONTHS_A_QUARTER
        self.quarter_of = np.concatenate([[0], np.cumsum(absolute[1:] != absolute[:-1])])
        self.starts = np.flatnonzero(np.concatenate([[True], absolute[1:] != absolute[:-1]]))

    def _clocks(self) -> None:
        """What the record says of each clock's weeks, once and for all draws."""
        b, c = self.blueprint, self.memory.c
        clocks = [rule for rule in b.drawn if rule.draws == "clock"]
        self.clock_rows = sum(len(rule.entities) for rule in clocks)
        self.rule_of_row = np.array([rule.number for rule in clocks for _ in rule.entities], np.int64)
        self.entity_of_row = np.array([e for rule in clocks for e in range(len(rule.entities))], np.int64)
        rows, weeks = self.clock_rows, self.weeks
        self.quarter_at = (np.arange(rows)[:, None] * len(self.starts) + self.quarter_of).ravel()
        self.covered = c.covered[:rows, :weeks] != 0
        self.fired = (c.fired[:rows, :weeks] > 0) & self.covered
        self.day = np.where(self.fired, c.fired[:rows, :weeks] - 1, 0)
        before = np.ones((rows, weeks), bool)
        for start, end in zip(self.starts, [*self.starts[1:], weeks], strict=True):
            firings = np.cumsum(self.fired[:, start:end], axis=1)
            before[:, start:end] = firings - self.fired[:, start:end] == 0
        self.counted = before & self.covered  # up to and including the first firing of the quarter
        self.left = self.by_quarter(~before & self.covered)
        self.firings = self.by_quarter(self.fired)
        week = np.where(self.fired, np.arange(weeks), -1)
        self.last_fired = np.maximum.reduceat(week, self.starts, axis=1) if rows else self.firings

    def by_quarter(self, weekly: np.ndarray) -> np.ndarray:
        """(rows, quarters) sums of (rows, weeks)."""
        return self.sums(weekly.ravel(), np.arange(weekly.size))

    def sums(self, numbers: np.ndarray, places: np.ndarray) -> np.ndarray:
        """(rows, quarters) sums of some weeks of some clocks.

        places   of the numbers in the flat (rows, weeks)
        """
        rows, quarters = self.clock_rows, len(self.starts)
        found = np.bincount(self.quarter_at[places], numbers, rows * quarters)
        return np.asarray(found.reshape(rows, quarters))

    def read(self, values: np.ndarray, seed: int) -> Reading:
        """Replay our history under one draw.

        values   (parameters,) in the blueprint's order, in their units
        seed     of the latent luck
        """
        memory = self.memory
        memory.drawn[memory.positions] = values
        memory.c.latent_seed = seed
        memory.replay()
        return self.reading()

    def reading(self) -> Reading:
        """What the last replay left in the memory."""
        c = self.memory.c
        slots = np.flatnonzero(c.ledger_key >= 0)
        slots = slots[np.argsort(c.ledger_key[slots])]
        keys, inputs = c.ledger_key[slots], c.ledger_inputs[slots]
        rules = keys >> RULE_SHIFT
        shocks = self.kind_of[rules] == SHOCK
        is_open = np.arange(OPTIONS) < self.options_of[rules][:, None]
        log_chance = log_shares(np.where(is_open, inputs, -np.inf))
        half = self.half_of(keys[shocks])
        log_chance[shocks, 0] = log_interval(c.ledger_took[slots][shocks], half, *inputs[shocks, :2].T)
        aside = int(c.aside_week) if c.aside != 0 else self.weeks
        hazard = np.where(self.covered, c.hazard[: self.clock_rows, : self.weeks], 0.0)
        return Reading(keys, c.ledger_week[slots], c.ledger_took[slots], log_chance, hazard, aside)

    def half_of(self, keys: np.ndarray) -> np.ndarray:
        """Half the rounding interval of recorded shocks."""
        if not len(keys):
            return np.zeros(0)
        return self.halves[np.searchsorted(self.half_keys, keys)]

    def log_days(self) -> float:
        """Natural log of the probability of the recorded days of firings within their weeks, in the last replay."""
        h, day = self.memory.c.hazard[: self.clock_rows, : self.weeks][self.fired], self.day[self.fired]
        return float(np.sum(np.log(-np.expm1(-h / 7.0)) - h * day / 7.0 - np.log(-np.expm1(-h))))

    def items(self, values: np.ndarray, seeds: np.ndarray) -> Items:
        """The items of our history with the mean over draws of what the rules gave them."""
        from allohistory.evidence.gathering import Gathering

        gathering = Gathering(self)
        self.aside = 0
        for row, seed in zip(np.atleast_2d(values), seeds, strict=True):
            reading = self.read(row, int(seed))
            self.aside += reading.aside < self.weeks
            gathering.add(reading)
        return gathering.items()


def log_shares(utilities: np.ndarray) -> np.ndarray:
    """Logarithms of logit probabilities along the last axis; -inf where closed, and everywhere if none is open."""
    top = np.max(utilities, axis=-1, keepdims=True)
    shifted = utilities - np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        total = np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
        return np.asarray(np.where(np.isfinite(total), shifted - total, -np.inf))


def log_interval(value: np.ndarray, half: np.ndarray, mean: np.ndarray, sd: np.ndarray) -> np.ndarray:
    """Natural log of the normal probability within `half` of a value, accurate far out in the tails."""
    from scipy.special import log_ndtr

    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.abs((value - mean) / sd)  # the normal is even: work in the lower tail
        upper, lower = log_ndtr(half / sd - centre), log_ndtr(-half / sd - centre)
        return np.asarray(upper + np.log1p(-np.exp(lower - upper)))
