"""`check` without a subject: the scoreboard, every score with its bar and the command that measures it again."""

from __future__ import annotations

import argparse
import io
import json
import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.errors import AllohistoryError
from allohistory.version import VERSION

if TYPE_CHECKING:
    from allohistory.evidence.scoreboard import Score
    from allohistory.timeline.model import Model

MEASURED = (
    "campaigns",
    "sense",
    "sheet",
    "ensemble",
    "free-running",
    "divergences",
    "judgements",
    "inference",
    "forecasts",
    "sensitivity",
)
"""Checks that a full run measures; the one of engagements needs a table that is not shipped, and keeps its rows."""
LONG = {"forecasts": ["--full"], "sensitivity": ["--full"]}
"""Checks that show what is kept unless told to measure; that of the inference takes hours, and is shown as kept."""


def run(options: argparse.Namespace, model: Model) -> int:
    """Print the kept board, or measure it anew."""
    from allohistory.evidence.scoreboard import path_of, read_board

    if options.full:
        measure(options, model)
    rows = read_board(model)
    if not rows:
        raise AllohistoryError(
            "check", f"no board is kept at {path_of(model)}", closest="allohistory check --full"
        )
    short = any(row.met is False for row in rows)
    if options.json:
        scores = [{**vars(row), "met": row.met} for row in rows]
        sys.stdout.write(with_head("check", options, model, {"scores": scores}))
        return SHORT if short else 0
    sys.stdout.write(page(told(rows, model)))
    return SHORT if short else 0


def measure(options: argparse.Namespace, model: Model) -> None:
    """Run every check and keep its rows, check by check: what is stopped half-way keeps what is finished."""
    from allohistory.cli.main import main
    from allohistory.evidence.scoreboard import read_board, rows_of, write_board

    subjects = (*MEASURED, "engagements") if options.data else MEASURED
    for subject in subjects:
        print(f"check {subject} ...", file=sys.stderr, flush=True)
        words = ["check", subject, "--json", "--scenario", options.scenario, *LONG.get(subject, [])]
        if subject == "engagements":
            words += ["--data", options.data]
        out = io.StringIO()
        with redirect_stdout(out):
            main(words)
        found = json.loads(out.getvalue())
        scores = found.get("scores") or [
            {
                "name": f"{name}{SEEN}",
                "value": found[name],
                "again": "allohistory check engagements --data FILE",
            }
            for name in ENGAGEMENTS
            if name in found
        ]
        rows = [row for row in read_board(model) if row.check != subject]
        write_board(model, VERSION, [*rows, *rows_of(subject, scores, model.digest[:16])])


SEEN = ", in sample"  # the table it is scored on is the one it was fitted to; docs/engagements.md has folds
ENGAGEMENTS = (
    "log_loss",
    "auc",
    "attacker_rmse",
    "defender_rmse",
    "coverage_50",
    "coverage_90",
)


def told(rows: list[Score], model: Model) -> list[str]:
    """The parts of the board: a table a check, then what is stale."""
    parts = [bold("Scoreboard") + "\n" + paragraph(HEAD)]
    for check in dict.fromkeys(row.check for row in rows):
        lines: list[tuple[str, ...]] = [("", "value", "interval", "baseline", "bar", "")]
        lines += [line_of(row) for row in rows if row.check == check]
        again = next(row.again for row in rows if row.check == check)
        parts.append(
            "\n".join(
                [bold(check), *columns(lines, right=(1, 2, 3, 4)), paragraph(f"again: {again}", indent=2)]
            )
        )
    stale = sorted({row.check for row in rows if row.model != model.digest[:16]})
    if stale:
        parts.append(paragraph(f"Measured on another model than the one here: {', '.join(stale)}."))
    return parts


HEAD = (
    "What has been measured of this model, as it was kept; nothing is left out because it was missed. Each part ends "
    "with the command that measures it again; `allohistory check --full` measures all."
)


def line_of(row: Score) -> tuple[str, ...]:
    """A line of a table: numbers as short as they can be told apart."""
    met = {True: "met", False: "MISSED", None: ""}[row.met]
    return row.name, number(row.value), number(row.interval), number(row.baseline), number(row.bar), met


def number(value: object) -> str:
    """Three digits; a range as two; nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return f"{number(value[0])} to {number(value[1])}"
    return f"{value:.3g}" if isinstance(value, float | int) and not isinstance(value, bool) else str(value)
