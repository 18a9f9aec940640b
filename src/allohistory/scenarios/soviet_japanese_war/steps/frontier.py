"""What the steps of the border read off the world: places, balances, and how the open crisis stands."""

import numpy as np

from allohistory.luck.arithmetic import log
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    EUROPEAN_EVENT__GERMAN_SOVIET_PACT,
    EUROPEAN_EVENT__WAR_POLAND,
    SECTOR__AMUR,
    SECTOR__ARGUN,
    SECTOR__HALHA_BUIR,
    SECTOR__POSYET_TUMEN,
)
from allohistory.scenarios.soviet_japanese_war.rules.border import balance, crowding
from allohistory.scenarios.soviet_japanese_war.rules.field_armies import readiness
from allohistory.scenarios.soviet_japanese_war.rules.kremlin import caution
from allohistory.scenarios.soviet_japanese_war.rules.ladder import DIVISION
from allohistory.scenarios.soviet_japanese_war.rules.units import fading
from allohistory.scenarios.soviet_japanese_war.steps.dates import lately, weeks_since

STEPS_A_WEEK = np.int64(16)
QUARTER, HALF_YEAR, YEAR, YEAR_AND_A_HALF, TWO_YEARS = 13.0, 26.0, 52.0, 78.0, 104.0
FORTNIGHT, MONTH = 2.0, 4.0
TWENTY_DIVISIONS = 20.0
DIVISIONS_FOR_A_WAR = 12.0  # of the Kwantung and Korea Armies before reinforcement, as in 1940
TRAINS_FOR_A_WAR = 28.0  # pairs a day, once the second track was laid
SOVIET_WON, JAPAN_WON = 3.0, 1.0
COUNTER_STROKE, WIDEN = 2.0, 3.0
FAVOURITE, ABLE = 1.0, 2.0
COMMUNISTS = 4.0  # of japan.regime
PURGE_BEGUN, PURGE_IN_EAST = 1.0, 2.0
OVERTHROWN = 2.0  # of ussr.regime
WEEKS_OF_PEACE = 156.0  # weeks in which those who made it are bound by it, and armies are made good


@kernel
def flag(truth):
    """1 for true, 0 for false."""
    return 1.0 if truth else 0.0


@kernel
def far_steppe(s):
    """1 for Halha and Buir."""
    return flag(s == SECTOR__HALHA_BUIR)


@kernel
def islands(s):
    """1 where the disputed ground is river islands."""
    return flag(s == SECTOR__AMUR or s == SECTOR__ARGUN)


@kernel
def pledged_ground(w, s):
    """1 where Moscow has bound itself: the gap that covers Vladivostok, and Mongolia once pledged."""
    if s == SECTOR__POSYET_TUMEN:
        return 1.0
    return flag(s == SECTOR__HALHA_BUIR and w.ussr.pledged_mongolia > 0.0)


@kernel
def weeks_open(c, w, s):
    """Weeks since the open crisis began, 0 in its first."""
    return c.week - np.int64(w.border.opened_week[s])


@kernel
def place(c, w, s, number):
    """The step of an occasion: its place in this week of the crisis."""
    return STEPS_A_WEEK * weeks_open(c, w, s) + number


@kernel
def key_of(w, s):
    """The week key of the open crisis."""
    return np.int64(w.border.key[s])


@kernel
def manned(w, p):
    """How far both armies have come up to the line."""
    return crowding(w.ussr.divisions_east, w.japan.divisions_north, p.border_crowding)


@kernel
def china_share(w):
    """Japanese divisions in China as a share of twenty, at most 1."""
    return min(w.japan.divisions_china / TWENTY_DIVISIONS, 1.0)


@kernel
def live_quarrels(w):
    """The heat of all quarrels off the border together."""
    heat = 0.0
    for quarrel in range(w.quarrel.heat.shape[0]):
        heat += w.quarrel.heat[quarrel]
    return heat


@kernel
def forces_at_hand(w):
    """Divisions in Manchuria and Korea as a share of those that could open a war, at most 1."""
    return min(w.japan.divisions_north / DIVISIONS_FOR_A_WAR, 1.0)


@kernel
def railway_ready(w):
    """Pairs of trains a day east of Baikal as a share of a line that can feed a war, at most 1."""
    return min(w.ussr.trains_a_day / TRAINS_FOR_A_WAR, 1.0)


@kernel
def true_balance(w, p, s):
    """Doublings by which the Soviet side is the stronger on the spot."""
    b, north = w.border, w.japan.divisions_north
    return balance(
        w.ussr.divisions_east,
        w.ussr.division_worth,
        north,
        b.soviet_reinforced[s],
        b.reinforced[s],
        far_steppe(s),
        w.ussr.arms_lead - w.japan.arms_lead,
        w.mongolia.army_lost,
        1.0 - w.ussr.corps_in_mongolia,
        p.border_balance,
    )


@kernel
def believed_balance(w, p, s):
    """The same as the Japanese staffs believe it, who count worth in Japanese divisions."""
    b, north = w.border, w.japan.divisions_north
    return balance(
        w.japan.believed_soviet_divisions,
        w.japan.believed_soviet_quality * p.border_balance.japanese_worth,
        north,
        b.soviet_reinforced[s],
        b.reinforced[s],
        far_steppe(s),
        w.japan.believed_arms_lead - w.japan.arms_lead,
        w.mongolia.army_lost,
        1.0 - w.ussr.corps_in_mongolia,
        p.border_balance,
    )


@kernel
def theatre_balance(w, p):
    """Doublings by which the whole Soviet East outweighs Japan's divisions in Manchuria and Korea."""
    soviet = w.ussr.divisions_east * w.ussr.division_worth + 1.0
    japanese = w.japan.divisions_north * p.border_balance.japanese_worth + 1.0
    return log(soviet / japanese) / log(2.0)


@kernel
def soviet_readiness(c, w, p, s):
    """How far a prepared Soviet blow has come on this sector, 0 to 1."""
    weeks = weeks_since(c, w.border.soviet_ready_from[s])
    return readiness(weeks, far_steppe(s), p.far_east_command_readiness)


@kernel
def purge_at_work(w):
    """1 while the purge is under way."""
    return flag(w.ussr.purge == PURGE_BEGUN or w.ussr.purge == PURGE_IN_EAST)


@kernel
def purgers_in_east(w):
    """1 while Moscow's purgers sit beside the Far Eastern command."""
    return flag(w.ussr.purge == PURGE_IN_EAST)


@kernel
def moscow_cautious(c, w, p):
    """How far Stalin's heirs think only of each other; 0 while he lives, 1 where the Soviet state has fallen."""
    if w.ussr.regime == OVERTHROWN:
        return 1.0
    return caution(weeks_since(c, w.ussr.stalin_dead_week), p.kremlin_caution)


@kernel
def europe_shock(c, w):
    """1 where a pact or the outbreak of a war in Europe upset Tokyo's reckoning within three months."""
    happened = w.europe.happened_week
    pact = lately(c, happened[EUROPEAN_EVENT__GERMAN_SOVIET_PACT], QUARTER)
    west = lately(c, happened[EUROPEAN_EVENT__WAR_POLAND], QUARTER)
    east = lately(c, w.ussr.german_war_week, QUARTER)
    return max(pact, west, east)


@kernel
def germany_quiet(w):
    """1 where Germany is beaten, or bound to Moscow by treaty and not at war with it."""
    bound = w.europe.german_soviet_pact > 0.0 and w.europe.eastern_front == 0.0
    return flag(bound or w.europe.germany_beaten > 0.0)


@kernel
def throne_displeased(c, w):
    """1 where the throne has been displeased with the army within half a year."""
    return lately(c, w.japan.throne_displeased_week, HALF_YEAR)


@kernel
def division_destroyed(c, w, s):
    """1 where the Soviet side won the last battle of this crisis, at the size of a division, within a month."""
    won = w.border.last_result[s] == SOVIET_WON and w.border.rung[s] >= DIVISION
    return flag(won) * lately(c, w.border.battle_week[s], MONTH)


@kernel
def japan_struck(c, w, s):
    """1 where Japan attacked here this week or last."""
    return lately(c, w.border.japanese_blow_week[s], 1.0)


@kernel
def soviets_struck(c, w, s):
    """1 where the Soviet side attacked here this week or last."""
    return lately(c, w.border.soviet_blow_week[s], 1.0)


@kernel
def battle_elsewhere(w, s):
    """1 where a division battle rages on another sector."""
    for other in range(w.border.rung.shape[0]):
        if other != s and w.border.open[other] > 0.0 and w.border.rung[other] >= DIVISION:
            return 1.0
    return 0.0


@kernel
def red(w):
    """Do communists rule in Tokyo, by a rising or as ministers who took the state?"""
    return w.japan.regime == COMMUNISTS


@kernel
def nobody_in_moscow(w):
    """Has the Soviet state been overthrown, so that nobody rules in Moscow?"""
    return w.ussr.regime == OVERTHROWN


@kernel
def fresh_peace(c, w):
    """1 where a war of the two has just ended, by truce or terms; fades to 0 in three years."""
    return fading(weeks_since(c, w.war.truce_week), WEEKS_OF_PEACE)
