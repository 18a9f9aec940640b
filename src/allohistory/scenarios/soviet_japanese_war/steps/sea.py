"""Place of the sea and the air in a week of war: fleets, submarines, mines, oil, lift; then the air; then landings."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import PLACE__OKHA, SIDE__JAPANESE, SIDES
from allohistory.scenarios.soviet_japanese_war.rules import sea as rules
from allohistory.scenarios.soviet_japanese_war.rules.ladder import GENERAL_WAR, THEATRE_WAR
from allohistory.scenarios.soviet_japanese_war.steps.air import air, start_air
from allohistory.scenarios.soviet_japanese_war.steps.almanac import years_since
from allohistory.scenarios.soviet_japanese_war.steps.dates import weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.landings import (
    AFTER_THE_END,
    call_off,
    count_lift,
    landings,
    man_the_coasts,
)

MOST_OIL = 80.0
DECEMBER, JANUARY, FEBRUARY, MARCH = np.int64(12), np.int64(1), np.int64(2), np.int64(3)
HARD_ICE, SOME_ICE = 1.0, 0.5


@kernel
def start_sea(c, w, p):
    """At the muster: fleets and lift are counted, coasts manned, aircraft gathered. Nothing is drawn."""
    w.sea.northern_fleet = fleet_now(c, w, p)
    w.sea.mine_belt, w.sea.route_shut, w.sea.surrender_week = 0.0, 0.0, -1.0
    count_lift(c, w, p)
    man_the_coasts(c, w, p)
    start_air(w, p)


@kernel
def end_sea(w):
    """At a truce: the sea route opens, railways are left alone, men afloat go home."""
    w.sea.route_shut = 0.0
    for side in range(SIDES):
        w.air.interdicted[side] = 0.0
    call_off(w)


@kernel
def sea_and_air(c, w, p):
    """The week at sea and in the air: in an undeclared war the air only. In peace nothing, at no cost."""
    if w.war.rung < THEATRE_WAR:
        return
    over = w.sea.surrender_week >= 0.0 and weeks_since(c, w.sea.surrender_week) > AFTER_THE_END
    if not over:
        air(c, w, p)
    if w.war.rung == GENERAL_WAR:
        if not over:
            at_sea(c, w, p)
        landings(c, w, p)


@kernel
def fleet_now(c, w, p):
    """0..1, what of Japan's fleet could put to sea in the north; none once Japan has surrendered."""
    if w.japan.surrendered > 0.0:
        return 0.0
    years = max(years_since(c, w.america.war_week), 0.0)
    return rules.northern_fleet(
        w.japan.fighting_america,
        years,
        w.japan.oil_stock,
        w.powers.allies_fight_japan,
        p.sea_northern_fleet,
    )


@kernel
def at_sea(c, w, p):
    """Submarines lost and ships sunk, mines laid, Okha's oil, craft built and lent."""
    s = w.sea
    s.northern_fleet = fleet_now(c, w, p)
    s.route_shut = 1.0 if w.japan.surrendered == 0.0 else 0.0
    s.mine_belt = rules.mines(s.mine_belt, p.sea_mines)
    count_lift(c, w, p)
    if w.japan.surrendered > 0.0:
        return
    boats = w.ussr.submarines_pacific
    s.tonnage_sunk += rules.submarine_sinkings(
        boats, ice_at_vladivostok(c), s.mine_belt, p.sea_submarine_sinkings
    )
    lost = rules.submarines_lost(s.northern_fleet, p.sea_submarines_lost) * boats
    w.ussr.submarines_pacific = boats - lost
    s.submarines_lost += lost
    if w.place.holder[PLACE__OKHA] == np.float64(SIDE__JAPANESE):
        held = weeks_since(c, w.place.taken_week[PLACE__OKHA])
        oil = rules.okha_oil(max(held, 0.0), p.sea_okha_oil)
        w.japan.oil_stock = min(w.japan.oil_stock + oil, MOST_OIL)


@kernel
def ice_at_vladivostok(c):
    """0..1, how far ice shuts small craft in: hard in January and February, some in December and March."""
    if c.month == JANUARY or c.month == FEBRUARY:
        return HARD_ICE
    return SOME_ICE if c.month == DECEMBER or c.month == MARCH else 0.0
