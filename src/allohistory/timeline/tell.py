"""One timeline in full: every firing, decision and value that was drawn, beside what our history has there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from allohistory.timeline.blueprint import Blueprint, RuleFacts
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import START, Plan
from allohistory.timeline.replay import trouble
from allohistory.timeline.shape import LOG


@dataclass(frozen=True)
class Event:
    """One draw that came to something, or that should have by the record and did not.

    day        days since the scenario's first day; week its week
    rule       id; entity: id of the entity, or ""
    option     of a choice: the option taken; of a clock: "fired" or "silent"; None for a shock
    value      of a shock
    occasion   the packed occasion
    recorded   whether the record speaks of this address
    ours       what our history has there: an option, "fired", "silent", a number, or None where it has no entry
    differs    whether that is something else, another day included
    chance     the probability that the rules gave it (None for a shock)
    """

    day: int
    week: int
    rule: str
    entity: str
    option: str | None
    value: float | None
    occasion: int
    recorded: bool
    ours: str | float | None
    differs: bool
    chance: float | None


@dataclass(frozen=True)
class TimelineLog:
    """A timeline told in data.

    outcomes   id -> (value, day of first becoming so, -1 for never)
    series     id -> (quarters,) values of the main series
    departed   (week, rule id) of the first departure from the record, or None
    trouble    why the world was set aside, in words, or None; trouble_week: the week in which it was
    """

    timeline: int
    draw: int
    events: tuple[Event, ...]
    outcomes: dict[str, tuple[float, int]]
    series: dict[str, np.ndarray]
    departed: tuple[int, str] | None
    departures: int
    returned: int
    complete: bool
    trouble: str | None
    trouble_week: int | None = None


def one_timeline(
    blueprint: Blueprint, plan: Plan, timeline: int, memory: Memory | None = None
) -> TimelineLog:
    """Run one timeline of a plan and read its log.

    Where the draw's factual world is set aside already, nothing more is run, as in an ensemble: the log says why.
    """
    memory = memory or Memory(blueprint)
    draw = timeline % plan.draws
    if not ready(memory, plan, draw):
        return read_log(blueprint, memory, timeline, draw)
    memory.c.logging = 1
    memory.run(timeline)
    memory.c.logging = 0
    return read_log(blueprint, memory, timeline, draw)


def ready(memory: Memory, plan: Plan, draw: int) -> bool:
    """Load a plan and a draw; False where the factual world of that draw is set aside."""
    memory.load_plan(plan)
    memory.c.logging = 0
    memory.load_draw(draw, ledger=plan.horizon != START)
    return plan.horizon == START or int(memory.c.aside) == 0


def worlds_by_week(
    blueprint: Blueprint, plan: Plan, timeline: int, first: int = 0, memory: Memory | None = None
) -> Iterator[np.ndarray]:
    """The world at the end of week `first` and of each later week: all its numbers, in the blueprint's order.

    A week is reached by running the timeline anew up to it, so a whole trace costs as much as weeks / 2 timelines. It
    ends early where the world is set aside.
    """
    memory = memory or Memory(blueprint)
    if not ready(memory, plan, timeline % plan.draws):
        return
    try:
        for week in range(first, blueprint.weeks):
            memory.c.weeks = week + 1
            memory.run(timeline)
            if memory.c.aside != 0:
                return
            yield np.array(memory.world_numbers)
    finally:
        memory.c.weeks = blueprint.weeks


def read_log(blueprint: Blueprint, memory: Memory, timeline: int, draw: int) -> TimelineLog:
    """What the memory holds after a world was run with the log on."""
    c = memory.c
    logged = min(int(c.logged), LOG)
    asked = in_sequence(blueprint, [event_of(blueprint, c, i) for i in range(logged)])
    events = sorted(asked, key=lambda event: event.day)
    departed = None
    if c.departed_week >= 0:
        departed = (int(c.departed_week), blueprint.rule_numbered[int(c.departed_rule)].id)
    return TimelineLog(
        timeline=timeline,
        draw=draw,
        events=tuple(events),
        outcomes={
            id: (float(c.outcome[i]), int(c.outcome_day[i])) for i, id in enumerate(blueprint.outcomes)
        },
        series={id: np.array(c.series[i]) for i, id in enumerate(blueprint.series)},
        departed=departed,
        departures=int(c.departures),
        returned=int(c.returned),
        complete=int(c.logged) <= LOG,
        trouble=trouble(blueprint, memory),
        trouble_week=int(c.aside_week) if c.aside else None,
    )


def in_sequence(blueprint: Blueprint, events: list[Event]) -> list[Event]:
    """The same events, in the order in which they were asked, with days that follow it.

    Within a week luck gives each firing a day of its own, and a decision the day of its event or a Thursday. What one
    week asks of one entity (a sector's crisis, say) it asks in order of cause, so nothing there may be told before what
    led to it: an end of the fighting not before the fighting. What came as in our history keeps its day; what had to
    come before that is moved forward to it, all else is moved back.
    """
    told = list(events)
    for places in of_one_entity(blueprint, told):
        latest = -1
        for i in places:
            latest = max(latest, told[i].day)
            if not as_ours(told[i]):
                told[i] = replace(told[i], day=latest)
        soonest = None
        for i in reversed(places):
            if as_ours(told[i]):
                soonest = told[i].day
            elif soonest is not None:
                told[i] = replace(told[i], day=min(told[i].day, soonest))
    return told


def of_one_entity(blueprint: Blueprint, events: list[Event]) -> list[list[int]]:
    """The places of events that belong to one entity in one week; silences and what has no entity stand alone."""
    found: dict[tuple[tuple[str, ...], str, int], list[int]] = {}
    for i, event in enumerate(events):
        if event.entity and event.option != "silent":
            kind = blueprint.rule_of[event.rule].entities
            found.setdefault((kind, event.entity, event.week), []).append(i)
    return [places for places in found.values() if len(places) > 1]


def as_ours(event: Event) -> bool:
    """Did this come as in our history, on its day?"""
    return event.ours is not None and not event.differs


def event_of(blueprint: Blueprint, c: np.record, i: int) -> Event:
    """Row i of the log."""
    rule = blueprint.rule_numbered[int(c.log_rule[i])]
    value, ours = float(c.log_value[i]), float(c.log_ours[i])
    week, entity = int(c.log_week[i]), int(c.log_entity[i])
    recorded = bool(c.log_recorded[i])
    option, number, our_word = in_words(rule, value, ours, recorded)
    weekday = int(c.log_day[i])
    if rule.draws == "clock" and value == 0:
        weekday = int(ours) - 1  # a silence stands on the day on which our history had the firing
    return Event(
        day=week * 7 + weekday,
        week=week,
        rule=rule.id,
        entity=rule.entities[entity],
        option=option,
        value=number,
        occasion=int(c.log_occasion[i]),
        recorded=recorded,
        ours=our_word,
        differs=bool(c.log_differs[i]),
        chance=None if np.isnan(c.log_chance[i]) else float(c.log_chance[i]),
    )


def in_words(
    rule: RuleFacts, value: float, ours: float, recorded: bool
) -> tuple[str | None, float | None, str | float | None]:
    """(option, number, what our history has) of a logged value."""
    if rule.draws == "clock":
        return ("fired" if value else "silent"), None, ("fired" if ours else "silent") if recorded else None
    if rule.draws == "choice":
        return rule.options[int(value)], None, rule.options[int(ours)] if ours >= 0 else None
    return None, value, None if np.isnan(ours) else ours
