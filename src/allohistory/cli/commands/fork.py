"""`fork`: one timeline up to a date, and another from there on."""

from __future__ import annotations

import argparse
import shlex
import sys
from typing import TYPE_CHECKING

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, listing, paragraph
from allohistory.results.words import in_words

if TYPE_CHECKING:
    from allohistory.questions.forks import Comparison, FirstDifference
    from allohistory.questions.timelines import Timeline, TimelineOutcome


def run(options: argparse.Namespace) -> int:
    """Fork the timeline, find where the two part, print both."""
    from allohistory.questions.forks import compare, fork_week
    from allohistory.questions.timelines import timeline_at
    from allohistory.telling.answers import asides, forked

    one = timeline_at(options.address)
    other = one.fork(options.from_, pods=options.pod, do=options.do, luck=options.luck)
    week = fork_week(one.model, options.from_)
    before = one.model.book.calendar.monday_of(week).isoformat()
    again = command(one.address, options)
    if options.json:
        body = forked(one, other, options.from_)
        sys.stdout.write(
            with_head("fork", options, one.model, body, again=again, warnings=asides(one, other))
        )
    else:
        found = compare(one, other, week)
        sys.stdout.write(show(one, other, found, before, again))
    return SHORT if other.trouble else 0


def command(address: str, options: argparse.Namespace) -> str:
    """The command that makes the same fork again."""
    words = ["allohistory", "fork", address, "--from", options.from_]
    for option, values in (("--pod", options.pod), ("--do", options.do)):
        words += [word for value in values for word in (option, value)]
    return shlex.join([*words, "--luck", options.luck] if options.luck != "same" else words)


def show(one: Timeline, other: Timeline, found: Comparison, before: str, again: str) -> str:
    """The page: what was changed, where the two part, which outcomes differ, the address."""
    from allohistory.questions.restate import what_is_changed, whose_luck_of_one
    from allohistory.telling.answers import asides

    page = [
        bold(paragraph(f"A fork of timeline {one.number:,} in the week of {in_words(before)}")),
        paragraph(what_is_changed(other._worlds).removesuffix(" What follows?"), hanging=2),
        paragraph(whose_luck_of_one(other._worlds, other._read.named), hanging=2),
        "",
        *_parting(found, other, before),
    ]
    page += [paragraph(text, hanging=2) for text in asides(one, other)]
    page += ["", *_outcomes(one, other, found), "", f"address:   {other.address}"]
    page += [f"read it:   allohistory tell {other.address}", f"again:     {again}"]
    return "\n".join(page) + "\n"


def _parting(found: Comparison, other: Timeline, before: str) -> list[str]:
    difference = found.first_difference
    if difference is None:
        return ["The two timelines are one: nothing differs."]
    rows = [("identical before", in_words(before)), ("first difference", in_words(difference.date))]
    if difference.rule is not None:
        rows.append(("whose", f"{difference.rule}{f' ({difference.entity})' if difference.entity else ''}"))
        rows += [("now", _sentence(other, difference))]
    if difference.variable is not None:
        rows.append(("variable", difference.variable))
    return listing(rows)


def _sentence(timeline: Timeline, difference: FirstDifference) -> str:
    """What the fork has at the address where the two part."""
    from allohistory.telling.grammar import Grammar

    day = timeline.model.book.calendar.date_of
    for event in timeline.events:
        if (
            event.rule == difference.rule
            and (event.entity or None) == difference.entity
            and day(event.day).isoformat() == difference.date
        ):
            return Grammar(timeline.model).sentence(event)
    return "it does not come on that day"


def _outcomes(one: Timeline, other: Timeline, found: Comparison) -> list[str]:
    if not found.outcomes:
        return ["Every outcome is the same in both."]
    rows = [("outcome", "the original", "the fork")]
    rows += [
        (one.outcomes[id].title, _words(one.outcomes[id]), _words(other.outcomes[id]))
        for id in found.outcomes
    ]
    return [bold("Outcomes that differ"), *columns(rows)]


def _words(outcome: TimelineOutcome) -> str:
    value, date = outcome.value, outcome.date
    if isinstance(value, bool):
        return (in_words(date) if date else "yes") if value else "no"
    if value is None:
        return "none"
    if isinstance(value, float):
        return f"{value:g}"
    return in_words(value) if value == date else value
