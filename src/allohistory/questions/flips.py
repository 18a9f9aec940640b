"""Does the answer flip if a disputed entry of the record has its other reading?

Only readings before luck is freed can matter; where there are many, those nearest in time to the change are tried.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allohistory.errors import AllohistoryError
from allohistory.questions.books import model_for
from allohistory.timeline.plan import END, PLACES

if TYPE_CHECKING:
    from allohistory.questions.worlds import Worlds
    from allohistory.timeline.model import Model

MOST_READINGS = 6


def readings(worlds: Worlds) -> tuple[tuple[str, str], ...]:
    """(entry, variant) pairs that are tried: before luck is freed, the nearest to the change first."""
    book, question = worlds.model.book, worlds.question
    calendar = book.calendar
    end = calendar.last_week if worlds.chosen_horizon == END else worlds.freed // PLACES
    centre = min(worlds.freed // PLACES, calendar.last_week)
    found = [
        (abs(calendar.week_of(entry.date) - centre), entry.id, variant.id)
        for entry in book.entries.values()
        for variant in entry.variants
        if calendar.week_of(entry.date) <= end and entry.id not in question.variants
    ]
    return tuple((entry, variant) for _, entry, variant in sorted(found)[:MOST_READINGS])


def read_otherwise(worlds: Worlds, entry: str, variant: str) -> Model | None:
    """The scenario with this one entry read otherwise; None where that reading does not fit the rest of the record."""
    question = worlds.question
    try:
        return model_for(question.but(variants={**question.variants, entry: variant}))
    except AllohistoryError:
        return None
