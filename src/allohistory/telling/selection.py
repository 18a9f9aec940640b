"""Which events of a timeline a chronicle tells: news, not routine; a state once, and its change; small ones counted.

What is told and what is not is in the scenario's `telling.toml` (see `script.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from allohistory.results.words import in_words, number_word
from allohistory.telling.grammar import Grammar, filled, full_stop
from allohistory.telling.script import Affair, Script

if TYPE_CHECKING:
    from allohistory.book.tables import Entry
    from allohistory.timeline.model import Model
    from allohistory.timeline.tell import Event


@dataclass(frozen=True)
class Said:
    """One thing to tell. `ours` what our history has there; `absent`: only our history has it."""

    day: int
    text: str
    differs: bool
    rule: str = ""
    entity: str = ""
    option: str = ""
    ours: str | None = None
    sources: tuple[str, ...] = ()
    absent: bool = False


@dataclass
class Choosing:
    """Goes through the events in order and keeps account of what has been said."""

    model: Model
    script: Script
    grammar: Grammar
    departure: int
    start: int = 0  # where this timeline begins among sentences of which any will do
    last: dict[tuple[str, str], tuple[int | None, str | None]] = field(default_factory=dict)
    turns: Counter[tuple[str, str]] = field(default_factory=Counter)
    open: dict[tuple[str, str], tuple[Affair, int, bool, list[Said]]] = field(default_factory=dict)
    small: Counter[tuple[str, int]] = field(default_factory=Counter)

    def told(self, events: Iterable[Event]) -> list[Said]:
        """All that is told, in order of days."""
        every = in_order(events, self.script)
        found = list(self._all(every))
        for affair in self.script.affairs:
            found += self.counted(affair)
        found = Landmarks(self.model, self.script, self.grammar, self.departure).beside(found, every)
        return sorted(found, key=lambda one: one.day)

    def _all(self, events: Iterable[Event]) -> Iterator[Said]:
        for event in events:
            affair = self.affair_of(event)
            if affair is None:
                if (said := self.said(event)) is not None:
                    yield said
                continue
            key = (affair.opens, event.entity)
            if event.rule == affair.opens and event.option != "silent":
                yield from self.closed(key)
                self.forget(affair, event.entity)
                self.open[key] = (affair, event.day, False, [])
            said = self.said(event)
            if key not in self.open:
                if said is not None and f"{event.rule}:{event.option}" in affair.large:
                    yield said
                continue
            _, began, large, kept = self.open[key]
            large = large or f"{event.rule}:{event.option}" in affair.large
            self.open[key] = (affair, began, large, kept if said is None else [*kept, said])
            if event.rule == affair.closes and event.option != "silent":
                yield from self.closed(key)
        for key in list(self.open):
            yield from self.closed(key)

    def affair_of(self, event: Event) -> Affair | None:
        """The quarrel to which an event may belong."""
        return next((one for one in self.script.affairs if event.rule in one.rules), None)

    def closed(self, key: tuple[str, str]) -> list[Said]:
        """An affair is over: all of it where it was large, otherwise one more in the year's count."""
        affair, began, large, kept = self.open.pop(key, (None, 0, False, []))
        if affair is None or large:
            return kept
        if began >= self.departure:
            self.small[affair.opens, self.model.book.calendar.date_of(began).year] += 1
        return []

    def forget(self, affair: Affair, entity: str) -> None:
        """A new quarrel: what was decided in the last one does not count."""
        for rule in affair.rules:
            self.last.pop((rule, entity), None)

    def counted(self, affair: Affair) -> Iterator[Said]:
        """The small ones, year by year."""
        calendar = self.model.book.calendar
        end = 7 * self.model.blueprint.weeks - 1
        for (opens, year), count in self.small.items():
            if opens == affair.opens and count >= affair.least:
                words = filled(affair.many, count=number_word(count))
                new_year = calendar.day(f"{year}-12-31", affair.opens)
                day = min((new_year - calendar.date_of(0)).days, end)
                yield Said(day, words[:1].upper() + words[1:], True, rule=affair.opens)

    def said(self, event: Event) -> Said | None:
        """One event in words, or None where it is no news."""
        if event.option is None and not event.recorded:
            return None
        silent = self.silent(event.rule)
        asked_again = event.rule in self.script.changes
        if event.option in ("silent", silent) and not asked_again:
            return None
        if self.is_old(event, silent) or event.day < self.departure:
            return None
        if self.script.passes_over(event.rule, event.option):
            return None
        key = (event.rule, event.option or "")
        entry = self.grammar.entry_at(event)
        turn = self.turns[key]
        self.turns[key] += 1
        if event.rule in self.script.own_words:
            text = self.grammar.option_sentence(
                event.rule, key[1], event.entity, event.value, turn, self.start
            )
        else:
            text = self.grammar.sentence(event, turn, self.start)
        return Said(
            event.day,
            text,
            event.differs or entry is None,
            rule=event.rule,
            entity=event.entity,
            option=event.option or "",
            ours=self.grammar.ours(event) if event.differs and entry is not None else None,
            sources=(entry.source,) if entry is not None and not event.differs else (),
        )

    def silent(self, rule: str) -> str | None:
        """A choice's option that is no news by itself."""
        facts = self.model.blueprint.rule_of[rule]
        return facts.options[facts.silent] if facts.silent >= 0 else None

    def is_old(self, event: Event, silent: str | None) -> bool:
        """Was the same said not long ago? Keeps account of what was decided last."""
        key = (event.rule, event.entity)
        week, option = self.last.get(key, (None, silent))
        if event.rule in self.script.changes:
            if f"{event.rule}:{event.option}" in self.script.silent:
                return True
            span = self.script.changes[event.rule]
            if week is not None and span and event.week - week > span:
                option = silent
            self.last[key] = (event.week, event.option or "")
            return event.option == option
        pause = self.script.rarely.get(event.rule, 0)
        if (every := self.script.rarely.get(f"{event.rule}:any")) is not None:
            key, pause = (event.rule, ""), every
            week = self.last.get(key, (None, ""))[0]
        if week is not None and event.week - week < pause:
            return True
        self.last[key] = (event.week, event.option or "")
        return False


def in_order(events: Iterable[Event], script: Script) -> list[Event]:
    """The same events, none of them before another of its week from which it follows."""
    told = list(events)
    days: dict[tuple[str, int], int] = {}
    for event in told:
        if event.option != "silent":
            days[event.rule, event.week] = max(event.day, days.get((event.rule, event.week), 0))
    for place, event in enumerate(told):
        before = [days.get((rule, event.week), 0) for rule in script.follows.get(event.rule, ())]
        told[place] = replace(event, day=max([event.day, *before]))
    came = {(event.rule, event.week) for event in told if event.option != "silent"}

    def order(event: Event) -> tuple[int, bool]:
        behind = any((rule, event.week) in came for rule in script.follows.get(event.rule, ()))
        return event.day, behind

    return sorted(told, key=order)


@dataclass(frozen=True)
class Landmarks:
    """What a reader knows of our history, and looks for in this one."""

    model: Model
    script: Script
    grammar: Grammar
    departure: int

    def beside(self, found: list[Said], events: list[Event]) -> list[Said]:
        """The same, with our day where ours had it on another, and with what only ours has."""
        here = {
            entry.id
            for event in events
            if event.recorded and not event.differs and (entry := self.grammar.entry_at(event)) is not None
        }
        told = list(found)
        for entries in self.entries().values():
            lacking = [entry for entry in entries if entry.id not in here]
            lacking = [entry for entry in lacking if self.day(entry) >= self.departure]
            came = [place for place, one in enumerate(told) if self.same(one, entries[0])]
            if len(lacking) == len(came) == len(entries) == 1:
                date = in_words(lacking[0].date)
                if in_words(self.model.book.calendar.date_of(told[came[0]].day)) != date:
                    told[came[0]] = replace(told[came[0]], ours=date)
            else:
                known = {one.ours for one in told}
                lacking = [one for one in lacking if one.rule not in self.script.dated]
                lacking = [one for one in lacking if full_stop(one.what) not in known]
                told += [Said(self.day(one), full_stop(one.what), True, absent=True) for one in lacking]
        return told

    def entries(self) -> dict[tuple[str, str | None], list[Entry]]:
        """The landmarks of our history, by rule and entity."""
        found: dict[tuple[str, str | None], list[Entry]] = {}
        for entry in self.model.book.entries.values():
            facts = self.model.blueprint.rule_of.get(entry.rule)
            if facts is None or not {entry.id, entry.rule} & (self.script.landmarks | self.script.dated):
                continue
            silent = facts.options[facts.silent] if facts.silent >= 0 else ""
            if entry.took not in ("never", "silent", silent):
                key = (entry.id, None) if entry.id in self.script.landmarks else (entry.rule, entry.entity)
                found.setdefault(key, []).append(entry)
        return found

    def day(self, entry: Entry) -> int:
        """The day of an entry, counted from the scenario's first."""
        return self.model.book.calendar.day_of(entry.date)

    def same(self, one: Said, entry: Entry) -> bool:
        """Is what was told here the same thing as an entry of the record?"""
        if one.absent or one.rule != entry.rule or one.entity != (entry.entity or ""):
            return False
        return one.option == entry.took and entry.id not in self.script.landmarks
