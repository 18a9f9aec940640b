"""Free wars: each opening's war fought so many times by the rules, with luck free from the day it is opened.

Up to that day the world is history's. A timeline whose war came on another day, or by another road first, is counted
and left out. Threads share out the parameter draws; wars come back in the order of timelines, whatever the threads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allohistory.book.sense import END, Opening
from allohistory.ensemble.run import default_workers
from allohistory.questions.sense_rows import Sheet, War, read_war
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import Plan, position

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

Tell = Callable[[str, int, int], None]
WEEKS_A_MONTH = 365.2425 / 12.0 / 7.0
A_YEAR = 1000
"""The wars a year that an opening's share is counted in, and how many are fought if nothing else is said."""


@dataclass(frozen=True)
class Fought:
    """The wars of one opening; otherwise: timelines in which war came another way; aside: set aside by the engine."""

    opening: Opening
    wars: tuple[War, ...]
    otherwise: int
    aside: int


def how_many(opening: Opening, timelines: int) -> int:
    """Its share of so many wars a year, one at least."""
    return max(1, round(opening.wars * timelines / A_YEAR))


def fight_all(
    model: Model,
    openings: Sequence[Opening],
    sheet: Sheet,
    *,
    timelines: int = A_YEAR,
    seed: int = 1,
    workers: int | None = None,
    tell: Tell | None = None,
) -> dict[str, Fought]:
    """Every opening's wars, by its id. timelines: wars a year."""
    total, done = sum(how_many(one, timelines) for one in openings), 0
    threads = max(1, workers or default_workers())
    memories = [Memory(model.blueprint, traced=True) for _ in range(threads)]
    found = {}

    def finished(label: str, count: int) -> None:
        nonlocal done
        done += count
        if tell is not None:
            tell(label, min(done, total), total)

    for one in openings:
        found[one.id] = fight(model, one, sheet, how_many(one, timelines), memories, seed, finished)
    return found


def fight(
    model: Model,
    opening: Opening,
    sheet: Sheet,
    count: int,
    memories: Sequence[Memory],
    seed: int = 1,
    finished: Callable[[str, int], None] | None = None,
) -> Fought:
    """So many timelines of one opening."""
    plan = plan_of(model, opening, seed, count)
    begins = model.book.calendar.week_of(opening.begins)
    kept: list[War | int | None] = [0] * count

    def work(memory: Memory, draws: range) -> None:
        memory.load_plan(plan)
        for draw in draws:
            memory.load_draw(draw)
            rows = range(draw, count, plan.draws)
            for row in rows:
                memory.run(row)
                aside = int(memory.c.aside)
                kept[row] = (
                    aside
                    if aside
                    else read_war(memory.trace, begins, opening.id, row, sheet, model.blueprint.year_of)
                )
            if finished is not None:
                finished(opening.says, len(rows))

    shares = [range(first, plan.draws, len(memories)) for first in range(len(memories))]
    with ThreadPoolExecutor(len(memories)) as pool:
        for share in [pool.submit(work, *each) for each in zip(memories, shares, strict=True)]:
            share.result()
    wars = tuple(one for one in kept if isinstance(one, War))
    return Fought(opening, wars, sum(one is None for one in kept), sum(isinstance(one, int) for one in kept))


def plan_of(model: Model, opening: Opening, seed: int, count: int) -> Plan:
    """The changes that bring the war, and where luck is freed."""
    from allohistory.book.resolve import resolve_all
    from allohistory.timeline.asked import items_of

    calendar = model.book.calendar
    texts = tuple(text.replace(END, str(calendar.last)) for text in opening.do)
    changes = resolve_all(texts, model.book, model.book_rules, where=f"sense/openings.toml, {opening.id}")
    week = calendar.week_of(opening.freed)
    draws = min(len(model.blueprint.parameter_draws), count)
    return Plan(
        items=items_of(changes, model.blueprint),
        draws=draws,
        seed=seed,
        horizon=position(week, 0),
        since=week,
    )


def by_month(months: int) -> int:
    """The row that closes so many months of war, the eve being row 0."""
    return round(months * WEEKS_A_MONTH)


def months_of(weeks: float) -> float:
    """Weeks as months."""
    return weeks / WEEKS_A_MONTH


def middle(values: Sequence[float] | np.ndarray) -> float:
    """The median; not a number where there is nothing."""
    return float(np.median(values)) if len(values) else float("nan")
