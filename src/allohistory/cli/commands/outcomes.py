"""`outcomes`: what can be asked for, with exact definitions."""

from __future__ import annotations

import argparse
import sys

from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, listing, paragraph


def run(options: argparse.Namespace) -> int:
    """List them all, or show one."""
    from allohistory.questions import listings
    from allohistory.questions.scenario import scenario

    model = scenario(options.scenario).model
    rows = listings.outcomes_of(model, options.id)
    if options.json:
        sys.stdout.write(with_head("outcomes", options, model, listings.rows_body(rows)))
        return 0
    lines = [bold("What can be asked for")] if not options.id else []
    for row in rows:
        kind = {"yes": "yes or no", "which": "one of several", "amount": "an amount", "day": "a day"}[
            row.kind
        ]
        lines += ["", f"{bold(row.id)}  {row.title} ({kind})", paragraph(row.definition, indent=2)]
        more = [("options", ", ".join(row.options)), ("unit", row.unit), ("is", row.derived or "")]
        lines += listing([one for one in more if one[1]])
    if not options.id:
        lines += ["", paragraph("Join them: 'serious_war before 1941 and not america_enters'.")]
    sys.stdout.write("\n".join(lines).lstrip("\n") + "\n")
    return 0
