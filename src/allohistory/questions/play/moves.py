"""A choice as another timeline: the address gets the change that imposes it, where luck would have had something else.

The last choice always stands in the address, for it says how far the game has come, even where it is what luck would
have brought about by itself; once another is made after it, such a one is dropped again. So an address holds the
departures and one more, and never more than it has room for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allohistory.errors import AllohistoryError
from allohistory.questions.play.desk import FIRES, NEVER, Asked, Choice
from allohistory.timeline.shape import CHANGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from allohistory.questions.play.listening import Occasion
    from allohistory.questions.play.tables import Decision
    from allohistory.timeline.model import Model
    from allohistory.timeline.named import Named


def change_for(model: Model, asked: Asked, option: str, decision: Decision) -> str:
    """The change that imposes an option at a question."""
    calendar = model.book.calendar
    entity = f"[{asked.entity}]" if asked.entity else ""
    monday = calendar.monday_of(asked.week).isoformat()
    if option == FIRES:
        day = asked.occasion.day if asked.occasion else asked.day
        return f"{asked.rule}{entity}@{calendar.date_of(day).isoformat()}=fires"
    if option == NEVER:
        last = min(asked.week + decision.shelved - 1, calendar.last_week)
        until = calendar.date_of(7 * last + 6)
        return f"{asked.rule}{entity}@{monday}..{min(until, calendar.last).isoformat()}=never"
    return f"{asked.rule}{entity}@{monday}={option}"


def with_choice(
    model: Model,
    named: Named,
    choices: Sequence[Choice],
    change: str,
    *,
    unneeded: Callable[[Named, Choice], bool],
    earlier: Choice | None,
    asked: Asked,
) -> Named:
    """The name of the timeline in which this was chosen last.

    unneeded  (named without it, choice) -> would luck have it so anyway?
    earlier   a choice of the same option since which the same question was always answered so: the two become one
    """
    changes = list(named.changes)
    if choices and choices[-1] != earlier and choices[-1].first == choices[-1].last:
        last = choices[-1]
        without = tuple(text for text in changes if text != last.text)
        if last.option != NEVER and unneeded(replace(named, changes=without), last):
            changes.remove(last.text)
    if earlier is not None:
        changes.remove(earlier.text)
        change = joined(model, earlier, asked)
    if len(changes) >= CHANGES:
        problem = f"one timeline holds at most {CHANGES} departures, so the advisers must decide the rest"
        raise AllohistoryError("choose", problem, given=change, possible=["until"])
    return replace(named, changes=(*changes, change))


def joined(model: Model, earlier: Choice, asked: Asked) -> str:
    """One change for two answers that are the same, and for all answers between them."""
    calendar = model.book.calendar
    entity = f"[{earlier.entity}]" if earlier.entity else ""
    first = calendar.monday_of(earlier.first).isoformat()
    last = min(calendar.date_of(7 * asked.week + 6), calendar.last).isoformat()
    return f"{earlier.rule}{entity}@{first}..{last}={earlier.option}"


def same_before(
    choices: Sequence[Choice], heard: Iterable[Occasion], asked: Asked, option: str
) -> Choice | None:
    """The player's earlier answer to this question that was the same, where no other answer came between."""
    if option in (FIRES, NEVER):
        return None
    here = (asked.rule, asked.entity)
    found = [one for one in choices if (one.rule, one.entity) == here and one.last < asked.week]
    if not found or found[-1].option != option:
        return None
    between = [
        one.option
        for one in heard
        if (one.rule, one.entity) == here and found[-1].last < one.week < asked.week
    ]
    return found[-1] if all(one == option for one in between) else None
