"""What a historian expects of wars that the rules fight: how each is opened, and the lines it is held against.

`book/sense/openings.toml` says how wars are opened, `book/sense/lines.toml` what is expected of them: a figure, its
value, the range outside which somebody has to look, a mark and a reason. Nothing of it is fitted; it was written down
before the first run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from allohistory.book.rows import (
    Key,
    Keys,
    day,
    flag,
    nested,
    number,
    one_of,
    read_file,
    read_values,
    several,
    text,
    texts,
    whole,
)
from allohistory.book.tables import Book
from allohistory.errors import AllohistoryError

FOLDER = "sense"
SIDES = ("soviet", "japanese")
MARKS = ("F", "F-J", "J", "J-G", "G")
FIRM = "F"
END = "{end}"
"""Stands for the scenario's last day in a change."""

NEEDS: Mapping[str, tuple[str, ...]] = {
    "surprise": ("level",),
    "gained": ("fronts", "side", "weeks"),
    "taken": ("places", "side", "weeks"),
    "days-to": ("places", "side"),
    "attacked": ("fronts", "side", "weeks"),
    "unusable": ("lines", "side", "weeks", "level"),
    "siege": (),
    "siege-under": ("months",),
    "divisions": ("side", "weeks"),
    "first-arrival": ("side",),
    "mass-arrival": ("side", "weeks"),
    "over-capacity": ("side",),
    "eaten-over-carried": (),
    "men": (),
    "arms": (),
    "too-fast": ("tanks", "rifle"),
    "heaviest-month": ("side", "weeks"),
    "quiet-month": ("weeks",),
    "loss-ratio": ("side", "level"),
    "months": (),
    "ended": ("how",),
    "decade": (),
    "landed": ("operation", "weeks"),
    "held": ("operation",),
    "won": ("operation", "weeks"),
}
"""What each kind of figure has to name."""

TABLES = {"openings.toml": ("shown", "opening"), "lines.toml": ("line",)}
BREACHES = ("over-capacity", "eaten-over-carried", "men", "arms", "too-fast")
"""Figures that count wars in which something impossible happens."""


@dataclass(frozen=True)
class Opening:
    """One way in which war comes.

    freed       the day from which all luck is fresh; up to it the world is history's
    begins      the Monday of the week in which general war has to begin
    wars        how many of a thousand a year
    do          the changes that bring it
    asked_only  run for single lines alone, none of that year's wars
    """

    id: str
    year: int
    says: str
    opens: str
    freed: date
    begins: date
    wars: int
    do: tuple[str, ...]
    because: str
    asked_only: bool = False


@dataclass(frozen=True)
class Read:
    """How a line's figure is read from a war; what each kind needs stands in `NEEDS`.

    weeks  counted from the week in which war begins, that week included
    level  at the least: stage of surprise, share of trains stopped, or the defender's works
    tanks, rifle  kilometres a week of armour and of troops on foot
    """

    kind: str
    fronts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    operation: str | None = None
    side: str | None = None
    how: str | None = None
    weeks: int | None = None
    level: float | None = None
    months: float | None = None
    tanks: float | None = None
    rifle: float | None = None


@dataclass(frozen=True)
class Line:
    """One line: the figure, what is expected of it, and the range outside which it is far off.

    sheet     number of the expectation
    openings  the wars it is read from, put together
    word      on a figure that lies outside its range: what is known of the cause
    """

    id: str
    sheet: int
    says: str
    openings: tuple[str, ...]
    figure: Read
    unit: str
    value: float
    low: float
    high: float
    mark: str
    because: str
    word: str = ""


_READ: Keys = {
    "kind": Key(one_of(*NEEDS)),
    "fronts": Key(texts, ()),
    "places": Key(texts, ()),
    "lines": Key(texts, ()),
    "operation": Key(text, None),
    "side": Key(one_of(*SIDES), None),
    "how": Key(one_of("talks", "overthrown"), None),
    "weeks": Key(whole, None),
    "level": Key(number, None),
    "months": Key(number, None),
    "tanks": Key(number, None),
    "rifle": Key(number, None),
}
_SHOWN: Keys = {"fronts": Key(texts), "months": Key(several(whole))}
_OPENING: Keys = {
    "id": Key(text),
    "year": Key(whole),
    "says": Key(text),
    "opens": Key(one_of(*SIDES)),
    "freed": Key(day),
    "begins": Key(day),
    "wars": Key(whole),
    "do": Key(texts),
    "because": Key(text),
    "asked_only": Key(flag, False),
}
_LINE: Keys = {
    "id": Key(text),
    "sheet": Key(whole),
    "says": Key(text),
    "openings": Key(texts),
    "figure": Key(nested(_READ, "a figure", Read)),
    "unit": Key(text),
    "value": Key(number),
    "low": Key(number),
    "high": Key(number),
    "mark": Key(one_of(*MARKS)),
    "because": Key(text),
    "word": Key(text, ""),
}


def openings_of(folder: Path) -> Mapping[str, Opening]:
    """The openings of a scenario, by id, in the file's order; raises AllohistoryError for a mistake of form."""
    found: dict[str, Opening] = {}
    for where, values in _rows(folder, "openings.toml", "opening", _OPENING, "an opening"):
        one = Opening(**values)
        _once(one.id, found, where)
        if one.begins < one.freed or one.wars < 1:
            raise AllohistoryError(where, "it begins before its luck is freed, or has no wars", given=one.id)
        found[one.id] = one
    return found


def lines_of(book: Book, folder: Path) -> Mapping[str, Line]:
    """The lines of a scenario, by id, in the file's order; raises AllohistoryError for a mistake of form or a name."""
    openings, found = openings_of(folder), dict[str, Line]()
    for where, values in _rows(folder, "lines.toml", "line", _LINE, "a line"):
        one = Line(**values)
        _once(one.id, found, where)
        if not one.low <= one.value <= one.high:
            raise AllohistoryError(where, "the expected value lies outside its own range", given=one.value)
        for name in one.openings:
            if name not in openings:
                raise AllohistoryError(
                    where, f'there is no opening "{name}"', given=name, possible=list(openings)
                )
        _complete(one, where)
        _known(one, book, where)
        found[one.id] = one
    return found


def shown_of(folder: Path) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The fronts whose line is shown, and after how many months of war."""
    rows = list(_rows(folder, "openings.toml", "shown", _SHOWN, "what is shown"))
    if len(rows) != 1:
        raise AllohistoryError(
            f"{FOLDER}/openings.toml", "one [[shown]] says which fronts and months are shown"
        )
    return rows[0][1]["fronts"], rows[0][1]["months"]


def _rows(
    folder: Path, name: str, table: str, keys: Keys, thing: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """(where it stands, its values) of every row of one file."""
    shown = f"{FOLDER}/{name}"
    path = folder / "book" / FOLDER / name
    if not path.is_file():
        raise AllohistoryError("check sense", f"this scenario has no {shown}", given=shown, status=404)
    for raw in read_file(path, shown, TABLES[name]):
        if raw.table == table:
            yield raw.where, read_values(raw.values, keys, raw.where, thing)


def _once(id: str, found: Mapping[str, object], where: str) -> None:
    if id in found:
        raise AllohistoryError(where, f'"{id}" stands here twice', given=id)


def _complete(one: Line, where: str) -> None:
    """A figure names all that its kind needs."""
    for name in NEEDS[one.figure.kind]:
        if getattr(one.figure, name) in (None, ()):
            problem = f'a figure of "{one.figure.kind}" needs the key "{name}"'
            raise AllohistoryError(where, problem, closest=name)


def _known(one: Line, book: Book, where: str) -> None:
    """Fronts, places, lines and operations are entities of the book."""
    figure = one.figure
    operations = () if figure.operation is None else (figure.operation,)
    named = {"front": figure.fronts, "place": figure.places, "line": figure.lines, "operation": operations}
    for kind, names in named.items():
        for name in names:
            members = list(book.entities_of(kind))
            if name not in members:
                raise AllohistoryError(where, f'"{name}" is not a {kind}', given=name, possible=members)
