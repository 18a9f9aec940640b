"""`pods`: the catalogue of points of divergence, each with its surprise."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, listing, paragraph
from allohistory.cli.progress import progress
from allohistory.results.words import bits, bits_as_odds, in_words

if TYPE_CHECKING:
    from allohistory.book.tables import Pod
    from allohistory.questions.catalogue import Costed


def run(options: argparse.Namespace) -> int:
    """List them all, or show one in full."""
    from allohistory.questions import listings
    from allohistory.questions.scenario import scenario

    model = scenario(options.scenario).model
    pods = listings.pods_of(model, options.id)
    with progress() as bar:
        costed = listings.pod_costs(
            model,
            pods,
            timelines=options.timelines,
            workers=options.workers,
            progress=bar,
            stop=options.watch.stop,
        )
    if options.json:
        sys.stdout.write(with_head("pods", options, model, listings.pods_body(pods, costed)))
    elif options.id:
        sys.stdout.write(one(pods[0], costed[pods[0].id], model.book))
    else:
        sys.stdout.write(all_of(pods, costed))
    return 0


def all_of(pods: list[Pod], costed: dict[str, Costed]) -> str:
    """The catalogue, in order of dates."""
    lines = [bold(f"Points of divergence: {len(pods)}"), ""]
    ordered = sorted(pods, key=lambda pod: pod.date)
    heads = columns([(pod.date.isoformat(), pod.id, *own(costed[pod.id])) for pod in ordered], right=(2, 3))
    for pod, head in zip(ordered, heads, strict=True):
        lines += [head, paragraph(pod.title, indent=14)]
    lines += [
        "",
        paragraph(
            "One in full: allohistory pods ID. Ask it: allohistory ask --pod ID. 3 bits of surprise is 1 in 8."
        ),
    ]
    return "\n".join(lines) + "\n"


def own(cost: Costed) -> tuple[str, str]:
    """Chance and surprise of one, by the rules or as judged."""
    if cost.bits is None:
        return (
            ("judged", f"{cost.judged[0]:g}-{cost.judged[1]:g} bits")
            if cost.judged
            else ("no chance", "a state")
        )
    return (bits_as_odds(cost.bits), bits(cost.bits))


def one(pod: Pod, cost: Costed, book: Any) -> str:
    """One point of divergence in full."""
    lines = [bold(pod.title), paragraph(pod.what, indent=2), ""]
    rows = [("id", pod.id), ("date", in_words(pod.date))]
    if pod.movable is not None:
        rows.append(
            ("movable", f"{in_words(pod.movable.first)} to {in_words(pod.movable.last)}: --pod {pod.id}@DATE")
        )
    rows += [("change", change) for change in pod.changes]
    chance, surprise = own(cost)
    rows.append(("surprise", f"{surprise} ({chance})"))
    if pod.judged_bits is not None:
        rows.append(
            ("judged", f"{pod.judged_bits.low:g} to {pod.judged_bits.high:g} bits: {pod.judged_bits.because}")
        )
    rows += [("fact", f"{id}: {book.facts[id].what}" if id in book.facts else id) for id in pod.facts]
    rows.append(("source", pod.source))
    if pod.argued_at:
        rows.append(("argued at", pod.argued_at))
    rows.append(("ask", f"allohistory ask --pod {pod.id}"))
    return "\n".join([*lines, *listing(rows)]) + "\n"
