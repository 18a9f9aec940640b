"""Every score of a scenario in one kept table: what was measured, against what, and the command that measures it again.

evidence/kept/SCENARIO/scoreboard.json holds the rows; `allohistory check` prints them, `allohistory check --full`
makes them anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from allohistory.evidence.kept_files import kept_folder
from allohistory.timeline.model import Model

TABLE = "scoreboard.json"
COUNTED = ("free-running", "sense", "sheet", "divergences", "judgements")
"""Checks of many lines: on the board stands how many of them are met."""


@dataclass(frozen=True)
class Score:
    """One line of the board.

    check      the subject it comes from
    name       what is scored, in the check's own word
    value      the figure; interval its 90 % interval, or None
    baseline   what it is held against, or None
    bar        what was asked for: a number, a range, or None where nothing was
    met        whether the bar is met, or None
    again      the command that measures it again
    model      digest of the model it was measured on
    """

    check: str
    name: str
    value: float | str | None
    interval: tuple[float, float] | None
    baseline: float | None
    bar: float | str | tuple[float, float] | None
    met: bool | None
    again: str
    model: str


def rows_of(check: str, scores: Sequence[Mapping[str, Any]], model: str) -> list[Score]:
    """The board's lines for what a check printed with --json."""
    again = f"allohistory check {check}"
    if check in COUNTED:
        judged = [one for one in scores if one.get("met") is not None]
        met = sum(bool(one["met"]) for one in judged)
        whole = f"{met} of {len(judged)}"
        return [
            Score(check, "lines met", whole, None, None, f"{len(judged)}", met == len(judged), again, model)
        ]
    return [
        Score(
            check,
            str(one["name"]),
            one.get("value"),
            pair(one.get("interval")),
            one.get("baseline"),
            one.get("bar") if not isinstance(one.get("bar"), list) else pair(one["bar"]),
            one.get("met"),
            str(one.get("again") or again),
            model,
        )
        for one in scores
    ]


def pair(value: Any) -> tuple[float, float] | None:
    """Two numbers, or None where there are not two."""
    return (float(value[0]), float(value[1])) if isinstance(value, list | tuple) and len(value) == 2 else None


def path_of(model: Model) -> Path:
    """Where a scenario's board is kept."""
    return kept_folder(model) / TABLE


def read_board(model: Model) -> list[Score]:
    """The kept board; empty where there is none."""
    path = path_of(model)
    if not path.exists():
        return []
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    return [
        Score(**{**row, "interval": pair(row["interval"]), "bar": pair(row["bar"]) or row["bar"]})
        for row in rows
    ]


def write_board(model: Model, version: str, rows: Sequence[Score]) -> Path:
    """Keep a board, each check in place of its last rows."""
    path = path_of(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    body = {"version": version, "rows": [asdict(row) for row in rows]}
    path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
