"""What the engine must know of a scenario, as plain data, whatever it was read from.

A scenario's book becomes a blueprint once (`model.py`); the textbook scenarios of the tests write theirs by
hand. Everything is already in numbers: weeks, rows, options, so that nothing here knows any history.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from allohistory.timeline.shape import BINS, Shape, field_of, first_values, record_dtype

Draws = str


@dataclass(frozen=True)
class RuleFacts:
    """One rule as the engine sees it: its frozen number, its draw, its entities, its place in the week's order."""

    id: str
    number: int
    draws: Draws
    entities: tuple[str, ...] = ("",)
    options: tuple[str, ...] = ()
    silent: int = -1
    place: int = 0
    latent: bool = False


@dataclass(frozen=True)
class VariableFacts:
    """One variable of the world: first value (one an entity), and the range it may never leave."""

    id: str
    start: tuple[float, ...]
    low: float
    high: float
    entities: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class EntryFacts:
    """One recorded draw: its address (rule, entity, key, step), its week and day, and what it took.

    took   a day (1 to 7) for a clock, an option's number for a choice, a value for a shock
    half   half the rounding interval of a recorded value, in the rule's unit
    """

    id: str
    rule: str
    entity: int
    key: int
    step: int
    week: int
    day: int
    took: float
    half: float = 0.5


@dataclass(frozen=True)
class CoverageFacts:
    """Between these weeks (both included) the list of this rule's entries is complete; entity -1 means every one."""

    rule: str
    entity: int
    first: int
    last: int


@dataclass(frozen=True)
class Blueprint:
    """A scenario in numbers.

    run_worlds         the scenario's compiled loop
    parameter_draws    (draws, parameters) float64, in the order of `parameters`
    latent_seeds       one a draw
    year_of, month_of, week_of_year_of   the calendar by week
    """

    name: str
    run_worlds: Callable[..., Any]
    weeks: int
    rules: tuple[RuleFacts, ...]
    variables: tuple[VariableFacts, ...]
    parameters: tuple[str, ...]
    parameter_draws: np.ndarray
    latent_seeds: np.ndarray
    outcomes: tuple[str, ...]
    series: tuple[str, ...]
    entries: tuple[EntryFacts, ...]
    coverage: tuple[CoverageFacts, ...]
    year_of: np.ndarray
    month_of: np.ndarray
    week_of_year_of: np.ndarray
    names: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def rule_of(self) -> dict[str, RuleFacts]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def rule_numbered(self) -> dict[int, RuleFacts]:
        """Rules by frozen number."""
        return {rule.number: rule for rule in self.rules}

    @cached_property
    def drawn(self) -> tuple[RuleFacts, ...]:
        """The rules that draw, clocks first."""
        clocks = [rule for rule in self.rules if rule.draws == "clock"]
        others = [rule for rule in self.rules if rule.draws in ("choice", "shock")]
        return tuple(clocks + others)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """First row of each drawing rule; entity e stands e rows further."""
        rows, free = {}, 0
        for rule in self.drawn:
            rows[rule.id] = free
            free += len(rule.entities)
        return rows

    @cached_property
    def world_dtype(self) -> np.dtype:
        """How the world record is laid out."""
        sizes = {v.id: len(v.entities) for v in self.variables if v.entities != ("",)}
        return record_dtype([v.id for v in self.variables], sizes)

    @cached_property
    def parameter_dtype(self) -> np.dtype:
        """How the parameter record is laid out."""
        return record_dtype(self.parameters)

    @cached_property
    def variable_place(self) -> dict[str, tuple[int, int]]:
        """Where each variable stands in the flat world: (first position, how many)."""
        places = first_values(self.world_dtype)
        return {v.id: places[field_of(v.id)] for v in self.variables}

    @cached_property
    def parameter_place(self) -> dict[str, int]:
        """Where each parameter stands in the flat parameters."""
        places = first_values(self.parameter_dtype)
        return {id: places[field_of(id)][0] for id in self.parameters}

    @cached_property
    def bins(self) -> tuple[np.ndarray, np.ndarray]:
        """Low end and bins per unit of each main series."""
        ranges = {v.id: (v.low, v.high) for v in self.variables}
        low = np.array([ranges[id][0] for id in self.series], float)
        high = np.array([ranges[id][1] for id in self.series], float)
        return low, BINS / np.where(high > low, high - low, 1.0)

    @cached_property
    def shape(self) -> Shape:
        """The sizes of this scenario's context."""
        clock_rows = sum(len(rule.entities) for rule in self.drawn if rule.draws == "clock")
        return Shape(
            weeks=self.weeks,
            rules=max((rule.number for rule in self.rules), default=0) + 1,
            rows=max(sum(len(rule.entities) for rule in self.drawn), 1),
            clock_rows=max(clock_rows, 1),
            entry_slots=power_of_two(4 * len(self.entries) + 64),
            ledger_slots=power_of_two(8 * len(self.entries) + 4 * self.weeks),
            outcomes=max(len(self.outcomes), 1),
            series=len(self.series),
            values=self.world_dtype.itemsize // 8,
        )


def power_of_two(least: int) -> int:
    """The smallest power of two that is at least this."""
    return 1 << max(least - 1, 1).bit_length()
