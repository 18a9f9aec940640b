"""The chain to war, link by link: how likely is each step once the steps before it have happened?

The ways and their steps are the scenario's own (`telling.toml`); each step is an expression over outcomes. A link's
probability is the share of the timelines that took all steps before it and took this one too; the first link of a way
counts all timelines. Multiplied together, the links of a way give the chance that the whole way is walked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions.columns import Columns, asked_of, middle_day
from allohistory.results.schema import Link

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.questions.defaults import Way


def chain(columns: Columns, ways: tuple[Way, ...], opening: tuple[Link, ...] = ()) -> tuple[Link, ...]:
    """The points of divergence themselves (`opening`), then every way, link by link."""
    links = list(opening)
    for way in ways:
        links += walk(columns, way, "the points of divergence" if opening else "")
    return tuple(links)


def walk(columns: Columns, way: Way, start: str) -> list[Link]:
    """The links of one way; it ends where no timeline went further."""
    links: list[Link] = []
    weight = columns.weight
    so_far = np.ones(len(columns.draw), bool)
    given = start
    for step in way.steps:
        n = int(so_far.sum())
        column = columns.read(asked_of(step.expression, columns.model, columns.custom))
        taken = so_far & column.shown
        whole = float(n if weight is None else weight[so_far].sum())
        part = float(taken.sum() if weight is None else weight[taken].sum())
        probability = part / whole if whole else None
        links.append(
            Link(way.id, step.id, step.title, _middle_date(columns, column.day, taken), probability, given, n)
        )
        so_far, given = taken, step.title
    return links


def _middle_date(columns: Columns, days: NDArray[np.int64], taken: NDArray[np.bool_]) -> str | None:
    day = middle_day(columns, days, taken, 0.5)
    if day is None:
        return None
    return columns.model.book.calendar.date_of(day).isoformat()
