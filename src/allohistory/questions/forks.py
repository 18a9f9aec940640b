"""Forks: a timeline as it was up to a date, another from there on; and where two timelines first part.

A fork is named like any other timeline. It takes over the address of the one it left, whose luck stays freed where it
was, and adds the change. New luck is one more pair of a week and a salt: from that week on every address takes the
salt, and history's own luck ends there.

    salt = the last 24 bits of the SHA-256 of everything that names the fork but the salt itself; 0 and the salts that
           the timeline carries already are passed over, to the next number

So the same fork always has the same luck, on any machine; another date, another change or another seed has another;
and a fork of a fork never meets a luck that it has met before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from allohistory.book.resolve import find_pod, pod_changes, resolve_all
from allohistory.errors import AllohistoryError
from allohistory.questions.question import LUCKS, several
from allohistory.results.words import in_words
from allohistory.timeline.named import Named, plan_of
from allohistory.timeline.plan import START, position
from allohistory.timeline.shape import CHANGES, FORKS

if TYPE_CHECKING:
    import datetime as dt

    from allohistory.book.clashes import ResolvedChange
    from allohistory.questions.timelines import Timeline
    from allohistory.timeline.model import Model
    from allohistory.timeline.tell import Event

SALTS = 1 << 24
NO_SALT = 0
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class FirstDifference:
    """Where two timelines first part.

    date      ISO day of the first event that only one of them has, or has otherwise, in the order of the week (what
              it brought about in the same week comes after it, whatever its day); the Monday of the week where only the
              state of the world differs
    rule      whose draw that event was, None where no event of that week differs; entity: whom it concerns
    variable  the first variable, main series first, that differs at the end of that week; None for none
    """

    date: str
    rule: str | None
    entity: str | None
    variable: str | None


@dataclass(frozen=True)
class Comparison:
    """Two timelines side by side: the date up to which they are one, the first difference, the outcomes that differ."""

    identical_before: str | None
    first_difference: FirstDifference | None
    outcomes: tuple[str, ...]


def fork_of(
    named: Named,
    model: Model,
    date: str,
    *,
    pods: str | Iterable[str] = (),
    do: str | Iterable[str] = (),
    luck: str = "same",
) -> Named:
    """The name of a fork; raises AllohistoryError for a date outside, or a change that acts before it."""
    if luck not in LUCKS:
        raise AllohistoryError("--luck", f'there is no "{luck}"', given=str(luck), possible=LUCKS)
    week = fork_week(model, date)
    new_pods, new_changes = several(pods), several(do)
    _not_before(week, model, new_pods, new_changes)
    changed = replace(named, pods=named.pods + new_pods, changes=named.changes + new_changes)
    if new_pods or new_changes:
        changed = replace(changed, horizon=_horizon(named, model))
    if luck == "fresh":
        changed = _with_new_luck(changed, model, week)
    _has_room(changed, model)
    return changed


def fork_week(model: Model, date: str) -> int:
    """The week in which a fork on this date begins."""
    return model.book.calendar.week_of(model.book.calendar.day(str(date), "--from"))


def _horizon(named: Named, model: Model) -> str | int:
    """Where the timeline's luck is freed, said so that a further change does not move it."""
    if named.horizon != "after-changes":
        return named.horizon
    freed = plan_of(model, named).horizon
    return "start" if freed == START else freed


def _with_new_luck(named: Named, model: Model, week: int) -> Named:
    """Luck is new from this week on: a fork with a salt of its own, and no hindsight from there on."""
    freed = position(week, 0)
    if freed < plan_of(model, named).horizon:
        named = replace(named, horizon="start" if freed == START else freed)
    earlier = tuple(fork for fork in named.forks if fork[0] < week)
    salt = new_salt(named, week)
    return replace(named, forks=(*earlier, (week, salt)))


def new_salt(named: Named, week: int) -> int:
    """A salt that hangs on all that names the fork, and that its timeline does not carry yet."""
    text = json.dumps([asdict(named), week], sort_keys=True, separators=(",", ":"))
    salt = int(hashlib.sha256(text.encode()).hexdigest(), 16) % SALTS
    carried = {NO_SALT, *(held for _, held in named.forks)}
    while salt in carried:
        salt = (salt + 1) % SALTS
    return salt


def _not_before(week: int, model: Model, pods: tuple[str, ...], do: tuple[str, ...]) -> None:
    """A change that acts before the fork would undo what the fork keeps."""
    book, rules = model.book, model.book_rules
    for name in pods:
        pod, on = find_pod(name, book)
        for change in pod_changes(pod, book, rules, on=on):
            _acts_from(week, change, model, "--pod", name)
    for text in do:
        for change in resolve_all([text], book, rules):
            _acts_from(week, change, model, "--do", text)


def _acts_from(week: int, change: ResolvedChange, model: Model, where: str, given: str) -> None:
    if change.first_week >= week:
        return
    calendar = model.book.calendar
    begins = calendar.monday_of(week)
    if "@" not in given and change.first_week == 0 and change.entry is None and where == "--do":
        problem = (
            f'"{given}" has no date, so it acts from the first week; '
            f"a fork needs one of {in_words(begins)} or later"
        )
        raise AllohistoryError(where, problem, given=given, closest=_dated(given, begins, calendar.last))
    acts = calendar.monday_of(change.first_week)
    raise AllohistoryError(
        where,
        f'"{given}" acts from the week of {in_words(acts)}, before the fork in the week of {in_words(begins)}',
        given=given,
        closest=f"--from {acts.isoformat()}",
    )


def _dated(change: str, first: dt.date, last: dt.date) -> str:
    """The same change with a window from the fork to the end."""
    for sign in ("*=", "+=", "="):
        target, found, value = change.partition(sign)
        if found:
            return f"{target.strip()}@{first.isoformat()}..{last.isoformat()}{sign}{value.strip()}"
    return change


def _has_room(named: Named, model: Model) -> None:
    items = resolve_all(named.changes, model.book, model.book_rules, pods=named.pods)
    for name, count, most in (("changes", len(items), CHANGES), ("forks", len(named.forks), FORKS)):
        if count > most:
            raise AllohistoryError(
                "fork",
                f"one timeline holds at most {most} {name}; this would be {count}",
                given=str(count),
                closest=str(most),
            )


# ---------------------------------------------------------------- where two timelines part


def compare(one: Timeline, other: Timeline, first_week: int = 0) -> Comparison:
    """Compare two timelines of one scenario; before `first_week` they are taken to be the same."""
    book = one.model.book
    found = _first_difference(one, other, first_week)
    differing = tuple(
        id
        for id, its in one.outcomes.items()
        if (its.value, its.date) != (other.outcomes[id].value, other.outcomes[id].date)
    )
    if found is None:
        return Comparison(None, None, differing)
    week, difference = found
    before = book.calendar.monday_of(max(week, first_week)).isoformat()
    return Comparison(before, difference, differing)


def _first_difference(one: Timeline, other: Timeline, first_week: int) -> tuple[int, FirstDifference] | None:
    """(week, difference), or None where the two are one."""
    calendar = one.model.book.calendar
    event = first_event(one, other)
    until = one.model.blueprint.weeks if event is None else event.week + 1
    week, variable = first_variable(one, other, first_week, until)
    if event is not None and event.week <= week:
        rule, entity = event.rule, event.entity or None
        return event.week, FirstDifference(
            calendar.date_of(event.day).isoformat(), rule, entity, variable if event.week == week else None
        )
    if variable is None:
        return None
    return week, FirstDifference(calendar.monday_of(week).isoformat(), None, None, variable)


def first_event(one: Timeline, other: Timeline) -> Event | None:
    """The first event that only one of two timelines has, or has otherwise, in the order in which weeks are run."""
    place = {rule.id: rule.place for rule in one.model.blueprint.rules}
    mine, theirs = ({_what_came(event): event for event in its.events} for its in (one, other))
    apart = [event for key, event in mine.items() if key not in theirs]
    apart += [event for key, event in theirs.items() if key not in mine]
    return min(
        apart, key=lambda event: (event.week, place[event.rule], event.day, event.entity), default=None
    )


def _what_came(event: Event) -> tuple[object, ...]:
    return (event.rule, event.occasion, event.week, event.day, event.option, event.value)


def first_variable(one: Timeline, other: Timeline, first_week: int, until: int) -> tuple[int, str | None]:
    """(week, id) of the first variable that differs at a week's end, from one week until before another."""
    variables, place = one.model.book.variables, one.model.blueprint.variable_place
    order = sorted(place, key=lambda id: not variables[id].series)
    pairs = zip(one.worlds_from(first_week), other.worlds_from(first_week), strict=False)
    for week, (mine, theirs) in enumerate(pairs, start=first_week):
        if week >= until:
            break
        if np.array_equal(mine, theirs, equal_nan=True):
            continue
        for id in order:
            first, count = place[id]
            if not np.array_equal(mine[first : first + count], theirs[first : first + count], equal_nan=True):
                return week, id
    return until, None
