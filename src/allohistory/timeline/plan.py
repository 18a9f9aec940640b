"""What is asked of the engine: changes in numbers, the horizon of hindsight, conventions, seed.

A horizon is a position in the order of luck: week times 128 plus the place in the week. Luck at recorded
addresses before it is history's; from it on it is free. One dial gives the modes: START is free running, END
with no change is our history, END with changes is same luck, the position after the last imposed address is
fresh luck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PLACES = 128
START = 0
END = 1 << 40
COUPLINGS = ("gumbel", "monotone", "maximal", "redraw")
CLOCKS = ("week", "redraw")


def position(week: int, place: int) -> int:
    """The position of a place (0 to 127) in a week's order."""
    return week * PLACES + place


@dataclass(frozen=True)
class Item:
    """One change as the kernel reads it (kinds in changes.py); -1 stands for any entity, key or step.

    first_week, last_week   when it acts, both included
    day                     day of the week (0 to 6) on which a forced clock fires, -1 for luck's
    moved_key               the key that a moved firing carries with it, -1 for none
    first, count            positions of a variable's or parameter's numbers
    held                    a variable set over a window is held in each week of it
    place                   the place in the week's order that this change imposes on, 0 for start of the week
    """

    kind: int
    rule: int = -1
    entity: int = -1
    first_week: int = 0
    last_week: int = 1 << 20
    key: int = -1
    step: int = -1
    option: int = -1
    day: int = -1
    value: float = 0.0
    first: int = 0
    count: int = 0
    held: bool = False
    place: int = 0
    text: str = ""

    @property
    def at(self) -> int:
        """The position at which this change first imposes itself."""
        return position(self.first_week, self.place)


@dataclass(frozen=True)
class Plan:
    """How a set of timelines is run.

    items      the changes
    horizon    position from which luck is free
    coupling   0 gumbel, 1 monotone, 2 maximal, 3 redraw; clocks 0 week, 1 redraw
    draws      how many rows of the kept table are used; timeline i takes row i mod draws
    since      week from which outcomes that ask for a first time "after the day asked" are counted
    forks      (week, salt) pairs: from that week on every address takes that salt
    nudge      (rule number, amount) added to one input of that rule, for tests; fast False takes no shortcut
    """

    items: tuple[Item, ...] = ()
    horizon: int = START
    coupling: int = 0
    clocks: int = 0
    draws: int = 100
    seed: int = 1
    since: int = 0
    forks: tuple[tuple[int, int], ...] = ()
    nudge: tuple[int, float] = (-1, 0.0)
    fast: bool = True


def first_position(items: Sequence[Item]) -> int:
    """The position of the first imposed address; END where nothing is imposed."""
    return min((item.at for item in items), default=END)


def freed_after(items: Sequence[Item]) -> int:
    """The position just after the last imposed address, where fresh luck begins; END where nothing is imposed.

    What acts at the start of a week (a variable, a parameter) frees luck from place 0 of that week.
    """
    return max((item.at + (1 if item.place else 0) for item in items), default=END)
