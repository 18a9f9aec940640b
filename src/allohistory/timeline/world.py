"""The edges of a world and of its weeks: what the engine does before, between and after a scenario's own week.

A scenario's loop calls these around its week, in this order:

    for world in range(c.worlds):
      open_world(c, world, numbers, parameters, start, drawn)    values of week 0, luck unspent, nothing happened yet
      for number in range(c.weeks):
        open_week(c, numbers, parameters, number)     the calendar, fork luck, changes at the start of a week
        (the scenario's own week)
        close_week(c, numbers)                        series and, once a quarter, the ranges of the variables
        if c.aside != 0: break
      close_world(c, world)                           what came of it, for the ensemble

Where a world is traced, its memory has room for one more world a week after the first: each week's end is kept there.
"""

import numpy as np

from allohistory.luck.compiled import kernel, rarely
from allohistory.timeline.changes import change_numbers
from allohistory.timeline.clocks import HISTORYS, OWN
from allohistory.timeline.hindsight import PLACES
from allohistory.timeline.log import set_aside
from allohistory.timeline.shape import QUARTER
from allohistory.timeline.sheet import gather
from allohistory.timeline.words import draw_ahead, forget_ahead

ZERO, ONE = np.int64(0), np.int64(1)
OUT_OF_RANGE = np.int64(7)
THURSDAY = np.int64(3)
QUARTER_WEEKS = np.int64(QUARTER)


@kernel
def open_world(c, world, numbers, parameters, start, drawn):
    """Turn to the next timeline and set all back to first values; the record, the ledger and the changes stay.

    world          which of this call's worlds it is
    start, drawn   first values of the world and of the parameters, flat float64
    """
    c.timeline = c.first_timeline + world * c.timeline_step
    for i in range(start.shape[0]):
        numbers[i] = start[i]
    for i in range(drawn.shape[0]):
        parameters[i] = drawn[i]
    forget_ahead(c)
    if c.replaying == ONE:
        open_ledger(c)
    c.aside = ZERO
    c.returned = ZERO
    c.departures = ZERO
    c.departed_week = -ONE
    c.draws = ZERO
    c.slept = ZERO
    c.hindsight_draws = ZERO
    c.logged = ZERO
    c.salt = ZERO
    for row in range(c.asked.shape[0]):
        c.asked[row] = -ONE
    for o in range(c.outcome.shape[0]):
        c.outcome[o] = 0.0
        c.outcome_day[o] = -ONE
        c.outcome_logged[o] = -ONE
    for i in range(c.changes):
        c.log_probability[i] = 0.0
        c.bits[i] = 0.0
        c.applied[i] = ZERO


@kernel
def open_ledger(c):
    """Empty the ledger and the score: a factual world is about to be replayed."""
    for row in range(c.hazard.shape[0]):
        for week in range(c.hazard.shape[1]):
            c.hazard[row, week] = 0.0
    for slot in range(c.ledger_key.shape[0]):
        c.ledger_key[slot] = -ONE
    c.ledger_used = ZERO
    c.log_likelihood = 0.0
    for rule in range(c.log_likelihood_of.shape[0]):
        c.log_likelihood_of[rule] = 0.0
    for year in range(c.log_likelihood_in.shape[0]):
        c.log_likelihood_in[year] = 0.0


@kernel
def open_week(c, world, parameters, number):
    """Turn the calendar to this week and carry out what changes at its start."""
    c.week = number
    c.year = c.year_of[number]
    c.month = c.month_of[number]
    c.week_of_year = c.week_of_year_of[number]
    c.day = THURSDAY
    c.fired_day = THURSDAY
    c.fired_key = -ONE
    for fork in range(c.forks):
        if c.fork_week[fork] == number:
            c.salt = c.fork_salt[fork]
    if c.changes > ZERO and c.replaying == ZERO:
        change_numbers(c, world, parameters)
    c.luck_of_week = luck_of_week(c)
    if c.replaying == ZERO:
        draw_ahead(c)


@kernel
def luck_of_week(c):
    """Whose luck the recorded addresses of this week take: 1 the world's own, 2 history's, 0 as each place has it."""
    if c.replaying == ONE:
        return ZERO
    if c.week * PLACES >= c.horizon:
        return OWN
    if (c.week + ONE) * PLACES <= c.horizon:
        return HISTORYS
    return ZERO


@kernel
def close_week(c, world):
    """Keep the main series once a quarter, and look whether every variable is within its range."""
    if c.tracing == ONE:
        keep_trace(c, world)
    if c.week % QUARTER_WEEKS != ZERO:
        return
    quarter = c.week // QUARTER_WEEKS
    for s in range(c.series_value.shape[0]):
        c.series[s, quarter] = world[c.series_value[s]]
    outside = ZERO
    for i in range(c.low.shape[0]):
        outside += ZERO if c.low[i] <= world[i] <= c.high[i] else ONE
    if outside > ZERO:
        name_what_left_its_range(c, world)


@rarely
def name_what_left_its_range(c, world):
    """Set the world aside for the first variable that is outside its range."""
    for i in range(c.low.shape[0]):
        if not (c.low[i] <= world[i] <= c.high[i]):
            set_aside(c, OUT_OF_RANGE, ZERO, np.int64(i))


@kernel
def keep_trace(c, world):
    """Copy the world as this week leaves it to the week's own room."""
    values = c.low.shape[0]
    first = (c.week + ONE) * values
    for i in range(values):
        world[first + i] = world[i]


@kernel
def close_world(c, world):
    """Write what came of this world on its line of the sheet, where an ensemble wants it."""
    if c.gathering == ONE:
        gather(c, world)
