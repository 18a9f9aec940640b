"""Outcomes that are read off the world at the end of a week; those of clashes and wars are marked as they happen."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    OUTCOME__AMERICA_ENTERS,
    OUTCOME__BELIEVED_RED_ARMY,
    OUTCOME__CHINA_WAR,
    OUTCOME__OIL_EMBARGO,
    OUTCOME__OUR_HISTORY,
    OUTCOME__STRIKE_SOUTH,
)
from allohistory.scenarios.soviet_japanese_war.steps.peace_tally import tally_peace
from allohistory.timeline.drawing import amount, came_true

ZERO, ONE = np.int64(0), np.int64(1)
NO_OIL = 4.0
NEW_YEAR_1939 = np.int64(416)  # the week that holds 1 January 1939


@kernel
def tally(c, w):
    """Mark what has come true this week, and in the last week whether all went as in our history."""
    if w.china.at_war > 0.0:
        came_true(c, OUTCOME__CHINA_WAR)
    if w.america.at_war > 0.0:
        came_true(c, OUTCOME__AMERICA_ENTERS)
    elif w.america.embargo >= NO_OIL:
        came_true(c, OUTCOME__OIL_EMBARGO)
    if w.japan.fighting_america > 0.0 and w.japan.southern_order_week >= 0.0:
        came_true(c, OUTCOME__STRIKE_SOUTH)
    if c.week == NEW_YEAR_1939:
        amount(
            c,
            OUTCOME__BELIEVED_RED_ARMY,
            w.japan.believed_soviet_divisions * w.japan.believed_soviet_quality,
        )
    tally_peace(c, w)
    if c.week == c.weeks - ONE and c.departures == ZERO:
        came_true(c, OUTCOME__OUR_HISTORY)
