"""`check chains`: the chains of the debate, link by link."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.cli.progress import progress
from allohistory.questions.chains import TIMELINES, Chain, Link, chains, chains_of
from allohistory.questions.estimates import wilson
from allohistory.results.words import percent, percent_or_odds, percent_range, thousands

if TYPE_CHECKING:
    from allohistory.timeline.model import Model


def run(options: argparse.Namespace, model: Model) -> int:
    """Run every chain and print it; nothing here has a bar to miss."""
    timelines = options.timelines or TIMELINES
    with progress() as bar:
        found = chains(model, timelines=timelines, tell=bar)
    known = chains_of(model.folder)
    if options.json:
        scores = [_score(known[id], links) for id, links in found.items()]
        sys.stdout.write(with_head("check", options, model, {"scores": scores}))
        return 0
    words = (
        f"{thousands(timelines)} timelines each, luck fresh after the change. Each step is reckoned among those "
        "that took all steps before it (chance: 90 %); beside it how often all steps so far were taken, and how often "
        "the step comes by itself without the change."
    )
    parts = [
        bold("Chains of the debate, link by link") + "\n" + paragraph(words),
        *(_shown(known[id], links) for id, links in found.items()),
    ]
    sys.stdout.write(page(parts))
    return 0


def _shown(one: Chain, links: list[Link]) -> str:
    rows = [("", "then", "chance", "so far", "without")]
    for link in links:
        if link.n == 0:
            rows.append((f"-> {link.title}", "not reached", "", "", percent(link.without)))
            break
        rows.append(
            (
                f"-> {link.title}",
                percent(link.probability),
                percent_range(link.interval),
                percent(link.so_far),
                percent(link.without),
            )
        )
    whole = f"The whole chain: {_whole(links)}."
    body = columns(rows, indent=2, right=(1, 2, 3, 4))
    return "\n".join([bold(one.title), paragraph(one.says, indent=2), *body, f"  {whole}"])


def _whole(links: list[Link]) -> str:
    """How often all steps were taken; where never, what so many timelines leave possible."""
    if links[-1].so_far > 0.0:
        return percent_or_odds(links[-1].so_far)
    n = links[0].n
    return f"in none of {thousands(n)} timelines, so at most {percent(wilson(0, n)[1])}"


def _score(one: Chain, links: list[Link]) -> dict[str, Any]:
    steps = [{**vars(link), "interval": list(link.interval)} for link in links]
    return {
        "name": one.id,
        "says": one.says,
        "value": links[-1].so_far,
        "steps": steps,
        "again": "allohistory check chains",
    }
