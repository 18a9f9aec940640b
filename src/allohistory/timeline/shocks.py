"""Shocks: how large an outcome is. Mean and spread, and one normal draw."""

import numpy as np

from allohistory.luck.address import occasion as occasion_of
from allohistory.luck.arithmetic import log, normal_cdf
from allohistory.luck.compiled import kernel, rarely
from allohistory.luck.draws import log_interval, shock_value
from allohistory.luck.hindsight import carry_shock
from allohistory.timeline.addresses import free_slot, packed, slot_of
from allohistory.timeline.changes import SHOCK_SET, SHOCK_SHIFT, change_of_occasion, charge
from allohistory.timeline.choices import day_of_occasion
from allohistory.timeline.hindsight import (
    ASKED_TWICE,
    LEDGER_FULL,
    NO_ENTRY,
    NOT_A_NUMBER,
    ONE,
    ZERO,
    add_score,
    before_horizon,
    compare,
    luck,
)
from allohistory.timeline.log import note, set_aside

VALUE = np.int64(0)


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
        value = lucky_shock(c, rule, occasion, address, mean, sd)
        if c.changed[rule] == ONE:
            value = changed_shock(c, rule, entity, key, step, mean, sd, value)
    ours = c.entry_took[entry] if entry >= ZERO else np.nan
    c.day = day_of_occasion(c, key, entry, value == ours)
    if covered:
        compare(c, rule, covered, value == ours, entry >= ZERO)
    if c.logging == ONE:
        note(c, rule, entity, occasion, c.day, -ONE, value, ours, covered, np.nan)
    return value


@rarely
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
    if c.ledger_key[slot] == address:
        set_aside(c, ASKED_TWICE, rule, entity)
    c.ledger_key[slot] = address
    c.ledger_used += ONE
    c.ledger_took[slot] = value
    c.ledger_week[slot] = c.week
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


@rarely
def changed_shock(c, rule, entity, key, step, mean, sd, value):
    """The value after the changes that name this shock."""
    i = change_of_occasion(c, rule, entity, key, step, SHOCK_SET)
    if i >= ZERO:
        below = normal_cdf((c.change_value[i] - mean) / sd)
        charge(c, i, log(2.0 * min(below, 1.0 - below) + 1e-300))
        return c.change_value[i]
    i = change_of_occasion(c, rule, entity, key, step, SHOCK_SHIFT)
    if i >= ZERO:
        size = c.change_value[i] / sd
        c.bits[i] += (
            0.5 * size * size / log(2.0)
        )  # the relative entropy of a normal that is moved by so many spreads
        c.applied[i] += ONE
        return value + c.change_value[i]
    return value
