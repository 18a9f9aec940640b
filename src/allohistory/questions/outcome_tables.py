"""Every outcome of the book under free luck from several days on: how likely it is, and what comes before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from allohistory.book.ensembles import Start, ensembles_of
from allohistory.ensemble.run import default_workers
from allohistory.questions.columns import Column, Columns, asked_of
from allohistory.questions.estimates import estimate, quantile
from allohistory.questions.forerunners import Forerunner, Signs, forerunners, signs_of
from allohistory.questions.logged import Logged, run_logged
from allohistory.questions.standing import plan_from
from allohistory.results.schema import Estimate, Quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.timeline.model import Model

TIMELINES = 2000
MUCH = 0.75  # an amount is much above this share of the timelines
DAYS_A_WEEK = 7
AT = (0.05, 0.5, 0.95)
Three = tuple[float | None, float | None, float | None]
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Row:
    """One outcome, one option of it, or an amount being much.

    id        of the outcome; option: of a `which`
    estimate  its probability; of an amount that it is above `much`
    amounts   5 %, median and 95 % of an amount; days: of the day of what has one, among timelines that show it
    causes    its forerunners, None where too few timelines show it or do not
    n         timelines that show it
    """

    id: str
    title: str
    kind: str
    unit: str
    option: str | None
    estimate: Estimate
    n: int
    much: float | None
    amounts: Three | None
    days: Three | None
    causes: tuple[Forerunner, ...] | None


@dataclass(frozen=True)
class Table:
    """All outcomes of one start; n timelines, so many set aside, so many with a log that was cut short."""

    start: Start
    n: int
    aside: int
    cut: int
    rows: tuple[Row, ...]


def outcome_tables(
    model: Model,
    *,
    timelines: int = TIMELINES,
    seed: int = 1,
    workers: int | None = None,
    tell: Tell | None = None,
) -> list[Table]:
    """A table for each start of the scenario's file. timelines: how many each gets."""
    starts = ensembles_of(model.book, model.folder).tables
    found, done = [], 0
    for start in starts:

        def finished(count: int, start: Start = start) -> None:
            nonlocal done
            done += count
            if tell is not None:
                tell(start.says, done, timelines * len(starts))

        plan = plan_from(model, start, seed, timelines)
        world = run_logged(model, plan, timelines, workers=workers or default_workers(), finished=finished)
        found.append(table_of(model, start, world, plan.since * DAYS_A_WEEK))
    return found


def table_of(model: Model, start: Start, world: Logged, since: int) -> Table:
    """Read all outcomes of an ensemble. since: the day from which on luck is free."""
    columns, signs = Columns(model, world.ensemble), signs_of(model, world)
    nowhere, rows = np.full(world.kept, -1, np.int32), []
    for id, outcome in model.book.outcomes.items():
        if outcome.derived in model.book.outcomes:
            continue  # another name for the same thing
        column = columns.read(asked_of(id, model))
        marked = (outcome.derived or id).removeprefix("not ")
        if outcome.derived is not None and marked in model.outcomes:
            column = replace(column, day=columns.read(asked_of(marked, model)).day)
        come = world.before[:, model.outcomes.index(marked)] if marked in model.outcomes else nowhere
        rows += _rows(model, column, come, columns.draw, signs, since)
    aside = int((world.ensemble.aside != 0).sum())
    return Table(start, world.kept, aside, world.cut, tuple(rows))


def _rows(
    model: Model,
    column: Column,
    come: NDArray[np.int32],
    draw: NDArray[np.int64],
    signs: Signs,
    since: int,
) -> list[Row]:
    """One row of a yes, a day or an amount; one an option of a which."""
    asked = column.asked
    if asked.kind != "which":
        shown, much, amounts = column.shown, None, None
        if asked.kind == "amount":
            amounts = _three(column.value)
            much = _much(column.value)
            shown = column.value > much
        return [_row(model, column, None, shown, come, draw, signs, since, much, amounts)]
    return [
        _row(model, column, option, column.value == place, come, draw, signs, since, None, None)
        for place, option in enumerate(asked.options)
    ]


def _row(
    model: Model,
    column: Column,
    option: str | None,
    shown: NDArray[np.bool_],
    come: NDArray[np.int32],
    draw: NDArray[np.int64],
    signs: Signs,
    since: int,
    much: float | None,
    amounts: Three | None,
) -> Row:
    asked = column.asked
    last = model.blueprint.weeks * DAYS_A_WEEK - 1
    when = column.day[shown & (column.day >= 0)]
    return Row(
        id=asked.id,
        title=model.book.outcomes[asked.id].title,
        kind=asked.kind,
        unit=asked.unit or "",
        option=option,
        estimate=estimate(shown, draw),
        n=int(shown.sum()),
        much=much,
        amounts=amounts,
        days=_three(when) if len(when) and asked.kind != "amount" else None,
        causes=forerunners(signs, shown, column.day, come.astype(np.int64), since=since, last=last),
    )


def _much(values: NDArray[np.float64]) -> float:
    """What three timelines in four do not exceed; where none exceeds it, the greatest value below."""
    edge = float(quantile(values, MUCH).value or 0.0)
    if (values > edge).any() or (values == edge).all():
        return edge
    return float(values[values < edge].max())


def _three(values: NDArray[np.float64] | NDArray[np.int64]) -> Three:
    low, middle, high = (quantile(np.asarray(values, float), share) for share in AT)
    return _number(low), _number(middle), _number(high)


def _number(one: Quantile) -> float | None:
    return None if one.value is None else float(one.value)
