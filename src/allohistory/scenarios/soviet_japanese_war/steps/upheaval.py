"""Step 11, continued: crises of the two regimes, what follows them, and what is read off at the end."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    ISLAND__HONSHU_ISLAND,
    ISLANDS,
    KREMLIN_CRISIS,
    KREMLIN_WHO_RULES,
    KREMLIN_WHO_RULES__COLLAPSE,
    OUTCOME__CAPITAL_RISING,
    OUTCOME__COMMUNIST_JAPAN_REVOLUTION,
    OUTCOME__JAPAN_CRISIS,
    OUTCOME__JAPAN_MILITARY_RULE,
    OUTCOME__REVOLUTION,
    OUTCOME__SOVIET_REGIME_FALLS,
    REVOLUTION_HOLDS,
    REVOLUTION_HOLDS__COMMUNE,
    REVOLUTION_HOLDS__COMMUNISTS_HOLD,
    REVOLUTION_HOLDS__OTHERS_RULE,
    SIDE__SOVIET,
    TOKYO_CRISIS,
    TOKYO_CRISIS_ENDS,
    TOKYO_CRISIS_ENDS__COLLAPSE,
    TOKYO_CRISIS_ENDS__IMPERIAL_RULING,
    TOKYO_CRISIS_ENDS__MILITARY_RULE,
    TOKYO_CRISIS_ENDS__REVOLUTION,
    TOKYO_RISING,
)
from allohistory.scenarios.soviet_japanese_war.rules import kremlin
from allohistory.scenarios.soviet_japanese_war.rules import upheaval as rules
from allohistory.scenarios.soviet_japanese_war.steps.almanac import quarter_begins, years_since, yes
from allohistory.scenarios.soviet_japanese_war.steps.dates import lately, weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.home_front import (
    CALM,
    COMMUNISTS,
    NOBODY,
    OCCUPIED,
    PEACE_CABINET,
    SOLDIERS,
    american_rule,
    great_war_years,
    hunger,
    month_begins,
    northern_war,
    note_lost_wars,
    pressed,
    reckon,
    soviet_on_islands,
    weeks_since_lost_war,
)
from allohistory.timeline.drawing import came_true, choice, clock

ZERO, ONE = np.int64(0), np.int64(1)
MONTH, QUARTER = 1.0, 3.0
HALF_YEAR, YEAR, TWO_YEARS = 26.0, 52.0, 104.0
DISCREDITED, GONE = 1.0, 2.0  # of japan.throne
SHAKEN, OVERTHROWN = 1.0, 2.0  # of ussr.regime
AMERICAN = 2.0  # of island.occupier
THREE_ISLANDS = 3.0
CAUTIOUS = -1.0


@kernel
def home_fronts(c, w, p):
    """The week of the home fronts."""
    note_lost_wars(c, w)
    if month_begins(c):
        if pressed(c, w):
            reckon(c, w, p, MONTH)
            regimes_end(c, w, p)
        elif quarter_begins(c):
            reckon(c, w, p, QUARTER)
    if w.japan.crisis > CALM:
        japanese_crisis(c, w, p)
    soviet_crisis(c, w, p)
    if c.week == c.weeks - ONE:
        last_day(c, w)


@kernel
def regimes_end(c, w, p):
    """Soldiers rule for some years, a cabinet of peace until there is peace; then cabinets come and go again."""
    years = years_since(c, w.japan.regime_week)
    tired = w.japan.regime == SOLDIERS and years >= p.common.years_of_renovation
    done = w.japan.regime == PEACE_CABINET and years >= 1.0 and not at_war(c, w)
    if tired or done:
        new_regime(c, w, 0.0)


@kernel
def new_regime(c, w, regime):
    """Others rule in Tokyo from this week on."""
    w.japan.regime = regime
    w.japan.regime_week = np.float64(c.week)
    if regime == SOLDIERS:
        came_true(c, OUTCOME__JAPAN_MILITARY_RULE)


@kernel
def at_war(c, w):
    """Is Japan in a war that a ruling of the throne could end?"""
    return northern_war(w) or great_war_years(c, w) >= 0.0


@kernel
def japanese_crisis(c, w, p):
    """Does the regime come to a crisis; if so by which road, and what follows?"""
    hazard = rules.crisis(w.japan.crisis, p.tokyo_crisis)
    if clock(c, TOKYO_CRISIS, ZERO, hazard) == ZERO:
        return
    key = c.key
    w.japan.crisis_week = np.float64(c.week)
    came_true(c, OUTCOME__JAPAN_CRISIS)
    lost = weeks_since_lost_war(c, w)
    beaten = rules.beaten(lost, w.japan.war_months, p.home_beaten)
    beaten_by_soviets = lost >= 0.0 and 0.0 <= weeks_since(c, w.war.general_week) < TWO_YEARS
    utilities = rules.rising(
        lately(c, w.side.war_lost_week[ONE], HALF_YEAR),
        hunger(w),
        w.japan.discipline,
        beaten,
        yes(northern_war(w) or beaten_by_soviets),
        yes(northern_war(w) and great_war_years(c, w) >= 0.0),
        w.japan.cadres,
        w.japan.control,
        p.tokyo_rising,
    )
    w.japan.rising = np.float64(choice(c, TOKYO_RISING, ZERO, key, ZERO, utilities))
    utilities = rules.crisis_ends(
        w.japan.rising,
        yes(at_war(c, w)),
        yes(w.japan.throne > 0.0),
        w.japan.cadres,
        max(american_rule(w), yes(w.japan.regime >= OCCUPIED)),
        p.tokyo_crisis_ends,
    )
    follows(c, w, p, key, choice(c, TOKYO_CRISIS_ENDS, ZERO, key, ONE, utilities))


@kernel
def follows(c, w, p, key, end):
    """What follows a crisis."""
    if end == TOKYO_CRISIS_ENDS__MILITARY_RULE:
        w.japan.renovation_week = np.float64(c.week)
        w.japan.uproar_week = np.float64(c.week)
        new_regime(c, w, SOLDIERS)
    elif end == TOKYO_CRISIS_ENDS__IMPERIAL_RULING:
        w.japan.cabinet_temper = CAUTIOUS
        new_regime(c, w, PEACE_CABINET)
    elif end == TOKYO_CRISIS_ENDS__COLLAPSE:
        w.japan.throne = max(w.japan.throne, DISCREDITED)
        came_true(c, OUTCOME__CAPITAL_RISING)
        new_regime(c, w, NOBODY)
    elif end == TOKYO_CRISIS_ENDS__REVOLUTION:
        revolution(c, w, p, key)
    else:
        w.japan.cabinet_week, w.japan.cabinet_temper = np.float64(c.week), CAUTIOUS
        if w.japan.regime > 0.0 and w.japan.regime <= COMMUNISTS:
            new_regime(c, w, 0.0)


@kernel
def revolution(c, w, p, key):
    """Tokyo has risen: who has it when that is over?"""
    came_true(c, OUTCOME__CAPITAL_RISING)
    utilities = rules.revolution_holds(
        w.japan.cadres, w.japan.leader, soviet_on_islands(w), w.japan.control, p.revolution_holds
    )
    holds = choice(c, REVOLUTION_HOLDS, ZERO, key, np.int64(2), utilities)
    if holds == REVOLUTION_HOLDS__COMMUNE or holds == REVOLUTION_HOLDS__COMMUNISTS_HOLD:
        came_true(c, OUTCOME__REVOLUTION)
    if holds == REVOLUTION_HOLDS__COMMUNISTS_HOLD:
        w.japan.throne = GONE
        new_regime(c, w, COMMUNISTS)
    elif holds == REVOLUTION_HOLDS__OTHERS_RULE:
        w.japan.throne = max(w.japan.throne, DISCREDITED)
        new_regime(c, w, NOBODY)
    else:
        w.japan.uproar_week = np.float64(c.week)
        w.japan.cabinet_week, w.japan.cabinet_temper = np.float64(c.week), CAUTIOUS


@kernel
def soviet_crisis(c, w, p):
    """Does the Soviet state come to a crisis over the East, and who rules after it or after Stalin's death?"""
    now = np.float64(c.week)
    lost = weeks_since(c, w.side.war_lost_week[SIDE__SOVIET])
    losing = w.land.vladivostok_fallen > 0.0 and northern_war(w)
    german_war = yes(w.ussr.german_war_week >= 0.0 and w.ussr.stalingrad_week < 0.0)
    in_crisis = False
    if (losing or 0.0 <= lost < TWO_YEARS) and w.ussr.regime != OVERTHROWN:
        hazard = kremlin.crisis(lost, yes(losing), german_war, p.kremlin_crisis)
        in_crisis = clock(c, KREMLIN_CRISIS, ZERO, hazard) > ZERO
    died = w.ussr.stalin_dead_week == now
    if not in_crisis and not died:
        return
    dead = yes(w.ussr.stalin_dead_week >= 0.0)
    utilities = kremlin.who_rules(yes(died), yes(in_crisis), german_war, p.kremlin_who_rules)
    took = choice(c, KREMLIN_WHO_RULES, ZERO, c.week, ZERO, utilities)
    if took == ZERO:
        return
    w.ussr.leader = np.float64(took)
    w.ussr.regime = OVERTHROWN if took == KREMLIN_WHO_RULES__COLLAPSE else SHAKEN
    if took == KREMLIN_WHO_RULES__COLLAPSE:
        came_true(c, OUTCOME__SOVIET_REGIME_FALLS)
    if dead == 0.0:
        w.ussr.stalin_dead_week = now


@kernel
def last_day(c, w):
    """Has a revolution's government the capital and three of the main islands on the last day?"""
    if w.japan.regime != COMMUNISTS:
        return
    held = 0.0
    for island in range(ISLANDS):
        held += yes(w.island.occupier[island] != AMERICAN)
    if held >= THREE_ISLANDS and w.island.occupier[ISLAND__HONSHU_ISLAND] != AMERICAN:
        came_true(c, OUTCOME__COMMUNIST_JAPAN_REVOLUTION)
