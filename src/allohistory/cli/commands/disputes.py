"""`check disputes`: do headline answers flip where a camp's reading of a disputed figure is imposed? Kept, or anew."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.cli.progress import progress
from allohistory.results.words import percent, points, thousands

if TYPE_CHECKING:
    from allohistory.questions.predictive.disputes import Moved
    from allohistory.timeline.model import Model

AGAIN = "allohistory check disputes"
HEAD = ("", "reading", "luck free from", "as it stands", "so read", "moved by", "")
MOST = 6  # lines shown of answers that do not flip


def run(options: argparse.Namespace, model: Model) -> int:
    """Print what is kept; with --full run and keep it anew."""
    from allohistory.questions.predictive import disputes

    path = disputes.path_of(model)
    if options.full:
        timelines = options.timelines or disputes.TIMELINES
        total, done = disputes.runs(model, timelines), 0
        with progress() as bar:

            def tell(more: int) -> None:
                nonlocal done
                done += more
                bar("disputed figures", min(done, total), total)

            found = disputes.disputes(model, timelines=timelines, workers=options.workers, tell=tell)
        disputes.keep(found, model.digest[:16], timelines, path)
    found, timelines = disputes.read(path)
    if options.json:
        body = {"scores": scores(found), "rows": [vars(one) for one in found]}
        sys.stdout.write(with_head("check", options, model, body, again=f"{AGAIN} --full"))
        return 0
    rows = [HEAD, *rows_of(found, model)]
    title = bold("Disputed figures: what flips where a camp's reading is imposed")
    parts = [f"{title}\n{paragraph(words(found, timelines))}"]
    if len(rows) > 1:
        parts.append("\n".join(columns(rows, right=(3, 4, 5))))
    sys.stdout.write(page([*parts, f"again: {AGAIN} --full"]))
    return 0


def scores(found: list[Moved]) -> list[dict[str, Any]]:
    """The board's line: how many headline answers a reading flips; no bar, for a dispute is no fault of a model."""
    flipped = len({(one.world, one.outcome) for one in found if one.flips})
    of = len({(one.world, one.outcome) for one in found})
    row = {"name": "answers that a reading of a disputed figure flips", "value": f"{flipped} of {of}"}
    return [{**row, "interval": None, "baseline": None, "bar": None, "met": None, "again": f"{AGAIN} --full"}]


def words(found: list[Moved], timelines: int) -> str:
    """How many of all are moved beyond chance."""
    flips = sum(one.flips for one in found)
    return (
        f"{flips} of {len(found)} answers are moved beyond chance ({thousands(timelines)} timelines each, paired under "
        "one luck; all together would show one by chance in twenty repetitions)."
    )


def rows_of(found: list[Moved], model: Model) -> list[tuple[str, ...]]:
    """The answers that flip, and of the others the few that moved most."""
    from allohistory.questions.predictive.disputes import disputed_of

    says = {one.id: one.says for one in disputed_of(model)[0]}
    ordered = sorted(found, key=lambda one: (not one.flips, -abs(one.after - one.before)))
    shown = [one for place, one in enumerate(ordered) if one.flips or place < MOST]
    return [
        (
            f"{says[one.figure]}: {model.book.outcomes[one.outcome].title}",
            one.reading,
            one.world,
            percent(one.before),
            percent(one.after),
            f"{points(one.interval[0])} to {points(one.interval[1])} points",
            "flips" if one.flips else "within chance",
        )
        for one in shown
    ]
