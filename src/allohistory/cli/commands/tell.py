"""`tell`: one timeline as a dated list, differences from our history marked."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, dim, paragraph, width
from allohistory.results.words import in_words

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline
    from allohistory.telling.campaign import WarWeek
    from allohistory.telling.dated_list import Told


def run(options: argparse.Namespace) -> int:
    """Recompute the timeline and tell it."""
    from allohistory.questions.timelines import timeline_at
    from allohistory.telling.campaign import war_weeks
    from allohistory.telling.dated_list import dated_list

    timeline = timeline_at(options.address)
    model = timeline.model
    lines = dated_list(timeline, model)
    war = war_weeks(timeline)
    if options.json:
        outcomes: dict[str, Any] = {
            id: {"title": one.title, "value": one.value, "date": one.date}
            for id, one in timeline.outcomes.items()
        }
        body = {
            "address": timeline.address,
            "events": [line.as_json() for line in lines],
            "war": [week.as_json() for week in war],
            "outcomes": outcomes,
            "faded": timeline.faded,
        }
        again = f"allohistory tell {timeline.address}"
        sys.stdout.write(with_head("tell", options, model, body, again=again, warnings=aside(timeline)))
    else:
        sys.stdout.write(show(timeline, lines, war))
    return SHORT if timeline.trouble else 0


def aside(timeline: Timeline, name: str = "This world") -> tuple[str, ...]:
    """What to say of a world that was set aside."""
    return (f"{name} was set aside: {timeline.trouble}.",) if timeline.trouble else ()


def show(timeline: Timeline, lines: list[Told], war: list[WarWeek]) -> str:
    """The list, year by year, then the weeks of a war; `*` marks what our history does not have."""
    from allohistory.questions.restate import what_is_changed, whose_luck_of_one

    worlds = timeline._worlds
    page = [
        bold(f"Timeline {timeline.number:,} of {timeline.address}"),
        paragraph(what_is_changed(worlds).removesuffix(" What follows?")),
        paragraph(whose_luck_of_one(worlds, timeline._read.named)),
        paragraph("* marks what differs from our history; in brackets, what our history has there instead."),
    ]
    page += [paragraph(text, hanging=2) for text in aside(timeline)]
    year = ""
    for line in lines:
        if line.date[:4] != year:
            year = line.date[:4]
            page += ["", bold(year)]
        page.append(_line(line))
    if war:
        page += ["", bold("The war, week by week"), *(paragraph(week.line, hanging=4) for week in war)]
    page += ["", bold("What came of it"), *_outcomes(timeline)]
    return "\n".join(page) + "\n"


def _line(line: Told) -> str:
    day = in_words(line.date).rsplit(" ", 1)[0]
    text = paragraph(f"{'*' if line.differs else ' '} {day:>12}  {line.text}", hanging=16)
    if line.ours and line.ours != line.text:
        text += "\n" + dim(paragraph(f"[ours: {line.ours}]", indent=16, hanging=1))
    return text


def _outcomes(timeline: Timeline) -> list[str]:
    lines = []
    for one in timeline.outcomes.values():
        when = f" ({in_words(one.date)})" if one.date else ""
        if one.value is True:
            lines.append(f"  {one.title}{when}")
        elif isinstance(one.value, str) and one.value != "none" and one.value != one.date:
            lines.append(f"  {one.title}: {one.value}{when}")
        elif isinstance(one.value, float) and one.date:
            lines.append(f"  {one.title}: {one.value:g}{when}")
    absent = [one.title for one in timeline.outcomes.values() if one.value is False]
    if absent:
        lines.append(paragraph(f"Not: {'; '.join(absent)}.", indent=2, hanging=2))
    return lines or [" " * 2 + "nothing that can be asked for"][: width()]
