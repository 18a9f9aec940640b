"""Reading the theatre's tables: which way is whole, who holds a place, how the ground is where the line stands."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.theatre import (
    AXIS_COUNT,
    AXIS_GOING,
    AXIS_KM,
    EPOCH_OF_YEAR,
    HOLDER_AT_FIRST,
    LINK_A,
    LINK_B,
    PATH_LENGTH,
    PATHS,
)

ZERO, ONE, TWO = np.int64(0), np.int64(1), np.int64(2)
FIRST_YEAR, LAST_YEAR = np.int64(1931), np.int64(1946)
AS_AT_FIRST = 3.0


@kernel
def year_in_tables(c):
    """The year's place in the theatre's tables."""
    return min(max(c.year, FIRST_YEAR), LAST_YEAR) - FIRST_YEAR


@kernel
def epoch_of(year):
    """The state of the railways in that year."""
    return np.int64(EPOCH_OF_YEAR[year])


@kernel
def held(w, place, side):
    """Does this side hold the place, or hold it still?"""
    holder = w.place.holder[place]
    if holder == AS_AT_FIRST:
        return HOLDER_AT_FIRST[place] == side
    return holder == np.float64(side)


@kernel
def whole_path(w, side, epoch, f):
    """The first of a front's two ways that leads only through places its own side holds; -1 where none does."""
    for way in range(TWO):
        if path_links(side, epoch, f, way) > ZERO and is_whole(w, side, epoch, f, way):
            return way
    return -ONE


@kernel
def is_whole(w, side, epoch, f, way):
    """Are all places along this way still held?"""
    for i in range(path_links(side, epoch, f, way)):
        link = path_link(side, epoch, f, way, i)
        if not held(w, LINK_A[link], side) or not held(w, LINK_B[link], side):
            return False
    return True


@kernel
def path_links(side, epoch, f, way):
    """How many links a way has; none where the way is -1."""
    if way < ZERO:
        return ZERO
    return np.int64(PATH_LENGTH[side, epoch, f, way])


@kernel
def path_link(side, epoch, f, way, i):
    """The number of a link of a way."""
    return np.int64(PATHS[side, epoch, f, way, i])


@kernel
def stretch_at(f, km):
    """Which stretch of the axis a point lies on: the number of the place before it."""
    last = AXIS_COUNT[f] - TWO
    at = ZERO
    while at < last and AXIS_KM[f, at + ONE] <= km:
        at += ONE
    return at


@kernel
def going_at(f, km):
    """How good the roads are at that point of the axis, 0 to 1."""
    return AXIS_GOING[f, stretch_at(f, km)]
