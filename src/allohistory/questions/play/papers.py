"""What is known on the day: dispatches since the last decision, what the actor believes, the figures on the wall.

Nothing here is the true state of the world unless it is public. Dispatches are a timeline's events as its chronicle
would tell them, those left out that the actor's opponents keep secret; beliefs are what the actor's own rule reads;
figures are variables that the actor counts for himself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allohistory.questions.later import telling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from allohistory.questions.play.tables import Actor
    from allohistory.timeline.model import Model
    from allohistory.timeline.tell import Event

MOST = 9  # dispatches on one sheet
NEWS = 26 * 7  # days: older than half a year is no news where the desk was empty for long


def dispatches(
    model: Model, actor: Actor, events: Sequence[Event], first: int, until: int
) -> list[dict[str, str]]:
    """What a well-read person in that capital had heard, from one day to another, as dated lines."""
    selection, grammar = telling("selection"), telling("grammar")
    script = telling("script").script_of(model.folder)
    choosing = selection.Choosing(model, script, grammar.Grammar(model), 0)
    told = [one for one in choosing.told(events) if max(first, until - NEWS) <= one.day <= until]
    told = [one for one in told if not one.absent and not is_hidden(actor, one.rule, one.option)]
    weights = telling("history.words").words_of(model.folder).weights
    told.sort(key=lambda one: -weight(weights, one.rule, one.option))
    date_of = model.book.calendar.date_of
    kept = sorted(told[:MOST], key=lambda one: one.day)
    return [{"date": date_of(one.day).isoformat(), "text": one.text} for one in kept]


def is_hidden(actor: Actor, rule: str, option: str) -> bool:
    """Do others keep this secret from the actor?"""
    return rule in actor.hides or f"{rule}:{option}" in actor.hides


def weight(weights: Mapping[str, float], rule: str, option: str) -> float:
    """How much a chronicle makes of such an event."""
    return weights.get(f"{rule}:{option}", weights.get(rule, 1))


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
