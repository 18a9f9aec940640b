"""`check ensemble`: our history in the spread of free timelines, month by month, and its distance to them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.cli.progress import progress
from allohistory.results.words import percent, percent_range, thousands

if TYPE_CHECKING:
    from allohistory.book.ensembles import Bars, EnsembleBook
    from allohistory.questions.standing import SeriesStanding, Standing
    from allohistory.timeline.model import Model

AGAIN = "allohistory check ensemble"


def run(options: argparse.Namespace, model: Model) -> int:
    """Run the ensembles, print where our history stands in them, and whether the bars are met."""
    from allohistory.questions.standing import TIMELINES, standings

    with progress() as bar:
        asked, found = standings(
            model, timelines=options.timelines or TIMELINES, workers=options.workers, tell=bar
        )
    short = any(one.start.barred and not all(one.met(asked.bars)) for one in found)
    if options.json:
        body = {
            "scores": [score for one in found for score in _scores(one, asked.bars)],
            "series": {one.start.id: [_series_json(each) for each in one.series] for one in found},
        }
        sys.stdout.write(with_head("check", options, model, body))
        return SHORT if short else 0
    sys.stdout.write(page(told(model, asked, found)))
    return SHORT if short else 0


def told(model: Model, asked: EnsembleBook, found: Sequence[Standing]) -> list[str]:
    """The parts of the answer: for each start its two figures in words, then every series in one table."""
    bars = asked.bars
    words = (
        f"Our history is replayed under each parameter draw, and each month's end is held against the central "
        f"{percent(bars.central)} of the timelines. Months inside, mean of the draws; a series is inside where that is "
        f"more than {percent(bars.months)}."
    )
    return [
        bold("Our history in free ensembles") + "\n" + paragraph(words),
        *(_start(one, bars) for one in found),
        *_table(model, asked, found),
    ]


def _start(one: Standing, bars: Bars) -> str:
    first, second = one.met(bars)
    said = ("met", "NOT MET") if one.start.barred else ("would be met", "would not be met")
    aside = f", {one.aside} set aside" if one.aside else ""
    series = (
        f"{percent(one.share)} of the {len(one.series)} series are inside in most of {one.months} months (chance "
        f"{percent_range(one.chance)}, over the draws {percent_range(one.draws)}). The bar is {percent(bars.series)}: "
        f"{said[0] if first else said[1]}. Of the timelines' own paths {percent(one.members[0])}, "
        f"{percent(one.members[1])} and {percent(one.members[2])} are inside (5 %, median, 95 %), and "
        f"{percent(one.false_alarm)} of them would miss that bar: so often would a true history fail by chance."
        f"{_still(one, bars)}"
    )
    low, middle, high = one.quantiles
    distance = (
        f"Its energy distance to the ensemble is {one.distance:.2f}; the timelines' own to the others {low:.2f}, "
        f"{middle:.2f} and {high:.2f} (5 %, median, 95 %). {percent(one.nearer)} of them lie nearer (chance "
        f"{percent_range(one.nearer_chance)}, over the draws {percent_range(one.nearer_draws)}) and "
        f"{percent(1.0 - one.nearer)} farther out. The bar is that fewer than {percent(bars.members)} lie nearer: "
        f"{said[0] if second else said[1]}. A true history would miss it {percent(1.0 - bars.members)} of the time."
    )
    head = bold(f"{one.start.says} ({thousands(one.n)} timelines{aside})")
    return "\n".join([head, paragraph(series, indent=2), paragraph(distance, indent=2)])


def _still(one: Standing, bars: Bars) -> str:
    """Series that never move are inside of necessity: what the share is without them."""
    moving = [each for each in one.series if not each.still]
    if len(moving) == len(one.series) or not moving:
        return ""
    share = sum(each.inside > bars.months for each in moving) / len(moving)
    return f" {len(one.series) - len(moving)} of the series never move there; without them it is {percent(share)}."


def _table(model: Model, asked: EnsembleBook, found: Sequence[Standing]) -> list[str]:
    """Groups of series, a line each: months inside for each start; where it is out, on which side and since when."""
    by_id = [{each.id: each for each in one.series} for one in found]
    parts = []
    for group in asked.groups:
        heads = [text for one in found for text in (f"from {one.start.id}", "")]
        rows: list[tuple[str, ...]] = [("", *heads)]
        for id in group.series:
            cells = [text for each in by_id for text in _cells(each[id], asked.bars)]
            rows.append((model.book.variables[id].what, *cells))
        parts.append(
            "\n".join([bold(group.title), *columns(rows, right=[2 * i + 1 for i in range(len(found))])])
        )
    return parts


def _cells(one: SeriesStanding, bars: Bars) -> tuple[str, str]:
    """Share of months inside, and for a series that is out the side and the first month."""
    if one.still:
        return percent(one.inside), "never moves"
    if one.inside > bars.months or one.first is None:
        return percent(one.inside), ""
    side = "above" if one.above > one.below else "below"
    return percent(one.inside), f"{side} from {one.first[0]}-{one.first[1]:02d}"


def _scores(one: Standing, bars: Bars) -> list[dict[str, Any]]:
    """The two figures of a start for machines; a start without bars is neither met nor missed."""
    first, second = one.met(bars)
    barred = one.start.barred
    shared = {"from": one.start.freed.isoformat(), "n": one.n, "aside": one.aside, "again": AGAIN}
    return [
        {
            "name": f"series-inside-{one.start.id}",
            "value": one.share,
            "interval": list(one.chance),
            "over_draws": list(one.draws),
            "baseline": one.members[1],
            "bar": bars.series if barred else None,
            "met": first if barred else None,
            "false_alarm": one.false_alarm,
            "members": list(one.members),
            "months": one.months,
            **shared,
        },
        {
            "name": f"energy-distance-{one.start.id}",
            "value": one.nearer,
            "interval": list(one.nearer_chance),
            "over_draws": list(one.nearer_draws),
            "baseline": 0.5,
            "bar": bars.members if barred else None,
            "met": second if barred else None,
            "false_alarm": 1.0 - bars.members,
            "distance": one.distance,
            "members": list(one.quantiles),
            **shared,
        },
    ]


def _series_json(one: SeriesStanding) -> dict[str, Any]:
    first = None if one.first is None else f"{one.first[0]}-{one.first[1]:02d}"
    return {**vars(one), "first": first}
