"""What a book holds: one frozen dataclass for each kind of table row, and the `Book` that gathers them.

The forms of ids and the keys of every table are interfaces that people write by hand; `open.py` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from pathlib import Path
from typing import TypeVar

from allohistory.book.calendar import STANDARD, Calendar, Span
from allohistory.errors import AllohistoryError

EVERY = "*"
"""In a coverage: the list is complete for every entity of the rule's kind."""

GRADES = ("A", "B", "C")
ONLY_CHANGES = ("changes",)  # written_by of a variable that the week reads and never writes
STAGES = ("first", "war", "peace", "evidence", "scale", "studio")
OUTCOME_KINDS = ("yes", "which", "amount", "day")
VARIABLE_TYPES = ("number", "flag", "stage", "week")


@dataclass(frozen=True, kw_only=True)
class Row:
    """What every row of every table knows: its id and where it was written.

    file, line  where in the book's folder the row stands, for messages
    formerly    old ids that may still be used for it
    """

    id: str
    file: str = ""
    line: int = 0
    formerly: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The place to name in a message."""
        return f"{self.file}, line {self.line}" if self.line else self.file


@dataclass(frozen=True)
class Prior:
    """What is believed about a number before the record is looked at.

    family   normal, lognormal, beta or uniform
    numbers  as written: mean and sd; median and sigma (sd of the logarithm); a and b; low and high
    """

    family: str
    numbers: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Parameter(Row):
    """One number that a rule uses: how the world answers, with its prior and its reasons.

    low, high  hard bounds; a draw beyond them is moved to the bound
    grade      A to C, how well its reasons are sourced
    """

    what: str
    unit: str
    prior: Prior
    in_words: str
    grade: str
    facts: tuple[str, ...] = ()
    because: str = ""
    low: float | None = None
    high: float | None = None
    used_by: tuple[str, ...] = ()
    second_reading: str = ""

    @property
    def rule(self) -> str:
        """The rule it belongs to, or ``common``."""
        return self.id.rpartition(".")[0]

    @property
    def name(self) -> str:
        """Its name in the rule's own record, ``p.NAME``."""
        return self.id.rpartition(".")[2]


@dataclass(frozen=True, kw_only=True)
class Variable(Row):
    """One number of the world's state, as float64.

    start      its value in week 0: one number, or one for each entity
    per        the kind of entity it is kept for, or None
    type       number, flag (0 or 1), stage (a small whole number) or week (a week's number, -1 for none)
    written_by rules whose outcome moves it, or the steps of the week; "changes" where only a change of history sets it
    series     whether it is shown, compared and plotted
    conserved  the group of stocks that it shares a total with
    """

    what: str
    unit: str
    type: str
    low: float
    high: float
    start: float | tuple[float, ...]
    per: str | None = None
    written_by: tuple[str, ...] = ()
    series: bool = False
    group: str = ""
    facts: tuple[str, ...] = ()
    because: str = ""
    source: str = ""
    grade: str = ""
    conserved: str = ""

    @property
    def subject(self) -> str:
        """The part of the world it belongs to, ``w.SUBJECT``."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """Its name there, ``w.subject.NAME``."""
        return self.id.rpartition(".")[2]


@dataclass(frozen=True)
class Variant:
    """Another reading of an entry that a source supports: another option, number or date."""

    id: str
    source: str
    took: str | float | None = None
    date: Day | None = None
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry(Row):
    """One thing that happened: the recorded outcome of one draw of one rule.

    date      the day on which it happened
    took      the option; ``fired`` for a clock; a number in the rule's unit for a shock
    entity    whom it concerned, if the rule is asked for each entity of a kind
    event     the day of the firing that opened the event it belongs to, if it belongs to one
    step      its place in that event
    occasion  the address as text, ``entity@date#step``
    """

    date: Day
    rule: str
    took: str | float
    what: str
    why: str
    source: str
    grade: str
    entity: str | None = None
    event: Day | None = None
    step: int | None = None
    occasion: str = ""
    facts: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    second_reading: str = ""


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Between two dates the list of a rule is complete: what is not listed did not happen."""

    rule: str
    first: Day
    last: Day
    because: str
    entity: str = EVERY
    facts: tuple[str, ...] = ()
    source: str = ""
    file: str = ""
    line: int = 0

    def holds(self, entity: str | None, day: Day) -> bool:
        """Whether it speaks of that entity on that day."""
        return self.covers(entity) and self.first <= day <= self.last

    def covers(self, entity: str | None) -> bool:
        """Whether it speaks of that entity."""
        return self.entity == EVERY or self.entity == entity


@dataclass(frozen=True)
class JudgedBits:
    """How improbable a change of state was, as judged, with the reason."""

    low: float
    high: float
    because: str


@dataclass(frozen=True, kw_only=True)
class Pod(Row):
    """A point of divergence: a named list of changes.

    movable  the window in which its date may be set anew, or None
    """

    title: str
    what: str
    date: Day
    changes: tuple[str, ...]
    source: str
    movable: Span | None = None
    facts: tuple[str, ...] = ()
    argued_at: str = ""
    judged_bits: JudgedBits | None = None
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Outcome(Row):
    """Something that a timeline may come to, and that may be asked for.

    kind     yes, which (one of the options), amount (a number with unit) or day
    derived  the expression that defines it by other outcomes (the key ``is``), or None
    """

    title: str
    definition: str
    kind: str
    stage: str = "first"
    options: tuple[str, ...] = ()
    unit: str = ""
    score: str = ""
    derived: str | None = None


@dataclass(frozen=True, kw_only=True)
class Fact(Row):
    """One sourced fact or figure."""

    what: str
    source: str
    grade: str
    value: object = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    when: str = ""
    place: str = ""
    url: str = ""
    note: str = ""
    second_reading: str = ""


@dataclass(frozen=True)
class Entity:
    """One sector, quarrel, actor or the like that rules are asked for."""

    id: str
    title: str
    what: str = ""
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EntityKind(Row):
    """A kind of entity and its members; an entity's number is its place among them."""

    what: str
    members: tuple[Entity, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The members' ids, in the order of their numbers."""
        return tuple(member.id for member in self.members)


@dataclass(frozen=True)
class RuleFacts:
    """What the book needs to know of a rule.

    number    its frozen number
    draws     clock, choice, shock or nothing
    per       the kind of entity it is asked for, or None
    options   of a choice, the most restrained first
    silent    the option it took where the record is silent, or None
    entities  ids of the entities it is asked for, in the order of their numbers
    """

    id: str
    number: int
    draws: str
    per: str | None = None
    options: tuple[str, ...] = ()
    silent: str | None = None
    entities: tuple[str, ...] = ()


Rules = Mapping[str, RuleFacts]
AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True)
class Book:
    """All tables of one scenario, each a mapping from id to row; nothing in it is ever changed."""

    folder: Path
    calendar: Calendar = STANDARD
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    coverage: tuple[Coverage, ...] = ()
    pods: Mapping[str, Pod] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    entity_kinds: Mapping[str, EntityKind] = field(default_factory=dict)
    former_ids: Mapping[str, str] = field(default_factory=dict)

    def current(self, name: str) -> str:
        """The id that a name stands for today; an old name gives the new one, others themselves."""
        return self.former_ids.get(name, name)

    def rows(self) -> Iterator[Row]:
        """Every row with an id, table by table."""
        tables: tuple[Mapping[str, Row], ...] = (
            self.entity_kinds,
            self.facts,
            self.variables,
            self.parameters,
            self.entries,
            self.outcomes,
            self.pods,
        )
        for table in tables:
            yield from table.values()

    def entities_of(self, kind: str | None) -> tuple[str, ...]:
        """The ids of a kind's members in the order of their numbers; empty for None."""
        return self.entity_kinds[kind].ids if kind in self.entity_kinds and kind is not None else ()

    def find(self, table: Mapping[str, AnyRow], name: str, where: str, thing: str, see: str = "") -> AnyRow:
        """The row of that name, old or new, or an error that names the nearest."""
        row = table.get(self.current(name))
        if row is None:
            problem = f'there is no {thing} "{name}"'
            raise AllohistoryError(where, problem, given=name, possible=sorted(table), see=see or None)
        return row
