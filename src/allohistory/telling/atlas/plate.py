"""A timeline's week on a sheet, and the sheet as a picture of dots."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from allohistory.errors import AllohistoryError
from allohistory.results.optional import optional
from allohistory.results.words import in_words
from allohistory.telling.atlas.afterwards import after_peace
from allohistory.telling.atlas.geography import Geography, geography
from allohistory.telling.atlas.sheet import Sheet, svg
from allohistory.telling.atlas.situation import Reader, Situation, people
from allohistory.telling.atlas.theatre import theatre_of

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

PNG_SCALE = 1.5  # dots a point
SIDE_NAMES = ("Soviet side", "Japanese side")
LOSERS = {4: "japan.", 5: "ussr."}  # peace.kind: whose figures are no longer told


@dataclass(frozen=True)
class Plate:
    """The map of a week, to look at: as SVG, as PNG, in a notebook."""

    timeline: Timeline
    day: dt.date

    @cached_property
    def svg(self) -> str:
        """The drawing as text."""
        return plate(self.timeline, self.day)

    @cached_property
    def png(self) -> bytes:
        """The drawing as dots."""
        return as_png(self.svg)

    def _repr_svg_(self) -> str:
        return self.svg


def plate(timeline: Timeline, day: dt.date) -> str:
    """The map of the week that holds a day, as it ended, in SVG; raises AllohistoryError where there is none."""
    model = timeline.model
    theatre, lands = theatre_of(model), geography()
    week = model.book.calendar.week_of(day)
    if week >= len(timeline.weeks):
        last = model.book.calendar.monday_of(max(len(timeline.weeks) - 1, 0)).isoformat()
        raise AllohistoryError(
            "allohistory map DATE",
            f"this world was set aside before that week: {timeline.trouble}",
            given=day.isoformat(),
            closest=last,
        )
    world = timeline.weeks[week]
    reader = Reader(model)
    lands, situation = after_peace(lands, reader.situation(world), reader, world)
    monday = model.book.calendar.monday_of(week)
    notes = (
        war_notes(situation) if situation.fighting else peace_notes(reader, world, lands, situation.disarmed)
    )
    under = f"The week of {in_words(monday)}, as it ended in timeline {timeline.address}"
    state = "No war on land"
    if situation.fighting:
        state = "Arms are being laid down" if situation.disarmed else "War on land"
    return svg(
        Sheet(
            theatre,
            lands,
            day.isoformat(),
            f"The Far East, {in_words(day)}",
            (under, "; ".join([state, *notes])),
            situation,
        )
    )


def peace_notes(reader: Reader, world: Any, lands: Geography, disarmed: bool = False) -> list[str]:
    """Figures in words: those whose variables the scenario has; of a side that was disarmed none."""
    beaten = LOSERS.get(int(reader.value(world, "peace.kind"))) if disarmed else None
    notes = []
    for note in lands.notes:
        if beaten is not None and note.variables[0].startswith(beaten):
            continue
        found = [reader.values(world, id) for id in note.variables]
        if all(found):
            notes.append(note.says.format(*(values[0] for values in found)))
    return notes


def war_notes(situation: Situation) -> list[str]:
    """Men, losses and prisoners of either side."""
    notes = []
    for side, name in enumerate(SIDE_NAMES):
        men = sum(army.men for army in situation.armies if army.side == side)
        said = [f"{name}: {people(men)} men"]
        for id, word in (("losses", "killed, wounded or missing"), ("captured", "taken prisoner")):
            values = situation.sides.get(id, ())
            if len(values) > side and values[side] >= 1:
                said.append(f"{people(values[side])} {word} since it began")
        notes.append(", ".join(said))
    return notes


def as_png(drawn: str) -> bytes:
    """A sheet as PNG."""
    converter = optional("vl_convert", "allohistory map -o FILE.png")
    dots: bytes = converter.svg_to_png(drawn, scale=PNG_SCALE)
    return dots
