"""The memory of one running timeline: the context record, and the world and parameter records.

All are NumPy structured types, so that compiled code sees plain structures and no Python object. The
context is the engine's own and knows no history: luck's address so far, the record and its coverage, the
ledger of the factual world, the changes asked for, outcomes and the log. World and parameters are laid out
from a scenario's tables, every number a float64, so that a change can reach any of them by its position.

    world       w.<subject>.<name>, or w.<subject>.<name>[entity]
    parameters  p.<rule id with _>.<name>
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

OPTIONS = 8  # options of one choice at the most
CHANGES = 48  # changes of one question at the most
FORKS = 8  # forks of one timeline at the most
YEARS = 32  # years of a scenario at the most
LOG = 16384  # events of one timeline kept for telling
QUARTER = 13  # weeks between two kept values of a series
LANES = 8  # draws worked side by side
SHEET = 64  # worlds that one call of the loop can run and report on
BINS = 64  # of a series' histogram, between its variable's low and high
FORBIDDEN = frozenset(dir(np.record)) | {"base", "data", "size", "T"}  # names that np.record keeps for itself

i8, f8 = np.int64, np.float64


@dataclass(frozen=True)
class Shape:
    """The sizes that lay out a scenario's context.

    weeks, rules (greatest rule number + 1), rows (one a rule and entity), clock_rows (the first of them),
    entry_slots and ledger_slots (hash tables: powers of two), outcomes, series, values (of the world)
    """

    weeks: int
    rules: int
    rows: int
    clock_rows: int
    entry_slots: int
    ledger_slots: int
    outcomes: int
    series: int
    values: int

    @property
    def queue(self) -> int:
        """Room for the clocks of a week, in whole lots of lanes."""
        return -(-self.clock_rows // LANES) * LANES

    @property
    def quarters(self) -> int:
        """How many values of a series are kept."""
        return -(-self.weeks // QUARTER)


def context_dtype(shape: Shape) -> np.dtype:
    """The context record of a scenario of this shape."""
    weeks, rules, rows = shape.weeks, shape.rules, shape.rows
    fields: list[tuple] = [
        # whose luck
        *((name, i8) for name in ("seed", "timeline", "latent_seed", "salt", "forks")),
        ("fork_week", i8, (FORKS,)),
        ("fork_salt", i8, (FORKS,)),
        # how the world is run
        *(
            (name, i8)
            for name in (
                "replaying",
                "horizon",
                "coupling",
                "clocks",
                "fast",
                "nudged_rule",
                "since",
                "tracing",
            )
        ),
        ("nudge", f8),
        ("awake", i8),  # 1: every clock is asked, whatever its ceiling (for tests)
        # how many worlds in one call, and whether their results are wanted
        *((name, i8) for name in ("worlds", "first_timeline", "timeline_step", "gathering")),
        # when
        *((name, i8) for name in ("weeks", "week", "year", "month", "week_of_year", "day", "key")),
        *((name, i8) for name in ("fired_day", "fired_key", "luck_of_week")),
        ("year_of", i8, (weeks,)),
        ("month_of", i8, (weeks,)),
        ("week_of_year_of", i8, (weeks,)),
        # the rules
        ("row_of", i8, (rules,)),
        ("place_of", i8, (rules,)),
        ("silent_of", i8, (rules,)),
        ("latent", i8, (rules,)),
        ("changed", i8, (rules,)),
        ("ordinary", i8, (rules,)),
        # the record
        ("asked", i8, (shape.clock_rows,)),
        # luck of clocks drawn ahead, a week's at once; of a choice, an option's at once (words.py)
        ("queued", i8),
        ("queue_row", i8, (shape.queue,)),
        ("queue_rule", np.uint32, (shape.queue,)),
        ("queue_occasion", np.uint32, (shape.queue,)),
        ("ahead_in_queue", f8, (shape.queue,)),
        ("ahead", f8, (shape.clock_rows,)),
        ("ahead_week", i8, (shape.clock_rows,)),
        ("ceiling", f8, (shape.clock_rows,)),
        ("noise", f8, (OPTIONS,)),
        ("covered", np.uint8, (rows, weeks)),
        ("fired", np.int8, (shape.clock_rows, weeks)),
        ("said", np.int8, (weeks, shape.clock_rows)),
        ("entry_key", i8, (shape.entry_slots,)),
        ("entry_took", f8, (shape.entry_slots,)),
        ("entry_half", f8, (shape.entry_slots,)),
        ("entry_week", i8, (shape.entry_slots,)),
        ("entry_day", i8, (shape.entry_slots,)),
        ("entries", i8),
        # the ledger of the factual world
        ("hazard", f8, (shape.clock_rows, weeks)),
        ("ledger_key", i8, (shape.ledger_slots,)),
        ("ledger_inputs", f8, (shape.ledger_slots, OPTIONS)),
        ("ledger_took", f8, (shape.ledger_slots,)),
        ("ledger_week", i8, (shape.ledger_slots,)),
        ("ledger_used", i8),
        ("log_likelihood", f8),
        ("log_likelihood_of", f8, (rules,)),
        ("log_likelihood_in", f8, (YEARS,)),
        # the changes asked for
        ("changes", i8),
        *(
            (name, i8, (CHANGES,))
            for name in (
                "change_kind",
                "change_rule",
                "change_entity",
                "change_from",
                "change_until",
                "change_key",
                "change_step",
                "change_option",
                "change_first",
                "change_count",
                "change_day",
                "change_held",
                "applied",
            )
        ),
        ("change_value", f8, (CHANGES,)),
        ("change_kept", f8, (CHANGES,)),
        ("log_probability", f8, (CHANGES,)),
        ("bits", f8, (CHANGES,)),
        # what came of it
        ("inputs", f8, (OPTIONS,)),
        *((name, i8) for name in ("aside", "aside_rule", "aside_week", "aside_entity")),
        *((name, i8) for name in ("returned", "departures", "departed_week", "departed_rule")),
        *((name, i8) for name in ("draws", "hindsight_draws", "slept")),
        ("outcome", f8, (shape.outcomes,)),
        ("outcome_day", i8, (shape.outcomes,)),
        ("outcome_logged", i8, (shape.outcomes,)),  # how many events the log had when it was marked
        ("low", f8, (shape.values,)),
        ("high", f8, (shape.values,)),
        ("series_value", i8, (max(shape.series, 1),)),
        ("series", f8, (max(shape.series, 1), shape.quarters)),
        # the sheet: what came of each world of the last call (sheet.py)
        *(
            (f"sheet_{name}", i8, (SHEET,))
            for name in ("aside", "aside_rule", "aside_week", "departed", "departures", "returned")
        ),
        *((f"sheet_{name}", i8, (SHEET,)) for name in ("hindsight", "draws", "slept")),
        ("sheet_value", f8, (SHEET, shape.outcomes)),
        ("sheet_day", i8, (SHEET, shape.outcomes)),
        ("sheet_log_probability", f8, (SHEET, CHANGES)),
        ("sheet_bits", f8, (SHEET, CHANGES)),
        ("sheet_applied", i8, (SHEET, CHANGES)),
        ("series_low", f8, (max(shape.series, 1),)),
        ("series_scale", f8, (max(shape.series, 1),)),
        ("histogram", np.uint32, (max(shape.series, 1), shape.quarters, BINS)),
        # the log
        *((name, i8) for name in ("logging", "logged")),
        *(
            (name, np.int32, (LOG,))
            for name in (
                "log_rule",
                "log_entity",
                "log_week",
                "log_day",
                "log_option",
                "log_recorded",
                "log_differs",
            )
        ),
        ("log_occasion", i8, (LOG,)),
        ("log_value", f8, (LOG,)),
        ("log_ours", f8, (LOG,)),
        ("log_chance", f8, (LOG,)),
    ]
    return np.dtype(fields, align=True)


def record_dtype(ids: Sequence[str], sizes: Mapping[str, int] | None = None) -> np.dtype:
    """A record with one nested record a group: `group.name` -> record.group.name, every number a float64.

    ids    dotted ids; the last part is the field, what stands before it the group
    sizes  how many entities an id has, where it has one value each; raises ValueError on a name that
           np.record keeps for itself (with the compiler off it would shadow the value)
    """
    sizes = sizes or {}
    groups: dict[str, list[tuple]] = {}
    for id in ids:
        group, name = field_of(id)
        if group in FORBIDDEN or name in FORBIDDEN:
            raise ValueError(f"{id}: NumPy keeps this name for itself; choose another")
        groups.setdefault(group, []).append((name, f8, (sizes[id],)) if id in sizes else (name, f8))
    return np.dtype([(group, np.dtype(fields)) for group, fields in groups.items()])


def field_of(id: str) -> tuple[str, str]:
    """Where an id stands in its record: (group, name)."""
    group, name = id.rsplit(".", 1)
    return group.replace(".", "_").replace("-", "_"), name


def first_values(dtype: np.dtype) -> dict[tuple[str, str], tuple[int, int]]:
    """For each (group, name) of such a record: its first position as flat float64, and how many it has."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    assert dtype.names is not None and dtype.fields is not None
    for group in dtype.names:
        inner, offset = dtype.fields[group][:2]
        for name in inner.names or ():
            kind, within = inner.fields[name][:2]  # type: ignore[index]
            found[group, name] = ((offset + within) // 8, kind.itemsize // 8)
    return found
