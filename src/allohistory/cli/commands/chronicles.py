"""`check chronicles`: the histories of many timelines read again, and held against the timelines they tell."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, paragraph
from allohistory.cli.progress import progress
from allohistory.results.words import percent

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline
    from allohistory.telling.check.findings import Finding, Reading
    from allohistory.timeline.model import Model

TIMELINES, SEED, SHOWN = 100, 1, 12
BAR = "no finding, no pattern above 3 % of sentences"
ENOUGH = 100  # histories from which on the bar of patterns holds: fewer have too few sentences


def run(options: argparse.Namespace, model: Model) -> int:
    """Tell, read again, say what is wrong."""
    from allohistory.telling.check.findings import Reading
    from allohistory.telling.check.read import read_again, twins
    from allohistory.telling.check.sample import sampled

    timelines = options.timelines or TIMELINES
    reading = Reading()
    last: dict[str, Timeline] = {}
    with progress() as bar:
        for number, (road, timeline) in enumerate(sampled(model, timelines, SEED), start=1):
            reading.add(read_again(timeline))
            if road in last and (alike := twins(last[road], timeline)) is not None:
                reading.findings.append(alike)
            last[road] = timeline
            bar("chronicles", number, timelines)
    again = f"allohistory check chronicles --timelines {timelines}"
    if options.json:
        sys.stdout.write(with_head("check", options, model, as_json(reading, again), again=again))
    else:
        sys.stdout.write(page(reading, again))
    return 0 if met(reading) else SHORT


def met(reading: Reading) -> bool:
    """Is nothing wrong, and no pattern too common?"""
    from allohistory.telling.check.style import MOST

    return not reading.findings and (reading.histories < ENOUGH or reading.commonest[1] <= MOST)


def as_json(reading: Reading, again: str) -> dict[str, Any]:
    """The keys of the interface."""
    found = Counter(one.kind for one in reading.findings)
    row = {"interval": None, "baseline": None, "again": again}
    scores = [
        {"name": "findings", "value": len(reading.findings), "bar": 0, "met": not reading.findings, **row},
        {"name": "commonest pattern", "value": reading.commonest[1], "bar": 0.03, "met": met(reading), **row},
    ]
    return {
        "scores": scores,
        "histories": reading.histories,
        "sentences": reading.sentences,
        "understood": reading.understood,
        "kinds": dict(found),
        "findings": [vars(one) for one in reading.findings],
    }


def page(reading: Reading, again: str) -> str:
    """What was read, what is wrong, how it is put."""
    from allohistory.telling.check.style import MOST

    kinds = Counter(one.kind for one in reading.findings)
    pattern, share = reading.commonest
    lines = [
        bold("Chronicles read again"),
        paragraph(
            f"{reading.histories:,} histories, {reading.sentences:,} sentences; of {reading.understood:,} the sense "
            "was found and held against the timeline's events and weeks. Dates, the dead, offices, names and the "
            "building of sentences were looked at in all.",
            indent=2,
        ),
        "",
        f"  findings: {len(reading.findings):,}{'' if reading.findings else ' (bar: none)'}",
        *columns([(kind, f"{count:,}") for kind, count in kinds.most_common()], indent=4, right=(1,)),
        paragraph(f'commonest pattern: {percent(share)} "{pattern}" (bar: {percent(MOST)})', indent=2),
    ]
    lines += [paragraph(shown(one), indent=2, hanging=4) for one in reading.findings[:SHOWN]]
    if len(reading.findings) > SHOWN:
        lines.append(f"  and {len(reading.findings) - SHOWN:,} more: --json has all of them")
    return "\n".join([*lines, "", f"again: {again}", ""])


def shown(one: Finding) -> str:
    """A finding in a line."""
    return f"{one.kind}, {one.date}: {one.sentence} [{one.why}; {one.address}]"
