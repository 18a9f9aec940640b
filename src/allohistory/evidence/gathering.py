"""Readings of many draws put together into items: one line an occasion, the mean over draws of its probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allohistory.evidence.items import (
    CHOICE,
    CLOCK,
    ENTITY_MASK,
    ENTITY_SHIFT,
    NO,
    RULE_SHIFT,
    SHOCK,
    YES,
    Items,
)
from allohistory.timeline.shape import OPTIONS

if TYPE_CHECKING:
    from allohistory.evidence.items import Reader, Reading


class Gathering:
    """Sums over draws. A draw speaks up to the week in which its world is set aside, and with its fatal 0."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.readings: list[Reading] = []
        rows, weeks, quarters = reader.clock_rows, reader.weeks, len(reader.starts)
        self.alive = np.zeros((rows, quarters))  # draws that speak of this quarter
        self.chance, self.weeks = np.zeros((rows, quarters)), np.zeros((rows, quarters))
        self.exposure, self.arises = np.zeros((rows, quarters)), np.zeros((rows, quarters))
        self.ever = np.zeros((rows, weeks), bool)  # weeks at risk in any draw
        self.draws = 0  # that were never set aside
        self.weekly = np.zeros((rows, weeks))  # the chance of what each week brought, where it was at risk
        self.heard = np.zeros((rows, weeks))  # in so many draws; in the others silence was certain
        self.weekly_draws = np.zeros((rows, weeks))  # draws that speak of a week, of those set aside

    def add(self, reading: Reading) -> None:
        """One more draw."""
        self.readings.append(reading)
        self._add_clocks(reading)

    def _add_clocks(self, reading: Reading) -> None:
        """Chance of at least one firing a quarter, and of each week as it went; only weeks at risk need any work."""
        r, weeks = self.reader, self.reader.weeks
        risky = np.flatnonzero((reading.hazard > 0.0) | r.fired)
        hazard = reading.hazard.ravel()[risky]
        as_it_went = np.where(r.fired.ravel()[risky], -np.expm1(-hazard), np.exp(-hazard))
        speaks: np.ndarray | float = 1.0
        heard: np.ndarray | float = 1.0
        if reading.aside < weeks:
            speaks_weeks, speaks = self._speaks(reading)
            heard = speaks_weeks.ravel()[risky]
            self.weekly_draws += speaks_weeks
        else:
            self.draws += 1
        self.weekly.ravel()[risky] += heard * as_it_went
        self.heard.ravel()[risky] += heard
        counts = r.counted.ravel()[risky]
        at = risky[counts]
        so_far, weeks_so_far = r.sums(hazard[counts], at), r.sums(np.ones(len(at)), at)
        more = np.where(weeks_so_far > 0.0, r.left / np.maximum(weeks_so_far, 1.0), 0.0)
        chance = -np.expm1(-so_far * (1.0 + more))
        if reading.aside < weeks:
            chance[r.by_quarter(r.fired & (reading.hazard == 0.0)) > 0.0] = 0.0
        self.chance += speaks * chance
        self.alive += speaks
        self.weeks += speaks * r.sums(np.ones(len(risky)), risky)
        self.exposure += speaks * weeks_so_far * (1.0 + more)
        self.arises += speaks * (weeks_so_far > 0.0)
        self.ever.ravel()[at] = True

    def _speaks(self, reading: Reading) -> tuple[np.ndarray, np.ndarray]:
        """Of which weeks and quarters this draw speaks, as 0 and 1: those before its world was set aside.

        The clock that killed the world speaks of its own week too: it was given no chance at all.
        """
        r, last = self.reader, reading.aside
        ended = np.append(r.starts[1:], r.weeks) - 1
        of_weeks = np.tile(np.arange(r.weeks) < last, (r.clock_rows, 1))
        of_quarters = np.tile(ended < last, (r.clock_rows, 1))
        fatal = r.fired[:, last] & (reading.hazard[:, last] == 0.0)
        of_weeks[fatal, last] = True
        of_quarters[fatal, r.quarter_of[last]] = True
        return of_weeks.astype(float), of_quarters.astype(float)

    def items(self) -> Items:
        """Everything, choices first."""
        parts = [self._occasions(), self._quarters()]
        names = parts[0].keys()
        whole = Items(**{name: np.concatenate([part[name] for part in parts]) for name in names})
        return whole.where(np.lexsort((whole.entity, whole.week, whole.rule, whole.kind)))

    def _occasions(self) -> dict[str, np.ndarray]:
        """Choices and shocks. Which week an occasion arose in, and what was taken, is our history's in every draw."""
        r = self.reader
        draws = max(len(self.readings), 1)
        keys = np.unique(np.concatenate([np.zeros(0, np.int64), *(one.keys for one in self.readings)]))
        n = len(keys)
        total, count, week = np.zeros((n, OPTIONS)), np.zeros(n), np.zeros(n, np.int64)
        took = np.zeros(n)
        is_open = np.zeros((n, OPTIONS), bool)
        for one in self.readings:
            places = np.searchsorted(keys, one.keys)
            chance = np.exp(one.log_chance)
            week[places] = one.week_of
            took[places] = one.took
            impossible = ~(_of(chance, self._taken(one)) > 0.0)
            speaks = (one.week_of < one.aside) | ((one.week_of == one.aside) & impossible)
            total[places[speaks]] += chance[speaks]
            count[places[speaks]] += 1.0
            is_open[places[speaks]] |= chance[speaks] > 0.0
        rule = keys >> RULE_SHIFT
        kind = r.kind_of[rule]
        shock = kind == SHOCK
        zeros = np.zeros(n)
        return {
            "key": keys,
            "kind": kind,
            "rule": rule,
            "entity": (keys >> ENTITY_SHIFT) & ENTITY_MASK,
            "week": week,
            "year": r.blueprint.year_of[week],
            "quarter": r.quarter_of[week],
            "took": np.where(shock, -1, took).astype(np.int64),
            "silent": np.where(shock, -1, r.silent_of[rule]),
            "options": r.options_of[rule],
            "chance": total / np.maximum(count, 1.0)[:, None],
            "open": is_open,
            "arises": count / draws,
            "exposure": zeros,
            "weekly": zeros,
            "weeks": zeros,
            "firings": zeros,
            "moved": np.where(~shock & (took != np.maximum(r.silent_of[rule], 0)), week, -1),
            "value": np.where(shock, took, np.nan),
            "half": _halves(r, keys, shock),
        }

    def _taken(self, one: Reading) -> np.ndarray:
        """The column of what was taken: an option, or the first for a shock."""
        shock = self.reader.kind_of[one.keys >> RULE_SHIFT] == SHOCK
        return np.where(shock, 0, one.took).astype(np.int64)

    def _first(self, rows: np.ndarray, quarters: np.ndarray) -> np.ndarray:
        """Weeks from the start of a quarter to the first at risk in any draw."""
        weeks = np.arange(self.reader.weeks)
        first = [
            np.argmax(self.ever[row] & (weeks >= start))
            for row, start in zip(rows, self.reader.starts[quarters], strict=True)
        ]
        return np.asarray(np.array(first, np.int64) - self.reader.starts[quarters])

    def _quarters(self) -> dict[str, np.ndarray]:
        """Quarters of clocks that were at risk in any draw."""
        r = self.reader
        draws = max(len(self.readings), 1)
        rows, quarters = np.nonzero(self.arises > 0.0)
        alive = np.maximum(self.alive, 1.0)
        speaking = self.weekly_draws + self.draws
        with np.errstate(divide="ignore"):
            weekly = np.log((self.weekly + (speaking - self.heard)) / np.maximum(speaking, 1.0))
        weekly = r.by_quarter(np.where(speaking > 0.0, weekly, 0.0))
        n = len(rows)
        chance = np.zeros((n, OPTIONS))
        chance[:, YES] = (self.chance / alive)[rows, quarters]
        chance[:, NO] = 1.0 - chance[:, YES]
        week = r.starts[quarters] + self._first(rows, quarters)
        took = (r.firings[rows, quarters] > 0.0).astype(np.int64)
        return {
            "key": rows * len(r.starts) + quarters,
            "kind": np.full(n, CLOCK),
            "rule": r.rule_of_row[rows],
            "entity": r.entity_of_row[rows],
            "week": week,
            "year": r.blueprint.year_of[r.starts[quarters]],
            "quarter": quarters,
            "took": took,
            "silent": np.full(n, NO),
            "options": np.full(n, YES + 1),
            "chance": chance,
            "open": np.arange(OPTIONS) < np.full((n, 1), YES + 1),
            "arises": self.arises[rows, quarters] / draws,
            "exposure": (self.exposure / alive)[rows, quarters],
            "weekly": weekly[rows, quarters],
            "weeks": (self.weeks / alive)[rows, quarters],
            "firings": r.firings[rows, quarters],
            "moved": r.last_fired[rows, quarters].astype(np.int64),
            "value": np.full(n, np.nan),
            "half": np.zeros(n),
        }


def _of(chance: np.ndarray, column: np.ndarray) -> np.ndarray:
    return np.asarray(chance[np.arange(len(chance)), column])


def _halves(reader: Reader, keys: np.ndarray, shock: np.ndarray) -> np.ndarray:
    """Half the rounding interval of the shocks among these occasions; 0 for choices."""
    half = np.zeros(len(keys))
    half[shock] = reader.half_of(keys[shock])
    return half


def is_item(items: Items, at_least: float) -> np.ndarray:
    """Which lines are forecast: occasions of enough draws, with at least two options open."""
    decided = (items.kind != CHOICE) | (np.sum(items.open, axis=1) > 1)
    return np.asarray((items.arises >= at_least) & decided)
