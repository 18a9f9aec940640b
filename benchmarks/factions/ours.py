"""The toy model "border and factions" in this project's way: rules that state chances, a week, a loop."""

from __future__ import annotations

import numpy as np
from declared import ACTORS, DECLARED, WEEKS, roads

from allohistory.ensemble.run import run as run_plan
from allohistory.luck.arithmetic import exp
from allohistory.luck.compiled import entry, kernel
from allohistory.timeline.blueprint import Blueprint, RuleFacts, VariableFacts
from allohistory.timeline.drawing import amount, choice, clock, shock, which
from allohistory.timeline.plan import START, Plan
from allohistory.timeline.world import close_week, close_world, open_week, open_world

PROVOKES, RUMOUR, TRADE, MOOD, ANSWER = (np.int64(i) for i in range(5))
RAIDS, HIGHEST, FIRST_RAID = (np.int64(i) for i in range(3))
PRESS, RAID = np.int64(1), np.int64(2)
ZERO, ONE, TWO = np.int64(0), np.int64(1), np.int64(2)
ENDS = np.array(roads(), np.int64)
ROADS = np.int64(len(ENDS))
MOST_HAWKISH, LEAST_TRUST, MOST_TRUST = 2.0, -1.0, 1.0


@kernel
def provocation(hawk, trust, p):
    """How often one actor provokes another: provocations a week."""
    return p.per_week * exp(hawk - trust)


@kernel
def rumour(anger, p):
    """How often an angry actor's rumours reach the next: rumours a week."""
    return p.per_week * anger


@kernel
def trade(anger, p):
    """How often two actors trade: caravans a week."""
    return p.per_week * exp(-anger)


@kernel
def answer(anger, hawk, p):
    """Utilities of calm, press, raid."""
    return 0.0, p.press + anger, p.raid + anger + hawk


@kernel
def along_the_roads(c, w, p):
    """Provocations, rumours, trade."""
    a = w.actor
    for direction in range(TWO * ROADS):
        road = direction // TWO
        here, there = ENDS[road, direction % TWO], ENDS[road, ONE - direction % TWO]
        if clock(c, PROVOKES, direction, provocation(a.hawk[here], w.road.trust[road], p.provocation)) > ZERO:
            a.anger[there] += p.provocation.anger
            w.road.trust[road] = max(w.road.trust[road] + p.provocation.trust, LEAST_TRUST)
    for direction in range(TWO * ROADS):
        here, there = ENDS[direction // TWO, direction % TWO], ENDS[direction // TWO, ONE - direction % TWO]
        if clock(c, RUMOUR, direction, rumour(a.anger[here], p.rumour)) > ZERO:
            a.anger[there] += p.rumour.anger
    for road in range(ROADS):
        anger = a.anger[ENDS[road, 0]] + a.anger[ENDS[road, 1]]
        if clock(c, TRADE, road, trade(anger, p.trade)) > ZERO:
            w.road.trust[road] = min(w.road.trust[road] + p.trade.trust, MOST_TRUST)


@kernel
def answers(c, w, p, actor):
    """Calm, press or raid."""
    a = w.actor
    took = choice(c, ANSWER, actor, c.week, ZERO, answer(a.anger[actor], a.hawk[actor], p.answer))
    if took == RAID:
        w.land.raids += 1.0
        amount(c, RAIDS, w.land.raids)
        which(c, FIRST_RAID, c.week)
        a.anger[actor] *= p.answer.anger_after_raid
        for road in range(ROADS):
            if ENDS[road, 0] == actor:
                a.anger[ENDS[road, 1]] += p.answer.anger_of_raided
            elif ENDS[road, 1] == actor:
                a.anger[ENDS[road, 0]] += p.answer.anger_of_raided
    elif took == PRESS:
        a.hawk[actor] = min(a.hawk[actor] + p.answer.hawk_after_press, MOST_HAWKISH)
    else:
        a.hawk[actor] *= p.answer.hawk_after_calm


@kernel
def week(c, w, p):
    """One week, in the declared order."""
    a = w.actor
    along_the_roads(c, w, p)
    for actor in range(ACTORS):
        news = shock(c, MOOD, np.int64(actor), c.week, ZERO, 0.0, p.mood.spread)
        a.anger[actor] = max(a.anger[actor] * p.mood.fading + news, 0.0)
    for actor in range(ACTORS):
        answers(c, w, p, np.int64(actor))
    for actor in range(ACTORS):
        w.land.highest = max(w.land.highest, a.anger[actor])
    if c.week == c.weeks - ONE:
        amount(c, HIGHEST, w.land.highest)


@entry
def run_worlds(contexts, worlds, numbers, parameters, parameter_numbers, start, drawn):
    """The loop."""
    c, w, p = contexts[0], worlds[0], parameters[0]
    for world in range(c.worlds):
        open_world(c, world, numbers, parameter_numbers, start, drawn)
        for number in range(c.weeks):
            open_week(c, numbers, parameter_numbers, number)
            week(c, w, p)
            close_week(c, numbers)
            if c.aside != 0:
                break
        close_world(c, world)


def blueprint() -> Blueprint:
    """The model in numbers: no record, one draw of the parameters, those of the declaration."""
    by_actor, by_road = [tuple(map(str, range(n))) for n in (ACTORS, len(ENDS))]
    by_direction = tuple(map(str, range(2 * len(ENDS))))
    kinds = (("clock", by_direction), ("clock", by_direction), ("clock", by_road), ("shock", by_actor))
    rules = [
        RuleFacts(f"rule.{number}", number, draws, entities, place=number + 1)
        for number, (draws, entities) in enumerate(kinds)
    ]
    rules.append(RuleFacts("rule.4", 4, "choice", by_actor, ("calm", "press", "raid"), place=5))
    parameters = {
        f"{group}.{name}": value
        for group, values in DECLARED.items()
        if group != "size"
        for name, value in values.items()
    }
    whole = 1e9
    return Blueprint(
        name="border-and-factions",
        run_worlds=run_worlds,
        weeks=WEEKS,
        rules=tuple(rules),
        variables=(
            VariableFacts("actor.anger", (0.0,) * ACTORS, 0.0, whole, by_actor),
            VariableFacts("actor.hawk", (0.0,) * ACTORS, 0.0, whole, by_actor),
            VariableFacts("road.trust", (0.0,) * len(ENDS), -whole, whole, by_road),
            VariableFacts("land.raids", (0.0,), 0.0, whole),
            VariableFacts("land.highest", (0.0,), 0.0, whole),
        ),
        parameters=tuple(parameters),
        parameter_draws=np.array([list(parameters.values())]),
        latent_seeds=np.zeros(1, np.int64),
        outcomes=("raids", "highest", "first_raid"),
        series=(),
        entries=(),
        coverage=(),
        year_of=np.array([1931 + number // 52 for number in range(WEEKS)], np.int64),
        month_of=np.ones(WEEKS, np.int64),
        week_of_year_of=np.zeros(WEEKS, np.int64),
    )


def run(model: Blueprint, count: int, workers: int, seed: int) -> np.ndarray:
    """(count, 3): raids, highest anger, week of the first raid."""
    found = run_plan(model, Plan(horizon=START, draws=1, seed=seed), count=count, workers=workers)
    first = np.where(found.day[:, 2] >= 0, found.value[:, 2], WEEKS)
    return np.column_stack([found.value[:, 0], found.value[:, 1], first])
