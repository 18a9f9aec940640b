"""outcomes.parquet (design: interfaces, section 10): a row a timeline and arm, a column or more an outcome.

timeline uint32, arm dictionary, draw uint16, log_weight float64, set_aside bool; then for each outcome `o_ID` (bool,
dictionary, float64 or date32), for yes and which `d_ID` date32, and `s_ID` float32, how near a timeline came, where the
outcome declares a score. Sorted by arm and timeline, zstd; the file's
metadata `allohistory.provenance` is the question.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from allohistory.results.rows import ARMS, Arm, OutcomeRows

EPOCH = dt.date(1970, 1, 1)
PROVENANCE = b"allohistory.provenance"


def outcomes_table(arms: Sequence[Arm], question: Mapping[str, Any]) -> pa.Table:
    """All arms as one table."""
    ordered = sorted(arms, key=lambda arm: ARMS.index(arm.name))
    parts = [_part(arm) for arm in ordered]
    table = pa.concat_tables(parts).unify_dictionaries()
    provenance = json.dumps(question, ensure_ascii=False, sort_keys=True)
    return table.replace_schema_metadata({PROVENANCE: provenance.encode()})


def outcomes_bytes(arms: Sequence[Arm], question: Mapping[str, Any]) -> bytes:
    """The file's bytes: the same for the same answer and the same PyArrow."""
    sink = pa.BufferOutputStream()
    parquet.write_table(outcomes_table(arms, question), sink, compression="zstd")
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _part(arm: Arm) -> pa.Table:
    order = np.argsort(arm.timeline, kind="stable")
    n = len(order)
    columns: dict[str, Any] = {
        "timeline": pa.array(arm.timeline[order].astype(np.uint32)),
        "arm": _words(np.full(n, ARMS.index(arm.name)), ARMS),
        "draw": pa.array(arm.draw[order].astype(np.uint16)),
        "log_weight": pa.array(np.zeros(n) if arm.log_weight is None else arm.log_weight[order]),
        "set_aside": pa.array(arm.set_aside[order]),
    }
    for outcome in arm.outcomes:
        columns[f"o_{outcome.id}"] = _value(outcome, order, arm.first_day)
        if outcome.kind in ("yes", "which"):
            columns[f"d_{outcome.id}"] = _dates(outcome.day[order], arm.first_day)
        if outcome.score is not None:
            columns[f"s_{outcome.id}"] = pa.array(outcome.score[order].astype(np.float32))
    return pa.table(columns)


def _value(outcome: OutcomeRows, order: Any, first_day: dt.date) -> Any:
    if outcome.kind == "yes":
        return pa.array(outcome.shown[order])
    if outcome.kind == "which":
        return _words(np.nan_to_num(outcome.value[order], nan=-1.0).astype(np.int64), outcome.options)
    if outcome.kind == "day":
        return _dates(outcome.day[order], first_day)
    return pa.array(outcome.value[order], from_pandas=True)


def _words(codes: Any, words: Sequence[str]) -> Any:
    indices = pa.array(codes.astype(np.int16), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(words)))


def _dates(days: Any, first_day: dt.date) -> Any:
    offset = (first_day - EPOCH).days
    return pa.array((days + offset).astype(np.int32), mask=days < 0).cast(pa.date32())
