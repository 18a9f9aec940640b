"""What `tell` and `fork` answer, as JSON: the same keys from the command line and from the studio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allohistory.questions.forks import compare, fork_week
from allohistory.telling.campaign import war_weeks
from allohistory.telling.chronicle import chronicle
from allohistory.telling.closing import closing
from allohistory.telling.dated_list import dated_list
from allohistory.telling.history.write import history

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline, TimelineOutcome


def told(timeline: Timeline, length: str = "essay") -> dict[str, Any]:
    """One timeline: its events, its war, its history, how it ends."""
    return {
        "address": timeline.address,
        "events": [line.as_json() for line in dated_list(timeline, timeline.model)],
        "war": [week.as_json() for week in war_weeks(timeline)],
        "chronicle": [one.as_json() for one in chronicle(timeline)],
        "history": history(timeline, length).as_json(),
        "closing": [{"title": title, "text": text} for title, text in closing(timeline)],
        "outcomes": {
            id: {"title": one.title, "value": one.value, "date": one.date}
            for id, one in timeline.outcomes.items()
        },
        "faded": timeline.faded,
    }


def forked(one: Timeline, other: Timeline, date: str) -> dict[str, Any]:
    """A fork beside the timeline that it left on a date."""
    week = fork_week(one.model, date)
    found = compare(one, other, week)
    return {
        "address": other.address,
        "identical_before": one.model.book.calendar.monday_of(week).isoformat(),
        "first_difference": found.first_difference,
        "outcomes": {id: _beside(one, its, one.outcomes[id]) for id, its in other.outcomes.items()},
    }


def _beside(one: Timeline, forked: TimelineOutcome, original: TimelineOutcome) -> dict[str, Any]:
    return {
        "title": forked.title,
        "unit": one.model.book.outcomes[forked.id].unit or None,
        "value": forked.value,
        "date": forked.date,
        "original": {"value": original.value, "date": original.date},
    }


def aside(timeline: Timeline, name: str = "This world") -> tuple[str, ...]:
    """What to say of a world that was set aside."""
    return (f"{name} was set aside: {timeline.trouble}.",) if timeline.trouble else ()


def asides(one: Timeline, other: Timeline) -> tuple[str, ...]:
    """The same of a timeline and its fork."""
    return aside(one, "The original") + aside(other, "The fork")
