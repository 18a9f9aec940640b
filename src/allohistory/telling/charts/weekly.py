"""The main series of one timeline, week by week, with another's beside (our history's)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from allohistory.errors import AllohistoryError

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

FIGURES = 4  # that a reader of a chart could ever want


def weekly_series(timeline: Timeline, beside: Timeline | None, group: str | None = None) -> dict[str, Any]:
    """The series by id, of one group or of all; `ours` is null where it is our history that is shown."""
    model = timeline.model
    groups = sorted({one.group for one in model.book.variables.values() if one.series})
    if group is not None and group not in groups:
        raise AllohistoryError("group", f'there is no group "{group}"', given=group, possible=groups)
    found: dict[str, Any] = {}
    for id, variable in model.book.variables.items():
        if not variable.series or (group is not None and variable.group != group):
            continue
        per = model.book.entity_kinds[variable.per] if variable.per is not None else None
        found[id] = {
            "title": variable.what,
            "unit": variable.unit,
            "type": variable.type,
            "group": variable.group,
            "entities": [[one.id, one.title] for one in per.members] if per is not None else [],
            "values": values_of(timeline, id),
            "ours": values_of(beside, id) if beside is not None else None,
        }
    first = model.book.calendar.monday_of(0).isoformat()
    weeks = len(timeline.weeks)
    return {"address": timeline.address, "first": first, "weeks": weeks, "groups": groups, "series": found}


def values_of(timeline: Timeline, id: str) -> list[Any]:
    """A value a week; one for each entity where a variable is kept for several."""
    first, count = timeline.model.blueprint.variable_place[id]
    columns = [
        [rounded(value) for value in timeline.weeks[:, place].tolist()]
        for place in range(first, first + count)
    ]
    return columns[0] if count == 1 else [list(row) for row in zip(*columns, strict=True)]


def rounded(value: float) -> float | int | None:
    """A number as a chart needs it."""
    if not math.isfinite(value):
        return None
    short = float(f"{value:.{FIGURES}g}")
    return int(short) if short.is_integer() else short
