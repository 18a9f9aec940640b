"""What is known on the day: dispatches since the last decision, what the actor believes, the figures on the wall.

Nothing here is the true state of the world unless it is public. Dispatches are a timeline's events as its chronicle
would tell them, those left out that the actor's opponents keep secret; beliefs are what the actor's own rule reads;
figures are variables that the actor counts for himself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from allohistory.questions.later import telling
from allohistory.questions.timelines import Timeline, timeline_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.questions.addresses import Read
    from allohistory.questions.play.tables import Actor
    from allohistory.timeline.model import Model
    from allohistory.timeline.tell import TimelineLog

MOST = 9  # dispatches on one sheet
NEWS = 26 * 7  # days: older than half a year is no news where the desk was empty for long


def dispatches(
    read: Read, actor: Actor, log: TimelineLog, weeks: NDArray[Any], rule: str, first: int, until: int
) -> list[dict[str, str]]:
    """What a well-read person in that capital had heard, from one day to another, as dated lines.

    weeks  (weeks, values): the world as the weeks before the decision left it
    rule   what is being decided: of its own week only what the rules before it decided is known
    """
    model, week = read.worlds.model, len(weeks)
    place = model.blueprint.rule_of[rule].place
    before = [
        one
        for one in log.events
        if one.week < week or (one.week == week and model.blueprint.rule_of[one.rule].place < place)
    ]
    since = max(first, until - NEWS)
    told = [
        one for one in _told(read, replace(log, events=tuple(before)), weeks) if since <= one.day <= until
    ]
    told = [one for one in told if not one.absent and not is_hidden(actor, one)]
    weightiest = sorted(range(len(told)), key=lambda place: (-told[place].weight, -told[place].day))[:MOST]
    kept = [told[place] for place in sorted(weightiest)]
    date_of = model.book.calendar.date_of
    return [{"date": date_of(one.day).isoformat(), "text": one.text} for one in kept]


def _told(read: Read, log: TimelineLog, weeks: NDArray[Any]) -> list[Any]:
    """The sentences of a chronicle of the weeks before one, as if the world had ended there."""
    cut = Timeline(read.text, log.timeline, read.worlds.question.luck, read, log)
    writing = telling("history.write")
    cut.__dict__["weeks"] = weeks
    writer = writing.Writer(cut, writing.ANNALS, "annals")
    writer.__dict__["departure"] = 0  # all of it is news at the desk, what is our history too
    return [sentence for _, _, sentence in writer.placed()]


def became(address: str) -> list[dict[str, str]]:
    """How the world stands on the last day, in paragraphs."""
    timeline = timeline_at(address)
    return [{"title": title, "text": text} for title, text in telling("closing").closing(timeline)]


def is_hidden(actor: Actor, sentence: Any) -> bool:
    """Do others keep this secret from the actor?"""
    return any(one.rule in actor.hides or f"{one.rule}:{one.option}" in actor.hides for one in sentence.bases)


def figures(model: Model, actor: Actor, world: NDArray[Any]) -> list[str]:
    """The figures on the actor's wall, in words."""
    said = []
    for variable, words in actor.figures:
        value = round(value_of(model, world, variable))
        if value:
            said.append(words.replace("{value}", f"{value:,}"))
    return said


def value_of(model: Model, world: NDArray[Any], variable: str) -> float:
    """The value of a variable that is kept for no entity."""
    return float(world[model.blueprint.variable_place[variable][0]])
