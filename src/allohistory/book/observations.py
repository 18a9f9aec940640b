"""What the rules are held to beside the record, with its weight: historians' verdicts and counted base rates.

`observations.toml` of a scenario has four tables. `weighing` says how ranges and cases become weights. `observation`
names a probability that the rules state, what historians or counts say it is, and how many cases that is worth.
`judgement` is a verdict on another world, to be asked of whole timelines. `left_out` says what the rules cannot
express, and why.

The log-likelihood of an observation is weight * (q log p + (1 - q) log(1 - p)): q what is said, p what the rules say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from allohistory.book.expressions import parse_expression
from allohistory.book.observed_ways import KINDS, PATH, Call, Step, Way, read_steps, way_keys
from allohistory.book.resolve import resolve_all
from allohistory.book.rows import (
    Key,
    Keys,
    RawRow,
    day,
    number,
    one_of,
    read_file,
    read_values,
    shaped,
    text,
    texts,
)
from allohistory.book.tables import GRADES, Book, Rules
from allohistory.errors import AllohistoryError

FILE = "observations.toml"
TABLES = ("weighing", "observation", "judgement", "left_out")
ID = r"[a-z0-9]+(?:[-.]+[a-z0-9]+)*"
TAILS = (0.05, 0.95)  # a range from low to high holds nine in ten
FEWEST, MOST = 1e-2, 1e5  # effective cases between which the width of a range is looked up


@dataclass(frozen=True)
class Weighing:
    """How ranges and cases become weights.

    judged_share  of the cases that the width of a judged range stands for, so many count
    judged_least, judged_most  cases that a judgement is worth at least and at most
    counted_most  cases that a count is worth at most
    """

    judged_share: float
    judged_least: float
    judged_most: float
    counted_most: float
    because: str

    def judged(self, q: float, low: float, high: float) -> float:
        """Cases that a verdict of q, with nine in ten between low and high, is worth."""
        worth = self.judged_share * cases_of(q, low, high)
        return min(max(worth, self.judged_least), self.judged_most)

    def counted(self, cases: float, comparable: float) -> float:
        """Cases that a count is worth, of which a share is comparable."""
        return min(cases * comparable, self.counted_most)


@dataclass(frozen=True)
class Observation:
    """One probability that the rules state, and what is said of it.

    kind        path: read off the ledger of our own history; rule: a rule asked at stated inputs
    q           what historians or counts say, with its range from low to high
    weight      effective number of cases
    cases       of a count: how many; None where it is a judgement
    comparable  of a count: the share of them that this one is like
    steps       what must come to pass, one after the other; the product of their chances is p
    last_week   the last week that it speaks of, -1 for none: who stops before it has not heard of it
    """

    id: str
    what: str
    kind: str
    q: float
    low: float
    high: float
    weight: float
    because: str
    grade: str
    steps: tuple[Step, ...]
    facts: tuple[str, ...] = ()
    source: str = ""
    last_week: int = -1
    cases: float | None = None
    comparable: float | None = None

    def ways(self) -> Iterator[Way | Call]:
        """All ways of all steps."""
        for step in self.steps:
            yield from step


@dataclass(frozen=True)
class Judgement:
    """A verdict on a world that may differ from ours: `outcome` with `pods` and `do`, luck free from a day on."""

    id: str
    what: str
    value: float
    low: float
    high: float
    outcome: str
    facts: tuple[str, ...]
    pods: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    freed: date | None = None
    freed_after: str | None = None
    because: str = ""


@dataclass(frozen=True)
class LeftOut:
    """Something said that the rules cannot be held to, and why."""

    id: str
    because: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Observations:
    """The whole file, each table by id in the file's order."""

    observations: Mapping[str, Observation] = field(default_factory=dict)
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)
    weighing: Weighing | None = None


def cases_of(q: float, low: float, high: float) -> float:
    """a + b of the beta distribution with mean q whose middle nine tenths are as wide as low to high."""
    from scipy.special import betaincinv

    def width(cases: float) -> float:
        a, b = q * cases, (1.0 - q) * cases
        return float(betaincinv(a, b, TAILS[1]) - betaincinv(a, b, TAILS[0]))

    few, many = FEWEST, MOST
    for _ in range(60):
        cases = (few * many) ** 0.5
        few, many = (cases, many) if width(cases) > high - low else (few, cases)
    return float(cases)


_WEIGHING: Keys = {
    **{name: Key(number) for name in ("judged_share", "judged_least", "judged_most", "counted_most")},
    "because": Key(text),
}
_SAID: Keys = {
    "id": Key(shaped(ID, "xian.chiang-killed")),
    "what": Key(text),
    "low": Key(number),
    "high": Key(number),
    "facts": Key(texts, ()),
}
_OBSERVATION: Keys = {
    **_SAID,
    "kind": Key(one_of(*KINDS)),
    "q": Key(number),
    "because": Key(text),
    "grade": Key(one_of(*GRADES)),
    "source": Key(text, ""),
    "cases": Key(number, None),
    "comparable": Key(number, None),
    "settled": Key(day, None),
    **way_keys(nested_steps=True),
}
_JUDGEMENT: Keys = {
    **_SAID,
    "value": Key(number),
    "outcome": Key(text),
    "pods": Key(texts, ()),
    "do": Key(texts, ()),
    "freed": Key(day, None),
    "freed_after": Key(text, None),
    "because": Key(text, ""),
}
_LEFT_OUT: Keys = {
    "id": Key(shaped(ID, "rhineland.french-arms")),
    "because": Key(text),
    "facts": Key(texts, ()),
}


def observations_of(book: Book, folder: Path, rules: Rules) -> Observations:
    """The observations of a scenario, none where it has no such file; raises AllohistoryError for any mistake."""
    path = folder / "book" / FILE
    if not path.is_file():
        return Observations()
    rows = read_file(path, FILE, TABLES)
    taken = {row.id: row.where for row in book.rows()}
    weighing = _weighing([raw for raw in rows if raw.table == "weighing"])
    observations: dict[str, Observation] = {}
    judgements: dict[str, Judgement] = {}
    left_out: dict[str, LeftOut] = {}
    for raw in rows:
        if raw.table == "observation":
            one = _observation(raw, book, rules, weighing)
            observations[_once(one.id, taken, raw)] = one
        elif raw.table == "judgement":
            verdict = _judgement(raw, book, rules)
            judgements[_once(verdict.id, taken, raw)] = verdict
        elif raw.table == "left_out":
            values = read_values(raw.values, _LEFT_OUT, raw.where, "what is left out")
            _known(values["facts"], book, raw)
            left_out[_once(values["id"], taken, raw)] = LeftOut(**values)
    return Observations(observations, judgements, left_out, weighing)


def _once(id: str, taken: dict[str, str], raw: RawRow) -> str:
    if id in taken:
        raise AllohistoryError(raw.where, f'the id "{id}" is taken already ({taken[id]})', given=id)
    taken[id] = f"{raw.file}, line {raw.line}"
    return id


def _weighing(rows: list[RawRow]) -> Weighing:
    if len(rows) != 1:
        raise AllohistoryError(FILE, "one [[weighing]] says how ranges and cases become weights")
    one = Weighing(**read_values(rows[0].values, _WEIGHING, rows[0].where, "the weighing"))
    above = min(one.judged_share, one.judged_least, one.counted_most) > 0.0
    if not above or one.judged_least > one.judged_most:
        raise AllohistoryError(rows[0].where, "shares and cases lie above 0, the least below the most")
    return one


def _observation(raw: RawRow, book: Book, rules: Rules, weighing: Weighing) -> Observation:
    values = read_values(raw.values, _OBSERVATION, raw.where, "an observation")
    q, low, high = values["q"], values["low"], values["high"]
    _in_order(q, low, high, "q", raw)
    _facts(values, book, raw)
    cases, comparable = values["cases"], values["comparable"]
    if (cases is None) != (comparable is None):
        missing = "cases" if cases is None else "comparable"
        raise AllohistoryError(
            raw.where, f'a count has cases and comparable: "{missing}" is missing', closest=missing
        )
    if cases is None:
        if not 0.0 < q < 1.0:
            raise AllohistoryError(raw.where, "a judged probability lies between 0 and 1", given=q)
        weight = weighing.judged(q, low, high)
    elif cases > 0.0 and 0.0 < comparable <= 1.0:
        weight = weighing.counted(cases, comparable)
    else:
        raise AllohistoryError(raw.where, "cases lie above 0, comparable is a share above 0 up to 1")
    names = ("id", "what", "kind", "because", "grade", "facts", "source", "cases", "comparable")
    steps = read_steps(values, book, rules, raw.where)
    for step in steps:
        for way in step:
            if isinstance(way, Way) != (values["kind"] == PATH):
                meant = "names a rule of the week" if values["kind"] == PATH else "names a function"
                raise AllohistoryError(
                    raw.where, f'every way of an observation of kind "{values["kind"]}" {meant}'
                )
    last_week = max((way.last for step in steps for way in step if isinstance(way, Way)), default=-1)
    if values["settled"] is not None:
        if values["kind"] == PATH:
            raise AllohistoryError(raw.where, '"settled" is of kind "rule": a path has its windows')
        book.calendar.day(str(values["settled"]), f"{raw.where}: settled")
        last_week = book.calendar.week_of(values["settled"])
    return Observation(
        q=q,
        low=low,
        high=high,
        weight=weight,
        steps=steps,
        last_week=last_week,
        **{name: values[name] for name in names},
    )


def _judgement(raw: RawRow, book: Book, rules: Rules) -> Judgement:
    values = read_values(raw.values, _JUDGEMENT, raw.where, "a judgement")
    one = Judgement(**values)
    _in_order(one.value, one.low, one.high, "value", raw)
    _facts({"facts": one.facts, "source": ""}, book, raw)
    where = f"{raw.where}: outcome"
    parse_expression(
        one.outcome, book.outcomes, calendar=book.calendar, where=where, former_ids=book.former_ids
    )
    resolve_all(one.do, book, rules, pods=one.pods, where=f"{raw.where}: do", where_pods=f"{raw.where}: pods")
    if one.freed is not None and one.freed_after is not None:
        raise AllohistoryError(raw.where, "luck is freed on a day or after an entry, not both")
    if one.freed is not None:
        book.calendar.day(str(one.freed), f"{raw.where}: freed")
    if one.freed_after is not None:
        book.find(book.entries, one.freed_after, f"{raw.where}: freed_after", "record entry")
    return one


def _in_order(value: float, low: float, high: float, name: str, raw: RawRow) -> None:
    if not 0.0 <= low <= value <= high <= 1.0:
        raise AllohistoryError(raw.where, f"0 <= low <= {name} <= high <= 1 does not hold", given=value)
    if low == high:
        raise AllohistoryError(raw.where, "low and high are one number: a range has a width", given=low)


def _known(facts: tuple[str, ...], book: Book, raw: RawRow) -> None:
    for fact in facts:
        book.find(book.facts, fact, f"{raw.where}: facts", "fact")


def _facts(values: Mapping[str, Any], book: Book, raw: RawRow) -> None:
    _known(values["facts"], book, raw)
    if not values["facts"] and not values["source"]:
        raise AllohistoryError(raw.where, "it rests on nothing: name facts or a source", closest="facts")
