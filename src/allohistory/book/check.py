"""What makes a book sound: every row agrees with the others, with the rules and with the calendar.

`check_book` gives every offender at once, each as ``file:line id: what is wrong``.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterable, Iterator

from allohistory.book import ids
from allohistory.book.check_record import record_complaints
from allohistory.book.clashes import ResolvedChange
from allohistory.book.complaints import about, missing
from allohistory.book.expressions import parse_expression
from allohistory.book.priors import prior_problem
from allohistory.book.resolve import pod_changes
from allohistory.book.tables import (
    GRADES,
    ONLY_CHANGES,
    Book,
    Outcome,
    Parameter,
    Pod,
    RuleFacts,
    Rules,
    Variable,
)
from allohistory.errors import AllohistoryError

Complaints = Iterator[str]


def check_book(book: Book, rules: Rules) -> list[str]:
    """Every complaint about a book, in order of table; none means that it is sound."""
    checks: tuple[Callable[[Book, Rules], Iterable[str]], ...] = (
        _rules,
        _facts_exist,
        _variables,
        _parameters,
        record_complaints,
        _outcomes,
        _pods,
    )
    return [complaint for check in checks for complaint in check(book, rules)]


def _rules(book: Book, rules: Rules) -> Complaints:
    """Rules are asked for kinds of entity that exist, and share no id with the book."""
    taken = {row.id: row for row in book.rows()}
    for rule in rules.values():
        if rule.per is not None and rule.per not in book.entity_kinds:
            yield f"rules {rule.id}: {missing('kind of entity', rule.per, book.entity_kinds)}"
        if rule.id in taken:
            yield about(taken[rule.id], "a rule has the same id")
        yield from _options(rule)


def _options(rule: RuleFacts) -> Complaints:
    if len(set(rule.options)) != len(rule.options):
        yield f"rules {rule.id}: an option is listed twice"
    for option in rule.options:
        if option in ids.RESERVED_OPTIONS or not ids.has_form(option, ids.OPTION):
            yield f'rules {rule.id}: "{option}" cannot be the name of an option'


def _facts_exist(book: Book, _: Rules) -> Complaints:
    """Every fact that a row leans on is in the book."""
    for row in book.rows():
        for fact in getattr(row, "facts", ()):
            if book.current(fact) not in book.facts:
                yield about(row, missing("fact", fact, book.facts))


def _variables(book: Book, rules: Rules) -> Complaints:
    for variable in book.variables.values():
        yield from (about(variable, problem) for problem in _variable(variable, book, rules))


def _variable(variable: Variable, book: Book, rules: Rules) -> Complaints:
    yield from _name(variable.name)
    yield from _name(variable.subject)
    yield from _start(variable, book)
    if not variable.written_by:
        yield 'nothing writes it: name rules or steps in written_by, or "changes" where only a change sets it'
    for writer in variable.written_by:
        if writer not in rules and not writer.startswith("step") and variable.written_by != ONLY_CHANGES:
            yield missing("rule", writer, rules) + ' (a step is written as "step" or "steps.SUBJECT")'
    if variable.grade and variable.grade not in GRADES:
        yield f'grade "{variable.grade}" is none of {", ".join(GRADES)}'


def _start(variable: Variable, book: Book) -> Complaints:
    """Its values in week 0 fit its kind of entity and its range."""
    if variable.low > variable.high:
        yield f"low {variable.low:g} lies above high {variable.high:g}"
    if variable.per is not None and variable.per not in book.entity_kinds:
        yield missing("kind of entity", variable.per, book.entity_kinds)
    elif isinstance(variable.start, tuple):
        members = len(book.entities_of(variable.per))
        if members != len(variable.start):
            yield f"start has {len(variable.start)} values for {members or 'no'} entities"
    starts = variable.start if isinstance(variable.start, tuple) else (variable.start,)
    for start in starts:
        none = variable.type == "week" and start == -1.0
        if not none and not variable.low <= start <= variable.high:
            yield f"start {start:g} lies outside {variable.low:g} to {variable.high:g}"
        if variable.type != "number" and start != int(start):
            yield f"start {start:g} is not whole, as a {variable.type} must be"


def _name(name: str) -> Complaints:
    """A name that a record can carry as a field, with the compiler on or off."""
    import numpy as np

    if keyword.iskeyword(name):
        yield f'"{name}" is a word of the language and cannot be a field'
    elif hasattr(np.record, name) or hasattr(np.recarray, name):
        yield f'"{name}" is taken by the array library and cannot be a field'


def _parameters(book: Book, rules: Rules) -> Complaints:
    for parameter in book.parameters.values():
        yield from (about(parameter, problem) for problem in _parameter(parameter, rules))


def _parameter(parameter: Parameter, rules: Rules) -> Complaints:
    yield from _name(parameter.name)
    if parameter.rule != "common" and parameter.rule not in rules:
        yield missing("rule", parameter.rule, rules)
    for user in parameter.used_by:
        if user not in rules:
            yield missing("rule", user, rules)
    if not parameter.facts and not parameter.because:
        yield "no source: give facts or because"
    problem = prior_problem(parameter.prior)
    if problem is not None:
        yield problem
    if parameter.low is not None and parameter.high is not None and parameter.low >= parameter.high:
        yield f"low {parameter.low:g} is not below high {parameter.high:g}"


def _outcomes(book: Book, _: Rules) -> Complaints:
    for outcome in book.outcomes.values():
        yield from (about(outcome, problem) for problem in _outcome(outcome, book))


def _outcome(outcome: Outcome, book: Book) -> Complaints:
    if (outcome.kind == "which") != bool(outcome.options):
        yield "a which has options, and nothing else does"
    if len(set(outcome.options)) != len(outcome.options):
        yield "an option is listed twice"
    if outcome.kind == "amount" and not outcome.unit:
        yield "an amount needs a unit"
    if outcome.derived is not None:
        if outcome.kind != "yes":
            yield "only a yes can be defined by an expression"
        try:
            parse_expression(outcome.id, book.outcomes, where="outcome")
        except AllohistoryError as mistake:
            yield _said(mistake)


def _pods(book: Book, rules: Rules) -> Complaints:
    for pod in book.pods.values():
        yield from (about(pod, problem) for problem in _pod(pod, book, rules))


def _pod(pod: Pod, book: Book, rules: Rules) -> Complaints:
    calendar = book.calendar
    if not calendar.contains(pod.date):
        yield f"its date {pod.date.isoformat()} lies outside the scenario"
        return
    if pod.movable is not None and not pod.movable.first <= pod.date <= pod.movable.last:
        yield f"its date {pod.date.isoformat()} lies outside its window {pod.movable}"
    if not pod.changes:
        yield "it changes nothing"
    try:
        changes = pod_changes(pod, book, rules)
    except AllohistoryError as mistake:
        yield _said(mistake)
        return
    yield from _too_early(pod, changes, book)
    outside = any(change.kind == "variable" for change in changes)
    if outside and pod.judged_bits is None:
        yield "it changes a state, so it needs judged_bits"
    if pod.judged_bits is not None and not outside:
        yield "judged_bits are for changes of state only: its surprise is computed"
    if pod.judged_bits is not None and not 0.0 <= pod.judged_bits.low <= pod.judged_bits.high:
        yield "judged_bits: low must be 0 or more, and not above high"


def _too_early(pod: Pod, changes: Iterable[ResolvedChange], book: Book) -> Complaints:
    """A point of divergence stands before or at what it changes."""
    week = book.calendar.week_of(pod.date)
    for text in dict.fromkeys(change.text for change in changes if change.first_week < week):
        yield f'"{text}" acts in a week before its date {pod.date.isoformat()}'


def _said(mistake: AllohistoryError) -> str:
    return mistake.lines()[0].removeprefix("error: ")
