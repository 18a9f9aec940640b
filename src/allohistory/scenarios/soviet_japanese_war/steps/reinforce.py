"""Week by week: reservists, men on the rails, arrivals, the sick, and what armies learn. Nothing here is drawn.

Men are conserved: those in the pool, called up, waiting, on the rails, on the fronts, in hospital and sent home add up
to what they were, but for what a capital adds to the pool or takes back, and for what battles take.
"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import EUROPEAN_EVENT__GERMANY_DEFEATED, FRONT__SAKHALIN
from allohistory.scenarios.soviet_japanese_war.rules.arsenal import arms
from allohistory.scenarios.soviet_japanese_war.rules.deployment import (
    effort_of,
    japanese_deployment,
    soviet_deployment,
)
from allohistory.scenarios.soviet_japanese_war.rules.forces import japanese_worth, railways
from allohistory.scenarios.soviet_japanese_war.rules.ladder import GENERAL_WAR
from allohistory.scenarios.soviet_japanese_war.rules.rear import keeps_back
from allohistory.scenarios.soviet_japanese_war.rules.reinforcement import (
    allotment,
    japanese_reserve,
    newcomers,
    pool_grows,
    quality,
    recovery,
    reservists,
    sending,
    sickness,
    soviet_reserve,
)
from allohistory.scenarios.soviet_japanese_war.steps.dates import in_winter, weeks_since, years
from allohistory.scenarios.soviet_japanese_war.steps.frontier import flag
from allohistory.scenarios.soviet_japanese_war.steps.outbreak import JAPANESE_CHOICE, SOVIET_CHOICE
from allohistory.scenarios.soviet_japanese_war.steps.trains import (
    clear_trains,
    give_back,
    seats,
    shift,
    wounded,
)

ONE, TWO = np.int64(1), np.int64(2)
SOVIET, JAPANESE = np.int64(0), np.int64(1)
SCENARIO_FRONTS = np.int64(9)  # the last two of the theatre are the Winter War's
JUNE, SEPTEMBER = np.int64(6), np.int64(9)
YEARS_TO_1937 = 6.0
NEAR_WEEKS = 2.0


@kernel
def reinforce(c, w, p):
    """One week of both sides' reinforcement; where the armies were set by hand, only transit."""
    for a in range(w.army.men.shape[0]):
        arrive(c, w, p, a)
    if w.land.called_up == 0.0 or w.japan.surrendered > 0.0:
        return
    if w.land.whole == 0.0 and is_general(w) > 0.0:
        open_the_rest(w)
    clear_trains(w)
    for s in range(TWO):
        fill_pool(c, w, p, s)
        call_up(c, w, p, s)
        board(c, w, p, s)
        shift(c, w, p, s)
        hospitals(c, w, p, s)
        wounded(w, p, s)
        learn(c, w, p, s)


@kernel
def is_general(w):
    """1 in a general war, 0 in a limited one."""
    return flag(w.war.rung >= GENERAL_WAR)


@kernel
def weeks_of_war(c, w):
    """Weeks since this war began."""
    return max(weeks_since(c, w.war.began_week), 0.0)


@kernel
def german_war(w):
    """1 while Germany and the Soviet Union are fighting."""
    return flag(w.europe.eastern_front > 0.0 and w.europe.germany_beaten == 0.0)


@kernel
def weeks_of_german_war(c, w):
    """Weeks of it; 0 before and after."""
    return max(weeks_since(c, w.ussr.german_war_week), 0.0) if german_war(w) > 0.0 else 0.0


@kernel
def freed(w):
    """1 where Germany was beaten after this war began: what came east before it began stands there already."""
    beaten = w.europe.happened_week[EUROPEAN_EVENT__GERMANY_DEFEATED]
    return flag(w.europe.germany_beaten > 0.0 and beaten > w.war.began_week)


@kernel
def usual_worth(c, w, p, s):
    """What regular troops of a side are worth now."""
    if s == SOVIET:
        return w.ussr.division_worth
    weeks = 0.0
    if w.japan.fighting_america > 0.0:
        weeks = max(weeks_since(c, w.japan.southern_order_week), 0.0)
    return japanese_worth(weeks, p.forces_japanese_worth)


@kernel
def deployed(c, w, p, f, s):
    """Share of a side's northern forces that stands on a front by its plans."""
    beaten = w.europe.germany_beaten
    if s == SOVIET:
        corps = w.ussr.corps_in_mongolia
        return soviet_deployment(f, years(c), corps, beaten, p.forces_soviet_deployment)
    return japanese_deployment(f, years(c), beaten, p.forces_japanese_deployment)


@kernel
def a_week(c, w, p, s):
    """Thousand men whom the side's railways and ports bring in a week, with nothing else to carry."""
    return railways(years(c), w.ussr.trains_a_day, w.japan.rail_lead, np.float64(s), p.forces_railways)


@kernel
def reserve(c, w, p, s):
    """Thousand men whom the side would send to this war in all, as things stand."""
    weeks, general, enemy = weeks_of_war(c, w), is_general(w), w.side.reach[ONE - s]
    if s == SOVIET:
        return soviet_reserve(
            years(c),
            w.ussr.tied_in_europe,
            german_war(w),
            freed(w),
            general,
            enemy,
            weeks,
            p.forces_soviet_reserve,
        )
    return japanese_reserve(
        w.japan.divisions_north,
        w.japan.divisions_china,
        max(years(c) - YEARS_TO_1937, 0.0),
        w.japan.fighting_america,
        general,
        enemy,
        weeks,
        p.forces_japanese_reserve,
    )


@kernel
def arrive(c, w, p, a):
    """The men on the rails come a week nearer; those whose line was cut wait where they are."""
    if w.land.called_up > 0.0 and w.army.cut_off[a] > 0.0:
        s = a % TWO
        w.side.sending[s] += w.army.coming_1[a]
    elif w.army.coming_1[a] > 0.0:
        join(c, w, p, a, w.army.coming_1[a])
    w.army.coming_1[a], w.army.coming_2[a], w.army.coming_3[a] = (
        w.army.coming_2[a],
        w.army.coming_3[a],
        0.0,
    )


@kernel
def join(c, w, p, a, men):
    """Men from afar join an army, with their guns, tanks and trucks."""
    if w.land.called_up > 0.0:
        s = a % TWO
        guns, tanks, trucks = arms(years(c), np.float64(s), p.forces_arms)
        w.army.guns[a] += men * guns
        w.army.tanks[a] += men * tanks
        w.side.trucks[s] += men * trucks
        mix(w, a, men, newcomers(usual_worth(c, w, p, s), 0.0, p.forces_newcomers))
    w.army.men[a] += men


@kernel
def mix(w, a, men, worth):
    """The worth of an army that so many men of another worth are about to join."""
    together = w.army.men[a] + men
    if together > 0.0:
        w.army.worth[a] = (w.army.men[a] * w.army.worth[a] + men * worth) / together


@kernel
def open_the_rest(w):
    """A limited war that has become general is fought on every front."""
    w.land.whole = 1.0
    for f in range(SCENARIO_FRONTS):
        w.front.open[f] = 1.0


@kernel
def fill_pool(c, w, p, s):
    """What the capital adds to the men set aside for this war, or takes back; and the order to send them."""
    now = reserve(c, w, p, s)
    pool, waiting = w.side.pool[s], w.side.sending[s]
    change, ordered = pool_grows(w.side.promised[s], now, pool, waiting, p.forces_pool)
    w.side.promised[s] += change
    w.side.pool[s] = max(max(pool + change, 0.0) - ordered, 0.0)
    w.side.sending[s] = max(waiting + min(pool + change, 0.0) + ordered, 0.0)


@kernel
def call_up(c, w, p, s):
    """Reservists of the theatre join the armies near their homes, by the men who stand there."""
    called = reservists(w.side.reservists[s], is_general(w), weeks_of_war(c, w), p.forces_reservists)
    there = on_open_fronts(w, s)
    if there <= 0.0:
        return
    w.side.reservists[s] = max(w.side.reservists[s] - called, 0.0)
    worth = newcomers(usual_worth(c, w, p, s), 1.0, p.forces_newcomers)
    for f in range(SCENARIO_FRONTS):
        if w.front.open[f] > 0.0:
            a = TWO * f + s
            men = called * w.army.men[a] / there
            mix(w, a, men, worth)
            w.army.men[a] += men


@kernel
def on_open_fronts(w, s):
    """Thousand men of a side on fronts that are open."""
    men = 0.0
    for f in range(SCENARIO_FRONTS):
        if w.front.open[f] > 0.0:
            men += w.army.men[TWO * f + s]
    return men


@kernel
def board(c, w, p, s):
    """Men board the trains, and each army is promised its part of them, as far as its line can take it."""
    weeks = weeks_of_war(c, w)
    prepared = flag(w.war.road == (SOVIET_CHOICE if s == SOVIET else JAPANESE_CHOICE))
    at_most = a_week(c, w, p, s) * (1.0 - w.air.interdicted[s])
    weights, reached = 0.0, 0.0
    for f in range(SCENARIO_FRONTS):
        weights += weight(c, w, p, f, s)
        reached += flag(weight(c, w, p, f, s) > 0.0)
    men, tons = sending(
        w.side.sending[s],
        w.side.trunk_room[s],
        at_most,
        reached,
        is_general(w),
        weeks,
        prepared,
        np.float64(s),
        p.forces_sending,
    )
    w.side.troop_tons[s] = 0.0
    if weights <= 0.0 or men <= 0.0:
        return
    for f in range(SCENARIO_FRONTS):
        w.army.boards[TWO * f + s] = men * weight(c, w, p, f, s) / weights
    boarded = seats(c, w, p, s, tons / men)
    if boarded <= 0.0:
        return
    w.side.troop_tons[s] = boarded * tons / men
    w.side.sending[s] = max(w.side.sending[s] - boarded, 0.0)
    w.side.sent[s] += boarded
    kept = keeps_back(boarded, w.side.reserve[s], on_open_fronts(w, s), p.rear_keeps_back)
    w.side.reserve[s] += kept
    for f in range(SCENARIO_FRONTS):
        a, part = TWO * f + s, w.army.seats[TWO * f + s] * (1.0 - kept / boarded)
        if weeks < NEAR_WEEKS:
            w.army.coming_2[a] += part
        else:
            w.army.coming_3[a] += part


@kernel
def weight(c, w, p, f, s):
    """How much of those who board goes to this side's army on a front; none where no train goes."""
    a = TWO * f + s
    if w.front.open[f] == 0.0 or w.army.cut_off[a] > 0.0 or f == FRONT__SAKHALIN:
        return 0.0
    main = flag(np.float64(effort_of(f)) == w.side.main[s])
    enemy = w.army.men[a ^ ONE] * w.army.worth[a ^ ONE]
    own = w.army.men[a] * w.army.worth[a]
    fed = min(w.army.brought[a] / w.army.asked[a], 1.0) if w.army.asked[a] > 0.0 else 1.0
    return allotment(deployed(c, w, p, f, s), main, enemy, own, fed, p.forces_allotment)


@kernel
def hospitals(c, w, p, s):
    """Men fall sick on the open fronts; those who leave hospital go back to the armies, or home."""
    summer, fallen = flag(JUNE <= c.month <= SEPTEMBER), 0.0
    for f in range(SCENARIO_FRONTS):
        if w.front.open[f] > 0.0:
            a = TWO * f + s
            sick = sickness(w.army.men[a], in_winter(c), summer, w.army.supplied[a], p.forces_sickness)
            w.army.men[a] = max(w.army.men[a] - sick, 0.0)
            fallen += sick
    back, home = recovery(w.side.sick[s], p.forces_recovery)
    back = give_back(w, s, back)
    w.side.sick[s] = max(w.side.sick[s] + fallen - back - home, 0.0)
    w.side.invalided[s] += home


@kernel
def learn(c, w, p, s):
    """Armies come nearer to what their side's regular troops are worth; those that fight pass it."""
    usual = usual_worth(c, w, p, s)
    for f in range(SCENARIO_FRONTS):
        a = TWO * f + s
        fights = flag(w.front.attacker[f] > 0.0)
        w.army.worth[a] = quality(w.army.worth[a], usual, fights, p.forces_quality)
