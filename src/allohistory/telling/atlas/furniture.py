"""Title, legend and scale: what stands on the sheet beside the land."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from allohistory.telling.atlas import ink, network, war
from allohistory.telling.atlas.lettering import Box
from allohistory.telling.atlas.projection import Point, Window
from allohistory.telling.atlas.situation import Army

ROW = 17.0  # points from one line of the legend to the next
LEFT = 14.0
SIGN = 48.0  # points: room for a sign before its words
WORDS = 11.0

Sign = Callable[[Point], str]


def heading(left: float, foot: float, title: str, lines: Sequence[str]) -> list[str]:
    """The title, and lines of smaller print under it."""
    said = [ink.words((left, foot), title, 27, font_family=ink.SERIF, data_part="title")]
    for row, text in enumerate(lines):
        said.append(ink.words((left, foot + 18 + 15 * row), text, 12.5, ink.SOFT, data_part="under-title"))
    return said


def legend(left: float, top: float, width: float, rows: Sequence[tuple[Sign, str]]) -> list[str]:
    """A box of signs and what they mean."""
    height = height_of(rows)
    lines = [
        ink.tag(
            "rect",
            x=left,
            y=top,
            width=width,
            height=height,
            fill=ink.PAPER,
            stroke=ink.BORDER,
            stroke_width="0.8",
        )
    ]
    for number, (sign, text) in enumerate(rows):
        foot = top + 20 + ROW * number
        lines.append(sign((left + LEFT + SIGN / 2 - 4, foot - 4)))
        lines.append(ink.words((left + LEFT + SIGN, foot), text, WORDS))
    return lines


def height_of(rows: Sequence[tuple[Sign, str]]) -> float:
    """How tall a legend of so many rows is."""
    return 16 + ROW * len(rows)


def track(colour: str, double: bool) -> Sign:
    """A stretch of railway."""

    def drawn(at: Point) -> str:
        ends = [(at[0] - 14, at[1]), (at[0] + 14, at[1])]
        one = ink.line(ends, colour, network.DOUBLE if double else network.SINGLE)
        return one + ink.line(ends, ink.PAPER, 0.8) if double else one

    return drawn


def dot(colour: str, works: bool = False, port: bool = False) -> Sign:
    """A place."""

    def drawn(at: Point) -> str:
        x, y = at
        said = ""
        if works:
            paint = {"fill": "none", "stroke": ink.INK, "stroke_width": "0.9"}
            said += ink.tag("path", d=network.star(x, y, network.GREAT + 3.2), **paint)
        if port:
            ring = {"fill": ink.PAPER, "stroke": ink.INK, "stroke_width": "0.9"}
            said += ink.tag("circle", cx=x, cy=y, r=network.GREAT + 2, **ring)
        return said + ink.tag("circle", cx=x, cy=y, r=network.GREAT, fill=colour)

    return drawn


def border(at: Point) -> str:
    """A stretch of border."""
    ends = [(at[0] - 14, at[1]), (at[0] + 14, at[1])]
    return ink.line(ends, ink.BORDER, 4.0, opacity="0.22") + ink.line(
        ends, ink.BORDER, 1.1, stroke_dasharray="6 2 1.2 2"
    )


def zone(at: Point) -> str:
    """A fortified zone."""
    points = [(at[0] - 14 + 4 * step, at[1] + (2 if step % 2 else -2)) for step in range(8)]
    return ink.line(points, ink.INK, 1.2)


def contact(at: Point) -> str:
    """A line of contact."""
    upper = [(at[0] - 14, at[1] - war.GAP), (at[0] + 14, at[1] - war.GAP)]
    lower = [(at[0] - 14, at[1] + war.GAP), (at[0] + 14, at[1] + war.GAP)]
    return ink.line(upper, ink.SIDES[0], 3.0) + ink.line(lower, ink.SIDES[1], 3.0)


def army(order: int) -> Sign:
    """An army with its order."""

    def drawn(at: Point) -> str:
        one = Army(front=0, side=0, men=120.0, order=order, days=0.0, railhead=0.0, cut_off=False)
        box = Box(at[0], at[1], at[0], at[1])
        inside = war.sign_of(war.Drawn(one, box, at, (1.0, 0.0)), "legend")
        return "".join(inside[1:-1])

    return drawn


def buffer_stop(at: Point) -> str:
    """A railhead."""
    x, y = at
    return ink.line([(x - 4, y - 5), (x, y - 5), (x, y + 5), (x - 4, y + 5)], ink.SIDES[0], 2.0)


def scale_bar(
    window: Window, left: float, foot: float, marks: Sequence[int] = (0, 100, 200, 400)
) -> list[str]:
    """A bar of kilometres, true in the middle latitudes of the sheet."""
    said = []
    for number, (first, last) in enumerate(pairwise(marks)):
        start, end = (left + km / window.km_a_point for km in (first, last))
        fill = ink.PAPER if number % 2 else ink.INK
        said.append(
            ink.tag(
                "rect",
                x=start,
                y=foot - 5,
                width=end - start,
                height=5,
                fill=fill,
                stroke=ink.INK,
                stroke_width="0.7",
            )
        )
    for km in marks:
        text = f"{km} km" if km == marks[-1] else str(km)
        said.append(ink.words((left + km / window.km_a_point, foot - 9), text, 10, text_anchor="middle"))
    return said
