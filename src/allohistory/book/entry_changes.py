"""What a change of a record entry means: another outcome at its own address, none, or another date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from allohistory.book.calendar import Span, parse_date
from allohistory.book.clashes import Kind, ResolvedChange
from allohistory.book.meanings import Case
from allohistory.book.tables import Entry, RuleFacts


def of_entry(case: Case, entry: Entry) -> tuple[ResolvedChange, ...]:
    """A record entry has an address of its own: only what it took, or its date, can be changed."""
    change = case.change
    if change.entity is not None or change.when is not None:
        case.refuse(f"{entry.id} has its own entity and date; write {entry.id}=value")
    rule = case.rules.get(entry.rule)
    if rule is None:
        case.refuse(f'its rule "{entry.rule}" does not exist', given=entry.rule, possible=sorted(case.rules))
    if rule.draws == "choice":
        return _entry_of_choice(case, entry, rule)
    if rule.draws == "clock":
        return _entry_of_clock(case, entry, rule)
    if change.operation == "*=" or not isinstance(change.value, float):
        case.refuse(f"{entry.id} is a number: set it with = or shift it with +=", given=change.value)
    kind: Kind = "shock-set" if change.operation == "=" else "shock-shift"
    return (_at(case, entry, rule, kind, value=change.value),)


def _entry_of_choice(case: Case, entry: Entry, rule: RuleFacts) -> tuple[ResolvedChange, ...]:
    change = case.change
    if change.operation == "=" and isinstance(change.value, str) and change.value in rule.options:
        return (_at(case, entry, rule, "choice", option=rule.options.index(change.value)),)
    moved = _new_date(case)
    if moved is None and not (change.operation == "=" and change.value == "never"):
        case.refuse_option(rule, ("never", "a date"))
    if rule.silent is None:
        case.refuse(f"{rule.id} always takes one of its options; set one, or change what opened it")
    silent = _at(case, entry, rule, "choice", option=rule.options.index(rule.silent))
    if moved is None:
        return (silent,)
    if entry.event is not None and moved < entry.event:
        case.refuse(f"{entry.id} cannot come before its event began on {entry.event.isoformat()}")
    week = case.book.calendar.week_of(moved)
    option = rule.options.index(str(entry.took)) if entry.took in rule.options else -1
    there = replace(silent, first_week=week, last_week=week, step=-1, option=option)
    return (there,) if week == silent.first_week else (silent, there)


def _entry_of_clock(case: Case, entry: Entry, rule: RuleFacts) -> tuple[ResolvedChange, ...]:
    """A firing is forbidden, imposed, or moved to another day with the key of its old week."""
    change = case.change
    silent = _at(case, entry, rule, "clock-never")
    if change.operation == "*=" and isinstance(change.value, float) and change.value >= 0.0:
        return (replace(silent, kind="clock-scale", value=change.value, operation="*="),)
    if change.operation == "=" and change.value == "never":
        return (silent,)
    moved = entry.date if change.operation == "=" and change.value == "fires" else _new_date(case)
    if moved is None:
        case.refuse(
            f"{entry.id} is a firing: never, or a new date", given=change.value, possible=["never", "a date"]
        )
    old, week = silent.first_week, case.book.calendar.week_of(moved)
    there = replace(
        silent, kind="clock-fires", first_week=week, last_week=week, event_week=old, day=moved.weekday()
    )
    return (there,) if week == old else (silent, there)


def _new_date(case: Case) -> date | None:
    """The day to which an entry is moved; a bare year stands for its first day."""
    value = case.change.value
    if case.change.operation != "=":
        return None
    if isinstance(value, float) and value == int(value) and 1000 <= value <= 9999:
        value = parse_date(str(int(value)), case.where)
    return case.book.calendar.within(value, case.where).first if isinstance(value, Span) else None


def _at(
    case: Case, entry: Entry, rule: RuleFacts, kind: Kind, *, option: int = -1, value: float = 0.0
) -> ResolvedChange:
    """A change at the entry's own address."""
    calendar = case.book.calendar
    week = calendar.week_of(entry.date)
    members = list(rule.entities) or list(case.book.entities_of(rule.per))
    return ResolvedChange(
        text=case.change.text,
        kind=kind,
        target=rule.id,
        rule=rule.number,
        entity=members.index(entry.entity) if entry.entity in members else -1,
        first_week=week,
        last_week=week,
        step=-1 if entry.step is None else entry.step,
        event_week=-1 if entry.event is None or rule.draws == "clock" else calendar.week_of(entry.event),
        option=option,
        value=value,
        operation=case.change.operation,
        entry=entry.id,
    )
