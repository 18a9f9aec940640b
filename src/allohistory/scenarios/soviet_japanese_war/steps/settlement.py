"""Step 1 of the week, after Europe's war: those who won it fall out; each quarter, does Europe come to an order?"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    COLD_WAR_STEP__BERLIN_BLOCKADE,
    COLD_WAR_STEP__CONTAINMENT,
    COLD_WAR_STEP__EAST_CLOSED,
    EUROPE_BREAKS,
    EUROPE_SETTLES,
    EUROPE_SETTLES__GERMAN,
    EUROPEAN_EVENT__GERMANY_DEFEATED,
    OUTCOME__EUROPE_SETTLEMENT,
)
from allohistory.scenarios.soviet_japanese_war.rules import europe_after as rules
from allohistory.scenarios.soviet_japanese_war.steps.almanac import quarter_begins, years_since, yes
from allohistory.scenarios.soviet_japanese_war.steps.dates import weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.frontier import nobody_in_moscow
from allohistory.timeline.drawing import choice, clock, which

ZERO = np.int64(0)
NONE, CONTAINED, CLOSED = 0.0, 1.0, 2.0  # of europe.breaches


@kernel
def settlement(c, w, p):
    """One week of it; nothing before Germany is beaten, but for a Germany that nobody beats."""
    if w.europe.settlement > 0.0:
        return
    if w.europe.germany_beaten > 0.0:
        breaches(c, w, p)
        if quarter_begins(c):
            after_victory(c, w, p)
    elif w.europe.at_war > 0.0 and quarter_begins(c):
        if years_since(c, w.europe.war_week) >= p.europe_settles.german_years:
            without_victory(c, w, p)


@kernel
def america_in(w):
    """1 where America fought, or fights, and has no isolationist president."""
    return yes(w.america.at_war > 0.0 and w.america.isolationist == 0.0)


@kernel
def east_bound(w, p):
    """How far Moscow's hands are full in the East, as Europe feels it."""
    return rules.bound(w.ussr.divisions_felt_in_europe, p.europe_bound)


@kernel
def step_apart(c, w, p, entity, per_year, since, delay):
    """One clock: is the step taken?"""
    hazard = rules.europe_breaks(per_year, since, delay, p.europe_breaks)
    if clock(c, EUROPE_BREAKS, entity, hazard) == ZERO:
        return
    w.europe.breaches += 1.0
    w.europe.breach_week = np.float64(c.week)


@kernel
def breaches(c, w, p):
    """Containment, the East closed, Berlin: each answers the one before. Without the Red Army in Europe, none."""
    if w.europe.stalingrad == 0.0 or nobody_in_moscow(w):
        return
    breaks = p.europe_breaks
    if w.europe.breaches == NONE:
        since = weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__GERMANY_DEFEATED])
        rate = rules.containment(1.0 - america_in(w), breaks)
        step_apart(c, w, p, COLD_WAR_STEP__CONTAINMENT, rate, since, breaks.containment_delay)
        return
    since = weeks_since(c, w.europe.breach_week)
    if w.europe.breaches == CONTAINED:
        rate = rules.closing(east_bound(w, p), breaks)
        step_apart(c, w, p, COLD_WAR_STEP__EAST_CLOSED, rate, since, breaks.closing_delay)
    elif w.europe.breaches == CLOSED:
        step_apart(
            c,
            w,
            p,
            COLD_WAR_STEP__BERLIN_BLOCKADE,
            breaks.blockade_per_year,
            since,
            breaks.blockade_delay,
        )


@kernel
def after_victory(c, w, p):
    """Germany is beaten: what order?"""
    utilities = rules.europe_settles(
        years_since(c, w.europe.happened_week[EUROPEAN_EVENT__GERMANY_DEFEATED]),
        w.europe.breaches,
        w.europe.stalingrad * yes(not nobody_in_moscow(w)),
        america_in(w),
        1.0 - w.europe.france_fallen,
        east_bound(w, p),
        yes(w.ussr.stalin_dead_week >= 0.0),
        p.europe_settles,
    )
    settle(c, w, utilities)


@kernel
def without_victory(c, w, p):
    """Nobody has beaten Germany in six years: does the continent settle under it?"""
    utilities = rules.german_peace(
        years_since(c, w.europe.war_week),
        w.europe.france_fallen,
        yes(w.europe.eastern_front > 0.0 and w.europe.moscow_held == 0.0),
        america_in(w),
        p.europe_settles,
    )
    settle(c, w, utilities)


@kernel
def settle(c, w, utilities):
    """Ask, and carry it out; a German peace ends the fighting in West and East."""
    order = choice(c, EUROPE_SETTLES, ZERO, c.week, ZERO, utilities)
    if order == ZERO:
        return
    w.europe.settlement, w.europe.settled_week = np.float64(order), np.float64(c.week)
    which(c, OUTCOME__EUROPE_SETTLEMENT, order)
    if order == EUROPE_SETTLES__GERMAN:
        w.europe.at_war, w.europe.eastern_front = 0.0, 0.0
