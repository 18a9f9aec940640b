"""The border's week: clashes begin, those on the spot answer, the capitals answer, and some crises end.

Places in a crisis's week (the step of an occasion is 16 for each week that it has been open, plus the place):

    0 first rung   1 guards   2 Soviet theatre command   3 Korea or Kwantung Army   4 battle
    5 Moscow   6 commander   7 throne   8 Tokyo   9 instrument   10 relief of the staff
"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    BORDER_CEASEFIRE,
    BORDER_FIRST_RUNG,
    BORDER_INCIDENT,
    KWANTUNG_HARSHER_RULES,
    REGION__MANCHURIA,
    REGION__MARITIME_PROVINCE,
    REGION__OUTER_MONGOLIA,
    SECTOR__HALHA_BUIR,
    SECTOR__POSYET_TUMEN,
    SECTOR__USSURI_KHANKA,
    SECTORS,
    TOKYO_RELIEVES_STAFF,
    TOKYO_VETOES_RULES,
)
from allohistory.scenarios.soviet_japanese_war.rules.border import ceasefire, first_rung, incident
from allohistory.scenarios.soviet_japanese_war.rules.crisis import tokyo_relieves_staff
from allohistory.scenarios.soviet_japanese_war.rules.field_armies import harsher_rules, tokyo_vetoes_rules
from allohistory.scenarios.soviet_japanese_war.rules.ladder import ARMY, BATTALION, DIVISION, IMPERIAL_ORDER
from allohistory.scenarios.soviet_japanese_war.steps.crisis import answers
from allohistory.scenarios.soviet_japanese_war.steps.dates import (
    in_early_summer,
    in_late_summer,
    in_winter,
    lately,
)
from allohistory.scenarios.soviet_japanese_war.steps.frontier import (
    HALF_YEAR,
    SOVIET_WON,
    TWO_YEARS,
    YEAR,
    YEAR_AND_A_HALF,
    battle_elsewhere,
    china_share,
    far_steppe,
    flag,
    fresh_peace,
    islands,
    key_of,
    live_quarrels,
    manned,
    nobody_in_moscow,
    place,
    red,
    throne_displeased,
    weeks_open,
)
from allohistory.scenarios.soviet_japanese_war.steps.ladder import (
    close_all,
    close_crisis,
    mark_size,
    open_crisis,
    raise_to,
)
from allohistory.timeline.drawing import choice, clock, sleeps, sleeps_below

ZERO, ONE = np.int64(0), np.int64(1)
RELIEF = np.int64(10)
DIPLOMATS = np.int64(29)  # in its thirtieth week a crisis is closed by the diplomats
YIELD, STOP = 0.0, 0.0
JAPANESE = 7.0  # of region.ruler


@kernel
def border_week(c, w, p):
    """The border from Monday to Sunday."""
    if w.japan.surrendered > 0.0 or red(w) or nobody_in_moscow(w):
        deserted(c, w)
        return
    new_rules(c, w, p)
    begin(c, w)
    if w.war.rung == 0.0 and w.region.ruler[REGION__MANCHURIA] == 0.0:
        for s in range(SECTORS):
            if w.border.open[s] == 0.0 and not one_side_holds_both(w, s):
                ask_for_clash(c, w, p, np.int64(s))
        answers(c, w, p)
        for s in range(SECTORS):
            if w.border.open[s] > 0.0:
                ask_for_end(c, w, p, np.int64(s))
        answers(c, w, p)  # to clashes of the week in which the crisis before them ended
    look_back(w)


@kernel
def deserted(c, w):
    """Once Japan has laid down its arms, comrades rule it, or nobody rules in Moscow, nobody fights for the line."""
    if w.border.open_crises > 0.0:
        close_all(c, w)
        look_back(w)


@kernel
def one_side_holds_both(w, s):
    """Is there no border left in this sector, since a peace gave the Soviet or the Mongolian side of it to Japan?"""
    if s == SECTOR__USSURI_KHANKA or s == SECTOR__POSYET_TUMEN:
        return w.region.ruler[REGION__MARITIME_PROVINCE] == JAPANESE
    if s == SECTOR__HALHA_BUIR:
        return w.region.ruler[REGION__OUTER_MONGOLIA] == JAPANESE
    return False


@kernel
def begin(c, w):
    """Clear what belonged to last week; let old victories fade."""
    b = w.border
    for s in range(SECTORS):
        b.turn[s] = b.open[s]
        b.something_new[s] = 0.0
        b.soviet_blow[s], b.japanese_blow[s], b.battle_result[s] = 0.0, 0.0, 0.0
        b.defied_now[s] = 0.0
        if c.week == c.since and b.open[s] > 0.0:
            mark_size(c, b.rung[s])  # a clash that is on when the question begins counts at its size
        if b.dominance[s] != 0.0 and lately(c, b.dominance_week[s], TWO_YEARS) == 0.0:
            b.dominance[s] = 0.0


@kernel
def new_rules(c, w, p):
    """The Kwantung Army may write harsher rules of fire, once; Tokyo may strike them down."""
    if w.border.rules_written > 0.0 or sleeps(c, KWANTUNG_HARSHER_RULES, ZERO):
        return
    hazard = harsher_rules(
        lately(c, w.border.japan_lost_week, YEAR),
        w.japan.hawks_in_field_army,
        w.japan.strict_commander,
        manned(w, p),
        p.kwantung_harsher_rules,
    )
    if clock(c, KWANTUNG_HARSHER_RULES, ZERO, hazard) == ZERO:
        return
    w.border.rules_written = 1.0
    utilities = tokyo_vetoes_rules(throne_displeased(c, w), china_share(w), p.tokyo_vetoes_rules)
    vetoed = choice(c, TOKYO_VETOES_RULES, ZERO, c.key, ZERO, utilities)
    w.border.harsh_rules = 1.0 - np.float64(vetoed)


@kernel
def ask_for_clash(c, w, p, s):
    """A sector without an open crisis: does a clash begin, and at what size?"""
    posts = manned(w, p)
    if sleeps_below(c, BORDER_INCIDENT, s, posts):
        return
    b = w.border
    hazard = incident(
        s,
        posts,
        in_winter(c),
        in_early_summer(c),
        in_late_summer(c),
        islands(s) * in_winter(c),
        live_quarrels(w),
        lately(c, b.last_closed_week[s], HALF_YEAR),
        lately(c, b.beaten_week[s], YEAR_AND_A_HALF),
        lately(c, w.ussr.last_yield_week, YEAR_AND_A_HALF),
        b.harsh_rules,
        max(w.relations.neutrality_pact, w.relations.nonaggression),
        w.japan.strict_commander,
        battle_elsewhere(w, s),
        max(w.europe.eastern_front, w.japan.fighting_america),
        fresh_peace(c, w),
        p.border_incident,
    )
    if clock(c, BORDER_INCIDENT, s, hazard) == ZERO:
        return
    open_crisis(c, w, s)
    utilities = first_rung(
        far_steppe(s),
        b.harsh_rules,
        lately(c, b.japan_lost_week, YEAR),
        battle_elsewhere(w, s),
        p.border_first_rung,
    )
    size = choice(c, BORDER_FIRST_RUNG, s, key_of(w, s), ZERO, utilities)
    raise_to(c, w, s, np.float64(size) + 1.0)


@kernel
def ask_for_end(c, w, p, s):
    """An open crisis: does it end this week, and does Tokyo relieve the staff?"""
    b = w.border
    b.turn[s] = 0.0
    hazard = ceasefire(
        b.rung[s],
        flag(b.holder[s] != 0.0),
        far_steppe(s),
        flag(b.soviet_stance[s] == YIELD),
        flag(b.tokyo_stance[s] == STOP),
        flag(b.leash[s] >= IMPERIAL_ORDER),
        flag(b.japanese_blow[s] > 0.0 or b.soviet_blow[s] > 0.0),
        w.ussr.tied_in_europe,
        p.border_ceasefire,
    )
    ended = clock(c, BORDER_CEASEFIRE, s, hazard) > ZERO
    ending = ended or weeks_open(c, w, s) >= DIPLOMATS
    if ending or b.rung[s] >= BATTALION:
        ask_for_relief(c, w, p, s, flag(ending))
    if b.rung[s] >= BATTALION:
        b.clash_week = np.float64(c.week)
    if b.rung[s] >= ARMY and b.reinforced[s] > 0.0 and b.soviet_reinforced[s] > 0.0:
        b.army_weeks[s] += 1.0
    asked_this_week = weeks_open(c, w, s) == ZERO
    if ending:
        close_crisis(c, w, s)
    if ended and not asked_this_week:
        ask_for_clash(
            c, w, p, s
        )  # a clash may follow in the week in which the last crisis ended, as in July 1938


@kernel
def ask_for_relief(c, w, p, s, ending):
    """Is the staff on the spot relieved? The Kwantung Army loses its hawks, its rules of fire and its licence."""
    b = w.border
    utilities = tokyo_relieves_staff(
        b.top_rung[s],
        ending,
        flag(b.leash[s] >= IMPERIAL_ORDER),
        b.defied[s],
        flag(b.last_result[s] == SOVIET_WON and b.top_rung[s] >= DIVISION),
        throne_displeased(c, w),
        p.tokyo_relieves_staff,
    )
    if choice(c, TOKYO_RELIEVES_STAFF, s, key_of(w, s), place(c, w, s, RELIEF), utilities) != ONE:
        return
    if s == ZERO:
        b.korea_relieved = 1.0
    else:
        w.japan.hawks_in_field_army, w.japan.strict_commander = 0.0, 1.0
        b.harsh_rules = 0.0


@kernel
def look_back(w):
    """How many crises are open, and how large the largest is, for the series."""
    w.border.open_crises, w.border.top = 0.0, 0.0
    for s in range(SECTORS):
        if w.border.open[s] > 0.0:
            w.border.open_crises += 1.0
            w.border.top = max(w.border.top, w.border.rung[s])
