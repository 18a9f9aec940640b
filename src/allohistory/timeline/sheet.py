"""The sheet: a line for each world of a call, from which an ensemble copies whole columns.

Histograms of the main series are counted here too, one set a memory, so that threads share nothing; counts are whole
numbers, and their sum is the same in any order.
"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.timeline.shape import BINS

ZERO, ONE = np.int64(0), np.int64(1)
LAST_BIN = np.int64(BINS - 1)


@kernel
def gather(c, world):
    """Write the world that has just been run on line `world`."""
    aside = c.aside != ZERO
    c.sheet_aside[world] = c.aside
    c.sheet_aside_rule[world] = c.aside_rule if aside else ZERO
    c.sheet_aside_week[world] = c.aside_week if aside else ZERO
    c.sheet_departed[world] = c.departed_week
    c.sheet_departures[world] = c.departures
    c.sheet_returned[world] = c.returned
    c.sheet_hindsight[world] = c.hindsight_draws
    c.sheet_draws[world] = c.draws
    c.sheet_slept[world] = c.slept
    for o in range(c.outcome.shape[0]):
        c.sheet_value[world, o] = c.outcome[o]
        c.sheet_day[world, o] = c.outcome_day[o]
    for i in range(c.changes):
        c.sheet_log_probability[world, i] = c.log_probability[i]
        c.sheet_bits[world, i] = c.bits[i]
        c.sheet_applied[world, i] = c.applied[i]
    if not aside:
        count_series(c)


@kernel
def count_series(c):
    """Add this world to the histograms of the main series."""
    for s in range(c.series.shape[0]):
        for quarter in range(c.series.shape[1]):
            place = (c.series[s, quarter] - c.series_low[s]) * c.series_scale[s]
            c.histogram[s, quarter, bin_of(place)] += ONE


@kernel
def bin_of(place):
    """The bin at a place counted in bins; the first and the last take what lies outside."""
    if not (place >= 1.0):
        return ZERO
    if place >= np.float64(LAST_BIN):
        return LAST_BIN
    return np.int64(place)
