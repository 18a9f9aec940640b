"""Clocks: when something happens. Whether a week has a firing is one draw, on which day another."""

import numpy as np

from allohistory.luck.address import occasion as occasion_of
from allohistory.luck.arithmetic import expm1, log
from allohistory.luck.compiled import kernel, rarely
from allohistory.luck.hindsight import day_of, log_fired, log_silent, narrowed, week_fires
from allohistory.timeline.changes import FIRES, VARIABLE_SET, change_of_clock, change_of_hazard, charge
from allohistory.timeline.hindsight import (
    ABOVE_CEILING,
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
from allohistory.timeline.words import NO_CEILING, foresee

WHETHER, WHICH_DAY = np.int64(0), np.int64(1)
REDRAW = ONE
OWN, HISTORYS = np.int64(1), np.int64(2)  # c.luck_of_week, where it is the same all week
A_LITTLE_MORE = 1.0 + 1e-9  # room for rounding between a ceiling and a hazard
YES, NO = np.bool_(True), np.bool_(False)  # a literal would be compiled anew for each value


@kernel
def clock(c, rule, entity, hazard):
    """Does the clock fire this week? 0 if not, else its day, 1 (Monday) to 7.

    hazard  expected firings this week, >= 0; 0 where it is not at risk

    Most clocks in most weeks are silent, and can be told so from one comparison; all else is asked in full.
    """
    row = c.row_of[rule] + entity
    said = c.said[c.week, row]
    if said <= 0 and c.ordinary[rule] == ONE and c.asked[row] != c.week:
        if c.luck_of_week == OWN or said < 0:
            if c.ahead_week[row] == c.week and 0.0 <= hazard <= c.ahead[row] and c.replaying == ZERO:
                foresee(c, rule, entity, row)
                c.asked[row] = c.week
                c.draws += ONE
                c.key = c.week
                return ZERO
        elif c.luck_of_week == HISTORYS and hazard == c.hazard[row, c.week] and c.fast == ONE:
            if c.ceiling[row] < NO_CEILING:
                foresee(c, rule, entity, row)
            c.asked[row] = c.week
            c.draws += ONE
            c.hindsight_draws += ONE
            c.key = c.week
            return ZERO
    return clock_in_full(c, rule, entity, row, hazard)


@kernel
def at_most(c, rule, entity, hazard):
    """Declare a clock's ceiling for this world: its rule never states a higher hazard, whatever happens.

    hazard  expected firings a week; a ceiling of 1 or more decides nothing

    Not taken at its word where the question changes variables or parameters, which the ceiling cannot foresee.
    """
    if c.awake == ONE:
        return
    for i in range(c.changes):
        if c.change_kind[i] >= VARIABLE_SET:
            return
    c.ceiling[c.row_of[rule] + entity] = hazard * A_LITTLE_MORE


@kernel
def sleeps(c, rule, entity):
    """Is it certain before its rule is asked that this clock stays silent this week? If so, it counts as asked.

    It is where the week's uniform lies above the clock's ceiling. Under history's luck too: a silence that is recorded
    only raises the uniform. A recorded firing is always asked, and so is a clock that a change names. What is skipped
    would have come to nothing, so that results are the same with ceilings and without.
    """
    return sleeps_below(c, rule, entity, 1.0)


@kernel
def sleeps_below(c, rule, entity, share):
    """The same where this week's hazard cannot exceed a share of the clock's ceiling.

    share  0 to 1: a factor of the rule's formula that the ceiling takes for 1 and that is known already
    """
    row = c.row_of[rule] + entity
    said = c.said[c.week, row]
    if c.ahead_week[row] != c.week or c.ahead[row] < c.ceiling[row] * share:
        return False
    if c.ceiling[row] >= NO_CEILING:
        return False
    if said > 0 or c.ordinary[rule] == ZERO or c.asked[row] == c.week or c.replaying == ONE:
        return False
    if said == 0:
        if c.luck_of_week == HISTORYS:
            c.hindsight_draws += ONE
        elif c.luck_of_week != OWN:
            return False
    foresee(c, rule, entity, row)
    c.asked[row] = c.week
    c.draws += ONE
    c.slept += ONE
    c.key = c.week
    return True


@rarely
def clock_in_full(c, rule, entity, row, hazard):
    """The same, with all that can bear on a clock: changes, the record, history's luck, the day."""
    if c.nudged_rule == rule:
        hazard = hazard + c.nudge
    if not (hazard >= 0.0 and hazard < 1e6):
        set_aside(c, NOT_A_NUMBER, rule, entity)
        return ZERO
    if hazard > c.ceiling[row] and c.ordinary[rule] == ONE:
        set_aside(c, ABOVE_CEILING, rule, entity)
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
        day = lucky_clock(c, rule, entity, occasion, row, hazard, covered, ours)
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


@rarely
def clock_of_record(c, rule, row, hazard, ours):
    """Replay: what the record says, scored, its hazard kept in the ledger."""
    c.hazard[row, c.week] = hazard
    add_score(c, rule, log_fired(hazard, ours - ONE) if ours > ZERO else log_silent(hazard))
    return ours


@kernel
def lucky_clock(c, rule, entity, occasion, row, hazard, covered, ours):
    """A clock left to its luck: history's before the horizon, its own from there on."""
    if covered and before_horizon(c, rule):
        return carried_clock(c, rule, entity, occasion, row, hazard, ours)
    return free_clock(c, rule, entity, occasion, row, hazard)


@kernel
def whether(c, rule, entity, occasion, row):
    """The uniform that says whether this clock fires this week: drawn ahead where it was foreseen."""
    if c.latent[rule] == ONE and before_horizon(c, rule):
        return luck(c, rule, occasion, WHETHER)
    foresee(c, rule, entity, row)
    if c.ahead_week[row] == c.week:
        return c.ahead[row]
    return luck(c, rule, occasion, WHETHER)


@kernel
def free_clock(c, rule, entity, occasion, row, hazard):
    """The clock of a rule that knows of no history; 1 - exp(-h) never exceeds h, which decides nearly all weeks."""
    v = whether(c, rule, entity, occasion, row)
    if not (v < hazard):
        return ZERO
    if not week_fires(hazard, v, 0.0, NO, NO):
        return ZERO
    return day_of(hazard, luck(c, rule, occasion, WHICH_DAY)) + ONE


@rarely
def carried_clock(c, rule, entity, occasion, row, hazard, ours):
    """The clock under history's own luck: what history had where the hazard is the same, else the posterior."""
    factual = c.hazard[row, c.week]
    c.hindsight_draws += ONE
    if hazard == factual and c.fast == ONE:
        return ours
    if c.clocks == REDRAW and hazard != factual:  # the luck that free running has at this address
        return free_clock(c, rule, entity, occasion, row, hazard)
    v = whether(c, rule, entity, occasion, row)
    if not week_fires(hazard, v, factual, ours > ZERO, YES):
        return ZERO
    which = luck(c, rule, occasion, WHICH_DAY)
    if ours == ZERO:
        return day_of(hazard, which) + ONE
    if hazard == factual:
        return ours
    return day_of(hazard, narrowed(which, factual, ours - ONE)) + ONE


@rarely
def changed_clock(c, rule, entity, occasion, row, hazard, covered, ours):
    """A clock that a change names: scaled, forced, forbidden, or left alone this week."""
    scaled = change_of_hazard(c, rule, entity)
    if scaled >= ZERO:
        before, hazard = hazard, hazard * c.change_value[scaled]
        c.bits[scaled] += relative_entropy(hazard, before)
        c.applied[scaled] += ONE
    i = change_of_clock(c, rule, entity)
    if i < ZERO:
        return lucky_clock(c, rule, entity, occasion, row, hazard, covered, ours)
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
