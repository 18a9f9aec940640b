"""What all three draws share: the horizon, whose luck an address takes, the score, and the count of departures."""

import numpy as np

from allohistory.luck.address import uniform
from allohistory.luck.compiled import kernel
from allohistory.timeline import plan
from allohistory.timeline.log import set_aside

ZERO, ONE = np.int64(0), np.int64(1)
PLACES = np.int64(plan.PLACES)
SALT_SHIFT = np.int64(8)
STREAM_WORLDS, STREAM_LATENT = np.int64(0), np.int64(1)
THURSDAY = np.int64(3)

# Why a world is set aside (replay.py has the words).
NO_OPTION, STEP_TOO_FAR, IMPOSSIBLE = np.int64(1), np.int64(2), np.int64(3)
NO_ENTRY, LEDGER_FULL, NOT_A_NUMBER = np.int64(4), np.int64(5), np.int64(6)
ASKED_TWICE, ABOVE_CEILING = np.int64(8), np.int64(9)


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
