"""Behind the fronts, in a week of war: guerrillas, Manchukuo's army, who is shifted where, who falls back on what.

    before the battles  guerrillas and guards; mutinies; the capitals' monthly look across their fronts; armies that are
                        attacked fall back, or stand
    after them          a line that stands before an inner fortress zone has its works

Nobody leaves the books: men go from armies to guards, reserve, trains and hospital, and come back from there.
"""

import numpy as np

from allohistory.luck.arithmetic import log
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    ARMY_FALLS_BACK,
    FRONT__GOBI,
    FRONT__SAKHALIN,
    FRONTS,
    MANCHUKUO_MUTINIES,
    REAR_SHIFTS_MEN,
    SIDES,
)
from allohistory.scenarios.soviet_japanese_war.rules import rear as rules
from allohistory.scenarios.soviet_japanese_war.rules.deployment import effort_of
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.scenarios.soviet_japanese_war.steps.dates import weeks_since, years
from allohistory.scenarios.soviet_japanese_war.steps.frontier import flag
from allohistory.scenarios.soviet_japanese_war.steps.reinforce import usual_worth
from allohistory.scenarios.soviet_japanese_war.steps.terrain import ends
from allohistory.scenarios.soviet_japanese_war.steps.theatre import epoch_of, year_in_tables
from allohistory.scenarios.soviet_japanese_war.theatre import (
    AXIS_COUNT,
    AXIS_KM,
    AXIS_PLACE,
    AXIS_WORKS,
    HOLDER_AT_FIRST,
)
from allohistory.timeline.drawing import choice, clock

ZERO, ONE, TWO = np.int64(0), np.int64(1), np.int64(2)
FOUR_WEEKS = np.int64(4)
SOVIET, JAPANESE = np.int64(0), np.int64(1)
SHIFT, COMMIT = np.int64(1), np.int64(2)
NOWHERE, NONE_COUNTED = -1.0, -1.0
WITHDRAW, HOLD, ATTACK = 0.0, 1.0, 2.0
BEFORE = 2.0  # km: so far before a fortress zone the line comes to stand
DRAINED_WEEKS = 170.0  # of war with America, until the north is drained
RETREAT_WEEKS = 2.0  # after which an army that fell back stands again
MOST_GONE = 0.3  # of an army, the Japanese in it counted
FEWEST = 1.0e-6


@kernel
def start_rear(c, w, p):
    """At the muster: guerrillas are counted, the guards against them leave the fronts, hospitals are empty."""
    for s in range(SIDES):
        w.side.wounded[s], w.side.losses_seen[s] = 0.0, w.side.losses[s]
        w.side.guards[s], w.side.reserve[s], w.side.wrecked[s] = 0.0, 0.0, 0.0
        w.side.shifting[s], w.side.shift_from[s], w.side.shift_to[s] = 0.0, NOWHERE, NOWHERE
    for line in range(w.line.troops.shape[0]):
        w.line.troops[line] = 0.0
    w.manchuria.guerrillas = rules.guerrillas(years(c), 0.0, NONE_COUNTED, p.rear_guerrillas)
    tied, w.side.wrecked[JAPANESE] = rules.tied_by_guerrillas(
        w.manchuria.guerrillas, japanese_men(w), p.rear_tied_by_guerrillas
    )
    guard(w, tied)


@kernel
def rear(c, w, p):
    """The week behind the fronts, before its battles; where armies were set by hand, nothing."""
    if w.land.called_up == 0.0 or w.japan.surrendered > 0.0:
        return
    w.manchuria.guerrillas = rules.guerrillas(
        years(c), farthest_back(w), w.manchuria.guerrillas, p.rear_guerrillas
    )
    tied, w.side.wrecked[JAPANESE] = rules.tied_by_guerrillas(
        w.manchuria.guerrillas, japanese_men(w), p.rear_tied_by_guerrillas
    )
    guard(w, tied)
    look_across(c, w, p)
    go_over(c, w, p)
    for a in range(TWO * (FRONT__SAKHALIN + ONE)):
        may_fall_back(c, w, p, np.int64(a))


# ------------------------------------------------------------ guerrillas and guards


@kernel
def farthest_back(w):
    """Kilometres by which the Japanese line on the mainland has gone back where it went farthest."""
    most = 0.0
    for f in range(FRONT__SAKHALIN):
        most = max(most, w.front.km[f])
    return most


@kernel
def japanese_men(w):
    """Thousand men of Japan's armies in Manchuria and Korea, guards among them."""
    men = w.side.guards[JAPANESE]
    for f in range(FRONT__SAKHALIN):
        men += w.army.men[TWO * f + ONE]
    return men


@kernel
def guard(w, wanted):
    """Men go from the fronts to guard the rear, or back from it, by the men who stand on each."""
    at_front = japanese_men(w) - w.side.guards[JAPANESE]
    if at_front <= FEWEST:
        return
    more = wanted - w.side.guards[JAPANESE]
    for f in range(FRONT__SAKHALIN):
        w.army.men[TWO * f + ONE] *= max(1.0 - more / at_front, 0.0)
    w.side.guards[JAPANESE] += min(more, at_front)


# ------------------------------------------------------------ Manchukuo's army


@kernel
def drained(c, w):
    """0..1, how far war with America has drained the north."""
    if w.japan.fighting_america == 0.0:
        return 0.0
    return within(weeks_since(c, w.japan.southern_order_week) / DRAINED_WEEKS, 0.0, 1.0)


@kernel
def go_over(c, w, p):
    """Manchukuo troops, front by front: do they go home or over this week?"""
    empty = drained(c, w)
    for f in range(FRONT__SAKHALIN):
        if w.front.open[f] > 0.0 and w.front.manchukuo[f] > 0.0:
            hazard = rules.mutinies(max(w.front.km[f], 0.0), empty, p.manchukuo_mutinies)
            if clock(c, MANCHUKUO_MUTINIES, f, hazard) > ZERO:
                leave(c, w, p, f, empty)


@kernel
def leave(c, w, p, f, empty):
    """The unreliable part of them is gone; those who stay are worth the more, man for man."""
    share, to_the_hills = rules.unreliable(empty, p.manchukuo_unreliable)
    a = TWO * f + ONE
    gone = min(share * w.front.manchukuo[f], MOST_GONE * w.army.men[a])
    left = w.army.men[a] - gone
    if left > FEWEST:
        worth = (w.army.men[a] * w.army.worth[a] - gone * p.forces_allies.manchukuo_worth) / left
        w.army.worth[a] = max(min(worth, usual_worth(c, w, p, JAPANESE)), w.army.worth[a])
    w.army.men[a] = left
    w.front.manchukuo[f] = max(w.front.manchukuo[f] - gone, 0.0)
    w.side.deserted[JAPANESE] += gone
    w.manchuria.guerrillas += to_the_hills * gone


# ------------------------------------------------------------ men from front to front


@kernel
def look_across(c, w, p):
    """Every four weeks, each in its own week: does a capital shift men from one front to another?"""
    turn = (c.week - np.int64(w.war.began_week)) % FOUR_WEEKS
    if turn == TWO:
        look(c, w, p, SOVIET)
    elif turn == ZERO:
        look(c, w, p, JAPANESE)


@kernel
def look(c, w, p, s):
    """One capital looks across its fronts: the most pressed and the least, and what lies between them."""
    to, most = pressed(w, p, s, 1.0)
    giver, least = pressed(w, p, s, -1.0)
    men = 0.0
    if to >= ZERO and giver >= ZERO and to != giver:
        a = TWO * giver + s
        men = rules.spare(w.army.men[a], w.army.men[a ^ ONE], p.rear_spare)
    utilities = rules.shifts_men(most + least, most, flag(men > 0.0), w.side.reserve[s], p.rear_shifts_men)
    said = choice(c, REAR_SHIFTS_MEN, s, c.week, ZERO, utilities)
    w.side.shifting[s], w.side.shift_from[s], w.side.shift_to[s] = 0.0, NOWHERE, NOWHERE
    if said == SHIFT and men > 0.0:
        w.side.shifting[s], w.side.shift_from[s] = men, np.float64(giver)
        w.side.shift_to[s] = np.float64(to)
    elif said == COMMIT and to >= ZERO:
        w.side.shifting[s], w.side.shift_to[s] = w.side.reserve[s], np.float64(to)


@kernel
def pressed(w, p, s, sign):
    """The front of a side on which pressure times the sign is greatest, among those that a railway reaches; and it."""
    found, most = -ONE, 0.0
    for f in range(FRONT__SAKHALIN):
        a = TWO * f + s
        if w.front.open[f] == 0.0 or w.army.cut_off[a] > 0.0 or w.army.links[a] <= 0.0:
            continue
        lost = -w.front.km[f] if s == SOVIET else w.front.km[f]
        here = sign * rules.pressure(
            w.army.men[a] * w.army.worth[a],
            w.army.men[a ^ ONE] * w.army.worth[a ^ ONE],
            w.army.works[a],
            flag(np.float64(effort_of(f)) == w.side.main[s]),
            lost,
            p.rear_pressure,
        )
        if found < ZERO or here > most:
            found, most = np.int64(f), here
    return found, most


# ------------------------------------------------------------ the next line


@kernel
def may_fall_back(c, w, p, a):
    """An army that holds and is attacked: does it fall back on the next line, or stand?"""
    f, s = a // TWO, a % TWO
    if w.front.open[f] == 0.0 or w.army.order[a] != HOLD or w.army.order[a ^ ONE] != ATTACK:
        return
    own, enemy = w.army.men[a] * w.army.worth[a], w.army.men[a ^ ONE] * w.army.worth[a ^ ONE]
    ratio = log((enemy + 1.0) / (own + 1.0))
    utilities = rules.falls_back(
        ratio,
        w.army.worn[a],
        line_behind(c, w, f, s),
        flag(f <= FRONT__GOBI),
        np.float64(s),
        flag(s == JAPANESE and w.japan.fighting_america > 0.0) * drained(c, w),
        p.army_falls_back,
    )
    if choice(c, ARMY_FALLS_BACK, a, c.week, ZERO, utilities) > ZERO:
        w.army.order[a], w.army.order_week[a] = WITHDRAW, np.float64(c.week)
        w.army.fell_back_week[a] = np.float64(c.week)


@kernel
def line_behind(c, w, f, s):
    """Works of the strongest inner zone that lies behind a side's line on this axis; 0 where none does."""
    epoch, best = epoch_of(year_in_tables(c)), 0.0
    for i in range(AXIS_COUNT[f]):
        if AXIS_WORKS[f, i, epoch] > 0.0 and HOLDER_AT_FIRST[AXIS_PLACE[f, i]] == s:
            behind = w.front.km[f] - AXIS_KM[f, i] if s == SOVIET else AXIS_KM[f, i] - w.front.km[f]
            if behind > BEFORE + 1.0:
                best = max(best, AXIS_WORKS[f, i, epoch])
    return best


@kernel
def stops(c, w, p, f, side):
    """Between which km a week's advance of a side ends: the axis' ends, or before an inner zone that the enemy mans."""
    low, high = ends(f)
    epoch, a = epoch_of(year_in_tables(c)), TWO * f + side
    own, enemy = w.army.men[a] * w.army.worth[a], w.army.men[a ^ ONE] * w.army.worth[a ^ ONE]
    for i in range(AXIS_COUNT[f]):
        works = AXIS_WORKS[f, i, epoch]
        if works <= 0.0 or HOLDER_AT_FIRST[AXIS_PLACE[f, i]] == side:
            continue
        ahead = AXIS_KM[f, i] - w.front.km[f] if side == SOVIET else w.front.km[f] - AXIS_KM[f, i]
        if ahead > BEFORE + 1.0 and rules.stands_on_line(works, enemy, own, p.rear_stands_on_line) > 0.0:
            if side == SOVIET:
                high = min(high, AXIS_KM[f, i] - BEFORE)
            else:
                low = max(low, AXIS_KM[f, i] + BEFORE)
    return low, high


@kernel
def on_the_next_line(c, w):
    """After the battles: whoever stands before an inner zone of its own has its works; a retreat ends there."""
    epoch = epoch_of(year_in_tables(c))
    for f in range(FRONTS):
        if w.front.open[f] == 0.0:
            continue
        for s in range(TWO):
            a = TWO * f + s
            works = works_here(w, epoch, f, s)
            w.army.works[a] = max(w.army.works[a], works)
            if w.army.order[a] == WITHDRAW and w.army.fell_back_week[a] == w.army.order_week[a] >= 0.0:
                if works > 0.0 or weeks_since(c, w.army.order_week[a]) >= RETREAT_WEEKS:
                    w.army.order[a], w.army.order_week[a] = HOLD, np.float64(c.week)


@kernel
def works_here(w, epoch, f, s):
    """Works of a side's inner zone right behind its line; 0 where there is none."""
    for i in range(AXIS_COUNT[f]):
        if AXIS_WORKS[f, i, epoch] > 0.0 and HOLDER_AT_FIRST[AXIS_PLACE[f, i]] == s:
            behind = w.front.km[f] - AXIS_KM[f, i] if s == SOVIET else AXIS_KM[f, i] - w.front.km[f]
            if 0.0 <= behind <= BEFORE + 1.0:
                return AXIS_WORKS[f, i, epoch]
    return 0.0
