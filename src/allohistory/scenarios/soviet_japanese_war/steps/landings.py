"""Landings of the week: those under way come to a result, then those that could begin are asked for.

Men are neither made nor lost on the way: a first wave leaves its army (or the pool of its side) and stands in
operation.men; garrisons stand in operation.defenders; what is lost or captured is counted so.
"""

import numpy as np

from allohistory.luck.arithmetic import exp
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    ARMY__SAKHALIN_JAPANESE,
    ARMY__SAKHALIN_SOVIET,
    EUROPEAN_EVENT__GERMANY_DEFEATED,
    FRONT__POSYET_GAP,
    FRONT__SAKHALIN,
    FRONTS,
    LANDING_DECISION,
    LANDING_DECISION__GO,
    LANDING_LOSSES,
    LANDING_RESULT,
    LANDING_RESULT__REPULSED,
    LANDING_RESULT__WON,
    OPERATION__HONSHU,
    OPERATION__NORTH_KOREAN_PORTS,
    OPERATION__OKHA_LANDING,
    OPERATION__REST_OF_HOKKAIDO,
    OPERATION__RUMOI_LANDING,
    OPERATION__SOUTH_SAKHALIN,
    OPERATION__SOUTHERN_KURILS,
    OPERATIONS,
    SIDE__SOVIET,
)
from allohistory.scenarios.soviet_japanese_war.rules import landings as rules
from allohistory.scenarios.soviet_japanese_war.rules.ladder import GENERAL_WAR
from allohistory.scenarios.soviet_japanese_war.rules.sea import lent_craft, soviet_lift
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.scenarios.soviet_japanese_war.steps.dates import AUGUST, MAY, weeks_since, years
from allohistory.scenarios.soviet_japanese_war.steps.operations import (
    FOG,
    INTO_PORT,
    KILOMETRES,
    KILOMETRES_AFTER,
    PRIZES,
    SIDE_OF,
    SOURCE,
    STEP_BEFORE,
    WEEKS_TO_RESULT,
    WORKS,
    ice_on_the_way,
    something_to_take,
)
from allohistory.timeline.drawing import choice, shock

ZERO, ONE, FOUR = np.int64(0), np.int64(1), np.int64(4)
NOT_TRIED, UNDER_WAY, WON, FAILED = 0.0, 1.0, 2.0, 3.0
BOTH_AMERICAN_WEEKS, SOVIET_YEARS = 130.0, 9.0  # until coasts are garrisoned in full
HURRY = 8.0  # weeks of Soviet war on a Japan that is going down in which staffs ask every week
AFTER_THE_END = 3.0  # weeks after the surrender in which ground is still taken
TRIED_AGAIN = 13.0  # weeks after which one that failed may be tried again
HALF, LEAST_WAVE = 0.5, 0.5
LEAST_SHARE, MOST_SHARE = 0.001, 0.9
SOUTH_KM, NORTH_KM = 350.0, -160.0  # Toyohara, Alexandrovsk: where a landing puts the line on Sakhalin
BEATEN_BACK_KM, AHEAD_KM = 200.0, 20.0


@kernel
def american_weeks(c, w):
    """Weeks since America and Japan went to war; 0 where they have not."""
    return max(weeks_since(c, w.america.war_week), 0.0) if w.america.at_war > 0.0 else 0.0


@kernel
def japan_beaten(w):
    """1 where Japan fights America and Germany is beaten."""
    return 1.0 if w.japan.fighting_america > 0.0 and w.europe.germany_beaten > 0.0 else 0.0


@kernel
def told_to_surrender(c, w):
    """0 before Japan's surrender; then half in its week, 1 a week later, never over 2."""
    if w.sea.surrender_week < 0.0:
        return 0.0
    return within(HALF + HALF * weeks_since(c, w.sea.surrender_week), HALF, 2.0)


@kernel
def count_lift(c, w, p):
    """New craft, built or lent, since last counted; what a divergence has put there stays."""
    beaten = weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__GERMANY_DEFEATED])
    given = soviet_lift(years(c), p.sea_soviet_lift)
    given += lent_craft(beaten, w.america.at_war, p.sea_lent_craft)
    if given > w.sea.lift_counted:
        w.sea.lift_men += given - w.sea.lift_counted
        w.sea.lift_counted = given


@kernel
def man_the_coasts(c, w, p):
    """Garrisons as war opens, and no operation tried yet; what earlier wars won stays won."""
    japanese = within(american_weeks(c, w) / BOTH_AMERICAN_WEEKS, 0.0, 1.0)
    soviet = within((years(c) - 1.0) / SOVIET_YEARS, 0.0, 1.0)
    for o in range(OPERATIONS):
        home(w, o, w.operation.men[o])
        w.operation.binds[o], w.operation.week[o] = 0.0, -1.0
        if w.operation.state[o] != WON:
            w.operation.state[o] = NOT_TRIED
            readied = japanese if SIDE_OF[o] == SIDE__SOVIET else soviet
            w.operation.defenders[o] = rules.garrison(np.float64(o), readied, p.landing_garrison)


@kernel
def call_off(w):
    """What is under way when the fighting ends comes home; what is won is garrisoned."""
    for o in range(OPERATIONS):
        if w.operation.state[o] == UNDER_WAY:
            home(w, np.int64(o), w.operation.men[o])
            w.operation.state[o] = NOT_TRIED


@kernel
def landings(c, w, p):
    """A week of landings in a general war and the weeks after its end."""
    if w.war.rung != GENERAL_WAR:
        return
    if w.japan.surrendered > 0.0 and w.sea.surrender_week < 0.0:
        w.sea.surrender_week = np.float64(c.week)
    for o in range(OPERATIONS):
        if w.operation.state[o] == UNDER_WAY:
            under_way(c, w, p, np.int64(o))
    if not asked_this_week(c, w):
        return
    feed_foothold(c, w, p)
    for o in range(OPERATIONS):
        if may_be_asked(c, w, np.int64(o)):
            ask(c, w, p, np.int64(o))


@kernel
def asked_this_week(c, w):
    """Every fourth week; every week in the first two months of a war on a Japan that is going down."""
    if w.sea.surrender_week >= 0.0:
        return weeks_since(c, w.sea.surrender_week) <= AFTER_THE_END
    weeks = c.week - np.int64(w.war.general_week)
    return weeks % FOUR == ZERO or (japan_beaten(w) > 0.0 and np.float64(weeks) <= HURRY)


@kernel
def may_be_asked(c, w, o):
    """Not tried for a quarter, ground not already held, and for Hokkaido and Honshu a foothold to go on from."""
    if w.operation.state[o] == FAILED and weeks_since(c, w.operation.tried_week[o]) >= TRIED_AGAIN:
        w.operation.state[o] = NOT_TRIED
    if w.operation.state[o] != NOT_TRIED:
        return False
    if SIDE_OF[o] != SIDE__SOVIET:
        if w.japan.surrendered > 0.0 or (c.week - np.int64(w.war.general_week)) % FOUR != ZERO:
            return False
    if o == OPERATION__REST_OF_HOKKAIDO or o == OPERATION__HONSHU:
        return w.operation.state[STEP_BEFORE[o]] == WON
    no_base = w.operation.state[OPERATION__SOUTH_SAKHALIN] != WON
    if o == OPERATION__SOUTHERN_KURILS and no_base and step_missing(w, o) > 0.0:
        return False
    first_week = np.float64(c.week) == w.war.general_week  # the fleet has its orders before the army marches
    return (o == OPERATION__NORTH_KOREAN_PORTS and first_week) or something_to_take(w, o)


@kernel
def at_hand(w, o):
    """Thousand men who could embark: half of the army that stands there, or of the pool; for the rest of Hokkaido the
    foothold itself."""
    if o == OPERATION__REST_OF_HOKKAIDO:
        return w.operation.men[OPERATION__RUMOI_LANDING]
    if SOURCE[o] >= ZERO:
        return HALF * w.army.men[SOURCE[o]]
    return HALF * w.side.pool[SIDE_OF[o]]


@kernel
def home(w, o, men):
    """So many thousand men go back from an operation to where they came from."""
    w.operation.men[o] = max(w.operation.men[o] - men, 0.0)
    if SOURCE[o] >= ZERO:
        w.army.men[SOURCE[o]] += men
    else:
        w.side.pool[SIDE_OF[o]] += men


@kernel
def embark(w, o, men):
    """So many thousand men leave their army, the pool or the foothold for an operation."""
    w.operation.men[o] += men
    if o == OPERATION__REST_OF_HOKKAIDO:
        w.operation.men[OPERATION__RUMOI_LANDING] = max(w.operation.men[OPERATION__RUMOI_LANDING] - men, 0.0)
    elif SOURCE[o] >= ZERO:
        w.army.men[SOURCE[o]] -= men
    else:
        w.side.pool[SIDE_OF[o]] -= men


@kernel
def feed_foothold(c, w, p):
    """Men follow into a Rumoi that is held, for the march on."""
    o = np.int64(OPERATION__RUMOI_LANDING)
    if w.operation.state[o] == WON and w.operation.state[OPERATION__REST_OF_HOKKAIDO] == NOT_TRIED:
        ice = ice_on_the_way(c, o)
        more = rules.follow_up(w.operation.wave[o], ice, w.sea.northern_fleet, p.landing_follow_up)
        embark(w, o, min(more, at_hand(w, o)))


@kernel
def step_missing(w, o):
    """1 where the operation before it is not done, from the sea or by land."""
    before = STEP_BEFORE[o]
    if before < ZERO or w.operation.state[before] == WON:
        return 0.0
    return 0.0 if w.place.holder[PRIZES[before, ZERO]] == np.float64(SIDE_OF[o]) else 1.0


@kernel
def cover_of(c, w, p, o):
    """0..1, fighters over the beaches of an operation."""
    kilometres = KILOMETRES[o] if step_missing(w, o) > 0.0 else KILOMETRES_AFTER[o]
    superiority = w.land.air if SIDE_OF[o] == SIDE__SOVIET else -w.land.air
    fog = FOG[o] if MAY <= c.month <= AUGUST else 0.0
    return rules.landing_cover(kilometres, superiority, fog, p.landing_cover)


@kernel
def first_wave(w, p, o):
    """Thousand men of the first wave; all of the foothold where the rest of Hokkaido is the aim."""
    if o == OPERATION__REST_OF_HOKKAIDO:
        return w.operation.men[OPERATION__RUMOI_LANDING]
    return rules.wave(np.float64(o), w.sea.lift_men, at_hand(w, o), p.landing_wave)


@kernel
def objection(w, o):
    """0..2, how far Washington stands against a landing on Hokkaido, or on Honshu."""
    if w.sea.washington_consents > 0.0 or not (o == OPERATION__RUMOI_LANDING or o == OPERATION__HONSHU):
        return 0.0
    return japan_beaten(w) * (2.0 if w.sea.surrender_week >= 0.0 else 1.0)


@kernel
def pressed(w):
    """1 where the Japanese line is driven back by more than 200 km somewhere in Manchuria."""
    for f in range(FRONTS):
        if f < FRONT__SAKHALIN and w.front.km[f] > BEATEN_BACK_KM:
            return 1.0
    return 0.0


@kernel
def ask(c, w, p, o):
    """Is it ordered? And what binds it."""
    men = first_wave(w, p, o)
    soviet = SIDE_OF[o] == SIDE__SOVIET
    reach = rules.meets(np.float64(o), w.operation.defenders[o], 0.0, p.landing_meets)
    lift = rules.enough_lift(men, reach, p.landing_lift)
    fleet = w.sea.northern_fleet
    hostile, own = (fleet, 0.0) if soviet else (0.0, fleet)
    cover, missing, ice = cover_of(c, w, p, o), step_missing(w, o), ice_on_the_way(c, o)
    washington = objection(w, o)
    near = 1.0 if w.sea.surrender_week >= 0.0 and soviet else 0.0
    if o == OPERATION__NORTH_KOREAN_PORTS and w.front.km[FRONT__POSYET_GAP] > AHEAD_KM:
        near = 1.0  # the army is at hand: the port is hurried for
    driven = 0.0 if soviet else pressed(w)
    barred = hostile if soviet else 1.0 - own
    w.operation.binds[o] = rules.constraint(
        barred, lift, cover, missing, washington, ice, p.landing_constraint
    )
    utilities = rules.landing_decision(
        np.float64(o),
        japan_beaten(w),
        hostile,
        own,
        lift,
        cover,
        missing,
        washington,
        near,
        driven,
        ice,
        p.landing_decision,
    )
    if men < LEAST_WAVE:
        w.operation.binds[o] = rules.LIFT
        return
    if choice(c, LANDING_DECISION, o, c.week, ZERO, utilities) == LANDING_DECISION__GO:
        w.operation.state[o], w.operation.week[o] = UNDER_WAY, np.float64(c.week)
        w.operation.tried_week[o] = np.float64(c.week)
        w.operation.wave[o] = men
        embark(w, o, men)


@kernel
def under_way(c, w, p, o):
    """Men follow; when its time is up it is won, held or repulsed, at a loss on both sides."""
    weeks = c.week - np.int64(w.operation.week[o])
    if weeks < ONE:
        return
    soviet = SIDE_OF[o] == SIDE__SOVIET
    hostile = w.sea.northern_fleet if soviet else 0.0
    ice = ice_on_the_way(c, o)
    more = rules.follow_up(w.operation.wave[o], ice, hostile, p.landing_follow_up)
    if o == OPERATION__REST_OF_HOKKAIDO:
        fed = rules.follow_up(w.operation.wave[OPERATION__RUMOI_LANDING], ice, hostile, p.landing_follow_up)
        fed = min(fed, at_hand(w, OPERATION__RUMOI_LANDING))
        embark(w, OPERATION__RUMOI_LANDING, fed)
        more = w.operation.men[OPERATION__RUMOI_LANDING]
    embark(w, o, min(more, at_hand(w, o)))
    if weeks < WEEKS_TO_RESULT[o]:
        return
    told = told_to_surrender(c, w) if soviet else 0.0
    met_by = rules.meets(np.float64(o), w.operation.defenders[o], np.float64(weeks), p.landing_meets)
    utilities = rules.landing_result(
        w.operation.men[o],
        met_by,
        INTO_PORT[o],
        cover_of(c, w, p, o),
        WORKS[o],
        hostile,
        0.0 if soviet else w.sea.northern_fleet,
        told,
        p.landing_result,
    )
    took = choice(c, LANDING_RESULT, o, c.week, ZERO, utilities)
    losses(c, w, p, o, met_by, took == LANDING_RESULT__REPULSED, told)
    if took == LANDING_RESULT__WON:
        won(c, w, o)
    elif took == LANDING_RESULT__REPULSED:
        repulsed(w, o)


@kernel
def losses(c, w, p, o, met_by, thrown_back, told):
    """Both sides' losses of the operation since it was last counted, and craft lost with the men."""
    side, men = SIDE_OF[o], w.operation.men[o]
    back = 1.0 if thrown_back else 0.0
    mean, sd = rules.landing_losses(men, met_by, 0.0, back, told, p.landing_losses)
    share = within(exp(shock(c, LANDING_LOSSES, o, c.week, ZERO, mean, sd)), LEAST_SHARE, MOST_SHARE)
    w.operation.men[o] = max(w.operation.men[o] - share * men, 0.0)
    count(w, o, side, share * men)
    if side == SIDE__SOVIET and o != OPERATION__REST_OF_HOKKAIDO:
        craft = within(share * w.operation.wave[o], 0.0, w.sea.lift_men)
        w.sea.lift_men = max(w.sea.lift_men - craft, 0.0)
        w.sea.lift_lost += craft
    mean, sd = rules.landing_losses(met_by, men, 1.0, 0.0, told, p.landing_losses)
    share = within(exp(shock(c, LANDING_LOSSES, o, c.week, ONE, mean, sd)), LEAST_SHARE, MOST_SHARE)
    w.operation.defenders[o] = max(w.operation.defenders[o] - share * met_by, 0.0)
    count(w, o, ONE - side, share * met_by)


@kernel
def count(w, o, side, men):
    """Losses of a side, in its own account and in the operation's."""
    w.side.losses[side] += men
    if side == SIDE_OF[o]:
        w.operation.losses[o] += men
    else:
        w.operation.defenders_lost[o] += men


@kernel
def won(c, w, o):
    """The ground changes hands; what is left of the garrison is captured; on Sakhalin the line moves too."""
    side = SIDE_OF[o]
    w.operation.state[o] = WON
    w.side.captured[ONE - side] += w.operation.defenders[o]
    w.operation.defenders[o] = 0.0
    for i in range(PRIZES.shape[1]):
        place = PRIZES[o, i]
        if place >= ZERO and w.place.holder[place] != np.float64(side):
            w.place.holder[place] = np.float64(side)
            w.place.taken_week[place] = np.float64(c.week)
    if o == OPERATION__SOUTH_SAKHALIN:
        w.front.km[FRONT__SAKHALIN] = max(w.front.km[FRONT__SAKHALIN], SOUTH_KM)
        capture_half(w, ARMY__SAKHALIN_JAPANESE)
    elif o == OPERATION__OKHA_LANDING:
        w.front.km[FRONT__SAKHALIN] = min(w.front.km[FRONT__SAKHALIN], NORTH_KM)
        capture_half(w, ARMY__SAKHALIN_SOVIET)


@kernel
def capture_half(w, a):
    """Half of an army on the island, cut off from its ports, lays down its arms."""
    men = HALF * w.army.men[a]
    w.army.men[a] -= men
    w.army.captured[a] += men
    w.side.captured[a % np.int64(2)] += men


@kernel
def repulsed(w, o):
    """Thrown back into the sea: half of those left are captured, half come home."""
    w.operation.state[o] = FAILED
    men = HALF * w.operation.men[o]
    w.side.captured[SIDE_OF[o]] += men
    w.operation.men[o] = max(w.operation.men[o] - men, 0.0)
    home(w, o, w.operation.men[o])
