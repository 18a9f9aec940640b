"""A scenario's tables in numbers: variables with their first values, the record's entries, and what it covers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from allohistory.book.tables import Book, Coverage, Entry
from allohistory.errors import AllohistoryError, nearest
from allohistory.timeline.blueprint import CoverageFacts, EntryFacts, RuleFacts, VariableFacts
from allohistory.timeline.rule import Rule

Numbers = Mapping[str, Any]
"""The frozen numbers of a scenario: section -> id -> number, and entities -> kind -> id -> number."""


def variable_facts(book: Book) -> tuple[VariableFacts, ...]:
    """The variables of the world, one first value for each entity."""
    found = []
    for row in book.variables.values():
        members = book.entity_kinds[row.per].ids if row.per else ("",)
        start = row.start if isinstance(row.start, tuple) else (float(row.start),) * len(members)
        if len(start) != len(members):
            raise AllohistoryError(
                row.where, f"{row.id} has {len(start)} first values for {len(members)} entities"
            )
        found.append(VariableFacts(row.id, tuple(map(float, start)), row.low, row.high, members))
    return tuple(found)


def entry_facts(
    book: Book, facts: tuple[RuleFacts, ...], rules: Mapping[str, Rule], numbers: Numbers
) -> tuple[EntryFacts, ...]:
    """The record in numbers, in the book's order."""
    rule_of = {rule.id: rule for rule in facts}
    return tuple(entry_in_numbers(entry, book, rule_of, rules, numbers) for entry in book.entries.values())


def entry_in_numbers(
    entry: Entry, book: Book, rule_of: Mapping[str, RuleFacts], rules: Mapping[str, Rule], numbers: Numbers
) -> EntryFacts:
    """One entry in numbers; raises AllohistoryError where its rule, entity or option does not exist."""
    rule = rule_of.get(entry.rule)
    if rule is None:
        raise AllohistoryError(
            entry.where,
            f'{entry.id}: no rule is called "{entry.rule}"',
            closest=nearest(entry.rule, list(rule_of)),
        )
    week, day = divmod(book.calendar.day_of(entry.date), 7)
    named = rules[rule.id].card.key
    key = numbers["keys"][named] if named else book.calendar.week_of(entry.event or entry.date)
    return EntryFacts(
        id=entry.id,
        rule=rule.id,
        entity=entity_number(entry, rule),
        key=key,
        step=entry.step or 0,
        week=week,
        day=day,
        took=took_in_numbers(entry, rule, day),
        half=half_width(entry.took),
    )


def entity_number(entry: Entry, rule: RuleFacts) -> int:
    """The number of the entity that an entry names."""
    wanted = entry.entity or ""
    if wanted in rule.entities:
        return rule.entities.index(wanted)
    problem = (
        f'{entry.id}: "{wanted}" is no entity of {rule.id}'
        if wanted
        else f"{entry.id}: {rule.id} needs an entity"
    )
    raise AllohistoryError(
        entry.where, problem, possible=rule.entities, closest=nearest(wanted, list(rule.entities))
    )


def took_in_numbers(entry: Entry, rule: RuleFacts, day: int) -> float:
    """What an entry took: a day of the week for a clock, an option's number, or the value."""
    if rule.draws == "clock" and entry.took == "fired":
        return float(day + 1)
    if rule.draws == "choice" and entry.took in rule.options:
        return float(rule.options.index(str(entry.took)))
    if rule.draws == "shock" and not isinstance(entry.took, str):
        return float(entry.took)
    possible = {"clock": ("fired",), "choice": rule.options}.get(rule.draws, ("a number",))
    problem = f"{entry.id}: {rule.id} cannot take {entry.took!r}"
    raise AllohistoryError(
        entry.where, problem, possible=possible, closest=nearest(str(entry.took), list(possible))
    )


def half_width(took: str | float) -> float:
    """Half the rounding interval of a recorded value: 4 stands for 3.5 to 4.5, 0.25 for 0.245 to 0.255."""
    if isinstance(took, str):
        return 0.5
    decimals = re.fullmatch(r"-?\d+\.?(\d*?)0*", f"{took:.6f}")
    places = len(decimals.group(1)) if decimals else 0
    return 0.5 * 10.0**-places


def coverage_facts(row: Coverage, book: Book, facts: tuple[RuleFacts, ...]) -> CoverageFacts:
    """A coverage in numbers."""
    rule = next((rule for rule in facts if rule.id == row.rule), None)
    if rule is None:
        raise AllohistoryError(f"{row.file}, line {row.line}", f'coverage: no rule is called "{row.rule}"')
    entity = -1 if row.entity == "*" else rule.entities.index(row.entity)
    first, last = (
        book.calendar.week_of(row.first),
        min(book.calendar.week_of(row.last), book.calendar.last_week),
    )
    return CoverageFacts(rule.id, entity, max(first, 0), last)
