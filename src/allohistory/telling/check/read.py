"""Histories read again, one or many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from allohistory.telling.check.events import Happenings
from allohistory.telling.check.findings import Finding, Reading
from allohistory.telling.check.people import people_of
from allohistory.telling.check.style import ALIKE, in_common, neighbours, out_of_order
from allohistory.telling.check.templates import Sense, Templates, templates_of
from allohistory.telling.check.war import Battles
from allohistory.telling.history.write import history
from allohistory.telling.patterns import pattern

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

WAR_AGAIN = ("are at war.", "are at war again.")


@dataclass(frozen=True)
class Line:
    """One sentence as a reader sees it: its day, whether it speaks of weeks, whether of our history alone."""

    date: str
    text: str
    span: bool = False
    only_ours: bool = False


@dataclass(frozen=True)
class Reader:
    """Reads one history against its timeline."""

    timeline: Timeline
    lines: Sequence[Line]

    @cached_property
    def templates(self) -> Templates:
        """The scenario's sentences turned round."""
        return templates_of(self.timeline.model.folder)

    @cached_property
    def happenings(self) -> Happenings:
        """The log and the weeks."""
        return Happenings(self.timeline, self.templates)

    @cached_property
    def battles(self) -> Battles:
        """The months of war."""
        return Battles(self.timeline)

    @cached_property
    def recorded(self) -> dict[str, list[dt.date]]:
        """The record's own sentences, with their days."""
        found: dict[str, list[dt.date]] = {}
        for entry in self.timeline.model.book.entries.values():
            found.setdefault(entry.what.strip().rstrip("."), []).append(entry.date)
        return found

    def read(self) -> Reading:
        """Everything that is wrong."""
        reading = Reading(histories=1, sentences=len(self.lines))
        add = reading.findings.append
        calendar = self.timeline.model.book.calendar
        first = self.timeline.faded or calendar.date_of(0).isoformat()
        dates = [line.date for line in self.lines]
        for place, why in out_of_order(dates, first, calendar.last.isoformat()):
            add(self.finding("date out of order", self.lines[place], why))
        told = [line for line in self.lines if not line.only_ours]
        for place, why in neighbours([line.text for line in told]):
            add(self.finding("neighbours alike", told[place], why))
        for place, line in enumerate(self.lines):
            reading.patterns[pattern(line.text)] += 1
            reading.findings += self.people(place, line)
            understood, wrong = self.sense(line)
            reading.understood += understood
            if not understood:
                reading.unread[line.text] += 1
            reading.findings += [self.finding("contradiction", line, why) for why in wrong]
        return reading

    def finding(self, kind: str, line: Line, why: str) -> Finding:
        """What is wrong with a line."""
        return Finding(kind, self.timeline.address, line.date, line.text, why)

    def people(self, place: int, line: Line) -> Iterator[Finding]:
        """The dead, the offices, the names."""
        people = people_of(self.timeline.model.folder)
        date = dt.date.fromisoformat(line.date)
        departed = self.timeline.faded
        ours = line.only_ours or departed is None or line.date < departed
        ours = ours or line.text.rstrip(".") in self.recorded
        for kind, why in people.wrong(line.text, date, ours):
            yield self.finding(kind, line, why)
        if not line.only_ours:
            earlier = [one.text for one in self.lines[:place] if not one.only_ours]
            for kind, why in people.buried(earlier, line.text):
                yield self.finding(kind, line, why)

    def sense(self, line: Line) -> tuple[bool, list[str]]:
        """Was it understood, and what contradicts the timeline?"""
        week = self.timeline.model.book.calendar.week_of(dt.date.fromisoformat(line.date))
        if line.only_ours:
            days = self.recorded.get(line.text.rstrip("."))
            if days is None:
                return False, []
            return True, [] if line.date in {day.isoformat() for day in days} else [
                "our history has it on another day"
            ]
        causes, text = self.templates.without_cause(line.text)
        against = [self.happenings.cause(place, given, week) for place, given in causes]
        wrong = [why for why in against[:1] if why is not None and None not in against]
        if text.rstrip(".") in self.recorded or line.text.rstrip(".") in self.recorded:
            return True, wrong
        understood = True
        for senses in self.templates.senses(text):
            if not senses:
                understood = False
                continue
            why = self.clause(senses, text, week)
            wrong += [why] if why is not None else []
        return understood, wrong

    def clause(self, senses: list[Sense], text: str, week: int) -> str | None:
        """Why none of a clause's senses fits."""
        war = [one for one in senses if one.rule.startswith("war ")]
        said = []
        if war:
            for one in war:
                why = self.battles.wrong(one, week, self.since(week))
                if why is None:
                    return None
                said.append(why)
        rest = [one for one in senses if not one.rule.startswith("war ")]
        if rest:
            why = self.happenings.wrong(rest, text, week)
            if why is None:
                return None
            said.append(why)
        return said[0] if said else None

    def since(self, week: int) -> int:
        """The first week of the stretch that ends with this one: of its month, not before a peace or a beginning."""
        calendar = self.timeline.model.book.calendar
        month = calendar.date_of(week * 7 + 6).month
        since = week
        while since > 1 and calendar.date_of((since - 1) * 7 + 6).month == month:
            peace = [self.battles.value(one, "peace.week") for one in (since - 2, since - 1)]
            if peace[0] != peace[1] or not self.battles.busy(self.timeline.weeks[since - 2]):
                if peace[0] != peace[1]:
                    break
                since -= 1
                break
            since -= 1
        return since


def lines_of(timeline: Timeline, length: str = "annals") -> list[Line]:
    """A history as lines."""
    return [
        Line(entry.date, sentence.text, entry.span, sentence.absent)
        for entry in history(timeline, length).entries
        for sentence in entry.sentences
    ]


def read_again(timeline: Timeline, lines: Sequence[Line] | None = None) -> Reading:
    """Read the history of a timeline, or lines that say they are one."""
    return Reader(timeline, lines_of(timeline) if lines is None else lines).read()


def own_words(lines: Sequence[Line]) -> list[str]:
    """What a history says of its own world."""
    return [line.text for line in lines if not line.only_ours]


def twins(one: Timeline, other: Timeline) -> Finding | None:
    """Two timelines of one road that are told alike."""
    mine, theirs = (own_words(lines_of(its, "essay")) for its in (one, other))
    share = in_common(mine, theirs)
    if share <= ALIKE:
        return None
    return Finding(
        "told alike", one.address, "", "", f"{share:.0%} of the sentences are those of {other.address}"
    )
