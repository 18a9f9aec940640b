"""`record`: what happened, entry by entry; `--check` looks whether it is sound and comes back."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, listing, paragraph
from allohistory.cli.progress import progress
from allohistory.results.words import in_words

if TYPE_CHECKING:
    from allohistory.book.tables import Book, Entry
    from allohistory.timeline.model import Model


def run(options: argparse.Namespace) -> int:
    """List the entries, show one, or check them all."""
    from allohistory.questions import listings
    from allohistory.questions.scenario import scenario

    model = scenario(options.scenario).model
    if options.check:
        return check(options, model)
    entries = listings.entries_of(model, options.id)
    if options.json:
        sys.stdout.write(with_head("record", options, model, listings.rows_body(entries)))
    else:
        sys.stdout.write(one(entries[0], model.book) if options.id else all_of(entries))
    return 0


def all_of(entries: list[Entry]) -> str:
    """Every entry, in order of dates."""
    lines = [bold(f"The record: {len(entries)} entries"), ""]
    lines += columns(
        [("id", "date", "took"), *((one.id, one.date.isoformat(), str(one.took)) for one in entries)]
    )
    lines += ["", paragraph("One in full, with its reasons and source: allohistory record ID.")]
    return "\n".join(lines) + "\n"


def one(entry: Entry, book: Book) -> str:
    """One entry in full."""
    rows = [("id", entry.id), ("date", in_words(entry.date)), ("whose", entry.rule)]
    if entry.entity:
        rows.append(("where", entry.entity))
    rows += [("took", str(entry.took)), ("why", entry.why), ("source", entry.source), ("grade", entry.grade)]
    rows += [("fact", f"{id}: {book.facts[id].what}" if id in book.facts else id) for id in entry.facts]
    for variant in entry.variants:
        other = variant.took if variant.took is not None else variant.date
        rows.append(("variant", f"{variant.id}: {other} ({variant.source})"))
    rows.append(("change it", f"allohistory ask --do '{entry.id}=OPTION'   (or =never, or =DATE)"))
    return "\n".join([bold(entry.what), *listing([row for row in rows if row[1]])]) + "\n"


def check(options: argparse.Namespace, model: Model) -> int:
    """Look at the book's rows, and replay the record under several parameter draws."""
    from allohistory.questions.record_check import check_record

    with progress() as bar:
        found = check_record(model, bar)
    if options.json:
        sys.stdout.write(with_head("record", options, model, {"items": [vars(one) for one in found]}))
        return SHORT if any(not one.met for one in found) else 0
    lines = [bold("Is the record sound, and does it come back?")]
    for one in found:
        lines.append(paragraph(f"{'ok ' if one.met else 'NOT'}  {one.what}", indent=2, hanging=5))
        lines += [paragraph(f"- {text}", indent=7, hanging=2) for text in one.offenders[:20]]
        if len(one.offenders) > 20:
            lines.append(f"       and {len(one.offenders) - 20} more")
    sys.stdout.write("\n".join(lines) + "\n")
    return SHORT if any(not one.met for one in found) else 0
