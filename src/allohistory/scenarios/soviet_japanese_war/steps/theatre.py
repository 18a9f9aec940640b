"""Reading the theatre's tables: which way is whole, who holds a place, how the ground is where the line stands."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.steps.terrain import stretch
from allohistory.scenarios.soviet_japanese_war.theatre import (
    AXIS_COUNT,
    AXIS_GOING,
    AXIS_KM,
    AXIS_PLACE,
    AXIS_RAIL,
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
def whole_way(w, side, epoch, f):
    """The first of a front's two ways that is whole up to its line, and its links so far; -1 and 0 where none is."""
    for way in range(TWO):
        links = np.int64(PATH_LENGTH[side, epoch, f, way])
        used = whole_links(w, side, epoch, f, way, links)
        if links > ZERO and used >= ZERO:
            return way, used
    return -ONE, ZERO


@kernel
def whole_links(w, side, epoch, f, way, links):
    """How many links of a way lead to the line; -1 where the enemy sits on it behind the line."""
    for i in range(links):
        link = path_link(side, epoch, f, way, i)
        for end in (np.int64(LINK_A[link]), np.int64(LINK_B[link])):
            if not held(w, end, side):
                return i if past_line(w, f, side, end) else -ONE
    return links


@kernel
def past_line(w, f, side, place):
    """Does the place lie on this axis, on the enemy's side of the line?"""
    for i in range(AXIS_COUNT[f]):
        if AXIS_PLACE[f, i] == place:
            ahead = AXIS_KM[f, i] - w.front.km[f]
            return ahead >= 0.0 if side == ZERO else ahead <= 0.0
    return False


@kernel
def path_link(side, epoch, f, way, i):
    """The number of a link of a way."""
    return np.int64(PATHS[side, epoch, f, way, i])


@kernel
def going_at(f, km):
    """How good the roads are at that point of the axis, 0 to 1."""
    return AXIS_GOING[f, stretch(f, km, ZERO)]


@kernel
def rails_at(f, km):
    """1 where a railway runs along the axis at that point, else 0."""
    return np.float64(AXIS_RAIL[f, stretch(f, km, ZERO)])
