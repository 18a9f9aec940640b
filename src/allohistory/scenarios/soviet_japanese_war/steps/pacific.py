"""Step 9 of the week, after the stances: America and Japan at war, in outline; yards and shipping in peace too."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    OUTCOME__KYUSHU_LANDING,
    PACIFIC_SINKINGS,
    PACIFIC_STAGE,
    PACIFIC_STAGE__FIRE_RAIDS,
    PACIFIC_STAGE__GILBERTS,
    PACIFIC_STAGE__GUADALCANAL,
    PACIFIC_STAGE__IWO_JIMA,
    PACIFIC_STAGE__MIDWAY,
    PACIFIC_STAGE__MINING,
    PACIFIC_STAGE__OKINAWA,
    PACIFIC_STAGE__PHILIPPINES,
    PACIFIC_STAGE__SAIPAN,
    WASHINGTON_INVADES,
    WASHINGTON_INVADES__LAND,
)
from allohistory.scenarios.soviet_japanese_war.rules import pacific as rules
from allohistory.scenarios.soviet_japanese_war.steps.almanac import (
    half_year_begins,
    month_begins,
    years_since,
    yes,
)
from allohistory.scenarios.soviet_japanese_war.steps.dates import WEEKS_A_YEAR, weeks_since
from allohistory.timeline.drawing import came_true, choice, clock, shock

ZERO = np.int64(0)
THEATRE_WAR, GENERAL_WAR = 6.0, 7.0
KYUSHU, KANTO = 1.0, 2.0
HALF_A_YEAR = WEEKS_A_YEAR / 2.0
MOST_SHIPPING = 15.0  # million tons
NOT_YET = -1.0
VOTED = 498.0  # the week of 19 July 1940, in which the two-ocean navy became law
# How far each stage brings the advance: Pearl Harbor 0, the Marianas one half, Okinawa 1, beyond it the main islands.
BROKEN, CHECKED, CENTRAL, HALFWAY, RETURNED, NEAR, AT_THE_DOOR = 0.1, 0.15, 0.35, 0.5, 0.7, 0.85, 1.0
LANDED, IN_THE_PLAIN = 1.2, 1.5


@kernel
def pacific(c, w, p):
    """One week of the war of America and Japan; in peace the shipyards, twice a year."""
    if w.japan.surrendered > 0.0:
        w.pacific.bombing, w.pacific.sinking_rate = 0.0, 0.0
        return
    if w.japan.fighting_america == 0.0:
        if half_year_begins(c):
            gained = rules.pacific_shipyards(w.pacific.shipping, NOT_YET, p.pacific_shipyards)
            w.pacific.shipping = min(w.pacific.shipping + gained / 2.0, MOST_SHIPPING)
        return
    w.pacific.pace = rules.pacific_pace(
        w.america.fights_germany,
        w.europe.germany_beaten,
        yes(w.war.rung >= THEATRE_WAR),
        w.japan.oil_stock,
        p.pacific_tempo,
    )
    advance(c, w, p)
    raids(c, w, p)
    tonnage(c, w, p)
    invasion(c, w, p)


@kernel
def reached(c, w, p, stage, weeks, delay, per_year):
    """One clock of the advance: draws it, notes its week, and says whether the stage has come."""
    hazard = rules.pacific_stage(weeks, delay, per_year, w.pacific.pace, p.pacific_stage)
    if clock(c, PACIFIC_STAGE, stage, hazard) == ZERO:
        return False
    w.pacific.stage_week[stage] = np.float64(c.week)
    return True


@kernel
def advance(c, w, p):
    """The next stage of the march across the ocean, if it comes this week."""
    if w.pacific.progress < CENTRAL:
        until_the_fleet_is_built(c, w, p)
    elif w.pacific.progress < AT_THE_DOOR:
        across_the_ocean(c, w, p)


@kernel
def until_the_fleet_is_built(c, w, p):
    """Japan's carriers broken, the first counter-attack, and the Gilberts, which wait for new carriers."""
    s, at = p.pacific_stage, w.pacific.stage_week
    progress = w.pacific.progress
    if progress < BROKEN:
        weeks = weeks_since(c, w.america.war_week)
        if reached(c, w, p, PACIFIC_STAGE__MIDWAY, weeks, s.midway_delay, s.midway_per_year):
            w.pacific.progress = BROKEN
    elif progress < CHECKED:
        weeks = weeks_since(c, at[PACIFIC_STAGE__MIDWAY])
        if reached(c, w, p, PACIFIC_STAGE__GUADALCANAL, weeks, s.guadalcanal_delay, s.guadalcanal_per_year):
            w.pacific.progress = CHECKED
    else:
        weeks = weeks_since(c, at[PACIFIC_STAGE__GUADALCANAL])
        delay = rules.fleet_is_there(building(c, w), s.gilberts_delay, s)
        if reached(c, w, p, PACIFIC_STAGE__GILBERTS, weeks, delay, s.gilberts_per_year):
            w.pacific.progress = CENTRAL


@kernel
def across_the_ocean(c, w, p):
    """From the Gilberts to Okinawa."""
    s, at = p.pacific_stage, w.pacific.stage_week
    progress = w.pacific.progress
    if progress < HALFWAY:
        weeks = weeks_since(c, at[PACIFIC_STAGE__GILBERTS])
        if reached(c, w, p, PACIFIC_STAGE__SAIPAN, weeks, s.marianas_delay, s.marianas_per_year):
            w.pacific.progress = HALFWAY
    elif progress < RETURNED:
        weeks = weeks_since(c, at[PACIFIC_STAGE__SAIPAN])
        if reached(c, w, p, PACIFIC_STAGE__PHILIPPINES, weeks, s.philippines_delay, s.philippines_per_year):
            w.pacific.progress = RETURNED
    elif progress < NEAR:
        weeks = weeks_since(c, at[PACIFIC_STAGE__PHILIPPINES])
        if reached(c, w, p, PACIFIC_STAGE__IWO_JIMA, weeks, s.iwo_jima_delay, s.iwo_jima_per_year):
            w.pacific.progress = NEAR
    else:
        weeks = weeks_since(c, at[PACIFIC_STAGE__IWO_JIMA])
        if reached(c, w, p, PACIFIC_STAGE__OKINAWA, weeks, s.okinawa_delay, s.okinawa_per_year):
            w.pacific.progress = AT_THE_DOOR


@kernel
def building(c, w):
    """Weeks since America began to build the fleet: since the law of 1940, or its own war if that came first."""
    return np.float64(c.week) - min(VOTED, w.america.war_week)


@kernel
def raids(c, w, p):
    """Bombers in the Marianas: fire by night, mines in the straits."""
    s, at = p.pacific_stage, w.pacific.stage_week
    weeks = weeks_since(c, at[PACIFIC_STAGE__SAIPAN])
    if weeks < 0.0:
        return
    if at[PACIFIC_STAGE__FIRE_RAIDS] < 0.0:
        reached(c, w, p, PACIFIC_STAGE__FIRE_RAIDS, weeks, s.fire_raids_delay, s.fire_raids_per_year)
    if at[PACIFIC_STAGE__MINING] < 0.0:
        reached(c, w, p, PACIFIC_STAGE__MINING, weeks, s.mining_delay, s.mining_per_year)
    w.pacific.bombing = rules.pacific_bombing(
        weeks, yes(at[PACIFIC_STAGE__FIRE_RAIDS] >= 0.0), p.pacific_raids
    )


@kernel
def tonnage(c, w, p):
    """Ships sunk and built: the rate of sinking is drawn twice a year, the fleet reckoned every week."""
    if half_year_begins(c):
        mean, spread = rules.pacific_sinkings(
            w.pacific.shipping,
            years_since(c, w.america.war_week),
            w.pacific.progress,
            yes(w.pacific.stage_week[PACIFIC_STAGE__MINING] >= 0.0),
            p.pacific_sinkings,
        )
        rate = shock(c, PACIFIC_SINKINGS, ZERO, c.week, ZERO, mean, spread)
        w.pacific.sinking_rate = max(rate, 0.0)
    gained = rules.pacific_shipyards(
        w.pacific.shipping, weeks_since(c, w.america.war_week), p.pacific_shipyards
    )
    change = gained / WEEKS_A_YEAR - w.pacific.sinking_rate / HALF_A_YEAR
    w.pacific.shipping = min(max(w.pacific.shipping + change, 0.0), MOST_SHIPPING)


@kernel
def invasion(c, w, p):
    """Once a month, when the forces are gathered: Kyushu, then the plain of Tokyo?"""
    i = p.washington_invades
    if w.pacific.progress < AT_THE_DOOR or w.pacific.invasion >= KANTO or not month_begins(c):
        return
    if w.pacific.invasion == 0.0:
        ready = weeks_since(c, w.pacific.stage_week[PACIFIC_STAGE__OKINAWA]) >= i.kyushu_weeks
    else:
        ready = weeks_since(c, w.pacific.invasion_week) >= i.kanto_weeks
    if not ready:
        return
    utilities = rules.washington_invades(
        w.pacific.invasion,
        w.america.bombs_used,
        yes(w.war.rung == GENERAL_WAR),
        w.pacific.shipping,
        p.washington_invades,
    )
    if choice(c, WASHINGTON_INVADES, ZERO, c.week, ZERO, utilities) != WASHINGTON_INVADES__LAND:
        return
    w.pacific.invasion += 1.0
    w.pacific.invasion_week = np.float64(c.week)
    w.pacific.progress = LANDED if w.pacific.invasion == KYUSHU else IN_THE_PLAIN
    came_true(c, OUTCOME__KYUSHU_LANDING)
