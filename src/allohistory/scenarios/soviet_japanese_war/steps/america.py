"""Step 1 of the week, second half: Washington's pressure on Japan. And at the end of the week: stance and bomb."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    AMERICA_BOMBS,
    AMERICA_ELECTS,
    AMERICAN_STEP__FREEZE,
    AMERICAN_STEP__LICENCES,
    AMERICAN_STEP__MORAL_EMBARGO,
    AMERICAN_STEP__SCRAP,
    AMERICAN_STEP__TREATY_NOTICE,
    EUROPEAN_EVENT__FINLAND,
    WASHINGTON_STANCE,
    WASHINGTON_STANCE__WAR,
    WASHINGTON_STEPS,
)
from allohistory.scenarios.soviet_japanese_war.rules import america as rules
from allohistory.scenarios.soviet_japanese_war.steps.almanac import quarter_begins, years_after, yes
from allohistory.scenarios.soviet_japanese_war.steps.dates import NOVEMBER, first_week_of, weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.europe import europe
from allohistory.timeline.drawing import choice, clock, sleeps

ZERO = np.int64(0)
YEAR_1931, YEAR_1936, YEAR_1940, FOUR = np.int64(1931), np.int64(1936), np.int64(1940), np.int64(4)
GENERAL_WAR = 7.0
JAPANS_CHOICE = 2.0  # of war.road
TREATY_ENDED, LICENCES, SCRAP, NO_OIL = 1.0, 2.0, 3.0, 4.0
BOMB_READY = 759.0  # the week of 23 July 1945, after the test of the 16th


@kernel
def europe_and_america(c, w, p):
    """Place 1 of the week: orders of last week come due, Europe turns, Washington tightens the rope."""
    southern_war_begins(c, w)
    europe(c, w, p)
    election(c, w, p)
    washington(c, w, p)


@kernel
def election(c, w, p):
    """Every fourth November from 1936 on; what is elected counts at once."""
    if c.year < YEAR_1936 or c.year % FOUR != ZERO or not first_week_of(c, NOVEMBER):
        return
    utilities = rules.america_elects(yes(c.year >= YEAR_1940), w.america.at_war, p.america_elects)
    w.america.isolationist = 1.0 - np.float64(choice(c, AMERICA_ELECTS, ZERO, c.week, ZERO, utilities))


@kernel
def southern_war_begins(c, w):
    """The fleet strikes on the Monday after the order."""
    ordered = w.japan.southern_order_week
    if (
        ordered >= 0.0
        and np.float64(c.week) > ordered
        and w.america.at_war == 0.0
        and w.japan.surrendered == 0.0
    ):
        america_enters(c, w)


@kernel
def america_enters(c, w):
    """America and Japan are at war."""
    w.america.at_war = 1.0
    w.america.war_week = np.float64(c.week)
    w.america.embargo = NO_OIL
    w.japan.fighting_america = 1.0


@kernel
def step(c, w, p, entity, per_year):
    """One clock of Washington's: draws it and says whether the step is taken."""
    if sleeps(c, WASHINGTON_STEPS, entity):
        return False
    hazard = rules.washington_steps(
        per_year,
        w.china.at_war,
        yes(w.war.rung == GENERAL_WAR),
        w.europe.eastern_front,
        w.america.isolationist,
        p.washington_steps,
    )
    if clock(c, WASHINGTON_STEPS, entity, hazard) == ZERO:
        return False
    w.america.last_step_week = np.float64(c.week)
    return True


@kernel
def washington(c, w, p):
    """The moral embargo, and the ladder from the treaty to oil, a rung at a time."""
    if w.america.at_war > 0.0 or w.japan.surrendered > 0.0:
        return
    steps = p.washington_steps
    china_weeks = weeks_since(c, w.china.war_week) if w.china.at_war > 0.0 else -1.0
    if w.america.moral_embargo == 0.0:
        per_year = rules.moral_embargo(china_weeks, steps)
        w.america.moral_embargo = yes(step(c, w, p, AMERICAN_STEP__MORAL_EMBARGO, per_year))
    if w.america.embargo == 0.0:
        per_year = rules.treaty_notice(china_weeks, w.europe.tension, steps)
        if step(c, w, p, AMERICAN_STEP__TREATY_NOTICE, per_year):
            w.america.embargo = TREATY_ENDED
    if w.america.embargo == TREATY_ENDED:
        if step(c, w, p, AMERICAN_STEP__LICENCES, rules.export_licences(w.europe.france_fallen, steps)):
            w.america.embargo = LICENCES
    if w.america.embargo == LICENCES:
        per_year = rules.scrap_embargo(w.japan.indochina, w.japan.tripartite, steps)
        if step(c, w, p, AMERICAN_STEP__SCRAP, per_year):
            w.america.embargo = SCRAP
    if w.america.embargo == SCRAP:
        per_year = rules.asset_freeze(w.japan.indochina, weeks_since(c, w.japan.southward_week), steps)
        if step(c, w, p, AMERICAN_STEP__FREEZE, per_year):
            w.america.embargo = NO_OIL


@kernel
def american_stance(c, w, p):
    """Once a quarter of a general war without America: what does Washington do?"""
    if (
        w.war.rung != GENERAL_WAR
        or w.america.at_war > 0.0
        or w.japan.surrendered > 0.0
        or not quarter_begins(c)
    ):
        return
    utilities = rules.washington_stance(
        years_after(c, YEAR_1931),
        w.europe.eastern_front,
        yes(w.war.road == JAPANS_CHOICE),
        w.china.at_war,
        weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__FINLAND]),
        weeks_since(c, w.ussr.purge_week),
        w.america.isolationist,
        p.washington_stance,
    )
    stance = choice(c, WASHINGTON_STANCE, ZERO, c.week, ZERO, utilities)
    w.america.stance = np.float64(stance)
    if stance == WASHINGTON_STANCE__WAR:
        america_enters(c, w)


@kernel
def american_bombs(c, w, p):
    """The first atomic bomb on a Japan at war with America."""
    if w.japan.fighting_america == 0.0 or w.japan.surrendered > 0.0 or w.america.bomb_week >= 0.0:
        return
    hazard = rules.america_bombs(np.float64(c.week) - BOMB_READY, p.america_bombs)
    if hazard > 0.0 and clock(c, AMERICA_BOMBS, ZERO, hazard) > ZERO:
        w.america.bomb_week = np.float64(c.week)
