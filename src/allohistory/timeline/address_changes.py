"""Changes inside an address: by frozen numbers where they fit, as text otherwise, and back as they are written.

    kind 3 | number 11 | entity 1 [12] | when 3 [...] | value 3 [...]        kind 0: text

What a packed change says is exactly what its text says (`str(Change)`, with today's ids): packing is tried, read
back, and where one character differs the text itself is stored. Rules, variables and parameters have frozen
numbers; a record entry's number is its place among the sorted ids of the record, which the model's digest fixes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from allohistory.book.calendar import Calendar, Span, parse_date
from allohistory.book.changes import Change, parse_change, shortest
from allohistory.errors import AllohistoryError
from allohistory.timeline.bits import Bits

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

TABLES = ("text", "rules", "variables", "parameters", "entries")
WHENS: dict[str, tuple[int, ...]] = {
    "": (),
    "day": (14,),
    "step": (14, 9),
    "month": (10,),
    "year": (6,),
    "window": (14, 14),
}
VALUES = ("option", "never", "fires", "day", "month", "=", "*=", "+=")
OPERATIONS = ("=", "*=", "+=")
BEFORE = 512  # days before week 0 that a window may begin with (a year that the scenario cuts)
YEAR = 12


@dataclass(frozen=True)
class PackedChange:
    """A change in numbers.

    table   rules, variables, parameters or entries; number: the target's own in it
    entity  the entity's number among its kind, None where the change names none
    when    "", day, step (a day and a step), month, year or window; at: its numbers, in the calendar's days since
            week 0 plus 512, in months or years since the year of week 0
    value   option, never, fires, day, month, or one of = *= += before a number; amount: the number that goes with it
    """

    table: str
    number: int
    entity: int | None = None
    when: str = ""
    at: tuple[int, ...] = ()
    value: str = "never"
    amount: float = 0


def put_change(bits: Bits, change: PackedChange | str) -> None:
    """Write a change; raises AllohistoryError where a number does not fit its field."""
    if isinstance(change, str):
        bits.put(0, 3)
        bits.put_text(change)
        return
    bits.put(TABLES.index(change.table), 3)
    bits.put(change.number, 11)
    bits.put(int(change.entity is not None), 1)
    if change.entity is not None:
        bits.put(change.entity, 12)
    bits.put(list(WHENS).index(change.when), 3)
    for number, width in zip(change.at, WHENS[change.when], strict=True):
        bits.put(number, width)
    bits.put(VALUES.index(change.value), 3)
    if change.value in OPERATIONS:
        bits.put_number(change.amount)
    elif change.value in AMOUNTS:
        bits.put(int(change.amount), AMOUNTS[change.value])


AMOUNTS = {"option": 3, "day": 14, "month": 10}


def take_change(bits: Bits) -> PackedChange | str:
    """Read a change; raises AllohistoryError where no such kind exists."""
    kind = bits.take(3)
    if kind == 0:
        return bits.take_text()
    table = _named(TABLES, kind)
    number = bits.take(11)
    entity = bits.take(12) if bits.take(1) else None
    when = _named(tuple(WHENS), bits.take(3))
    at = tuple(bits.take(width) for width in WHENS[when])
    value = VALUES[bits.take(3)]
    amount: float = 0
    if value in OPERATIONS:
        amount = bits.take_number()
    elif value in AMOUNTS:
        amount = bits.take(AMOUNTS[value])
    return PackedChange(table, number, entity, when, at, value, amount)


def _named(names: Sequence[str], number: int) -> str:
    if number >= len(names):
        raise AllohistoryError("address", "it holds a kind of change that this version does not know")
    return names[number]


# ---------------------------------------------------------------- from text and back


def canonical(text: str, model: Model) -> Change:
    """The change with today's ids, whatever former names it was written with."""
    change, book = parse_change(text, "address"), model.book
    entity = None if change.entity is None else book.current(change.entity)
    return replace(change, target=book.current(change.target), entity=entity)


def pack(text: str, model: Model) -> PackedChange | str:
    """A change in numbers, or its canonical text where numbers cannot say exactly the same."""
    change = canonical(text, model)
    found = _packed(change, model)
    if found is None:
        return str(change)
    try:
        put_change(Bits(), found)
        same = unpack(found, model) == str(change)
    except AllohistoryError:
        return str(change)
    return found if same else str(change)


def unpack(change: PackedChange | str, model: Model) -> str:
    """The change as it is written; raises AllohistoryError where the model has no such number."""
    if isinstance(change, str):
        return change
    target = _id_of(change, model)
    span, step = _when(change, model.book.calendar)
    entity = None if change.entity is None else _at(members_of(target, change.table, model), change.entity)
    operation = change.value if change.value in OPERATIONS else "="
    at = "" if span is None else f"@{span}" + ("" if step is None else f"#{step}")
    return f"{target}{'' if entity is None else f'[{entity}]'}{at}{operation}{_value(change, target, model)}"


def _packed(change: Change, model: Model) -> PackedChange | None:
    """The change in numbers, or None where it names something that has none."""
    table = _table_of(change.target, model)
    if table is None:
        return None
    members = members_of(change.target, table, model)
    if change.entity is not None and change.entity not in members:
        return None
    when, at = _when_numbers(change, model.book.calendar)
    value, amount = _value_numbers(change, table, model)
    if not value:
        return None
    entity = None if change.entity is None else members.index(change.entity)
    return PackedChange(table, _number_of(change.target, table, model), entity, when, at, value, amount)


def _table_of(target: str, model: Model) -> str | None:
    """Which table a target stands in, asked in the order in which changes are understood."""
    if target in model.book.entries:
        return "entries"
    tables = (
        ("rules", model.book_rules),
        ("variables", model.book.variables),
        ("parameters", model.book.parameters),
    )
    for table, ids in tables:
        if target in ids:
            return table if target in model.numbers.get(table, {}) else None
    return None


def _number_of(target: str, table: str, model: Model) -> int:
    if table == "entries":
        return sorted(model.book.entries).index(target)
    return int(model.numbers[table][target])


def _id_of(change: PackedChange, model: Model) -> str:
    if change.table == "entries":
        return _at(sorted(model.book.entries), change.number)
    for id, number in model.numbers.get(change.table, {}).items():
        if number == change.number:
            return str(id)
    raise AllohistoryError(
        "address", f"it names number {change.number} of {change.table}, which is not there"
    )


def members_of(target: str, table: str, model: Model) -> tuple[str, ...]:
    """The entities that a rule or variable is kept for, in the order of their numbers."""
    if table == "rules":
        rule = model.book_rules[target]
        return tuple(rule.entities) or tuple(model.book.entities_of(rule.per))
    if table == "variables":
        return tuple(model.book.entities_of(model.book.variables[target].per))
    return ()


def _options_of(target: str, table: str, model: Model) -> tuple[str, ...]:
    """The options that a change of this target can name."""
    rule = model.book.entries[target].rule if table == "entries" else target
    return model.book_rules[rule].options if rule in model.book_rules else ()


def _when_numbers(change: Change, calendar: Calendar) -> tuple[str, tuple[int, ...]]:
    span = change.when
    if span is None:
        return "", ()
    day, year = calendar.day_of(span.first) + BEFORE, span.first.year - calendar.first.year
    if change.step is not None:
        return "step", (day, change.step)
    if span.precision == "window":
        return "window", (day, calendar.day_of(span.last) + BEFORE)
    return span.precision, (
        {"day": day, "month": year * YEAR + span.first.month - 1, "year": year}[span.precision],
    )


def _when(change: PackedChange, calendar: Calendar) -> tuple[Span | None, int | None]:
    if not change.when:
        return None, None
    if change.when in ("month", "year"):
        return _long_span(change.when, change.at[0], calendar), None
    first = calendar.date_of(change.at[0] - BEFORE)
    if change.when == "window":
        return Span(first, calendar.date_of(change.at[1] - BEFORE), "window"), None
    return Span(first, first, "day"), change.at[1] if change.when == "step" else None


def _long_span(kind: str, number: int, calendar: Calendar) -> Span:
    year, month = divmod(number, YEAR) if kind == "month" else (number, None)
    year += calendar.first.year
    return parse_date(f"{year:04d}" if month is None else f"{year:04d}-{month + 1:02d}", "address")


def _value_numbers(change: Change, table: str, model: Model) -> tuple[str, float]:
    """(kind, number) of the value; ("", 0) where it has no number."""
    value, calendar = change.value, model.book.calendar
    if isinstance(value, float):
        return change.operation, value
    if isinstance(value, Span):
        if value.precision == "day":
            return "day", calendar.day_of(value.first) + BEFORE
        return "month", (value.first.year - calendar.first.year) * YEAR + value.first.month - 1
    options = _options_of(change.target, table, model)
    if value in options:
        return "option", options.index(value)
    return (value, 0) if value in ("never", "fires") else ("", 0)


def _value(change: PackedChange, target: str, model: Model) -> str:
    calendar: Calendar = model.book.calendar
    if change.value in OPERATIONS:
        return shortest(change.amount)
    if change.value == "option":
        return _at(_options_of(target, change.table, model), int(change.amount))
    if change.value == "month":
        return str(_long_span("month", int(change.amount), calendar))
    if change.value == "day":
        day: date = calendar.date_of(int(change.amount) - BEFORE)
        return day.isoformat()
    return change.value


def _at(names: Sequence[str], number: int) -> str:
    if not 0 <= number < len(names):
        raise AllohistoryError(
            "address", f"it names an entity, option or entry (number {number}) that is not there"
        )
    return names[number]
