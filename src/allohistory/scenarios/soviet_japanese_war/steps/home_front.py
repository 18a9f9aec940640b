"""Step 11 of the week: the home fronts. Wars lost are noted; then Japan's people, month by month; then crises.

While Japan is at peace and nothing presses, its people are looked at once a quarter, and no crisis is asked for.
"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    OUTCOME__JAPAN_LOSES_WAR,
    REGION__SOUTHERN_KOREA,
    SIDE__JAPANESE,
    SIDE__SOVIET,
)
from allohistory.scenarios.soviet_japanese_war.rules import communists, home_front
from allohistory.scenarios.soviet_japanese_war.rules import upheaval as rules
from allohistory.scenarios.soviet_japanese_war.rules.ladder import GENERAL_WAR
from allohistory.scenarios.soviet_japanese_war.rules.units import MONTHS_A_YEAR, within
from allohistory.scenarios.soviet_japanese_war.steps.almanac import years_since, yes
from allohistory.scenarios.soviet_japanese_war.steps.dates import WEEKS_A_YEAR, lately, weeks_since
from allohistory.timeline.drawing import came_true

ZERO, ONE = np.int64(0), np.int64(1)
SOLDIERS, PEACE_CABINET, NOBODY, COMMUNISTS, OCCUPIED = 1.0, 2.0, 3.0, 4.0, 5.0  # of japan.regime
LARGE_SOVIET_GAINS, LARGE_JAPANESE_GAINS, CAPITULATION, SOVIETS_GIVE_UP = 2.0, 3.0, 4.0, 5.0  # of peace.kind
LEADERS_FREE = 2.0
PURGED = 2.0  # of ussr.purge
GREAT_BATTLE = 10.0  # thousand dead
MASS = 10.0  # thousand prisoners
FAR = 100.0  # kilometres
HUNDRED, ENOUGH, EARLY = 100.0, 1900.0, 31.0  # kilocalories; kilocalories; months
CALM = -12.0  # log-odds while nothing presses
YEAR, THREE_YEARS = 52.0, 156.0
OPEN_PRISON = 0.6
ALL_REGIMES_BUT_PEACE = 0.0


@kernel
def month_begins(c):
    """Is this the first week of a month?"""
    return c.week == ZERO or c.month_of[c.week - ONE] != c.month


@kernel
def japan_loses(c, w, week):
    """Japan has lost a war; told again the week after, it is still the same."""
    w.side.war_lost_week[SIDE__JAPANESE] = week
    came_true(c, OUTCOME__JAPAN_LOSES_WAR)


@kernel
def note_lost_wars(c, w):
    """Who has lost a war this week: by terms, by an armistice deep on his own side, by capitulation."""
    now = np.float64(c.week)
    if w.japan.surrender_week == now:
        japan_loses(c, w, now)
    if w.peace.week == now or w.peace.week == now - 1.0:
        if w.peace.kind == LARGE_SOVIET_GAINS or w.peace.kind == CAPITULATION:
            japan_loses(c, w, w.peace.week)
            if w.peace.kind == LARGE_SOVIET_GAINS:
                w.japan.great_defeat_week = w.peace.week
        elif w.peace.kind == LARGE_JAPANESE_GAINS or w.peace.kind == SOVIETS_GIVE_UP:
            w.side.war_lost_week[SIDE__SOVIET] = w.peace.week
    elif w.war.truce_week == now and w.war.general_week >= w.war.began_week:
        into_manchuria, into_siberia = w.side.reach[SIDE__SOVIET], w.side.reach[SIDE__JAPANESE]
        if into_manchuria > FAR and into_manchuria > into_siberia:
            japan_loses(c, w, now)
            w.japan.great_defeat_week = now
        elif into_siberia > FAR or w.land.vladivostok_fallen > 0.0:
            w.side.war_lost_week[SIDE__SOVIET] = now


@kernel
def great_war_years(c, w):
    """Years of war with America; -1 in peace and after the surrender."""
    if w.japan.fighting_america == 0.0 or w.japan.surrendered > 0.0:
        return -1.0
    return years_since(c, w.america.war_week)


@kernel
def northern_war(w):
    """Does general war with the Soviet Union go on?"""
    return w.war.rung == GENERAL_WAR and w.japan.surrendered == 0.0


@kernel
def pressed(c, w):
    """Is there anything that could bring down a regime: a war, a lost war, an upheaval under way?"""
    if w.china.at_war > 0.0 or w.japan.fighting_america > 0.0 or w.japan.regime != ALL_REGIMES_BUT_PEACE:
        return True
    if northern_war(w) or w.japan.surrendered > 0.0:
        return True
    return lately(c, w.side.war_lost_week[SIDE__JAPANESE], THREE_YEARS) > 0.0


@kernel
def months_of_war(c, w):
    """Months since the first of the wars that go on began; of the last war where none does."""
    first = np.float64(c.week)
    if w.china.at_war > 0.0:
        first = min(first, w.china.war_week)
    if northern_war(w):
        first = min(first, w.war.general_week)
    if great_war_years(c, w) >= 0.0:
        first = min(first, w.america.war_week)
    if first == np.float64(c.week):
        return w.japan.war_months
    return (np.float64(c.week) - first) * MONTHS_A_YEAR / WEEKS_A_YEAR


@kernel
def weeks_since_lost_war(c, w):
    """Weeks since Japan last lost a war; -1 if it lost none."""
    return weeks_since(c, w.side.war_lost_week[SIDE__JAPANESE])


@kernel
def hunger(w):
    """Hundreds of kilocalories below what is enough."""
    return max(ENOUGH - w.japan.calories, 0.0) / HUNDRED


@kernel
def american_rule(w):
    """1 while an American occupier stands in Tokyo."""
    return yes(w.america.occupies > 0.0)


@kernel
def soviet_on_islands(w):
    """1 while Soviet troops stand on a main island."""
    return yes(w.occupation.zone > 0.0)


@kernel
def mourning(c, w, p, months):
    """The dead, and those the public knows of; whether this month's battles in the north were a great defeat."""
    w.side.dead_abroad[SIDE__JAPANESE] += home_front.war_dead(
        w.japan.divisions_china,
        w.china.at_war,
        w.china.trained_divisions,
        great_war_years(c, w),
        months,
        p.home_war_dead,
    )
    fallen = p.common.share_killed * w.side.losses[SIDE__JAPANESE]
    retreating = w.side.reach[SIDE__SOVIET] > w.side.reach[SIDE__JAPANESE]
    if northern_war(w) and retreating and fallen - w.japan.dead_counted > GREAT_BATTLE:
        w.japan.great_defeat_week = np.float64(c.week)
    w.japan.dead_counted = fallen
    for s in range(2):
        true = w.side.dead_abroad[s] + p.common.share_killed * w.side.losses[s]
        w.side.known_dead[s] = home_front.known_dead(w.side.known_dead[s], true, months, p.home_known_dead)


@kernel
def table(c, w, p, months):
    """Food and prices."""
    since = weeks_since(c, w.japan.surrender_week)
    coming = home_front.food(
        w.pacific.shipping,
        yes(w.japan.surrendered > 0.0 or w.region.ruler[REGION__SOUTHERN_KOREA] > 0.0),
        w.china.at_war,
        great_war_years(c, w),
        since,
        lately(c, w.japan.bad_harvest_week, YEAR),
        within(w.pacific.bombing, 0.0, 1.0),
        american_rule(w),
        p.home_food,
    )
    w.japan.calories = home_front.larder(w.japan.calories, coming, months, p.home_larder)
    w.japan.prices = home_front.prices(
        w.japan.prices,
        w.china.at_war,
        yes(great_war_years(c, w) >= 0.0),
        w.japan.calories,
        since,
        months,
        p.home_prices,
    )


@kernel
def order_at_home(c, w, p, months):
    """Discipline, police, strikes."""
    beaten = rules.beaten(weeks_since_lost_war(c, w), w.japan.war_months, p.home_beaten)
    known = w.side.known_dead[SIDE__JAPANESE] / p.common.people
    w.japan.discipline = home_front.discipline(
        w.japan.discipline, w.japan.imperial_way, known, beaten, hunger(w), months, p.home_discipline
    )
    w.japan.control = home_front.control(
        w.japan.control,
        yes(w.china.at_war > 0.0 or northern_war(w)),
        yes(great_war_years(c, w) >= 0.0),
        yes(w.japan.regime == NOBODY),
        american_rule(w),
        beaten,
        months,
        p.home_control,
    )
    w.japan.strikes = home_front.strikes(w.japan.control, p.home_strikes)


@kernel
def party(c, w, p, months):
    """The communists, at liberty, in prison and abroad."""
    open_prison = american_rule(w) > 0.0 or w.japan.regime == COMMUNISTS or w.japan.control < OPEN_PRISON
    if open_prison and w.japan.leader < LEADERS_FREE:
        w.japan.communists += w.japan.jailed
        w.japan.leader = LEADERS_FREE
    before = w.japan.communists
    w.japan.communists = communists.at_liberty(before, w.japan.control, months, p.communists_at_liberty)
    caught = max(before - w.japan.communists, 0.0)
    w.japan.jailed = communists.in_prison(
        w.japan.jailed, caught, yes(open_prison), months, p.communists_in_prison
    )
    captured = w.side.captured[SIDE__JAPANESE]
    if w.japan.capture_week < 0.0 and captured > MASS:
        w.japan.capture_week = np.float64(c.week)
    china = years_since(c, w.china.war_week)
    abroad = communists.abroad(
        china,
        yes(w.ussr.purge >= PURGED),
        captured,
        weeks_since(c, w.japan.capture_week),
        p.communists_abroad,
    )
    w.japan.exiles = abroad
    w.japan.cadres = communists.cadres(
        w.japan.communists, w.japan.jailed, abroad, w.japan.leader, p.communists_cadres
    )


@kernel
def reckon(c, w, p, months):
    """A month, or in quiet times a quarter, of Japan's home front, and how near a crisis stands."""
    w.japan.war_months = months_of_war(c, w)
    mourning(c, w, p, months)
    table(c, w, p, months)
    order_at_home(c, w, p, months)
    party(c, w, p, months)
    if not pressed(c, w):
        w.japan.crisis = CALM
        return
    odds = rules.crisis_odds(
        w.side.known_dead[SIDE__JAPANESE] / p.common.people,
        hunger(w),
        within(w.pacific.bombing, 0.0, 1.0),
        rules.beaten(weeks_since_lost_war(c, w), w.japan.war_months, p.home_beaten),
        yes(w.japan.throne > 0.0),
        yes(w.japan.regime == NOBODY),
        w.japan.control,
        yes(w.japan.war_months < EARLY),
        lately(c, w.japan.crisis_week, p.home_crisis_odds.spent_weeks),
        p.home_crisis_odds,
    )
    odds += rules.crisis_occupied(american_rule(w), soviet_on_islands(w), p.home_crisis_occupied)
    w.japan.crisis = within(odds, CALM, -CALM / 2)
