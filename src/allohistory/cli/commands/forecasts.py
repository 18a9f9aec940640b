"""`check forecasts`: calibrated on the record up to a year, how well do the rules say what came next?

Prints the report that is kept; `--full` makes it anew, calibrating at every cut-off on what came before it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.cli.progress import progress
from allohistory.results.words import percent

if TYPE_CHECKING:
    import numpy as np

    from allohistory.book.forecasts import Protocol
    from allohistory.cli.progress import Bar
    from allohistory.evidence.ablation import Earned
    from allohistory.evidence.forecasts import Amount, Calibrated, Table
    from allohistory.evidence.kept_forecasts import Report
    from allohistory.evidence.scores import Bin, Comparison
    from allohistory.timeline.model import Model

AGAIN = "allohistory check forecasts"
DRAWN_FROM = "draws given the record up to the cut-off, soft observations left out"
BAR, HARDER, PRIORS = "base-rate", "pooled-rate", "priors"
YEARS = 0.8  # of the cut-offs, in which the rules are to beat the best baseline of that cut-off
Z90 = 1.645
WAYS = {"influence": "no influence", "decisions": "own decisions by base rate", "both": "both"}
FEW = ("rules", BAR, "logit")  # forecasters in the narrower tables of a terminal
Rows = list[tuple[str, ...]]


def run(options: argparse.Namespace, model: Model) -> int:
    """Print what is kept, or forecast and score anew."""
    from allohistory.book.forecasts import protocol_of
    from allohistory.evidence.kept_forecasts import as_json, keep, measured, path_of, read

    protocol = protocol_of(model.book, model.folder)
    if getattr(options, "full", False):
        with progress() as bar:
            found = measured(
                model,
                calibrated_with(options.workers, bar),
                DRAWN_FROM,
                lambda done, total: bar("forecasts", done, total),
            )
        keep(found, path_of(model))
    else:
        found = read(path_of(model))
    scores = scores_of(found)
    if options.json:
        body = {"scores": scores, **as_json(found), "changes": [_change(one) for one in protocol.changes]}
        sys.stdout.write(with_head("check", options, model, body, again=AGAIN))
    else:
        sys.stdout.write(page(told(protocol, found)))
    return 0 if all(score["met"] for score in scores) else SHORT


def calibrated_with(workers: int | None, bar: Bar) -> Calibrated:
    """What draws parameters given the record up to a week, in so many processes (one a core unless said)."""
    from allohistory.book.calendar import monday_of
    from allohistory.evidence.until import draws_until
    from allohistory.results.home import home

    def calibrated(model: Model, last_week: int) -> tuple[np.ndarray, np.ndarray]:
        day = monday_of(last_week).year
        return draws_until(
            model,
            last_week,
            home() / "calibrations",
            workers or os.cpu_count() or 1,
            lambda done, total: bar(f"calibrating to the end of {day}", done, total),
        )

    return calibrated


def scores_of(found: Report) -> list[dict[str, Any]]:
    """Of each horizon: the mean log score beside the base rate's, the hardest baseline, the years, the priors."""
    return [
        score
        for one in found.tables
        for score in (_overall(one), _hardest(one), _years(one), _calibrated(one))
    ]


def _overall(one: Table) -> dict[str, Any]:
    against = one.overall.against[BAR]
    row = _score(one, "log-score", one.overall.scores["rules"].log, one.overall.scores[BAR].log, against)
    return {**row, "baseline": one.overall.scores[BAR].log, "met": against.log < 0.0, "n": one.overall.n}


def best_baseline(one: Comparison) -> str:
    """The baseline with the least mean log score; the rules on their priors are none."""
    return min((id for id in one.against if id != PRIORS), key=lambda id: one.scores[id].log)


def _hardest(one: Table) -> dict[str, Any]:
    hard = best_baseline(one.overall)
    against = one.overall.against[hard]
    row = _score(one, f"less-best-baseline ({hard})", against.log, 0.0, against)
    return {**row, "met": against.log < 0.0}


def _years(one: Table) -> dict[str, Any]:
    """The share of cut-offs after which the rules beat that cut-off's own best baseline."""
    ahead = [line for line in one.cut_offs if line.against[best_baseline(line)].log < 0.0]
    share = len(ahead) / max(len(one.cut_offs), 1)
    row = _score(one, "cut-offs-better-than-their-best-baseline", share, YEARS, None)
    return {**row, "met": share >= YEARS, "n": len(one.cut_offs)}


def _calibrated(one: Table) -> dict[str, Any]:
    """What calibration adds to the authors' priors: below 0 it helps."""
    against = one.overall.against[PRIORS]
    row = _score(one, "calibrated-less-priors", against.log, 0.0, against)
    return {**row, "met": against.log < 0.0}


def _score(one: Table, name: str, value: float, bar: float, against: Any) -> dict[str, Any]:
    """A line of the board; the interval is that of the difference, over years."""
    error = None if against is None else against.log_error
    return {
        "name": f"{name}-{one.horizon}",
        "value": value,
        "baseline": None,
        "bar": bar,
        "difference": None if against is None else against.log,
        "standard_error": error,
        "interval": None if error is None else [against.log - Z90 * error, against.log + Z90 * error],
        "again": AGAIN,
    }


def _change(one: Any) -> dict[str, Any]:
    return {**vars(one), "day": one.day.isoformat()}


def told(protocol: Protocol, found: Report) -> list[str]:
    """The parts of the answer."""
    parts = [bold("Forecasts of what the rules were not calibrated on") + "\n" + paragraph(made(found))]
    for one in found.tables:
        parts += [_table(f"{one.says}: all", heads(one), by_name(one, _all(one)))]
        parts += [_table("By country", heads(one, FEW), by_name(one, one.countries, FEW))]
        parts += [_table("By cut-off", heads(one, FEW), by_name(one, one.cut_offs, FEW))]
        parts += [
            _table(
                "Calibration: does anything but stillness come?",
                CURVE,
                curve(one.calibration["rules"]),
            )
        ]
        parts += [bold("Worse than counting") + "\n" + paragraph(worse(one, protocol.setting.worse_by))]
        parts += [_table("Clocks by the week", AMOUNTS, amounts(one.weekly[:1]))]
        parts += [_table("Shocks", AMOUNTS, amounts(one.shocks))]
        parts += [_table("Given less than the floor, and it happened", UNFORESEEN, unforeseen(one))]
        parts += [
            _table("What each part earns", EARNED, earned(found.ablation.get(one.horizon, []), named=True))
        ]
    if protocol.changes:
        parts += [_table("Changes of the protocol after the first score", CHANGES, changes(protocol))]
    return parts


def made(found: Report) -> str:
    """What it was made with, in words."""
    return (
        f"Made with version {found.version} from {found.draws} draws a cut-off: {found.drawn_from}. Scores are means "
        "over items, low is good: minus the natural logarithm of what was given to what happened, and half the squared "
        "error. Differences are rules less baseline, below 0 the rules are better; standard errors over years."
    )


def _table(title: str, head: tuple[str, ...], rows: Rows) -> str:
    if not rows:
        return ""
    right = [number for number, word in enumerate(head) if number and word != "what"]
    return "\n".join([bold(title), *columns([head, *rows], right=right)])


def _all(one: Table) -> list[Comparison]:
    return [one.overall, *one.kinds]


def heads(one: Table, shown: Sequence[str] = ()) -> tuple[str, ...]:
    """The first line of a table of comparisons; shown: the forecasters, all unless said otherwise."""
    return (
        "",
        "n",
        "years",
        *(shown or one.overall.scores),
        "less base rate",
        "less pooled",
        "Brier",
        "base rate's",
    )


def by_name(one: Table, lines: Sequence[Comparison], shown: Sequence[str] = ()) -> Rows:
    """A line a comparison: mean log scores of the forecasters, differences, Brier scores."""
    rows: Rows = []
    for line in lines:
        logs = [f"{line.scores[id].log:.3f}" for id in shown or one.overall.scores]
        gaps = [signed(line.against[id].log, line.against[id].log_error) for id in (BAR, HARDER)]
        briers = [f"{line.scores[id].brier:.3f}" for id in ("rules", BAR)]
        rows.append((line.name, str(line.n), str(line.years), *logs, *gaps, *briers))
    return rows


def signed(value: float, error: float | None) -> str:
    """A difference with its standard error, where there is one."""
    return f"{value:+.3f}" + ("" if error is None else f" ({error:.3f})")


CURVE = ("said", "n", "mean of it", "came true", "standard error")


def curve(bins: Sequence[Bin]) -> Rows:
    """The calibration curve."""
    return [
        (
            f"{100 * one.low:g}-{100 * one.high:g} %",
            str(one.n),
            percent(one.said),
            percent(one.came),
            "-" if one.error is None else percent(one.error),
        )
        for one in bins
    ]


AMOUNTS = ("", "n", "years", "rules", "baseline", "difference")


def amounts(lines: Sequence[Amount]) -> Rows:
    """Clocks by the week, or shocks: mean log scores."""
    return [
        (
            one.name,
            str(one.n),
            str(one.years),
            f"{one.rules:.3f}",
            f"{one.baseline:.3f}",
            signed(one.difference, one.error),
        )
        for one in lines
    ]


UNFORESEEN = ("what", "what", "cut-off", "given")


def unforeseen(one: Table) -> Rows:
    """What happened although the rules gave it next to nothing."""
    return [
        (
            f"{each.rule}[{each.entity}]" if each.entity else each.rule,
            each.took,
            str(each.cut_off),
            f"{each.chance:.1e}",
        )
        for each in one.unforeseen
    ]


EARNED = ("part", "what", "items moved", "nats in all", "a mean item", "an item it moves")


def earned(lines: Sequence[Earned], *, named: bool = False) -> Rows:
    """The ablation: what is lost without each part; above 0 it is worth having. named: by ids, which are short."""
    return [
        (
            one.part if named else one.says,
            WAYS[one.way],
            str(one.n),
            f"{one.nats:+.1f}",
            signed(one.over_all, one.error),
            f"{one.over_moved:+.3f}",
        )
        for one in lines
    ]


CHANGES = ("", "before", "after", "what")


def changes(protocol: Protocol) -> Rows:
    """What was changed after the first score."""
    return [
        (
            one.day.isoformat(),
            "-" if one.before is None else f"{one.before:.3f}",
            "-" if one.after is None else f"{one.after:.3f}",
            f"{one.what}. {one.because}." + (f" ({one.score})" if one.score else ""),
        )
        for one in protocol.changes
    ]


def worse(one: Table, worse_by: float) -> str:
    """The rules and countries that lose to their base rate, in words."""
    from allohistory.evidence.scores import verdict

    said = []
    for what, lines in (("Countries", one.countries), ("Rules", one.rules)):
        for end in ("worse", "behind, not told apart", "too few years"):
            named = [
                f"{line.name} ({line.against[BAR].log:+.2f})"
                for line in lines
                if line.against[BAR].log > 0.0 and verdict(line.against[BAR], worse_by) == end
            ]
            if named:
                said.append(f"{what}, {end}: {', '.join(named)}.")
    return " ".join(said) if said else "No country and no rule is behind its base rate."
