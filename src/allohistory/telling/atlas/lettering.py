"""Where names stand: each beside its place, none over another where there is room, the important ones first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from allohistory.telling.atlas.projection import Point, Window

NARROW, WIDE = "fijlrtI.,:;'|()[] /-", "mwMWQGO%@"
LETTER, NARROW_LETTER, WIDE_LETTER, CAPITAL = 0.56, 0.33, 0.86, 0.69  # widths in a letter's height
ASCENT, DESCENT = 0.76, 0.22
ASIDE = (
    (0.0, 0.0),
    (0.0, 1.2),
    (0.0, -1.2),
    (0.3, 0.0),
    (-0.3, 0.0),
    (0.3, 1.2),
    (-0.3, -1.2),
)  # in its own size
SIDES = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))  # beside a place, best first


@dataclass(frozen=True)
class Box:
    """A rectangle on the paper."""

    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: Box) -> float:
        """The area that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0

    @property
    def area(self) -> float:
        """Width times height."""
        return (self.right - self.left) * (self.bottom - self.top)


def width_of(text: str, size: float, spacing: float = 0.0) -> float:
    """How wide a line of text is, about: a sans serif of middling width."""
    total = 0.0
    for letter in text:
        if letter in NARROW:
            total += NARROW_LETTER
        elif letter in WIDE:
            total += WIDE_LETTER
        else:
            total += CAPITAL if letter.isupper() else LETTER
    return total * size + spacing * len(text)


@dataclass(frozen=True)
class Name:
    """A name to be set beside a point, or centred on it.

    reach    points between the place's middle and the name
    weight   the higher, the earlier it is set
    needed   set even where it must cover another
    """

    text: str
    at: Point
    size: float
    weight: float
    reach: float = 5.0
    centred: bool = False
    needed: bool = False
    spacing: float = 0.0
    kind: str = "place"
    turn: float = 0.0


@dataclass(frozen=True)
class Placed:
    """A name with the place found for it: the left end of its foot, and the paper that it covers."""

    name: Name
    foot: Point
    box: Box


@dataclass
class Lettering:
    """Sets names on one window, keeping account of the paper that is taken."""

    window: Window
    taken: list[Box] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)

    def block(self, box: Box) -> None:
        """Paper on which nothing may be written."""
        self.taken.append(box)

    def set(self, names: Sequence[Name]) -> list[Placed]:
        """Set names, the weightiest first; those for which there is no room are left out."""
        done = []
        for name in sorted(names, key=lambda one: -one.weight):
            cost, _, box = min(
                ((self._cost(box), turn, box) for turn, box in enumerate(choices(name))),
                key=lambda one: one[:2],
            )
            if cost > 0 and not name.needed:
                continue
            placed = Placed(name, (box.left, box.bottom - DESCENT * name.size), box)
            self.taken.append(box)
            self.placed.append(placed)
            done.append(placed)
        return done

    def _cost(self, box: Box) -> float:
        """Paper covered twice, and paper beyond the edge, as a share of the name."""
        covered = sum(box.shared(other) for other in self.taken)
        window = self.window
        edge = Box(window.left, window.top, window.left + window.width, window.top + window.height)
        return (covered + box.area - box.shared(edge)) / box.area


def choices(name: Name) -> list[Box]:
    """The rectangles that a name could take, best first."""
    wide, high = width_of(name.text, name.size, name.spacing), (ASCENT + DESCENT) * name.size
    x, y = name.at
    if name.centred:
        steps = ASIDE if name.kind == "state" else ASIDE[:1]
        return [
            Box(x - wide / 2 + a, y - high / 2 + d, x + wide / 2 + a, y + high / 2 + d)
            for across, down in steps
            for a, d in [(across * wide, down * high)]
        ]
    found: list[Box] = []
    for across, down in SIDES:
        reach = name.reach if not (across and down) else name.reach * 0.75
        left = x + reach if across > 0 else x - reach - wide if across < 0 else x - wide / 2
        top = y - high / 2 + down * (reach + high / 2 if not across else reach * 0.8 + high * 0.25)
        found.append(Box(left, top, left + wide, top + high))
    return found
