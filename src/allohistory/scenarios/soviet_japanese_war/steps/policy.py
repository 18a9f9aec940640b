"""Step 7 of the week: Tokyo thinks again, and decides about the north and the south.

At a review three questions follow each other under the review's key: the line (step 0), the north (1), the south (2).
Between reviews, while forces stand ready, the question whether to use them returns every second week, under the
week's own key.
"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    TOKYO_NATIONAL_POLICY,
    TOKYO_REVIEWS_POLICY,
    TOKYO_STRIKES_NORTH,
    TOKYO_STRIKES_NORTH__ATTACK,
    TOKYO_STRIKES_NORTH__PREPARE,
    TOKYO_STRIKES_SOUTH,
    TOKYO_STRIKES_SOUTH__ATTACK,
    TOKYO_STRIKES_SOUTH__PREPARE,
)
from allohistory.scenarios.soviet_japanese_war.rules import policy as rules
from allohistory.scenarios.soviet_japanese_war.rules.reckoning import needs_met
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.scenarios.soviet_japanese_war.steps.almanac import days_after, years_after, years_since, yes
from allohistory.scenarios.soviet_japanese_war.steps.dates import weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.frontier import fresh_peace, nobody_in_moscow, red
from allohistory.scenarios.soviet_japanese_war.steps.japan import in_renovation
from allohistory.scenarios.soviet_japanese_war.steps.mind import outnumbered
from allohistory.timeline.drawing import choice, clock

ZERO, ONE, TWO = np.int64(0), np.int64(1), np.int64(2)
YEAR_1935, YEAR_1937, YEAR_1940 = np.int64(1935), np.int64(1937), np.int64(1940)
MARCH, AUGUST, OCTOBER, TENTH = np.int64(3), np.int64(8), np.int64(10), np.int64(10)
FORTNIGHT = 14.0
WINTER = 26.0  # fortnights late: there is no later
FULL_CHINA = 20.0
SOUTH_ALL, STEPS_ALL = 2.0, 4.0
NO_OIL = 4.0
BOTH_ON_PAPER, SOUTH, NORTH = 1.0, 2.0, 3.0
THEATRE_WAR = 6.0


@kernel
def policy(c, w, p):
    """One week of high policy."""
    if w.japan.surrendered > 0.0 or red(w):
        return
    hazard = rules.tokyo_reviews_policy(
        weeks_since(c, w.japan.policy_week),
        weeks_since(c, w.japan.cabinet_week),
        weeks_since(c, w.border.division_lost_week),
        weeks_since(c, max(w.europe.shaken_week, w.japan.berlin_word_week)),
        yes(w.america.embargo == NO_OIL and w.japan.fighting_america == 0.0) * (1.0 - own_oil(w, p)),
        p.tokyo_reviews_policy,
    )
    if clock(c, TOKYO_REVIEWS_POLICY, ZERO, hazard) > ZERO:
        review(c, w, p)
    else:
        between_reviews(c, w, p)


@kernel
def review(c, w, p):
    """The line, the north, the south."""
    key = c.key
    w.japan.policy_week = np.float64(c.week)
    line(c, w, p, key)
    if may_go_north(w):
        north(c, w, p, key, ONE)
    if c.year >= YEAR_1940 and w.japan.fighting_america == 0.0 and w.japan.southern_order_week < 0.0:
        south(c, w, p, key, TWO, 1.0)


@kernel
def may_go_north(w):
    """Is there an enemy in the north who is not fought already, and no order yet?"""
    return w.war.rung < THEATRE_WAR and w.japan.northern_order_week < 0.0 and not nobody_in_moscow(w)


@kernel
def between_reviews(c, w, p):
    """While forces stand ready, every second week from the first after the order: use them?"""
    if w.japan.prepared_north > 0.0 and may_go_north(w):
        if (c.week - np.int64(w.japan.prepared_north_week)) % TWO == ONE:
            north(c, w, p, c.week, ZERO)
    if w.japan.prepared_south > 0.0 and w.japan.fighting_america == 0.0 and w.japan.southern_order_week < 0.0:
        if (c.week - np.int64(w.japan.prepared_south_week)) % TWO == ONE:
            south(c, w, p, c.week, ZERO, 0.0)


@kernel
def france_down(w):
    """1 while France is down: fallen, and Germany not beaten."""
    return w.europe.france_fallen * (1.0 - w.europe.germany_beaten)


@kernel
def own_oil(w, p):
    """0..1, share of Japan's needs that its wells in Manchuria meet."""
    return needs_met(w.japan.manchurian_oil, p.japan_manchurian_oil)


@kernel
def berlin_asks(w):
    """What Berlin has said, while there is a Berlin: 0 nothing, 1/2 that it will attack, 1 that Japan should too."""
    return 0.5 * w.japan.berlin_word * (1.0 - w.europe.germany_beaten)


@kernel
def line(c, w, p, key):
    """What the review puts on paper."""
    utilities = rules.tokyo_national_policy(
        years_after(c, YEAR_1935),
        france_down(w),
        w.europe.eastern_front,
        years_since(c, w.border.division_lost_week),
        within(w.japan.divisions_china / FULL_CHINA, 0.0, 1.0),
        w.america.embargo * (1.0 - own_oil(w, p)),
        w.japan.northern_opinion,
        w.japan.army_share,
        berlin_asks(w),
        p.tokyo_national_policy,
    )
    w.japan.policy = np.float64(choice(c, TOKYO_NATIONAL_POLICY, ZERO, key, ZERO, utilities))
    if w.japan.policy == SOUTH or w.japan.policy == BOTH_ON_PAPER:
        w.japan.southward_week = np.float64(c.week)


@kernel
def fortnights_late(c):
    """Fortnights past 10 August, until March: how late it is for a campaign before winter, and in it."""
    if c.month < MARCH:
        return WINTER
    return within(np.float64(days_after(c, AUGUST, TENTH)) / FORTNIGHT, 0.0, WINTER)


@kernel
def east_left(w):
    """Believed Soviet divisions in the East as a share of those counted when Germany attacked; 1 before."""
    if w.japan.believed_before_transfers <= 0.0:
        return 1.0
    return w.japan.believed_soviet_divisions / w.japan.believed_before_transfers


@kernel
def north(c, w, p, key, step):
    """Wait, make ready or strike in the north."""
    northward = yes(w.japan.policy == NORTH)
    utilities = rules.tokyo_strikes_north(
        1.0 - w.europe.eastern_front,
        years_after(c, YEAR_1937),
        outnumbered(c, w, p),
        east_left(w),
        w.europe.german_progress,
        fortnights_late(c),
        within(w.japan.divisions_china / FULL_CHINA, 0.0, 1.0),
        1.0 - 0.5 * northward,
        yes(w.america.embargo == NO_OIL) * (1.0 - own_oil(w, p)),
        years_since(c, w.border.division_lost_week),
        w.relations.neutrality_pact,
        w.japan.prepared_north,
        w.japan.fighting_america,
        w.japan.northern_opinion,
        w.ussr.bombers_in_reach,
        northward,
        in_renovation(c, w, p),
        berlin_asks(w),
        w.europe.moscow_struck * w.europe.eastern_front * (1.0 - w.europe.france_fallen),
        w.japan.believed_reach,
        fresh_peace(c, w),
        p.tokyo_strikes_north,
    )
    took = choice(c, TOKYO_STRIKES_NORTH, ZERO, key, step, utilities)
    if took == TOKYO_STRIKES_NORTH__ATTACK:
        w.japan.northern_order_week = np.float64(c.week)
    elif took == TOKYO_STRIKES_NORTH__PREPARE:
        if w.japan.prepared_north == 0.0:
            w.japan.prepared_north = 1.0
            w.japan.prepared_north_week = np.float64(c.week)
    else:
        w.japan.prepared_north = 0.0


@kernel
def south(c, w, p, key, step, at_review):
    """Wait, make ready or strike in the south."""
    weeks_ready = weeks_since(c, w.japan.prepared_south_week) if w.japan.prepared_south > 0.0 else 0.0
    utilities = rules.tokyo_strikes_south(
        at_review,
        w.america.embargo / STEPS_ALL,
        w.japan.oil_stock,
        weeks_ready,
        w.japan.indochina / SOUTH_ALL,
        france_down(w),
        w.europe.german_progress,
        w.europe.eastern_front,
        yes(w.japan.policy == SOUTH),
        yes(w.war.rung >= THEATRE_WAR),
        yes(c.month <= MARCH or c.month >= OCTOBER),
        own_oil(w, p),
        p.tokyo_strikes_south,
    )
    took = choice(c, TOKYO_STRIKES_SOUTH, ZERO, key, step, utilities)
    if took == TOKYO_STRIKES_SOUTH__ATTACK:
        w.japan.southern_order_week = np.float64(c.week)
    elif took == TOKYO_STRIKES_SOUTH__PREPARE:
        if w.japan.prepared_south == 0.0:
            w.japan.prepared_south = 1.0
            w.japan.prepared_south_week = np.float64(c.week)
    elif at_review > 0.0:
        w.japan.prepared_south = 0.0
