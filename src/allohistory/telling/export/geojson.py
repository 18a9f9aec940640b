"""The fronts of a timeline by date, as GeoJSON: a line across each axis that is fought for, week by week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from allohistory.telling.atlas.geography import geography
from allohistory.telling.atlas.projection import Window
from allohistory.telling.atlas.situation import Reader
from allohistory.telling.atlas.theatre import theatre_of, way_of
from allohistory.telling.export.pictures import axis_titles

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

WHOLE = Window(0, 0, 1000, 1000, (132.6, 45.0), 4.0)  # any will do: only degrees are used
NOTE = "A line of contact is one number on an axis: the point where it crosses the axis, not the trace of a front."


def fronts(timeline: Timeline) -> dict[str, Any]:
    """A FeatureCollection: a point for each axis and week of fighting, with how far the line stands from the border."""
    return {
        "type": "FeatureCollection",
        "address": timeline.address,
        "note": NOTE,
        "features": list(_features(timeline)),
    }


def _features(timeline: Timeline) -> Iterator[dict[str, Any]]:
    model = timeline.model
    if "front.open" not in model.blueprint.variable_place:
        return
    theatre, lands, reader = theatre_of(model), geography(), Reader(model)
    axes = list(theatre.axes.values())
    named = axis_titles(model)
    ways = [way_of(axis, theatre, lands, WHOLE) for axis in axes]
    for week, world in enumerate(timeline.weeks):
        now = reader.situation(world)
        if not now.fighting:
            continue
        date = model.book.calendar.date_of(week * 7 + 6).isoformat()
        for front in now.fronts:
            if front.open:
                at = ways[front.number].place(front.km)
                yield {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [round(at[0], 3), round(at[1], 3)]},
                    "properties": {
                        "date": date,
                        "axis": axes[front.number].id,
                        "title": named.get(axes[front.number].id, axes[front.number].id),
                        "km": round(front.km, 1),
                        "moved_km": round(front.moved, 1),
                        "attacker": ("", "soviet", "japanese")[front.attacker],
                    },
                }
