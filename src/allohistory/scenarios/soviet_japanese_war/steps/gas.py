"""Gas: every four weeks of a general war each side is asked whether it turns to it."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import SIDE__JAPANESE, SIDE__SOVIET, WAR_GAS
from allohistory.scenarios.soviet_japanese_war.rules.ladder import GENERAL_WAR
from allohistory.scenarios.soviet_japanese_war.rules.orders import turns_to_gas
from allohistory.scenarios.soviet_japanese_war.steps.command import weeks_of_war
from allohistory.scenarios.soviet_japanese_war.steps.frontier import flag
from allohistory.timeline.drawing import choice

ZERO, ONE, TWO = np.int64(0), np.int64(1), np.int64(2)
FOUR_WEEKS = np.int64(4)
DEEP_KM = 100.0


@kernel
def gas(c, w, p):
    """Every four weeks of a general war, from its third: does a side that has not used gas turn to it?"""
    weeks = weeks_of_war(c, w)
    if w.war.rung != GENERAL_WAR or w.land.over > 0.0 or w.japan.surrendered > 0.0:
        return
    if weeks % FOUR_WEEKS != TWO:
        return
    japan_has, moscow_has = gas_used(w, SIDE__JAPANESE), gas_used(w, SIDE__SOVIET)
    if moscow_has == 0.0:
        losing = flag(w.side.reach[SIDE__JAPANESE] > DEEP_KM)
        utilities = turns_to_gas(0.0, japan_has, losing, 0.0, p.war_gas)
        if choice(c, WAR_GAS, SIDE__SOVIET, c.week, ZERO, utilities) == ONE:
            moscow_has = 1.0
    if japan_has == 0.0:
        losing = flag(w.side.reach[SIDE__SOVIET] > DEEP_KM)
        utilities = turns_to_gas(1.0, moscow_has, losing, w.japan.fighting_america, p.war_gas)
        if choice(c, WAR_GAS, SIDE__JAPANESE, c.week, ZERO, utilities) == ONE:
            japan_has = 1.0
    w.land.gas = japan_has + 2.0 * moscow_has


@kernel
def gas_used(w, side):
    """1 where this side has used gas."""
    if side == SIDE__JAPANESE:
        return flag(w.land.gas == 1.0 or w.land.gas == 3.0)
    return flag(w.land.gas >= 2.0)
