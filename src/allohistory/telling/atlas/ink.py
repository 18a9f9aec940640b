"""Lines, rings and words as SVG text. Colours and lettering of the sheet stand here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from allohistory.telling.atlas.projection import Point

PAPER, LAND, SEA, WATER = "#fffdf7", "#f6f0df", "#dbe6ea", "#7fa3b5"
INK, SOFT, BORDER = "#2d2a26", "#6d665b", "#8a6f4d"
BROAD, STANDARD, NARROW = "#7a4a2b", "#3a3a3a", "#7d7d7d"
SIDES = ("#b3352c", "#1f4f8f", "#5b7a3a")  # the Soviet side, the Japanese side, a third party
SERIF = "Georgia, 'Liberation Serif', 'DejaVu Serif', serif"
SANS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"


def number(value: float) -> str:
    """A coordinate, to a tenth of a point."""
    text = f"{value:.1f}"
    return text.removesuffix(".0") if text != "-0.0" else "0"


def tag(name: str, content: str | None = None, /, **attributes: str | float) -> str:
    """One element; underscores in names of attributes become hyphens."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{value if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{said}/>" if content is None else f"<{name}{said}>{content}</{name}>"


def trace(points: Sequence[Point], closed: bool = False) -> str:
    """The `d` of a path through these points; points that fall on the one before are left out."""
    said: list[str] = []
    for x, y in points:
        word = f"{number(x)} {number(y)}"
        if not said or said[-1] != word:
            said.append(word)
    return "M" + "L".join(said) + ("Z" if closed else "")


def line(points: Sequence[Point], colour: str, width: float, /, **more: str | float) -> str:
    """An open line."""
    paint: dict[str, str | float] = {"fill": "none", "stroke": colour, "stroke_width": f"{width:g}"}
    return tag("path", None, **({"d": trace(points)} | paint | more))


def words(at: Point, text: str, size: float, colour: str = INK, /, **more: str | float) -> str:
    """A line of text, its foot at a point."""
    x, y = at
    paint: dict[str, str | float] = {"font_size": f"{size:g}", "fill": colour}
    return tag("text", escape(text, quote=False), x=x, y=y, **(paint | more))


def halo(colour: str = LAND, width: float = 2.4) -> dict[str, str | float]:
    """A rim of the ground's colour round letters, so that lines beneath do not hide them."""
    return {
        "stroke": colour,
        "stroke_width": f"{width:g}",
        "paint_order": "stroke",
        "stroke_linejoin": "round",
    }


def group(lines: Iterable[str], **attributes: str | float) -> list[str]:
    """Some elements in a group; nothing where there are none."""
    inside = list(lines)
    if not inside:
        return []
    opening = tag("g", "", **attributes).removesuffix("</g>")
    return [opening, *inside, "</g>"]
