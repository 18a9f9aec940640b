"""The maps of a history: how a war opens, where it stands when it has gone farthest, how it ends, the last day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from allohistory.results.words import in_words
from allohistory.telling.atlas.plate import as_png, plate
from allohistory.telling.atlas.situation import Reader, people

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline
    from allohistory.timeline.model import Model

MOST, FARTHEST = 4, "The armies at their farthest"


@dataclass(frozen=True)
class Picture:
    """One map: its number, its day, what it shows, and the same in words for who cannot see it."""

    number: int
    date: dt.date
    caption: str
    instead: str
    timeline: Timeline

    @property
    def name(self) -> str:
        """Its file, without an ending: "1-1939-08-14"."""
        return f"{self.number}-{self.date.isoformat()}"

    @cached_property
    def svg(self) -> str:
        """The drawing."""
        return plate(self.timeline, self.date)

    @cached_property
    def png(self) -> bytes:
        """The drawing as dots."""
        return as_png(self.svg)


def pictures(timeline: Timeline, most: int = MOST) -> list[Picture]:
    """The maps of a history; of a world without a war, the last day alone."""
    if "front.open" not in timeline.model.blueprint.variable_place or not len(timeline.weeks):
        return []
    weeks = chosen(timeline)[-most:]
    calendar = timeline.model.book.calendar
    return [
        Picture(number, calendar.date_of(week * 7 + 6), caption, instead(timeline, week), timeline)
        for number, (week, caption) in enumerate(weeks, start=1)
    ]


def chosen(timeline: Timeline) -> list[tuple[int, str]]:
    """(week, caption) of each."""
    reader, worlds = Reader(timeline.model), timeline.weeks
    departs = max(timeline.departure_day // 7, 1) if timeline.faded is not None else 1
    fought = [week for week in range(departs, len(worlds)) if reader.situation(worlds[week]).fighting]
    last = [(len(worlds) - 1, "The last week")]
    if not fought:
        return last
    far = max(fought, key=lambda week: sum(abs(km) for km in reader.values(worlds[week], "front.km")))
    found = {
        fought[0]: "The war opens",
        far: FARTHEST,
        fought[-1]: "The last week of fighting",
    }
    return [*sorted(found.items()), *last]


def instead(timeline: Timeline, week: int) -> str:
    """What a map shows, in words: where the lines stand, and who has how many men."""
    from allohistory.telling.atlas.theatre import theatre_of

    now = Reader(timeline.model).situation(timeline.weeks[week])
    date = in_words(timeline.model.book.calendar.monday_of(week))
    if not now.fighting:
        return f"Map of the Far East, week of {date}: no fighting on land."
    axes, named = list(theatre_of(timeline.model).axes.values()), axis_titles(timeline.model)
    lines = []
    for front in now.fronts:
        if front.open:
            id = axes[front.number].id
            whose = "Japanese" if front.km > 0 else "Soviet"
            lines.append(f"{named.get(id, id)}: {abs(front.km):.0f} km on the {whose} side")
    men = [people(sum(army.men for army in now.armies if army.side == side)) for side in (0, 1)]
    return (
        f"Map of the Far East, week of {date}: {men[0]} Soviet and {men[1]} Japanese soldiers. Lines of contact, "
        f"from the old border: {'; '.join(lines)}."
    )


def axis_titles(model: Model) -> dict[str, str]:
    """What each axis is called."""
    kind = model.book.entity_kinds.get("front")
    return {member.id: member.title for member in kind.members} if kind is not None else {}
