"""Changes of the world itself: war and peace, who rules a land, whose troops stand on an island.

Decisions are told by their own sentences; what they brought about is read from the worlds that the weeks left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from allohistory.results.words import number_word
from allohistory.telling.atlas.situation import Reader
from allohistory.telling.grammar import filled, freely, sentence_of
from allohistory.telling.script import Script, Watch
from allohistory.telling.selection import Said

if TYPE_CHECKING:
    from allohistory.timeline.model import Model
    from allohistory.timeline.tell import Event

SUNDAY = 6
WEEKS_A_YEAR = 52


@dataclass(frozen=True)
class Watching:
    """Finds the watched changes in a timeline's weeks."""

    model: Model
    script: Script
    departure: int
    start: int = 0
    turns: Counter[tuple[str, int]] = field(default_factory=Counter)

    @cached_property
    def reader(self) -> Reader:
        """Finds variables in a world."""
        return Reader(self.model)

    def told(self, worlds: Any, events: Iterable[Event]) -> list[Said]:
        """Every watched change from the departure on."""
        happened: dict[int, list[Event]] = {}
        for event in events:
            if event.option not in (None, "silent"):
                happened.setdefault(event.week, []).append(event)
        found = []
        for week in range(max(1, self.departure // 7), len(worlds)):
            for watch in self.watches:
                if watch.yearly:
                    found += self.of_the_year(watch, week, worlds)
                    continue
                for words in self.said(watch, worlds[week - 1], worlds[week]):
                    day = self.day(watch, week, happened.get(week, []), worlds[week])
                    found.append(Said(day, words, True, rule=f"watch {watch.variable}"))
        return found

    @cached_property
    def watches(self) -> tuple[Watch, ...]:
        """Those whose variables the scenario has."""
        known = self.model.book.variables
        return tuple(one for one in self.script.watches if one.variable in known and one.when in known)

    def said(self, watch: Watch, before: Any, after: Any) -> Iterator[str]:
        """One change in words; nothing where nothing changed."""
        was, now = self.reader.values(before, watch.when), self.reader.values(after, watch.when)
        if was == now:
            return
        values = [int(value) for value in self.reader.values(after, watch.variable)]
        ids, titles = self.entities(watch.variable)
        came: dict[int, list[str]] = {}
        for place, (old, new) in enumerate(zip(was, now, strict=True)):
            if old != new and watch.at in (None, int(new)) and values[place] in watch.says:
                came.setdefault(values[place], []).append(ids[place])
        clauses = []
        for value, here in came.items():
            every = len(values) > 1 and len(here) == len(values)
            words = watch.all.get(value, watch.says[value]) if every else watch.says[value]
            turn = self.turns[watch.variable, value]
            self.turns[watch.variable, value] += 1
            if isinstance(words, dict):
                words = freely(words, turn, self.start)
            words = words[min(turn, len(words) - 1)] if isinstance(words, list) else words
            parts = partly(self.reader, after, watch.share, ids)
            clauses.append(filled(words, names=self.script.called(here, titles, parts)))
        if clauses:
            yield sentence_of(f"{watch.lead} {'; '.join(clauses)}")

    def entities(self, variable: str) -> tuple[list[str], dict[str, str]]:
        """The ids of the entities for which a variable is kept, and their titles."""
        kind = self.model.book.variables[variable].per
        if kind is None:
            return [""], {"": ""}
        members = self.model.book.entity_kinds[kind].members
        return [one.id for one in members], {one.id: one.title for one in members}

    def of_the_year(self, watch: Watch, week: int, worlds: Any) -> list[Said]:
        """At a year's end, how far a count has come, where it rose in the year."""
        calendar = self.model.book.calendar
        day = 7 * week + SUNDAY
        if week + 1 < len(worlds) and calendar.date_of(day + 7).year == calendar.date_of(day).year:
            return []
        count = round(self.reader.value(worlds[week], watch.variable))
        if count <= round(self.reader.value(worlds[max(0, week - WEEKS_A_YEAR)], watch.variable)):
            return []
        return [
            Said(day, filled(watch.yearly, count=number_word(count)), True, rule=f"watch {watch.variable}")
        ]

    def day(self, watch: Watch, week: int, events: list[Event], world: Any) -> int:
        """The day of the decision that brought it about; the week's last where there was none."""
        if watch.day:
            return 7 * week + int(self.reader.value(world, watch.day))
        rows = self.model.book.variables
        by = {*rows[watch.variable].written_by, *rows[watch.when].written_by}
        days = [event.day for event in events if event.rule in by]
        return max(days, default=7 * week + SUNDAY)


def partly(reader: Reader, world: Any, share: str, ids: list[str]) -> list[str]:
    """The entities of which a share variable says that only a part is meant."""
    shares = reader.values(world, share) if share else []
    return [id for id, part in zip(ids, shares, strict=False) if 0.0 < part < 1.0]
