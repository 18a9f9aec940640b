"""What a change of a rule, a variable or a parameter means: the draw it imposes on, the weeks, the number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NoReturn

from allohistory.book.calendar import DAYS_A_WEEK, Span
from allohistory.book.changes import Change
from allohistory.book.clashes import Kind, ResolvedChange
from allohistory.book.tables import Book, Parameter, RuleFacts, Rules, Variable
from allohistory.errors import AllohistoryError, least_unlike


@dataclass(frozen=True)
class Case:
    """A change, the book and the rules it is read against, and where it was written."""

    change: Change
    book: Book
    rules: Rules
    where: str
    on: date | None

    def refuse(
        self,
        problem: str,
        given: object = None,
        possible: Iterable[str] = (),
        closest: str | None = None,
    ) -> NoReturn:
        """Say what is wrong, naming the change."""
        text = self.change.text
        raise AllohistoryError(
            self.where, f'"{text}": {problem}', given=given, possible=possible, closest=closest
        )

    def refuse_option(self, rule: RuleFacts, also: Sequence[str] = ()) -> NoReturn:
        """No option of the rule is called so: the nearest is named, however far it is."""
        value = self.change.value
        closest = ""
        if self.change.operation == "=" and isinstance(value, str):
            words = [*rule.options, *(word for word in also if " " not in word)]
            closest = (rule.silent if value == "never" else least_unlike(value, words)) or ""
        self.refuse(
            f"{rule.id} chooses; set one of its options",
            given=value,
            possible=[*rule.options, *also],
            closest=closest,
        )

    def number(self) -> float:
        """The value as a number."""
        if not isinstance(self.change.value, float):
            self.refuse(f'expected a number after "{self.change.operation}"', given=self.change.value)
        return self.change.value


def of_rule(case: Case, rule: RuleFacts) -> ResolvedChange:
    """A choice imposed, a clock forced, silenced or scaled, a shock set or shifted."""
    readers = {"choice": _choice, "clock": _clock, "shock": _shock}
    if rule.draws not in readers:
        case.refuse(f'"{rule.id}" decides nothing by luck, so nothing can be imposed on it')
    return readers[rule.draws](case, rule)


def _choice(case: Case, rule: RuleFacts) -> ResolvedChange:
    change = case.change
    if change.operation != "=" or not isinstance(change.value, str) or change.value not in rule.options:
        case.refuse_option(rule)
    return _at_occasions(case, rule, "choice", option=rule.options.index(change.value))


def _clock(case: Case, rule: RuleFacts) -> ResolvedChange:
    change = case.change
    if change.operation == "*=":
        if case.number() < 0.0:
            case.refuse("a hazard cannot be multiplied by less than 0", given=change.value)
        return _at_occasions(case, rule, "clock-scale", value=case.number(), operation="*=")
    if change.operation == "=" and change.value == "never":
        return _at_occasions(case, rule, "clock-never")
    if change.operation != "=" or change.value != "fires":
        possible = ("fires", "never", "*=number")
        case.refuse(
            f"{rule.id} is a clock: it fires, never, or has its hazard scaled", change.value, possible
        )
    return _fires(case, rule)


def _fires(case: Case, rule: RuleFacts) -> ResolvedChange:
    """A firing has one day: the one given, else the date of the point of divergence if the window holds it."""
    change, calendar = case.change, case.book.calendar
    if change.step is not None:
        case.refuse("a firing has a date, not a step")
    if change.when is None and case.on is None:
        case.refuse("when does it fire? Add @DATE")
    span = _span(case)
    day = case.on if case.on is not None and span.first <= case.on <= span.last else span.first
    week = calendar.week_of(day)
    weeks = (calendar.week_of(span.first), calendar.week_of(span.last))
    weekday = day.weekday() if change.when is None or change.when.precision == "day" else -1
    return ResolvedChange(
        text=change.text,
        kind="clock-fires",
        target=rule.id,
        rule=rule.number,
        entity=_entity(case, rule.per, rule.entities, rule.id, one=True),
        first_week=week,
        last_week=week,
        first_day=-1 if weekday < 0 else calendar.day_of(day),
        last_day=-1 if weekday < 0 else calendar.day_of(day),
        day=weekday,
        window=weeks if change.when is not None and weeks[1] > weeks[0] else None,
    )


def _shock(case: Case, rule: RuleFacts) -> ResolvedChange:
    change = case.change
    if change.operation == "*=" or not isinstance(change.value, float):
        case.refuse(
            f"{rule.id} is a shock: set it with = or shift it with +=, by a number", given=change.value
        )
    kind: Kind = "shock-set" if change.operation == "=" else "shock-shift"
    return _at_occasions(case, rule, kind, value=change.value, operation=change.operation)


def _at_occasions(
    case: Case, rule: RuleFacts, kind: Kind, *, option: int = -1, value: float = 0.0, operation: str = "="
) -> ResolvedChange:
    """A change of a rule's occasions within a window, or of one place in one event."""
    change, calendar = case.change, case.book.calendar
    span = _span(case, open_ended=kind == "clock-scale")
    first, last = calendar.week_of(span.first), calendar.week_of(span.last)
    event_week, step = -1, -1
    days = (calendar.day_of(span.first), calendar.day_of(span.last)) if change.step is None else (-1, -1)
    if change.step is not None:
        event_week, step = first, change.step
        last = min(first + step, calendar.last_week)  # an event has a place or more each week
    return ResolvedChange(
        text=change.text,
        kind=kind,
        target=rule.id,
        rule=rule.number,
        entity=_entity(case, rule.per, rule.entities, rule.id),
        first_week=first,
        last_week=last,
        first_day=days[0],
        last_day=days[1],
        step=step,
        event_week=event_week,
        option=option,
        value=value,
        operation=operation,
    )


def _span(case: Case, *, open_ended: bool = False) -> Span:
    """The days on which a change acts: its own, else from its point of divergence on, else all."""
    change, calendar = case.change, case.book.calendar
    if change.when is None:
        return Span(case.on or calendar.first, calendar.last, "window")
    span = calendar.within(change.when, case.where)
    if (
        case.on is not None
        and span.first < case.on <= span.last
        and (case.on - span.first).days < DAYS_A_WEEK
    ):
        span = replace(span, first=case.on)  # a month may begin in the week before its point of divergence
    if open_ended and span.precision == "day":
        return Span(span.first, calendar.last, "window")
    return span


def _entity(case: Case, per: str | None, ids: Sequence[str], target: str, *, one: bool = False) -> int:
    """The entity's number, or -1 for all; a firing needs exactly one."""
    given = case.change.entity
    if per is None:
        if given is not None:
            case.refuse(f"{target} is not kept for each of several; leave out [{given}]", given=given)
        return -1
    members = list(ids) or list(case.book.entities_of(per))
    if given is None:
        if one:
            case.refuse(f"which {per} does it concern? Write {target}[...]", possible=members)
        return -1
    current = case.book.current(given)
    if current not in members:
        case.refuse(f'"{given}" is no {per}', given=given, possible=members)
    return members.index(current)


def of_variable(case: Case, variable: Variable) -> ResolvedChange:
    """A state that is set, scaled or shifted: once on a date, or held over a window."""
    change, calendar = case.change, case.book.calendar
    _no_step(case)
    if change.when is None and case.on is None:
        case.refuse("on which date? Add @DATE, or @A..B to hold it over a window")
    value = _week_value(case) if variable.type == "week" else case.number()
    _check_range(case, value, variable.low, variable.high)
    if variable.type in ("flag", "stage") and change.operation == "=" and value != int(value):
        case.refuse(f"{variable.id} takes whole numbers only", given=change.value)
    span = _span(case)
    held = change.when is not None and change.when.precision == "window"
    first = calendar.week_of(span.first)
    return ResolvedChange(
        text=change.text,
        kind="variable",
        target=variable.id,
        entity=_entity(case, variable.per, case.book.entities_of(variable.per), variable.id),
        first_week=first,
        last_week=calendar.week_of(span.last) if held else first,
        first_day=calendar.day_of(span.first) if held else -1,
        last_day=calendar.day_of(span.last) if held else -1,
        value=value,
        operation=change.operation,
        held=held,
    )


def _week_value(case: Case) -> float:
    """A variable that holds a week takes a date."""
    if isinstance(case.change.value, Span):
        day = case.book.calendar.within(case.change.value, case.where).first
        return float(case.book.calendar.week_of(day))
    return case.number()


def of_parameter(case: Case, parameter: Parameter) -> ResolvedChange:
    """A number of a rule: for good, from a date on, or within a window."""
    change, calendar = case.change, case.book.calendar
    _no_step(case)
    if change.entity is not None:
        case.refuse(f"{parameter.id} is one number for all; leave out [{change.entity}]", given=change.entity)
    value = case.number()
    _check_range(case, value, parameter.low, parameter.high)
    span = _span(case, open_ended=True)
    return ResolvedChange(
        text=change.text,
        kind="parameter",
        target=parameter.id,
        first_week=calendar.week_of(span.first),
        last_week=calendar.week_of(span.last),
        first_day=calendar.day_of(span.first),
        last_day=calendar.day_of(span.last),
        value=value,
        operation=change.operation,
    )


def _no_step(case: Case) -> None:
    if case.change.step is not None:
        case.refuse("a step belongs to a rule's occasion; write the date alone", given=f"#{case.change.step}")


def _check_range(case: Case, value: float, low: float | None, high: float | None) -> None:
    """What is set must lie in the declared range; what is scaled or shifted is watched by the engine."""
    if case.change.operation != "=":
        return
    if (low is not None and value < low) or (high is not None and value > high):
        bounds = f"{'-inf' if low is None else f'{low:g}'} to {'inf' if high is None else f'{high:g}'}"
        case.refuse(f"{case.change.target} runs from {bounds}", given=case.change.value)
