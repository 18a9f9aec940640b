"""Place 11 of the week, first half: both capitals bargain each month; in the week in which a war ends, its terms."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    FRONT__SAKHALIN,
    MOSCOW_BARGAINS,
    PEACE_AWARDS,
    PLACE__CHOIBALSAN,
    PLACE__HARBIN,
    PLACE__HEIJO,
    PLACE__KEIJO,
    PLACE__MUKDEN,
    PLACE__OKHA,
    PLACE__PARAMUSHIR,
    PLACE__TOYOHARA,
    PLACE__VLADIVOSTOK,
    REGION__KARAFUTO,
    REGION__KURIL_CHAIN,
    REGION__MARITIME_PROVINCE,
    REGION__NORTH_SAKHALIN,
    REGION__SOUTHERN_KOREA,
    REGIONS,
    TOKYO_BARGAINS,
    TOKYO_TAKES_IN_COMMUNISTS,
)
from allohistory.scenarios.soviet_japanese_war.rules import bargains as rules
from allohistory.scenarios.soviet_japanese_war.rules.ladder import GENERAL_WAR
from allohistory.scenarios.soviet_japanese_war.rules.peace import awards
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.scenarios.soviet_japanese_war.steps.almanac import yes
from allohistory.scenarios.soviet_japanese_war.steps.dates import in_winter
from allohistory.scenarios.soviet_japanese_war.steps.frontier import china_share, flag, theatre_balance
from allohistory.scenarios.soviet_japanese_war.steps.land import left, lost
from allohistory.scenarios.soviet_japanese_war.steps.outbreak import fighting_stops
from allohistory.scenarios.soviet_japanese_war.steps.surrender import for_peace, gives_itself_up
from allohistory.timeline.drawing import choice

ZERO, ONE = np.int64(0), np.int64(1)
FOUR_WEEKS = np.int64(4)
BROKEN = 0.3  # of what it has lost, what a broken army has left
QUIET_AFTER = 8.0  # weeks without an attack
TO_MOSCOW = 4.0  # of japan.rising
CALM, CRISIS = -5.0, -1.0  # of japan.crisis, log odds a month
SHAKEN = 0.5
JAPANESE = 7.0  # of region.ruler
CHIEF_PLACE = (
    PLACE__MUKDEN,
    PLACE__HEIJO,
    PLACE__KEIJO,
    PLACE__TOYOHARA,
    PLACE__PARAMUSHIR,
    PLACE__OKHA,
    PLACE__VLADIVOSTOK,
    PLACE__CHOIBALSAN,
)


@kernel
def bargaining(c, w, p):
    """Each fourth week of a general war both capitals are asked; the week in which it ends settles the map."""
    if w.war.rung == GENERAL_WAR and w.japan.surrendered == 0.0:
        weeks = c.week - np.int64(w.war.general_week)
        if weeks > ZERO and weeks % FOUR_WEEKS == ZERO:
            bargain(c, w, p, np.float64(weeks))
    if w.peace.week == np.float64(c.week):
        settle(c, w, p)


@kernel
def bargain(c, w, p, weeks):
    """Both say what they want; what comes of it."""
    stands, stronger = line_stands(w, p), theatre_balance(w, p)
    moscow = np.float64(moscow_says(c, w, p, weeks, stands, stronger))
    tokyo = np.float64(tokyo_says(c, w, p, weeks, -stands, -stronger))
    bound = yes(w.america.at_war > 0.0 and w.europe.stalingrad > 0.0)
    kind = rules.reached(moscow, tokyo, bound, yes(w.ussr.regime >= 2.0))
    if kind == rules.NO_PEACE:
        return
    if kind == rules.CAPITULATION:
        gives_itself_up(c, w)
        return
    w.peace.kind, w.peace.week, w.peace.soviet_war = kind, np.float64(c.week), 1.0
    fighting_stops(c, w)


@kernel
def moscow_says(c, w, p, weeks, stands, stronger):
    """Fight on, limited terms, give way: what Moscow wants."""
    utilities = rules.moscow_bargains(
        weeks,
        stands,
        stronger,
        quiet(w),
        in_winter(c),
        w.ussr.tied_in_europe,
        german_war(w),
        yes(w.japan.fighting_america > 0.0 and w.europe.stalingrad > 0.0),
        mediated(w),
        broken(w, ZERO),
        broken(w, ONE),
        w.land.vladivostok_fallen,
        SHAKEN * w.ussr.regime,
        p.moscow_bargains,
    )
    return choice(c, MOSCOW_BARGAINS, ZERO, c.week, ZERO, utilities)


@kernel
def tokyo_says(c, w, p, weeks, stands, stronger):
    """Fight on, limited terms, give way, capitulate: what Tokyo wants."""
    utilities = rules.tokyo_bargains(
        weeks,
        stands,
        stronger,
        quiet(w),
        in_winter(c),
        china_share(w),
        german_war(w) * yes(w.europe.stalingrad == 0.0),
        w.japan.fighting_america,
        mediated(w),
        broken(w, ONE),
        yes(w.place.holder[PLACE__MUKDEN] == 0.0),
        unrest(w),
        for_peace(w),
        yes(w.japan.rising == TO_MOSCOW),
        p.tokyo_bargains,
    )
    return choice(c, TOKYO_BARGAINS, ZERO, c.week, ZERO, utilities)


@kernel
def line_stands(w, p):
    """Whose line stands deeper now on the mainland, 1 the Soviet side's by far, -1 Japan's."""
    soviet, japanese = 0.0, 0.0
    for f in range(FRONT__SAKHALIN):
        soviet = max(soviet, w.front.km[f])
        japanese = max(japanese, -w.front.km[f])
    return rules.position(soviet, japanese, p.peace_position)


@kernel
def quiet(w):
    """0..1, how long no army has attacked; 1 after two months."""
    return within(w.land.quiet_weeks / QUIET_AFTER, 0.0, 1.0)


@kernel
def german_war(w):
    """1 while Germany and the Soviet Union fight."""
    return yes(w.europe.eastern_front > 0.0 and w.europe.germany_beaten == 0.0)


@kernel
def mediated(w):
    """1 where a great power may speak to both: Germany at peace in the East, America at peace with Japan."""
    return yes(w.europe.eastern_front == 0.0 and w.america.at_war == 0.0)


@kernel
def broken(w, side):
    """1 where a side has less than a third of what it has lost left on the fronts."""
    return flag(left(w, side) < BROKEN * lost(w, side))


@kernel
def unrest(w):
    """0..1, how near Tokyo's regime stands to a crisis."""
    return within((w.japan.crisis - CALM) / (CRISIS - CALM), 0.0, 1.0)


@kernel
def settle(c, w, p):
    """The week in which a war ends: each land to its ruler; communists in the government, or not."""
    america = yes(w.america.at_war > 0.0)
    for r in range(REGIONS):
        holder = w.place.holder[CHIEF_PLACE[r]]
        soviet, japanese = yes(holder == 0.0), yes(holder == 1.0)
        if r == 0:
            soviet = max(soviet, yes(w.place.holder[PLACE__HARBIN] == 0.0))
        already = w.peace.kind == rules.CAPITULATION and 0.0 < w.region.ruler[r] < JAPANESE
        if not already and at_stake(w.peace.kind, r, soviet, japanese):
            utilities = awards(
                np.float64(r),
                w.peace.kind,
                soviet,
                japanese,
                w.peace.soviet_war,
                america,
                p.peace_awards,
            )
            w.region.ruler[r] = np.float64(choice(c, PEACE_AWARDS, np.int64(r), c.week, ZERO, utilities))
    capitulated = yes(w.peace.kind == rules.CAPITULATION)
    on_soviet_terms = w.peace.soviet_war > 0.0 and (
        w.peace.kind == rules.SOVIET_GAINS or (capitulated > 0.0 and america == 0.0)
    )
    if on_soviet_terms or (w.peace.soviet_war > 0.0 and w.japan.rising == TO_MOSCOW and america == 0.0):
        communists(c, w, p, capitulated, america)


@kernel
def at_stake(kind, r, soviet, japanese):
    """Is this land spoken of where a war ends so?"""
    if kind == rules.LIMITED_TERMS:
        if r == REGION__KARAFUTO or r == REGION__KURIL_CHAIN:
            return soviet > 0.0
        return (r == REGION__NORTH_SAKHALIN or r == REGION__MARITIME_PROVINCE) and japanese > 0.0
    if kind == rules.SOVIET_GAINS:
        return r < REGION__SOUTHERN_KOREA or (
            r < REGION__NORTH_SAKHALIN and (r > REGION__SOUTHERN_KOREA or soviet > 0.0)
        )
    if kind == rules.CAPITULATION:
        return r < REGION__NORTH_SAKHALIN
    return r >= REGION__NORTH_SAKHALIN


@kernel
def communists(c, w, p, capitulated, america):
    """Must Tokyo take communists into its government?"""
    utilities = rules.takes_in_communists(
        yes(w.japan.rising == TO_MOSCOW),
        capitulated,
        america,
        w.japan.cadres,
        unrest(w),
        p.tokyo_takes_in_communists,
    )
    if choice(c, TOKYO_TAKES_IN_COMMUNISTS, ZERO, c.week, ZERO, utilities) > ZERO:
        w.peace.coalition, w.peace.coalition_week = 1.0, np.float64(c.week)
