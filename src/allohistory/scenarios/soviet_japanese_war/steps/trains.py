"""Men on the railways: reinforcements from afar, shifts along the border, the wounded who come back.

Troop trains take a part of every stretch on their way; what they take stands in line.troops, and supply has the rest.
Men ride to the last junction before their railhead and march from there. Ways are those that were whole when supply
last ran; a shift goes by the links of one way that are not on the other.
"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import LINES
from allohistory.scenarios.soviet_japanese_war.rules import rear as rules
from allohistory.scenarios.soviet_japanese_war.rules.arsenal import arms
from allohistory.scenarios.soviet_japanese_war.rules.deployment import effort_of
from allohistory.scenarios.soviet_japanese_war.rules.supply import railway
from allohistory.scenarios.soviet_japanese_war.steps.dates import years
from allohistory.scenarios.soviet_japanese_war.steps.theatre import epoch_of, path_link, year_in_tables
from allohistory.scenarios.soviet_japanese_war.theatre import LINK_TONS

ZERO, ONE, TWO = np.int64(0), np.int64(1), np.int64(2)
SOVIET = np.int64(0)
SCENARIO_FRONTS = np.int64(9)
FEWEST = 1.0e-6
MORE_THAN_ANY_LINE = 1000.0  # thousand tons a week


@kernel
def clear_trains(w):
    """A new week: no stretch carries troops yet."""
    for line in range(LINES):
        w.line.troops[line] = 0.0


@kernel
def room_for_army(c, w, p, s, link):
    """Thousand tons a week that a stretch can carry for the army."""
    programme = w.land.soviet_lines if s == SOVIET else w.land.japanese_lines
    whole = programme * (1.0 - w.side.wrecked[s])
    tons = LINK_TONS[link, year_in_tables(c)]
    return railway(tons, whole, w.air.interdicted[s], w.line.damage[link], p.supply_railway)


@kernel
def stretches(w, a):
    """On how many stretches of its way an army's men ride: from the last junction on they march."""
    return max(np.int64(w.army.links[a]) - ONE, ZERO)


@kernel
def link_of(w, epoch, a, i):
    """The number of link i of an army's way; -1 past its end."""
    way = np.int64(w.army.way[a])
    if way < ZERO or np.float64(i) >= w.army.links[a]:
        return -ONE
    return path_link(a % TWO, epoch, a // TWO, way, i)


@kernel
def seats(c, w, p, s, a_man):
    """Of those who would board for each army (army.boards), as many as the tightest stretch of its way takes."""
    epoch = epoch_of(year_in_tables(c))
    for f in range(SCENARIO_FRONTS):
        load_way(w, epoch, TWO * f + s, w.army.boards[TWO * f + s] * a_man)
    boarded = 0.0
    for f in range(SCENARIO_FRONTS):
        a = TWO * f + s
        w.army.seats[a] = w.army.boards[a] * tightest(c, w, p, s, epoch, a)
    for f in range(SCENARIO_FRONTS):
        a = TWO * f + s
        load_way(w, epoch, a, (w.army.seats[a] - w.army.boards[a]) * a_man)
        boarded += w.army.seats[a]
    return boarded


@kernel
def load_way(w, epoch, a, tons):
    """Put so many tons of troop trains on every stretch of an army's way."""
    if tons == 0.0:
        return
    for i in range(stretches(w, a)):
        link = link_of(w, epoch, a, i)
        if link >= ZERO:
            w.line.troops[link] = max(w.line.troops[link] + tons, 0.0)


@kernel
def tightest(c, w, p, s, epoch, a):
    """Share of what is asked of its stretches that the tightest one on an army's way can take."""
    share = 1.0
    if w.army.boards[a] <= 0.0:
        return share
    for i in range(stretches(w, a)):
        link = link_of(w, epoch, a, i)
        if link >= ZERO and w.line.troops[link] > 0.0:
            room = p.forces_sending.share * room_for_army(c, w, p, s, link)
            share = min(share, room / w.line.troops[link])
    return share


# ------------------------------------------------------------ from front to front


@kernel
def shift(c, w, p, s):
    """Men who were ordered from one front, or from the reserve, to another board what trains there are."""
    if w.side.shifting[s] <= FEWEST:
        return
    to, giver = TWO * np.int64(w.side.shift_to[s]) + s, TWO * np.int64(w.side.shift_from[s]) + s
    from_reserve = w.side.shift_from[s] < 0.0
    if w.army.cut_off[to] > 0.0 or (not from_reserve and w.army.cut_off[giver] > 0.0):
        w.side.shifting[s] = 0.0
        return
    epoch, a_man = epoch_of(year_in_tables(c)), p.forces_sending.soviet_tons
    if s != SOVIET:
        a_man = p.forces_sending.japanese_tons
    men = w.side.shifting[s]
    men = min(men, w.side.reserve[s] if from_reserve else w.army.men[giver])
    men = min(men, free_seats(c, w, p, s, epoch, to, giver, from_reserve) / a_man)
    if not from_reserve:
        men = min(men, free_seats(c, w, p, s, epoch, giver, to, from_reserve) / a_man)
    if men <= FEWEST:
        return
    carry(w, epoch, to, giver, from_reserve, men * a_man)
    if from_reserve:
        w.side.reserve[s] -= men
    else:
        carry(w, epoch, giver, to, from_reserve, men * a_man)
        depart(c, w, p, s, giver, men)
    w.side.troop_tons[s] += men * a_man
    w.side.shifting[s] -= men
    travel(w, s, to, giver, from_reserve, men)


@kernel
def shared(w, epoch, link, other):
    """Does a stretch lie on another army's way too?"""
    found = False
    for i in range(stretches(w, other)):
        found = found or link_of(w, epoch, other, i) == link
    return found


@kernel
def free_seats(c, w, p, s, epoch, a, other, whole):
    """Thousand tons that the stretches of an army's way which are not on the other's can still take for troops."""
    free = MORE_THAN_ANY_LINE
    for i in range(stretches(w, a)):
        link = link_of(w, epoch, a, i)
        if link >= ZERO and (whole or not shared(w, epoch, link, other)):
            room = p.rear_spare.share_of_line * room_for_army(c, w, p, s, link)
            free = min(free, max(room - w.line.troops[link], 0.0))
    return free


@kernel
def carry(w, epoch, a, other, whole, tons):
    """Load those stretches."""
    for i in range(stretches(w, a)):
        link = link_of(w, epoch, a, i)
        if link >= ZERO and (whole or not shared(w, epoch, link, other)):
            w.line.troops[link] += tons


@kernel
def depart(c, w, p, s, giver, men):
    """They leave with their guns, tanks and trucks, as far as there are any."""
    guns, tanks, trucks = arms(years(c), np.float64(s), p.forces_arms)
    w.army.men[giver] -= men
    w.army.guns[giver] = max(w.army.guns[giver] - men * guns, 0.0)
    w.army.tanks[giver] = max(w.army.tanks[giver] - men * tanks, 0.0)
    w.side.trucks[s] = max(w.side.trucks[s] - men * trucks, 0.0)


@kernel
def travel(w, s, to, giver, from_reserve, men):
    """A week within one effort; two from the reserve, or by Japan's inner lines; three along the Siberian railway."""
    if not from_reserve and effort_of(to // TWO) == effort_of(giver // TWO):
        w.army.coming_1[to] += men
    elif from_reserve or s != SOVIET:
        w.army.coming_2[to] += men
    else:
        w.army.coming_3[to] += men


# ------------------------------------------------------------ the wounded


@kernel
def wounded(w, p, s):
    """This week's wounded reach hospital; those who are well go back to the fronts."""
    fresh = max(w.side.losses[s] - w.side.losses_seen[s], 0.0)
    w.side.losses_seen[s] = w.side.losses[s]
    back, gone = rules.hospitals(w.side.wounded[s], p.rear_hospitals)
    given = give_back(w, s, back)
    w.side.returned[s] += given
    w.side.wounded[s] = max(w.side.wounded[s] + rules.wounded(fresh, p.rear_wounded) - given - gone, 0.0)


@kernel
def within_reach(w, s):
    """Thousand men of a side on open fronts that a railway reaches."""
    men = 0.0
    for f in range(SCENARIO_FRONTS):
        if w.front.open[f] > 0.0 and w.army.cut_off[TWO * f + s] == 0.0:
            men += w.army.men[TWO * f + s]
    return men


@kernel
def give_back(w, s, men):
    """Men from hospital go to the armies that a railway reaches; how many found one."""
    there = within_reach(w, s)
    if there <= FEWEST:
        return 0.0
    for f in range(SCENARIO_FRONTS):
        if w.front.open[f] > 0.0 and w.army.cut_off[TWO * f + s] == 0.0:
            w.army.men[TWO * f + s] *= 1.0 + men / there
    return men
