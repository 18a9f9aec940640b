"""Text on a page: paragraphs, columns and headings that fit the window, plain when nobody looks."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Sequence

NARROWEST, WIDEST = 60, 120


def width() -> int:
    """Columns to write in: the window's, from 60 to 120; 80 where there is none."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, NARROWEST), WIDEST)


def bold(text: str) -> str:
    """Bold on a terminal that wants it."""
    return f"\x1b[1m{text}\x1b[0m" if _styled() else text


def dim(text: str) -> str:
    """Quieter on a terminal that wants it."""
    return f"\x1b[2m{text}\x1b[0m" if _styled() else text


def _styled() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def paragraph(text: str, *, indent: int = 0, hanging: int = 0) -> str:
    """Words wrapped to the window; lines after the first stand further in by `hanging`."""
    first, rest = " " * indent, " " * (indent + hanging)
    return textwrap.fill(
        text,
        width(),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def page(parts: Sequence[str]) -> str:
    """Parts of a page with an empty line between them; empty parts are left out."""
    return "\n\n".join(part for part in parts if part) + "\n"


def columns(
    rows: Sequence[Sequence[str]], *, indent: int = 2, gap: int = 2, right: Sequence[int] = ()
) -> list[str]:
    """Rows of short texts set in columns; the first column gives way where the window is narrow.

    right  the columns that are set flush right (numbers)
    """
    return [line for block in column_blocks(rows, indent=indent, gap=gap, right=right) for line in block]


def column_blocks(
    rows: Sequence[Sequence[str]], *, indent: int = 2, gap: int = 2, right: Sequence[int] = ()
) -> list[list[str]]:
    """Like columns, but each row's lines by themselves: a row takes more than one where its first text wraps."""
    if not rows:
        return []
    count = max(len(row) for row in rows)
    full = [[*row, *[""] * (count - len(row))] for row in rows]
    widths = [max(len(row[place]) for row in full) for place in range(count)]
    spare = width() - indent - gap * (count - 1) - sum(widths[1:])
    widths[0] = min(widths[0], max(spare, 12))
    return [_block(row, widths, indent, gap, right) for row in full]


def _block(
    row: Sequence[str], widths: Sequence[int], indent: int, gap: int, right: Sequence[int]
) -> list[str]:
    inner = len(row[0]) - len(row[0].lstrip())
    margin = " " * min(inner, widths[0] // 2)
    words = textwrap.wrap(row[0].strip(), max(widths[0] - len(margin) - 3, 9), break_on_hyphens=False)
    if len(row[0]) <= widths[0]:
        words = [row[0].strip()]
    head = [margin + words[0], *(f"{margin}   {more}" for more in words[1:])] if words else [""]
    cells = [head[-1].rjust(widths[0]) if 0 in right else head[-1].ljust(widths[0])]
    cells += [
        cell.rjust(widths[place]) if place in right else cell.ljust(widths[place])
        for place, cell in enumerate(row[1:], start=1)
    ]
    last = (" " * indent + (" " * gap).join(cells)).rstrip()
    return [*(" " * indent + extra for extra in head[:-1]), last]


def listing(rows: Sequence[tuple[str, str]], *, indent: int = 2) -> list[str]:
    """A short id at the left, words wrapped beside it."""
    if not rows:
        return []
    room = min(max(len(name) for name, _ in rows), width() * 2 // 5)
    lines = []
    for name, words in rows:
        room_for_words = width() - indent - room - 2
        wrapped = textwrap.wrap(words, room_for_words, break_on_hyphens=False, break_long_words=False) or [""]
        if len(name) > room:
            lines.append(" " * indent + name)
            name = ""
        for place, line in enumerate(wrapped):
            lines.append((" " * indent + (name if place == 0 else "").ljust(room + 2) + line).rstrip())
    return lines
