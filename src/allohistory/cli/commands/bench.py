"""`bench`: how fast it is on this computer, each figure beside a baseline measured in the same run."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, paragraph
from allohistory.cli.progress import progress


def run(options: argparse.Namespace) -> int:
    """Measure, then print the rows."""
    from allohistory.cli.measure import measure
    from allohistory.questions.scenario import scenario

    with progress() as bar:
        rows = measure(options.scenario, options.timelines, options.workers, bar)
    model = scenario(options.scenario).model
    body: dict[str, Any] = {"rows": [vars(row) for row in rows]}
    if options.json:
        sys.stdout.write(with_head("bench", options, model, body))
        return 0
    table = [("", "seconds", "a second", "baseline", "ratio")]
    for row in rows:
        rate = "" if row.rate is None else f"{row.rate:,.0f}" if row.rate >= 10 else f"{row.rate:.2g}"
        base = "" if row.baseline is None else f"{row.baseline:.3g}"
        ratio = "" if row.ratio is None else f"{row.ratio:,.3g} x"
        seconds = "" if row.megabytes is not None else f"{row.seconds:.3g}"
        table.append((row.name, seconds, rate, base, ratio))
    lines = [bold("Speed on this computer"), *columns(table, right=(1, 2, 3, 4))]
    lines += [paragraph(f"- {row.name}: {row.note}", indent=2, hanging=2) for row in rows if row.note]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0
