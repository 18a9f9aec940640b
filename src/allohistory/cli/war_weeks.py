"""What a week of war costs: two ensembles, one of them with a war that is forced, and two equations.

A timeline's time is so much a week of peace and so much a week of war. Free timelines have few weeks of war; the same
timelines with Moscow's choice of war forced on them in one summer have many. Both are run on one thread, their
processor time is taken, and the two unknowns solved for. Scenarios without such a choice have no such row.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allohistory.timeline.memory import Memory
    from allohistory.timeline.model import Model
    from allohistory.timeline.plan import Item, Plan

WARS = 1000
REPEATS = 5
RULE, OPTION, WEEK = "moscow.war-of-choice", "take-manchuria", 448  # the week of 8 August 1939
LASTS = "war_lasts"


@dataclass(frozen=True)
class WarWeeks:
    """Microseconds of processor time of a week of peace and of a week of war; the wars, and how many weeks they had."""

    peace: float
    war: float
    wars: int
    weeks: float


def war_weeks(model: Model, seed: int) -> WarWeeks | None:
    """Measured on this computer; None where the scenario has no such choice or no wars come of it."""
    from allohistory.timeline.memory import Memory
    from allohistory.timeline.plan import START, Plan

    blueprint = model.blueprint
    rule = blueprint.rule_of.get(RULE)
    if rule is None or OPTION not in rule.options or LASTS not in blueprint.outcomes:
        return None
    memory = Memory(blueprint)
    forced = (_forced(rule.number, rule.options.index(OPTION)),)
    free = _seconds(memory, model, Plan(horizon=START, seed=seed))
    fought = _seconds(memory, model, Plan(forced, START, seed=seed))
    weeks = WARS * blueprint.weeks
    left = free.weeks * (weeks - fought.weeks) - fought.weeks * (weeks - free.weeks)
    if left == 0.0:
        return None
    war = (free.seconds * (weeks - fought.weeks) - fought.seconds * (weeks - free.weeks)) / left
    peace = (free.seconds - war * free.weeks) / (weeks - free.weeks)
    return WarWeeks(peace * 1e6, war * 1e6, fought.wars, fought.weeks)


@dataclass(frozen=True)
class _Run:
    """Processor time of WARS timelines, the wars in them and the weeks of those wars."""

    seconds: float
    wars: int
    weeks: float


def _forced(rule: int, option: int) -> Item:
    from allohistory.timeline.changes import CHOICE
    from allohistory.timeline.plan import Item

    return Item(kind=int(CHOICE), rule=rule, entity=-1, first_week=WEEK, last_week=WEEK, option=option)


def _seconds(memory: Memory, model: Model, plan: Plan) -> _Run:
    """One plan, a parameter draw after the other; of each sheet of timelines the best of a few runs."""
    from allohistory.timeline.shape import SHEET

    lasts = model.outcomes.index(LASTS)
    seconds, wars, weeks = 0.0, 0, 0.0
    memory.load_plan(plan)
    for first in range(0, WARS, SHEET):
        memory.load_draw(first // SHEET, ledger=False)
        count, best = min(SHEET, WARS - first), float("inf")
        for _ in range(REPEATS):
            started = time.thread_time()
            memory.run_many(first, 1, count)
            best = min(best, time.thread_time() - started)
        lengths = memory.c.sheet_value[:count, lasts]
        seconds, wars, weeks = seconds + best, wars + int((lengths > 0.0).sum()), weeks + float(lengths.sum())
    return _Run(seconds, wars, weeks)
