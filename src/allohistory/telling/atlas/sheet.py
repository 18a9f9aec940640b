"""The sheet: the whole theatre, a detail of the eastern frontier, legend and title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from allohistory.book.theatre import Theatre
from allohistory.results.words import in_words
from allohistory.telling.atlas import furniture, ink, network, war
from allohistory.telling.atlas.geography import Geography
from allohistory.telling.atlas.ground import ground
from allohistory.telling.atlas.lettering import Box, Lettering, Name, Placed
from allohistory.telling.atlas.projection import Point, Window
from allohistory.telling.atlas.situation import Situation
from allohistory.telling.atlas.theatre import way_of, works_on

WIDTH, HEIGHT = 1760.0, 1252.0
WHOLE = Window(20, 76, 1720, 1156, (132.6, 45.0), 2.45)
DETAIL = Window(1286, 770, 440, 450, (132.0, 44.75), 1.16)
LEGEND_WIDTH = 262.0
LEGEND_LEFT = 32.0
CAPTION = "The eastern frontier, enlarged"


@dataclass(frozen=True)
class Sheet:
    """What a sheet is to show; `under` are the lines under the title."""

    theatre: Theatre
    lands: Geography
    date: str
    title: str
    under: tuple[str, ...] = ()
    situation: Situation = field(default_factory=Situation)


@dataclass(frozen=True)
class Panel:
    """One window's drawing, in layers, with the names set on it."""

    lines: list[str]
    names: list[Placed]


def svg(sheet: Sheet) -> str:
    """The sheet as SVG text."""
    rows = legend_rows(sheet)
    legend_top = WHOLE.top + WHOLE.height - furniture.height_of(rows) - 14
    shut = [
        Box(LEGEND_LEFT - 4, legend_top - 34, LEGEND_LEFT + LEGEND_WIDTH + 4, WHOLE.top + WHOLE.height),
        Box(DETAIL.left - 4, DETAIL.top - 4, DETAIL.left + DETAIL.width + 4, DETAIL.top + DETAIL.height + 4),
    ]
    whole = panel(sheet, WHOLE, shut, elsewhere=DETAIL)
    detail = panel(sheet, DETAIL, [], elsewhere=None)
    body = [
        *clip("whole", WHOLE),
        *clip("detail", DETAIL),
        ink.tag("rect", width=WIDTH, height=HEIGHT, fill=ink.PAPER),
        *furniture.heading(22, 36, sheet.title, sheet.under),
        *ink.group(whole.lines, clip_path="url(#whole)", data_window="whole"),
        extent_of_detail(),
        frame(WHOLE, 1.4),
        *ink.group(detail.lines, clip_path="url(#detail)", data_window="detail"),
        frame(DETAIL, 2.0),
        caption(),
        *furniture.scale_bar(
            DETAIL, DETAIL.left + DETAIL.width - 130, DETAIL.top + DETAIL.height - 12, (0, 50, 100)
        ),
        *furniture.legend(LEGEND_LEFT, legend_top, LEGEND_WIDTH, rows),
        *furniture.scale_bar(WHOLE, LEGEND_LEFT + 10, legend_top - 8),
    ]
    about = f"A map of the theatre, {in_words(sheet.date)}"
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" '
        f'height="{HEIGHT:g}" role="img" font-family="{escape(ink.SANS)}">'
    )
    head = [opening, f"<title>{escape(sheet.title)}</title>", f"<desc>{escape(about)}</desc>"]
    return "\n".join([*head, *body, "</svg>", ""])


def panel(sheet: Sheet, window: Window, shut: Sequence[Box], elsewhere: Window | None) -> Panel:
    """Everything in one window, from the ground up."""
    theatre, lands, date, now = sheet.theatre, sheet.lands, sheet.date, sheet.situation
    letters = Lettering(window)
    for box in [*shut, *network.place_boxes(window, theatre, lands)]:
        letters.block(box)
    ways = {id: way_of(axis, theatre, lands, window) for id, axis in theatre.axes.items()}
    fronts = list(ways.values())
    lines = ground(window, lands, date)
    lines += ink.group(network.railways(window, theatre, lands, date), data_layer="railways")
    lines += ink.group(war.zones(ways, works_on(theatre, date)), data_layer="zones")
    at_war = now.at_war
    if at_war:
        lines += ink.group(war.lines_of_contact(fronts, now.fronts), data_layer="fronts")
        lines += ink.group(war.railheads(fronts, now), data_layer="railheads")
    lines += ink.group(network.places(window, theatre, lands, now, date), data_layer="places")
    if at_war:
        lines += ink.group(war.landings(window, lands.landings, now), data_layer="landings")
        lines += ink.group(war.armies(fronts, now, letters, elsewhere), data_layer="armies")
    areas = network.area_names(window, lands, date, detail=elsewhere is None)
    names = network.place_names(window, theatre, lands, date, elsewhere)
    placed = letters.set([*areas, *names])
    lines += ink.group([written(one) for one in placed], data_layer="names")
    return Panel(lines, placed)


def written(placed: Placed) -> str:
    """A name as text."""
    name = placed.name
    mark: dict[str, str | float] = {"data_name": name.kind}
    if name.spacing:
        mark["letter_spacing"] = f"{name.spacing:g}"
    x, y = placed.foot
    if name.turn:
        mark["transform"] = f"rotate({name.turn:g} {ink.number(name.at[0])} {ink.number(name.at[1])})"
    return lettered((x, y), name, STYLES[name.kind] | mark | halo_of(name))


def lettered(foot: Point, name: Name, paint: dict[str, str | float]) -> str:
    """The text of a name in its colour."""
    colour = str(paint.pop("fill"))
    return ink.words(foot, name.text, name.size, colour, **paint)


STYLES: dict[str, dict[str, str | float]] = {
    "place": {"fill": ink.INK},
    "state": {"fill": ink.BORDER, "font_family": ink.SERIF, "opacity": "0.75"},
    "land": {"fill": ink.BORDER, "font_family": ink.SERIF},
    "note": {"fill": ink.BORDER, "font_family": ink.SERIF, "font_style": "italic"},
    "range": {"fill": ink.SOFT, "font_family": ink.SERIF, "font_style": "italic"},
    "sea": {"fill": "#5d8496", "font_family": ink.SERIF, "font_style": "italic"},
    "water": {"fill": "#4f7f97", "font_family": ink.SERIF, "font_style": "italic"},
}


def halo_of(name: Name) -> dict[str, str | float]:
    """A rim round the letters that must be read over lines."""
    return {} if name.kind in ("state", "sea") else ink.halo(ink.LAND if name.kind != "sea" else ink.SEA)


def clip(id: str, window: Window) -> list[str]:
    """The window as a clipping path."""
    rect = ink.tag("rect", x=window.left, y=window.top, width=window.width, height=window.height)
    return [f'<clipPath id="{id}">{rect}</clipPath>']


def frame(window: Window, width: float) -> str:
    """A line round a window."""
    return ink.tag(
        "rect",
        x=window.left,
        y=window.top,
        width=window.width,
        height=window.height,
        fill="none",
        stroke=ink.INK,
        stroke_width=f"{width:g}",
    )


def caption() -> str:
    """What the detail shows."""
    paint: dict[str, str | float] = {"font_family": ink.SERIF, "font_style": "italic"}
    return ink.words((DETAIL.left, DETAIL.top - 7), CAPTION, 12.5, ink.SOFT, **paint)


def extent_of_detail() -> str:
    """The rectangle of the detail on the whole."""
    middle = WHOLE.point(DETAIL.centre)
    share = DETAIL.km_a_point / WHOLE.km_a_point
    wide, high = DETAIL.width * share, DETAIL.height * share
    return ink.tag(
        "rect",
        x=middle[0] - wide / 2,
        y=middle[1] - high / 2,
        width=wide,
        height=high,
        fill="none",
        stroke=ink.INK,
        stroke_width="0.9",
        stroke_dasharray="5 3",
        data_part="detail",
    )


def legend_rows(sheet: Sheet) -> list[tuple[furniture.Sign, str]]:
    """The signs that this sheet uses."""
    rows: list[tuple[furniture.Sign, str]] = [
        (furniture.track(ink.BROAD, True), "railway, 1,524 mm, two tracks"),
        (furniture.track(ink.BROAD, False), "railway, 1,524 mm, one track"),
        (furniture.track(ink.STANDARD, True), "railway, 1,435 mm, two tracks"),
        (furniture.track(ink.STANDARD, False), "railway, 1,435 mm, one track"),
        (furniture.track(ink.NARROW, False), "railway of a narrower gauge"),
        (furniture.border, "border"),
        (furniture.dot(ink.SIDES[0]), "held by the Soviet side"),
        (furniture.dot(ink.SIDES[1]), "held by the Japanese side"),
        (furniture.dot(ink.SIDES[2]), "held by others"),
        (furniture.dot(ink.SOFT, port=True), "port"),
        (furniture.dot(ink.SOFT, works=True), "fortress or works"),
        (furniture.zone, "fortified zone behind the border"),
    ]
    if sheet.situation.at_war:
        rows += [
            (furniture.contact, "line of contact, ground gained"),
            (furniture.army(war.ATTACK), "army, thousand men: attacks"),
            (furniture.army(war.HOLD), "holds"),
            (furniture.army(war.WITHDRAW), "withdraws"),
            (furniture.buffer_stop, "railhead"),
        ]
    return rows
