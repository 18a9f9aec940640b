"""`check predictive`: timelines of calibrated draws, left to themselves, beside what happened; kept, or run anew."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.cli.progress import progress
from allohistory.errors import AllohistoryError
from allohistory.results.words import in_words, percent, thousands

if TYPE_CHECKING:
    from allohistory.questions.predictive.asked import Asked, Feature
    from allohistory.questions.predictive.checks import Found, Place
    from allohistory.timeline.model import Model

AGAIN = "allohistory check predictive"
HEAD = ("", "ours", "5 %", "95 %", "rank", "p", "")
FULL_HEAD = ("", "ours", "5 %", "median", "95 %", "never", "rank", "p", "")


def run(options: argparse.Namespace, model: Model) -> int:
    """Print what is kept; with --full run and keep it anew."""
    from allohistory.questions.predictive import checks
    from allohistory.questions.predictive.asked import asked_of

    asked = asked_of(model)
    if options.full:
        with progress() as bar:
            found = checks.predictive(
                model,
                asked=asked,
                timelines=options.timelines or checks.TIMELINES,
                workers=options.workers,
                tell=bar,
            )
        checks.keep(found, checks.path_of(model))
    else:
        kept = checks.read(checks.path_of(model))
        if kept is None:
            raise AllohistoryError(
                "check predictive", "no result is kept", see=f"{AGAIN} --full runs it (a minute)"
            )
        found = kept
    scores = checks.scores(found, asked)
    if options.json:
        body = {"scores": scores, "features": [features(one, asked) for one in found.places]}
        sys.stdout.write(with_head("check", options, model, body, again=f"{AGAIN} --full"))
    else:
        sys.stdout.write(page(told(found, asked, model)))
    return 0 if all(one["met"] for one in scores) else SHORT


def features(one: Place, asked: Asked) -> dict[str, Any]:
    """A feature for machines: the place, and whether it lies outside."""
    return {**asdict(one), "outside": one.p < asked.bars.outside}


def told(found: Found, asked: Asked, model: Model) -> list[str]:
    """The parts of the answer."""
    parts = [bold("What happened, among timelines left to themselves") + "\n" + paragraph(words_of(found))]
    for world in asked.worlds.values():
        rows = [HEAD, *(narrow(line_of(one, asked, model, iso=True)) for one in found.of(world.id))]
        parts.append("\n".join([bold(world.says), *columns(rows, right=(1, 2, 3, 4, 5))]))
    parts.append(paragraph(verdict(found, asked)))
    if found.model != model.digest[:16]:
        parts.append(paragraph(f"Kept from an earlier state of rules and tables ({found.model})."))
    parts.append(f"again: {AGAIN} --full")
    return parts


def words_of(found: Found) -> str:
    """How it was made."""
    return (
        f"{thousands(found.timelines)} timelines of each world, the calibrated draws in turn, seed {found.seed}, model "
        f"{found.model}. Rank: the share of timelines below our figure, half of those equal to it. p: twice the "
        "smaller share at least as far out, on either side."
    )


def narrow(line: tuple[str, ...]) -> tuple[str, ...]:
    """A line for a terminal: without the median and the share of never."""
    says, ours, low, _, high, _, rank, p, mark = line
    return says, ours, low, high, rank, p, mark


def line_of(one: Place, asked: Asked, model: Model, *, iso: bool = False) -> tuple[str, ...]:
    """A line of a table. iso: days in figures, which are short."""
    feature = next(held for held in asked.features if held.id == one.feature)
    never = "" if one.never is None else percent(one.never)
    mark = "OUTSIDE" if one.p < asked.bars.outside else ""
    shown = [value_of(value, feature, model, iso) for value in (one.ours, *one.quantiles)]
    return (feature.says, *shown, never, f"{one.rank:.2f}", f"{one.p:.2f}", mark)


def value_of(value: float | None, feature: Feature, model: Model, iso: bool = False) -> str:
    """A count, an amount or a day; a day that never comes in a word."""
    from allohistory.questions.predictive.checks import DATED

    if value is None:
        return "never"
    if feature.kind in DATED:
        day = model.book.calendar.date_of(int(value))
        return day.isoformat() if iso else in_words(day)
    return thousands(round(value))


def verdict(found: Found, asked: Asked) -> str:
    """How many are outside, how many chance would put there, and how they lean."""
    outside = [one for one in found.places if one.p < asked.bars.outside]
    by_chance = asked.bars.outside * len(found.places)
    leaning = [one for one in found.places if abs(one.rank - 0.5) > 0.3]
    words = (
        f"{len(outside)} of {len(found.places)} features are outside at a two-sided p of {asked.bars.outside:g}; were "
        f"they independent, continuous and not fitted, chance would put about {by_chance:.0f} there."
    )
    if len(outside) < by_chance / 2:
        words += (
            " So few means wide timelines and features that calibration has seen, not a model that foresees."
        )
    high = sum(one.rank > 0.5 for one in leaning)
    return (
        f"{words} {len(leaning)} have a rank further than .3 from the middle: {high} of them because our figure is "
        f"high or late, {len(leaning) - high} because it is low or early."
    )
