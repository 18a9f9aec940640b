"""Clocks: when something happens. Whether a week has a firing is one draw, on which day another."""

import numpy as np

from allohistory.luck.address import occasion as occasion_of
from allohistory.luck.arithmetic import expm1, log
from allohistory.luck.compiled import kernel
from allohistory.luck.hindsight import day_of, log_fired, log_silent, narrowed, week_fires
from allohistory.timeline.changes import FIRES, change_of_clock, change_of_hazard, charge
from allohistory.timeline.hindsight import (
    ASKED_TWICE,
    NOT_A_NUMBER,
    ONE,
    ZERO,
    add_score,
    before_horizon,
    compare,
    luck,
)
from allohistory.timeline.log import note, set_aside

WHETHER, WHICH_DAY = np.int64(0), np.int64(1)
REDRAW = ONE
YES, NO = np.bool_(True), np.bool_(False)  # a literal would be compiled anew for each value


@kernel
def clock(c, rule, entity, hazard):
    """Does the clock fire this week? 0 if not, else its day, 1 (Monday) to 7.

    hazard  expected firings this week, >= 0; 0 where it is not at risk
    """
    if c.nudged_rule == rule:
        hazard = hazard + c.nudge
    if not (hazard >= 0.0 and hazard < 1e6):
        set_aside(c, NOT_A_NUMBER, rule, entity)
        return ZERO
    row = c.row_of[rule] + entity
    if c.asked[row] == c.week:
        set_aside(c, ASKED_TWICE, rule, entity)
    c.asked[row] = c.week
    occasion = occasion_of(c.week, entity, ZERO)
    covered = c.covered[row, c.week] != 0
    ours = np.int64(c.fired[row, c.week])
    c.draws += ONE
    c.key = c.week
    if c.replaying == ONE and covered:
        day = clock_of_record(c, rule, row, hazard, ours)
    elif c.changed[rule] == ONE:
        day = changed_clock(c, rule, entity, occasion, row, hazard, covered, ours)
    else:
        day = lucky_clock(c, rule, occasion, row, hazard, covered, ours)
    if day > ZERO:
        c.day = day - ONE
        c.fired_day = c.day
        c.fired_key = c.key
    compare(c, rule, covered, day == ours, ours > ZERO)
    if c.logging == ONE and (day > ZERO or (covered and ours > ZERO)):
        note(
            c,
            rule,
            entity,
            occasion,
            day - ONE,
            -ONE,
            np.float64(day),
            np.float64(ours),
            covered,
            -expm1(-hazard),
        )
    return day


@kernel
def clock_of_record(c, rule, row, hazard, ours):
    """Replay: what the record says, scored, its hazard kept in the ledger."""
    c.hazard[row, c.week] = hazard
    add_score(c, rule, log_fired(hazard, ours - ONE) if ours > ZERO else log_silent(hazard))
    return ours


@kernel
def lucky_clock(c, rule, occasion, row, hazard, covered, ours):
    """A clock left to its luck: history's before the horizon, its own from there on."""
    whether = luck(c, rule, occasion, WHETHER)
    if not (covered and before_horizon(c, rule)):
        if not week_fires(hazard, whether, 0.0, NO, NO):
            return ZERO
        return day_of(hazard, luck(c, rule, occasion, WHICH_DAY)) + ONE
    factual = c.hazard[row, c.week]
    c.hindsight_draws += ONE
    if hazard == factual and c.fast == ONE:
        return ours
    if c.clocks == REDRAW and hazard != factual:  # the luck that free running has at this address
        if not week_fires(hazard, whether, 0.0, NO, NO):
            return ZERO
        return day_of(hazard, luck(c, rule, occasion, WHICH_DAY)) + ONE
    if not week_fires(hazard, whether, factual, ours > ZERO, YES):
        return ZERO
    which = luck(c, rule, occasion, WHICH_DAY)
    if ours == ZERO:
        return day_of(hazard, which) + ONE
    if hazard == factual:
        return ours
    return day_of(hazard, narrowed(which, factual, ours - ONE)) + ONE


@kernel
def changed_clock(c, rule, entity, occasion, row, hazard, covered, ours):
    """A clock that a change names: scaled, forced, forbidden, or left alone this week."""
    scaled = change_of_hazard(c, rule, entity)
    if scaled >= ZERO:
        before, hazard = hazard, hazard * c.change_value[scaled]
        c.bits[scaled] += relative_entropy(hazard, before)
        c.applied[scaled] += ONE
    i = change_of_clock(c, rule, entity)
    if i < ZERO:
        return lucky_clock(c, rule, occasion, row, hazard, covered, ours)
    if c.change_kind[i] == FIRES:
        if hazard == 0.0:
            return ZERO
        charge(c, i, log(-expm1(-hazard)))
        if c.change_key[i] >= ZERO:
            c.key = c.change_key[i]
        if c.change_day[i] >= ZERO:
            return c.change_day[i] + ONE
        return day_of(hazard, luck(c, rule, occasion, WHICH_DAY)) + ONE
    charge(c, i, -hazard)
    return ZERO


@kernel
def relative_entropy(hazard, before):
    """What one week at a scaled hazard costs, in bits: q log2(q/p) + (1-q) log2((1-q)/(1-p))."""
    if hazard == before or before == 0.0:
        return 0.0
    q, p = -expm1(-hazard), -expm1(-before)
    bits = (1.0 - q) * (before - hazard)
    if q > 0.0:
        bits += q * log(q / p)
    return bits / log(2.0)
