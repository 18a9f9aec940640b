"""Japan's end in a war with America: the terms, the throne's ruling, whether the army obeys, a zone asked for."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    ARMY_OBEYS_RULING,
    ARMY_OBEYS_RULING__DEFIES,
    EUROPEAN_EVENT__GERMANY_DEFEATED,
    JAPAN_SURRENDERS,
    OPERATION__RUMOI_LANDING,
    WASHINGTON_THRONE_CLAUSE,
    WASHINGTON_ZONE,
)
from allohistory.scenarios.soviet_japanese_war.rules import peace as rules
from allohistory.scenarios.soviet_japanese_war.rules.bargains import CAPITULATION
from allohistory.scenarios.soviet_japanese_war.rules.japan import japan_surrenders
from allohistory.scenarios.soviet_japanese_war.rules.ladder import GENERAL_WAR
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.scenarios.soviet_japanese_war.steps.almanac import years_since, yes
from allohistory.scenarios.soviet_japanese_war.steps.dates import lately, weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.frontier import nobody_in_moscow
from allohistory.scenarios.soviet_japanese_war.steps.japan import in_renovation
from allohistory.timeline.drawing import choice, clock

ZERO = np.int64(0)
ELEVEN_WEEKS = 11.0  # from Germany's end to the demand that Japan surrender
FORTNIGHT, QUARTER, HALF_YEAR = 2.0, 13.0, 26.0
FED, HUNGRY = 2000.0, 1700.0  # kilocalories a head a day
SOLDIERS, PEACE_CABINET, REVOLUTION = 1.0, 2.0, 4.0
CAUTIOUS, FORWARD = 0.0, 0.0
WON = 2.0


@kernel
def surrender(c, w, p):
    """The week of a Japan that fights America: what it is told, what falls on it, what the throne says."""
    if w.japan.fighting_america == 0.0 or w.japan.surrendered > 0.0:
        return
    if weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__GERMANY_DEFEATED]) == ELEVEN_WEEKS:
        demand(c, w, p)
    count_bombs(c, w)
    if clock(c, JAPAN_SURRENDERS, ZERO, chance_of_ruling(c, w, p)) == ZERO:
        return
    utilities = rules.army_obeys_ruling(
        yes(w.japan.cabinet_temper > FORWARD),
        yes(w.japan.regime == SOLDIERS),
        w.japan.throne,
        p.army_obeys_ruling,
    )
    if choice(c, ARMY_OBEYS_RULING, ZERO, c.week, ZERO, utilities) == ARMY_OBEYS_RULING__DEFIES:
        w.peace.defied_week = np.float64(c.week)
        take_office(c, w, SOLDIERS)
        return
    gives_itself_up(c, w)
    zone(c, w, p)


@kernel
def demand(c, w, p):
    """The terms are published: is the throne named in them?"""
    utilities = rules.throne_clause(yes(w.america.bombs_at_hand > 0.0), p.washington_throne_clause)
    w.peace.throne_named = np.float64(choice(c, WASHINGTON_THRONE_CLAUSE, ZERO, c.week, ZERO, utilities))


@kernel
def count_bombs(c, w):
    """Remember the week of a bomb after the first, whoever dropped it."""
    dropped = w.america.bombs_used + w.ussr.bombs_used
    if dropped > w.peace.bombs_seen:
        if w.america.bomb_week >= 0.0 and np.float64(c.week) > w.america.bomb_week:
            w.peace.later_bomb_week = np.float64(c.week)
        w.peace.bombs_seen = dropped


@kernel
def chance_of_ruling(c, w, p):
    """Expected rulings this week."""
    defiant = lately(c, w.peace.defied_week, QUARTER)
    return japan_surrenders(
        years_since(c, w.america.war_week),
        weeks_since(c, w.america.bomb_week),
        lately(c, w.peace.later_bomb_week, FORTNIGHT),
        w.america.bombs_used + w.ussr.bombs_used,
        weeks_since(c, w.war.general_week) if w.war.rung == GENERAL_WAR else -1.0,
        w.peace.throne_named,
        within((FED - w.japan.calories) / (FED - HUNGRY), 0.0, 1.0),
        yes(w.japan.regime < PEACE_CABINET),
        yes(w.japan.cabinet_temper < CAUTIOUS and w.japan.regime != SOLDIERS),
        w.pacific.invasion,
        for_peace(w),
        max(in_renovation(c, w, p), defiant),
        p.japan_surrenders,
    )


@kernel
def for_peace(w):
    """1 where a cabinet of peace or revolutionaries rule in Tokyo."""
    return yes(w.japan.regime == PEACE_CABINET or w.japan.regime == REVOLUTION)


@kernel
def take_office(c, w, regime):
    """So it is now in Tokyo."""
    w.japan.regime, w.japan.regime_week = regime, np.float64(c.week)


@kernel
def gives_itself_up(c, w):
    """Japan capitulates: to America, to the Soviet Union, or to both."""
    w.japan.surrendered = 1.0
    w.peace.kind, w.peace.week = CAPITULATION, np.float64(c.week)
    w.peace.soviet_war = yes(w.war.rung == GENERAL_WAR)
    w.peace.with_america = w.america.at_war
    if w.japan.regime < PEACE_CABINET:
        take_office(c, w, PEACE_CABINET)


@kernel
def zone(c, w, p):
    """Where both beat Japan, Moscow asks for a zone, and Washington answers."""
    if w.peace.soviet_war == 0.0 or w.america.at_war == 0.0 or nobody_in_moscow(w):
        return
    utilities = rules.washington_zone(
        yes(w.operation.state[OPERATION__RUMOI_LANDING] == WON),
        yes(w.america.bomb_week >= 0.0),
        w.pacific.invasion,
        yes(weeks_since(c, w.war.general_week) >= HALF_YEAR),
        p.washington_zone,
    )
    granted = np.float64(choice(c, WASHINGTON_ZONE, ZERO, c.week, ZERO, utilities))
    w.america.zone = max(w.america.zone, granted)
    if w.america.zone > 0.0:
        w.sea.washington_consents = 1.0
