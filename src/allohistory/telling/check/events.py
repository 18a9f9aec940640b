"""Decisions and events in a text held against the timeline: did they come, in that week, as the text has it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from allohistory.results.words import number_word
from allohistory.telling.atlas.situation import Reader
from allohistory.telling.check.templates import Sense, Templates
from allohistory.telling.history.words import words_of
from allohistory.telling.script import script_of

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

ONCE_MORE = re.compile(r"\b(again|another|once more|more Manchukuo)\b", re.IGNORECASE)
FIRST_ANOTHER = (
    "cabinet.temper",
    "europe.breaks",
    "washington.invades",
)  # the one before is the scenario's own start
SLACK = 1  # weeks: what follows from an event may be told on its day, in the week before or after


@dataclass(frozen=True)
class Happenings:
    """What a timeline's log and weeks say."""

    timeline: Timeline
    templates: Templates

    @cached_property
    def reader(self) -> Reader:
        """Finds variables in a world."""
        return Reader(self.timeline.model)

    @cached_property
    def weeks_of(self) -> dict[tuple[str, str], list[tuple[int, str]]]:
        """(rule, option) -> (week, entity) of each time that it came."""
        found: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for event in self.timeline.events:
            option = event.option if event.value is None else "value"
            found.setdefault((event.rule, option or "value"), []).append((event.week, event.entity))
        return found

    def wrong(self, senses: list[Sense], text: str, week: int) -> str | None:
        """Why no sense of a clause fits the timeline; None where one does."""
        said = [why for sense in senses if (why := self.of(sense, text, week)) is not None]
        return None if len(said) < len(senses) else said[0] if said else None

    def of(self, sense: Sense, text: str, week: int) -> str | None:
        """Why one sense does not fit."""
        if sense.rule.startswith("watch "):
            return self.state(sense, week)
        if sense.rule.startswith("count "):
            return self.counted(sense, week)
        came = self.weeks_of.get((sense.rule, sense.option), [])
        where = sense.given.get("where") or sense.given.get("entity")
        at = [(when, entity) for when, entity in came if abs(when - week) <= SLACK and self.at(entity, where)]
        if not at:
            return f"{sense.rule}: {sense.option} did not come in that week"
        if ONCE_MORE.search(text) and sense.rule not in FIRST_ANOTHER:
            earlier = [when for when, _ in came if when < week]
            if not earlier and not self.before(sense.rule, week):
                return f"{sense.rule}: {sense.option} had not come before"
        return None

    def before(self, rule: str, week: int) -> bool:
        """Had a rule fired before at all?"""
        return any(
            when < week
            for (name, option), times in self.weeks_of.items()
            if name == rule and option != "silent"
            for when, _ in times
        )

    def at(self, entity: str, where: str | None) -> bool:
        """Is this the place that the text names?"""
        if not where:
            return True
        model = self.timeline.model
        title = self.titles.get(entity, entity)
        return where in (script_of(model.folder).names.get(entity, ""), title, f"({title})")

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of every entity."""
        kinds = self.timeline.model.book.entity_kinds.values()
        return {member.id: member.title for kind in kinds for member in kind.members}

    def state(self, sense: Sense, week: int) -> str | None:
        """A watched variable must stand at the value that is said, for as many entities as are named."""
        variable, value = sense.rule.removeprefix("watch "), int(sense.option)
        worlds = self.timeline.weeks
        for near in (week, week - 1, week + 1):
            if 0 <= near < len(worlds) and value in [
                int(one) for one in self.reader.values(worlds[near], variable)
            ]:
                return None
        return f"{variable} does not stand at {value} in that week"

    def counted(self, sense: Sense, week: int) -> str | None:
        """A year's count: no more of them than came; a variable's, exactly."""
        count = sense.given["count"].lower()
        calendar = self.timeline.model.book.calendar
        if sense.rule == "count variable":
            value = round(self.reader.value(self.timeline.weeks[week], sense.option))
            return None if number_word(value) == count else f"{sense.option} stands at {value}"
        year = calendar.date_of(week * 7).year
        came = self.weeks_of.get((sense.option, "fired"), [])
        there = sum(abs(calendar.date_of(when * 7).year - year) <= 0 for when, _ in came)
        if count in (number_word(one) for one in range(there + 2)):
            return None
        return f"{sense.option} came {there} times in {year}"

    def cause(self, place: int, given: dict[str, str], week: int) -> str | None:
        """A cause: its variable must have stood between its limits, at the number that is named."""
        cause = words_of(self.timeline.model.folder).causes[place]
        worlds = self.timeline.weeks
        values = self.reader.values(worlds[week - 1], cause.variable) if 0 < week <= len(worlds) else []
        if not any(cause.least <= value <= cause.most for value in values):
            return f"{cause.variable} stood outside the cause's limits"
        number = given.get("number")
        if number and number.lower() not in {number_word(round(value)) for value in values}:
            return f"{cause.variable} was not {number}"
        return None


def numbers_in(text: str) -> Iterator[float]:
    """The figures of a text."""
    for found in re.finditer(r"\d[\d,]*", text):
        yield float(found.group().replace(",", ""))
