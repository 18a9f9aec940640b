"""Where a timeline could go another way: what was decided from a day on, with what else might have been.

Of the week itself all of it is offered, of later weeks what its history is worth telling: else a war's weekly battles
would hide the decisions of its capitals.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from allohistory.questions.forks import fork_week
from allohistory.telling.grammar import Grammar

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline
    from allohistory.timeline.tell import Event

MOST = 60
FIRED, SILENT = "fired", "silent"


def decisions(timeline: Timeline, date: str, most: int = MOST) -> list[dict[str, Any]]:
    """The next decisions and events from the week of a date on; each with the changes that a fork could make."""
    week = fork_week(timeline.model, date)
    turns = {
        (one.rule, one.entity, one.option) for told in timeline.chronicle().sentences for one in told.bases
    }
    found = []
    for event in timeline.events:
        if event.week < week or not _told(event, timeline):
            continue
        if event.week > week and (event.rule, event.entity, event.option) not in turns:
            continue
        instead = list(_instead(event, timeline))
        if instead:
            day = timeline.model.book.calendar.date_of(event.day).isoformat()
            text = Grammar(timeline.model).sentence(event)
            found.append({"date": day, "text": text, "rule": event.rule, "instead": instead})
        if len(found) == most:
            break
    return found


def _told(event: Event, timeline: Timeline) -> bool:
    """A firing, or a decision that was not to do nothing, for which the scenario has words."""
    if event.option is None or event.option == SILENT:
        return False
    card = timeline.model.rules[event.rule].card
    return event.option != card.silent and event.rule in Grammar(timeline.model).sentences


def _instead(event: Event, timeline: Timeline) -> Iterator[dict[str, str]]:
    """Every other option, as a change of that week."""
    model = timeline.model
    monday = model.book.calendar.monday_of(event.week).isoformat()
    entity = f"[{event.entity}]" if event.entity else ""
    target = f"{event.rule}{entity}@{monday}"
    if event.option == FIRED:
        yield {"says": "It does not happen that week.", "change": f"{target}=never"}
        return
    for option in model.rules[event.rule].card.options:
        if option != event.option:
            yield {"says": _words(event, option, timeline), "change": f"{target}={option}"}


def _words(event: Event, option: str, timeline: Timeline) -> str:
    """An option in the scenario's sentence; failing that, by its own name."""
    words = Grammar(timeline.model).option_sentence(event.rule, option, event.entity, None)
    return option.replace("-", " ") if not words or words.startswith(event.rule) else words
