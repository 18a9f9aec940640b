"""The weeks of a timeline one after the other, as a map that moves: one SVG, or a GIF for places that take no SVG.

    film(timeline, first, last, every)      the sheets of these weeks
    Film.svg, Film.gif                      the moving picture

In the SVG what stands in every week is drawn once; each other element says in which weeks it is seen. Nothing is drawn
between two weeks: where the line went within a week is not known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from allohistory.errors import AllohistoryError
from allohistory.results.optional import optional
from allohistory.telling.atlas.plate import plate

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

SVG = "http://www.w3.org/2000/svg"
SECONDS, PAUSE = 0.7, 2.1  # that a week is seen, and the last one
MOST = 160  # weeks of one film
GIF_WIDTH, COLOURS, SWATCHES = 960, 96, 6
Tell = Callable[[int, int], object]


@dataclass
class Seen:
    """An element, and the numbers of the sheets in which it stands; what lies in it likewise."""

    element: ElementTree.Element
    sheets: set[int]
    inside: list[Seen] = field(default_factory=list)


@dataclass(frozen=True)
class Film:
    """A map that moves; it shows itself in a notebook. tell: called with (sheets drawn, of how many)."""

    timeline: Timeline
    days: tuple[dt.date, ...]
    tell: Tell | None = field(default=None, compare=False)

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """A sheet for each week; of neighbours that differ only in their date all are kept."""
        drawn = []
        for day in self.days:
            drawn.append(plate(self.timeline, day))
            if self.tell is not None:
                self.tell(len(drawn), len(self.days))
        return tuple(drawn)

    @cached_property
    def svg(self) -> str:
        """One SVG in which the weeks follow each other, over and over."""
        return moving(self.sheets)

    @cached_property
    def gif(self) -> bytes:
        """The same in dots; raises AllohistoryError where Pillow or vl-convert is not installed."""
        return as_gif(self.sheets, self.tell)

    def _repr_svg_(self) -> str:
        return self.svg


def film(timeline: Timeline, window: str, every: int = 1, tell: Tell | None = None) -> Film:
    """The weeks of a window `A..B`, each or one in so many, the last always among them.

    Raises
    ------
    AllohistoryError : a date outside the scenario, too many weeks, or a world that was set aside before the last.
    """
    where, calendar = "allohistory map DATE", timeline.model.book.calendar
    span = calendar.window(window, where)
    first, last = (calendar.week_of(day) for day in (span.first, span.last))
    weeks = sorted({*range(first, last + 1, max(every, 1)), last})
    if len(weeks) > MOST:
        problem = f"{len(weeks)} maps are more than one film holds ({MOST})"
        raise AllohistoryError(
            where, problem, given=window, closest=f"--every {-(-(last - first) // (MOST - 1))}"
        )
    return Film(timeline, tuple(calendar.monday_of(week) for week in weeks), tell)


# ---------------------------------------------------------------- one SVG out of many


def moving(sheets: Sequence[str]) -> str:
    """One SVG in which the sheets follow each other."""
    roots = [ElementTree.fromstring(one) for one in sheets]
    whole = Seen(roots[0], set(range(len(roots))), gathered(roots))
    ElementTree.register_namespace("", SVG)
    text = ElementTree.tostring(written(whole, len(roots)), encoding="unicode")
    return text + "\n"


def gathered(parents: Sequence[ElementTree.Element]) -> list[Seen]:
    """The children of all these elements in one order that suits each of them, those that are the same held once."""
    master: list[tuple[str, list[tuple[int, ElementTree.Element]]]] = []
    for sheet, parent in enumerate(parents):
        mine = [(name_of(child), child) for child in parent]
        matched = SequenceMatcher(None, [key for key, _ in master], [key for key, _ in mine], autojunk=False)
        merged: list[tuple[str, list[tuple[int, ElementTree.Element]]]] = []
        for what, a, b, c, d in matched.get_opcodes():
            if what == "equal":
                merged += [
                    (master[a + k][0], [*master[a + k][1], (sheet, mine[c + k][1])]) for k in range(b - a)
                ]
            else:
                merged += master[a:b] + [(key, [(sheet, child)]) for key, child in mine[c:d]]
        master = merged
    return [_seen(held) for _, held in master]


def _seen(held: list[tuple[int, ElementTree.Element]]) -> Seen:
    """One element, and what lies in it: the sheets are counted as its parent's are."""
    places = [sheet for sheet, _ in held]
    inside = gathered([element for _, element in held])
    for one in inside:
        _renumber(one, places)
    return Seen(held[0][1], set(places), inside)


def _renumber(one: Seen, places: list[int]) -> None:
    one.sheets = {places[sheet] for sheet in one.sheets}
    for inner in one.inside:
        _renumber(inner, places)


def name_of(element: ElementTree.Element) -> str:
    """What makes two elements the same: a group by its attributes, a title by its kind, else all of it."""
    if element.tag in (f"{{{SVG}}}title", f"{{{SVG}}}desc"):
        return element.tag
    if element.tag == f"{{{SVG}}}g":
        return f"g {sorted(element.attrib.items())}"
    return ElementTree.tostring(element, encoding="unicode").strip()


def written(one: Seen, count: int) -> ElementTree.Element:
    """The element with what lies in it; neighbours that are seen in the same sheets share one switch."""
    fresh = ElementTree.Element(one.element.tag, one.element.attrib)
    fresh.text = one.element.text
    open_, last = fresh, set(one.sheets)
    for child in one.inside:
        if child.sheets == one.sheets:
            open_, last = fresh, set(one.sheets)
        elif child.sheets != last or open_ is fresh:
            first = {"display": "inline" if 0 in child.sheets else "none"}  # what a still picture shows
            open_, last = ElementTree.SubElement(fresh, f"{{{SVG}}}g", first), set(child.sheets)
            open_.append(switch(child.sheets, count))
        open_.append(written(child, count))
    return fresh


def switch(sheets: set[int], count: int) -> ElementTree.Element:
    """Shows what it lies in while one of these sheets is on."""
    ends = [SECONDS * place for place in range(count)]
    whole = SECONDS * count + PAUSE
    values: list[str] = []
    times: list[str] = []
    for place in range(count):
        shown = "inline" if place in sheets else "none"
        if not values or values[-1] != shown:
            values.append(shown)
            times.append(f"{ends[place] / whole:.5g}")
    said = {
        "attributeName": "display",
        "calcMode": "discrete",
        "dur": f"{whole:g}s",
        "repeatCount": "indefinite",
        "values": ";".join(values),
        "keyTimes": ";".join(times),
    }
    return ElementTree.Element(f"{{{SVG}}}animate", said)


# ---------------------------------------------------------------- dots


def swatches(frames: Sequence[Any], pillow: Any) -> Any:
    """A few frames one under the other, for the colours of all: war has some that peace has not."""
    chosen = [frames[place * (len(frames) - 1) // (SWATCHES - 1)] for place in range(SWATCHES)]
    wide, high = chosen[0].size
    strip = pillow.new("RGB", (wide, high * len(chosen)))
    for place, one in enumerate(chosen):
        strip.paste(one, (0, place * high))
    return strip


def as_gif(sheets: Sequence[str], tell: Tell | None = None) -> bytes:
    """The sheets as a GIF that begins anew after its last."""
    converter, pillow = optional("vl_convert", "a GIF"), optional("PIL.Image", "a GIF")
    frames = []
    for place, sheet in enumerate(sheets, start=1):
        width = float(ElementTree.fromstring(sheet).attrib["width"])
        dots = converter.svg_to_png(sheet, scale=GIF_WIDTH / width)
        frames.append(pillow.open(BytesIO(dots)).convert("RGB"))
        if tell is not None:
            tell(place, len(sheets))
    palette = swatches(frames, pillow).quantize(COLOURS)
    plain = [one.quantize(palette=palette, dither=pillow.Dither.NONE) for one in frames]
    times = [round(1000 * SECONDS)] * (len(plain) - 1) + [round(1000 * PAUSE)]
    held = BytesIO()
    plain[0].save(held, "GIF", save_all=True, append_images=plain[1:], duration=times, loop=0, optimize=False)
    return held.getvalue()
