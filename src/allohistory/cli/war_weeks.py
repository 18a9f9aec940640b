"""What a week of war costs: the same worlds for the same few months, at peace and with a war forced on them.

Moscow's choice of war is forced in one summer on worlds that have had no war by then and would have none in the months
that follow. Each is run three times on one thread: up to that summer, then to the end of those months at peace, then
with the war; processor time is taken, and the two unknowns follow. Whole timelines would not do: those with a war
forced on them have few more weeks of war than free ones, and what comes after a war is cheaper than peace without it.
Scenarios without such a choice have no such row.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allohistory.timeline.memory import Memory
    from allohistory.timeline.model import Model
    from allohistory.timeline.plan import Item, Plan

DRAWS = 8  # parameter draws, a sheet of timelines each
REPEATS = 7
RULE, OPTION, WEEK = "moscow.war-of-choice", "take-manchuria", 448  # the week of 8 August 1939
SPAN = 13  # weeks: few wars end sooner
LASTS = "war_lasts"


@dataclass(frozen=True)
class WarWeeks:
    """Microseconds of processor time of a week of peace and of a week of war; the wars, and how many weeks they had."""

    peace: float
    war: float
    wars: int
    weeks: float


@dataclass(frozen=True)
class Spans:
    """Processor seconds of so many worlds up to WEEK, at peace for SPAN weeks more, with a war in them; its weeks."""

    before: float
    at_peace: float
    at_war: float
    worlds: int
    weeks: float


def war_weeks(model: Model, seed: int) -> WarWeeks | None:
    """Measured on this computer; None where the scenario has no such choice or no wars come of it."""
    blueprint = model.blueprint
    rule = blueprint.rule_of.get(RULE)
    if rule is None or OPTION not in rule.options or LASTS not in blueprint.outcomes:
        return None
    found = spans(model, _forced(rule.number, rule.options.index(OPTION)), seed)
    return cost(found) if found.weeks > 0.0 else None


def cost(found: Spans) -> WarWeeks:
    """The two kinds of week: the months at peace give the one, what the war adds to them the other."""
    peace = (found.at_peace - found.before) / (found.worlds * SPAN)
    war = peace + (found.at_war - found.at_peace) / found.weeks
    return WarWeeks(peace * 1e6, war * 1e6, found.worlds, found.weeks)


def _forced(rule: int, option: int) -> Item:
    from allohistory.timeline.changes import CHOICE
    from allohistory.timeline.plan import Item

    return Item(kind=int(CHOICE), rule=rule, entity=-1, first_week=WEEK, last_week=WEEK, option=option)


def spans(model: Model, forced: Item, seed: int) -> Spans:
    """Time the worlds that a war can be forced on, a sheet a parameter draw; of each, the best of a few runs."""
    from allohistory.timeline.memory import Memory
    from allohistory.timeline.plan import START, Plan
    from allohistory.timeline.shape import SHEET

    memory = Memory(model.blueprint)
    lasts = model.outcomes.index(LASTS)
    peace, war = Plan(horizon=START, seed=seed), Plan((forced,), START, seed=seed)
    ways = ((peace, WEEK), (peace, WEEK + SPAN), (war, WEEK + SPAN))
    seconds, worlds, weeks = [0.0, 0.0, 0.0], 0, 0.0
    for draw in range(DRAWS):
        memory.load_draw(draw, ledger=False)
        sheet = range(draw * SHEET, (draw + 1) * SHEET)
        none, some = (_lengths(memory, plan, sheet, lasts) for plan in (peace, war))
        chosen = [t for t in sheet if none[t] == 0.0 < some[t]]
        best = [float("inf")] * len(ways)
        for _ in range(REPEATS):
            best = [min(least, _seconds(memory, *way, chosen)) for least, way in zip(best, ways, strict=True)]
        seconds = [so_far + more for so_far, more in zip(seconds, best, strict=True)]
        worlds, weeks = worlds + len(chosen), weeks + sum(some[t] for t in chosen)
    before, at_peace, at_war = seconds
    return Spans(before, at_peace, at_war, worlds, weeks)


def _lengths(memory: Memory, plan: Plan, timelines: Sequence[int], lasts: int) -> dict[int, float]:
    """How many weeks of war each of these timelines has by the end of the span."""
    memory.load_plan(plan)
    memory.c.weeks = WEEK + SPAN
    memory.run_many(timelines[0], 1, len(timelines))
    return {t: float(memory.c.sheet_value[i, lasts]) for i, t in enumerate(timelines)}


def _seconds(memory: Memory, plan: Plan, weeks: int, timelines: Sequence[int]) -> float:
    """Processor seconds of these timelines, each for so many weeks."""
    memory.load_plan(plan)
    memory.c.weeks = weeks
    started = time.thread_time()
    for timeline in timelines:
        memory.run_many(timeline, 1, 1)
    return time.thread_time() - started
