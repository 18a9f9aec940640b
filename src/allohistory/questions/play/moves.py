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
    from collections.abc import Callable, Sequence

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
    named: Named,
    choices: Sequence[Choice],
    change: str,
    unneeded: Callable[[Named, Choice], bool],
) -> Named:
    """The name of the timeline in which this was chosen last.

    unneeded  (named without it, choice) -> would luck have it so anyway?
    """
    changes = named.changes
    if choices:
        last = choices[-1]
        without = tuple(text for text in changes if text != last.text)
        if last.option != NEVER and unneeded(replace(named, changes=without), last):
            changes = without
    if len(changes) >= CHANGES:
        problem = f"one timeline holds at most {CHANGES} departures; let the advisers decide the rest"
        raise AllohistoryError("choose", problem, given=change, possible=["until"])
    return replace(named, changes=(*changes, change))
