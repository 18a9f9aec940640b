"""What free ensembles are held against, as a scenario's `ensemble.toml` has it: series, bars, days luck is freed.

Series are compared month by month with our history (`start`, `group`, `bars`); outcomes are counted and their causes
looked for from the days of `table` on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from allohistory.book.rows import Key, Keys, RawRow, day, flag, number, read_file, read_values, text, texts
from allohistory.book.tables import Book
from allohistory.errors import AllohistoryError

FILE = "ensemble.toml"
TABLES = ("bars", "start", "group", "table")


@dataclass(frozen=True)
class Bars:
    """What is asked of our history; all are shares.

    central  it lies inside this central share of the timelines
    months   in more than this share of the months
    series   for at least this share of the series
    members  its distance to the ensemble is below that of this share of the members to the others
    """

    central: float
    months: float
    series: float
    members: float


@dataclass(frozen=True)
class Start:
    """A day from which luck is free, or just after an entry of the record; barred: the bars count for it."""

    id: str
    says: str
    because: str
    freed: date
    freed_after: str | None = None
    barred: bool = False


@dataclass(frozen=True)
class Group:
    """Series that belong together."""

    id: str
    title: str
    series: tuple[str, ...]


@dataclass(frozen=True)
class EnsembleBook:
    """The whole file. starts: compared month by month; tables: their outcomes are counted."""

    bars: Bars
    starts: tuple[Start, ...]
    groups: tuple[Group, ...]
    tables: tuple[Start, ...]

    @property
    def series(self) -> tuple[str, ...]:
        """All series, in the file's order."""
        return tuple(id for group in self.groups for id in group.series)


_BARS: Keys = {name: Key(number) for name in ("central", "months", "series", "members")}
_START: Keys = {
    "id": Key(text),
    "says": Key(text),
    "because": Key(text),
    "freed": Key(day),
    "freed_after": Key(text, None),
    "barred": Key(flag, False),
}
_GROUP: Keys = {"id": Key(text), "title": Key(text), "series": Key(texts)}


def ensembles_of(book: Book, folder: Path) -> EnsembleBook:
    """The file of a scenario; raises AllohistoryError for a mistake of form, or a series that is none."""
    path = folder / "book" / FILE
    if not path.is_file():
        raise AllohistoryError("check ensemble", f"this scenario has no {FILE}", given=FILE, status=404)
    rows = read_file(path, FILE, TABLES)
    found: dict[str, list[Any]] = {name: [] for name in TABLES}
    for raw in rows:
        found[raw.table].append(_read(raw))
    if len(found["bars"]) != 1:
        raise AllohistoryError(FILE, "one [[bars]] says what is asked of our history")
    one = EnsembleBook(found["bars"][0], *(tuple(found[name]) for name in ("start", "group", "table")))
    _check_series(one, book)
    _check_starts(one, book)
    return one


def _read(raw: RawRow) -> Bars | Start | Group:
    if raw.table == "bars":
        bars = Bars(**read_values(raw.values, _BARS, raw.where, "the bars"))
        for name, value in vars(bars).items():
            if not 0.0 <= value <= 1.0:
                raise AllohistoryError(raw.where, f"{name} is a share, 0 to 1", given=value)
        return bars
    if raw.table == "group":
        return Group(**read_values(raw.values, _GROUP, raw.where, "a group of series"))
    return Start(**read_values(raw.values, _START, raw.where, "a start"))


def _check_series(one: EnsembleBook, book: Book) -> None:
    """Each is a main series of the book, and stands here once."""
    known = [id for id, variable in book.variables.items() if variable.series and variable.per is None]
    seen: set[str] = set()
    for id in one.series:
        if id not in known:
            raise AllohistoryError(FILE, f'"{id}" is not a main series', given=id, possible=known)
        if id in seen:
            raise AllohistoryError(FILE, f'"{id}" stands here twice', given=id)
        seen.add(id)


def _check_starts(one: EnsembleBook, book: Book) -> None:
    """Days lie inside the scenario; a start is named once in its table."""
    for starts in (one.starts, one.tables):
        seen: Mapping[str, Start] = {start.id: start for start in starts}
        if len(seen) != len(starts):
            raise AllohistoryError(FILE, "two starts have one id", possible=list(seen))
    for start in (*one.starts, *one.tables):
        book.calendar.day(str(start.freed), f"{FILE}, {start.id}")
        if start.freed_after is not None:
            book.find(book.entries, start.freed_after, FILE, "record entry", "allohistory record")
