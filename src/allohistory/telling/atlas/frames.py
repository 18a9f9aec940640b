"""The weeks of a timeline for a map that moves: what changes from week to week, and nothing else.

Each part is a list of [week, what holds from then on]. A page lays them over the base (base.py) with the same rules
as the sheet: lines of contact and armies only where there is war, holders and names as a peace left them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.book.theatre import Theatre
from allohistory.telling.atlas.afterwards import after_peace, value_of
from allohistory.telling.atlas.geography import Geography, geography
from allohistory.telling.atlas.network import holder_of
from allohistory.telling.atlas.plate import peace_notes, war_notes
from allohistory.telling.atlas.situation import AS_AT_FIRST, Reader, Situation
from allohistory.telling.atlas.theatre import holder_at_first, theatre_of
from allohistory.telling.atlas.war import LEAST_MEN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.questions.timelines import Timeline

Runs = list[tuple[int, Any]]
LINES = ("front.open", "front.km", "front.moved", "front.attacker", "front.won")
ARMIES = ("army.men", "army.order", "army.railhead", "army.cut_off", "army.days")
ENDING = ("peace.week", "peace.kind", "war.began_week", "land.over")


def frames(timeline: Timeline) -> dict[str, Any]:
    """All weeks of a timeline."""
    return Frames(timeline).as_json()


@dataclass(frozen=True)
class Frames:
    """Reads the weeks of one timeline once."""

    timeline: Timeline
    _seen: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def worlds(self) -> NDArray[np.float64]:
        """The whole world at each week's end."""
        return self.timeline.weeks

    @cached_property
    def reader(self) -> Reader:
        """Finds variables in a world."""
        return Reader(self.timeline.model)

    @cached_property
    def theatre(self) -> Theatre:
        """Places, links and axes."""
        return theatre_of(self.timeline.model)

    @cached_property
    def lands(self) -> Geography:
        """The sheet's tables."""
        return geography()

    @cached_property
    def situations(self) -> list[Situation]:
        """The situation of each week; neighbours that are alike share one."""
        changed = self.changed(
            (*LINES, *ARMIES, *ENDING, "place.holder", "operation.state", "side.losses", "side.captured")
        )
        found: list[Situation] = []
        for week, world in enumerate(self.worlds):
            found.append(self.reader.situation(world) if changed[week] else found[-1])
        return found

    def as_json(self) -> dict[str, Any]:
        """The keys that a page reads."""
        fighting = [now.fighting for now in self.situations]
        departed = self.timeline.departure_day // 7 if self.timeline.faded is not None else None
        return {
            "address": self.timeline.address,
            "weeks": len(self.worlds),
            "departs": departed,
            "trouble": self.timeline.trouble,
            "fighting": spans(fighting),
            "fronts": self.runs(self.fronts),
            "armies": self.runs(self.armies),
            "landings": self.runs(self.landings),
            "holders": self.holders(),
            "names": self.names(),
            "cut": self.cut(),
            "state": self.runs(state),
            "notes": self.notes(),
        }

    def changed(self, ids: tuple[str, ...]) -> NDArray[np.bool_]:
        """Whether any of some variables differs from the week before; the first week always counts."""
        differs = np.ones(len(self.worlds), bool)
        places = [self.timeline.model.blueprint.variable_place[id] for id in ids if self.known(id)]
        columns = [place for first, count in places for place in range(first, first + count)]
        if len(differs) > 1:
            held = self.worlds[:, columns]
            differs[1:] = (held[1:] != held[:-1]).any(axis=1)
        return differs

    def known(self, id: str) -> bool:
        """Does the scenario have a variable?"""
        return id in self.timeline.model.blueprint.variable_place

    def runs(self, read: Callable[[Situation], Any]) -> Runs:
        """A part of the situation, where it changes."""
        last: Situation | None = None
        values: list[Any] = []
        for now in self.situations:
            values.append(values[-1] if now is last else read(now))
            last = now
        return changes(values)

    # ------------------------------------------------------------ lines, armies, landings

    def fronts(self, now: Situation) -> list[list[float]]:
        """[axis, open, km, moved] of each line that a sheet shows."""
        if not now.at_war:
            return []
        return [
            [front.number, int(front.open), round(front.km, 1), round(front.moved, 1)]
            for front in now.fronts
            if front.open or front.km
        ]

    def armies(self, now: Situation) -> list[list[float]]:
        """[axis, side, thousand men, order, railhead, cut off, days of stock] of each army that a sheet shows."""
        if not now.at_war:
            return []
        return [
            [
                army.front,
                army.side,
                round(army.men, 1),
                army.order,
                round(army.railhead),
                int(army.cut_off),
                round(min(army.days, 999.0)),
            ]
            for army in now.armies
            if army.men >= LEAST_MEN
        ]

    def landings(self, now: Situation) -> list[list[int]]:
        """[number of the landing on the base, state] of those that were tried."""
        if not now.at_war:
            return []
        found = enumerate(now.landings.get(one.id, 0) for one in self.lands.landings)
        return [[number, state] for number, state in found if state]

    # ------------------------------------------------------------ who holds what, and how it is called

    @cached_property
    def settled(self) -> list[tuple[Geography, Situation]]:
        """Names and holders of each week, as a peace left them."""
        ids = {row.variable for row in self.lands.held if self.known(row.variable)}
        changed = self.changed((*ids, *ENDING, "place.holder"))
        found: list[tuple[Geography, Situation]] = []
        for week, world in enumerate(self.worlds):
            if changed[week]:
                found.append(self.settle(self.situations[week], world))
            else:
                found.append(found[-1])
        return found

    def settle(self, now: Situation, world: Any) -> tuple[Geography, Situation]:
        """The same, of one week; weeks alike in all that it reads are read once."""
        if not self.reader.peace_made(world):
            return self.lands, now
        held = tuple(value_of(self.reader, world, row) for row in self.lands.held)
        key = (held, self.reader.value(world, "peace.kind"), tuple(now.holders.items()))
        if key not in self._seen:
            self._seen[key] = after_peace(self.lands, now, self.reader, world)
        found: tuple[Geography, Situation] = self._seen[key]
        return found

    def holders(self) -> Runs:
        """{place: holder} of the places of which the weeks say another thing than the calendar."""
        values: list[dict[str, int]] = []
        last: tuple[Geography, Situation] | None = None
        for now in self.settled:
            values.append(values[-1] if now is last else self.held(now[1]))
            last = now
        return changes(values)

    def held(self, now: Situation) -> dict[str, int]:
        """Those of one week."""
        return {
            id: held for id, held in now.holders.items() if held != AS_AT_FIRST and id in self.theatre.places
        }

    def names(self) -> Runs:
        """{what the base says: what it is called now} of areas and places; an empty name is not drawn."""
        values: list[dict[str, str]] = []
        last: Geography | None = None
        for lands, _ in self.settled:
            values.append(values[-1] if lands is last else self.called(lands))
            last = lands
        return changes(values)

    def called(self, lands: Geography) -> dict[str, str]:
        """Names of one week that are not the base's."""
        if lands is self.lands:
            return {}
        now = {(area.at, area.kind, area.first): area.name for area in lands.areas}
        areas = {
            area.name: now.get((area.at, area.kind, area.first), "")
            for area in self.lands.areas
            if now.get((area.at, area.kind, area.first), "") != area.name
        }
        places = {
            id: names[0][1]
            for id, names in lands.names.items()
            if names != self.lands.names.get(id, ()) and names
        }
        return areas | places

    def cut(self) -> Runs:
        """Railways between two places that a war has put on either side of a line: no train runs through."""
        values: list[list[str]] = []
        last: Any = None
        for week, now in enumerate(self.settled):
            same = last is not None and now is last
            values.append(values[-1] if same else list(self.broken(now[1], week)))
            last = now
        return changes(values)

    def broken(self, now: Situation, week: int) -> Iterator[str]:
        """The links cut in one week."""
        if not now.at_war:
            return
        date = self.date(week)
        places = self.theatre.places
        for link in self.theatre.links.values():
            if link.mode != "rail" or link.a == link.b:
                continue
            ends = (places[link.a], places[link.b])
            mine, theirs = (holder_of(place, now, date) for place in ends)
            first = {holder_at_first(place, date) for place in ends}
            if mine != theirs and len(first) == 1:
                yield link.id

    # ------------------------------------------------------------ words

    def notes(self) -> Runs:
        """Figures of each week in words, as they stand under a sheet's title."""
        values: list[list[str]] = []
        ids = tuple(id for note in self.lands.notes for id in note.variables)
        changed = self.changed((*ids, *ENDING))
        for week, (world, now) in enumerate(zip(self.worlds, self.situations, strict=True)):
            if now.fighting:
                values.append(war_notes(now))
            elif week and not changed[week] and not self.situations[week - 1].fighting:
                values.append(values[-1])
            else:
                values.append(peace_notes(self.reader, world, self.lands, now.disarmed))
        return changes(values)

    def date(self, week: int) -> str:
        """The Sunday that ends a week."""
        return self.timeline.model.book.calendar.date_of(week * 7 + 6).isoformat()


def state(now: Situation) -> str:
    """War or peace, in the sheet's words."""
    if not now.fighting:
        return "No war on land"
    return "Arms are being laid down" if now.disarmed else "War on land"


def changes(values: list[Any]) -> Runs:
    """[week, value] wherever a value is not that of the week before."""
    return [(week, value) for week, value in enumerate(values) if week == 0 or value != values[week - 1]]


def spans(truths: list[bool]) -> list[tuple[int, int]]:
    """First and last week of each stretch in which something is so."""
    found: list[tuple[int, int]] = []
    for week, true in enumerate(truths):
        if true and found and found[-1][1] == week - 1:
            found[-1] = (found[-1][0], week)
        elif true:
            found.append((week, week))
    return found
