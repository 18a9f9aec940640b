"""`tell`: one timeline as a chronicle, or as the list of all its events, with how the world stands at the end."""

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
    from allohistory.telling.chronicle import Paragraph
    from allohistory.telling.dated_list import Told


def run(options: argparse.Namespace) -> int:
    """Recompute the timeline and tell it."""
    from allohistory.questions.timelines import timeline_at
    from allohistory.telling.campaign import war_weeks
    from allohistory.telling.chronicle import chronicle
    from allohistory.telling.closing import closing
    from allohistory.telling.dated_list import dated_list

    timeline = timeline_at(options.address)
    model = timeline.model
    if options.json:
        outcomes: dict[str, Any] = {
            id: {"title": one.title, "value": one.value, "date": one.date}
            for id, one in timeline.outcomes.items()
        }
        body = {
            "address": timeline.address,
            "events": [line.as_json() for line in dated_list(timeline, model)],
            "war": [week.as_json() for week in war_weeks(timeline)],
            "chronicle": [one.as_json() for one in chronicle(timeline)],
            "closing": [{"title": title, "text": text} for title, text in closing(timeline)],
            "outcomes": outcomes,
            "faded": timeline.faded,
        }
        again = f"allohistory tell {timeline.address}"
        sys.stdout.write(with_head("tell", options, model, body, again=again, warnings=aside(timeline)))
    else:
        sys.stdout.write(annals(timeline) if options.length == "annals" else essay(timeline, options.length))
    return SHORT if timeline.trouble else 0


def aside(timeline: Timeline, name: str = "This world") -> tuple[str, ...]:
    """What to say of a world that was set aside."""
    return (f"{name} was set aside: {timeline.trouble}.",) if timeline.trouble else ()


def heading(timeline: Timeline) -> list[str]:
    """Which timeline it is, what was changed in it, whose luck it has."""
    from allohistory.questions.restate import what_is_changed, whose_luck_of_one

    worlds = timeline._worlds
    page = [
        bold(f"Timeline {timeline.number:,} of {timeline.address}"),
        paragraph(what_is_changed(worlds).removesuffix(" What follows?")),
        paragraph(whose_luck_of_one(worlds, timeline._read.named)),
    ]
    return page + [paragraph(text, hanging=2) for text in aside(timeline)]


def essay(timeline: Timeline, length: str) -> str:
    """The chronicle and how the world stands at the end; of a post, the end alone."""
    from allohistory.telling.chronicle import chronicle
    from allohistory.telling.closing import closing

    page = heading(timeline)
    if length != "post":
        if timeline.faded is not None:
            page.append(paragraph(f"Up to {in_words(timeline.faded)} all goes as in our history."))
        page.append(
            paragraph("In brackets: what our history has there instead, or has and this world has not.")
        )
        year = ""
        for one in chronicle(timeline):
            if (one.until or one.date)[:4] != year:
                year = (one.until or one.date)[:4]
                page += ["", bold(year)]
            page.append(_told(one))
    last = in_words(timeline.model.book.calendar.last)
    ends = closing(timeline)
    page += ["", bold(f"The world on {last}"), *(paragraph(f"{t}. {text}", hanging=2) for t, text in ends)]
    if not ends:
        page += _outcomes(timeline)
    page += ["", dim("Every event and outcome: allohistory tell --length annals ADDRESS")]
    return "\n".join(page) + "\n"


def _told(one: Paragraph) -> str:
    """A day or a week of the chronicle."""
    if one.absent:
        return dim(paragraph(f"{one.when:>14}  [only in ours: {one.text}]", hanging=16))
    text = paragraph(f"{one.when:>14}  {one.text}", hanging=16)
    return "\n".join([text, *(dim(paragraph(f"[ours: {ours}]", indent=16, hanging=1)) for ours in one.ours)])


def annals(timeline: Timeline) -> str:
    """Every event, year by year, then the weeks of a war and the outcomes; `*` marks what our history does not have."""
    from allohistory.telling.campaign import war_weeks
    from allohistory.telling.dated_list import dated_list

    page = heading(timeline)
    page.append(
        paragraph("* marks what differs from our history; in brackets, what our history has there instead.")
    )
    year = ""
    for line in dated_list(timeline, timeline.model):
        if line.date[:4] != year:
            year = line.date[:4]
            page += ["", bold(year)]
        page.append(_line(line))
    war = war_weeks(timeline)
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
