"""Japan at home, once a year or with each cabinet: who gets the steel, the harvest, what men come in."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    CABINET_TEMPER,
    JAPAN_HARVEST,
    TOKYO_SHARES_STEEL,
)
from allohistory.scenarios.soviet_japanese_war.rules import home as rules
from allohistory.scenarios.soviet_japanese_war.rules.quotas import tokyo_shares_steel
from allohistory.scenarios.soviet_japanese_war.steps.almanac import APRIL, OCTOBER, yes
from allohistory.scenarios.soviet_japanese_war.steps.dates import first_week_of, lately, weeks_since
from allohistory.timeline.drawing import choice

ZERO = np.int64(0)
STEPS_ALL, SOUTH, NORTH = 4.0, 2.0, 3.0
HALF_YEAR = 26.0


@kernel
def shares_steel(c, w, p):
    """Once a year, as the fiscal year begins: 1 where the Army comes first, -1 where the Navy does."""
    if w.japan.surrendered > 0.0 or not first_week_of(c, APRIL):
        return
    utilities = tokyo_shares_steel(
        w.china.at_war,
        weeks_since(c, w.border.division_battle_week),
        yes(w.japan.policy == NORTH),
        yes(w.japan.policy == SOUTH),
        w.america.embargo / STEPS_ALL,
        w.japan.fighting_america,
        p.tokyo_shares_steel,
    )
    w.japan.army_share = 1.0 - np.float64(choice(c, TOKYO_SHARES_STEEL, ZERO, c.week, ZERO, utilities))


@kernel
def harvest(c, w, p):
    """The rice harvest, in the first week of October."""
    if not first_week_of(c, OCTOBER):
        return
    utilities = rules.harvest(w.japan.fighting_america, p.japan_harvest)
    if choice(c, JAPAN_HARVEST, ZERO, c.week, ZERO, utilities) > ZERO:
        w.japan.bad_harvest_week = np.float64(c.week)


@kernel
def hardship(c, w, p):
    """Hunger in the villages against the usual."""
    return rules.hardship(weeks_since(c, w.japan.bad_harvest_week), p.japan_hardship)


@kernel
def new_cabinet(c, w, p):
    """What men come in: -1 cautious, 0 middle, 1 forward. Asked in the week in which a cabinet falls, under its key."""
    tide = w.europe.france_fallen > 0.0 or w.europe.german_progress > 0.0
    utilities = rules.cabinet_temper(
        lately(c, w.japan.uproar_week, HALF_YEAR),
        lately(c, w.border.division_lost_week, HALF_YEAR),
        yes(tide and w.europe.german_progress >= 0.0),
        w.japan.fighting_america,
        p.cabinet_temper,
    )
    w.japan.cabinet_temper = np.float64(choice(c, CABINET_TEMPER, ZERO, c.key, ZERO, utilities)) - 1.0
