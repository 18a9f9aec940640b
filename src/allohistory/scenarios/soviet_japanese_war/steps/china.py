"""Step 4 of the week: a crisis in China, its two capitals, the war it may become, mediation, Communists, Xi'an.

The open crisis carries the week key of its incident; its weekly questions stand at step 16 a week plus their place.
"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    BERLIN_RECALLS_MISSION,
    CHINA_INCIDENT,
    CHINA_LOCAL_TRUCE,
    CHINA_LONG_MARCH,
    CHINA_MEDIATION,
    KEY__LONG_MARCH,
    NANJING_ANSWERS,
    NANJING_ANSWERS__RESIST,
    NANJING_ANSWERS__SETTLE,
    NANJING_OPENS_SHANGHAI,
    NANJING_OPENS_SHANGHAI__OPEN,
    TOKYO_ANSWERS_CHINA,
    TOKYO_ANSWERS_CHINA__EXPAND,
    TOKYO_ANSWERS_CHINA__SETTLE,
    TOKYO_MEDIATION_TERMS,
    TOKYO_MEDIATION_TERMS__ACCEPT,
    TOKYO_MEDIATION_TERMS__BREAK_OFF,
    XIAN_FATE,
    XIAN_FATE__HELD,
    XIAN_FATE__KILLED,
    XIAN_FATE__RELEASED,
    XIAN_KIDNAP,
)
from allohistory.scenarios.soviet_japanese_war.rules import china as rules
from allohistory.scenarios.soviet_japanese_war.steps.almanac import years_after, yes
from allohistory.scenarios.soviet_japanese_war.steps.china_after import own_war
from allohistory.scenarios.soviet_japanese_war.steps.dates import weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.mind import outnumbered
from allohistory.timeline.drawing import choice, clock

ZERO, ONE, TWO, STEPS_A_WEEK = np.int64(0), np.int64(1), np.int64(2), np.int64(16)
YEAR_1935 = np.int64(1935)
LONG_MARCH_ENDS = np.int64(250)  # the week of 22 October 1935
ISHIWARA_FROM, ISHIWARA_UNTIL = np.int64(239), np.int64(351)  # at Operations, August 1935 to September 1937
CRISIS_WEEKS = np.int64(30)  # a crisis older than this has lapsed
SHANGHAI_WEEKS = 12.0
TALKS_LAPSE = 60.0
OPEN, PEACE, BROKEN = 1.0, 2.0, 3.0  # stages of china.mediation_stage
HELD, DEAD = 1.0, 2.0  # of china.chiang


@kernel
def china(c, w, p):
    """One week of China."""
    if w.japan.surrendered > 0.0:
        japan_is_gone(w, p)
    else:
        accounts(c, w, p)
        if w.china.at_war == 0.0:
            crisis(c, w, p)
        else:
            war(c, w, p)
        communists(c, w, p)
    own_war(c, w, p)


@kernel
def japan_is_gone(w, p):
    """Japan has laid down its arms: the war in China is over, and its divisions are shipped home."""
    w.china.at_war, w.china.crisis_key = 0.0, -1.0
    w.japan.divisions_china = rules.china_repatriated(w.japan.divisions_china, p.china_drain)


@kernel
def accounts(c, w, p):
    """Divisions trained, divisions held down, Communists: what moves without anybody's choice."""
    german_mission(c, w, p)
    leads = yes(w.china.chiang == 0.0)
    years = years_after(c, YEAR_1935)
    german_arms = w.china.german_mission * (1.0 - w.europe.at_war)
    w.china.trained_divisions = rules.china_training(
        w.china.trained_divisions, years, w.china.at_war, leads, german_arms, p.china_training
    )
    w.china.communists = rules.china_red_strength(w.china.communists, w.china.at_war, p.china_red_strength)
    peace = weeks_since(c, w.china.settled_week)
    w.japan.divisions_china = rules.china_drain(
        w.japan.divisions_china,
        peace,
        w.china.at_war,
        w.china.shanghai,
        w.ussr.arms_china,
        w.japan.fighting_america,
        w.china.trained_divisions,
        p.china_drain,
    )


@kernel
def german_mission(c, w, p):
    """Does Berlin call its mission home? Asked while China and Japan are at war, and once; in peace it stays."""
    if w.china.german_mission == 0.0 or w.china.at_war == 0.0:
        return
    weeks = weeks_since(c, w.china.war_week)
    hazard = rules.recalls_mission(weeks, w.japan.anti_comintern, p.berlin_recalls_mission)
    if clock(c, BERLIN_RECALLS_MISSION, ZERO, hazard) > ZERO:
        w.china.german_mission = 0.0


@kernel
def crisis(c, w, p):
    """Peace, or a crisis between incident and truce or war."""
    if w.china.crisis_key < 0.0:
        hazard = rules.china_incident(
            years_after(c, YEAR_1935), weeks_since(c, w.china.settled_week), p.china_incident
        )
        if clock(c, CHINA_INCIDENT, ZERO, hazard) == ZERO:
            return
        w.china.crisis_key = np.float64(c.key)
        w.china.crisis_begun = np.float64(c.week)
        w.china.nanjing_answer = 0.0
        w.china.tokyo_answer = 0.0
        w.china.nanjing_resists = 0.0
        w.china.tokyo_expands = 0.0
    weeks = c.week - np.int64(w.china.crisis_begun)
    if weeks >= CRISIS_WEEKS:
        w.china.crisis_key = -1.0
        return
    nanjing(c, w, p, weeks)
    tokyo(c, w, p, weeks)
    if w.china.nanjing_resists > 0.0 and w.china.tokyo_expands > 0.0:
        full_war(c, w)
        return
    hazard = rules.china_local_truce(w.china.nanjing_answer, w.china.tokyo_answer, p.china_local_truce)
    if clock(c, CHINA_LOCAL_TRUCE, ZERO, hazard) > ZERO:
        w.china.crisis_key = -1.0


@kernel
def nanjing(c, w, p, weeks):
    """Nanjing's answer this week."""
    utilities = rules.nanjing_answers(
        w.china.tokyo_expands,
        w.china.united_front,
        w.china.trained_divisions,
        weeks_since(c, w.china.kidnap_week) if w.china.chiang > 0.0 else -1.0,
        years_after(c, YEAR_1935),
        np.float64(weeks),
        yes(w.china.settled_week >= 0.0),
        p.nanjing_answers,
    )
    took = choice(c, NANJING_ANSWERS, ZERO, np.int64(w.china.crisis_key), STEPS_A_WEEK * weeks, utilities)
    if took == NANJING_ANSWERS__RESIST:
        w.china.nanjing_answer = 1.0
        w.china.nanjing_resists = 1.0
    elif took == NANJING_ANSWERS__SETTLE:
        w.china.nanjing_answer = -1.0


@kernel
def tokyo(c, w, p, weeks):
    """Tokyo's answer this week."""
    utilities = rules.tokyo_answers_china(
        w.china.nanjing_resists,
        yes(c.year >= YEAR_1935),
        yes(ISHIWARA_FROM <= c.week < ISHIWARA_UNTIL),
        weeks_since(c, w.border.division_battle_week),
        weeks_since(c, w.japan.cabinet_week),
        np.float64(weeks),
        outnumbered(c, w, p),
        yes(w.china.settled_week >= 0.0),
        w.japan.cabinet_temper,
        p.tokyo_answers_china,
    )
    step = STEPS_A_WEEK * weeks + ONE
    took = choice(c, TOKYO_ANSWERS_CHINA, ZERO, np.int64(w.china.crisis_key), step, utilities)
    if took == TOKYO_ANSWERS_CHINA__EXPAND:
        w.china.tokyo_answer = 1.0
        w.china.tokyo_expands = 1.0
    elif took == TOKYO_ANSWERS_CHINA__SETTLE:
        w.china.tokyo_answer = -1.0


@kernel
def full_war(c, w):
    """Both have committed themselves: the incident is a war."""
    w.china.at_war = 1.0
    w.china.war_week = np.float64(c.week)
    w.china.war_key = w.china.crisis_key
    w.china.crisis_key = -1.0
    w.china.mediation_stage = 0.0


@kernel
def war(c, w, p):
    """A week of full war: a second front, a mediator, terms."""
    weeks = weeks_since(c, w.china.war_week)
    if w.china.shanghai == 0.0 and weeks <= SHANGHAI_WEEKS:
        second_front(c, w, p, weeks)
    if w.china.mediation_stage == 0.0:
        if clock(c, CHINA_MEDIATION, ZERO, rules.china_mediation(weeks, p.china_mediation)) > ZERO:
            w.china.mediation_stage = OPEN
            w.china.mediation_key = np.float64(c.key)
            w.china.mediation_week = np.float64(c.week)
    elif w.china.mediation_stage == OPEN:
        terms(c, w, p)


@kernel
def second_front(c, w, p, weeks):
    """Does Nanjing open the front at Shanghai?"""
    age = c.week - np.int64(w.china.crisis_begun)
    utilities = rules.nanjing_opens_shanghai(w.china.trained_divisions, weeks, p.nanjing_opens_shanghai)
    step = STEPS_A_WEEK * min(age, CRISIS_WEEKS) + TWO
    took = choice(c, NANJING_OPENS_SHANGHAI, ZERO, np.int64(w.china.war_key), step, utilities)
    w.china.shanghai = yes(took == NANJING_OPENS_SHANGHAI__OPEN)


@kernel
def terms(c, w, p):
    """Tokyo and the mediator's terms; talks that lead nowhere lapse after a year."""
    weeks = weeks_since(c, w.china.mediation_week)
    if weeks > TALKS_LAPSE:
        w.china.mediation_stage = BROKEN
        return
    utilities = rules.tokyo_mediation_terms(weeks, w.japan.northern_opinion, p.tokyo_mediation_terms)
    key = np.int64(w.china.mediation_key)
    took = choice(c, TOKYO_MEDIATION_TERMS, ZERO, key, np.int64(weeks), utilities)
    if took == TOKYO_MEDIATION_TERMS__ACCEPT:
        w.china.mediation_stage = PEACE
        w.china.at_war = 0.0
        w.china.settled_week = np.float64(c.week)
        w.china.shanghai = 0.0
    elif took == TOKYO_MEDIATION_TERMS__BREAK_OFF:
        w.china.mediation_stage = BROKEN


@kernel
def communists(c, w, p):
    """The end of the Long March, and Xi'an."""
    if c.week == LONG_MARCH_ENDS:
        utilities = rules.china_long_march(p.china_long_march)
        fate = choice(c, CHINA_LONG_MARCH, ZERO, KEY__LONG_MARCH, ZERO, utilities)
        w.china.communists = rules.strength_after_march(fate, p.china_long_march)
    if c.week <= LONG_MARCH_ENDS or w.china.at_war > 0.0 or w.china.kidnap_week >= 0.0:
        return
    weeks = np.float64(c.week - LONG_MARCH_ENDS)
    if clock(c, XIAN_KIDNAP, ZERO, rules.xian_kidnap(weeks, w.china.communists, p.xian_kidnap)) == ZERO:
        return
    w.china.kidnap_week = np.float64(c.week)
    utilities = rules.xian_fate(w.japan.anti_comintern, p.xian_fate)
    fate = choice(c, XIAN_FATE, ZERO, c.key, ZERO, utilities)
    if fate == XIAN_FATE__KILLED:
        w.china.chiang = DEAD
    elif fate == XIAN_FATE__HELD:
        w.china.chiang = HELD
    elif fate == XIAN_FATE__RELEASED:
        w.china.united_front = 1.0
