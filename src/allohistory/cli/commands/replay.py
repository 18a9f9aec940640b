"""`replay`: does our history come back, and how likely was it by the rules?"""

from __future__ import annotations

import argparse
import math
import sys
from typing import TYPE_CHECKING

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, paragraph
from allohistory.cli.progress import progress

if TYPE_CHECKING:
    from allohistory.questions.replays import ReplayAnswer

MOST_RULES = 12


def run(options: argparse.Namespace) -> int:
    """Replay, print, and say 3 where an entry is missing."""
    from allohistory.questions.replays import replay_answer
    from allohistory.questions.scenario import scenario

    model = scenario(options.scenario).model
    with progress() as bar:
        found = replay_answer(model, options.draw, bar)
    if options.json:
        sys.stdout.write(with_head("replay", options, model, found.as_json()))
    else:
        sys.stdout.write(show(found))
    return SHORT if found.missing or found.trouble else 0


def show(found: ReplayAnswer) -> str:
    """The page: what came back, and how likely the rules held each part."""
    draws = "one parameter draw" if found.draws == 1 else f"each of {found.draws} parameter draws"
    lines = [
        bold(
            paragraph(f"{found.returned} of {found.entries} entries of the record come back, under {draws}.")
        ),
    ]
    lines += [
        f"  missing  {one.id}: expected {one.expected}, got {one.got or 'no occasion'}"
        for one in found.missing
    ]
    lines += [paragraph(f"  set aside  {text}", hanging=13) for text in found.trouble]
    lines += [
        "",
        paragraph(
            f"The rules gave the whole record, silences included, a log-likelihood of {found.total:.1f} "
            f"({bits_of(found.total)} bits): the less below zero, the less the record surprises them."
        ),
        "",
        bold("What surprised the rules most"),
    ]
    hard = sorted(found.by_rule.items(), key=lambda pair: pair[1])[:MOST_RULES]
    lines += columns(
        [("rule", "log-likelihood", "bits"), *((id, f"{value:.1f}", bits_of(value)) for id, value in hard)],
        right=(1, 2),
    )
    lines += ["", bold("Year by year")]
    years = [(year, f"{value:.1f}", bits_of(value)) for year, value in found.by_year.items()]
    lines += columns([("year", "log-likelihood", "bits"), *years], right=(1, 2))
    return "\n".join(lines) + "\n"


def bits_of(log: float) -> str:
    """A natural logarithm as bits of surprise."""
    return f"{abs(log) / math.log(2.0):.0f}" if math.isfinite(log) else "impossible"
