"""Command on land: who opens the war and by what surprise, main efforts, orders front by front."""

import numpy as np

from allohistory.luck.arithmetic import log
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    FRONT__GOBI,
    FRONT__MANCHOULI,
    FRONT__MARITIME,
    FRONT__MIDDLE_AMUR,
    FRONT__SAKHALIN,
    FRONT__USSURI,
    MOSCOW_MAIN_EFFORT,
    MOSCOW_ORDERS,
    SIDE__JAPANESE,
    SIDE__SOVIET,
    TOKYO_MAIN_EFFORT,
    TOKYO_ORDERS,
    WAR_SURPRISE,
)
from allohistory.scenarios.soviet_japanese_war.rules.command import (
    alarm,
    believes,
    breadth,
    moscow_main_effort,
    readiness,
    rested,
    second_blow,
    spent,
    surprise,
    tokyo_main_effort,
)
from allohistory.scenarios.soviet_japanese_war.rules.deployment import effort_of
from allohistory.scenarios.soviet_japanese_war.rules.ladder import GENERAL_WAR, THEATRE_WAR
from allohistory.scenarios.soviet_japanese_war.rules.orders import (
    commander_worth,
    moscow_orders,
    planned,
    tokyo_orders,
    under_way,
)
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.scenarios.soviet_japanese_war.steps.claims import limited_aims, stands_on_claim
from allohistory.scenarios.soviet_japanese_war.steps.dates import in_winter, lately
from allohistory.scenarios.soviet_japanese_war.steps.frontier import ABLE, FAVOURITE, QUARTER, flag
from allohistory.scenarios.soviet_japanese_war.steps.outbreak import JAPANESE_CHOICE, SOVIET_CHOICE
from allohistory.timeline.drawing import choice

ZERO, ONE, TWO = np.int64(0), np.int64(1), np.int64(2)
FOUR_WEEKS, EIGHT_WEEKS = np.int64(4), np.int64(8)
APRIL, MAY, JULY, AUGUST = np.int64(4), np.int64(5), np.int64(7), np.int64(8)
COMMANDED = FRONT__SAKHALIN + ONE  # the fronts of this war; those of the Winter War are given their orders
EAST, AMUR, WEST, ISLAND = 0.0, 1.0, 2.0, 3.0
HOLD, ATTACK = 1.0, 2.0
TRUCE = 0.0
OPENING_WEEKS = 4.0  # the blow that opens a war is carried on at whatever pace
STEPPE_RAILWAY_FROM = np.int64(1940)  # Borzya to Bayan-Tumen, laid in the summer and autumn of 1939
BOMBERS_FEARED = 100.0
HUNDRED_KM = 100.0
HALF = 0.5


@kernel
def open_war(c, w, p):
    """Once, when the armies have mustered: who opens the war, by what surprise, and where both strike."""
    w.land.opener, w.land.surprise = 0.0, 0.0
    if w.war.road == SOVIET_CHOICE:
        w.land.opener = 1.0
    elif w.war.road == JAPANESE_CHOICE:
        w.land.opener = 2.0
    if w.land.opener > 0.0:
        moscow_opens = flag(w.land.opener == 1.0)
        utilities = surprise(
            moscow_opens, fights_elsewhere(w, moscow_opens), alarmed(c, w, moscow_opens), p.war_surprise
        )
        w.land.surprise = np.float64(choice(c, WAR_SURPRISE, ZERO, c.week, ZERO, utilities))
    moscows_effort(c, w, p, ZERO)
    tokyos_effort(c, w, p, ZERO)
    for a in range(TWO * COMMANDED):
        w.army.order[a], w.army.order_week[a], w.army.planned[a] = HOLD, -1.0, 0.0
        w.army.pauses[a] = 0.0


@kernel
def fights_elsewhere(w, moscow_opens):
    """How far the one who is attacked is held elsewhere: Japan by war with America, the Soviet Union by Europe."""
    return w.japan.fighting_america if moscow_opens > 0.0 else w.ussr.tied_in_europe


@kernel
def alarmed(c, w, moscow_opens):
    """1 where Japan's mobilisation announced its attack, or divisions fought within three months."""
    fought = lately(c, w.border.division_battle_week, QUARTER)
    return max(fought, flag(moscow_opens == 0.0 and w.japan.prepared_north > 0.0))


@kernel
def give_orders(c, w, p):
    """The week of command: main efforts every eight weeks, orders every four and on bad news, spent attacks stop.

    Once Japan has surrendered nobody is asked: Moscow's armies go on to take what is laid down.
    """
    if w.land.over > 0.0 or w.war.rung < THEATRE_WAR:
        return
    if w.japan.surrendered > 0.0:
        go_on(c, w)
        return
    weeks = weeks_of_war(c, w)
    asked = weeks > ZERO and weeks % EIGHT_WEEKS == ZERO
    cut_off = 0.0 <= w.land.vladivostok_cut_week == np.float64(c.week - ONE)
    if asked or cut_off:
        moscows_effort(c, w, p, weeks)
    if asked:
        tokyos_effort(c, w, p, weeks)
    soviet = breadth(strength_seen(w, p, SIDE__SOVIET, ISLAND, weeks), p.command_breadth)
    japanese = breadth(strength_seen(w, p, SIDE__JAPANESE, ISLAND, weeks), p.command_breadth)
    for f in range(COMMANDED):
        look_at_front(c, w, p, np.int64(f), SIDE__SOVIET, weeks, soviet)
    for f in range(COMMANDED):
        look_at_front(c, w, p, np.int64(f), SIDE__JAPANESE, weeks, japanese)


@kernel
def go_on(c, w):
    """In a general war Moscow's armies go forward once arms are laid down, as in August 1945; the others stand."""
    for f in range(COMMANDED):
        a = TWO * np.int64(f) + SIDE__SOVIET
        if w.war.rung == GENERAL_WAR and w.army.order[a] != ATTACK:
            w.army.order[a], w.army.order_week[a] = ATTACK, np.float64(c.week)
        if w.army.order[a ^ ONE] != HOLD:
            w.army.order[a ^ ONE], w.army.order_week[a ^ ONE] = HOLD, np.float64(c.week)


@kernel
def weeks_of_war(c, w):
    """Weeks since the war began."""
    return c.week - np.int64(w.war.began_week)


@kernel
def moscows_effort(c, w, p, weeks):
    """Moscow names its main effort."""
    east, west = (
        strength_seen(w, p, SIDE__SOVIET, EAST, weeks),
        strength_seen(w, p, SIDE__SOVIET, WEST, weeks),
    )
    now = w.side.main[SIDE__SOVIET] if weeks > ZERO else -1.0
    in_need = flag(w.land.vladivostok_cut_week >= 0.0 and w.land.vladivostok_fallen == 0.0)
    by_truck = HALF * w.ussr.corps_in_mongolia
    railway = 1.0 if c.year >= STEPPE_RAILWAY_FROM else by_truck
    utilities = moscow_main_effort(
        railway,
        in_need,
        east,
        west,
        w.army.works[TWO * FRONT__MARITIME + ONE],
        w.army.works[TWO * FRONT__MIDDLE_AMUR + ONE],
        w.army.works[TWO * FRONT__MANCHOULI + ONE],
        now,
        p.moscow_main_effort,
    )
    w.side.main[SIDE__SOVIET] = np.float64(choice(c, MOSCOW_MAIN_EFFORT, ZERO, c.week, ZERO, utilities))


@kernel
def tokyos_effort(c, w, p, weeks):
    """Tokyo names its main effort."""
    now = w.side.main[SIDE__JAPANESE] if weeks > ZERO else -1.0
    utilities = tokyo_main_effort(
        w.japan.divisions_north,
        w.side.trucks[SIDE__JAPANESE],
        min(w.ussr.bombers_in_reach / BOMBERS_FEARED, 1.0),
        w.land.vladivostok_fallen,
        now,
        p.tokyo_main_effort,
    )
    w.side.main[SIDE__JAPANESE] = np.float64(choice(c, TOKYO_MAIN_EFFORT, ZERO, c.week, ZERO, utilities))


@kernel
def strength_seen(w, p, side, effort, weeks):
    """One side's strength over the other's on the fronts of a main effort (ISLAND: on all), as it believes."""
    own, enemy = 0.0, 0.0
    for f in range(COMMANDED):
        if effort == ISLAND or effort_of(np.int64(f)) == effort:
            a = TWO * np.int64(f) + side
            own += w.army.men[a] * w.army.worth[a]
            enemy += w.army.men[a ^ ONE] * w.army.worth[a ^ ONE]
    return seen(w, p, side, own, enemy, weeks)


@kernel
def seen(w, p, side, own, enemy, weeks):
    """The logarithm of own over enemy strength as that side believes."""
    overcount = 0.0
    if side == SIDE__JAPANESE:
        truth = w.ussr.divisions_east * w.ussr.division_worth + 1.0
        worth = w.japan.believed_soviet_quality * p.border_balance.japanese_worth
        overcount = log((w.japan.believed_soviet_divisions * worth + 1.0) / truth)
    moscow = flag(side == SIDE__SOVIET)
    return believes(own, enemy, moscow, overcount, np.float64(weeks), p.command_believes)


@kernel
def look_at_front(c, w, p, f, side, weeks, share):
    """One army: new orders where they are due; an attack that is spent pauses, and goes on once the army is rested."""
    a = TWO * f + side
    if w.front.open[f] == 0.0 or w.army.men[a] <= 0.0:
        return
    used_up = spent(w.army.days[a], w.army.worn[a], p.command_spent)
    if due(c, w, p, f, side, weeks, used_up):
        order = capital_says(c, w, p, f, side, weeks, share, used_up)
        take_order(c, w, p, f, side, order, used_up)
    elif w.army.order[a] == ATTACK and used_up > 1.0 and opening(c, w, side) == 0.0:
        w.army.order[a], w.army.order_week[a], w.army.pauses[a] = HOLD, np.float64(c.week), 1.0
    elif w.army.pauses[a] > 0.0 and rested(used_up, p.command_spent) > 0.0:
        take_order(c, w, p, f, side, np.int64(ATTACK), used_up)


@kernel
def due(c, w, p, f, side, weeks, used_up):
    """Are orders due: the first, the monthly ones (fronts take turns), at general war, or on bad news?"""
    a = TWO * f + side
    if w.army.order_week[a] < 0.0 or w.war.general_week == np.float64(c.week):
        return True
    if weeks >= FOUR_WEEKS and (weeks - f) % FOUR_WEEKS == ZERO:
        return True
    lost = w.front.km[f] - w.army.order_km[a]
    if side == SIDE__SOVIET:
        lost = -lost
        if on_the_railway(w, f) > 0.0 and w.land.vladivostok_cut_week == np.float64(c.week - ONE):
            return True
    newly_cut_off = flag(w.army.cut_off[a] > w.army.order_cut_off[a])
    newly_spent = flag(used_up > 1.0 and w.army.order_spent[a] == 0.0 and w.army.order[a] != ATTACK)
    return alarm(lost, newly_cut_off, newly_spent, p.command_alarm) > 0.0


@kernel
def on_the_railway(w, f):
    """1 where Vladivostok is cut off by land and holds, and the enemy stands on Soviet soil on this front before it."""
    cut = w.land.vladivostok_cut_week >= 0.0 and w.land.vladivostok_fallen == 0.0
    return flag(cut and effort_of(f) == EAST and w.front.km[f] < 0.0)


@kernel
def opening(c, w, side):
    """1 while the blow goes on by which this side opened the war, as it had planned."""
    opener = np.int64(w.land.opener) - ONE
    return flag(opener == side) * lately(c, w.war.began_week, OPENING_WEEKS - 1.0)


@kernel
def massed(w, side, weeks, p):
    """How much of what is to come has come: all of it for one who chose the war, else by the weeks of war."""
    opener = np.int64(w.land.opener) - ONE
    if opener == side or (side == SIDE__JAPANESE and w.japan.prepared_north > 0.0):
        return 1.0
    return min(np.float64(weeks) / p.war_concentration.weeks, 1.0)


@kernel
def ready(c, w, p, f, side, ratio, used_up):
    """What speaks for an attack on this front, in noise units."""
    a = TWO * f + side
    past_railhead = w.front.km[f] - w.army.railhead[a]
    if side == SIDE__JAPANESE:
        past_railhead = -past_railhead
    rain = 1.0 if c.month == AUGUST else (0.5 if c.month == JULY else 0.0)
    mud = flag(APRIL <= c.month <= MAY)
    river = flag(FRONT__MIDDLE_AMUR <= f <= FRONT__USSURI and abs(w.front.km[f]) < 1.0)
    return readiness(
        ratio,
        used_up,
        w.army.works[a ^ ONE],
        max(past_railhead, 0.0) / HUNDRED_KM,
        rain,
        mud,
        in_winter(c),
        river,
        flag(side == SIDE__JAPANESE),
        p.command_readiness,
    )


@kernel
def here(w, p, f, side, weeks):
    """Strength on one front as that side believes."""
    a = TWO * f + side
    own = w.army.men[a] * w.army.worth[a]
    enemy = w.army.men[a ^ ONE] * w.army.worth[a ^ ONE]
    return seen(w, p, side, own, enemy, weeks)


@kernel
def weight(w, p, f, side, share):
    """Weight of the main effort on this front, 0 to 1; Japan takes northern Sakhalin beside it."""
    effort = effort_of(f)
    if effort == w.side.main[side] or (effort == ISLAND and side == SIDE__JAPANESE):
        return 1.0
    if side == SIDE__SOVIET:
        opened = flag(w.land.opener == 1.0 and w.war.rung == GENERAL_WAR and effort != ISLAND)
        return max(share, second_blow(1.0, opened, 0.0, p.command_second_blow))
    if effort == AMUR:
        return max(share, second_blow(0.0, 0.0, japanese_men(w), p.command_second_blow))
    return share


@kernel
def japanese_men(w):
    """Thousand men of Japan on all fronts of this war."""
    men = 0.0
    for f in range(COMMANDED):
        men += w.army.men[TWO * f + SIDE__JAPANESE]
    return men


@kernel
def carried_on(w, p, f, side):
    """How far an attack on this front is under way and gains ground, 0 to 1."""
    a, gained = TWO * f + side, w.front.km[f] - w.army.order_km[TWO * f + side]
    if side == SIDE__JAPANESE:
        gained = -gained
    attacks = max(flag(w.army.order[a] == ATTACK), w.army.pauses[a])
    return under_way(attacks, gained, p.command_under_way)


@kernel
def capital_says(c, w, p, f, side, weeks, share, used_up):
    """A capital's order to its army on one front."""
    a, moscow = TWO * f + side, side == SIDE__SOVIET
    ratio, main = here(w, p, f, side, weeks), weight(w, p, f, side, share)
    first, going = opening(c, w, side) * main, carried_on(w, p, f, side)
    into_manchuria, into_siberia = max(w.front.km[f], 0.0), max(-w.front.km[f], 0.0)
    fit = (
        used_up if going == 0.0 else 0.0
    )  # an attack that runs pauses by itself, and is not called off for that
    railway = on_the_railway(w, f)
    if moscow:  # it has its own land won back whatever the cost
        fit *= 1.0 - max(within(into_siberia / p.moscow_orders.lost_km, 0.0, 1.0), railway)
    speaks_for, come = ready(c, w, p, f, side, ratio, fit), massed(w, side, weeks, p)
    aim = w.war.moscow_aim if moscow else w.war.tokyo_aim
    limited, truce = limited_aims(w, aim), flag(w.war.rung < GENERAL_WAR and aim == TRUCE)
    cut_off, worn = w.army.cut_off[a], w.army.worn[a]
    # fmt: off
    if moscow:
        steppe = flag(f <= FRONT__GOBI)
        said = moscow_orders(speaks_for, ratio, come, first, main, going, into_siberia, railway, into_manchuria,
                             limited, truce, cut_off, w.ussr.tied_in_europe, steppe, worn, p.moscow_orders)
        return choice(c, MOSCOW_ORDERS, f, c.week, ZERO, said)
    said = tokyo_orders(speaks_for, ratio, come, first, main, going, into_manchuria, into_siberia, limited, truce,
                        cut_off, w.japan.fighting_america, worn, p.tokyo_orders)
    # fmt: on
    return choice(c, TOKYO_ORDERS, f, c.week, ZERO, said)


@kernel
def take_order(c, w, p, f, side, order, used_up):
    """Write an order down, with what is remembered of the day; a new attack is as good as its preparation.

    An army that pauses and is told to attack goes on pausing until it is rested.
    """
    a, now = TWO * f + side, np.float64(order)
    if now == ATTACK and w.army.pauses[a] > 0.0 and rested(used_up, p.command_spent) == 0.0:
        now = np.float64(HOLD)
    else:
        w.army.pauses[a] = 0.0
    if now == ATTACK and stands_on_claim(w, p, f, side):
        now = np.float64(HOLD)
    if now == ATTACK and (w.army.order[a] != ATTACK or w.army.order_week[a] < 0.0):
        held = np.float64(c.week) - w.army.order_week[a] if w.army.order_week[a] >= 0.0 else 0.0
        w.army.planned[a] = planned(held, opening(c, w, side), p.command_plans)
    if now != w.army.order[a] or w.army.order_week[a] < 0.0:
        w.army.order[a], w.army.order_week[a] = now, np.float64(c.week)
    w.army.order_km[a] = w.front.km[f]
    w.army.order_cut_off[a] = w.army.cut_off[a]
    w.army.order_spent[a] = flag(used_up > 1.0)


@kernel
def command_worth(c, w, p, a):
    """What the man in command is worth to army a, in the logarithm of its effectiveness."""
    able, favourite, trusted = 0.0, 0.0, 1.0 - w.japan.hawks_in_field_army
    if a % TWO == SIDE__SOVIET:
        able, favourite = flag(w.ussr.able_commander == ABLE), flag(w.ussr.able_commander == FAVOURITE)
        trusted = w.ussr.trust_in_command
    attacking = flag(w.army.order[a] == ATTACK)
    return commander_worth(able, favourite, w.army.planned[a], trusted, attacking, p.command_worth)
