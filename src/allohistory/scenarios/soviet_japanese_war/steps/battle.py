"""One front's week of battle: who attacks, what comes of it, what both lose, how far the line moves, who is cut off.

Exactly one side's order to attack makes it the attacker; of two the stronger in worth and men. Where nobody attacks,
both lose what a quiet sector loses. An enemy who withdraws is followed. At most five draws a front and week.
"""

import numpy as np

from allohistory.luck.arithmetic import exp, log
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    BATTLE_ADVANCE,
    BATTLE_ATTACKER_LOSSES,
    BATTLE_DEFENDER_LOSSES,
    BATTLE_ENCIRCLEMENT,
    BATTLE_RESULT,
)
from allohistory.scenarios.soviet_japanese_war.rules.aftermath import (
    advance,
    cost,
    encirclement,
    on_wheels,
    pocketed,
)
from allohistory.scenarios.soviet_japanese_war.rules.engagement import (
    armour,
    artillery,
    attacker_losses,
    defender_losses,
    edge,
    engaged,
    result,
    shortage,
)
from allohistory.scenarios.soviet_japanese_war.rules.units import DIVISION, TENTH, within
from allohistory.scenarios.soviet_japanese_war.steps.command import command_worth
from allohistory.scenarios.soviet_japanese_war.steps.dates import in_winter, weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.frontier import flag
from allohistory.scenarios.soviet_japanese_war.steps.rear import stops
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
FARTHEST = 4.0  # logarithm of fifty to one: beyond it no battle on record helps
FARTHEST_LOG = 6.5  # logarithm of km: no army went 700 km in a week
JAPANESE_GAS, SOVIET_GAS, BOTH_GAS = 1.0, 2.0, 3.0
LATE_FROM = np.int64(1942)
HALF = 0.5


@kernel
def battle(c, w, p, f):
    """The week of one front."""
    w.army.worn[TWO * f] *= FADES
    w.army.worn[TWO * f + ONE] *= FADES
    w.front.moved[f], w.front.won[f], w.front.attacker[f] = 0.0, 0.0, 0.0
    if w.front.open[f] == 0.0:
        return
    if against_finns(f) == 0.0 and 0.0 <= w.land.surrender_week < np.float64(c.week):
        go_after(c, w, p, f, ZERO, FARTHEST, 1.0, 1.0)  # arms are laid down before the Soviet armies
        return
    side = who_attacks(w, f)
    if side != NOBODY and w.army.men[TWO * f + ONE - side] < FEW:
        go_after(c, w, p, f, side, FARTHEST, 1.0, 1.0)
        return
    if side != NOBODY:
        attack(c, w, p, f, side)
        return
    men, guns, tanks = cost(0.0, 0.0, 0.0, p.battle_cost)
    lose(w, TWO * f, ZERO, men, guns, tanks)
    lose(w, TWO * f + ONE, ONE, men, guns, tanks)
    side = who_follows(w, f)
    if side != NOBODY:
        go_after(c, w, p, f, side, 0.0, 1.0, p.battle_advance.held_off)


@kernel
def who_attacks(w, f):
    """The side that attacks, or nobody; of two that would, the stronger in worth and men."""
    first, second = TWO * f, TWO * f + ONE
    soviet = w.army.order[first] == ATTACK and w.army.men[first] >= FEW
    other = w.army.order[second] == ATTACK and w.army.men[second] >= FEW
    if soviet and other:
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
def attack(c, w, p, f, side):
    """The main battle of the week and what follows from it."""
    ours, theirs = TWO * f + side, TWO * f + ONE - side
    remember(c, w, p, f, side)
    better = effectiveness(c, w, p, f, side, ours, theirs)
    men, against = max(w.army.men[ours], FEW), max(w.army.men[theirs], FEW)
    ratio = within(log(men / against), -FARTHEST, FARTHEST)
    share = engaged(men, against, p.battle_engaged)
    won, hurt, hit = fight(c, w, p, f, side, ours, theirs, ratio, share, better)
    following = flag(w.army.order[theirs] == WITHDRAW)
    driven = max(won, following)
    mobile = on_wheels(w.army.tanks[ours] / men, flag(c.year >= LATE_FROM), p.battle_advance)
    fought = within(MOST_TO_ONE * against / men, 0.0, 1.0) * share * w.land.part
    men_lost, guns_lost, tanks_lost = cost(fought, hurt, 0.0, p.battle_cost)
    lose(w, ours, side, men_lost, guns_lost, tanks_lost)
    fought = within(MOST_TO_ONE * men / against, 0.0, 1.0) * share * w.land.part
    men_lost, guns_lost, tanks_lost = cost(fought, hit, driven, p.battle_cost)
    lose(w, theirs, ONE - side, men_lost, guns_lost, tanks_lost)
    w.front.won[f] = won
    if driven > 0.0:
        pace = 1.0 if won > 0.0 else p.battle_advance.held_off
        moved = go_after(c, w, p, f, side, ratio + better, following, pace)
        cut_off = w.army.cut_off[theirs]
        if won > 0.0 and moved >= p.battle_encirclement.clear and (mobile > TENTH or cut_off > 0.0):
            ring(c, w, p, f, side, theirs, share, mobile, ratio + better, following)


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
        shortage(w.army.days[ours], w.army.supplied[ours], p.battle_shortage),
        shortage(w.army.days[theirs], w.army.supplied[theirs], p.battle_shortage),
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
        p.battle_edge,
    )


@kernel
def fight(c, w, p, f, side, ours, theirs, ratio, share, better):
    """Three draws: whether the attack succeeds, and the logarithms of what it costs the engaged of both sides."""
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
    said = result(ratio, size, our_tanks, their_tanks, our_guns, their_guns, works, delaying, flat, rugged,
                  bare, wooded, wet, winter, second, late, finnish, better, p.battle_result)
    mean, spread = attacker_losses(
        ratio, size, our_tanks, their_tanks, our_guns, their_guns, works, delaying, flat, rugged,
        bare, wooded, wet, winter, second, late, finnish, better, their_gas, p.battle_attacker_losses)
    their_mean, their_spread = defender_losses(
        ratio, size, our_tanks, their_tanks, our_guns, their_guns, works, delaying, flat, rugged,
        bare, wooded, wet, winter, second, late, finnish, better, our_gas, p.battle_defender_losses)
    # fmt: on
    won = np.float64(choice(c, BATTLE_RESULT, f, c.week, ZERO, said))
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
def go_after(c, w, p, f, side, strength, following, pace):
    """Move the line after an enemy who is beaten or leaves; returns the km. Works are lost with the ground."""
    ours, theirs = TWO * f + side, TWO * f + ONE - side
    place = stretch(f, w.front.km[f], side)
    mean, spread = advance(
        on_wheels(
            w.army.tanks[ours] / max(w.army.men[ours], FEW), flag(c.year >= LATE_FROM), p.battle_advance
        ),
        strength,
        w.army.works[theirs],
        following,
        np.float64(AXIS_GROUND[f, place]),
        np.float64(AXIS_COVER[f, place]),
        AXIS_GOING[f, place],
        wet_ground(c, f),
        shortage(w.army.days[ours], w.army.supplied[ours], p.battle_shortage),
        flag(w.land.gas > 0.0),
        p.battle_advance,
    )
    km = w.land.part * pace * exp(min(shock(c, BATTLE_ADVANCE, f, c.week, ZERO, mean, spread), FARTHEST_LOG))
    low, high = stops(c, w, p, f, side)
    before = w.front.km[f]
    w.front.km[f] = within(before + km, low, high) if side == ZERO else within(before - km, low, high)
    w.front.moved[f] = w.front.km[f] - before
    went = abs(w.front.moved[f])
    left = max(1.0 - went / p.battle_advance.depth, 0.0)
    w.army.works[theirs] *= left
    w.army.works[ours] *= left
    past = w.front.km[f] if side == ZERO else -w.front.km[f]
    w.side.reach[side] = max(w.side.reach[side], past)
    return went


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
    lost = within(lost, 0.0, 1.0)
    gone = lost * w.army.men[theirs]
    prisoners = gone * alive
    w.army.men[theirs] = max(w.army.men[theirs] - gone, 0.0)
    w.army.guns[theirs] *= 1.0 - lost
    w.army.tanks[theirs] *= 1.0 - lost
    w.army.losses[theirs] += gone - prisoners
    w.army.captured[theirs] += prisoners
    w.side.losses[ONE - side] += gone - prisoners
    w.side.captured[ONE - side] += prisoners
    w.army.worn[theirs] = min(w.army.worn[theirs] + lost, 2.0)
