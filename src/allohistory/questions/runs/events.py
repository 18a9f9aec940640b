"""events-NNNNNN.parquet (design: interfaces, section 10): every draw that came to something, a row each.

timeline uint32, arm, date date32, rule uint16, entity uint16, occasion uint32, option int16 (1 for a firing, 0 for a
silence where our history has one, -1 for a shock), value float64 (of a shock), recorded bool. Sorted by arm and
timeline; within a timeline in the order in which the week asked. Timelines that were set aside have no rows.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.results.outcomes_file import EPOCH, PROVENANCE
from allohistory.results.rows import ARMS
from allohistory.timeline.plan import START

if TYPE_CHECKING:
    from allohistory.ensemble.gathered import Ensemble
    from allohistory.questions.worlds import Worlds
    from allohistory.timeline.memory import Memory
    from allohistory.timeline.model import Model
    from allohistory.timeline.plan import Plan

DAYS_A_WEEK = 7
TYPES = {
    "timeline": np.uint32,
    "day": np.int32,
    "rule": np.uint16,
    "entity": np.uint16,
    "occasion": np.uint32,
    "option": np.int16,
    "value": np.float64,
    "recorded": np.bool_,
}
Log = dict[str, np.ndarray]


def run_with_events(
    model: Model,
    plan: Plan,
    first: int,
    count: int,
    memories: list[Memory],
    stop: threading.Event | None,
) -> tuple[Ensemble, list[Log], int]:
    """Timelines of a plan with their logs; also how many have a log that is not complete."""
    from allohistory.ensemble.gathered import empty
    from allohistory.timeline.memory import Memory
    from allohistory.timeline.shape import LOG

    if not memories:
        memories.append(Memory(model.blueprint))
    memory, cut = memories[0], 0
    gathered = empty(model.blueprint, plan, first, count)
    logs: list[Log | None] = [None] * count
    memory.load_plan(plan)
    memory.c.histogram[:] = 0
    for row_of_draw in range(min(plan.draws, count)):
        memory.c.logging = 0
        memory.load_draw((first + row_of_draw) % plan.draws, ledger=plan.horizon != START)
        rows = range(row_of_draw, count, plan.draws)
        if plan.horizon != START and bool(memory.c.aside):
            gathered.set_aside(row_of_draw, plan.draws, len(rows), memory)
            continue
        memory.c.logging = 1
        for row in rows:
            if stop is not None and stop.is_set():
                memory.c.logging = 0
                return gathered.finished(), [], cut
            memory.run_many(first + row, plan.draws, 1)
            gathered.take(row, plan.draws, 1, memory)
            if gathered.aside[row] == 0:
                logs[row] = log_of(memory, first + row, model)
                cut += int(memory.c.logged) > LOG
    memory.c.logging = 0
    gathered.count(memory)
    return gathered, [log for log in logs if log is not None], cut


def log_of(memory: Memory, timeline: int, model: Model) -> Log:
    """The log of the world that was just run, as columns."""
    from allohistory.timeline.shape import LOG

    c = memory.c
    n = min(int(c.logged), LOG)
    rule = np.array(c.log_rule[:n])
    clocks = np.zeros(1 + max(one.number for one in model.blueprint.drawn), bool)
    clocks[[one.number for one in model.blueprint.drawn if one.draws == "clock"]] = True
    shocks = np.zeros_like(clocks)
    shocks[[one.number for one in model.blueprint.drawn if one.draws == "shock"]] = True
    is_clock, is_shock = clocks[rule], shocks[rule]
    value, ours = np.array(c.log_value[:n]), np.array(c.log_ours[:n])
    silent = is_clock & (value == 0)  # it stands on the day on which our history has the firing
    weekday = np.where(silent, np.nan_to_num(ours, nan=1.0).astype(np.int64) - 1, c.log_day[:n])
    option = np.where(is_shock, -1, np.where(is_clock, value != 0, np.nan_to_num(value, nan=-1.0)))
    held = {
        "timeline": np.full(n, timeline),
        "day": np.asarray(c.log_week[:n]) * DAYS_A_WEEK + weekday,
        "rule": rule,
        "entity": np.array(c.log_entity[:n]),
        "occasion": np.array(c.log_occasion[:n]),
        "option": option,
        "value": np.where(is_shock, value, np.nan),
        "recorded": np.array(c.log_recorded[:n]) != 0,
    }
    return {name: values.astype(TYPES[name]) for name, values in held.items()}


def events_bytes(worlds: Worlds, logs: Mapping[str, Sequence[Log]]) -> bytes:
    """The part's bytes: all arms, the same for the same batch and the same PyArrow."""
    import pyarrow as pa
    from pyarrow import parquet

    offset = (worlds.model.book.calendar.first - EPOCH).days
    tables = []
    for place, name in enumerate(ARMS):
        if name not in logs:
            continue
        held = {
            column: np.concatenate([np.zeros(0, kind), *(log[column] for log in logs[name])])
            for column, kind in TYPES.items()
        }
        n = len(held["timeline"])
        words = pa.DictionaryArray.from_arrays(pa.array(np.full(n, place, np.int16)), pa.array(list(ARMS)))
        columns: dict[str, Any] = {"timeline": pa.array(held["timeline"]), "arm": words}
        columns["date"] = pa.array((held["day"] + offset).astype(np.int32)).cast(pa.date32())
        for column in ("rule", "entity", "occasion", "option"):
            columns[column] = pa.array(held[column])
        columns["value"] = pa.array(held["value"], from_pandas=True)
        columns["recorded"] = pa.array(held["recorded"])
        tables.append(pa.table(columns))
    table = pa.concat_tables(tables).unify_dictionaries()
    provenance = json.dumps(worlds.question.as_json(), ensure_ascii=False, sort_keys=True)
    sink = pa.BufferOutputStream()
    parquet.write_table(
        table.replace_schema_metadata({PROVENANCE: provenance.encode()}), sink, compression="zstd"
    )
    data: bytes = sink.getvalue().to_pybytes()
    return data
