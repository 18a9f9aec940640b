"""What a change means in a given scenario: which draw, variable or parameter it touches, when, and how.

Every change ends as one or two changes of rules, variables or parameters: a record entry is reduced to its
own address. Two changes of one address are refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from allohistory.book.changes import Change, parse_change, shifted
from allohistory.book.clashes import ResolvedChange, check_clashes, follow_moves, share_weeks
from allohistory.book.entry_changes import of_entry
from allohistory.book.meanings import Case, of_parameter, of_rule, of_variable
from allohistory.book.tables import Book, Pod, Rules
from allohistory.errors import AllohistoryError


def resolve(
    change: Change, book: Book, rules: Rules, *, where: str = "--do", on: date | None = None
) -> tuple[ResolvedChange, ...]:
    """The change in the terms of the engine: one change, or two where an entry is moved.

    on  the date of the point of divergence it belongs to: what has no date of its own acts from there
    """
    case = Case(change, book, rules, where, on)
    name = book.current(change.target)
    if name in book.entries:
        return of_entry(case, book.entries[name])
    if name in rules:
        return (of_rule(case, rules[name]),)
    if name in book.variables:
        return (of_variable(case, book.variables[name]),)
    if name in book.parameters:
        return (of_parameter(case, book.parameters[name]),)
    return _unknown(case, name)


def resolve_all(
    texts: Sequence[str],
    book: Book,
    rules: Rules,
    *,
    pods: Sequence[str] = (),
    where: str = "--do",
    where_pods: str = "--pod",
) -> tuple[ResolvedChange, ...]:
    """All changes of a question: those of its points of divergence, ``ID`` or ``ID@DATE``, and its own.

    Raises on the first that is wrong or clashes with another.
    """
    resolved: list[ResolvedChange] = []
    for name in pods:
        pod, on = find_pod(name, book, where_pods)
        resolved.extend(_pod_changes(pod, book, rules, on))
    for text in texts:
        resolved.extend(resolve(parse_change(text, where), book, rules, where=where))
    return _together(resolved, where if texts else where_pods)


def pod_changes(pod: Pod, book: Book, rules: Rules, *, on: date | None = None) -> tuple[ResolvedChange, ...]:
    """The changes of a point of divergence, moved with it if it is set on another date within its window."""
    return _together(_pod_changes(pod, book, rules, on), f"pod {pod.id}")


def find_pod(name: str, book: Book, where: str = "--pod") -> tuple[Pod, date | None]:
    """The point of divergence named ``ID`` or ``ID@DATE``, with the date it is moved to, if any."""
    bare, mark, when = name.strip().partition("@")
    see = "allohistory pods"
    pod = book.find(book.pods, bare.strip(), where, "point of divergence", see)
    if not mark:
        return pod, None
    day = book.calendar.day(when, where)
    if day != pod.date and pod.movable is None:
        raise AllohistoryError(
            where, f"{pod.id} has no window in which it could be moved", given=name, see=see
        )
    if day != pod.date and pod.movable and not pod.movable.first <= day <= pod.movable.last:
        problem = f"{pod.id} can be moved within {pod.movable}, not to {day.isoformat()}"
        raise AllohistoryError(where, problem, given=name, see=see)
    return pod, day


def _pod_changes(pod: Pod, book: Book, rules: Rules, on: date | None) -> list[ResolvedChange]:
    where = f"pod {pod.id}"
    day = on or pod.date
    resolved: list[ResolvedChange] = []
    for text in pod.changes:
        change = shifted(parse_change(text, where), (day - pod.date).days)
        resolved.extend(resolve(change, book, rules, where=where, on=day))
    return resolved


def _together(changes: Sequence[ResolvedChange], where: str) -> tuple[ResolvedChange, ...]:
    followed = share_weeks(follow_moves(changes))
    check_clashes(followed, where)
    return followed


def _unknown(case: Case, name: str) -> NoReturn:
    book = case.book
    if name in book.pods:
        case.refuse(f'"{name}" is a point of divergence: give it with --pod', given=name)
    if name in book.outcomes:
        case.refuse(f'"{name}" is an outcome: it can be asked for, not imposed', given=name)
    possible = [*book.entries, *case.rules, *book.variables, *book.parameters]
    case.refuse(
        "no record entry, rule, variable or parameter has this id", given=name, possible=sorted(possible)
    )
