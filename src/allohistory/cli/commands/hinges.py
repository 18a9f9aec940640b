"""`hinges`: when was it decided?"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from allohistory.cli.commands.map import writable
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.cli.progress import stoppable
from allohistory.results.files import canonical
from allohistory.results.words import in_words, percent, percent_range, points

if TYPE_CHECKING:
    from pathlib import Path

    from allohistory.questions.hinges.ask import Hinge, Hinges
    from allohistory.questions.hinges.curve import Point
    from allohistory.questions.hinges.moves import Move

LARGEST = 15  # parts shown


def run(options: argparse.Namespace) -> int:
    """Find the hinges, print them, and draw the curve where a file is asked for."""
    from allohistory.questions.hinges.ask import hinges
    from allohistory.questions.scenario import scenario

    target = writable(options.output, "allohistory hinges -o") if options.output else None
    model = scenario(options.scenario).model
    with stoppable(options.watch) as bar:
        found = hinges(
            model,
            options.outcome,
            timelines=options.timelines,
            draws=options.draws,
            seed=options.seed,
            workers=options.workers,
            progress=bar,
            stop=options.watch.stop,
        )
    if target is not None:
        drawn(found, target)
    if options.json:
        sys.stdout.write(canonical(found.as_dict() | ({"files": [str(target)]} if target else {})))
    else:
        sys.stdout.write(show(found, target))
    return 0


def drawn(found: Hinges, target: Path) -> None:
    """Write the chart."""
    from allohistory.results.charts import save

    save(found.plot(), target)


def show(found: Hinges, target: Path | None = None) -> str:
    """The page: the question, how it stood year by year, what moved it."""
    ours = "it came about" if found.ours else "it did not come about"
    question = (
        f"When was it decided? How likely was it, given our history up to each week and fresh luck from there on? "
        f"In our history {ours}."
    )
    head = [bold(paragraph(found.asked.title)), paragraph(found.asked.definition), paragraph(question)]
    parts = ["\n".join(head), "\n".join(year_by_year(found)), "\n".join(what_moved(found))]
    parts += [paragraph(how_found(found))]
    ends = [f"drawn: {target}"] if target else []
    return page([*parts, "\n".join([*ends, f"again: {found.again}"])])


def year_by_year(found: Hinges) -> list[str]:
    """The curve at the beginning of each year."""
    rows = [("given our history up to", "probability", "chance interval")]
    rows += [
        (in_words(found.date_of(point.week)), percent(point.probability), percent_range(point.interval))
        for point in year_starts(found)
    ]
    return [bold("How it stood"), *columns(rows, right=(1, 2))]


def year_starts(found: Hinges) -> list[Point]:
    """The first week of each year, and the last week of all."""
    points = found.points
    years = [found.date_of(point.week)[:4] for point in points]
    first = [point for place, point in enumerate(points) if place == 0 or years[place] != years[place - 1]]
    return [*first, points[-1]] if points[-1] is not first[-1] else first


def what_moved(found: Hinges) -> list[str]:
    """The named parts of the named weeks, those that moved it most, in the order of time."""
    if not found.hinges:
        return [paragraph("No week of our history moved it beyond error.")]
    parts = [(hinge, part) for hinge in found.hinges for part in hinge.parts if part.named]
    largest = sorted(parts, key=lambda pair: -abs(pair[1].change))[:LARGEST]
    rows = [("what moved it", "before", "after", "points", "chance interval")]
    rows += [row(found, hinge, part) for hinge, part in sorted(largest, key=lambda pair: pair[1].step.first)]
    whole = [one for one in found.hinges if not any(part.named for part in one.parts)]
    lines = [bold("What moved it"), *columns(rows, right=(1, 2, 3, 4))]
    if whole:
        weeks = ", ".join(f"{in_words(one.date)} ({points(one.whole.change)} points)" for one in whole)
        lines += ["", paragraph(f"Weeks that moved it as a whole, by no one event beyond error: {weeks}.")]
    return lines


def row(found: Hinges, hinge: Hinge, part: Move) -> tuple[str, str, str, str, str]:
    """One part: its date and entries, before and after."""
    from allohistory.questions.hinges.shape import move_of

    move = move_of(found, hinge, part)
    low, high = part.change_interval
    return (
        f"{move['date']} {' + '.join(move['ids']) or move['id']}",
        percent(part.before),
        percent(part.after),
        points(part.change),
        f"{points(low)} to {points(high)}",
    )


def how_found(found: Hinges) -> str:
    """By what rule the weeks are named."""
    from allohistory.questions.hinges.curve import REACH
    from allohistory.questions.hinges.moves import FALSE_ALARM

    return (
        f"Each week: {found.timelines:,} timelines over {found.draws} parameter draws, pooled with the weeks within "
        f"{REACH} of it, never across a named week. The {found.tried} weeks that moved them most were tried on "
        f"{found.fresh:,} fresh timelines; named is what chance would name in at most {percent(FALSE_ALARM)} of "
        "answers (Holm). The probabilities are those of somebody who knows the rules as well as we do, not of a "
        "contemporary."
    )
