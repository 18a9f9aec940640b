"""`tell`: one timeline as a chronicle, or as the list of all its events, with how the world stands at the end."""

from __future__ import annotations

import argparse
import shlex
import sys
from typing import TYPE_CHECKING

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, dim, paragraph, width
from allohistory.errors import AllohistoryError
from allohistory.results.words import in_words

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline
    from allohistory.telling.dated_list import Told
    from allohistory.telling.history.sentence import Entry


LEAST_POST = 1000  # characters: less holds no entry
BRACKETS = "In brackets: what our history has there instead, or has and this world has not."


def run(options: argparse.Namespace) -> int:
    """Recompute the timeline and tell it."""
    from allohistory.questions.timelines import timeline_at
    from allohistory.telling.answers import aside, told

    if options.format is not None:
        return carried(options)
    timeline = timeline_at(options.address)
    model = timeline.model
    if options.json:
        body = told(timeline, options.length)
        again = f"allohistory tell {timeline.address}"
        sys.stdout.write(with_head("tell", options, model, body, again=again, warnings=aside(timeline)))
    else:
        plainly = options.length == "annals" and not options.sources
        page = annals(timeline) if plainly else essay(timeline, options.length, options.sources)
        sys.stdout.write(page)
    return SHORT if timeline.trouble else 0


def carried(options: argparse.Namespace) -> int:
    """Write it in a format: into files, or, of one text, to stdout."""
    from allohistory.questions.timelines import timeline_at
    from allohistory.telling.export.bbcode import LIMIT
    from allohistory.telling.export.deliver import checked, deliver, made

    format = checked(options.format)
    limit = LIMIT if options.limit is None else max(options.limit, LEAST_POST)
    if options.output is None and format in ("pdf", "csv"):
        problem = f"{format} is no text to print; say where it is to go"
        closest = "-o tables" if format == "csv" else "-o history.pdf"
        raise AllohistoryError("allohistory tell -o", problem, given="", closest=closest)
    timeline = timeline_at(options.address)
    if options.output is None:
        texts = [
            held.decode("utf-8")
            for name, held in made(timeline, format, options.length, limit).items()
            if not name.endswith((".svg", ".png"))
        ]
        sys.stdout.write("\n".join(texts))
        return SHORT if timeline.trouble else 0
    files = [str(path) for path in deliver(timeline, format, options.output, options.length, limit)]
    if options.json:
        again = shlex.join(["allohistory", "tell", timeline.address, "--as", format, "-o", options.output])
        body = {"address": timeline.address, "format_of_files": format, "files": files}
        sys.stdout.write(with_head("tell", options, timeline.model, body, again=again))
    else:
        sys.stdout.write("".join(f"{name}\n" for name in files))
    return SHORT if timeline.trouble else 0


def heading(timeline: Timeline) -> list[str]:
    """Which timeline it is, what was changed in it, whose luck it has."""
    from allohistory.questions.restate import what_is_changed, whose_luck_of_one
    from allohistory.telling.answers import aside

    worlds = timeline._worlds
    page = [
        bold(f"Timeline {timeline.number:,} of {timeline.address}"),
        paragraph(what_is_changed(worlds).removesuffix(" What follows?")),
        paragraph(whose_luck_of_one(worlds, timeline._read.named)),
    ]
    return page + [paragraph(text, hanging=2) for text in aside(timeline)]


def essay(timeline: Timeline, length: str, sources: bool = False) -> str:
    """The history in chapters and how the world stands at the end; of a post, the great turns alone."""
    from allohistory.telling.history.write import history

    told = history(timeline, length)
    page = heading(timeline)
    if told.departs is not None:
        page.append(paragraph(f"{told.fades} {BRACKETS}"))
    for chapter in told.chapters:
        page += ["", bold(chapter.title)]
        year = ""
        for entry in chapter.entries:
            if entry.date[:4] != year:
                year = entry.date[:4]
                page.append(dim(year))
            page.append(_told(entry))
            if sources:
                page += _grounds(entry, timeline)
    page += ["", bold(told.closes), *(paragraph(f"{t}. {text}", hanging=2) for t, text in told.closing)]
    if not told.closing:
        page += _outcomes(timeline)
    page += ["", dim(f"Every event and outcome: allohistory tell --length annals {timeline.address}")]
    return "\n".join(page) + "\n"


def _told(one: Entry) -> str:
    """A day of the chronicle, or the weeks up to it."""
    if one.absent:
        return dim(paragraph(f"{one.when:>15}  [only in ours: {one.text}]", hanging=17))
    text = paragraph(f"{one.when:>15}  {one.text}", hanging=17)
    return "\n".join([text, *(dim(paragraph(f"[ours: {ours}]", indent=17, hanging=1)) for ours in one.ours)])


def _grounds(entry: Entry, timeline: Timeline) -> list[str]:
    """What each sentence of an entry rests on."""
    from allohistory.telling.history.basis import grounds

    lines = []
    for sentence in entry.sentences:
        for source in sentence.source:
            lines.append(dim(paragraph(f"record: {source}", indent=19, hanging=2)))
        for one in grounds(sentence, timeline.model):
            chosen = f" ({one.option})" if one.option else ""
            facts = "; ".join(f"{id}: {source}" for id, source in one.facts)
            text = f"{one.id}{chosen}: {one.what}{f' Facts: {facts}' if facts else ''}"
            lines.append(dim(paragraph(text, indent=19, hanging=2)))
    return lines


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
