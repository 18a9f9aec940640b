"""Does the answer flip if a disputed entry of the record has its other reading?

Only readings before luck is freed can matter; where there are many, those nearest in time to the change are tried.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from allohistory.errors import AllohistoryError
from allohistory.questions.books import model_for
from allohistory.questions.estimates import Z90, paired_difference, weighted_difference
from allohistory.results.schema import Difference, Flip
from allohistory.timeline.plan import END, PLACES

if TYPE_CHECKING:
    from allohistory.questions.columns import Asked, Columns
    from allohistory.questions.worlds import Worlds
    from allohistory.timeline.model import Model

MOST_READINGS = 6
FALSE_ALARM = 0.05  # over all readings of an answer and outcome


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


def flip(name: str, share: float, columns: Columns, plain: Columns, asked: Asked, tried: int) -> Flip | None:
    """The answer under another reading: the whole answer's share, moved by what the reading changes in pairs.

    share   the probability under the record as it stands, over all timelines
    plain   fewer timelines of the same, of which `columns` are the other reading's
    tried   how many readings are tried: chance may call one of them a flip in one answer of twenty, not each
    """
    _, mine, its = np.intersect1d(columns.timeline, plain.timeline, return_indices=True)
    if len(mine) == 0:
        return None
    shown, base = columns.read(asked).shown[mine], plain.read(asked).shown[its]
    weight = None if plain.weight is None else plain.weight[its]

    def moved(z: float) -> Difference:
        if weight is None:
            return paired_difference(shown, base, z)
        return weighted_difference(shown, base, plain.draw[its], weight, z)

    usual, strict = moved(Z90), moved(NormalDist().inv_cdf(1.0 - FALSE_ALARM / (2 * max(tried, 1))))
    low, high = strict.chance_interval
    return Flip(
        name,
        _within(share + usual.value),
        (_within(share + usual.chance_interval[0]), _within(share + usual.chance_interval[1])),
        low > 0.0 or high < 0.0,
    )


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def read_otherwise(worlds: Worlds, entry: str, variant: str) -> Model | None:
    """The scenario with this one entry read otherwise; None where that reading does not fit the rest of the record."""
    question = worlds.question
    try:
        return model_for(question.but(variants={**question.variants, entry: variant}))
    except AllohistoryError:
        return None
