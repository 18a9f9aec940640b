"""Where a chapter ends and another begins: at wars with each other, season by season, and at the scenario's marks.

The road to war ends with the first week of fighting on land; a war is told by its seasons, a short one in one chapter;
the peace begins with the day that ends it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from allohistory.book.calendar import Calendar
from allohistory.telling.atlas.situation import Reader
from allohistory.telling.history.sentence import Chapter, Entry
from allohistory.telling.history.words import Words

SHORT_WAR = 26  # weeks: a war that lasts no longer is one chapter
AT_WAR = 6  # war.rung: undeclared war along the frontier, or more
FEWEST = 3  # entries: a chapter with fewer goes to the one before it
ROAD, WAR, AFTER, THROUGHOUT = "road", "war", "after", "peace_throughout"


@dataclass(frozen=True)
class Place:
    """Which chapter a day belongs to: its kind, and what tells it from its neighbours of that kind."""

    kind: str
    mark: str


@dataclass(frozen=True)
class Divider:
    """Divides the entries of one timeline."""

    words: Words
    reader: Reader
    worlds: Any
    calendar: Calendar
    first: int = 0  # the first week that is told

    @cached_property
    def fought_before(self) -> bool:
        """Was a war of the two over before the first day that is told?"""
        return bool(len(self.worlds)) and self.reader.peace_made(
            self.worlds[min(self.first, len(self.worlds) - 1)]
        )

    def chapters(self, entries: Sequence[Entry], departure: int) -> tuple[Chapter, ...]:
        """Entries by chapters, each with its title."""
        if not entries:
            return ()
        wars = self.wars(departure)
        marks = self.marks(departure)
        parts: list[tuple[Place, list[Entry]]] = []
        for place, group in groupby(entries, key=lambda one: self.place(one, wars, marks)):
            held = list(group)
            small = parts and len(held) < FEWEST and (place.kind == parts[-1][0].kind or place.kind != WAR)
            if small and parts[-1][0].kind == place.kind:
                parts[-1][1].extend(held)
            else:
                parts.append((place, held))
        return tuple(Chapter(self.title(place, held), tuple(held)) for place, held in parts)

    def wars(self, departure: int) -> list[tuple[int, int]]:
        """First and last day of every war of the two that is fought on land after the departure."""
        found: list[tuple[int, int]] = []
        began: int | None = None
        for week in range(len(self.worlds)):
            world = self.worlds[week]
            at_war = self.reader.value(world, "war.rung") >= AT_WAR and not self.reader.peace_made(world)
            if at_war and began is None:
                began = max(week * 7, departure)
            if not at_war and began is not None:
                found.append((began, week * 7 + 6))
                began = None
        if began is not None:
            found.append((began, len(self.worlds) * 7))
        return [(first, last) for first, last in found if last >= departure]

    def marks(self, departure: int) -> list[tuple[int, str]]:
        """Day and title of every mark that comes after the departure, each title once."""
        found: dict[str, int] = {}
        for mark in self.words.marks:
            for week in range(max(1, departure // 7), len(self.worlds)):
                was, now = (
                    self.reader.value(self.worlds[one], mark.variable, -1.0) for one in (week - 1, week)
                )
                if was != mark.value == now:
                    found.setdefault(mark.title, week * 7)
                    break
        return sorted((day, title) for title, day in found.items())

    def place(self, entry: Entry, wars: list[tuple[int, int]], marks: list[tuple[int, str]]) -> Place:
        """The chapter of an entry."""
        day = entry.sentences[0].day
        for number, (first, last) in enumerate(wars):
            if first <= day <= last:
                season = self.season(day) if last - first > SHORT_WAR * 7 else f"{number}"
                return Place(WAR, season)
        fought = sum(last < day for _, last in wars)
        kind = (
            (AFTER if self.fought_before else THROUGHOUT)
            if not wars
            else ROAD
            if not fought
            else AFTER
            if fought == len(wars)
            else "between"
        )
        mark = next((title for when, title in reversed(marks) if when <= day), "")
        return Place(kind, f"{fought} {mark}".strip())

    def season(self, day: int) -> str:
        """Winter, spring, summer or autumn with its year; a winter has two."""
        date = self.calendar.date_of(day)
        name = self.words.titles.get("seasons", ["winter", "spring", "summer", "autumn"])[
            date.month % 12 // 3
        ]
        if date.month == 12:
            return f"{name} {date.year}-{(date.year + 1) % 100:02d}"
        if date.month < 3:
            return f"{name} {date.year - 1}-{date.year % 100:02d}"
        return f"{name} {date.year}"

    def title(self, place: Place, entries: Sequence[Entry]) -> str:
        """A chapter's heading, with the years that it covers."""
        years = sorted({one.date[:4] for one in entries})
        span = years[0] if len(years) == 1 else f"{years[0]}-{years[-1][2:]}"
        words = str(self.words.titles.get(place.kind, place.kind.replace("_", " ").capitalize()))
        if place.kind == WAR:
            season = place.mark if " " in place.mark else span
            return f"{words}: {season}"
        _, _, mark = place.mark.partition(" ")
        return f"{words}: {mark}, {span}" if mark else f"{words}, {span}"
