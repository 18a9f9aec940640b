"""`check judgements`: historians' verdicts on other worlds, beside what whole timelines say."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.cli.progress import progress
from allohistory.results.words import percent, percent_range

if TYPE_CHECKING:
    from allohistory.questions.free_running import Line
    from allohistory.timeline.model import Model

AGAIN = "allohistory check judgements"


def run(options: argparse.Namespace, model: Model) -> int:
    """Ask them all, and print each beside the verdict."""
    from allohistory.questions.free_running import TIMELINES
    from allohistory.questions.judgements import judgements

    with progress() as bar:
        lines = judgements(model, timelines=options.timelines or TIMELINES, workers=options.workers, tell=bar)
    short = any(not line.met for line in lines)
    if options.json:
        sys.stdout.write(with_head("check", options, model, {"scores": [_score(one) for one in lines]}))
        return SHORT if short else 0
    sys.stdout.write(page(told(lines)))
    return SHORT if short else 0


def told(lines: list[Line]) -> list[str]:
    """The parts of the answer."""
    rows: list[tuple[str, ...]] = [("", "historians", "range", "model", "95 %", "")]
    for line in lines:
        one = line.expectation
        rows.append(
            (
                one.says,
                percent(one.value),
                percent_range((one.low, one.high)),
                "-" if line.value is None else percent(line.value),
                percent_range(line.interval),
                "" if line.met else "APART",
            )
        )
    met = sum(line.met for line in lines)
    return [
        bold("Historians' verdicts on other worlds, beside the model"),
        "\n".join(columns(rows, right=(1, 2, 3, 4))),
        paragraph(
            f"{met} of {len(lines)} lie within the range of the verdicts. The numbers are readings of verbal "
            "judgements; nothing was fitted to them."
        ),
    ]


def _score(line: Line) -> dict[str, Any]:
    one = line.expectation
    return {
        "name": one.id,
        "says": one.says,
        "value": line.value,
        "interval": list(line.interval),
        "baseline": one.value,
        "bar": [one.low, one.high],
        "met": line.met,
        "n": line.n,
        "because": one.because,
        "again": AGAIN,
    }
