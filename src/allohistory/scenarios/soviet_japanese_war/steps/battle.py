"""One front's week of battle: who attacks, what comes of it, what both lose, how far the line moves, who is cut off.

Exactly one side's order to attack makes it the attacker; of two, each in its turn, the stronger in worth and men first.
Where nobody attacks,
both lose what a quiet sector loses. An enemy who withdraws is followed: by one who attacks wherever he goes, by one who
holds to the border. At most five draws a front and week.
"""

import numpy as np

from allohistory.luck.arithmetic import exp, log
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    BATTLE_ADVANCE,
    BATTLE_ATTACKER_LOSSES,
    BATTLE_COLUMNS,
    BATTLE_DEFENDER_LOSSES,
    BATTLE_ENCIRCLEMENT,
    BATTLE_RESULT,
)
from allohistory.scenarios.soviet_japanese_war.rules.aftermath import (
    advance,
    broken,
    columns_cut,
    cost,
    encirclement,
    first_days,
    march,
    on_wheels,
    pocketed,
    scattered,
)
from allohistory.scenarios.soviet_japanese_war.rules.engagement import (
    armour,
    artillery,
    attacker_losses,
    breaking_point,
    defender_losses,
    edge,
    engaged,
    result,
    room,
    shortage,
)
from allohistory.scenarios.soviet_japanese_war.rules.units import DAYS_A_WEEK, DIVISION, TENTH, within
from allohistory.scenarios.soviet_japanese_war.steps.claims import halted
from allohistory.scenarios.soviet_japanese_war.steps.command import command_worth
from allohistory.scenarios.soviet_japanese_war.steps.dates import in_winter, weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.frontier import flag
from allohistory.scenarios.soviet_japanese_war.steps.rear import stops
from allohistory.scenarios.soviet_japanese_war.steps.supply import led_so_far
from allohistory.scenarios.soviet_japanese_war.steps.terrain import (
    against_finns,
    river_before,
    stretch,
    wet_ground,
)
from allohistory.scenarios.soviet_japanese_war.theatre import AXIS_COVER, AXIS_GOING, AXIS_GROUND
from allohistory.timeline.drawing import choice, shock

ZERO, ONE, TWO = np.int64(0), np.int64(1), np.int64(2)
NOBODY = np.int64(-1)
WITHDRAW, ATTACK = 0.0, 2.0
FADES = 0.8408964152537145  # a week's share of a half-life of four weeks
FEW = 0.5  # thousand men: fewer hold no axis, and are no army to give battle to
MOST_TO_ONE = 8.0  # no more than so many men find room to fight one: the highest odds of the fit's grid
JAPANESE_GAS, SOVIET_GAS, BOTH_GAS = 1.0, 2.0, 3.0
LATE_FROM = np.int64(1942)
HALF = 0.5
HUNDRED_KM = 100.0


@kernel
def battle(c, w, p, f):
    """The week of one front."""
    w.army.worn[TWO * f] *= FADES
    w.army.worn[TWO * f + ONE] *= FADES
    last = w.front.attacker[f]
    w.front.moved[f], w.front.early[f], w.front.won[f], w.front.attacker[f] = 0.0, 0.0, 0.0, 0.0
    if w.front.open[f] == 0.0:
        return
    if against_finns(f) == 0.0 and 0.0 <= w.land.surrender_week < np.float64(c.week):
        go_after(c, w, p, f, ZERO, 1.0, 1.0)  # arms are laid down before the Soviet armies
        return
    side = who_attacks(w, f, last)
    if side != NOBODY and w.army.men[TWO * f + ONE - side] < FEW:
        go_after(c, w, p, f, side, 1.0, 1.0)
        return
    if side != NOBODY:
        attack(c, w, p, f, side)
        return
    men, guns, tanks = cost(0.0, 0.0, 0.0, p.battle_cost)
    lose(w, TWO * f, ZERO, men, guns, tanks)
    lose(w, TWO * f + ONE, ONE, men, guns, tanks)
    side = who_follows(w, f)
    if side != NOBODY and on_own_soil(w, f, side):
        go_after(c, w, p, f, side, p.battle_broken.delaying, p.battle_advance.held_off)


@kernel
def who_attacks(w, f, last):
    """The side that attacks, or nobody; of two that would, each in its turn, the stronger in worth and men first."""
    first, second = TWO * f, TWO * f + ONE
    soviet = w.army.order[first] == ATTACK and w.army.men[first] >= FEW
    other = w.army.order[second] == ATTACK and w.army.men[second] >= FEW
    if soviet and other:
        if last > 0.0:
            return ONE if last == np.float64(ZERO + ONE) else ZERO
        stronger = w.army.men[first] * w.army.worth[first] >= w.army.men[second] * w.army.worth[second]
        return ZERO if stronger else ONE
    if soviet:
        return ZERO
    return ONE if other else NOBODY


@kernel
def who_follows(w, f):
    """The side whose enemy withdraws while it does not, or nobody."""
    first, second = w.army.order[TWO * f] == WITHDRAW, w.army.order[TWO * f + ONE] == WITHDRAW
    if first == second:
        return NOBODY
    return ONE if first else ZERO


@kernel
def on_own_soil(w, f, side):
    """Does the line stand in this side's own land? With orders to hold nobody follows past his border."""
    return w.front.km[f] < 0.0 if side == ZERO else w.front.km[f] > 0.0


@kernel
def attack(c, w, p, f, side):
    """The main battle of the week and what follows from it."""
    ours, theirs = TWO * f + side, TWO * f + ONE - side
    remember(c, w, p, f, side)
    better = effectiveness(c, w, p, f, side, ours, theirs)
    men, against = max(w.army.men[ours], FEW), max(w.army.men[theirs], FEW)
    place = stretch(f, w.front.km[f], side)
    ground, cover = np.float64(AXIS_GROUND[f, place]), np.float64(AXIS_COVER[f, place])
    ratio = room(log(men / against), ground, cover, p.battle_room)
    following = flag(w.army.order[theirs] == WITHDRAW)
    share = engaged(men, against, following, p.battle_engaged)
    won, hurt, hit = fight(c, w, p, f, side, ours, theirs, ratio, share, better)
    driven = max(won, following)
    open_way = driven * way_open(w, p, f, side, won * (ratio + better), following)
    stood = share * w.land.part * (1.0 - scattered(open_way, ground, cover, p.battle_cost))
    men_lost, guns_lost, tanks_lost = cost(
        within(MOST_TO_ONE * against / men, 0.0, 1.0) * stood, hurt, 0.0, p.battle_cost
    )
    lose(w, ours, side, men_lost, guns_lost, tanks_lost)
    men_lost, guns_lost, tanks_lost = cost(
        within(MOST_TO_ONE * men / against, 0.0, 1.0) * stood, hit, driven, p.battle_cost
    )
    lose(w, theirs, ONE - side, men_lost, guns_lost, tanks_lost)
    w.front.won[f] = won
    if driven > 0.0:
        mobile = wheels(c, w, p, ours)
        pace = 1.0 if won > 0.0 else p.battle_advance.held_off
        moved = go_after(c, w, p, f, side, open_way, pace)
        cut_off = w.army.cut_off[theirs]
        if won > 0.0 and moved >= p.battle_encirclement.clear and (mobile > TENTH or cut_off > 0.0):
            ring(c, w, p, f, side, theirs, share, mobile, ratio + better, following)
    elif AXIS_COVER[f, stretch(f, w.front.km[f], side)] == TWO:
        may_lose_columns(c, w, p, f, side, share, ratio + better)


@kernel
def way_open(w, p, f, side, strength, following):
    """How far the enemy no longer holds a line before this side."""
    theirs = TWO * f + ONE - side
    place = stretch(f, w.front.km[f], side)
    breaks = breaking_point(np.float64(ONE - side), against_finns(f), p.battle_edge)
    return broken(
        strength,
        w.army.worn[theirs] / breaks,
        w.army.men[theirs],
        w.army.works[theirs],
        np.float64(AXIS_GROUND[f, place]),
        np.float64(AXIS_COVER[f, place]),
        following,
        p.battle_broken,
    )


@kernel
def wheels(c, w, p, army):
    """Share of those who lead this army that moves on tracks and wheels."""
    gathered = 0.0 if army % TWO == ONE else p.battle_advance.in_brigades
    if c.year >= LATE_FROM:
        gathered = 1.0
    return on_wheels(w.army.tanks[army], max(w.army.men[army], FEW), gathered, p.battle_advance)


@kernel
def lacks(w, p, army):
    """How far an army lacks what a battle eats, 0..1."""
    return shortage(w.army.days[army], w.army.supplied[army], p.battle_shortage)


@kernel
def remember(c, w, p, f, side):
    """Who attacks, when, and how far to plan: an attack after quiet weeks was prepared; it strays by halves."""
    quiet = weeks_since(c, w.front.battle_week[f])
    fresh = quiet < 0.0 or quiet > p.battle_edge.quiet
    w.front.planned[f] = 1.0 if fresh else HALF * w.front.planned[f]
    w.front.attacker[f] = np.float64(side + ONE)
    w.front.battle_week[f] = np.float64(c.week)


@kernel
def effectiveness(c, w, p, f, side, ours, theirs):
    """The attacker's edge man for man, beyond what his state's level says."""
    sign = 1.0 if side == ZERO else -1.0
    surprise = w.land.surprise if w.land.opener == np.float64(side + ONE) else -w.land.surprise
    commander = w.front.planned[f] * command_worth(c, w, p, ours)
    return edge(
        max(w.army.worth[ours], TENTH),
        max(w.army.worth[theirs], TENTH),
        lacks(w, p, ours),
        lacks(w, p, theirs),
        w.army.worn[ours],
        w.army.worn[theirs],
        surprise,
        weeks_since(c, w.war.began_week),
        sign * w.land.air,
        commander,
        river_before(c, f, w.front.km[f]),
        np.float64(side),
        flag(c.year >= LATE_FROM),
        against_finns(f),
        max(w.front.km[f] if side == ZERO else -w.front.km[f], 0.0) / HUNDRED_KM,
        p.battle_edge,
    )


@kernel
def fight(c, w, p, f, side, ours, theirs, ratio, share, better):
    """Three draws: whether the attack succeeds, and, by that, the logarithms of what it costs both sides' engaged."""
    men, against = max(w.army.men[ours], FEW), max(w.army.men[theirs], FEW)
    size = HALF * log(men * against * share * share / (DIVISION * DIVISION))
    our_tanks, their_tanks = armour(w.army.tanks[ours] / men), armour(w.army.tanks[theirs] / against)
    our_guns, their_guns = artillery(w.army.guns[ours] / men), artillery(w.army.guns[theirs] / against)
    works, delaying = w.army.works[theirs], flag(w.army.order[theirs] == WITHDRAW)
    place = stretch(f, w.front.km[f], side)
    flat, rugged = flag(AXIS_GROUND[f, place] == ZERO), flag(AXIS_GROUND[f, place] == TWO)
    bare, wooded = flag(AXIS_COVER[f, place] == ZERO), flag(AXIS_COVER[f, place] == TWO)
    winter, wet = in_winter(c), wet_ground(c, f)
    second, late, finnish = np.float64(side), flag(c.year >= LATE_FROM), against_finns(f)
    our_gas, their_gas = uses_gas(w, side), uses_gas(w, ONE - side)
    # fmt: off
    at = (ratio, size, our_tanks, their_tanks, our_guns, their_guns, works, delaying, flat, rugged,
          bare, wooded, wet, winter, second, late, finnish, better)
    # fmt: on
    said = result(*at, p.battle_result)
    won = np.float64(choice(c, BATTLE_RESULT, f, c.week, ZERO, said))
    days = DAYS_A_WEEK * p.battle_advance.days_forward
    mean, spread = attacker_losses(*at, their_gas, won, days, p.battle_attacker_losses)
    their_mean, their_spread = defender_losses(*at, our_gas, won, days, p.battle_defender_losses)
    hurt = shock(c, BATTLE_ATTACKER_LOSSES, f, c.week, ZERO, mean, spread)
    hit = shock(c, BATTLE_DEFENDER_LOSSES, f, c.week, ZERO, their_mean, their_spread)
    return won, hurt, hit


@kernel
def uses_gas(w, side):
    """1 where that side uses gas, else 0."""
    return flag(w.land.gas == BOTH_GAS or w.land.gas == (SOVIET_GAS if side == ZERO else JAPANESE_GAS))


@kernel
def lose(w, army, side, men_share, guns_share, tanks_share):
    """Take men, guns and tanks off an army; never more than it has."""
    share = within(men_share, 0.0, 1.0)
    men = share * w.army.men[army]
    w.army.men[army] = max(w.army.men[army] - men, 0.0)
    w.army.losses[army] += men
    w.side.losses[side] += men
    w.army.worn[army] = min(w.army.worn[army] + share, 2.0)
    w.army.guns[army] *= 1.0 - guns_share
    w.army.tanks[army] *= 1.0 - tanks_share


@kernel
def go_after(c, w, p, f, side, open_way, pace):
    """Move the line after an enemy who is beaten or leaves; returns the km that lay open, halt or no halt."""
    ours, theirs = TWO * f + side, TWO * f + ONE - side
    place = stretch(f, w.front.km[f], side)
    mobile = wheels(c, w, p, ours)
    mean, spread = advance(
        mobile,
        open_way,
        w.army.works[theirs],
        np.float64(AXIS_GROUND[f, place]),
        np.float64(AXIS_COVER[f, place]),
        AXIS_GOING[f, place],
        wet_ground(c, f),
        lacks(w, p, ours),
        flag(w.land.gas > 0.0),
        p.battle_advance,
    )
    most = march(mobile, lacks(w, p, ours), p.battle_march)
    km = w.land.part * pace * min(exp(shock(c, BATTLE_ADVANCE, f, c.week, ZERO, mean, spread)), most)
    km = min(km, led_so_far(c, w, p, f, ours, mobile))
    low, high = stops(c, w, p, f, side)
    before = w.front.km[f]
    reached = within(before + km if side == ZERO else before - km, low, high)
    w.front.km[f] = halted(w, p, f, side, before, reached)
    w.front.moved[f] = w.front.km[f] - before
    in_the_first_days(w, p, f, ours, mobile, open_way)
    past = w.front.km[f] if side == ZERO else -w.front.km[f]
    w.side.reach[side] = max(w.side.reach[side], past)
    return abs(reached - before)


@kernel
def in_the_first_days(w, p, f, a, mobile, open_way):
    """How many of the week's kilometres were gained in its first three days."""
    attacks = w.front.attacker[f] == np.float64(a % TWO + ONE)
    fresh = flag(attacks and w.front.planned[f] == 1.0)
    own_fuel, moved = p.supply_reach.dash_on_tracks, w.front.moved[f]
    early = first_days(abs(moved), mobile, open_way, fresh, lacks(w, p, a), own_fuel, p.battle_first_days)
    w.front.early[f] = early if moved > 0.0 else -early


@kernel
def ring(c, w, p, f, side, theirs, share, mobile, strength, following):
    """After a clear success: are those who stood there cut off? What the ring takes comes out of the army's men."""
    place = stretch(f, w.front.km[f], side)
    cover = np.float64(AXIS_COVER[f, place])
    said = encirclement(mobile, strength, w.army.cut_off[theirs], following, cover, p.battle_encirclement)
    took = choice(c, BATTLE_ENCIRCLEMENT, f, c.week, ZERO, said)
    if took == ZERO:
        return
    japanese = flag(side == ZERO and against_finns(f) == 0.0)
    lost, alive = pocketed(flag(took == TWO), share, japanese, w.japan.surrendered, p.battle_pocketed)
    cut_out(w, theirs, ONE - side, lost, alive)


@kernel
def may_lose_columns(c, w, p, f, side, share, strength):
    """An attack in vain on forest roads: are the attacker's columns cut off?"""
    ours = TWO * f + side
    behind = abs(w.front.km[f] - w.army.railhead[ours]) / HUNDRED_KM
    going = AXIS_GOING[f, stretch(f, w.front.km[f], side)]
    said = columns_cut(strength, going, in_winter(c), behind, p.battle_columns)
    took = choice(c, BATTLE_COLUMNS, f, c.week, ZERO, said)
    if took == ZERO:
        return
    japanese = flag(side == ONE and against_finns(f) == 0.0)
    lost, alive = pocketed(flag(took == TWO), share, japanese, w.japan.surrendered, p.battle_pocketed)
    alive = min(alive, p.battle_columns.taken)
    cut_out(w, ours, side, lost * p.battle_columns.lost, alive)


@kernel
def cut_out(w, army, side, share, alive):
    """What a ring takes comes out of the army's men, guns and tanks."""
    lost = within(share, 0.0, 1.0)
    gone = lost * w.army.men[army]
    prisoners = gone * alive
    w.army.men[army] = max(w.army.men[army] - gone, 0.0)
    w.army.guns[army] *= 1.0 - lost
    w.army.tanks[army] *= 1.0 - lost
    w.army.losses[army] += gone - prisoners
    w.army.captured[army] += prisoners
    w.side.losses[side] += gone - prisoners
    w.side.captured[side] += prisoners
    w.army.worn[army] = min(w.army.worn[army] + lost, 2.0)
