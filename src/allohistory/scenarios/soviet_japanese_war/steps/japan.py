"""Step 3 of the week: Japan at home: its counting, divisions, opinion, coups, cabinets; then its diplomacy."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    ARMY_NORTHERN_OPINION,
    ARMY_PUNISHES,
    COUP_OUTCOME,
    COUP_OUTCOME__SHAKES,
    COUP_OUTCOME__SUCCEEDS,
    JAPAN_BUILD_UP,
    JAPAN_CABINET_FALLS,
    JAPAN_COUP_ATTEMPT,
    OUTCOME__JAPAN_MILITARY_RULE,
    SIDE__JAPANESE,
)
from allohistory.scenarios.soviet_japanese_war.rules import japan as rules
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.scenarios.soviet_japanese_war.steps.almanac import half_year_begins, years_since, yes
from allohistory.scenarios.soviet_japanese_war.steps.arms import japanese_arms
from allohistory.scenarios.soviet_japanese_war.steps.dates import lately, weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.diplomacy import diplomacy
from allohistory.scenarios.soviet_japanese_war.steps.home import (
    hardship,
    harvest,
    new_cabinet,
    shares_steel,
)
from allohistory.scenarios.soviet_japanese_war.steps.mind import tokyo_counts
from allohistory.timeline.drawing import came_true, choice, clock, shock

ZERO, ONE = np.int64(0), np.int64(1)
NORTH = 3.0  # of japan.policy
PURGE_BEGUN, PURGE_HALTED = 1.0, 3.0
GENERAL_WAR = 7.0
SOLDIERS, NOBODY, COMMUNISTS = 1.0, 3.0, 4.0  # of japan.regime
YEAR = 52.0
YEAR_1937 = np.int64(1937)


@kernel
def japan_at_home(c, w, p):
    """One week of Japan."""
    if w.japan.surrendered == 0.0:
        tokyo_counts(c, w, p)
    shares_steel(c, w, p)
    harvest(c, w, p)
    if w.japan.surrendered == 0.0 and half_year_begins(c):
        build_up(c, w, p)
        japanese_arms(c, w, p)
        opinion(c, w, p)
    coup(c, w, p)
    cabinet(c, w, p)
    if w.japan.surrendered == 0.0:
        diplomacy(c, w, p)


@kernel
def build_up(c, w, p):
    """Divisions added in the north this half-year."""
    mean, spread = rules.japan_build_up(
        w.japan.divisions_north,
        w.japan.believed_soviet_divisions,
        w.japan.divisions_china,
        yes(c.year >= YEAR_1937 or w.china.at_war > 0.0),
        max(yes(w.japan.policy == NORTH), w.japan.prepared_north),
        w.japan.fighting_america,
        w.europe.germany_beaten,
        w.japan.army_share,
        p.japan_build_up,
    )
    added = shock(c, JAPAN_BUILD_UP, ZERO, c.week, ZERO, mean, spread)
    w.japan.divisions_north = max(w.japan.divisions_north + added, 0.0)


@kernel
def opinion(c, w, p):
    """What senior officers think of a northern war."""
    mean, spread = rules.army_northern_opinion(
        w.japan.northern_opinion,
        yes(w.europe.eastern_front > 0.0 and w.europe.moscow_held == 0.0),
        years_since(c, w.border.division_lost_week),
        w.japan.fighting_america,
        yes(PURGE_BEGUN <= w.ussr.purge < PURGE_HALTED),
        p.army_northern_opinion,
    )
    share = shock(c, ARMY_NORTHERN_OPINION, ZERO, c.week, ZERO, mean, spread)
    w.japan.northern_opinion = within(share, 0.0, 1.0)


@kernel
def coup(c, w, p):
    """An attempt on the state, how it ends, and how the army punishes it; after a surrender there is no army."""
    if w.japan.surrendered > 0.0:
        return
    both = yes(w.japan.fighting_america > 0.0 and w.war.rung == GENERAL_WAR)
    hazard = rules.japan_coup_attempt(
        w.japan.imperial_way,
        w.china.at_war,
        both,
        hardship(c, w, p),
        weeks_since(c, w.side.war_lost_week[SIDE__JAPANESE]),
        w.america.occupies,
        p.japan_coup_attempt,
    )
    if clock(c, JAPAN_COUP_ATTEMPT, ZERO, hazard) == ZERO:
        return
    key = c.key
    lost_war = lately(c, w.side.war_lost_week[SIDE__JAPANESE], YEAR)
    utilities = rules.coup_outcome(w.japan.imperial_way, w.japan.fighting_america, lost_war, p.coup_outcome)
    outcome = choice(c, COUP_OUTCOME, ZERO, key, ZERO, utilities)
    punishment = ZERO
    if outcome == COUP_OUTCOME__SUCCEEDS:
        w.japan.renovation_week = np.float64(c.week)
        w.japan.uproar_week = np.float64(c.week)
        w.japan.regime, w.japan.regime_week = SOLDIERS, np.float64(c.week)
        came_true(c, OUTCOME__JAPAN_MILITARY_RULE)
    else:
        shaken = yes(outcome == COUP_OUTCOME__SHAKES)
        if shaken > 0.0:
            w.japan.uproar_week = np.float64(c.week)
        utilities = rules.army_punishes(shaken, w.japan.imperial_way, p.army_punishes)
        punishment = choice(c, ARMY_PUNISHES, ZERO, key, ONE, utilities)
    w.japan.imperial_way = rules.imperial_way(
        w.japan.imperial_way, np.float64(outcome), np.float64(punishment), p.japan_imperial_way
    )


@kernel
def cabinet(c, w, p):
    """Does the cabinet fall? Not where nobody rules, or a party that needs no Diet."""
    if NOBODY <= w.japan.regime <= COMMUNISTS:
        return
    hazard = rules.japan_cabinet_falls(
        weeks_since(c, w.japan.uproar_week),
        weeks_since(c, w.border.division_lost_week),
        weeks_since(c, w.europe.last_turn_week),
        weeks_since(c, w.japan.great_defeat_week),
        w.japan.fighting_america,
        weeks_since(c, w.japan.surrender_week),
        p.japan_cabinet_falls,
    )
    if clock(c, JAPAN_CABINET_FALLS, ZERO, hazard) > ZERO:
        w.japan.cabinet_week = np.float64(c.week)
        new_cabinet(c, w, p)


@kernel
def in_renovation(c, w, p):
    """Do men who won the state by a coup still rule?"""
    return yes(0.0 <= years_since(c, w.japan.renovation_week) < p.common.years_of_renovation)
