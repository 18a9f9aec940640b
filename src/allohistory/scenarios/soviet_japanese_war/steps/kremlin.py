"""Whether Stalin lives, and who leads Mongolia at Moscow's word."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    MONGOLIA_LEADERS_FALL,
    SECTOR__HALHA_BUIR,
    STALIN_DIES,
)
from allohistory.scenarios.soviet_japanese_war.rules.kremlin import stalin_dies
from allohistory.scenarios.soviet_japanese_war.rules.mongolia import army_lost, leaders_fall
from allohistory.scenarios.soviet_japanese_war.steps.almanac import half_year_begins
from allohistory.scenarios.soviet_japanese_war.steps.dates import weeks_since, years
from allohistory.scenarios.soviet_japanese_war.steps.frontier import purge_at_work
from allohistory.timeline.drawing import clock, sleeps

ZERO = np.int64(0)
ROUNDS = 3.0  # of arrests, after which nobody of standing is left


@kernel
def stalin(c, w, p):
    """Does he die this week?"""
    if w.ussr.stalin_dead_week >= 0.0 or sleeps(c, STALIN_DIES, ZERO):
        return
    hazard = stalin_dies(years(c), weeks_since(c, w.ussr.german_war_week), p.stalin_dies)
    if clock(c, STALIN_DIES, ZERO, hazard) > ZERO:
        w.ussr.stalin_dead_week = np.float64(c.week)


@kernel
def mongolian_leaders(c, w, p):
    """Do Mongolia's leaders fall, and what is left of its army?"""
    m, at_work = w.mongolia, purge_at_work(w)
    if half_year_begins(c):
        m.army_lost = army_lost(m.army_lost, 0.0, at_work, p.mongolia_army)
    if m.falls >= ROUNDS or sleeps(c, MONGOLIA_LEADERS_FALL, ZERO):
        return
    hazard = leaders_fall(
        m.falls,
        at_work,
        weeks_since(c, w.border.last_closed_week[SECTOR__HALHA_BUIR]),
        w.ussr.pledged_mongolia,
        p.mongolia_leaders_fall,
    )
    if clock(c, MONGOLIA_LEADERS_FALL, ZERO, hazard) > ZERO:
        m.falls += 1.0
        m.army_lost = army_lost(m.army_lost, 1.0, at_work, p.mongolia_army)
