"""Drawing: how a clock, a choice or a shock takes its luck in the world that is being run.

This is where the four modes become one. Replay imposes what the record says, scores it, and writes the
factual inputs into the ledger. Every other world looks at the horizon: at a recorded address before it, luck
is the posterior under the ledger's inputs (what history's luck would have made of these inputs); from it on,
luck is the prior. A change imposes itself on either.

    clock(c, rule, entity, hazard)                   0, or the day of the week (1 to 7) on which it fires
    choice(c, rule, entity, key, step, utilities)    the number of the option taken
    shock(c, rule, entity, key, step, mean, sd)      the value

c is the context record. key is the week key of the occasion: this week (c.week) for a standing decision, the
week in which the event began for what hangs on an event, a frozen number for a decision that history took
once. A world that leaves what can be handled is set aside with a reason, never repaired.
"""

import numpy as np

from allohistory.luck.address import occasion as occasion_of
from allohistory.luck.address import uniform
from allohistory.luck.arithmetic import exp, expm1, log, normal_cdf
from allohistory.luck.compiled import kernel
from allohistory.luck.draws import choose, log_interval, log_probability, shock_value
from allohistory.luck.hindsight import (
    carry_choice,
    carry_shock,
    day_of,
    log_fired,
    log_silent,
    narrowed,
    week_fires,
)
from allohistory.timeline.addresses import free_slot, packed, slot_of
from allohistory.timeline.changes import (
    CHOICE,
    FIRES,
    SHOCK_SET,
    SHOCK_SHIFT,
    change_of_clock,
    change_of_hazard,
    change_of_occasion,
    charge,
)
from allohistory.timeline.log import amount, came_true, note, set_aside, which

__all__ = ["amount", "came_true", "choice", "clock", "shock", "which"]

ZERO, ONE = np.int64(0), np.int64(1)
PLACES = np.int64(64)
SALT_SHIFT = np.int64(8)
WHETHER, WHICH_DAY, ANEW, VALUE = np.int64(0), np.int64(1), np.int64(2), np.int64(0)
STREAM_WORLDS, STREAM_LATENT = np.int64(0), np.int64(1)
NO_OPTION, STEP_TOO_FAR, IMPOSSIBLE, NO_ENTRY, LEDGER_FULL, NOT_A_NUMBER = (
    np.int64(1),
    np.int64(2),
    np.int64(3),
    np.int64(4),
    np.int64(5),
    np.int64(6),
)
REDRAW = ONE
THURSDAY = np.int64(3)
STEPS = np.int64(512)


@kernel
def before_horizon(c, rule):
    """Does this rule's place in this week come before luck is freed?"""
    return c.week * PLACES + c.place_of[rule] < c.horizon


@kernel
def luck(c, rule, occasion, purpose):
    """The uniform of this address: the timeline's own, or the draw's where the luck is latent and bound."""
    if c.latent[rule] == ONE and before_horizon(c, rule):
        return uniform(c.latent_seed, STREAM_LATENT, ZERO, rule, occasion, purpose)
    return uniform(c.seed, STREAM_WORLDS, c.timeline, rule, occasion, purpose | (c.salt << SALT_SHIFT))


@kernel
def add_score(c, rule, log_chance):
    """Add one recorded draw to the log-likelihood of the record."""
    c.log_likelihood += log_chance
    c.log_likelihood_of[rule] += log_chance
    c.log_likelihood_in[c.year - c.year_of[0]] += log_chance
    if not (log_chance > -1e300):
        set_aside(c, IMPOSSIBLE, rule, ZERO)


# ---------------------------------------------------------------- clocks


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
        note(c, rule, entity, occasion, day - ONE, -ONE, np.float64(day), np.float64(ours), covered, -expm1(-hazard))
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
        if not week_fires(hazard, whether, 0.0, False, False):
            return ZERO
        return day_of(hazard, luck(c, rule, occasion, WHICH_DAY)) + ONE
    factual = c.hazard[row, c.week]
    c.hindsight_draws += ONE
    if hazard == factual and c.fast == ONE:
        return ours
    if c.clocks == REDRAW and hazard != factual:
        if not week_fires(hazard, luck(c, rule, occasion, ANEW), 0.0, False, False):
            return ZERO
        return day_of(hazard, luck(c, rule, occasion, WHICH_DAY)) + ONE
    if not week_fires(hazard, whether, factual, ours > ZERO, True):
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


# ---------------------------------------------------------------- choices


@kernel
def choice(c, rule, entity, key, step, utilities):
    """Which option is taken? Its number in the rule's order.

    utilities  one float an option, in units of the noise; -inf closes an option
    """
    for i in range(len(utilities)):
        c.inputs[i] = utilities[i]
    return choice_among(c, rule, entity, key, step, np.int64(len(utilities)))


@kernel
def choice_among(c, rule, entity, key, step, options):
    """The same, with the utilities standing in c.inputs."""
    if c.nudged_rule == rule:
        c.inputs[0] = c.inputs[0] + c.nudge
    if not (ZERO <= step < STEPS):
        set_aside(c, STEP_TOO_FAR, rule, entity)
        return ZERO
    covered = c.covered[c.row_of[rule] + entity, c.week] != 0
    occasion = occasion_of(key, entity, step)
    address = packed(rule, occasion)
    entry = slot_of(c.entry_key, address)
    ours = recorded_option(c, rule, covered, entry)
    c.draws += ONE
    if c.replaying == ONE and covered:
        took = choice_of_record(c, rule, entity, address, options, ours)
    else:
        took = -ONE
        if c.changed[rule] == ONE:
            took = changed_choice(c, rule, entity, key, step, options)
        if took < ZERO:
            took = lucky_choice(c, rule, occasion, address, options)
    if took < ZERO:
        set_aside(c, NO_OPTION, rule, entity)
        return ZERO
    c.day = day_of_occasion(c, key, entry, took == ours)
    compare(c, rule, covered, took == ours, entry >= ZERO)
    if c.logging == ONE and (entry >= ZERO or took != c.silent_of[rule]):
        chance = exp(log_probability(c.inputs, options, took))
        note(c, rule, entity, occasion, c.day, took, np.float64(took), np.float64(ours), covered, chance)
    return took


@kernel
def recorded_option(c, rule, covered, entry):
    """What our history took at this occasion: its entry, else the silent option; -1 where it says nothing."""
    if entry >= ZERO:
        return np.int64(c.entry_took[entry])
    if covered:
        return c.silent_of[rule]
    return -ONE


@kernel
def choice_of_record(c, rule, entity, address, options, ours):
    """Replay: what the record says, scored, its utilities kept in the ledger."""
    if ours < ZERO:
        set_aside(c, NO_ENTRY, rule, entity)
        return ZERO
    slot = free_slot(c.ledger_key, address)
    if slot < ZERO or c.ledger_used * np.int64(2) > np.int64(c.ledger_key.shape[0]):
        set_aside(c, LEDGER_FULL, rule, entity)
        return ours
    c.ledger_key[slot] = address
    c.ledger_used += ONE
    c.ledger_took[slot] = np.float64(ours)
    for i in range(options):
        c.ledger_inputs[slot, i] = c.inputs[i]
    add_score(c, rule, log_probability(c.inputs, options, ours))
    return ours


@kernel
def changed_choice(c, rule, entity, key, step, options):
    """The option that a change imposes at this occasion, charged; -1 where none does or it is closed."""
    i = change_of_occasion(c, rule, entity, key, step, CHOICE)
    if i < ZERO or c.change_option[i] >= options:
        return -ONE
    log_chance = log_probability(c.inputs, options, c.change_option[i])
    if not (log_chance > -1e300):
        return -ONE
    charge(c, i, log_chance)
    return c.change_option[i]


@kernel
def lucky_choice(c, rule, occasion, address, options):
    """A choice left to its luck: history's before the horizon, its own from there on; -1 if nothing is open."""
    if before_horizon(c, rule):
        slot = slot_of(c.ledger_key, address)
        if slot >= ZERO:
            c.hindsight_draws += ONE
            return carry_choice(
                c.ledger_inputs[slot],
                c.inputs,
                options,
                np.int64(c.ledger_took[slot]),
                c.seed,
                STREAM_WORLDS,
                c.timeline,
                rule,
                occasion,
                c.salt,
                c.coupling,
                c.fast,
            )
        if c.latent[rule] == ONE:
            return choose(c.inputs, options, c.latent_seed, STREAM_LATENT, ZERO, rule, occasion, ZERO)
    return choose(c.inputs, options, c.seed, STREAM_WORLDS, c.timeline, rule, occasion, c.salt)


@kernel
def day_of_occasion(c, key, entry, as_recorded):
    """The day a choice falls on: the record's in its week, else that of the event's firing, else a Thursday."""
    if entry >= ZERO and as_recorded and c.entry_week[entry] == c.week:
        return c.entry_day[entry]
    if c.fired_key == key:
        return c.fired_day
    return THURSDAY


# ---------------------------------------------------------------- shocks


@kernel
def shock(c, rule, entity, key, step, mean, sd):
    """How large? A normal value with this mean and spread (both in the rule's unit, sd > 0)."""
    if c.nudged_rule == rule:
        mean = mean + c.nudge
    if not (sd > 0.0) or not (-1e300 < mean < 1e300):
        set_aside(c, NOT_A_NUMBER, rule, entity)
        return 0.0
    covered = c.covered[c.row_of[rule] + entity, c.week] != 0
    occasion = occasion_of(key, entity, step)
    address = packed(rule, occasion)
    entry = slot_of(c.entry_key, address)
    c.draws += ONE
    if c.replaying == ONE and covered:
        value = shock_of_record(c, rule, entity, address, entry, mean, sd)
    else:
        value = changed_shock(c, rule, entity, key, step, mean, sd, lucky_shock(c, rule, occasion, address, mean, sd))
    ours = c.entry_took[entry] if entry >= ZERO else np.nan
    c.day = day_of_occasion(c, key, entry, value == ours)
    if covered:
        compare(c, rule, covered, value == ours, entry >= ZERO)
    if c.logging == ONE:
        note(c, rule, entity, occasion, c.day, -ONE, value, ours, covered, np.nan)
    return value


@kernel
def shock_of_record(c, rule, entity, address, entry, mean, sd):
    """Replay: the recorded value, scored over its rounding interval, mean and spread kept in the ledger."""
    if entry < ZERO:
        set_aside(c, NO_ENTRY, rule, entity)
        return mean
    slot = free_slot(c.ledger_key, address)
    if slot < ZERO or c.ledger_used * np.int64(2) > np.int64(c.ledger_key.shape[0]):
        set_aside(c, LEDGER_FULL, rule, entity)
        return mean
    value = c.entry_took[entry]
    c.ledger_key[slot] = address
    c.ledger_used += ONE
    c.ledger_took[slot] = value
    c.ledger_inputs[slot, 0] = mean
    c.ledger_inputs[slot, 1] = sd
    add_score(c, rule, log_interval(value, c.entry_half[entry], mean, sd))
    return value


@kernel
def lucky_shock(c, rule, occasion, address, mean, sd):
    """A shock left to its luck."""
    if before_horizon(c, rule):
        slot = slot_of(c.ledger_key, address)
        if slot >= ZERO:
            c.hindsight_draws += ONE
            inputs = c.ledger_inputs[slot]
            return carry_shock(c.ledger_took[slot], inputs[0], inputs[1], mean, sd, c.fast)
    return shock_value(mean, sd, luck(c, rule, occasion, VALUE))


@kernel
def changed_shock(c, rule, entity, key, step, mean, sd, value):
    """The value after the changes that name this shock."""
    if c.changed[rule] == ZERO:
        return value
    i = change_of_occasion(c, rule, entity, key, step, SHOCK_SET)
    if i >= ZERO:
        below = normal_cdf((c.change_value[i] - mean) / sd)
        charge(c, i, log(2.0 * min(below, 1.0 - below) + 1e-300))
        return c.change_value[i]
    i = change_of_occasion(c, rule, entity, key, step, SHOCK_SHIFT)
    if i >= ZERO:
        size = c.change_value[i] / sd
        charge(c, i, -0.5 * size * size)
        return value + c.change_value[i]
    return value


@kernel
def compare(c, rule, covered, same, listed):
    """Keep count of recorded entries that came back, and of departures from the record."""
    if not covered:
        return
    if same:
        if listed:
            c.returned += ONE
    else:
        c.departures += ONE
        if c.departed_week < ZERO:
            c.departed_week = c.week
            c.departed_rule = rule
