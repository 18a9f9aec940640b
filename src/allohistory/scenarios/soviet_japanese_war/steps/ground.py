"""Who holds what: places that the line passes, armies that are cut off, Vladivostok besieged, arms laid down."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    ARMY_SURRENDERS,
    FRONT__MARITIME,
    FRONT__POSYET_GAP,
    FRONTS,
    PLACE__VLADIVOSTOK,
    PLACES,
    SIEGE_VLADIVOSTOK,
)
from allohistory.scenarios.soviet_japanese_war.rules.rear import garrison, rations
from allohistory.scenarios.soviet_japanese_war.rules.supply import surrenders, vladivostok_falls
from allohistory.scenarios.soviet_japanese_war.steps.frontier import flag
from allohistory.scenarios.soviet_japanese_war.theatre import (
    AXIS_COUNT,
    AXIS_KM,
    AXIS_PLACE,
    FALLS_FRONT,
    FALLS_KM,
)
from allohistory.timeline.drawing import clock

ZERO, ONE, TWO = np.int64(0), np.int64(1), np.int64(2)
SOVIET, JAPANESE = np.int64(0), np.int64(1)
LATE = np.int64(1945)
GATES_KM = 40.0  # so near to Vladivostok the forts begin
FRONTS_OF_VLADIVOSTOK = (FRONT__MARITIME, FRONT__POSYET_GAP)


@kernel
def ground(c, w, p):
    """After the week's battles: places, cut-off armies, the fortress."""
    for f in range(FRONTS):
        if w.front.open[f] > 0.0 and w.front.moved[f] != 0.0:
            pass_places(c, w, f, w.front.km[f] - w.front.moved[f], w.front.km[f])
    for a in range(TWO * FRONTS):
        if w.army.cut_off[a] > 0.0 and w.army.men[a] > 0.0:
            may_surrender(c, w, p, a)
    siege(c, w, p)


@kernel
def pass_places(c, w, f, before, now):
    """What lies between last week's line and this week's changes hands, and what lies on either of them.

    Who reaches a place has it: so the last place of an axis falls too, and is won back by whoever leaves it behind him.
    """
    low, high = min(before, now), max(before, now)
    taker = 0.0 if now > before else 1.0
    for i in range(AXIS_COUNT[f]):
        if low <= AXIS_KM[f, i] <= high:
            take(c, w, np.int64(AXIS_PLACE[f, i]), taker)
    for x in range(PLACES):
        if FALLS_FRONT[x] == f and low <= FALLS_KM[x] <= high:
            take(c, w, np.int64(x), taker)


@kernel
def take(c, w, place, taker):
    """The place changes hands, unless Vladivostok's fortress still stands."""
    if place == PLACE__VLADIVOSTOK and taker > 0.0 and w.land.vladivostok_fallen == 0.0:
        return
    if w.place.holder[place] != taker:
        w.place.holder[place] = taker
        w.place.taken_week[place] = np.float64(c.week)


@kernel
def may_surrender(c, w, p, a):
    """An army that no railway reaches may lay down its arms."""
    japanese = flag(a % TWO == ONE)
    hazard = surrenders(w.army.days[a], w.army.worn[a], japanese, flag(c.year >= LATE), p.army_surrenders)
    if clock(c, ARMY_SURRENDERS, a, hazard) > ZERO:
        if is_of_vladivostok(w, a):
            into_fortress(w, p, a)
        else:
            into_captivity(w, a, 1.0)


@kernel
def is_of_vladivostok(w, a):
    """Is it one of the Soviet armies that can fall back into a Vladivostok that stands?"""
    if w.land.vladivostok_fallen > 0.0:
        return False
    return a == TWO * FRONT__MARITIME or a == TWO * FRONT__POSYET_GAP


@kernel
def into_fortress(w, p, a):
    """A field army falls back into the forts: some are cut off on the way; heavy arms and depots are lost."""
    if w.army.men[a] <= 0.0:
        return
    inside, taken = garrison(w.army.men[a], p.siege_garrison)
    into_captivity(w, a, taken / w.army.men[a])
    w.army.men[a] = max(w.army.men[a] - inside, 0.0)
    w.land.fortress_men += inside
    w.army.guns[a], w.army.tanks[a], w.army.stock[a] = 0.0, 0.0, 0.0


@kernel
def into_captivity(w, a, share):
    """So much of an army goes into captivity, with its guns, its tanks and its stock."""
    taken = w.army.men[a] * share
    w.army.men[a] = max(w.army.men[a] - taken, 0.0)
    w.army.captured[a] += taken
    w.side.captured[a % TWO] += taken
    w.army.guns[a] *= 1.0 - share
    w.army.tanks[a] *= 1.0 - share
    w.army.stock[a] *= 1.0 - share


@kernel
def siege(c, w, p):
    """Vladivostok: cut off once no railway reaches the army before it; relieved when one does again."""
    if w.front.open[FRONT__MARITIME] == 0.0 or w.land.vladivostok_fallen > 0.0:
        return
    if w.army.cut_off[TWO * FRONT__MARITIME] == 0.0:
        w.land.vladivostok_cut_week = -1.0
        w.army.men[TWO * FRONT__MARITIME] += w.land.fortress_men
        w.land.fortress_men = 0.0
        return
    if w.land.vladivostok_cut_week < 0.0:
        w.land.vladivostok_cut_week = np.float64(c.week)
        w.land.vladivostok_mouths = mouths(w)
    eat_in_the_fortress(w, p)
    if w.front.km[FRONT__MARITIME] <= AXIS_KM[FRONT__MARITIME, ZERO] + GATES_KM:
        into_fortress(w, p, TWO * FRONT__MARITIME)
    if w.front.km[FRONT__POSYET_GAP] <= AXIS_KM[FRONT__POSYET_GAP, ZERO] + GATES_KM:
        into_fortress(w, p, TWO * FRONT__POSYET_GAP)
    hazard = vladivostok_falls(
        w.land.vladivostok_days,
        flag(w.front.km[FRONT__MARITIME] <= AXIS_KM[FRONT__MARITIME, ONE]),
        np.float64(c.week) - w.land.vladivostok_cut_week,
        p.siege_vladivostok,
    )
    if clock(c, SIEGE_VLADIVOSTOK, ZERO, hazard) > ZERO:
        fortress_falls(c, w)


@kernel
def mouths(w):
    """Thousand men who are fed from Vladivostok's depots."""
    men = w.land.fortress_men
    for f in FRONTS_OF_VLADIVOSTOK:
        men += w.army.men[TWO * f] * w.army.cut_off[TWO * f]
    return men


@kernel
def eat_in_the_fortress(w, p):
    """The garrison, and the armies before it whose railway is cut, eat and fire what lies in the depots."""
    days, ration = rations(w.land.vladivostok_days, mouths(w), w.land.vladivostok_mouths, p.siege_rations)
    w.land.vladivostok_days = max(w.land.vladivostok_days - days, 0.0)
    for f in FRONTS_OF_VLADIVOSTOK:
        a = TWO * f
        w.army.stock[a] += ration * w.army.eaten[a] * w.army.cut_off[a]


@kernel
def fortress_falls(c, w):
    """Vladivostok falls, and with it the armies that were fed through it."""
    w.land.vladivostok_fallen = 1.0
    take(c, w, PLACE__VLADIVOSTOK, 1.0)
    for f in FRONTS_OF_VLADIVOSTOK:
        into_captivity(w, TWO * f, 1.0)
    w.army.captured[TWO * FRONT__MARITIME] += w.land.fortress_men
    w.side.captured[SOVIET] += w.land.fortress_men
    w.land.fortress_men = 0.0


@kernel
def lay_down_arms(c, w, share):
    """After Tokyo's surrender: so much of every Japanese army goes into captivity this week."""
    for f in range(FRONTS):
        if w.front.open[f] > 0.0:
            into_captivity(w, TWO * f + ONE, share)
