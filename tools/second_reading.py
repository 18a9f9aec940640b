"""A second reading of the book: a tenth of its parameters and record entries, read again by one who has not seen it.

The sheets in tests/second_reading/ say what is asked for and on what facts it rests, never what the book says. A
reader fills in what the sources say to him; the comparison is made here, and every difference is settled in words.

    python tools/second_reading.py --sheets     write another sheet, where less than a tenth has been asked for
    python tools/second_reading.py              print every comparison
    python tools/second_reading.py --page       write docs/second_reading.md
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import NormalDist
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from allohistory.book.open import open_book  # noqa: E402
from allohistory.book.priors import TAIL, bounded, quantile  # noqa: E402
from allohistory.book.tables import Book, Entry, Parameter  # noqa: E402

SCENARIO = ROOT / "src" / "allohistory" / "scenarios" / "soviet_japanese_war"
FOLDER = ROOT / "tests" / "second_reading"
PAGE = ROOT / "docs" / "second_reading.md"
SEED, SHARE = "second reading", 10
FITTED = "Projected from"
"""How the reasons begin of a parameter that is fitted: it is computed anew from its data, not read in a source."""
WEEK = 7
HEAD = """# Second reading

A number that one person carried over from a source can be wrong in ways that nobody sees by reading it once more.
So a tenth of the book, taken by chance, was read again by readers who had not seen it: they were given what a
parameter is and how its rule uses it, or which decision an entry concerns and in which quarter, with the ids of
the facts, and wrote down what the sources say to them.

- **Parameters**: {parameters} of the {readable} that rest on sources or judgement (the other {fitted} are fitted,
  and computed anew from their data). The two agree where the middle of each lies in the other's range of nineteen
  in twenty: {agreed} did at once. {moved} priors were moved or widened afterwards, the others kept, for the
  reasons below.
- **Record entries**: {entries} of {all_entries}. {same} have the same option, or a number in the reader's range,
  within a week of the book's day.

What it does not show: both readings start from the same collected facts, so an error in those passes both; where
a parameter is judgement, agreement says only that two judges think alike. What had been unclear to the readers in
the wording of three dozen parameters, and in two docstrings, has been put more clearly.

The sheets with every reading and its source are in `tests/second_reading/`; `python tools/second_reading.py`
compares them with the book, and a test fails where a difference is not settled.

| id | the book had | the reading | settled |
| --- | --- | --- | --- |"""


@dataclass(frozen=True)
class Compared:
    """One row of a sheet beside the book: `agrees`, or in `verdict` how far apart the two are."""

    id: str
    book: str
    reading: str
    verdict: str
    source: str
    settled: str
    was: str = ""

    @property
    def agrees(self) -> bool:
        return self.verdict == "agrees"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sheets", action="store_true", help="write another sheet, where less than a tenth is asked for"
    )
    parser.add_argument("--page", action="store_true", help="write docs/second_reading.md")
    arguments = parser.parse_args()
    book = open_book(SCENARIO)
    if arguments.sheets:
        return write_sheet(book)
    found = parameters_compared(book) + entries_compared(book)
    if arguments.page:
        PAGE.write_text(page(book), encoding="utf-8")
        return 0
    for one in found:
        print(f"{one.verdict:10} {one.id}: book {one.book}; reading {one.reading}. {one.settled}")
    return 0


def asked(ids: list[str], already: set[str]) -> list[str]:
    """Further ids, taken by chance until a tenth of all is asked for; ids that come later change none of the choice."""
    wanted = math.ceil(len(ids) / SHARE) - len(already & set(ids))
    by_chance = sorted(
        set(ids) - already, key=lambda id: hashlib.sha256(f"{SEED}: {id}".encode()).hexdigest()
    )
    return sorted(by_chance[: max(wanted, 0)])


def write_sheet(book: Book) -> int:
    """One more file, each row with empty places to fill in."""
    rows = [parameter_row(book.parameters[id]) for id in asked(read_in_sources(book), ids_of("parameter"))]
    rows += [entry_row(book.entries[id]) for id in asked(list(book.entries), ids_of("entry"))]
    if rows:
        path = FOLDER / f"sheet_{len(list(FOLDER.glob('*.toml'))) + 1}.toml"
        path.write_text("\n".join(rows), encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}: {len(rows)} rows to be read")
    return 0


def read_in_sources(book: Book) -> list[str]:
    """All parameters but those that are fitted."""
    return [row.id for row in book.parameters.values() if not row.because.startswith(FITTED)]


def ids_of(kind: str) -> set[str]:
    return {row["id"] for row in sheet(kind)}


def parameter_row(row: Parameter) -> str:
    """What is asked of a parameter: what it is, its unit, the rule that uses it, and the facts it rests on."""
    lines = ["[[parameter]]", f'id = "{row.id}"', f"what = {quoted(row.what)}", f'unit = "{row.unit}"']
    bounds = [
        f"{name} {value:g}"
        for name, value in (("not below", row.low), ("not above", row.high))
        if value is not None
    ]
    lines += [f"bounds = {quoted(', '.join(bounds))}"] if bounds else []
    lines += [
        f"used_by = {list(row.used_by)}".replace("'", '"'),
        f"facts = {list(row.facts)}".replace("'", '"'),
    ]
    lines += ["central = nan", "low = nan", "high = nan", 'source = ""', 'why = ""', 'settled = ""', ""]
    return "\n".join(lines)


def entry_row(row: Entry) -> str:
    """What is asked of an entry: which rule's decision, about when, and between which options."""
    occasion = [
        f"of {row.entity}" if row.entity else "",
        f"in the event that began about {near(row.event)}" if row.event else "",
    ]
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
    low, middle, high = (
        bounded(ours, quantile(ours.prior, v, NormalDist().inv_cdf)) for v in (TAIL, 0.5, 1.0 - TAIL)
    )
    ours_holds, theirs_holds = low <= row["central"] <= high, row["low"] <= middle <= row["high"]
    verdict = "agrees" if ours_holds and theirs_holds else "near" if ours_holds or theirs_holds else "differs"
    return Compared(
        row["id"],
        f"{middle:.3g} ({low:.3g} to {high:.3g})",
        f"{row['central']:.3g} ({row['low']:.3g} to {row['high']:.3g})",
        verdict,
        row["source"],
        row["settled"],
        row.get("was", ""),
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


def page(book: Book) -> str:
    """The page of the docs: how many agree, and every difference with how it was settled."""
    parameters, entries = parameters_compared(book), entries_compared(book)
    first = sum(one.agrees and not one.was for one in parameters)
    open_ones = [one for one in parameters + entries if one.settled]
    lines = [
        HEAD.format(
            parameters=len(parameters),
            readable=len(read_in_sources(book)),
            fitted=len(book.parameters) - len(read_in_sources(book)),
            agreed=first,
            moved=sum(bool(one.was) for one in parameters),
            entries=len(entries),
            all_entries=len(book.entries),
            same=sum(one.agrees for one in entries),
        )
    ]
    lines += [f"| `{one.id}` | {one.was or one.book} | {one.reading} | {one.settled} |" for one in open_ones]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
