"""Choices: which option an actor takes. Utilities plus Gumbel noise, the largest wins."""

import numpy as np

from allohistory.luck.address import occasion as occasion_of
from allohistory.luck.arithmetic import exp
from allohistory.luck.compiled import kernel, rarely
from allohistory.luck.draws import choose_by, log_probability
from allohistory.luck.hindsight import carry_choice
from allohistory.timeline.addresses import free_slot, packed, slot_of
from allohistory.timeline.changes import CHOICE, change_of_occasion, charge
from allohistory.timeline.hindsight import (
    ASKED_TWICE,
    LEDGER_FULL,
    NO_ENTRY,
    NO_OPTION,
    ONE,
    STEP_TOO_FAR,
    STREAM_LATENT,
    STREAM_WORLDS,
    THURSDAY,
    ZERO,
    add_score,
    before_horizon,
    compare,
)
from allohistory.timeline.log import note, set_aside
from allohistory.timeline.words import draw_noise

STEPS = np.int64(512)


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


@rarely
def choice_of_record(c, rule, entity, address, options, ours):
    """Replay: what the record says, scored, its utilities kept in the ledger."""
    if ours < ZERO:
        set_aside(c, NO_ENTRY, rule, entity)
        return ZERO
    slot = free_slot(c.ledger_key, address)
    if slot < ZERO or c.ledger_used * np.int64(2) > np.int64(c.ledger_key.shape[0]):
        set_aside(c, LEDGER_FULL, rule, entity)
        return ours
    if c.ledger_key[slot] == address:
        set_aside(c, ASKED_TWICE, rule, entity)
    c.ledger_key[slot] = address
    c.ledger_used += ONE
    c.ledger_took[slot] = np.float64(ours)
    c.ledger_week[slot] = c.week
    for i in range(options):
        c.ledger_inputs[slot, i] = c.inputs[i]
    add_score(c, rule, log_probability(c.inputs, options, ours))
    return ours


@rarely
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
            draw_noise(c, c.latent_seed, STREAM_LATENT, ZERO, rule, occasion, ZERO)
            return choose_by(c.inputs, c.noise, options)
    draw_noise(c, c.seed, STREAM_WORLDS, c.timeline, rule, occasion, c.salt)
    return choose_by(c.inputs, c.noise, options)


@kernel
def day_of_occasion(c, key, entry, as_recorded):
    """The day a choice falls on: the record's in its week, else that of the event's firing, else a Thursday."""
    if entry >= ZERO and as_recorded and c.entry_week[entry] == c.week:
        return c.entry_day[entry]
    if c.fired_key == key:
        return c.fired_day
    return THURSDAY
