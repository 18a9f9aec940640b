"""SQL over a run: DuckDB with the parts as views, and the scenario's own names beside them.

outcomes     timeline, arm, draw, log_weight, set_aside, o_ID, d_ID and s_ID of each outcome asked for
events       timeline, arm, date, rule, entity, occasion, option, value, recorded (runs with --events)
rules        number, rule, draws, per, options: what events.rule and events.option mean
entities     rule, number, entity: what events.entity means, rule by rule
parameters   draw, parameter, value: what outcomes.draw means
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allohistory.errors import AllohistoryError
from allohistory.results.optional import optional
from allohistory.results.runs.folder import PARTS

VIEWS = ("outcomes", "events", "rules", "entities", "parameters")
Names = Mapping[str, Mapping[str, Sequence[Any]]]  # rules, entities, parameters: columns by name


@dataclass(frozen=True)
class Rows:
    """What a query found."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def query(run: Path, text: str, names: Names) -> Rows:
    """Put a query to a run; raises AllohistoryError with DuckDB's first line where it cannot be carried out."""
    duckdb = optional("duckdb", "sql")
    with duckdb.connect(":memory:") as door:
        _views(door, run, names)
        try:
            found = door.execute(text)
            columns = tuple(one[0] for one in found.description or ())
            return Rows(columns, tuple(found.fetchall()))
        except duckdb.Error as error:
            raise _mistake(error, text, run) from error


def _views(door: Any, run: Path, names: Names) -> None:
    import pyarrow as pa

    for kind in ("outcomes", "events"):
        if any(sorted((run / PARTS).glob(f"{kind}-*.parquet"))):
            files = str(run / PARTS / f"{kind}-*.parquet").replace("'", "''")
            door.execute(f"CREATE VIEW {kind} AS SELECT * FROM read_parquet('{files}')")
    for name, columns in names.items():
        door.register(f"_{name}", pa.table(dict(columns)))
        door.execute(f"CREATE VIEW {name} AS SELECT * FROM _{name}")


def _mistake(error: Exception, text: str, run: Path) -> AllohistoryError:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if "events" in text and "Table with name events" in lines[0]:
        return AllohistoryError(
            "sql",
            f"the run in {run} has no events",
            given="events",
            closest="outcomes",
            see="allohistory ask --out DIR --events",
        )
    return AllohistoryError(
        "sql", lines[0], given=text, possible=VIEWS, closest="", see="docs/how_to/keep_a_run.md"
    )
