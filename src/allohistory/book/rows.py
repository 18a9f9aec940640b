"""Typed reading of TOML rows: every key known, every value of its type, every mistake with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from allohistory.book.calendar import parse_date
from allohistory.errors import AllohistoryError

REQUIRED = object()
_HEADER = re.compile(r"^\s*\[\[\s*([A-Za-z_]+)\s*\]\]")


@dataclass(frozen=True)
class Key:
    """One key of a table: how its value is read, and what stands for it when it is left out.

    Readers raise ValueError with the words for what was expected.
    """

    read: Callable[[Any], Any]
    default: Any = REQUIRED


Keys = Mapping[str, Key]


@dataclass(frozen=True)
class RawRow:
    """A row as TOML gave it, with the place where it stands."""

    table: str
    values: Mapping[str, Any]
    file: str
    line: int

    @property
    def where(self) -> str:
        """File, line and id, as messages name them."""
        place = f"{self.file}, line {self.line}" if self.line else self.file
        name = self.values.get("id")
        return f"{place}, {name}" if isinstance(name, str) else place


def read_file(path: Path, shown: str, tables: tuple[str, ...]) -> list[RawRow]:
    """All rows of one file, in order of table, with their lines."""
    text = _text_of(path, shown)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as mistake:
        raise AllohistoryError(shown, f"not readable as TOML: {mistake}") from None
    lines = _lines_of_headers(text)
    rows: list[RawRow] = []
    for table, values in content.items():
        if table not in tables:
            problem = f'"{table}" is not a table of this file'
            raise AllohistoryError(shown, problem, given=table, possible=[f"[[{name}]]" for name in tables])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise AllohistoryError(shown, f"write [[{table}]], a list of rows", given=table)
        places = lines.get(table, [])
        for place, value in enumerate(values):
            rows.append(RawRow(table, value, shown, places[place] if place < len(places) else 0))
    return rows


def _text_of(path: Path, shown: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as mistake:
        raise AllohistoryError(shown, f"the file cannot be read: {mistake}") from None


def _lines_of_headers(text: str) -> dict[str, list[int]]:
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        found = _HEADER.match(line)
        if found:
            lines.setdefault(found[1], []).append(number)
    return lines


def nested(keys: Keys, thing: str, build: Callable[..., Any]) -> Callable[[Any], Any]:
    """A table inside a row, ``{low = 1, high = 2}``, made into what `build` makes of its values."""

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError("{" + ", ".join(f"{name} = ..." for name in keys) + "}")
        return build(**read_values(value, keys, "", thing))

    return read


def several(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    """A list of what `read` reads."""

    def read_all(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError("a list in square brackets")
        return tuple(read(part) for part in value)

    return read_all


def read_values(values: Mapping[str, Any], keys: Keys, where: str, thing: str) -> dict[str, Any]:
    """The values of a row, each read as its key says; an unknown, missing or ill-typed key is an error."""
    for name in values:
        if name not in keys:
            problem = f'"{name}" is not a key of {thing}'
            raise AllohistoryError(where, problem, given=name, possible=sorted(keys))
    read: dict[str, Any] = {}
    for name, key in keys.items():
        if name in values:
            read[name] = _read_one(values[name], key, f"{where}: {name}".removeprefix(": "))
        elif key.default is REQUIRED:
            raise AllohistoryError(where, f'the key "{name}" is missing', closest=name)
        else:
            read[name] = key.default
    return read


def _read_one(value: Any, key: Key, where: str) -> Any:
    try:
        return key.read(value)
    except ValueError as expected:
        raise AllohistoryError(where, f"expected {expected}", given=value) from None
    except AllohistoryError as inner:
        inner.where = f"{where}: {inner.where}".removesuffix(": ")
        raise


def text(value: Any) -> str:
    """Words, not empty."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("words in quotes")
    return value.strip()


def any_text(value: Any) -> str:
    """Words, or nothing at all."""
    if not isinstance(value, str):
        raise ValueError("words in quotes")
    return value.strip()


def texts(value: Any) -> tuple[str, ...]:
    """A list of words."""
    if not isinstance(value, list):
        raise ValueError('a list of words, as in ["one", "two"]')
    return tuple(text(part) for part in value)


def number(value: Any) -> float:
    """A number, neither true nor false."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
        raise ValueError("a number")
    return float(value)


def numbers(value: Any) -> float | tuple[float, ...]:
    """A number, or a list of numbers, one for each entity."""
    if isinstance(value, list) and value:
        return tuple(number(part) for part in value)
    return number(value)


def whole(value: Any) -> int:
    """A whole number from 0 on."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("a whole number, 0 or more")
    return value


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def day(value: Any) -> date:
    """A date, bare or in quotes."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            span = parse_date(value)
        except AllohistoryError:
            span = None
        if span is not None and span.precision == "day":
            return span.first
    raise ValueError("a date like 1938-07-31")


def text_or_number(value: Any) -> str | float:
    """An option's name, or a number."""
    if isinstance(value, str):
        return text(value)
    try:
        return number(value)
    except ValueError:
        raise ValueError('an option in quotes, "fired", or a number') from None


def one_of(*words: str) -> Callable[[Any], str]:
    """One of a few words."""

    def read(value: Any) -> str:
        if value not in words:
            raise ValueError("one of " + ", ".join(words))
        return str(value)

    return read


def shaped(pattern: str, example: str) -> Callable[[Any], str]:
    """An id of a given form."""
    form = re.compile(pattern)

    def read(value: Any) -> str:
        if not isinstance(value, str) or not form.fullmatch(value):
            raise ValueError(f"an id like {example}")
        return value

    return read
