"""Opening a book: reads every table of a scenario's folder into a `Book`, or says what is wrong and where.

`open_book` refuses a book with any mistake of form; `read_book` gives all mistakes at once. What the rows say
of each other and of the rules is the business of `check.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from allohistory.book import ids
from allohistory.book.calendar import LAST_WEEK, STANDARD, Calendar
from allohistory.book.keys import (
    COVERAGE,
    ENTITY_KIND,
    ENTRY,
    FACT,
    OUTCOME,
    PARAMETER,
    POD,
    SCENARIO,
    VARIABLE,
)
from allohistory.book.rows import Keys, RawRow, read_file, read_values
from allohistory.book.tables import (
    Book,
    Coverage,
    Entity,
    EntityKind,
    Entry,
    Fact,
    Outcome,
    Parameter,
    Pod,
    Row,
    Variable,
)
from allohistory.errors import AllohistoryError


@dataclass
class _Reading:
    """The rows read so far and the mistakes found so far."""

    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    coverage: list[Coverage] = field(default_factory=list)
    former: dict[str, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    mistakes: list[AllohistoryError] = field(default_factory=list)
    calendar: Calendar = STANDARD


Builder = Callable[[RawRow, dict[str, Any]], Row]


def open_book(folder: Path | str) -> Book:
    """The book of a scenario's folder, the one that holds ``book/``.

    Raises the first mistake of form, saying how many more there are.
    """
    book, mistakes = read_book(folder)
    if not mistakes:
        return book
    first = mistakes[0]
    if len(mistakes) > 1:
        first.problem += f" (and {len(mistakes) - 1} more mistakes in the book)"
    raise first


def read_book(folder: Path | str) -> tuple[Book, list[AllohistoryError]]:
    """What could be read of a scenario's book, and every mistake of form in it."""
    root = Path(folder) / "book"
    if not root.is_dir():
        problem = f"there is no folder book/ in {folder}"
        raise AllohistoryError(
            "book", problem, given=folder, see="a scenario's folder holds book/", status=404
        )
    reading = _Reading()
    _read_scenario(reading, root)
    for place, keys_of in _PLACES.items():
        for path in _files(root, place):
            _read_tables(reading, path, str(path.relative_to(root)), keys_of)
    return _gather(reading, Path(folder)), reading.mistakes


def _files(root: Path, place: str) -> list[Path]:
    """One file, or the TOML files of one folder, in order of name."""
    if place.endswith(".toml"):
        return [root / place] if (root / place).is_file() else []
    return sorted((root / place).glob("*.toml"))


def _read_scenario(reading: _Reading, root: Path) -> None:
    """scenario.toml may set the first Monday and the last week; without it the standard calendar holds."""
    for path in _files(root, "scenario.toml"):
        try:
            for raw in read_file(path, path.name, ("scenario",)):
                values = read_values(raw.values, SCENARIO, raw.where, "a scenario")
                last = values["last_week"] or LAST_WEEK
                reading.calendar = Calendar(values["first_day"] or STANDARD.first, last)
        except AllohistoryError as mistake:
            reading.mistakes.append(mistake)


def _read_tables(reading: _Reading, path: Path, shown: str, keys_of: Mapping[str, Keys]) -> None:
    """Read one file's rows; a mistake in one row leaves the others readable."""
    try:
        rows = read_file(path, shown, tuple(keys_of))
    except AllohistoryError as mistake:
        reading.mistakes.append(mistake)
        return
    for raw in rows:
        try:
            _read_row(reading, raw, keys_of[raw.table])
        except AllohistoryError as mistake:
            reading.mistakes.append(mistake)


def _read_row(reading: _Reading, raw: RawRow, keys: Keys) -> None:
    article = "an" if raw.table[0] in "aeo" else "a"
    values = read_values(raw.values, keys, raw.where, f"{article} {raw.table}")
    if raw.table == "coverage":
        first, last = values.pop("from"), values.pop("until")
        reading.coverage.append(Coverage(first=first, last=last, file=raw.file, line=raw.line, **values))
        return
    row = _BUILDERS[raw.table](raw, values)
    _claim(reading, row.id, row.formerly, raw)
    if isinstance(row, EntityKind):
        for member in row.members:
            _claim(reading, member.id, member.formerly, raw)
    reading.tables.setdefault(raw.table, {})[row.id] = row


def _claim(reading: _Reading, name: str, formerly: tuple[str, ...], raw: RawRow) -> None:
    """One id, or old id, names one thing in the whole book."""
    place = f"{raw.file}, line {raw.line}"
    for taken in (name, *formerly):
        if taken in reading.taken:
            problem = f'the id "{taken}" is taken already by {reading.taken[taken]}'
            raise AllohistoryError(raw.where, problem, given=taken)
        reading.taken[taken] = f"[[{raw.table}]] {name} ({place})"
    reading.former.update(dict.fromkeys(formerly, name))


def _gather(reading: _Reading, folder: Path) -> Book:
    tables = reading.tables
    return Book(
        folder=folder,
        calendar=reading.calendar,
        parameters=tables.get("parameter", {}),
        variables=tables.get("variable", {}),
        entries=tables.get("entry", {}),
        coverage=tuple(reading.coverage),
        pods=tables.get("pod", {}),
        outcomes=tables.get("outcome", {}),
        facts=tables.get("fact", {}),
        entity_kinds=tables.get("entity_kind", {}),
        former_ids=reading.former,
    )


def _build(kind: type[Row]) -> Builder:
    def build(raw: RawRow, values: dict[str, Any]) -> Row:
        return kind(file=raw.file, line=raw.line, **values)

    return build


def _build_entry(raw: RawRow, values: dict[str, Any]) -> Row:
    """An entry's address: from the text of its occasion, or the text from event and step."""
    if values["occasion"] and values["event"] is None and values["step"] is None:
        values.update(_address(values["occasion"], values["entity"], f"{raw.where}: occasion"))
    event, step, entity = values["event"], values["step"], values["entity"]
    if step is not None and event is None:
        raise AllohistoryError(raw.where, "a step needs the event it is a place in: add event = DATE")
    if not values["occasion"] and event is not None:
        values["occasion"] = occasion_text(entity, event, step)
    return Entry(file=raw.file, line=raw.line, **values)


def occasion_text(entity: str | None, event: date, step: int | None) -> str:
    """An address in text, ``entity@date#step``."""
    place = "" if step is None else f"#{step}"
    return f"{entity}@{event.isoformat()}{place}" if entity else f"{event.isoformat()}{place}"


def _address(text: str, entity: str | None, where: str) -> dict[str, Any]:
    """Entity, event and step of an occasion's text; a bare name is a named decision and leaves them alone."""
    found = ids.OCCASION.fullmatch(text)
    if found is None:
        if ids.has_form(text, ids.ENTITY):
            return {}
        example = "posyet-tumen@1938-07-29#5"
        raise AllohistoryError(where, f"expected an address like {example}", given=text)
    if entity is not None and found["entity"] not in (None, entity):
        raise AllohistoryError(where, f'it names another entity than "{entity}"', given=text)
    step = None if found["place"] is None else int(found["place"]) + 16 * int(found["weeks"] or 0)
    try:
        event = date.fromisoformat(found["date"])
    except ValueError:
        raise AllohistoryError(where, f'"{found["date"]}" is not a day of the calendar', given=text) from None
    return {"entity": entity or found["entity"], "event": event, "step": step}


def _build_outcome(raw: RawRow, values: dict[str, Any]) -> Row:
    values["derived"] = values.pop("is")
    return Outcome(file=raw.file, line=raw.line, **values)


def _build_fact(raw: RawRow, values: dict[str, Any]) -> Row:
    values["place"] = values.pop("where")
    return Fact(file=raw.file, line=raw.line, **values)


def _build_kind(raw: RawRow, values: dict[str, Any]) -> Row:
    members: tuple[Entity, ...] = values["members"]
    if not members:
        raise AllohistoryError(raw.where, "a kind of entity needs members")
    return EntityKind(file=raw.file, line=raw.line, **values)


_PLACES: Mapping[str, Mapping[str, Keys]] = {
    "entities.toml": {"entity_kind": ENTITY_KIND},
    "facts": {"fact": FACT},
    "variables": {"variable": VARIABLE},
    "parameters": {"parameter": PARAMETER},
    "outcomes.toml": {"outcome": OUTCOME},
    "record": {"entry": ENTRY, "coverage": COVERAGE},
    "divergences": {"pod": POD},
}

_BUILDERS: Mapping[str, Builder] = {
    "entity_kind": _build_kind,
    "fact": _build_fact,
    "variable": _build(Variable),
    "parameter": _build(Parameter),
    "outcome": _build_outcome,
    "entry": _build_entry,
    "pod": _build(Pod),
}
