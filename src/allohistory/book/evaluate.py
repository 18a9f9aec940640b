"""Judging an outcome expression over many timelines at once: whether it came true, and on which day."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from allohistory.book.calendar import DAYS_A_WEEK, STANDARD, Calendar, Span
from allohistory.book.expression_tree import (
    Amounts,
    And,
    Dated,
    Derived,
    Happens,
    Node,
    Not,
    Or,
    Ordered,
    Takes,
    Within,
    has_day,
)
from allohistory.book.expressions import Expression
from allohistory.errors import AllohistoryError

Truth = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int64]
NO_DAY = -1
"""Stands for no day: it never came true, or the day is not known."""

_LATE = np.int64(1) << np.int64(40)
_RELATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class OutcomeColumn:
    """One outcome over many timelines.

    value    yes: 1 or true where it came true; which: the number of its option, -1 for none; amount: a number
    day      days since the Monday of week 0 on which it came true, -1 for none
    kind     yes, which, amount or day (a day needs no value)
    options  of a which
    """

    value: npt.NDArray[Any]
    day: npt.NDArray[Any]
    kind: str = "yes"
    options: tuple[str, ...] = ()


Columns = Mapping[str, OutcomeColumn]


def evaluate(expression: Expression, values: Columns, calendar: Calendar = STANDARD) -> tuple[Truth, Days]:
    """Whether it came true in each timeline, and on which day (-1 where it did not, or where no day is known).

    An `and` comes true on the day of its last part that has a day; an `or` on that of the first part to come true.
    """
    for name in expression.outcomes:
        if name not in values:
            problem = f'no column for the outcome "{name}"'
            raise AllohistoryError("outcomes", problem, given=name, possible=sorted(values))
    return _judge(expression.node, values, calendar)


def _judge(node: Node, values: Columns, calendar: Calendar) -> tuple[Truth, Days]:
    if isinstance(node, Derived):
        return _judge(node.inner, values, calendar)
    if isinstance(node, Not):
        truth = ~_judge(node.inner, values, calendar)[0]
        return truth, np.full(truth.shape, NO_DAY, dtype=np.int64)
    if isinstance(node, And):
        return _all(node, values, calendar)
    if isinstance(node, Or):
        return _any(node, values, calendar)
    if isinstance(node, Ordered):
        return _ordered(node, values, calendar)
    if isinstance(node, Within):
        return _within(node, values, calendar)
    return _alone(node, values, calendar)


def _alone(
    node: Happens | Takes | Amounts | Dated, values: Columns, calendar: Calendar
) -> tuple[Truth, Days]:
    """One outcome, or one comparison of it."""
    column = values[node.outcome]
    day = np.asarray(column.day).astype(np.int64)
    if isinstance(node, Amounts):
        than = (
            node.than
            if isinstance(node.than, float)
            else np.asarray(values[node.than].value, dtype=np.float64)
        )
        truth = _RELATIONS[node.relation](np.asarray(column.value, dtype=np.float64), than)
        return _with_days(truth, np.full(day.shape, NO_DAY, dtype=np.int64))
    if isinstance(node, Takes):
        return _with_days(np.asarray(column.value) == column.options.index(node.option), day)
    if isinstance(node, Dated):
        return _with_days((day >= 0) & _compared(day, node, calendar), day)
    happened = day >= 0 if column.kind == "day" else np.asarray(column.value) > 0.5
    return _with_days(happened, day)


def _compared(day: Days, node: Dated, calendar: Calendar) -> Truth:
    """A day against a date; a month or a year is compared as a whole."""
    first, last = calendar.day_of(node.than.first), calendar.day_of(node.than.last)
    truths: Mapping[str, Truth] = {
        "=": (day >= first) & (day <= last),
        "<": day < first,
        ">": day > last,
        "<=": day <= last,
        ">=": day >= first,
    }
    return truths[node.relation]


def _with_days(truth: Any, day: Days) -> tuple[Truth, Days]:
    held = np.asarray(truth, dtype=np.bool_)
    return held, np.where(held, day, np.int64(NO_DAY))


def _all(node: And, values: Columns, calendar: Calendar) -> tuple[Truth, Days]:
    judged = [_judge(part, values, calendar) for part in node.parts]
    truth = np.logical_and.reduce([true for true, _ in judged])
    return _with_days(truth, np.maximum.reduce([day for _, day in judged]))


def _any(node: Or, values: Columns, calendar: Calendar) -> tuple[Truth, Days]:
    judged = [_judge(part, values, calendar) for part in node.parts]
    truth = np.logical_or.reduce([true for true, _ in judged])
    days = np.minimum.reduce([_or_late(true, day) for true, day in judged])
    days = np.where(days == _LATE, np.int64(NO_DAY), days)
    for part, (true, _) in zip(node.parts, judged, strict=True):
        if not has_day(part):  # it was true from a day nobody knows
            days = np.where(true, np.int64(NO_DAY), days)
    return _with_days(truth, days)


def _or_late(truth: Truth, day: Days) -> Days:
    """The day, or one after all others where there is none."""
    return np.where(truth & (day >= 0), day, _LATE)


def _sides(
    node: Ordered | Within, values: Columns, calendar: Calendar
) -> tuple[Truth, Days, Truth, Days, Days]:
    """Left: true, day. Right: true, first day, last day (two days for a month or a year)."""
    left, day = _judge(node.left, values, calendar)
    if isinstance(node.right, Span):
        first = np.full(day.shape, calendar.day_of(node.right.first), dtype=np.int64)
        last = np.full(day.shape, calendar.day_of(node.right.last), dtype=np.int64)
        return left, day, np.ones(day.shape, dtype=np.bool_), first, last
    right, other = _judge(node.right, values, calendar)
    return left, day, right, other, other


def _ordered(node: Ordered, values: Columns, calendar: Calendar) -> tuple[Truth, Days]:
    """Before: also when the other never comes. After: only when it does. The same day is neither."""
    left, day, right, first, last = _sides(node, values, calendar)
    if node.order == "before":
        return _with_days(left & (~right | (day < first)), day)
    return _with_days(left & right & (day > last), day)


def _within(node: Within, values: Columns, calendar: Calendar) -> tuple[Truth, Days]:
    """No further from the other than so long, on either side."""
    left, day, right, first, last = _sides(node, values, calendar)
    if node.unit in ("days", "weeks"):
        length = node.count * (DAYS_A_WEEK if node.unit == "weeks" else 1)
        near = (day >= first - length) & (day <= last + length)
    else:
        count = int(node.count) * (12 if node.unit == "years" else 1)
        near = (day >= _months_on(first, -count, calendar)) & (day <= _months_on(last, count, calendar))
    return _with_days(left & right & near, day)


def _months_on(day: Days, count: int, calendar: Calendar) -> Days:
    """The same day of the month so many months on, or the month's last day where it has no such day."""
    start = np.datetime64(calendar.first, "D")
    dates = start + day.astype("timedelta64[D]")
    month = dates.astype("datetime64[M]")
    into = dates - month.astype("datetime64[D]")
    target = month + np.timedelta64(count, "M")
    begin = target.astype("datetime64[D]")
    longest = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - begin - np.timedelta64(1, "D")
    moved = begin + np.minimum(into, longest)
    days: Days = (moved - start).astype(np.int64)
    return days
