"""Land, water and borders: what no timeline changes."""

from __future__ import annotations

from collections.abc import Sequence

from allohistory.telling.atlas import ink
from allohistory.telling.atlas.geography import Geography, Line
from allohistory.telling.atlas.projection import Point, Window

GRID = 5  # degrees from one line of the grid to the next
SPAN = (95, 170, 25, 65)  # degrees: west, east, south and north of the grid
BEYOND = 60.0  # points: how far outside the window a line is still drawn
FINE = 0.7  # points: bends smaller than this are not drawn
SMOOTH = 5.0  # points: the same for borders, whose dashes need straighter lines


def ground(window: Window, lands: Geography, date: str) -> list[str]:
    """Sea, grid, land, lakes, rivers and the borders of that day."""
    sea = ink.tag("rect", x=window.left, y=window.top, width=window.width, height=window.height, fill=ink.SEA)
    return [
        sea,
        *ink.group(grid(window), data_layer="grid"),
        *ink.group(land(window, lands), data_layer="land"),
        *ink.group(waters(window, lands), data_layer="waters"),
        *ink.group(borders(window, lands, date), data_layer="borders"),
    ]


def grid(window: Window) -> list[str]:
    """Meridians and parallels, five degrees apart."""
    west, east, south, north = SPAN
    lines: list[Line] = [
        tuple((float(longitude), float(latitude)) for latitude in range(south, north + 1))
        for longitude in range(west, east + 1, GRID)
    ]
    lines += [
        tuple((float(longitude), float(latitude)) for longitude in range(west, east + 1))
        for latitude in range(south, north + 1, GRID)
    ]
    return [
        ink.line(piece, ink.WATER, 0.4, opacity="0.55")
        for one in lines
        for piece in pieces(window, window.points(one))
    ]


def land(window: Window, lands: Geography) -> list[str]:
    """The land with its coast."""
    drawn = []
    for ring in lands.land:
        points = window.points(ring)
        if touches(window, points):
            outline = ink.trace(fewer(points), closed=True)
            drawn.append(ink.tag("path", d=outline, fill=ink.LAND, stroke=ink.WATER, stroke_width="0.8"))
    return drawn


def waters(window: Window, lands: Geography) -> list[str]:
    """Lakes and rivers."""
    drawn = []
    for river in lands.rivers:
        for piece in pieces(window, window.points(river.line)):
            drawn.append(
                ink.line(fewer(piece), ink.WATER, 1.3 if river.great else 0.8, stroke_linejoin="round")
            )
    for lake in lands.lakes:
        points = window.points(lake.line)
        if touches(window, points):
            outline = ink.trace(fewer(points), closed=True)
            drawn.append(ink.tag("path", d=outline, fill=ink.SEA, stroke=ink.WATER, stroke_width="0.6"))
    return drawn


def borders(window: Window, lands: Geography, date: str) -> list[str]:
    """The borders of that day: a soft band with a line of dashes on it."""
    drawn = []
    for border in lands.borders:
        if not border.on(date):
            continue
        for piece in pieces(window, window.points(border.line)):
            kept = fewer(piece, SMOOTH)
            drawn.append(ink.line(kept, ink.BORDER, 4.0, opacity="0.22", stroke_linejoin="round"))
            drawn.append(ink.line(kept, ink.BORDER, 1.1, stroke_dasharray="6 2 1.2 2"))
    return drawn


def touches(window: Window, points: Sequence[Point]) -> bool:
    """May a ring show in the window? Its own rectangle meets the window's."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    across = right >= window.left and left <= window.left + window.width
    return across and bottom >= window.top and top <= window.top + window.height


def pieces(window: Window, points: Sequence[Point]) -> list[list[Point]]:
    """The stretches of a line that come near the window."""
    found: list[list[Point]] = []
    going: list[Point] = []
    for before, point in zip([None, *points[:-1]], points, strict=True):
        near = window.holds(point, -BEYOND)
        if near and not going and before is not None:
            going.append(before)
        if near or going:
            going.append(point)
        if not near and going:
            found.append(going)
            going = []
    if going:
        found.append(going)
    return [piece for piece in found if len(piece) > 1]


def fewer(points: Sequence[Point], least: float = FINE) -> list[Point]:
    """The same line without the steps that are too small to see."""
    kept = [points[0]]
    for point in points[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= least:
            kept.append(point)
    return [*kept, points[-1]]
