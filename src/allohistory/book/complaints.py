"""The form of a complaint about a book: ``file:line id: what is wrong``."""

from __future__ import annotations

from collections.abc import Iterable

from allohistory.book.tables import Row
from allohistory.errors import nearest


def about(row: Row, problem: str) -> str:
    """A complaint about one row."""
    return f"{row.file}:{row.line} {row.id}: {problem}"


def missing(thing: str, name: str, possible: Iterable[str]) -> str:
    """Something named that does not exist, with the nearest that does."""
    close = nearest(name, possible)
    return f'there is no {thing} "{name}"' + (f"; nearest: {close}" if close else "")
