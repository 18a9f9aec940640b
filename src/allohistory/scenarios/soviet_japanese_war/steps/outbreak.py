"""How war begins: by a clash that grew, by Tokyo's choice, by Moscow's choice. War swallows the open crises."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    OUTCOME__GENERAL_WAR,
    OUTCOME__JAPAN_ATTACKS,
    OUTCOME__LARGEST_CLASH,
    OUTCOME__SERIOUS_WAR,
    OUTCOME__SOVIET_ATTACK,
    OUTCOME__THEATRE_WAR,
    OUTCOME__WAR_BEGINS,
    OUTCOME__WAR_ROAD,
)
from allohistory.scenarios.soviet_japanese_war.rules.ladder import GENERAL_WAR, THEATRE_WAR
from allohistory.scenarios.soviet_japanese_war.steps.ladder import close_all
from allohistory.timeline.drawing import amount, came_true, which

GROWN_CLASH, JAPANESE_CHOICE, SOVIET_CHOICE = 1.0, 2.0, 3.0
LIMITED = 1.0
ZERO, SUNDAY = np.int64(0), np.int64(6)
LAST_YEAR = np.int64(1945)


@kernel
def grown_to_theatre_war(c, w):
    """A clash has become an undeclared theatre war."""
    begin_theatre_war(c, w, GROWN_CLASH)


@kernel
def grown_to_general_war(c, w):
    """A clash, or a limited war that grew from one, has become general war."""
    begin_general_war(c, w, GROWN_CLASH)


@kernel
def begin_theatre_war(c, w, road):
    """Undeclared war of several armies with limited aims."""
    if w.war.rung != 0.0:
        return
    w.war.rung, w.war.theatre_week = THEATRE_WAR, np.float64(c.week)
    w.war.moscow_aim, w.war.tokyo_aim = LIMITED, LIMITED
    take_road(c, w, road)
    came_true(c, OUTCOME__THEATRE_WAR)
    amount(c, OUTCOME__LARGEST_CLASH, THEATRE_WAR)
    close_all(c, w)


@kernel
def begin_general_war(c, w, road):
    """General war, declared or not; one that grew out of a theatre war keeps the road by which that came."""
    if w.war.rung == GENERAL_WAR:
        return
    if w.war.rung == 0.0:
        take_road(c, w, road)
    w.war.rung, w.war.general_week = GENERAL_WAR, np.float64(c.week)
    came_true(c, OUTCOME__GENERAL_WAR)
    amount(c, OUTCOME__LARGEST_CLASH, GENERAL_WAR)
    close_all(c, w)


@kernel
def fighting_stops(c, w):
    """A truce or terms: no order to attack outlives the war, nor a day that Moscow has promised to its allies, and the
    divisions that stood ready go home."""
    w.war.rung, w.war.truce_week, w.war.moscow_date = 0.0, np.float64(c.week), -1.0
    w.japan.northern_order_week, w.japan.prepared_north = -1.0, 0.0


@kernel
def take_road(c, w, road):
    """Remember how the war came; a Soviet war of 1945 on a Japan that fights America is no serious war of its own."""
    w.war.road, w.war.began_week = road, np.float64(c.week)
    w.war.began_day = np.float64(min(max(c.day, ZERO), SUNDAY))
    came_true(c, OUTCOME__WAR_BEGINS)
    late = road == SOVIET_CHOICE and c.year >= LAST_YEAR and w.america.at_war > 0.0
    if not late:
        came_true(c, OUTCOME__SERIOUS_WAR)
    which(c, OUTCOME__WAR_ROAD, np.int64(road))
    if road == JAPANESE_CHOICE:
        came_true(c, OUTCOME__JAPAN_ATTACKS)
    elif road == SOVIET_CHOICE and c.year < LAST_YEAR:
        came_true(c, OUTCOME__SOVIET_ATTACK)
