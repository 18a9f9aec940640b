"""The week's supply: trains by the lines that are whole, columns beyond the railheads, stocks that fill or run down."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    FRONTS,
    LINES,
)
from allohistory.scenarios.soviet_japanese_war.rules.supply import (
    carts,
    columns,
    line_repair,
    line_under_fire,
    need,
    railhead,
    railway,
    reach,
    season,
    wanted,
    works,
)
from allohistory.scenarios.soviet_japanese_war.steps.theatre import (
    going_at,
    path_link,
    rails_at,
    whole_way,
)
from allohistory.scenarios.soviet_japanese_war.theatre import (
    LINK_BORDER_KM,
    LINK_FRONT,
    LINK_PROGRAMME,
    LINK_TONS,
    RAILHEAD,
    TRUNK,
    WORKS,
)

ZERO, ONE, TWO = np.int64(0), np.int64(1), np.int64(2)
SOVIET, JAPANESE = np.int64(0), np.int64(1)
ATTACK = 2.0
WEEK = 7.0
MANY_DAYS = 1000.0
SAFE_KM = 15.0
AT_THE_BORDER = 50.0  # a last station nearer than that has a line on to the border
FORWARD, BACK = 1.0, -1.0


@kernel
def supply(c, w, p, year, epoch):
    """Both sides' supply of this week.

    year, epoch  places in the theatre's tables
    """
    for line in range(LINES):
        w.line.load[line] = 0.0
    side_supply(c, w, p, SOVIET, year, epoch)
    side_supply(c, w, p, JAPANESE, year, epoch)


@kernel
def side_supply(c, w, p, side, year, epoch):
    """What a side's armies ask for, what its lines can bring, what its trucks haul, what is eaten."""
    w.side.trunk_room[side] = room_on(w, p, side, TRUNK[side], year)
    ask_all(w, p, side, epoch)
    for f in range(FRONTS):
        if w.front.open[f] > 0.0 and w.army.men[TWO * f + side] > 0.0:
            feed(c, w, p, TWO * f + side, f, side, year, epoch)
    carried_all(w, side, epoch)


@kernel
def room_on(w, p, side, link, year):
    """Thousand tons a week that a link can carry for the army, in this world."""
    programme = w.land.soviet_lines if side == SOVIET else w.land.japanese_lines
    programme *= 1.0 - w.side.wrecked[side]
    return railway(
        LINK_TONS[link, year], programme, w.air.interdicted[side], w.line.damage[link], p.supply_railway
    )


@kernel
def ask_all(w, p, side, epoch):
    """Every army asks for what it eats and what its depots lack; its way on the railways is loaded with it."""
    w.side.haul[side] = 0.0
    for f in range(FRONTS):
        a = TWO * f + side
        if w.front.open[f] == 0.0:
            continue
        way, links = whole_way(w, side, epoch, f)
        w.army.way[a], w.army.links[a] = np.float64(way), np.float64(links)
        w.army.cut_off[a] = 1.0 if way < ZERO else 0.0
        if w.army.men[a] <= 0.0:
            continue
        w.army.eaten[a] = eats(w, p, a, side)
        lacking = wanted(a_week_of_battle(w, p, a, side), p.supply_stock) - w.army.stock[a]
        w.army.asked[a] = max(w.army.eaten[a] + lacking, 0.0) if way >= ZERO else 0.0
        w.side.haul[side] += w.army.eaten[a] * haul_km(w, a, f)
        for i in range(links):
            w.line.load[path_link(side, epoch, f, way, i)] += w.army.asked[a]


@kernel
def eats(w, p, a, side):
    """Thousand tons that the army eats this week; once Japan has surrendered nobody fires."""
    fought = w.japan.surrendered == 0.0
    attacking = 1.0 if fought and w.army.order[a] == ATTACK else 0.0
    attacked = 1.0 if fought and w.army.order[a ^ ONE] == ATTACK else 0.0
    f = a // TWO
    moved = max(w.front.moved[f] if side == SOVIET else -w.front.moved[f], 0.0)
    return need(w.army.men[a], attacking, attacked, moved, np.float64(side), p.supply_need)


@kernel
def a_week_of_battle(w, p, a, side):
    """Thousand tons by the week that its dumps are reckoned in: of attack for one that pauses in its attack."""
    if w.army.pauses[a] > 0.0:
        return need(w.army.men[a], 1.0, 0.0, 0.0, np.float64(side), p.supply_need)
    return w.army.eaten[a]


@kernel
def haul_km(w, a, f):
    """Kilometres from the railhead to the line."""
    return max(abs(w.front.km[f] - w.army.railhead[a]) - SAFE_KM, 0.0)


@kernel
def feed(c, w, p, a, f, side, year, epoch):
    """One army's week: the tightest stretch of its railway, its trucks, its stock."""
    way, links = np.int64(w.army.way[a]), np.int64(w.army.links[a])
    share = 1.0
    for i in range(links):
        link = path_link(side, epoch, f, way, i)
        room = max(room_on(w, p, side, link, year) - w.line.troops[link], 0.0)
        if w.line.load[link] > room:
            share = min(share, room / w.line.load[link])
    far = haul_km(w, a, f)
    trucks = 0.0
    if w.side.haul[side] > 0.0:
        trucks = w.side.trucks[side] * w.army.eaten[a] * far / w.side.haul[side]
    roads = season(c.month, p.supply_season)
    hauled = carts(w.army.men[a], far, p.supply_carts)
    if trucks > 0.0:
        hauled += columns(trucks, far, going_at(f, w.front.km[f]), roads, p.supply_columns)
    w.army.brought[a] = min(w.army.asked[a] * share, hauled)
    there = w.army.stock[a] + w.army.brought[a]
    eaten = min(w.army.eaten[a], there)
    w.army.stock[a] = there - eaten
    w.army.supplied[a] = eaten / w.army.eaten[a] if w.army.eaten[a] > 0.0 else 1.0
    battle = a_week_of_battle(w, p, a, side)
    w.army.days[a] = min(w.army.stock[a] / battle * WEEK, MANY_DAYS) if eaten > 0.0 else 0.0


@kernel
def led_so_far(c, w, p, f, a, mobile):
    """Kilometres for which this army's line can still be led from where it stands, by its trucks and what it carries.

    Trucks are shared out by tons and way, as they are from day to day, with the army so far on that they count.
    """
    side, eaten, far = a % TWO, w.army.eaten[a], haul_km(w, a, f)
    if eaten <= 0.0:
        return 0.0
    measured = p.supply_columns.measured_at_km
    there = max(far, measured)
    trucks = (
        w.side.trucks[side] * eaten * there / max(w.side.haul[side] + eaten * (there - far), SAFE_KM * eaten)
    )
    roads = season(c.month, p.supply_season)
    tons = columns(trucks, measured, going_at(f, w.front.km[f]), roads, p.supply_columns)
    share, falls = tons / eaten, p.supply_columns.falls_with_distance
    return max(reach(share, measured, falls, mobile, w.army.days[a], p.supply_reach) - far, 0.0)


@kernel
def carried_all(w, side, epoch):
    """What the lines carried in the end: the loads that were asked for give way to those that were brought."""
    for f in range(FRONTS):
        a = TWO * f + side
        if w.front.open[f] > 0.0 and w.army.men[a] > 0.0:
            way, links = np.int64(w.army.way[a]), np.int64(w.army.links[a])
            for i in range(links):
                link = path_link(side, epoch, f, way, i)
                # rounding leaves a trace below nothing where all that was asked for is taken back
                w.line.load[link] = max(w.line.load[link] + w.army.brought[a] - w.army.asked[a], 0.0)
    w.side.trunk_tons[side] = w.line.load[TRUNK[side]] + w.line.troops[TRUNK[side]]


@kernel
def fire_on_lines(w, p, epoch):
    """Railways beside a front on which the enemy attacked last week are broken, before this week's trains run."""
    for line in range(LINES):
        f = np.int64(LINK_FRONT[line])
        if f < ZERO or w.front.open[f] == 0.0:
            continue
        side = np.int64(LINK_PROGRAMME[line])
        enemy, past = ONE - side, w.front.km[f] if side == SOVIET else -w.front.km[f]
        w.line.damage[line] = line_under_fire(
            1.0 if attacks_there(w, f, enemy) else 0.0,
            WORKS[enemy, f, epoch],
            LINK_BORDER_KM[line],
            max(past, 0.0),
            w.line.damage[line],
            p.supply_line_under_fire,
        )


@kernel
def attacks_there(w, f, side):
    """Did this side attack on the front in the last week that was fought?"""
    return w.front.attacker[f] == np.float64(side + ONE)


@kernel
def repair_lines(w, p):
    """Once a week, in war and peace: what lies broken is mended, but for railways beside a front that is attacked."""
    for line in range(LINES):
        if w.line.damage[line] > 0.0:
            f = np.int64(LINK_FRONT[line])
            side = np.int64(LINK_PROGRAMME[line])
            if f < ZERO or not attacks_there(w, f, ONE - side):
                w.line.damage[line] = line_repair(w.line.damage[line], p.supply_line_repair)


@kernel
def track_ahead(w, f, side, forward, epoch):
    """1 where a railway lies before the railhead, of any gauge; on its own soil none beyond the year's end of it."""
    ends, at = RAILHEAD[side, epoch, f] * forward, w.army.railhead[TWO * f + side] * forward
    if ends < -AT_THE_BORDER and ends <= at < 0.0:
        return 0.0
    return rails_at(f, w.army.railhead[TWO * f + side])


@kernel
def build(w, p, epoch):
    """After the week's battles: railheads follow the line, and armies that stand dig in."""
    for f in range(FRONTS):
        if w.front.open[f] == 0.0:
            continue
        moved = abs(w.front.moved[f])
        for side in range(TWO):
            a = TWO * f + side
            forward = FORWARD if side == SOVIET else BACK
            w.army.railhead[a] = railhead(
                w.army.railhead[a],
                w.front.km[f],
                SAFE_KM,
                forward,
                track_ahead(w, f, side, forward, epoch),
                p.supply_railhead,
            )
            w.army.works[a] = works(w.army.works[a], moved, p.supply_works)
