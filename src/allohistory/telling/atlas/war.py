"""Lines of contact, armies, railheads and landings of one week."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allohistory.telling.atlas import ink
from allohistory.telling.atlas.geography import Landing
from allohistory.telling.atlas.lettering import Box, Lettering
from allohistory.telling.atlas.projection import Point, Window
from allohistory.telling.atlas.situation import Army, Front, Situation
from allohistory.telling.atlas.theatre import Way

HALF_LINE = 26.0  # points: half the length of a line of contact
SWEEP = 7.0  # points: how far its ends are bent back
GAP = 1.7  # points between the two colours of the line
BEHIND = 24.0  # points from the line to an army's sign
WIDE, HIGH = 34.0, 15.0  # points: an army's sign
SIDESTEPS = (0, 1, -1, 2, -2, 3, -3)
BACKSTEPS = (0, 1, 2, 3)
WITHDRAW, HOLD, ATTACK = 0, 1, 2
WON, FAILED = 2, 3  # operation.state; 1 is under way
HEAD, LEAST_ARROW, SHORT = (
    12.0,
    40.0,
    5.0,
)  # points: an arrow's head, its least length, how far it stops short
LEAST_MEN = 0.5  # thousand: fewer are not drawn
LEAST_KM = 3.0  # a line that has moved less stands on the border
TOOTH = 4.0  # points: the teeth of a fortified zone
ZONE = 34.0  # kilometres: half the length of a zone's sign, and least points of it
LEAST_ZONE = 12.0
AT_BORDER = 5.0  # kilometres on either side of the border from which the axis takes its direction there


@dataclass(frozen=True)
class Drawn:
    """Where an army's sign stands."""

    army: Army
    box: Box
    point: Point
    facing: Point


def zones(ways: Mapping[str, Way], works: Sequence[tuple[str, str, float, float, float]]) -> list[str]:
    """The fortified zones behind the border: a toothed line across the axis, the teeth to the enemy."""
    drawn = []
    for front, side, near, far, strength in works:
        way = ways.get(front)
        if way is None:
            continue
        sign = -1.0 if side == "soviet" else 1.0
        across = way.direction(0.0, AT_BORDER)
        centre = moved(way.point(0.0), across, sign * (2.0 + (near + far) / 2 / way.window.km_a_point))
        if not way.window.holds(centre, 4):
            continue
        normal = (-across[1], across[0])
        half = round(max(ZONE / way.window.km_a_point, LEAST_ZONE) / TOOTH)
        toothed = [
            moved(moved(centre, normal, step * TOOTH), across, -sign * TOOTH * ((step + half) % 2))
            for step in range(-half, half + 1)
        ]
        colour = ink.SIDES[0 if side == "soviet" else 1]
        drawn.append(ink.line(toothed, colour, 0.8 + strength, data_zone=f"{front}-{side}", opacity="0.85"))
    return drawn


def lines_of_contact(ways: Sequence[Way], fronts: Sequence[Front]) -> list[str]:
    """A double line across each axis that is fought for, and the ground gained as a broad band behind it."""
    drawn = []
    for way, front in zip(ways, fronts, strict=True):
        if not (front.open or abs(front.km) >= LEAST_KM):
            continue
        at = way.point(front.km)
        if not way.window.holds(at):
            continue
        drawn += gained(way, front)
        ahead = way.direction(front.km)
        for side, shift in ((0, -GAP), (1, GAP)):
            curve = bar(moved(at, ahead, shift), ahead, bent(front))
            mark = {"data_front": way.axis.id, "data_side": str(side), "stroke_linecap": "round"}
            if not front.open:
                mark["stroke_dasharray"] = "5 4"
            drawn.append(ink.line(curve, ink.SIDES[side], 3.0, **mark))
    return drawn


def gained(way: Way, front: Front) -> list[str]:
    """The way from the border to the line, in the colour of the one who went it."""
    if abs(front.km) < LEAST_KM:
        return []
    side = 0 if front.km > 0 else 1
    stretch = way.stretch(min(0.0, front.km), max(0.0, front.km))
    return [ink.line(stretch, ink.SIDES[side], 7.0, opacity="0.28", stroke_linejoin="round")]


def bent(front: Front) -> float:
    """Which way the ends of the line are swept back: away from where it moves."""
    going = front.moved or front.km
    return 0.0 if going == 0 else -1.0 if going > 0 else 1.0


def bar(at: Point, ahead: Point, bend: float) -> list[Point]:
    """A bowed line across an axis."""
    normal = (-ahead[1], ahead[0])
    shares = (-1.0, -0.66, -0.33, 0.0, 0.33, 0.66, 1.0)
    return [
        moved(moved(at, normal, share * HALF_LINE), ahead, bend * SWEEP * share * share) for share in shares
    ]


def moved(point: Point, way: Point, far: float) -> Point:
    """A point moved so many points in a direction."""
    return point[0] + way[0] * far, point[1] + way[1] * far


def armies(
    ways: Sequence[Way], situation: Situation, letters: Lettering, elsewhere: Window | None
) -> list[str]:
    """The armies' signs, each behind its line and beside those that stand there already.

    elsewhere  a detail that shows its armies itself
    """
    drawn = []
    for army in situation.armies:
        if army.men < LEAST_MEN or army.front >= len(ways):
            continue
        way, front = ways[army.front], situation.fronts[army.front]
        at = way.point(front.km)
        shown = elsewhere is not None and elsewhere.holds(elsewhere.point(way.place(front.km)))
        if shown or not letters.window.holds(at):
            continue
        ahead = way.direction(front.km)
        facing = ahead if army.side == 0 else (-ahead[0], -ahead[1])
        box = room_for(at, facing, letters)
        letters.block(box)
        drawn += sign_of(Drawn(army, box, at, facing), way.axis.id)
    return drawn


def room_for(at: Point, facing: Point, letters: Lettering) -> Box:
    """Room behind the line for an army's sign: straight behind it if that is free, else to a side or farther back."""
    normal = (-facing[1], facing[0])
    best, least = None, 0.0
    for back in BACKSTEPS:
        for step in SIDESTEPS:
            x, y = moved(moved(at, facing, -(BEHIND + back * HIGH)), normal, step * (HIGH + 5))
            box = Box(x - WIDE / 2 - 6, y - HIGH / 2 - 3, x + WIDE / 2 + 6, y + HIGH / 2 + 3)
            covered = sum(box.shared(other) for other in letters.taken)
            if not letters.window.holds((x, y), WIDE / 2):
                covered += box.area
            if best is None or covered < least:
                best, least = box, covered
            if covered == 0:
                return box
    assert best is not None
    return best


def sign_of(one: Drawn, front: str) -> list[str]:
    """A box with the men in thousands, and an arrow, a bar or a hollow arrow for attack, hold, withdraw."""
    box, army = one.box, one.army
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    colour = ink.SIDES[army.side]
    paint = {"fill": colour, "stroke": ink.PAPER, "stroke_width": "0.8", "rx": "2"}
    inside = [
        ink.tag("rect", x=x - WIDE / 2, y=y - HIGH / 2, width=WIDE, height=HIGH, **paint),
        ink.words((x, y + 4), men_of(army), 11, ink.PAPER, text_anchor="middle", font_weight="bold"),
        order_sign((x, y), one.facing, army.order, colour),
    ]
    if army.cut_off:
        inside.append(
            ink.tag(
                "rect",
                x=x - WIDE / 2 - 3,
                y=y - HIGH / 2 - 3,
                width=WIDE + 6,
                height=HIGH + 6,
                fill="none",
                stroke=ink.INK,
                stroke_width="1.2",
                stroke_dasharray="3 2",
            )
        )
    mark = {
        "data_army": f"{front}-{army.side}",
        "data_order": str(army.order),
        "data_men": ink.number(army.men),
    }
    return ink.group(inside, **mark)


def men_of(army: Army) -> str:
    """Men in thousands, at most four letters."""
    return f"{army.men:.0f}" if army.men >= 1 else "<1"


def order_sign(centre: Point, facing: Point, order: int, colour: str) -> str:
    """The order, on the rim of the sign that faces the enemy (or away from him)."""
    if order == WITHDRAW:
        facing = (-facing[0], -facing[1])
    reach = rim(facing)
    foot = moved(centre, facing, reach + 0.8)
    normal = (-facing[1], facing[0])
    if order == HOLD:
        return ink.line([moved(foot, normal, -6), moved(foot, normal, 6)], colour, 2.2)
    corners = [moved(foot, normal, -5.5), moved(foot, facing, 7.5), moved(foot, normal, 5.5)]
    fill = colour if order == ATTACK else ink.PAPER
    return ink.tag("path", d=ink.trace(corners, closed=True), fill=fill, stroke=colour, stroke_width="1.1")


def rim(facing: Point) -> float:
    """How far it is from the middle of a sign to its rim in a direction."""
    across = WIDE / 2 / abs(facing[0]) if abs(facing[0]) > 1e-9 else WIDE
    up = HIGH / 2 / abs(facing[1]) if abs(facing[1]) > 1e-9 else WIDE
    return min(across, up)


def railheads(ways: Sequence[Way], situation: Situation) -> list[str]:
    """Where trains end: a buffer stop across each axis that is fought for."""
    drawn = []
    for army in situation.armies:
        if army.men < LEAST_MEN or not situation.fronts[army.front].open:
            continue
        way = ways[army.front]
        at = way.point(army.railhead)
        if not way.window.holds(at):
            continue
        ahead = way.direction(army.railhead)
        normal = (-ahead[1], ahead[0])
        back = -4.0 if army.side == 0 else 4.0
        ends = [moved(at, normal, -5), moved(at, normal, 5)]
        hooks = [moved(ends[0], ahead, back), *ends, moved(ends[1], ahead, back)]
        drawn.append(ink.line(hooks, ink.SIDES[army.side], 2.0, data_railhead=f"{way.axis.id}-{army.side}"))
    return drawn


def landings(window: Window, known: Sequence[Landing], situation: Situation) -> list[str]:
    """Landings that have been tried: an arrow from the sea, hollow until it is won, struck through where it failed."""
    drawn = []
    for landing in known:
        state = situation.landings.get(landing.id, 0)
        if state == 0:
            continue
        start, end = window.point(landing.sea), window.point(landing.at)
        if not window.holds(end):
            continue
        colour = ink.SIDES[landing.side]
        drawn += arrow(start, end, colour, landing.id, ashore=state == WON, failed=state == FAILED)
    return drawn


def arrow(start: Point, end: Point, colour: str, id: str, *, ashore: bool, failed: bool) -> list[str]:
    """An arrow from the sea; struck through where the landing failed."""
    length = math.hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    way = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    normal = (-way[1], way[0])
    start, end = moved(end, way, -max(length, LEAST_ARROW)), moved(end, way, -SHORT)
    foot = moved(end, way, -HEAD)
    corners = [moved(foot, normal, HEAD / 2), end, moved(foot, normal, -HEAD / 2)]
    fill = colour if ashore else ink.PAPER
    drawn = [
        ink.line([start, foot], colour, 3.2, data_landing=id),
        ink.tag("path", d=ink.trace(corners, closed=True), fill=fill, stroke=colour, stroke_width="1.4"),
    ]
    if failed:
        middle = moved(foot, way, -HEAD)
        across = [moved(moved(middle, normal, side * 5), way, side * 5) for side in (-1, 1)]
        drawn.append(ink.line(across, ink.INK, 1.8))
    return drawn
