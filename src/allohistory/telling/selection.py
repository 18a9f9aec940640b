"""Which events of a timeline a chronicle tells: news, not routine; a state once, and its change; small quarrels counted.

What is told and what is not is in the scenario's `telling.toml` (see `script.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from allohistory.results.words import in_words
from allohistory.telling.grammar import Grammar, filled
from allohistory.telling.script import Affair, Script

if TYPE_CHECKING:
    from allohistory.timeline.model import Model
    from allohistory.timeline.tell import Event

FORGOTTEN = 26  # weeks: a decision not asked for so long is asked anew
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


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
    last: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    turns: Counter[tuple[str, str]] = field(default_factory=Counter)
    open: dict[tuple[str, str], tuple[Affair, int, bool, list[Said]]] = field(default_factory=dict)
    small: Counter[tuple[str, int]] = field(default_factory=Counter)

    def told(self, events: Iterable[Event]) -> list[Said]:
        """All that is told, in order of days."""
        found = list(self._all(events))
        for affair in self.script.affairs:
            found += self.counted(affair)
        return sorted(matched(found, self.model), key=lambda one: one.day)

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
                if said is not None:
                    yield said
                continue
            _, began, large, kept = self.open[key]
            large = large or f"{event.rule}:{event.option}" in affair.large
            self.open[key] = (affair, began, large, kept + [said] * (said is not None))
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
        return [one for one in kept if one.absent]

    def forget(self, affair: Affair, entity: str) -> None:
        """A new quarrel: what was decided in the last one does not count."""
        for rule in affair.rules:
            self.last.pop((rule, entity), None)

    def counted(self, affair: Affair) -> Iterator[Said]:
        """The small ones, year by year."""
        calendar = self.model.book.calendar
        end = 7 * self.model.blueprint.weeks - 1
        for (opens, year), count in self.small.items():
            if opens == affair.opens:
                number = WORDS[count] if count < len(WORDS) else str(count)
                words = affair.one if count == 1 else filled(affair.many, count=number)
                new_year = calendar.day(f"{year}-12-31", affair.opens)
                day = min((new_year - calendar.date_of(0)).days, end)
                yield Said(day, words[:1].upper() + words[1:], True, rule=affair.opens)

    def said(self, event: Event) -> Said | None:
        """One event in words, or None where it is no news."""
        if event.day < self.departure or self.script.passes_over(event.rule, event.option):
            return None
        if event.option is None and not event.recorded:
            return None
        silent = self.silent(event.rule)
        if event.option in ("silent", silent) and event.rule not in self.script.changes:
            return self.absent(event) if event.rule in self.script.landmarks else None
        if self.is_old(event, silent):
            return None
        key = (event.rule, event.option or "")
        entry = self.grammar.entry_at(event)
        text = self.grammar.sentence(event, self.turns[key])
        self.turns[key] += 1
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
        week, option = self.last.get(key, (-FORGOTTEN - 1, ""))
        if event.rule in self.script.changes:
            before = option if event.week - week <= FORGOTTEN else silent
            self.last[key] = (event.week, event.option or "")
            return event.option == before
        pause = self.script.rarely.get(event.rule, 0)
        if pause and event.week - week < pause:
            return True
        self.last[key] = (event.week, event.option or "")
        return False

    def absent(self, event: Event) -> Said | None:
        """What our history has at this place, and this world has not."""
        entry = self.grammar.entry_at(event)
        if entry is None or not event.differs:
            return None
        ours = self.grammar.ours(event)
        return Said(event.day, ours or "", True, event.rule, event.entity, absent=True)


def matched(found: list[Said], model: Model) -> list[Said]:
    """What comes once in either history, on other days: told once, with our day in brackets."""
    came: dict[tuple[str, str], list[int]] = {}
    lacked: dict[tuple[str, str], list[int]] = {}
    for place, one in enumerate(found):
        (lacked if one.absent else came).setdefault((one.rule, one.entity), []).append(place)
    drop = set()
    for key, places in lacked.items():
        if len(places) == 1 and len(came.get(key, [])) == 1:
            here, there = came[key][0], places[0]
            date = in_words(model.book.calendar.date_of(found[there].day))
            found[here] = replace(found[here], ours=date)
            drop.add(there)
    return [one for place, one in enumerate(found) if place not in drop]
