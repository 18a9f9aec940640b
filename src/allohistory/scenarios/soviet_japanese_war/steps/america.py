"""Step 1 of the week, second half: Washington's pressure on Japan, its supplies. At the end of the week: its stance."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    AMERICA_ELECTS,
    AMERICAN_STEP__FREEZE,
    AMERICAN_STEP__LICENCES,
    AMERICAN_STEP__MORAL_EMBARGO,
    AMERICAN_STEP__SCRAP,
    AMERICAN_STEP__TREATY_NOTICE,
    EUROPEAN_EVENT__FINLAND,
    OUTCOME__AMERICA_ENTERS,
    OUTCOME__PACIFIC_WAR_BEGINS,
    OUTCOME__STRIKE_SOUTH,
    WASHINGTON_STANCE,
    WASHINGTON_STEPS,
)
from allohistory.scenarios.soviet_japanese_war.rules import america as rules
from allohistory.scenarios.soviet_japanese_war.steps.almanac import (
    month_begins,
    quarter_begins,
    years_after,
    years_since,
    yes,
)
from allohistory.scenarios.soviet_japanese_war.steps.dates import NOVEMBER, first_week_of, weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.europe import europe
from allohistory.timeline.drawing import came_true, choice, clock

ZERO = np.int64(0)
YEAR_1931, YEAR_1936, FOUR = np.int64(1931), np.int64(1936), np.int64(4)
YEAR_1940, YEAR_1944 = np.int64(1940), np.int64(1944)
GENERAL_WAR = 7.0
JAPANS_CHOICE = 2.0  # of war.road
TREATY_ENDED, LICENCES, SCRAP, NO_OIL = 1.0, 2.0, 3.0, 4.0
PRESSURE, AID = 1.0, 2.0  # of america.stance


@kernel
def europe_and_america(c, w, p):
    """Place 1 of the week: orders of last week come due, Europe turns, Washington tightens the rope."""
    southern_war_begins(c, w)
    supplies(c, w, p)
    europe(c, w, p)
    election(c, w, p)
    washington(c, w, p)


@kernel
def election(c, w, p):
    """Every fourth November from 1936 on; what is elected counts at once."""
    if c.year < YEAR_1936 or c.year % FOUR != ZERO or not first_week_of(c, NOVEMBER):
        return
    third_term = yes(YEAR_1940 <= c.year <= YEAR_1944)
    fighting = yes(w.america.at_war > 0.0 and w.japan.surrendered == 0.0)
    utilities = rules.america_elects(third_term, fighting, p.america_elects)
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
        came_true(c, OUTCOME__STRIKE_SOUTH)


@kernel
def america_enters(c, w):
    """America and Japan are at war."""
    w.america.at_war = 1.0
    w.america.war_week = np.float64(c.week)
    w.america.embargo = NO_OIL
    w.japan.fighting_america = 1.0
    came_true(c, OUTCOME__PACIFIC_WAR_BEGINS)
    came_true(c, OUTCOME__AMERICA_ENTERS)


@kernel
def step(c, w, p, entity, per_year):
    """One clock of Washington's: draws it and says whether the step is taken."""
    hazard = rules.washington_steps(
        per_year,
        w.china.at_war,
        yes(w.war.rung == GENERAL_WAR),
        w.europe.eastern_front,
        w.america.isolationist,
        yes(w.america.stance >= PRESSURE),
        p.washington_steps,
    )
    if clock(c, WASHINGTON_STEPS, entity, hazard) == ZERO:
        return False
    w.america.last_step_week = np.float64(c.week)
    return True


@kernel
def no_cause(w):
    """Has there been no war yet that measures against Japan could answer?"""
    return w.china.war_week < 0.0 and w.war.began_week < 0.0 and w.europe.at_war == 0.0


@kernel
def washington(c, w, p):
    """The moral embargo, and the ladder from the treaty to oil, a rung at a time."""
    if w.america.at_war > 0.0 or w.japan.surrendered > 0.0 or no_cause(w):
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
    if w.america.embargo == SCRAP or (w.war.rung == GENERAL_WAR and w.america.embargo < NO_OIL):
        per_year = rules.asset_freeze(w.japan.indochina, weeks_since(c, w.japan.southward_week), steps)
        if w.america.embargo == 0.0:
            per_year *= steps.ahead_of_time
        if step(c, w, p, AMERICAN_STEP__FREEZE, per_year):
            w.america.embargo = NO_OIL


@kernel
def mood(c, w, p, japan_began_it, china_at_war):
    """How ready America is to do something against Japan."""
    return rules.mood(
        years_after(c, YEAR_1931),
        japan_began_it,
        china_at_war,
        weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__FINLAND]),
        weeks_since(c, w.ussr.purge_week),
        w.america.isolationist,
        p.washington_stance,
    )


@kernel
def american_stance(c, w, p):
    """When a general war begins without America, and each quarter after: what does Washington do?"""
    if (
        w.war.rung != GENERAL_WAR
        or w.america.at_war > 0.0
        or w.japan.surrendered > 0.0
        or not (quarter_begins(c) or w.war.general_week == np.float64(c.week))
    ):
        return
    lean = mood(c, w, p, yes(w.war.road == JAPANS_CHOICE), w.china.at_war)
    utilities = rules.washington_stance(lean, w.europe.eastern_front, p.washington_stance)
    w.america.stance = np.float64(choice(c, WASHINGTON_STANCE, ZERO, c.week, ZERO, utilities))


@kernel
def supplies(c, w, p):
    """What America sends to a Soviet Union that fights Germany; reckoned once a month."""
    if w.europe.eastern_front == 0.0:
        w.america.supply = 0.0
        return
    if not month_begins(c):
        return
    friendly = yes(w.america.fights_germany > 0.0 or w.america.stance == AID or lends(c, w))
    w.america.supply = rules.america_supplies(
        years_since(c, w.ussr.german_war_week), friendly, w.sea.route_shut, p.america_supplies
    )


@kernel
def lends(c, w):
    """Does America lend arms without being at war: Germany rules France, and no isolationist the White House?"""
    return w.europe.france_fallen > 0.0 and w.america.isolationist == 0.0
