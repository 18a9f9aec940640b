"""How a change is written: `target[entity]@when=value`, read into parts and written back.

    change = target [ "[" entity "]" ] [ "@" when ] ( "=" value | "*=" number | "+=" number )
    when   = date | date ".." date | date "#" step        value = option | number | date | "fires" | "never"

What the target is, and whether the change makes sense for it, is found by `resolve.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from allohistory.book.calendar import Span, parse_date, parse_window
from allohistory.errors import AllohistoryError

Operation = Literal["=", "*=", "+="]
MOST_STEP = 511
FORM = "target[entity]@when=value"
_SHAPE = re.compile(
    r"\s*(?P<target>[A-Za-z0-9._-]+)\s*(?:\[(?P<entity>[^\[\]]*)\])?\s*"
    r"(?:@\s*(?P<when>[^=*+\[\]@]*?))?\s*(?P<operation>\*=|\+=|=)\s*(?P<value>.*?)\s*"
)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Change:
    """One change as it was written.

    text       the words of the user
    target     id of a record entry, rule, variable or parameter
    entity     whom it concerns, or None for all
    when       the day, month, year or window, or None
    step       the place in the event that began on that day, or None
    operation  set, multiply or add
    value      a number, a date, or a word: an option's name, ``fires`` or ``never``
    """

    text: str
    target: str
    operation: Operation
    value: str | float | Span
    entity: str | None = None
    when: Span | None = None
    step: int | None = None

    def __str__(self) -> str:
        """The one canonical way to write it: no spaces, shortest numbers, entity and date where given."""
        entity = f"[{self.entity}]" if self.entity is not None else ""
        step = f"#{self.step}" if self.step is not None else ""
        when = f"@{self.when}{step}" if self.when is not None else ""
        value = shortest(self.value) if isinstance(self.value, float) else str(self.value)
        return f"{self.target}{entity}{when}{self.operation}{value}"


def parse_change(text: str, where: str = "--do") -> Change:
    """Read one change; raises an error that says which part cannot be read."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise AllohistoryError(where, _why_unreadable(text), given=text, possible=[FORM], closest="")
    when, step = _parse_when(found["when"], where, text)
    operation: Operation = "*=" if found["operation"] == "*=" else "+=" if found["operation"] == "+=" else "="
    entity = found["entity"]
    if entity is not None and not _WORD.fullmatch(entity.strip()):
        raise AllohistoryError(where, f'"[{entity}]" names no entity', given=text)
    return Change(
        text=text.strip(),
        target=found["target"],
        operation=operation,
        value=_parse_value(found["value"], operation, where, text),
        entity=entity.strip() if entity is not None else None,
        when=when,
        step=step,
    )


def _why_unreadable(text: str) -> str:
    if "=" not in text:
        return f'"{text}" changes nothing: write {FORM}, *=number or +=number'
    if text.count("[") != text.count("]"):
        return f'in "{text}" a square bracket stands alone'
    return f'"{text}" is not of the form {FORM}'


def _parse_when(text: str | None, where: str, change: str) -> tuple[Span | None, int | None]:
    if text is None:
        return None, None
    date_text, mark, step_text = text.partition("#")
    if not date_text.strip():
        raise AllohistoryError(where, f'in "{change}" no date follows "@"', given=change)
    if not mark:
        return parse_window(date_text, where), None
    if not step_text.strip().isdigit() or int(step_text) > MOST_STEP:
        problem = f'in "{change}" the step "{step_text}" is not a whole number from 0 to {MOST_STEP}'
        raise AllohistoryError(where, problem, given=step_text)
    span = parse_date(date_text, where)
    if span.precision != "day":
        problem = (
            f'in "{change}" a step needs the very day of its event, as in 1938-07-29#{step_text.strip()}'
        )
        raise AllohistoryError(where, problem, given=text)
    return span, int(step_text)


def _parse_value(text: str, operation: Operation, where: str, change: str) -> str | float | Span:
    if not text:
        raise AllohistoryError(where, f'in "{change}" nothing follows "{operation}"', given=change)
    if _NUMBER.fullmatch(text):
        return _finite(float(text), where, change)
    if operation != "=":
        problem = f'in "{change}" a number must follow "{operation}", not "{text}"'
        raise AllohistoryError(where, problem, given=text)
    if _DATE.fullmatch(text):
        return parse_date(text, where)
    if not _WORD.fullmatch(text):
        problem = f'in "{change}" the value "{text}" is no option, number or date'
        possible = ("an option", "a number", "a date", "fires", "never")
        raise AllohistoryError(where, problem, given=text, possible=possible, closest="")
    return text


def _finite(number: float, where: str, change: str) -> float:
    if number - number != 0.0:
        raise AllohistoryError(where, f'in "{change}" the number is too large', given=change)
    return number


def shortest(number: float) -> str:
    """The shortest decimal that reads back as the same number."""
    text = repr(float(number))
    return text[:-2] if text.endswith(".0") else text


def shifted(change: Change, days: int) -> Change:
    """The same change so many days later, for a point of divergence whose date is moved."""
    if not days:
        return change
    value = change.value.shifted(days) if isinstance(change.value, Span) else change.value
    when = change.when.shifted(days) if change.when is not None else None
    later = replace(change, when=when, value=value)
    return replace(later, text=str(later))
