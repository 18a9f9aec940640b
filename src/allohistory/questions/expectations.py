"""What a historian expects of free running, line by line, as a scenario's `expectations.toml` has it.

Each line names a figure that the rules can be asked for, the value expected, and the range outside which somebody has
to look. An expectation is for examining the rules, never for forcing them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from allohistory.book.rows import (
    Key,
    Keys,
    day,
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
from allohistory.errors import AllohistoryError

FILE = "expectations.toml"
MARKS = ("F", "F-J", "J", "J-G", "G")
KINDS = (
    "probability",
    "per-year",
    "share-of-months",
    "at-least",
    "middle",
    "outcome-months",
    "follows",
    "ahead",
)


@dataclass(frozen=True)
class Measure:
    """What is measured, and in which worlds.

    kind         probability: share of timelines in which `event` holds, among those where `given` does
                 per-year: firings (or options, RULE=OPTION) of `events` a year, first to last day
                 share-of-months: share of those that fall in `months`
                 at-least: share of timelines with `count` or more of them
                 middle: median number a timeline
                 outcome-months: share of timelines with the outcome `event` in which its day falls in `months`
                 follows: share of timelines with `event` (and `given`) in which one of `events` comes within `weeks`
                 after ahead: share of the clashes that show one of `among` in which one of `events` comes before any of
                 `answers`; only clashes after one of `after`, where that is given
    events       firings and options taken: RULE, RULE=OPTION, RULE[ENTITY], RULE[ENTITY]=OPTION
    times        so many times the timelines of the others, for what is rare (only for probabilities)
    pods, do     points of divergence and changes imposed
    freed        luck is free from this day on; freed_after: just after this entry of the record
                 (neither: from the first week)
    """

    kind: str
    event: str = ""
    given: str | None = None
    events: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    count: int = 1
    weeks: int = 0
    among: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    times: int = 1
    first: date | None = None
    last: date | None = None
    pods: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    freed: date | None = None
    freed_after: str | None = None


@dataclass(frozen=True)
class Expectation:
    """One line: the figure, what is expected of it, and the range outside which it is far off.

    over   where given, the figure is a ratio of two measures
    sheet  number of the line of the sanity sheet that it belongs to, if any
    word   on a figure that lies outside its range: what is known of the cause
    """

    id: str
    says: str
    measure: Measure
    value: float
    low: float
    high: float
    mark: str
    because: str
    over: Measure | None = None
    sheet: int | None = None
    word: str = ""


def _month(value: Any) -> int:
    found = number(value)
    if found not in range(1, 13):
        raise ValueError("a month, 1 to 12")
    return int(found)


_MEASURE: Keys = {
    "kind": Key(one_of(*KINDS)),
    "event": Key(text, ""),
    "given": Key(text, None),
    "events": Key(texts, ()),
    "months": Key(several(_month), ()),
    "count": Key(lambda value: int(number(value)), 1),
    "weeks": Key(whole, 0),
    "among": Key(texts, ()),
    "answers": Key(texts, ()),
    "after": Key(texts, ()),
    "times": Key(whole, 1),
    "first": Key(day, None),
    "last": Key(day, None),
    "pods": Key(texts, ()),
    "do": Key(texts, ()),
    "freed": Key(day, None),
    "freed_after": Key(text, None),
}
_ROW: Keys = {
    "id": Key(text),
    "says": Key(text),
    "measure": Key(nested(_MEASURE, "a measure", Measure)),
    "over": Key(nested(_MEASURE, "a measure", Measure), None),
    "value": Key(number),
    "low": Key(number),
    "high": Key(number),
    "mark": Key(one_of(*MARKS)),
    "because": Key(text),
    "sheet": Key(whole, None),
    "word": Key(text, ""),
}


def expectations_of(folder: Path) -> Mapping[str, Expectation]:
    """The expectations of a scenario, by id, in the file's order; raises AllohistoryError for a mistake of form."""
    path = folder / "book" / FILE
    if not path.is_file():
        raise AllohistoryError("check free-running", f"this scenario has no {FILE}", given=FILE, status=404)
    found: dict[str, Expectation] = {}
    for raw in read_file(path, FILE, ("expectation",)):
        one = Expectation(**read_values(raw.values, _ROW, raw.where, "an expectation"))
        if one.id in found:
            raise AllohistoryError(raw.where, f'"{one.id}" stands here twice', given=one.id)
        if not one.low <= one.value <= one.high:
            raise AllohistoryError(
                raw.where, "the expected value lies outside its own range", given=one.value
            )
        found[one.id] = one
    return found
