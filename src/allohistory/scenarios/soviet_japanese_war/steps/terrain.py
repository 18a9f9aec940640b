"""Where a front stands: the stretch of its axis, the river before it, and what the month does to ground and water."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import FRONT__GOBI, FRONT__KARELIA
from allohistory.scenarios.soviet_japanese_war.theatre import AXIS_COUNT, AXIS_KM, AXIS_RIVER

ZERO, ONE, TWO = np.int64(0), np.int64(1), np.int64(2)
MARCH, APRIL, MAY, JULY, AUGUST, DECEMBER = (np.int64(month) for month in (3, 4, 5, 7, 8, 12))
BESIDE = 5.0  # km: so near to a river the next attack must cross it
HALF = 0.5


@kernel
def stretch(f, km, side):
    """The stretch of an axis that lies before the side that advances from this km: the number of its first place."""
    at, last = ZERO, AXIS_COUNT[f] - TWO
    while at < last and lies_behind(AXIS_KM[f, at + ONE], km, side):
        at += ONE
    return at


@kernel
def lies_behind(place, km, side):
    """Is a place at or behind the line: the Soviet side goes on from a place it has reached, the other back to it?"""
    return place <= km if side == ZERO else place < km


@kernel
def ends(f):
    """The km of an axis' two ends, the Soviet base first."""
    return AXIS_KM[f, 0], AXIS_KM[f, AXIS_COUNT[f] - ONE]


@kernel
def river_before(c, f, km):
    """1 where a defended river runs through the line and bears no troops, else 0; ice bears from December to March."""
    if c.month == DECEMBER or c.month <= MARCH:
        return 0.0
    for i in range(AXIS_COUNT[f]):
        if AXIS_RIVER[f, i] > 0.0 and abs(AXIS_KM[f, i] - km) <= BESIDE:
            return 1.0
    return 0.0


@kernel
def wet_ground(c, f):
    """Rain or thaw, 0 to 1: April and May everywhere; the rains of July, by half, and August east of the steppe."""
    if c.month == APRIL or c.month == MAY:
        return 1.0
    if FRONT__GOBI < f < FRONT__KARELIA:
        if c.month == JULY:
            return HALF
        if c.month == AUGUST:
            return 1.0
    return 0.0


@kernel
def against_finns(f):
    """1 on the axes of the Winter War, else 0."""
    return 1.0 if f >= FRONT__KARELIA else 0.0
