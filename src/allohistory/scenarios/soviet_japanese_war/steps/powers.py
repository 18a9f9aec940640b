"""Step 9 of the week: who joins a war that is not his own. One rule for all; who asks, and what follows, differs."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    ENTRY_INTO_WAR__ALLIES_FOR_FINLAND,
    ENTRY_INTO_WAR__ALLIES_FOR_RUSSIA,
    ENTRY_INTO_WAR__AMERICA_AGAINST_GERMANY,
    ENTRY_INTO_WAR__AMERICA_FOR_CHINA,
    ENTRY_INTO_WAR__AMERICA_FOR_RUSSIA,
    ENTRY_INTO_WAR__GERMANY_FOR_JAPAN,
    EUROPEAN_EVENT__FINLAND,
    POWERS_ENTER,
)
from allohistory.scenarios.soviet_japanese_war.rules.powers import powers_enter
from allohistory.scenarios.soviet_japanese_war.steps.almanac import month_begins, yes
from allohistory.scenarios.soviet_japanese_war.steps.america import america_enters, mood
from allohistory.scenarios.soviet_japanese_war.steps.dates import weeks_since
from allohistory.timeline.drawing import clock

ZERO = np.int64(0)
JAPANS_CHOICE = 2.0  # of war.road
GENERAL_WAR = 7.0
YES, NO = 1.0, 0.0
WEEKS_A_MONTH = 365.2425 / 84.0
FINLAND_FIGHTS = 15.0  # weeks of the Winter War


@kernel
def entries(c, w, p):
    """Who comes in this week?"""
    if w.europe.at_war > 0.0:
        into_the_german_war(c, w, p)
        allies_for_finland(c, w, p)
    elif w.powers.allies_fight_moscow > 0.0:
        w.powers.allies_fight_moscow = 0.0
    if w.war.rung != GENERAL_WAR or w.japan.surrendered > 0.0:
        w.powers.allies_fight_japan = 0.0
    elif w.europe.moscow_struck > 0.0:
        allies_for_russia(c, w, p)
    if w.america.at_war == 0.0 and w.japan.surrendered == 0.0:
        if w.war.rung == GENERAL_WAR:
            for_russia(c, w, p)
        elif w.china.at_war > 0.0 and month_begins(c):
            for_china(c, w, p)


@kernel
def comes_in(c, w, entry, hazard):
    """One clock of entry: draws it, notes its week."""
    if clock(c, POWERS_ENTER, entry, hazard) == ZERO:
        return False
    w.powers.joined_week[entry] = np.float64(c.week)
    return True


@kernel
def into_the_german_war(c, w, p):
    """Germany joins Japan against America; or America, which sends arms and escorts, joins Germany's enemies."""
    if w.america.fights_germany > 0.0:
        return
    joins = p.powers_enter
    shooting = w.europe.france_fallen * (1.0 - w.america.isolationist)
    if w.america.at_war > 0.0:
        ally = w.japan.tripartite
        hazard = powers_enter(ally, NO, shooting, YES, w.europe.eastern_front, NO, 0.0, joins)
        if comes_in(c, w, ENTRY_INTO_WAR__GERMANY_FOR_JAPAN, hazard):
            w.america.fights_germany = 1.0
            return
    if month_begins(c):
        lean = mood(c, w, p, NO, NO)
        same = max(w.america.at_war * w.japan.tripartite, shooting)
        pledged = w.america.at_war * shooting
        hazard = powers_enter(NO, pledged, same, w.europe.france_fallen, w.america.at_war, YES, lean, joins)
        if comes_in(c, w, ENTRY_INTO_WAR__AMERICA_AGAINST_GERMANY, hazard * WEEKS_A_MONTH):
            w.america.fights_germany = 1.0


@kernel
def for_russia(c, w, p):
    """America joins a Soviet Union that Japan fights."""
    lean = mood(c, w, p, yes(w.war.road == JAPANS_CHOICE), w.china.at_war)
    same = w.europe.eastern_front
    hazard = powers_enter(NO, NO, same, w.europe.france_fallen * same, NO, YES, lean, p.powers_enter)
    if comes_in(c, w, ENTRY_INTO_WAR__AMERICA_FOR_RUSSIA, hazard):
        america_enters(c, w)


@kernel
def for_china(c, w, p):
    """America goes to war over China: over its gunboats, its missions, its friends' petitions."""
    lean = mood(c, w, p, NO, YES)
    hazard = powers_enter(NO, NO, NO, NO, w.america.fights_germany, YES, lean, p.powers_enter)
    if comes_in(c, w, ENTRY_INTO_WAR__AMERICA_FOR_CHINA, hazard * WEEKS_A_MONTH):
        america_enters(c, w)


@kernel
def allies_for_finland(c, w, p):
    """Britain and France come to blows with Moscow: over Finland while it fights, over Caucasian oil after."""
    if w.europe.france_fallen > 0.0 or w.europe.eastern_front > 0.0:
        w.powers.allies_fight_moscow = 0.0
        return
    weeks = weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__FINLAND])
    if weeks < 0.0 or w.powers.joined_week[ENTRY_INTO_WAR__ALLIES_FOR_FINLAND] >= 0.0:
        return
    partner = w.europe.german_soviet_pact
    hazard = powers_enter(NO, NO, partner, yes(weeks < FINLAND_FIGHTS), YES, NO, 0.0, p.powers_enter)
    if comes_in(c, w, ENTRY_INTO_WAR__ALLIES_FOR_FINLAND, hazard):
        w.powers.allies_fight_moscow = 1.0


@kernel
def allies_for_russia(c, w, p):
    """Britain and France against Japan, which fights a Moscow that struck at Germany beside them: Moscow's price."""
    if w.powers.allies_fight_japan > 0.0 or w.japan.fighting_america > 0.0:
        return
    beside = 1.0 - w.europe.france_fallen
    busy = w.europe.at_war
    hazard = powers_enter(beside, 1.0 - beside, NO, YES, busy, NO, 0.0, p.powers_enter)
    if comes_in(c, w, ENTRY_INTO_WAR__ALLIES_FOR_RUSSIA, hazard):
        w.powers.allies_fight_japan = 1.0
