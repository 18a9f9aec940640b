"""Step 4 of the week, its end: China's own quarrel, once Japan's army has gone. While it is there, nothing of it.

A truce, open war, a partition and the fall of a side are clocks of the week; America is asked each January, the fronts
each quarter.
"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    CHINA_CAMPAIGNS,
    CHINA_TURNS,
    CIVIL_WAR_TURN__COLLAPSE,
    CIVIL_WAR_TURN__OPEN_WAR,
    CIVIL_WAR_TURN__PARTITION,
    CIVIL_WAR_TURN__TRUCE,
    OUTCOME__CHINA_RULER,
    PLACE__HARBIN,
    PLACE__MUKDEN,
    REGION__MANCHURIA,
    WASHINGTON_HELPS_CHINA,
)
from allohistory.scenarios.soviet_japanese_war.rules import china_after as rules
from allohistory.scenarios.soviet_japanese_war.steps.almanac import quarter_begins, years_since, yes
from allohistory.scenarios.soviet_japanese_war.steps.dates import JANUARY, first_week_of, weeks_since
from allohistory.timeline.drawing import choice, clock, shock, which

ZERO, ONE = np.int64(0), np.int64(1)
NOT_YET, TALKS, TRUCE, OPEN_WAR, OVER = 0.0, 1.0, 2.0, 3.0, 4.0  # stages of china.quarrel
NATIONALISTS, DIVIDED, COMMUNISTS = 0.0, 1.0, 2.0  # of china.ruler
CIVIL_WAR, JAPAN_IN_CHINA = np.int64(3), np.int64(4)  # of the outcome, beyond those
AIDS, TROOPS = 1.0, 2.0  # of america.helps_china
SOVIET = 0.0  # of place.holder
HALF, HALF_YEAR = 0.5, 26.0


@kernel
def own_war(c, w, p):
    """One week of the quarrel of Nationalists and communists."""
    q = w.china.quarrel
    if q == OVER:
        return
    if q == NOT_YET:
        if quarter_begins(c):
            w.china.communist_share = rules.share_at_start(w.china.communists, 0.0, p.china_communist_share)
        if japan_has_left(c, w):
            w.china.quarrel, w.china.quarrel_week = TALKS, np.float64(c.week)
        return
    if w.china.at_war > 0.0:  # Japan is back: they stand together again
        w.china.quarrel, w.china.civil_war = NOT_YET, 0.0
        return
    hand = moscows_hand(w, p)
    america(c, w, p)
    if q == OPEN_WAR:
        fronts(c, w, p, hand)
        endings(c, w, p, hand)
    else:
        talks(c, w, p, hand)


@kernel
def japan_has_left(c, w):
    """Japan has laid down its arms, or half a year has passed since it made peace with China."""
    if w.china.at_war > 0.0:
        return False
    return w.japan.surrendered > 0.0 or weeks_since(c, w.china.settled_week) >= HALF_YEAR


@kernel
def moscows_hand(w, p):
    """How far Moscow's hand in Manchuria helps the communists."""
    came = HALF * (
        yes(w.place.holder[PLACE__HARBIN] == SOVIET) + yes(w.place.holder[PLACE__MUKDEN] == SOVIET)
    )
    return rules.soviet_hand(w.region.ruler[REGION__MANCHURIA], came, p.china_soviet_hand)


@kernel
def america(c, w, p):
    """Each January: does Washington leave them, arm them, send troops?"""
    if not first_week_of(c, JANUARY):
        return
    utilities = rules.helps_china(
        w.china.communist_share, w.america.isolationist, w.america.at_war, p.washington_helps_china
    )
    took = choice(c, WASHINGTON_HELPS_CHINA, ZERO, c.week, ZERO, utilities)
    w.america.helps_china = np.float64(took)


@kernel
def turn(c, w, p, entity, per_year, delay):
    """One clock of the quarrel."""
    hazard = rules.china_turns(per_year, weeks_since(c, w.china.quarrel_week), delay, p.china_turns)
    return clock(c, CHINA_TURNS, entity, hazard) > ZERO


@kernel
def talks(c, w, p, hand):
    """Before open war: a truce, or the war itself."""
    turns = p.china_turns
    if w.china.quarrel == TALKS:
        mediates = yes(w.america.at_war > 0.0 and w.america.helps_china > 0.0)
        if turn(c, w, p, CIVIL_WAR_TURN__TRUCE, rules.truce(mediates, turns), turns.truce_delay):
            w.china.quarrel = TRUCE
            return
    rate = rules.open_war(yes(w.china.quarrel == TRUCE), w.china.communist_share, turns)
    if turn(c, w, p, CIVIL_WAR_TURN__OPEN_WAR, rate, turns.war_delay):
        w.china.quarrel, w.china.quarrel_week, w.china.civil_war = OPEN_WAR, np.float64(c.week), 1.0
        w.china.communist_share = rules.share_at_start(w.china.communists, hand, p.china_communist_share)


@kernel
def fronts(c, w, p, hand):
    """A quarter of open war."""
    if not quarter_begins(c):
        return
    mean, spread = rules.campaigns(
        w.china.communist_share,
        hand,
        yes(w.america.helps_china == AIDS),
        yes(w.america.helps_china == TROOPS),
        years_since(c, w.china.quarrel_week),
        yes(w.china.chiang > 0.0),
        p.china_campaigns,
    )
    change = shock(c, CHINA_CAMPAIGNS, ZERO, c.week, ZERO, mean, spread)
    w.china.communist_share = rules.share_after(w.china.communist_share, change)


@kernel
def endings(c, w, p, hand):
    """A line across China that both live with, or the fall of one of them."""
    turns, share = p.china_turns, w.china.communist_share
    rate = rules.partition(share, yes(w.america.helps_china == TROOPS), hand, turns)
    if turn(c, w, p, CIVIL_WAR_TURN__PARTITION, rate, turns.partition_delay):
        w.china.quarrel, w.china.civil_war, w.china.ruler = OVER, 0.0, DIVIDED
        return
    if turn(c, w, p, CIVIL_WAR_TURN__COLLAPSE, rules.collapse(share, turns), turns.collapse_delay):
        w.china.quarrel, w.china.civil_war = OVER, 0.0
        w.china.ruler = COMMUNISTS if share > HALF else NATIONALISTS


@kernel
def who_rules_china(c, w):
    """Mark, in the last week, who rules China."""
    if c.week != c.weeks - ONE:
        return
    ruler = np.int64(w.china.ruler)
    if w.china.at_war > 0.0:
        ruler = JAPAN_IN_CHINA
    elif w.china.quarrel == OPEN_WAR:
        ruler = CIVIL_WAR
    which(c, OUTCOME__CHINA_RULER, ruler)
