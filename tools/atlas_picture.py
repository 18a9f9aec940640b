"""Draw the theatre in peace for the pages: the sheet of `allohistory map` without a timeline, on one day.

`tools/reference.py` writes it; a test compares the picture in docs/ with what this draws.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = ROOT / "src" / "allohistory" / "scenarios" / "soviet_japanese_war"
DAY = "1939-05-01"
TITLE = "The theatre, 1 May 1939"
UNDER = (
    "Railways, works, ports and holders of that day: ten days before the first shots on the Khalkhin Gol.",
    "Lambert's conformal conic. Coasts and lakes: Natural Earth; railways, rivers and names drawn by hand.",
)


def picture() -> str:
    """The SVG text."""
    from allohistory.book.theatre import open_theatre
    from allohistory.telling.atlas.geography import geography
    from allohistory.telling.atlas.sheet import Sheet, svg

    return svg(Sheet(open_theatre(SCENARIO), geography(), DAY, TITLE, UNDER))
