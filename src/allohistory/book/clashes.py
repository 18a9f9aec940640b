"""A change as the engine needs it, and the test that no two changes clash."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations
from typing import Literal

from allohistory.book.calendar import DAYS_A_WEEK
from allohistory.errors import AllohistoryError

Kind = Literal[
    "choice", "clock-fires", "clock-never", "clock-scale", "shock-set", "shock-shift", "variable", "parameter"
]
EVER = 1 << 20
"""Stands for "until the end" in a week window that has no last week."""


@dataclass(frozen=True)
class ResolvedChange:
    """One change as the engine needs it; -1 stands for any entity, step or event, and for no option or day.

    kind         what is imposed; `target` is the id of the rule, variable or parameter
    rule         the rule's number, -1 for variables and parameters
    entity       the entity's number, its place among the members of its kind
    first_week   the first week in which it acts
    last_week    the last week in which it acts, itself included
    step         the place in the event
    event_week   the week in which the event began whose occasions it speaks of
    option       of a choice: the number of the option
    value        of the others: the number set, multiplied by or added
    operation    set, multiply or add
    day          of a firing: the day of the week, 0 Monday to 6 Sunday
    held         of a variable: set anew in each week of the window, not once
    window       of a firing some time in a window: its first and last week; the firing itself has one week
    entry        the record entry it was written for, if any
    first_day    the first and last day that the words name, counted from week 0; -1 where they are whole weeks
    text         the words of the user
    """

    text: str
    kind: Kind
    target: str
    rule: int = -1
    entity: int = -1
    first_week: int = 0
    last_week: int = EVER
    step: int = -1
    event_week: int = -1
    option: int = -1
    value: float = 0.0
    operation: str = "="
    day: int = -1
    held: bool = False
    window: tuple[int, int] | None = None
    entry: str | None = None
    first_day: int = -1
    last_day: int = -1

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day of which it speaks."""
        first = self.first_day if self.first_day >= 0 else self.first_week * DAYS_A_WEEK
        last = self.last_day if self.last_day >= 0 else (self.last_week + 1) * DAYS_A_WEEK - 1
        return first, last


_TOGETHER = {frozenset({"clock-fires", "clock-scale"})}
"""Kinds that may meet at one address: a hazard may be scaled around a firing that is imposed."""


def check_clashes(changes: Sequence[ResolvedChange], where: str = "--do") -> None:
    """Refuse two changes of one address, or a firing and a silence in one window; the error names both."""
    for one, other in combinations(changes, 2):
        if not _meet(one, other):
            continue
        problem = f'"{one.text}" and "{other.text}" clash: {_reason(one, other)}'
        raise AllohistoryError(where, problem, given=other.text)


def share_weeks(changes: Iterable[ResolvedChange]) -> tuple[ResolvedChange, ...]:
    """Where one window ends and another begins in the same week, give that week to one of them.

    A change acts from the start of the week that contains its date, so the later one has the week; but a firing
    keeps its own, and a silence that follows it begins a week later.
    """
    held = list(changes)
    for one, other in permutations(range(len(held)), 2):
        earlier, later = held[one], held[other]
        if not _meet(earlier, later) or earlier.days[1] >= later.days[0]:
            continue
        if earlier.last_week == later.first_week > earlier.first_week:
            held[one] = replace(earlier, last_week=later.first_week - 1)
        elif earlier.kind == "clock-fires" and later.last_week > later.first_week == earlier.last_week:
            held[other] = replace(later, first_week=later.first_week + 1)
    return tuple(held)


def follow_moves(changes: Iterable[ResolvedChange]) -> tuple[ResolvedChange, ...]:
    """Where an event is moved to another week, the changes at places in that event go with it."""
    held = tuple(changes)
    moves = [change for change in held if change.kind == "clock-fires" and change.event_week >= 0]
    return tuple(_moved(change, moves) for change in held)


def _moved(change: ResolvedChange, moves: Sequence[ResolvedChange]) -> ResolvedChange:
    if change.event_week < 0 or change.kind == "clock-fires":
        return change
    for move in moves:
        if move.event_week == change.event_week and _any_or_same(move.entity, change.entity):
            weeks = move.first_week - move.event_week
            first, last = change.first_week + weeks, change.last_week + weeks
            first, last = max(0, first), max(0, last)
            return replace(change, first_week=first, last_week=last, first_day=-1, last_day=-1)
    return change


def _meet(one: ResolvedChange, other: ResolvedChange) -> bool:
    """Whether the two could speak of one address, in a way that only one of them can have."""
    if one.target != other.target or frozenset({one.kind, other.kind}) in _TOGETHER:
        return False
    if one.first_week > other.last_week or other.first_week > one.last_week:
        return False
    same_event = one.kind.startswith("clock") or _any_or_same(one.event_week, other.event_week)
    return same_event and _any_or_same(one.step, other.step) and _any_or_same(one.entity, other.entity)


def _any_or_same(one: int, other: int) -> bool:
    return one == other or one < 0 or other < 0


def _reason(one: ResolvedChange, other: ResolvedChange) -> str:
    if {one.kind, other.kind} == {"clock-fires", "clock-never"}:
        return f"one makes {one.target} fire, the other silences it, in one week"
    return f"both change {one.target} at the same time"
