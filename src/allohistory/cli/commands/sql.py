"""`sql`: a question in SQL to a run on disk."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any

from allohistory.cli.heads import with_head
from allohistory.cli.layout import columns
from allohistory.results.runs.index import newest, run_at
from allohistory.version import VERSION


def run(options: argparse.Namespace) -> int:
    """Put the query, print the rows."""
    from allohistory.questions.runs.names import names_of
    from allohistory.questions.scenario import scenario
    from allohistory.results.runs.views import query

    found = newest() if options.run is None else run_at(Path(options.run))
    model = scenario(found.manifest.scenario).model
    versions = found.manifest.versions
    if (versions.allohistory, versions.model) != (VERSION, model.digest):
        print(
            f"note: the run was made by version {versions.allohistory} (model {versions.model[:12]}); "
            f"rules, entities and parameters are this version's",
            file=sys.stderr,
        )
    rows = query(found.path, options.query, names_of(model))
    if options.json:
        body: dict[str, Any] = {
            "columns": list(rows.columns),
            "rows": [
                {name: _plain(value) for name, value in zip(rows.columns, row, strict=True)}
                for row in rows.rows
            ],
        }
        sys.stdout.write(with_head("sql", options, model, body, again=_again(options)))
        return 0
    numbers = tuple(
        place
        for place in range(len(rows.columns))
        if rows.rows and all(isinstance(row[place], int | float | type(None)) for row in rows.rows)
    )
    table = [rows.columns, *(tuple(map(_shown, row)) for row in rows.rows)]
    sys.stdout.write("\n".join(columns(table, right=numbers)) + "\n")
    return 0


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1e6 else f"{value:,.0f}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list | tuple):
        return ", ".join(map(_shown, value))
    return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | type(None)) else _listed(value)


def _listed(value: Any) -> Any:
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else str(value)


def _again(options: argparse.Namespace) -> str:
    import shlex

    run = [] if options.run is None else ["--run", options.run]
    return shlex.join(["allohistory", "sql", options.query, *run])
