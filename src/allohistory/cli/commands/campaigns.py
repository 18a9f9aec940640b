"""`check campaigns`: campaigns of the record fought again by the rules, figure by figure beside what happened."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, listing, paragraph
from allohistory.cli.progress import progress

if TYPE_CHECKING:
    from allohistory.questions.campaign_scores import Hit, Report
    from allohistory.timeline.model import Model

AGAIN = "allohistory check campaigns"
NAMES = {
    "coverage_50": "Share of figures inside the middle half",
    "coverage_90": "Share inside the middle nine tenths",
    "log_crps": "Log CRPS of amounts and days",
    "log_crps_unused": "The same, figures marked as used left out",
    "log_crps_left_out": "The same, each campaign left out of fitting",
    "truths_brier": "Squared error of truths (won or not)",
}


def run(options: argparse.Namespace, model: Model) -> int:
    """Fight all campaigns and print the figures and the scores."""
    from allohistory.questions.campaign_scores import by_campaign, report, summary
    from allohistory.questions.campaigns import TIMELINES

    with progress() as bar:
        found = report(model, timelines=options.timelines or TIMELINES, tell=bar)
    scores = summary(found.hits, found.left_out)
    left = by_campaign(found.hits, found.left_out)
    short = bool(found.unread) or not all(row["met"] for row in scores)
    if options.json:
        body = {
            "scores": scores,
            "campaigns": left,
            "not_refitted": list(found.unfitted),
            "figures": [_item(one) for one in found.hits],
            "unread": [one.id for _, one in found.unread],
            "missing": {id: list(words) for id, words in found.missing.items() if words},
            "runs": found.timelines,
            "set_aside": found.aside,
        }
        sys.stdout.write(with_head("check", options, model, body, again=AGAIN))
    else:
        sys.stdout.write("\n".join([*_figures(model, found), *_scores(scores, left, found)]) + "\n")
    return SHORT if short else 0


def _item(one: Hit) -> dict[str, Any]:
    """One figure for machines."""
    figure = one.figure
    return {
        "id": figure.id,
        "campaign": one.campaign,
        "what": figure.what,
        "quantity": figure.quantity,
        "unit": figure.unit,
        "happened": figure.value,
        "range": [figure.low, figure.high],
        "median": one.middle,
        "interval_50": None if one.half is None else list(one.half),
        "interval_90": None if one.nine_tenths is None else list(one.nine_tenths),
        "in_50": None if figure.is_truth else one.in_half,
        "in_90": None if figure.is_truth else one.in_nine_tenths,
        "below": one.below,
        "crps": one.crps,
        "baseline": one.baseline,
        "baseline_crps": one.baseline_crps,
        "used_in_fit": figure.used_in_fit,
        "source": figure.source,
        "grade": figure.grade,
    }


def _figures(model: Model, found: Report) -> list[str]:
    """A table a campaign."""
    from allohistory.book.campaigns import campaigns_of

    out = [bold("Campaigns of the record, fought again by the rules")]
    for campaign in campaigns_of(model.book, model.folder):
        hits = [one for one in found.hits if one.campaign == campaign.id]
        if hits:
            rows: list[tuple[str, ...]] = [("", "record", "rules", "50 %", "90 %", "")]
            rows += [_line(one) for one in hits]
            out += ["", bold(campaign.title), *columns(rows, right=(1, 2, 3, 4))]
    return out


def _line(one: Hit) -> tuple[str, ...]:
    """One figure for readers."""
    figure = one.figure
    words = figure.what + ("" if figure.is_truth else f", {figure.unit}") + (" *" if figure.used else "")
    if one.half is None or one.nine_tenths is None:
        return words, "yes" if figure.value else "no", f"{100 * one.middle:.0f} %", "", "", ""
    mark = "" if one.in_half else ("90" if one.in_nine_tenths else "OUT")
    return words, _number(figure.value), _number(one.middle), _pair(one.half), _pair(one.nine_tenths), mark


def _pair(ends: tuple[float, float]) -> str:
    return f"{_number(ends[0])}-{_number(ends[1])}"


def _number(value: float) -> str:
    """Two or three figures: enough for an eye."""
    if abs(value) >= 10.0:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 1.0 else f"{value:.2f}"


def _scores(scores: list[dict[str, Any]], left: list[dict[str, Any]], found: Report) -> list[str]:
    """The scores, the campaigns one by one, and what was not known."""
    rows: list[tuple[str, ...]] = [("", "n", "rules", "bar", "difference", "")]
    rows += [_score(row) for row in scores]
    out = ["", bold("Scores"), *columns(rows, right=(1, 2, 3, 4)), ""]
    out.append(
        paragraph(
            "OUT: what happened lies outside the middle nine tenths; 90: outside the middle half only. A coverage is "
            "met where its 95 % band holds the nominal share. The bar of the other scores is the baseline of force "
            "ratio and duration; differences (rules less baseline, with their standard error over campaigns) should "
            "be below 0. An asterisk marks a figure that something in the rules was fitted to, or chosen in view of."
        )
    )
    each = [(row["campaign"], _signed(row["difference"]), _signed(row["left_out"])) for row in left]
    out += [
        "",
        bold("Log CRPS less the baseline's"),
        *columns([("", "all", "left out"), *each], right=(1, 2)),
    ]
    words = "Left out: on parameters fitted without the campaign's own battles; as it is where no fit has seen them."
    if found.unfitted:
        words += (
            f" No such fit is kept for {', '.join(found.unfitted)}, which the score above therefore lacks."
        )
    out += ["", paragraph(words)]
    lacking = [(id, "; ".join(words)) for id, words in found.missing.items() if words]
    if lacking or found.unread:
        out += ["", bold("What the rules do not know yet"), *listing(lacking)]
        out.append(paragraph(f"Figures that could not be read: {len(found.unread)}."))
    if found.aside:
        out.append(paragraph(f"Timelines set aside: {found.aside}."))
    return out


def _score(row: dict[str, Any]) -> tuple[str, ...]:
    """One score for readers."""
    if row["baseline"] is None:
        band = f"{100 * row['interval'][0]:.0f}-{100 * row['interval'][1]:.0f} %"
        value = f"{100 * row['value']:.0f} %"
        return NAMES[row["name"]], str(row["n"]), value, f"{100 * row['bar']:.0f} %", band, _met(row)
    error = row["standard_error"]
    difference = f"{row['difference']:+.2f}" + ("" if error is None else f" ({error:.2f})")
    return (
        NAMES[row["name"]],
        str(row["n"]),
        f"{row['value']:.2f}",
        f"{row['bar']:.2f}",
        difference,
        _met(row),
    )


def _signed(value: float | None) -> str:
    return "-" if value is None else f"{value:+.2f}"


def _met(row: dict[str, Any]) -> str:
    return "" if row["met"] else "BELOW"
