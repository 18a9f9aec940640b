"""The air of the week: the blow at airfields, who rules the sky, losses and replacements, railways, raids on cities."""

import numpy as np

from allohistory.luck.arithmetic import exp
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    AIR_BOMBS_CITIES,
    AIR_FIRST_STRIKE,
    AIR_RAIDS,
    FRONT__MARITIME,
    SIDE__JAPANESE,
    SIDE__SOVIET,
    SIDES,
)
from allohistory.scenarios.soviet_japanese_war.rules import air as rules
from allohistory.scenarios.soviet_japanese_war.rules.ladder import GENERAL_WAR
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.scenarios.soviet_japanese_war.steps.dates import weeks_since
from allohistory.timeline.drawing import choice, clock, shock

ZERO, ONE, FOUR = np.int64(0), np.int64(1), np.int64(4)
MOST_LOST = 0.6  # of the aircraft on fields that are surprised
SEASONED_WEEKS, WORN_WEEKS = 104.0, 170.0
DEEP_KM = 40.0
HEAVY_RAID = 100.0  # bombers
BOMBERS_SHARE = 0.3  # of Japan's combat aircraft in the theatre
SMALLER_TOWNS = 0.3  # people within reach of a bomb, over those of a Japanese city
UNDECLARED = 0.3  # intensity of an undeclared war's air fighting
BASES_KM, BASES_LOST_KM = (
    40.0,
    100.0,
)  # Japanese advance on the Grodekovo axis at which fields come under fire, and fall


@kernel
def start_air(w, p):
    """At the muster: what flies on both sides, and what each can still bring."""
    free_west, free_home = 1.0 - w.ussr.tied_in_europe, 1.0 - w.japan.fighting_america
    flying, to_come = rules.committed(w.ussr.aircraft_east, 0.0, free_west, p.air_committed)
    w.side.aircraft[SIDE__SOVIET], w.air.to_come[SIDE__SOVIET] = flying, to_come
    flying, to_come = rules.committed(w.japan.aircraft_north, 1.0, free_home, p.air_committed)
    w.side.aircraft[SIDE__JAPANESE], w.air.to_come[SIDE__JAPANESE] = flying, to_come
    w.air.struck = 0.0
    for s in range(SIDES):
        w.air.interdicted[s] = 0.0
        w.air.gathered[s] = w.side.aircraft[s]
        w.air.lost[s], w.air.came[s] = 0.0, 0.0
        w.air.cities[s] = 0.0


@kernel
def air(c, w, p):
    """One week in the air."""
    if w.air.struck == 0.0:
        w.air.struck = 1.0
        first_blow(c, w, p)
    w.land.air = superiority_now(c, w, p)
    intensity = 1.0 if w.war.rung == GENERAL_WAR else UNDECLARED
    wear(w, p, SIDE__SOVIET, w.land.air, w.ussr.tied_in_europe, intensity)
    wear(w, p, SIDE__JAPANESE, -w.land.air, w.japan.fighting_america, intensity)
    soviet, japanese = w.side.aircraft[SIDE__SOVIET], w.side.aircraft[SIDE__JAPANESE]
    w.air.interdicted[SIDE__SOVIET] = intensity * rules.interdiction(
        japanese, -w.land.air, p.air_interdiction
    )
    w.air.interdicted[SIDE__JAPANESE] = intensity * rules.interdiction(soviet, w.land.air, p.air_interdiction)
    if w.war.rung == GENERAL_WAR and w.japan.surrendered == 0.0:
        bomb_cities(c, w, p)


@kernel
def superiority_now(c, w, p):
    """Logarithm of Soviet over Japanese strength in the air."""
    seasoned = within(weeks_since(c, w.ussr.stalingrad_week) / SEASONED_WEEKS, 0.0, 1.0)
    worn = 0.0
    if w.japan.fighting_america > 0.0:
        worn = within(weeks_since(c, w.america.war_week) / WORN_WEEKS, 0.0, 1.0)
    worth = rules.worth(w.ussr.command_loss, seasoned, worn, p.air_worth)
    return rules.superiority(
        w.side.aircraft[SIDE__SOVIET], w.side.aircraft[SIDE__JAPANESE], worth, p.air_superiority
    )


@kernel
def first_blow(c, w, p):
    """Aircraft lost on their fields on the first day by the side that was surprised."""
    opener = np.int64(w.land.opener) - ONE
    if opener < ZERO or w.land.surprise <= 0.0:
        return
    struck = ONE - opener
    mean, sd = rules.first_strike(w.land.surprise, p.air_first_strike)
    share = within(exp(shock(c, AIR_FIRST_STRIKE, struck, c.week, ZERO, mean, sd)), 0.0, MOST_LOST)
    lost = share * w.side.aircraft[struck]
    w.side.aircraft[struck] = max(w.side.aircraft[struck] - lost, 0.0)
    w.air.lost[struck] += lost


@kernel
def wear(w, p, side, superiority, distracted, intensity):
    """A side's aircraft lost and come in a week."""
    lost = rules.attrition(superiority, intensity, p.air_attrition) * w.side.aircraft[side]
    made_good, arrived = rules.replacement(
        lost, w.air.to_come[side], distracted, intensity, p.air_replacement
    )
    w.side.aircraft[side] = max(w.side.aircraft[side] + made_good + arrived - lost, 0.0)
    w.air.to_come[side] = max(w.air.to_come[side] - arrived, 0.0)
    w.air.lost[side] += lost
    w.air.came[side] += made_good + arrived


@kernel
def bomb_cities(c, w, p):
    """Every four weeks each capital that has not is asked; where it has said yes, its bombers come."""
    if (c.week - np.int64(w.war.general_week)) % FOUR == ZERO:
        for s in range(SIDES):
            if w.air.cities[s] == 0.0:
                ask_for_raids(c, w, p, np.int64(s))
    if w.air.cities[SIDE__SOVIET] > 0.0:
        raid_japan(c, w, p)
    if w.air.cities[SIDE__JAPANESE] > 0.0:
        raid_soviet_towns(c, w, p)


@kernel
def ask_for_raids(c, w, p, s):
    """Does this capital order raids on the other's cities?"""
    japanese = np.float64(s)
    lost = w.front.km[FRONT__MARITIME] if s == SIDE__JAPANESE else -w.front.km[FRONT__MARITIME]
    able, hostages = able_to_burn(w, s), able_to_burn(w, ONE - s)
    utilities = rules.bombs_cities(
        japanese,
        w.air.cities[ONE - s],
        1.0 if lost > DEEP_KM else 0.0,
        able,
        hostages,
        w.japan.fighting_america * (1.0 - japanese),
        p.air_bombs_cities,
    )
    if choice(c, AIR_BOMBS_CITIES, s, c.week, ZERO, utilities) == ONE:
        w.air.cities[s] = 1.0


@kernel
def able_to_burn(w, s):
    """0..1, bombers of a side that reach the other's cities, over those of a heavy raid."""
    if s == SIDE__SOVIET:
        return within(w.ussr.bombers_in_reach * bases(w) / HEAVY_RAID, 0.0, 1.0)
    return within(BOMBERS_SHARE * w.side.aircraft[SIDE__JAPANESE] / HEAVY_RAID, 0.0, 1.0)


@kernel
def bases(w):
    """0..1, share of the fields round Vladivostok that are still in use."""
    behind = w.front.km[FRONT__MARITIME] + BASES_LOST_KM
    return within(behind / (BASES_LOST_KM - BASES_KM), 0.0, 1.0)


@kernel
def raid_japan(c, w, p):
    """Do Soviet bombers reach a Japanese city this week, and with what effect?"""
    hazard = rules.raids(w.ussr.bombers_in_reach, bases(w), w.japan.fighting_america, p.air_raids)
    if hazard == 0.0 or clock(c, AIR_RAIDS, SIDE__SOVIET, hazard) == ZERO:
        return
    tons, lost, dead = rules.raid_effect(w.ussr.bombers_in_reach, p.air_raid_effect)
    w.air.raids_flown += 1.0
    w.air.tons += tons
    w.air.city_dead += dead
    w.air.bombers_lost += lost
    w.ussr.bombers_in_reach -= lost


@kernel
def raid_soviet_towns(c, w, p):
    """Do Japanese bombers raid Vladivostok, Khabarovsk or Chita this week? Smaller towns, of wood."""
    bombers = BOMBERS_SHARE * w.side.aircraft[SIDE__JAPANESE]
    hazard = rules.raids(bombers, 1.0, 0.0, p.air_raids)
    if hazard == 0.0 or clock(c, AIR_RAIDS, SIDE__JAPANESE, hazard) == ZERO:
        return
    _, lost, dead = rules.raid_effect(bombers, p.air_raid_effect)
    w.air.raids_on_soviets += 1.0
    w.air.soviet_city_dead += SMALLER_TOWNS * dead
    w.side.aircraft[SIDE__JAPANESE] = max(w.side.aircraft[SIDE__JAPANESE] - lost, 0.0)
    w.air.lost[SIDE__JAPANESE] += lost
