"""Chances along our own history, read off the ledger that a replay has left: many at once, in one pass.

A way is a rule, options (or that a clock fires) and a window of weeks. Its chance is 1 minus the product, over the
occasions of the window, of the chance that none of the options is taken; each occasion as the rules saw it in the
world of our history, where all that came before had gone as it went. What an occasion that went otherwise would have
changed afterwards is no part of it.

    columns of `ways`: rule, entity (-1 all), first and last week, week up to which the last occasion returns (-1 none),
    weeks between these, never (0 or 1), step, next way of the same rule (-1 none), first and last row of a clock (-1)
"""

from typing import Any

import numpy as np

from allohistory.luck.arithmetic import exp, expm1, log1p
from allohistory.luck.compiled import entry, kernel

RULE, ENTITY, FIRST, LAST, HELD, EVERY, NEVER, STEP, NEXT, ROW, LAST_ROW = range(11)
COLUMNS = 11
STEPS_A_WEEK = (
    16  # an occasion of an event is numbered so many to a week, from the week in which the event began
)
SURE = 1.0 - 1e-12


@kernel
def chance_of(inputs, slot, options):
    """Chance that a choice takes one of the options that are marked, by its utilities in the ledger."""
    most = -np.inf
    for i in range(len(options)):
        if options[i] >= 0 and inputs[slot, i] > most:
            most = inputs[slot, i]
    meant, all_of_them = 0.0, 0.0
    for i in range(len(options)):
        if options[i] >= 0:
            share = exp(inputs[slot, i] - most)
            all_of_them += share
            if options[i] > 0:
                meant += share
    return min(meant / all_of_them, SURE)


@kernel
def add_choices(keys, weeks, inputs, first_way, ways, options, none, latest, at_last):
    """Add every choice in the ledger to the ways that mean it."""
    for slot in range(len(keys)):
        if keys[slot] < 0:
            continue
        way = first_way[keys[slot] >> 32]
        while way >= 0:
            entity, week = (keys[slot] >> 9) & 4095, weeks[slot]
            mine = ways[way, ENTITY] < 0 or ways[way, ENTITY] == entity
            if mine and ways[way, FIRST] <= week <= ways[way, LAST]:
                not_taken = log1p(-chance_of(inputs, slot, options[way]))
                none[way] += not_taken
                if week >= latest[way]:
                    latest[way], at_last[way] = week, not_taken
            way = ways[way, NEXT]


@kernel
def add_clock(hazard, row, way, first, last, none, latest, at_last):
    """Add the weeks of one clock to a way."""
    for week in range(first, last + 1):
        if hazard[row, week] > 0.0:
            none[way] -= hazard[row, week]
            latest[way], at_last[way] = week, -hazard[row, week]


@entry
def along_history(
    keys: Any,
    weeks: Any,
    inputs: Any,
    hazard: Any,
    first_way: Any,
    ways: Any,
    options: Any,
    steps: Any,
    found: Any,
) -> None:
    """Fill `found`, one number an observation, with the chances of all ways put together.

    keys, weeks, inputs, hazard  the ledger
    first_way  (rules,) the first way of each rule, -1 for none
    options    (ways, options) 1 meant, 0 not meant, -1 no option of the rule
    steps      (steps,) the observation of each step: ways of one step are any of several, steps follow
    """
    none = np.zeros(len(ways))  # log of the chance that no occasion of the way so far has it
    latest = np.full(len(ways), -1)
    at_last = np.zeros(len(ways))  # the same of its last occasion alone
    add_choices(keys, weeks, inputs, first_way, ways, options, none, latest, at_last)
    not_in_step = np.zeros(len(steps))
    for way in range(len(ways)):
        if ways[way, ROW] >= 0:
            for row in range(ways[way, ROW], ways[way, LAST_ROW] + 1):
                add_clock(hazard, row, way, ways[way, FIRST], ways[way, LAST], none, latest, at_last)
        if ways[way, HELD] >= 0 and latest[way] >= 0:
            none[way] += at_last[way] * ((ways[way, HELD] - latest[way]) // ways[way, EVERY])
        if ways[way, NEVER] > 0:
            none[way] = log1p(-min(exp(none[way]), SURE))
        not_in_step[ways[way, STEP]] += none[way]
    found[:] = 1.0
    for step in range(len(steps)):
        found[steps[step]] *= -expm1(not_in_step[step])
