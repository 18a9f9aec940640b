"""`check`: the model held against what is expected of it, line by line; what is far off is shown, not mended."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, listing, paragraph
from allohistory.cli.progress import progress
from allohistory.errors import AllohistoryError

if TYPE_CHECKING:
    from allohistory.questions.free_running import Line
    from allohistory.questions.moved import Moved
    from allohistory.timeline.model import Model

ELSEWHERE = (
    "engagements",
    "campaigns",
    "sense",
    "chains",
    "ensemble",
    "outcomes",
    "sheet",
    "forecasts",
    "sensitivity",
    "judgements",
    "inference",
    "predictive",
    "posterior",
    "chronicles",
    "disputes",
)
MODULES = {"outcomes": "outcome_tables"}
SUBJECTS = ("free-running", "divergences", *ELSEWHERE)


def run(options: argparse.Namespace) -> int:
    """Run one check; the scoreboard where none is named."""
    from allohistory.questions.scenario import scenario

    if options.subject is None:
        from allohistory.cli.commands import scoreboard

        return scoreboard.run(options, scenario(options.scenario).model)
    if options.subject not in SUBJECTS:
        raise AllohistoryError(
            "check", f'there is no check "{options.subject}"', given=options.subject, possible=SUBJECTS
        )
    if options.data and options.subject != "engagements":
        raise AllohistoryError("--data", "only the check of engagements reads a table", given=options.data)
    for name in ("timelines", "replicates"):
        given = getattr(options, name)
        if given is not None and given < 1:
            problem = f"{given} is not a whole number from 1 up"
            raise AllohistoryError(f"--{name}", problem, given=given, closest="1")
    model = scenario(options.scenario).model
    if options.subject in ELSEWHERE:
        command = import_module(f"allohistory.cli.commands.{MODULES.get(options.subject, options.subject)}")
        return int(command.run(options, model))
    return free(options, model) if options.subject == "free-running" else divergences(options, model)


def free(options: argparse.Namespace, model: Model) -> int:
    """Free running beside what a historian expects of it."""
    from allohistory.questions.free_running import TIMELINES, free_running

    with progress() as bar:
        lines = free_running(
            model, timelines=options.timelines or TIMELINES, workers=options.workers, tell=bar
        )
    short = any(not line.met for line in lines)
    if options.json:
        sys.stdout.write(with_head("check", options, model, {"scores": [_score(one) for one in lines]}))
        return SHORT if short else 0
    rows: list[tuple[str, ...]] = [("", "ours", "rules", "95 % interval", "expected", "range", "")]
    for line in lines:
        one, share = line.expectation, _is_share(line)
        rows.append(
            (
                one.says,
                _number(line.ours, share),
                _number(line.value, share),
                f"{_number(line.interval[0], share)} to {_number(line.interval[1], share)}",
                _number(one.value, share),
                f"{_number(one.low, share)} to {_number(one.high, share)}",
                "" if line.met else "OFF",
            )
        )
    met = sum(line.met for line in lines)
    out = [bold("Free running beside what is expected of it"), *columns(rows, right=(1, 2, 3, 4, 5)), ""]
    out.append(
        paragraph(
            f"{met} of {len(lines)} lines lie in the range that historians' judgement or the counts leave open. "
            "A line marked OFF is a question to the rules, and stays in sight until it is answered."
        )
    )
    sys.stdout.write("\n".join(out) + "\n")
    return SHORT if short else 0


def _is_share(line: Line) -> bool:
    """Is the figure a share, to be shown in per cent?"""
    return line.expectation.over is None and line.expectation.measure.kind not in ("per-year", "middle")


def _number(value: float | None, share: bool) -> str:
    if value is None:
        return "-"
    return f"{100 * value:.1f} %" if share else f"{value:.2f}"


def _score(line: Line) -> dict[str, Any]:
    one = line.expectation
    return {
        "name": one.id,
        "says": one.says,
        "ours": line.ours,
        "value": line.value,
        "interval": list(line.interval),
        "baseline": one.value,
        "bar": [one.low, one.high],
        "met": line.met,
        "n": line.n,
        "mark": one.mark,
        "because": one.because,
        "again": "allohistory check free-running",
    }


def divergences(options: argparse.Namespace, model: Model) -> int:
    """What each point of divergence moves, beyond Monte Carlo error."""
    from allohistory.questions.moved import TIMELINES, all_moved

    with progress() as bar:
        found = all_moved(model, timelines=options.timelines or TIMELINES, workers=options.workers, tell=bar)
    short = any(not one.met for one in found)
    if options.json:
        scores = [{**vars(one), "name": one.id, "met": one.met} for one in found]
        sys.stdout.write(with_head("check", options, model, {"scores": scores}))
        return SHORT if short else 0
    out = [
        bold("What each point of divergence moves"),
        *listing([(one.id, _words(one)) for one in found]),
        "",
    ]
    met = sum(one.met for one in found)
    out.append(
        paragraph(
            f"{met} of {len(found)} move an outcome or a main series beyond Monte Carlo error: above "
            f"{found[0].threshold:.1f} standard errors, which one in a hundred would pass by chance."
        )
    )
    sys.stdout.write("\n".join(out) + "\n")
    return SHORT if short else 0


def _words(one: Moved) -> str:
    """What moved most, in words; z counts standard errors."""
    parts = []
    if one.outcome is not None:
        sure = "" if abs(one.outcome.z) > one.threshold else ", within error"
        parts.append(f"{one.outcome.what} {one.outcome.change:+.3f} (z {one.outcome.z:.1f}{sure})")
    if one.series is not None:
        parts.append(f"{one.series.what} (z {one.series.z:.1f})")
    words = "; ".join(parts) + (", under same luck" if one.luck == "same" else "")
    return words if one.met else f"NOTHING beyond error: {words}"
