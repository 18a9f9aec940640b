"""Free running beside what is expected of it: the rules' own figure for every line of the expectations.

Every distinct world (changes, and where luck is freed) runs once, with its log kept, and all lines that ask for it read
their figures off the same timelines. Intervals are Wilson's for shares and the spread over timelines for counts, all
95 %: about one line in twenty lies outside its interval by chance alone, so a line is called far off by the
expectation's own range, not by a test.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from allohistory.ensemble.run import default_workers
from allohistory.questions.columns import Columns, asked_of
from allohistory.questions.estimates import wilson
from allohistory.questions.expectations import FILE, Expectation, Measure, expectations_of
from allohistory.questions.logged import Logged, run_bare, run_logged
from allohistory.questions.sequences import ahead, chosen, follows
from allohistory.results.schema import Interval
from allohistory.timeline.plan import END, START, Plan, position

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

Z95 = 1.959963984540054
TIMELINES = 2000
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Line:
    """One expectation and the rules' figure: value, its 95 % interval for chance, the timelines it rests on.

    ours  the same figure of our history, where the line asks for no other luck or change than the rules' own
    """

    expectation: Expectation
    value: float | None
    interval: Interval
    n: int
    ours: float | None = None

    @property
    def met(self) -> bool:
        """Does the figure lie in the range that was thought possible?"""
        one = self.expectation
        return self.value is not None and one.low <= self.value <= one.high


def free_running(
    model: Model,
    *,
    timelines: int = TIMELINES,
    seed: int = 1,
    workers: int | None = None,
    tell: Tell | None = None,
    lines: Sequence[Expectation] | None = None,
) -> list[Line]:
    """Every line of the scenario's expectations, or of those given, in order. timelines: how many each world gets."""
    lines = list(expectations_of(model.folder).values()) if lines is None else lines
    measures = [one.measure for one in lines] + [one.over for one in lines if one.over is not None]
    worlds = list(dict.fromkeys(_world(measure) for measure in measures))
    total, done = sum(world.times for world in worlds) * timelines, 0

    def finished(count: int) -> None:
        nonlocal done
        done += count
        if tell is not None:
            tell("free running", done, total)

    found: dict[Measure, Logged] = {}
    for world in worlds:
        run_them = run_logged if world.times == 1 else run_bare
        threads, count = workers or default_workers(), timelines * world.times
        found[world] = run_them(model, _plan(model, world, seed), count, workers=threads, finished=finished)
    history = run_logged(model, Plan(horizon=END, draws=len(model.blueprint.parameter_draws), seed=seed), 1)
    return [replace(_line(model, one, found), ours=_ours(model, one, history)) for one in lines]


def _ours(model: Model, one: Expectation, history: Logged) -> float | None:
    """The figure of our history itself; None where the line is about another world, or history has no such case."""
    if one.over is not None or _world(replace(one.measure, times=1)) != Measure(kind="probability"):
        return None
    return measured(model, one.measure, history)[0]


def _world(measure: Measure) -> Measure:
    """What of a measure decides which worlds are run."""
    return Measure(
        kind="probability",
        pods=measure.pods,
        do=measure.do,
        freed=measure.freed,
        freed_after=measure.freed_after,
        times=measure.times,
    )


def _plan(model: Model, world: Measure, seed: int) -> Plan:
    """The changes of a world, and where its luck is freed."""
    from allohistory.book.resolve import resolve_all
    from allohistory.timeline.asked import items_of

    changes = resolve_all(world.do, model.book, model.book_rules, pods=world.pods, where=FILE)
    items = items_of(changes, model.blueprint)
    draws = len(model.blueprint.parameter_draws)
    plan = Plan(items=items, draws=draws, seed=seed)
    if world.freed_after is not None:
        book = model.book
        entry = book.find(book.entries, world.freed_after, FILE, "record entry", "allohistory record")
        week = book.calendar.week_of(entry.date)
        place = model.blueprint.rule_of[entry.rule].place
        return replace(plan, horizon=position(week, place + 1), since=week)
    if world.freed is not None:
        week = model.book.calendar.week_of(world.freed)
        return replace(plan, horizon=position(week, 0), since=week)
    return replace(plan, horizon=START)


def _line(model: Model, one: Expectation, found: dict[Measure, Logged]) -> Line:
    value, interval, n = measured(model, one.measure, found[_world(one.measure)])
    if one.over is None or value is None:
        return Line(one, value, interval, n)
    below, other, m = measured(model, one.over, found[_world(one.over)])
    if not below or not value:
        return Line(one, None, (0.0, math.inf), min(n, m))
    spread = math.hypot(_log_spread(value, interval), _log_spread(below, other))
    ratio = value / below
    return Line(one, ratio, (ratio * math.exp(-spread), ratio * math.exp(spread)), min(n, m))


def _log_spread(value: float, interval: Interval) -> float:
    """Half the width of an interval on the scale of logarithms."""
    low, high = max(interval[0], value / 100.0), interval[1]
    return math.log(high / low) / 2.0


def measured(model: Model, measure: Measure, world: Logged) -> tuple[float | None, Interval, int]:
    """(value, 95 % interval, timelines it rests on) of one measure in its world."""
    columns = Columns(model, world.ensemble)
    if measure.kind == "probability":
        shown = columns.truth(measure.event)
        kept = columns.truth(measure.given) if measure.given else np.ones(len(shown), bool)
        return _share(int((shown & kept).sum()), int(kept.sum()))
    if measure.kind == "outcome-months":
        days = columns.read(asked_of(measure.event, model)).day
        months = [model.book.calendar.date_of(int(one)).month for one in days[days >= 0]]
        return _share(sum(month in measure.months for month in months), len(months))
    if measure.kind == "follows":
        return _share(*follows(model, measure, world, columns))
    if measure.kind == "ahead":
        return _share(*ahead(model, measure, world, _span(model, measure)))
    week, row = happened(model, measure, world)
    if measure.kind == "share-of-months":
        months = [model.book.calendar.monday_of(int(one)).month for one in week]
        return _share(sum(month in measure.months for month in months), len(months))
    counts = np.bincount(row, minlength=world.kept)[: world.kept]
    if measure.kind == "at-least":
        return _share(int((counts >= measure.count).sum()), world.kept)
    if measure.kind == "middle":
        ordered = np.sort(counts)
        half = Z95 * math.sqrt(world.kept) / 2
        low, high = (int(np.clip(world.kept / 2 + one, 0, world.kept - 1)) for one in (-half, half))
        return float(np.median(ordered)), (float(ordered[low]), float(ordered[high])), world.kept
    first, last = _span(model, measure)
    years = (last - first + 1) * 7 / 365.2425
    mean, half = counts.mean() / years, Z95 * counts.std() / math.sqrt(world.kept) / years
    return float(mean), (float(mean - half), float(mean + half)), world.kept


def _share(count: int, n: int) -> tuple[float | None, Interval, int]:
    return (count / n if n else None), wilson(count, n, Z95), n


def _span(model: Model, measure: Measure) -> tuple[int, int]:
    """First and last week in which events count."""
    calendar = model.book.calendar
    first = 0 if measure.first is None else calendar.week_of(measure.first)
    last = model.blueprint.weeks - 1 if measure.last is None else calendar.week_of(measure.last)
    return first, last


def happened(
    model: Model, measure: Measure, world: Logged, where: str = FILE
) -> tuple[np.ndarray, np.ndarray]:
    """(week, row) of what happened by the named rules, once an event where several of them belong to one key."""
    first, last = _span(model, measure)
    mine = chosen(model, measure.events, world, where)
    mine &= (world.week >= first) & (world.week <= last)
    seen: Sequence[np.ndarray] = (world.row[mine], world.key[mine], world.entity[mine])
    once = np.unique(np.stack(seen, axis=1), axis=0, return_index=True)[1]
    return world.week[mine][once], world.row[mine][once]
