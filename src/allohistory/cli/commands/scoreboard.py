"""`check` without a subject: the scoreboard, every score with its bar and the command that measures it again."""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.combat.model import shipped
from allohistory.errors import AllohistoryError
from allohistory.evidence.kept_files import kept_folder
from allohistory.results.home import folder
from allohistory.timeline.model import PACKAGE
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
    "posterior",
    "predictive",
    "disputes",
    "inference",
    "forecasts",
    "sensitivity",
)
"""Checks that a full run measures; the one of engagements needs a table that is not shipped (see OUTSIDE)."""
LONG = {
    "posterior": ["--full"],
    "predictive": ["--full"],
    "forecasts": ["--full"],
    "sensitivity": ["--full"],
}
"""Checks that show what is kept unless told to measure; that of the inference takes hours, and is shown as kept."""

DETAILS = {"campaigns": ("runs", "campaigns", "figures")}
"""What is kept beside the board of checks that keep nothing themselves."""


def run(options: argparse.Namespace, model: Model) -> int:
    """Print the kept board, or measure it anew."""
    from allohistory.questions import listings

    if options.full:
        measure(options, model)
    rows = listings.board_of(model)
    short = any(row.met is False for row in rows)
    if options.json:
        sys.stdout.write(with_head("check", options, model, listings.board_body(rows)))
        return SHORT if short else 0
    sys.stdout.write(page(told(rows, model)))
    return SHORT if short else 0


def measure(options: argparse.Namespace, model: Model) -> None:
    """Run every check and keep its rows, check by check: what is stopped half-way keeps what is finished."""
    from allohistory.cli.main import main
    from allohistory.evidence.scoreboard import read_board, rows_of, write_board

    done = set(finished(model))
    for subject in MEASURED:
        if subject in done:
            print(f"check {subject}: done by the run that was broken off", file=sys.stderr, flush=True)
            continue
        print(f"check {subject} ...", file=sys.stderr, flush=True)
        words = ["check", subject, "--json", "--scenario", options.scenario, *LONG.get(subject, [])]
        out = io.StringIO()
        with redirect_stdout(out):
            main(words)
        scores = scores_in(out.getvalue())
        if scores is None:
            continue
        if subject in DETAILS:
            keep_details(model, subject, json.loads(out.getvalue()))
        rows = [row for row in read_board(model) if row.check != subject]
        write_board(model, VERSION, [*rows, *rows_of(subject, scores, model.digest[:16])])
        mark(model, [*finished(model), subject])
    if options.data:
        engagements(options.data)
    mark(model, [])


def engagements(data: str) -> None:
    """Score the engagement model in folds; the fit of a fold is no part of the package, but of its sources."""
    script = PACKAGE.parent.parent / "calibration" / "engagements" / "cross_validate.py"
    if not script.is_file():
        problem = "folds are fitted by calibration/engagements/cross_validate.py, which stands beside the sources only"
        raise AllohistoryError("--data", problem, given=data)
    print("check engagements, in folds ...", file=sys.stderr, flush=True)
    words = [sys.executable, str(script), "--keep", "--data", data]
    done = subprocess.run(words, stdout=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise AllohistoryError("--data", "the table could not be scored (see above)", given=data)


def keep_details(model: Model, subject: str, found: dict[str, Any]) -> None:
    """Keep of a check that keeps nothing itself what a report draws."""
    body = {"format": 1, **{name: found[name] for name in ("model", "seed", *DETAILS[subject])}}
    path = kept_folder(model) / f"{subject}.json"
    path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def scores_in(text: str) -> list[dict[str, Any]] | None:
    """The scores that a check printed as JSON; None where it printed none (too few replicates, for one)."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        return None
    scores: list[dict[str, Any]] | None = found.get("scores")
    return scores


def finished(model: Model) -> list[str]:
    """The checks that a run which was broken off had finished, on this very model."""
    path = _mark(model)
    if path is None or not path.is_file():
        return []
    return path.read_text(encoding="utf-8").split()


def mark(model: Model, subjects: list[str]) -> None:
    """Remember in the user's own folder which checks are finished; forget it when all are."""
    path = _mark(model)
    if path is None:
        return
    if subjects:
        path.write_text("\n".join(subjects) + "\n", encoding="utf-8")
    else:
        path.unlink(missing_ok=True)


def _mark(model: Model) -> Path | None:
    """Where that is remembered; None where nothing can be written."""
    where = folder("checks")
    return None if where is None else where / f"board-{model.digest[:16]}.txt"


OUTSIDE = (
    "Engagements are scored on a table that is not shipped: 256 engagements of 1900 to 1973 out of CDB90, the CAA "
    "Database of Battles, whose tidy tables are public under the name jrnold/CDB90 (licence ODC-BY; "
    "docs/engagements.md lists the columns). The SHA-256 of the file that was used is {sha256}."
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
    if any(row.check == "engagements" for row in rows):
        parts.append(paragraph(OUTSIDE.format(sha256=shipped().provenance["sha256"])))
    missing = [check for check in (*MEASURED, "engagements") if all(row.check != check for row in rows)]
    for check in missing:
        again = " ".join(["allohistory check", check, *LONG.get(check, [])])
        parts.append(paragraph(f"Not measured: {check}. again: {again}"))
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
