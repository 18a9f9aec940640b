"""`runs`: the runs kept on disk."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, paragraph
from allohistory.results.words import thousands

if TYPE_CHECKING:
    from allohistory.results.runs.index import Listed

MEGABYTE = 1_000_000
ASKED = ("pods", "do", "from", "luck", "ask", "given", "without", "seed")
USUAL = {"luck": "fresh", "seed": 1}


def run(options: argparse.Namespace) -> int:
    """List them."""
    from allohistory.questions.scenario import scenario
    from allohistory.results.runs.index import remembered, runs_in

    if options.in_ is None:
        places = remembered()
    else:
        places = sorted(path.parent for path in Path(options.in_).glob("**/manifest.json"))
    found = runs_in(places)
    if options.json:
        body = {"runs": [one.as_json() for one in found]}
        sys.stdout.write(with_head("runs", options, scenario(options.scenario).model, body))
        return 0
    sys.stdout.write(listing(found))
    return 0


def listing(found: list[Listed]) -> str:
    """One run a paragraph."""
    if not found:
        return "No run is known here. To begin one: allohistory ask --out DIR\n"
    heads = columns(
        [(one.state, progress_of(one), f"{one.bytes / MEGABYTE:,.1f} MB", str(one.path)) for one in found],
        right=(1, 2),
    )
    lines = [bold(f"Runs on disk: {len(found)}"), ""]
    for head, one in zip(heads, found, strict=True):
        lines += [head, paragraph(in_words(one.manifest.question), indent=4, hanging=4)]
    return "\n".join(lines) + "\n"


def progress_of(one: Listed) -> str:
    """So many of so many timelines."""
    of = one.manifest.timelines
    return f"{thousands(one.manifest.timelines_done)} of {'?' if of is None else thousands(of)}"


def in_words(question: Mapping[str, Any]) -> str:
    """What a run asks, shortly."""
    if question.get("title"):
        return str(question["title"])
    said = []
    for key in ASKED:
        value = question.get(key)
        if value and value != USUAL.get(key):
            said.append(f"{key} {', '.join(value) if isinstance(value, list) else value}")
    return "; ".join(said) or "nothing but the rules"
