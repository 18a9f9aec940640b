"""Luck drawn ahead: at the start of a week, the words of all clocks that were asked the week before, at once.

Nearly every clock that is asked this week was asked last week. Philox is a long chain of multiplications, each waiting
for the one before; many chains side by side cost little more than one. A clock that was not foreseen draws its own
words, and gets the same ones, for luck depends on its address alone.
"""

import numpy as np

from allohistory.luck.address import (
    ENTITY_SHIFT,
    SALT_SHIFT,
    SLOT_WHETHER,
    STREAM_WORLDS,
    WEEK_KEY_SHIFT,
    WEEK_KEYS,
    WORD_MASK,
    unit_interval,
)
from allohistory.luck.compiled import kernel
from allohistory.luck.philox import FIVEFOLD_0, FIVEFOLD_1, WORD, five_rounds
from allohistory.timeline import shape

ZERO, ONE = np.int64(0), np.int64(1)
LANES = np.int64(shape.LANES)
MORE = LANES - ONE
NO_CEILING = 1e300


@kernel
def forget_ahead(c):
    """A world begins: nothing has been drawn ahead, and no clock has a ceiling."""
    c.queued = ZERO
    for row in range(c.ahead_week.shape[0]):
        c.ahead_week[row] = -ONE
        c.ceiling[row] = NO_CEILING


@kernel
def draw_ahead(c):
    """Draw the uniforms of slot 0, this week, for the clocks in the queue; then empty it."""
    n = c.queued
    timeline = np.uint64(c.timeline & WORD_MASK)
    slot = np.uint64((SLOT_WHETHER | (c.salt << SALT_SHIFT)) & WORD_MASK)
    seed = np.uint64(c.seed & WORD_MASK)
    stream = np.uint64(STREAM_WORLDS)
    again_0, again_1 = (seed + FIVEFOLD_0) & WORD, (stream + FIVEFOLD_1) & WORD
    week = np.uint64((c.week & (WEEK_KEYS - ONE)) << WEEK_KEY_SHIFT)
    for i in range((n + MORE) // LANES * LANES):  # in whole lots of lanes: what is drawn beyond n is not used
        at = week | np.uint64(c.queue_occasion[i])
        c0, c1, c2, c3 = five_rounds(timeline, np.uint64(c.queue_rule[i]), at, slot, seed, stream)
        c0, c1, c2, c3 = five_rounds(c0, c1, c2, c3, again_0, again_1)
        c.ahead_in_queue[i] = unit_interval(c0, c1)
    for i in range(n):
        row = c.queue_row[i]
        c.ahead[row] = c.ahead_in_queue[i]
        c.ahead_week[row] = c.week
    c.queued = ZERO


@kernel
def foresee(c, rule, entity, row):
    """Queue a clock that took its own luck this week, to be drawn ahead next week."""
    n = c.queued
    if n < np.int64(c.queue_row.shape[0]):
        c.queue_row[n] = row
        c.queue_rule[n] = rule
        c.queue_occasion[n] = entity << ENTITY_SHIFT
        c.queued = n + ONE


@kernel
def draw_noise(c, seed, stream, timeline, rule, at, salt):
    """The uniforms of slots 0 to 7 of a choice's occasion, one an option, into c.noise."""
    k0, k1 = np.uint64(seed & WORD_MASK), np.uint64(stream & WORD_MASK)
    again_0, again_1 = (k0 + FIVEFOLD_0) & WORD, (k1 + FIVEFOLD_1) & WORD
    t, r, o = np.uint64(timeline & WORD_MASK), np.uint64(rule & WORD_MASK), np.uint64(at & WORD_MASK)
    salted = np.uint64((salt << SALT_SHIFT) & WORD_MASK)
    for i in range(LANES):
        c0, c1, c2, c3 = five_rounds(t, r, o, salted | np.uint64(i), k0, k1)
        c0, c1, c2, c3 = five_rounds(c0, c1, c2, c3, again_0, again_1)
        c.noise[i] = unit_interval(c0, c1)
