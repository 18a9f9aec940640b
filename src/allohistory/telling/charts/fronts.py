"""The fronts of a timeline over time: kilometres past the border on each axis, up for the Soviet side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from allohistory.results.optional import optional
from allohistory.telling.atlas.situation import Reader
from allohistory.telling.atlas.theatre import theatre_of
from allohistory.telling.export.pictures import axis_titles

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

WIDE, HIGH, GAP_WEEKS = 560, 260, 2


def rows(timeline: Timeline) -> Iterator[dict[str, Any]]:
    """A row for each axis and week of fighting; `war` tells one war from the next."""
    model = timeline.model
    if "front.open" not in model.blueprint.variable_place:
        return
    reader, named = Reader(model), axis_titles(model)
    axes = list(theatre_of(model).axes.values())
    war, last = 0, -GAP_WEEKS
    for week, world in enumerate(timeline.weeks):
        now = reader.situation(world)
        if not now.fighting:
            continue
        war += week - last >= GAP_WEEKS
        last = week
        date = model.book.calendar.date_of(week * 7 + 6).isoformat()
        for front in now.fronts:
            if front.open:
                id = axes[front.number].id
                yield {"date": date, "axis": named.get(id, id), "km": round(front.km, 1), "war": war}


def chart(timeline: Timeline) -> Any:
    """Lines, one an axis; hollow where nothing was fought."""
    altair = optional("altair", "Timeline.plot()")
    return (
        altair.Chart(altair.Data(values=list(rows(timeline))))
        .mark_line()
        .encode(
            x=altair.X("date:T", title=None),
            y=altair.Y("km:Q", title="km past the border (below 0: on Soviet ground)"),
            color=altair.Color("axis:N", title=None),
            detail="war:N",
            tooltip=["axis:N", "date:T", "km:Q"],
        )
        .properties(width=WIDE, height=HIGH, title="Lines of contact")
    )
