"""The first cause of each difference between two timelines.

An outcome differs by what was drawn otherwise before it. Of all events that only one of the two has, the cause named is
the first of a rule that decides the outcome (`[decided_by]` in `history.toml`); where the scenario names
none, or none of them differs before it, no cause is given beyond the one at which the two part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allohistory.telling.grammar import Grammar
from allohistory.telling.history.words import words_of

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline, TimelineOutcome
    from allohistory.timeline.tell import Event


@dataclass(frozen=True)
class Difference:
    """An outcome that differs, with its first cause: the day, whose it is ("one", "other"), the rule, in words.

    Both values are as `Timeline.outcomes` has them.
    """

    id: str
    title: str
    one: TimelineOutcome
    other: TimelineOutcome
    date: str | None
    side: str | None
    rule: str | None
    words: str | None

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface."""
        return {
            "id": self.id,
            "title": self.title,
            "one": {"value": self.one.value, "date": self.one.date},
            "other": {"value": self.other.value, "date": self.other.date},
            "first_cause": {"date": self.date, "in": self.side, "rule": self.rule, "words": self.words}
            if self.rule
            else None,
        }


def differences(one: Timeline, other: Timeline, outcomes: tuple[str, ...]) -> list[Difference]:
    """Every outcome that differs, with its first cause."""
    apart = only_one_has(one, other)
    return [_difference(id, one, other, apart) for id in outcomes]


def only_one_has(one: Timeline, other: Timeline) -> list[tuple[Event, str]]:
    """Events that came to something in one of the two alone, or otherwise, in the order of weeks."""
    place = {rule.id: rule.place for rule in one.model.blueprint.rules}
    mine, theirs = ({_key(event): event for event in its.events if _told(event)} for its in (one, other))
    apart = [(event, "one") for key, event in mine.items() if key not in theirs]
    apart += [(event, "other") for key, event in theirs.items() if key not in mine]
    return sorted(
        apart, key=lambda found: (found[0].week, place[found[0].rule], found[0].day, found[0].entity)
    )


def _key(event: Event) -> tuple[object, ...]:
    return event.rule, event.entity, event.week, event.option


def _told(event: Event) -> bool:
    """Decisions and firings: values drawn every week are no cause that a reader knows."""
    return event.option is not None and event.option != "silent"


def _difference(id: str, one: Timeline, other: Timeline, apart: list[tuple[Event, str]]) -> Difference:
    mine, theirs = one.outcomes[id], other.outcomes[id]
    dates = [its.date for its in (mine, theirs) if its.date is not None]
    last = min(dates) if dates else None
    calendar = one.model.book.calendar
    told = [
        (event, side)
        for event, side in apart
        if last is None or calendar.date_of(event.week * 7).isoformat() <= last
    ]
    close = words_of(one.model.folder).decided_by.get(id, ())
    found = next(((event, side) for event, side in told if event.rule in close), None)
    if found is None:
        return Difference(id, mine.title, mine, theirs, None, None, None, None)
    event, side = found
    words = Grammar(one.model).sentence(event)
    return Difference(
        id, mine.title, mine, theirs, calendar.date_of(event.day).isoformat(), side, event.rule, words
    )
