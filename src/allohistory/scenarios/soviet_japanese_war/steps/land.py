"""The week of a war on land, in its order; and how it stops.

    1  the armies are set on the map, once; what opened the war and how far it surprised
    2  arrivals, replacements, sickness; men board the trains
    3  supply: lines under fire, lines, columns, stocks
    4  orders; behind the fronts: guerrillas, mutinies, men shifted, armies that fall back
    5  battle, front by front
    6  railheads, works, broken lines; places change hands; cut-off armies, Vladivostok
    7  sea and air
    8  arms laid down after Tokyo's surrender; what the capitals make of the fronts is in steps/bargains.py
    9  what came of it

In peace none of it is asked.
"""

import numpy as np

from allohistory.luck.arithmetic import exp, log
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    FRONT__MARITIME,
    FRONTS,
    PLACES,
    REGION__KARAFUTO,
    REGION__MANCHURIA,
    REGION__MARITIME_PROVINCE,
    REGION__NORTH_SAKHALIN,
    REGION__NORTHERN_KOREA,
    REGION__OUTER_MONGOLIA,
)
from allohistory.scenarios.soviet_japanese_war.rules.ladder import THEATRE_WAR
from allohistory.scenarios.soviet_japanese_war.rules.supply import laying_down, programme
from allohistory.scenarios.soviet_japanese_war.steps.battle import battle
from allohistory.scenarios.soviet_japanese_war.steps.command import give_orders, open_war
from allohistory.scenarios.soviet_japanese_war.steps.dates import years
from allohistory.scenarios.soviet_japanese_war.steps.demobilisation import count_what_is_left
from allohistory.scenarios.soviet_japanese_war.steps.gas import gas
from allohistory.scenarios.soviet_japanese_war.steps.ground import ground, lay_down_arms
from allohistory.scenarios.soviet_japanese_war.steps.muster import mass, muster, reinforce
from allohistory.scenarios.soviet_japanese_war.steps.rear import on_the_next_line, rear
from allohistory.scenarios.soviet_japanese_war.steps.sea import end_sea, sea_and_air, start_sea
from allohistory.scenarios.soviet_japanese_war.steps.supply import build, fire_on_lines, repair_lines, supply
from allohistory.scenarios.soviet_japanese_war.steps.theatre import AS_AT_FIRST, epoch_of, year_in_tables
from allohistory.scenarios.soviet_japanese_war.steps.toll import toll
from allohistory.scenarios.soviet_japanese_war.steps.toll_at_sea import toll_at_sea
from allohistory.scenarios.soviet_japanese_war.theatre import AXIS_COUNT, AXIS_PLACE, FALLS_FRONT

ONE, TWO = np.int64(1), np.int64(2)
STRAGGLERS = 5.0  # thousand men
WEEK = 7.0
NO_LAND = np.int64(-1)  # Siberia and Finland are no articles of terms here
# By front: the land that a Soviet army enters there, and the one that a Japanese army enters.
JAPANESE_LAND = (
    *(REGION__MANCHURIA,) * 7,
    REGION__NORTHERN_KOREA,
    REGION__KARAFUTO,
    NO_LAND,
    NO_LAND,
)
SOVIET_LAND = (
    NO_LAND,
    *(REGION__OUTER_MONGOLIA,) * 2,
    *(NO_LAND,) * 2,
    *(REGION__MARITIME_PROVINCE,) * 3,
    REGION__NORTH_SAKHALIN,
    NO_LAND,
    NO_LAND,
)


@kernel
def war_on_land(c, w, p):
    """The week of the war, where there is one."""
    if w.land.mustered > 0.0 and w.war.rung < THEATRE_WAR and w.japan.surrendered == 0.0:
        stand_down(w, p)
    if w.land.over > 0.0 or w.war.rung < THEATRE_WAR:
        repair_lines(w, p)
        return
    if w.land.mustered == 0.0:
        begin(c, w, p)
    share_of_week(c, w, p)
    reinforce(c, w, p)
    year = year_in_tables(c)
    fire_on_lines(w, p, epoch_of(year))
    supply(c, w, p, year, epoch_of(year))
    give_orders(c, w, p)
    gas(c, w, p)
    rear(c, w, p)
    for f in range(FRONTS):
        if w.front.open[f] > 0.0:
            battle(c, w, p, f)
    build(w, p, epoch_of(year))
    repair_lines(w, p)
    on_the_next_line(c, w)
    ground(c, w, p)
    sea_and_air(c, w, p)
    ending(c, w, p)
    toll(c, w)
    toll_at_sea(c, w)


@kernel
def begin(c, w, p):
    """The first week: lines as this world built them, armies on the map, the first blow."""
    w.land.soviet_lines = programme(w.ussr.trains_a_day, years(c), p.supply_programme)
    w.land.japanese_lines = exp(log(2.0) * w.japan.rail_lead)
    for s in range(TWO):
        w.side.lost_before[s] = w.side.losses[s] + w.side.captured[s]
    muster(c, w, p)
    start_sea(c, w, p)
    open_war(c, w, p)
    mass(c, w, p)
    w.land.mustered = 1.0


@kernel
def share_of_week(c, w, p):
    """How much of this week is fought: the rest of it where the war begins, a part where Japan surrenders."""
    w.land.part = 1.0
    if np.float64(c.week) == w.war.began_week:
        w.land.part = (WEEK - w.war.began_day) / WEEK
    if w.japan.surrendered > 0.0:
        if w.land.surrender_week < 0.0:
            w.land.surrender_week = np.float64(c.week)
        if since_surrender(c, w) == 0.0:
            fought, _ = laying_down(0.0, p.war_laying_down)
            w.land.part *= fought


@kernel
def since_surrender(c, w):
    """Weeks since Japan surrendered; 0 in the week itself."""
    return np.float64(c.week) - w.land.surrender_week


@kernel
def ending(c, w, p):
    """Arms laid down after Tokyo's surrender; else, how long no army has attacked."""
    if w.japan.surrendered > 0.0:
        _, share = laying_down(since_surrender(c, w), p.war_laying_down)
        lay_down_arms(c, w, share)
        if left(w, ONE) < STRAGGLERS:
            w.land.over = 1.0
        return
    attacks = 0.0
    for f in range(FRONTS):
        attacks += w.front.attacker[f]
    w.land.quiet_weeks = 0.0 if attacks > 0.0 else w.land.quiet_weeks + 1.0


@kernel
def left(w, side):
    """Thousand men that a side has on the fronts."""
    men = 0.0
    for f in range(FRONTS):
        men += w.army.men[TWO * f + side]
    return men


@kernel
def lost(w, side):
    """Thousand men that a side has lost since this war began, dead, wounded, missing and captured."""
    return w.side.losses[side] + w.side.captured[side] - w.side.lost_before[side]


@kernel
def stand_down(w, p):
    """After a truce or terms the fronts close, armies are counted, and ground that no terms gave away goes back to who
    held it before."""
    w.land.mustered = 0.0
    for s in range(TWO):
        count_what_is_left(w, s, lost(w, s), left(w, s), p)
    end_sea(w)
    for f in range(FRONTS):
        back_to_the_border(w, f)
        w.front.open[f] = 0.0
        w.front.attacker[f] = 0.0
        w.front.moved[f] = 0.0


@kernel
def back_to_the_border(w, f):
    """One front: the line of before the war, and its places, but where the land beyond has another ruler now."""
    beyond = JAPANESE_LAND[f] if w.front.km[f] > 0.0 else SOVIET_LAND[f]
    if beyond >= 0 and w.region.ruler[beyond] > 0.0:
        return
    w.front.km[f] = 0.0
    for i in range(AXIS_COUNT[f]):
        w.place.holder[AXIS_PLACE[f, i]] = AS_AT_FIRST
    for x in range(PLACES):
        if FALLS_FRONT[x] == f:
            w.place.holder[x] = AS_AT_FIRST
    if f == FRONT__MARITIME:
        w.land.vladivostok_fallen, w.land.vladivostok_cut_week = 0.0, -1.0
