"""A second reading of the book: a tenth of its parameters and record entries, read again by one who has not seen it.

The sheets in tests/second_reading/ say what is asked for and on what facts it rests, never what the book says. A reader
fills in what the sources say to him; the comparison is made here, and every difference is settled in the open, in words.

    python tools/second_reading.py --sheets     write the sheets, where there are none
    python tools/second_reading.py              print every comparison
    python tools/second_reading.py --page       write docs/second_reading.md
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import NormalDist
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from allohistory.book.open import open_book
from allohistory.book.priors import TAIL, bounded, quantile
from allohistory.book.tables import Book, Entry, Parameter

SCENARIO = ROOT / "src" / "allohistory" / "scenarios" / "soviet_japanese_war"
FOLDER = ROOT / "tests" / "second_reading"
PAGE = ROOT / "docs" / "second_reading.md"
SEED, SHARE, PARTS = "second reading", 10, 2
FITTED = "Projected from"
"""How the reasons begin of a parameter that is fitted: it is computed anew from its data, not read in a source."""
WEEK = 7


@dataclass(frozen=True)
class Compared:
    """One row of a sheet beside the book: `agrees`, or in `verdict` how far apart the two are."""

    id: str
    book: str
    reading: str
    verdict: str
    source: str
    settled: str

    @property
    def agrees(self) -> bool:
        return self.verdict == "agrees"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sheets", action="store_true", help="write the sheets, where there are none")
    parser.add_argument("--page", action="store_true", help="write docs/second_reading.md")
    arguments = parser.parse_args()
    book = open_book(SCENARIO)
    if arguments.sheets:
        return write_sheets(book)
    found = parameters_compared(book) + entries_compared(book)
    if arguments.page:
        PAGE.write_text(page(found), encoding="utf-8")
        return 0
    for one in found:
        print(f"{one.verdict:10} {one.id}: book {one.book}; reading {one.reading}. {one.settled}")
    return 0


def chosen(ids: list[str]) -> list[str]:
    """A tenth of the ids, rounded up, by chance."""
    return sorted(random.Random(SEED).sample(sorted(ids), math.ceil(len(ids) / SHARE)))


def write_sheets(book: Book) -> int:
    """One file for entries, two for parameters, each row with empty places to fill in."""
    parameters = {row.id: row for row in book.parameters.values() if not row.because.startswith(FITTED)}
    ids = chosen(list(parameters))
    sheets = {f"parameters_{i + 1}": [parameter_row(book, parameters[id]) for id in ids[i::PARTS]] for i in range(PARTS)}
    entries = {row.id: row for row in book.entries.values()}
    sheets["entries"] = [entry_row(book, entries[id]) for id in chosen(list(entries))]
    FOLDER.mkdir(exist_ok=True)
    for name, rows in sheets.items():
        path = FOLDER / f"{name}.toml"
        if path.exists():
            sys.exit(f"error: {path.relative_to(ROOT)} is there already; take it away first")
        path.write_text("\n".join(rows), encoding="utf-8")
    return 0


def parameter_row(book: Book, row: Parameter) -> str:
    """What is asked of a parameter: what it is, its unit, the rule that uses it, and the facts it rests on."""
    lines = ["[[parameter]]", f'id = "{row.id}"', f"what = {quoted(row.what)}", f'unit = "{row.unit}"']
    bounds = [f"{name} {value:g}" for name, value in (("not below", row.low), ("not above", row.high)) if value is not None]
    lines += [f"bounds = {quoted(', '.join(bounds))}"] if bounds else []
    lines += [f"used_by = {list(row.used_by)}".replace("'", '"'), f"facts = {list(row.facts)}".replace("'", '"')]
    lines += ["central = nan", "low = nan", "high = nan", 'source = ""', 'why = ""', 'settled = ""', ""]
    return "\n".join(lines)


def entry_row(book: Book, row: Entry) -> str:
    """What is asked of an entry: which rule's decision, about when, and between which options."""
    occasion = [f"of {row.entity}" if row.entity else "", f"in the event that began about {near(row.event)}" if row.event else ""]
    lines = ["[[entry]]", f'id = "{row.id}"', f'rule = "{row.rule}"']
    lines += [f"occasion = {quoted(' '.join(word for word in occasion if word))}"] if any(occasion) else []
    lines += [f'about = "{near(row.date)}"', f"facts = {list(row.facts)}".replace("'", '"')]
    took = "nan" if isinstance(row.took, float) else '""'
    lines += ["date = 1900-01-01", f"took = {took}"]
    lines += ["low = nan", "high = nan"] if isinstance(row.took, float) else []
    return "\n".join([*lines, 'source = ""', 'settled = ""', ""])


def near(day: date | Any) -> str:
    """The quarter that a day lies in."""
    when = day if isinstance(day, date) else date.fromisoformat(str(day))
    return f"{when.year}, quarter {(when.month + 2) // 3}"


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def sheet(kind: str) -> list[dict[str, Any]]:
    """All rows of a kind, of every sheet."""
    files = sorted(FOLDER.glob("*.toml"))
    return [row for path in files for row in tomllib.loads(path.read_text(encoding="utf-8")).get(kind, [])]


def parameters_compared(book: Book) -> list[Compared]:
    """Each parameter that was read again, beside the book's prior."""
    return [parameter_compared(book.parameters[row["id"]], row) for row in sheet("parameter")]


def parameter_compared(ours: Parameter, row: dict[str, Any]) -> Compared:
    """Agreement: each one's middle lies in the other's range of nineteen in twenty; `near` where only one does."""
    low, middle, high = (bounded(ours, quantile(ours.prior, v, NormalDist().inv_cdf)) for v in (TAIL, 0.5, 1.0 - TAIL))
    ours_holds, theirs_holds = low <= row["central"] <= high, row["low"] <= middle <= row["high"]
    verdict = "agrees" if ours_holds and theirs_holds else "near" if ours_holds or theirs_holds else "differs"
    return Compared(
        row["id"],
        f"{middle:.3g} ({low:.3g} to {high:.3g})",
        f"{row['central']:.3g} ({row['low']:.3g} to {row['high']:.3g})",
        verdict,
        row["source"],
        row["settled"],
    )


def entries_compared(book: Book) -> list[Compared]:
    """Each record entry that was read again, beside the book's."""
    return [entry_compared(book.entries[row["id"]], row) for row in sheet("entry")]


def entry_compared(ours: Entry, row: dict[str, Any]) -> Compared:
    """Agreement: the same option, or the book's number in the reading's range, within a week of the book's day."""
    day = date.fromisoformat(str(ours.date))
    same_day = abs((row["date"] - day).days) <= WEEK
    number = isinstance(ours.took, float)
    same = row["low"] <= ours.took <= row["high"] if number else row["took"] == ours.took
    verdict = "agrees" if same and same_day else "near" if same else "differs"
    took = f"{row['took']:.3g} ({row['low']:.3g} to {row['high']:.3g})" if number else row["took"]
    return Compared(
        row["id"], f"{ours.took} on {day}", f"{took} on {row['date']}", verdict, row["source"], row["settled"]
    )


def page(found: list[Compared]) -> str:
    """The page of the docs: how many agree, and every difference with how it was settled."""
    raise NotImplementedError(found)


if __name__ == "__main__":
    sys.exit(main())
