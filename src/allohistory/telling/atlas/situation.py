"""One week of one timeline, as a map shows it: lines of contact, armies, who holds what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

AS_AT_FIRST = 3  # place.holder: as it was before the war
SIDES = 2
GIVEN_UP = {4: 1, 5: 0}  # peace.kind: the side that laid down its arms
MEN = 1000  # figures are kept in thousand men


@dataclass(frozen=True)
class Army:
    """One side's forces on a front: men in thousands, order 0 withdraw, 1 hold, 2 attack; days that its stock lasts."""

    front: int
    side: int
    men: float
    order: int
    days: float
    railhead: float
    cut_off: bool


@dataclass(frozen=True)
class Front:
    """One axis in one week: where the line stands, and what happened on it."""

    number: int
    open: bool
    km: float
    moved: float
    attacker: int
    won: bool


@dataclass(frozen=True)
class Situation:
    """All of it. Where the scenario keeps no such variables, nothing is there.

    over      the fighting on land has ended
    disarmed  the last war ended with one side laying down its arms
    """

    fronts: tuple[Front, ...] = ()
    armies: tuple[Army, ...] = ()
    holders: Mapping[str, int] = field(default_factory=dict)
    landings: Mapping[str, int] = field(default_factory=dict)
    sides: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    over: bool = False
    disarmed: bool = False

    @property
    def fighting(self) -> bool:
        """Is any axis fought for?"""
        return not self.over and any(front.open for front in self.fronts)

    @property
    def at_war(self) -> bool:
        """Is any axis fought for, or is there a line of contact off the border from a war that was broken off?"""
        if self.over and self.disarmed:
            return False
        return any((front.open and not self.over) or front.km for front in self.fronts)


@dataclass(frozen=True)
class Reader:
    """Reads variables out of the flat numbers of a world."""

    model: Model

    def values(self, world: Any, id: str) -> list[float]:
        """A variable's values, one an entity; none where the scenario has no such variable."""
        place = self.model.blueprint.variable_place.get(id)
        if place is None:
            return []
        first, count = place
        return [float(value) for value in world[first : first + count]]

    def value(self, world: Any, id: str, otherwise: float = 0.0) -> float:
        """A variable that there is once."""
        found = self.values(world, id)
        return found[0] if found else otherwise

    def peace_made(self, world: Any) -> bool:
        """Has the last war between the two been ended by terms or a capitulation?"""
        return self.value(world, "peace.week", -1.0) >= max(self.value(world, "war.began_week", -1.0), 0.0)

    def situation(self, world: Any) -> Situation:
        """The situation in one world."""
        held = self.values(world, "place.holder")
        places = self.model.book.entities_of("place") if held else ()
        states = self.values(world, "operation.state")
        operations = self.model.book.entities_of("operation") if states else ()
        return Situation(
            fronts=self._fronts(world),
            armies=self._armies(world),
            over=self.value(world, "land.over") > 0,
            disarmed=self.value(world, "peace.kind") in GIVEN_UP and self.peace_made(world),
            holders={id: int(value) for id, value in zip(places, held, strict=True)},
            landings={id: int(value) for id, value in zip(operations, states, strict=True)},
            sides={
                id: tuple(self.values(world, f"side.{id}"))
                for id in ("losses", "captured", "aircraft", "sent")
            },
        )

    def _fronts(self, world: Any) -> tuple[Front, ...]:
        ids = ("front.open", "front.km", "front.moved", "front.attacker", "front.won")
        columns = zip(*(self.values(world, id) for id in ids), strict=True)
        return tuple(
            Front(number, opened > 0, km, moved, int(attacker), won > 0)
            for number, (opened, km, moved, attacker, won) in enumerate(columns)
        )

    def _armies(self, world: Any) -> tuple[Army, ...]:
        ids = ("army.men", "army.order", "army.days", "army.railhead", "army.cut_off")
        columns = zip(*(self.values(world, id) for id in ids), strict=True)
        return tuple(
            Army(number // SIDES, number % SIDES, men, int(order), days, railhead, cut > 0)
            for number, (men, order, days, railhead, cut) in enumerate(columns)
        )


def people(thousands: float) -> str:
    """Men as a reader wants them, to two figures, as no count of a war is better: 320, 9,000, 14,000, 710,000."""
    men = thousands * MEN
    step = 10 if men < MEN else 10 ** (len(str(int(men))) - 2)
    return f"{round(men / step) * step:,}"
