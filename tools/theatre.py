"""Write a scenario's package `theatre`, the arrays of the theatre for compiled code, from book/theatre/*.toml.

Places and fronts have the numbers of entities.toml; links are numbered in the order of links.toml. Which ways an
army's supply may come is found by tools/ways_of_supply.py.

    python tools/theatre.py            write it
    python tools/theatre.py --check    fail, and say so, where a file is stale
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from written import ROOT, SCENARIOS, finish, gathered

sys.path.insert(0, str(ROOT / "src"))

from allohistory.book.theatre import Axis, Place, Theatre, between, open_theatre
from allohistory.book.theatre_keys import SIDES
from ways_of_supply import LONGEST, ways_of

FIRST_YEAR, LAST_YEAR = 1931, 1946
EPOCHS = (1931, 1935, 1937, 1940, 1942, 1945)
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
TRUNKS = ("rail.irkutsk--ulan-ude", "rail.anshan--dairen")
HOLDERS = {"soviet": 0, "japanese": 1, "none": 2}


def main() -> int:
    """Write the package, or say which file is stale."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenario", nargs="?", default="soviet_japanese_war")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file is stale")
    arguments = parser.parse_args()
    folder = SCENARIOS / arguments.scenario
    return finish(folder, theatre_texts(folder), "theatre.py", arguments.check)


def theatre_texts(folder: Path) -> dict[str, str]:
    """The files of the package."""
    theatre = open_theatre(folder)
    entities = tomllib.loads((folder / "book" / "entities.toml").read_text())["entity_kind"]
    order = {kind["id"]: [member["id"] for member in kind["members"]] for kind in entities}
    check_order("place", order["place"], theatre.places)
    check_order("front", order["front"], theatre.axes)
    lines = [link.replace(".", "-").replace("--", "-") for link in theatre.links]
    if "line" in order and order["line"] != lines:
        sys.exit("error: entities.toml: line: its members are the links of links.toml in their order")
    package = f"allohistory.scenarios.{folder.name}.theatre"
    parts = {
        "axes": [
            counts_text(order),
            axes_text(theatre, order),
            places_text(theatre, order),
            works_text(theatre, order),
        ],
        "links": [links_text(theatre, order)],
        "ways": [paths_text(theatre, order)],
    }
    texts = {"theatre/__init__.py": gathered(package, f"The theatre for compiled code. {MADE}", list(parts))}
    for module, text in parts.items():
        texts[f"theatre/{module}.py"] = "\n".join([HEADS[module].format(made=MADE, package=package), *text])
    return texts | {"theatre/rows.py": ROWS}


def check_order(kind: str, ids: Iterable[str], table: Iterable[str]) -> None:
    """Every entity of the kind has its row, and no row is without its entity."""
    missing, strange = set(ids) - set(table), set(table) - set(ids)
    if missing or strange:
        sys.exit(f"error: entities.toml: {kind}: without a row {sorted(missing)}, unknown {sorted(strange)}")


MADE = "Made by tools/theatre.py from book/theatre/*.toml; do not edit."
HEADS = {
    "axes": '''"""The axes, their ground and works, and who holds each place at first.

{made} docs/theatre.md says what each array is.
"""

import numpy as np
from numpy import float64, int64

from {package}.rows import figures, whole

# fmt: off
''',
    "links": '''"""The links: their ends, tons a day by year, and which run along a front.

{made} docs/theatre.md says what each array is.
"""

import numpy as np
from numpy import float64, int64

from {package}.rows import figures, whole

# fmt: off
''',
    "ways": '''"""The ways of supply, and the railheads that they lead to.

{made} docs/theatre.md says what each array is.
"""

import numpy as np
from numpy import int64

from {package}.rows import figures, whole

# fmt: off
''',
}
ROWS = f'''"""Rows of text read into arrays, once, when a table is imported.

{MADE}
"""

import numpy as np
from numpy import float64, int64
from numpy.typing import NDArray


def whole(width: int, rest: int, text: str) -> NDArray[int64]:
    """Whole numbers, a line a row; a short row is filled up with `rest`."""
    rows = [[int(x) for x in line.split()] for line in text.strip().splitlines()]
    return np.array([row + [rest] * (width - len(row)) for row in rows], dtype=int64)


def figures(width: int, rest: int, text: str) -> NDArray[float64]:
    """Figures, a line a row; a short row is filled up with `rest`."""
    rows = [[float(x) for x in line.split()] for line in text.strip().splitlines()]
    return np.array([row + [rest] * (width - len(row)) for row in rows], dtype=float64)
'''


def counts_text(order: dict[str, list[str]]) -> str:
    """How many there are of each, and the epochs."""
    epochs = [max(i for i, first in enumerate(EPOCHS) if first <= year) for year in YEARS]
    lines = [f"PLACES = int64({len(order['place'])})", f"FRONTS = int64({len(order['front'])})"]
    lines += [f"ARMIES = int64({len(SIDES) * len(order['front'])})"]
    lines += [f"EPOCHS = int64({len(EPOCHS)})", f"FIRST_YEAR = int64({FIRST_YEAR})"]
    lines += [f"EPOCH_OF_YEAR = np.array({epochs}, dtype=int64)", ""]
    return "\n".join(lines)


def axes_text(theatre: Theatre, order: dict[str, list[str]]) -> str:
    """The axes: one row a front, places and kilometres, then what lies between them."""
    axes = [theatre.axes[front] for front in order["front"]]
    longest = max(len(axis.places) for axis in axes)
    number = {place: i for i, place in enumerate(order["place"])}
    counts = [len(axis.places) for axis in axes]
    lines = [f"AXIS_COUNT = np.array({counts}, dtype=int64)"]
    lines += block("AXIS_PLACE", "whole", longest, "-1", [[number[p] for p in axis.places] for axis in axes])
    lines += block("AXIS_KM", "figures", longest, "0", [list(axis.km) for axis in axes])
    lines += block("AXIS_GROUND", "whole", longest, "0", [list(axis.ground) for axis in axes])
    lines += block("AXIS_COVER", "whole", longest, "0", [list(axis.cover) for axis in axes])
    lines += block("AXIS_GOING", "figures", longest, "0", [list(axis.going) for axis in axes])
    rivers = [[int(place in axis.rivers) for place in axis.places] for axis in axes]
    lines += block("AXIS_RIVER", "whole", longest, "0", rivers)
    lines += block("AXIS_RAIL", "whole", longest, "0", [rails_along(theatre, axis) for axis in axes])
    return "\n".join([*lines, ""])


def rails_along(theatre: Theatre, axis: Axis) -> list[int]:
    """For each stretch of an axis, 1 where a railway joins its two places."""
    joined = {frozenset((link.a, link.b)) for link in theatre.links.values() if link.mode == "rail"}
    return [int(frozenset(pair) in joined) for pair in pairwise(axis.places)]


def block(name: str, make: str, width: int, rest: str, rows: Iterable[Iterable[float]]) -> list[str]:
    """An array as rows of text, one line a row."""
    lines = [
        f'{name} = {make}({width}, {rest}, """',
        *(" ".join(short(value) for value in row) for row in rows),
    ]
    return [*lines, '""")']


def short(value: float) -> str:
    """A figure without a needless point."""
    return f"{value:.10g}"


def places_text(theatre: Theatre, order: dict[str, list[str]]) -> str:
    """Who holds each place at first, and with which front's line it falls."""
    places = [theatre.places[name] for name in order["place"]]
    fronts = [order["front"].index(place.falls.front) if place.falls else -1 for place in places]
    km = [place.falls.km if place.falls else 0.0 for place in places]
    holders = [HOLDERS[holder_of(theatre, place)] for place in places]
    lines = [row_of("HOLDER_AT_FIRST", "whole", holders)]
    lines += [row_of("FALLS_FRONT", "whole", fronts), row_of("FALLS_KM", "figures", km)]
    return "\n".join([*lines, ""])


def holder_of(theatre: Theatre, place: Place) -> str:
    """Whose place it is in a war: Finland is the other side on its fronts, and what Japan takes later is Japan's."""
    finnish = {name for axis in theatre.axes.values() if axis.against == "finnish" for name in axis.places}
    against = bool(place.japanese_from) or place.id in finnish
    return "japanese" if place.holder == "none" and against else place.holder


def row_of(name: str, make: str, values: list[float] | list[int]) -> str:
    """An array of one row, broken into lines of text."""
    broken = [values[i : i + LONGEST] for i in range(0, len(values), LONGEST)]
    lines = [
        f'{name} = {make}({LONGEST}, 0, """',
        *(" ".join(short(value) for value in part) for part in broken),
    ]
    return "\n".join([*lines, f'""").ravel()[:{len(values)}].copy()'])


def works_text(theatre: Theatre, order: dict[str, list[str]]) -> str:
    """Border zones by side, front and epoch, their depth, and the inner zones of places on the axes."""
    fronts, shape = order["front"], f"({len(SIDES)}, {len(order['front'])}, {len(EPOCHS)})"
    rows: list[list[float]] = []
    inner: list[list[float]] = []
    depths: list[list[float]] = []
    for side in SIDES:
        depths.append([])
        for front in fronts:
            zones = [row for row in theatre.works.values() if (row.side, row.front) == (side, front)]
            border = [row for row in zones if not row.place]
            rows.append([max((between(row.strength, y) for row in border), default=0.0) for y in EPOCHS])
            depths[-1].append(max((row.far for row in border), default=0.0))
            for row in zones:
                if row.place:
                    i = theatre.axes[front].places.index(row.place)
                    inner.append([fronts.index(front), i, *(between(row.strength, y) for y in EPOCHS)])
    rows = [[round(value, 3) for value in row] for row in rows]
    inner = [[round(value, 3) for value in row] for row in inner]
    lines = block("WORKS", "figures", len(EPOCHS), "0", rows)
    lines[-1] = f'""").reshape({shape})'
    lines += block("WORKS_DEPTH", "figures", len(fronts), "0", depths)
    lines += block("_INNER", "figures", len(EPOCHS) + 2, "0", inner)
    lines += [f"AXIS_WORKS = np.zeros((*AXIS_PLACE.shape, {len(EPOCHS)}), dtype=float64)"]
    lines += ["for _row in _INNER:", "    AXIS_WORKS[int(_row[0]), int(_row[1])] = _row[2:]"]
    return "\n".join([*lines, ""])


def links_text(theatre: Theatre, order: dict[str, list[str]]) -> str:
    """How many links there are and which are the trunks; a row a link: from, to, programme, tons a day by year."""
    names, number = list(theatre.links), {place: i for i, place in enumerate(order["place"])}
    rows = [
        [number[link.a], number[link.b], HOLDERS[link.programme]]
        + [round(link.tons_a_day(year)) for year in YEARS]
        for link in theatre.links.values()
    ]
    lines = [f"LINKS = int64({len(names)})"]
    lines += [f"TRUNK = np.array({[names.index(trunk) for trunk in TRUNKS]}, dtype=int64)"]
    lines += block("_LINKS", "whole", len(YEARS) + 3, "0", rows)
    lines += ["LINK_A = _LINKS[:, 0].copy()", "LINK_B = _LINKS[:, 1].copy()"]
    lines += ["LINK_PROGRAMME = _LINKS[:, 2].copy()", "LINK_TONS = _LINKS[:, 3:].astype(float64)"]
    links = list(theatre.links.values())
    fronts = [order["front"].index(link.beside) if link.beside else -1 for link in links]
    lines += [row_of("LINK_FRONT", "whole", fronts)]
    lines += [row_of("LINK_BORDER_KM", "figures", [link.border_km for link in links]), ""]
    return "\n".join(lines)


def paths_text(theatre: Theatre, order: dict[str, list[str]]) -> str:
    """One row for each way: side, epoch, front, alternative, then its links; and the railheads."""
    rows, heads = [], []
    for side_number, side in enumerate(SIDES):
        for epoch, year in enumerate(EPOCHS):
            of_epoch = []
            for front_number, front in enumerate(order["front"]):
                km, ways = ways_of(theatre, theatre.axes[front], side, year)
                of_epoch.append(km)
                for alternative, way in enumerate(ways):
                    rows.append([side_number, epoch, front_number, alternative, *way.links])
            heads.append(of_epoch)
    shape = f"({len(SIDES)}, {len(EPOCHS)}, {len(order['front'])}"
    lines = block("RAILHEAD", "figures", len(order["front"]), "0", heads)
    lines[-1] = f'""").reshape({shape}))'
    lines += block("_PATHS", "whole", LONGEST + 4, "-1", rows)
    lines += [f"PATHS = np.full({shape}, 2, {LONGEST}), -1, dtype=int64)"]
    lines += ["for _way in _PATHS:", "    PATHS[_way[0], _way[1], _way[2], _way[3]] = _way[4:]"]
    return "\n".join([*lines, "PATH_LENGTH = (PATHS >= 0).sum(axis=4).astype(int64)", ""])


if __name__ == "__main__":
    sys.exit(main())
