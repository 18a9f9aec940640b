"""Railways by gauge and tracks, works, ports and places."""

from __future__ import annotations

from allohistory.book.theatre import Link, Place, Theatre
from allohistory.telling.atlas import ink
from allohistory.telling.atlas.geography import Geography
from allohistory.telling.atlas.ground import fewer, pieces
from allohistory.telling.atlas.lettering import Box, Name
from allohistory.telling.atlas.projection import Degrees, Window
from allohistory.telling.atlas.situation import AS_AT_FIRST, Situation
from allohistory.telling.atlas.theatre import holder_at_first, stretch_between, tracks_on

RUSSIAN, NORMAL = 1524, 1435  # millimetres
GAUGES = {RUSSIAN: ink.BROAD, NORMAL: ink.STANDARD}
SINGLE, DOUBLE = 1.3, 2.6  # points
SMALL, GREAT = 2.3, 3.4  # points: radius of a place
GREAT_TOWN = 100.0  # thousand people


def railways(window: Window, theatre: Theatre, lands: Geography, date: str) -> list[str]:
    """The lines that lie on that day."""
    drawn = []
    for link in theatre.links.values():
        tracks = tracks_on(link, date)
        if tracks == 0:
            continue
        line = stretch_between(link.a, link.b, theatre.places, lands)
        colour = GAUGES.get(gauge_on(link, lands, date), ink.NARROW)
        for piece in pieces(window, window.points(line)):
            kept = fewer(piece)
            more = {"data_link": f"{link.a}--{link.b}", "stroke_linejoin": "round"}
            drawn.append(ink.line(kept, colour, DOUBLE if tracks > 1 else SINGLE, **more))
            if tracks > 1:
                drawn.append(ink.line(kept, ink.LAND, 0.8, stroke_linejoin="round"))
    return drawn


def gauge_on(link: Link, lands: Geography, date: str) -> int:
    """The gauge of a line on a day: the Russian one until it was relaid."""
    course = lands.course(link.a, link.b)
    return RUSSIAN if course is not None and date < course.broad_until else link.gauge


def holder_of(place: Place, situation: Situation, date: str) -> int:
    """Who holds a place: as at first, unless the week says otherwise."""
    held = situation.holders.get(place.id, AS_AT_FIRST)
    return holder_at_first(place, date) if held == AS_AT_FIRST else held


def at_of(place: Place) -> Degrees:
    """Longitude and latitude."""
    return place.lon, place.lat


def places_in(window: Window, theatre: Theatre, lands: Geography) -> list[Place]:
    """The places that the window shows, the great ones last, so that they lie on top."""
    named = [place for place in theatre.places.values() if lands.name_of(place.id, place.title, "")]
    shown = [place for place in named if window.holds(window.point(at_of(place)), 6)]
    return sorted(shown, key=lambda place: (place.population, place.id))


def places(window: Window, theatre: Theatre, lands: Geography, situation: Situation, date: str) -> list[str]:
    """A dot a place in its holder's colour, works a star round it, a port a ring, a change of hands underlaid."""
    drawn = []
    for place in places_in(window, theatre, lands):
        x, y = window.point(at_of(place))
        holder = holder_of(place, situation, date)
        radius = radius_of(place)
        if holder != holder_at_first(place, date):
            drawn.append(ink.tag("circle", cx=x, cy=y, r=radius + 4.5, fill=ink.SIDES[holder], opacity="0.3"))
        if place.fortress:
            drawn.append(
                ink.tag("path", d=star(x, y, radius + 3.2), fill="none", stroke=ink.INK, stroke_width="0.9")
            )
        if place.port >= 3:
            drawn.append(
                ink.tag(
                    "circle", cx=x, cy=y, r=radius + 2, fill=ink.PAPER, stroke=ink.INK, stroke_width="0.9"
                )
            )
        drawn.append(
            ink.tag(
                "circle",
                cx=x,
                cy=y,
                r=radius,
                fill=ink.SIDES[holder],
                stroke=ink.PAPER,
                stroke_width="0.7",
                data_place=place.id,
                data_holder=str(holder),
            )
        )
    return drawn


def radius_of(place: Place) -> float:
    """The dot of a place by its people."""
    return GREAT if place.population >= GREAT_TOWN else SMALL


def star(x: float, y: float, radius: float) -> str:
    """A square set on its corner, the sign of works."""
    return ink.trace([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], closed=True)


def place_boxes(window: Window, theatre: Theatre, lands: Geography) -> list[Box]:
    """The paper under the dots, on which no name may stand."""
    boxes = []
    for place in places_in(window, theatre, lands):
        x, y = window.point(at_of(place))
        reach = radius_of(place)
        boxes.append(Box(x - reach, y - reach, x + reach, y + reach))
    return boxes


def place_names(
    window: Window, theatre: Theatre, lands: Geography, date: str, fewer_in: Window | None = None
) -> list[Name]:
    """The names of the places; those that a detail shows better (`fewer_in`) are left to it, but for the great ones."""
    names = []
    for place in places_in(window, theatre, lands):
        great = place.population >= GREAT_TOWN
        if fewer_in is not None and not great and fewer_in.holds(fewer_in.point(at_of(place)), 12):
            continue
        weight = place.population / 10 + (40 if place.core else 0) + 4 * place.port
        reach = radius_of(place) + (4.5 if place.fortress or place.port >= 3 else 2.5)
        text = lands.name_of(place.id, place.title, date)
        size = 12.0 if great else 10.0
        names.append(Name(text, window.point(at_of(place)), size, weight, reach))
    return names


def area_names(window: Window, lands: Geography, date: str, detail: bool = False) -> list[Name]:
    """The names of lands, seas and rivers."""
    sizes = {"state": 22.0, "land": 13.0, "sea": 17.0, "range": 12.0, "water": 10.0, "note": 11.0}
    weights = {"state": 300.0, "sea": 200.0, "land": 60.0, "note": 30.0, "range": 20.0, "water": 10.0}
    names = []
    for area in lands.areas:
        at = window.point(area.at)
        if not area.on(date) or not window.holds(at, 8) or (detail and not area.inset):
            continue
        names.append(
            Name(
                area.name,
                at,
                sizes[area.kind],
                weights[area.kind],
                centred=True,
                spacing=4.0 if area.kind == "state" else 1.5 if area.kind in ("land", "sea") else 0.0,
                kind=area.kind,
                turn=area.turn,
                needed=area.kind in ("state", "sea"),
            )
        )
    return names
