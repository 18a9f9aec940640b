"""War: a clash may spread into one, Tokyo's order may fall due, Moscow may choose one; a limited war grows or ends."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    MOSCOW_WAR_AIMS,
    MOSCOW_WAR_OF_CHOICE,
    REGION__MANCHURIA,
    SECTORS,
    TOKYO_WAR_AIMS,
    WAR_TRUCE,
)
from allohistory.scenarios.soviet_japanese_war.rules.ladder import DIVISION, GENERAL_WAR, THEATRE_WAR
from allohistory.scenarios.soviet_japanese_war.rules.war import (
    concentration,
    moscow_war_aims,
    spreads,
    tokyo_war_aims,
    truce,
    war_of_choice,
)
from allohistory.scenarios.soviet_japanese_war.steps.dates import holds_day, in_winter, lately
from allohistory.scenarios.soviet_japanese_war.steps.frontier import (
    HALF_YEAR,
    china_share,
    europe_shock,
    flag,
    fresh_peace,
    germany_quiet,
    moscow_cautious,
    nobody_in_moscow,
    purge_at_work,
    red,
    theatre_balance,
)
from allohistory.scenarios.soviet_japanese_war.steps.outbreak import (
    GROWN_CLASH,
    JAPANESE_CHOICE,
    SOVIET_CHOICE,
    begin_general_war,
    begin_theatre_war,
    fighting_stops,
)
from allohistory.timeline.drawing import choice, clock

ZERO, ONE, TWO = np.int64(0), np.int64(1), np.int64(2)
FEBRUARY, AUGUST, EIGHTH = np.int64(2), np.int64(8), np.int64(8)
FAMINE_FROM, FAMINE_TO = np.int64(1932), np.int64(1933)
FOUR_WEEKS = np.int64(4)
PUNITIVE = ONE
TRUCE, ALL_OUT = 0.0, 2.0
NORTH = 3.0


@kernel
def spreading(c, w, p):
    """Two sectors in battle for a month, or one army battle fed by both capitals for two, is a theatre war."""
    if w.war.rung != 0.0:
        return
    in_battle, longest = 0, 0.0
    for s in range(SECTORS):
        if w.border.open[s] > 0.0 and w.border.rung[s] >= DIVISION:
            in_battle += 1
        longest = max(longest, w.border.army_weeks[s])
    w.war.weeks_on_two_sectors = w.war.weeks_on_two_sectors + 1.0 if in_battle > 1 else 0.0
    if spreads(w.war.weeks_on_two_sectors, longest, p.war_spreads) > 0.0:
        begin_theatre_war(c, w, GROWN_CLASH)


@kernel
def ordered_attack(c, w, p):
    """Tokyo's order to attack falls due when the trains and ships have brought what it needs."""
    ordered = w.japan.northern_order_week
    if ordered < 0.0 or w.war.rung == GENERAL_WAR or w.japan.surrendered > 0.0:
        return
    nobody = red(w) or nobody_in_moscow(w)  # who would attack, or be attacked
    if w.region.ruler[REGION__MANCHURIA] > 0.0 or nobody:
        w.japan.northern_order_week = -1.0
        return
    if w.war.starts_week < ordered:
        w.war.starts_week = ordered + concentration(
            w.japan.prepared_north, w.japan.rail_lead, p.war_concentration
        )
    if np.float64(c.week) >= w.war.starts_week:
        begin_general_war(c, w, JAPANESE_CHOICE)


@kernel
def moscow_may_choose_war(c, w, p):
    """Asked in the weeks that hold 8 February and 8 August, and in one set by a pledge, while the two are at peace."""
    if w.war.rung != 0.0 or w.japan.surrendered > 0.0 or w.region.ruler[REGION__MANCHURIA] > 0.0 or red(w):
        return
    if (
        nobody_in_moscow(w) or lately(c, w.war.truce_week, HALF_YEAR) > 0.0
    ):  # nobody, or no army ready for another
        return
    usual = holds_day(c, FEBRUARY, EIGHTH) or holds_day(c, AUGUST, EIGHTH)
    if not usual and w.war.moscow_date != np.float64(c.week):
        return
    famine = FAMINE_FROM <= c.year <= FAMINE_TO
    german_war = flag(w.europe.eastern_front > 0.0 and w.europe.germany_beaten == 0.0)
    utilities = war_of_choice(
        w.ussr.tied_in_europe,
        german_war,
        germany_quiet(w),
        theatre_balance(w, p),
        flag(w.japan.fighting_america > 0.0 and w.europe.stalingrad > 0.0),
        flag(w.europe.germany_beaten > 0.0 and w.america.at_war > 0.0),
        w.border.clash_to_answer,
        max(purge_at_work(w), flag(famine)),
        china_share(w),
        w.ussr.stocks_short,
        moscow_cautious(c, w, p),
        fresh_peace(c, w),
        p.moscow_war_of_choice,
    )
    took = choice(c, MOSCOW_WAR_OF_CHOICE, ZERO, c.week, ZERO, utilities)
    if took == PUNITIVE:
        begin_theatre_war(c, w, SOVIET_CHOICE)
    elif took > PUNITIVE:
        begin_general_war(c, w, SOVIET_CHOICE)


@kernel
def limited_war(c, w, p):
    """The week of an undeclared theatre war: aims every four weeks, then perhaps a truce."""
    if w.war.rung != THEATRE_WAR or w.japan.surrendered > 0.0:
        return
    weeks = c.week - np.int64(w.war.theatre_week)
    if weeks > ZERO and weeks % FOUR_WEEKS == ZERO:
        aims(c, w, p, np.float64(weeks))
    if w.war.rung != THEATRE_WAR:
        return
    hazard = truce(flag(w.war.moscow_aim == TRUCE), flag(w.war.tokyo_aim == TRUCE), in_winter(c), p.war_truce)
    if clock(c, WAR_TRUCE, ZERO, hazard) > ZERO:
        fighting_stops(c, w)
        w.war.weeks_on_two_sectors = 0.0


@kernel
def aims(c, w, p, weeks):
    """Both capitals say what they are after; either may go all out."""
    stronger = theatre_balance(w, p)
    moscow = moscow_war_aims(
        weeks, stronger, w.ussr.tied_in_europe, germany_quiet(w), china_share(w), p.moscow_war_aims
    )
    w.war.moscow_aim = np.float64(choice(c, MOSCOW_WAR_AIMS, ZERO, c.week, ZERO, moscow))
    tokyo = tokyo_war_aims(
        weeks,
        -stronger,
        china_share(w),
        europe_shock(c, w),
        w.japan.northern_opinion,
        flag(w.japan.policy == NORTH),
        w.japan.fighting_america,
        p.tokyo_war_aims,
    )
    w.war.tokyo_aim = np.float64(choice(c, TOKYO_WAR_AIMS, ZERO, c.week, ZERO, tokyo))
    if w.war.moscow_aim == ALL_OUT or w.war.tokyo_aim == ALL_OUT:
        begin_general_war(c, w, w.war.road)
