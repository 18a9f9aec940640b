"""Armies set on the map when war begins: men, guns, tanks, worth, works, stocks, railheads; and which fronts open."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    FRONT__GOBI,
    FRONT__HALHA,
    FRONT__MANCHOULI,
    FRONT__MARITIME,
    FRONT__MIDDLE_AMUR,
    FRONT__POSYET_GAP,
    FRONT__SAKHALIN,
    FRONT__USSURI,
    SECTOR__AMUR,
    SECTOR__ARGUN,
    SECTOR__HALHA_BUIR,
    SECTOR__POSYET_TUMEN,
    SECTOR__USSURI_KHANKA,
    SECTORS,
)
from allohistory.scenarios.soviet_japanese_war.rules.arsenal import arms, depots, siege_stocks
from allohistory.scenarios.soviet_japanese_war.rules.deployment import effort_of, soviet_armour
from allohistory.scenarios.soviet_japanese_war.rules.forces import (
    allies,
    concentration,
    front_opens,
    japanese_army,
    muster_now,
    soviet_army,
)
from allohistory.scenarios.soviet_japanese_war.rules.ladder import BATTALION
from allohistory.scenarios.soviet_japanese_war.rules.reinforcement import massing, reservists_at_hand
from allohistory.scenarios.soviet_japanese_war.steps.dates import lately, weeks_since, years
from allohistory.scenarios.soviet_japanese_war.steps.frontier import flag
from allohistory.scenarios.soviet_japanese_war.steps.outbreak import JAPANESE_CHOICE, SOVIET_CHOICE
from allohistory.scenarios.soviet_japanese_war.steps.rear import start_rear
from allohistory.scenarios.soviet_japanese_war.steps.reinforce import (
    SCENARIO_FRONTS,
    a_week,
    deployed,
    is_general,
    reinforce,
    reserve,
    usual_worth,
    weeks_of_german_war,
)
from allohistory.scenarios.soviet_japanese_war.steps.theatre import epoch_of, year_in_tables
from allohistory.scenarios.soviet_japanese_war.theatre import RAILHEAD, WORKS

__all__ = ["mass", "muster", "reinforce"]

ONE, TWO = np.int64(1), np.int64(2)
SOVIET, JAPANESE = np.int64(0), np.int64(1)
HOLD = 1.0
LEAST = 1.0e-9


@kernel
def muster(c, w, p):
    """Set both sides' armies on the map, if this is the week for it."""
    if muster_now(w.war.rung, w.land.mustered) == 0.0:
        return
    w.land.mustered, w.land.called_up, w.land.whole = 1.0, 1.0, 0.0
    clear(w)
    fronts(c, w)
    soviet_side(c, w, p)
    japanese_side(c, w, p)
    for f in range(SCENARIO_FRONTS):
        stocks(w, p, f)
        in_place(c, w, f)
    start_rear(c, w, p)
    w.land.fortress_men = 0.0
    w.land.vladivostok_days = siege_stocks(w.ussr.food_months, w.ussr.shell_days, p.forces_siege_stocks)


@kernel
def clear(w):
    """Nobody on the rails, nobody sick: a new war begins with a clean sheet; losses of an old one stay."""
    for s in range(TWO):
        w.side.pool[s], w.side.sending[s], w.side.sent[s] = 0.0, 0.0, 0.0
        w.side.sick[s], w.side.invalided[s], w.side.troop_tons[s] = 0.0, 0.0, 0.0
        w.side.trunk_room[s] = 0.0
    for a in range(TWO * SCENARIO_FRONTS):
        w.army.coming_1[a], w.army.coming_2[a], w.army.coming_3[a] = 0.0, 0.0, 0.0
        w.army.worn[a], w.army.supplied[a], w.army.cut_off[a] = 0.0, 1.0, 0.0
        w.army.order[a], w.army.asked[a], w.army.brought[a] = HOLD, 0.0, 0.0


@kernel
def brought(c, w, p, s, could_send):
    """Thousand men that this side brought up before the first shot."""
    weeks = 0.0
    if w.war.road == JAPANESE_CHOICE:
        weeks = max(weeks_since(c, w.japan.northern_order_week), 0.0)
    moscow = flag(w.war.road == SOVIET_CHOICE and w.europe.germany_beaten == 0.0)
    opened = moscow if s == SOVIET else flag(w.war.road == JAPANESE_CHOICE)
    return concentration(weeks, moscow, a_week(c, w, p, s), opened, could_send, p.forces_concentration)


@kernel
def pledge(c, w, p, s, men):
    """What this side sets aside for the war: in the pool, less those already brought, who are returned."""
    could_send = reserve(c, w, p, s)
    came = brought(c, w, p, s, could_send)
    w.side.promised[s] = could_send
    w.side.pool[s] = could_send - came
    japanese, called = np.float64(s), flag(w.ussr.german_war_week >= 0.0)
    w.side.reservists[s] = reservists_at_hand(men, called, japanese, p.forces_reservists_at_hand)
    return came


@kernel
def soviet_side(c, w, p):
    """The Soviet East on its fronts; armour stands more in the open west than in the woods."""
    divisions = w.ussr.divisions_east
    men, armed = soviet_army(years(c), divisions, weeks_of_german_war(c, w), p.forces_soviet_army)
    came = pledge(c, w, p, SOVIET, men)
    guns, _, trucks = arms(years(c), 0.0, p.forces_arms)
    w.side.aircraft[SOVIET], w.side.trucks[SOVIET] = w.ussr.aircraft_east, trucks * (armed + came)
    worth, weights, reach = usual_worth(c, w, p, SOVIET), 0.0, on_open_shares(c, w, p, SOVIET)
    for f in range(SCENARIO_FRONTS):
        a = TWO * f
        share = deployed(c, w, p, f, SOVIET)
        fresh = came * share * w.front.open[f] / reach
        w.army.men[a] = share * men + fresh
        w.army.guns[a] = (share * armed + fresh) * guns
        w.army.tanks[a] = soviet_armour(f, share, p.forces_soviet_armour)
        w.army.worth[a] = worth
        weights += w.army.tanks[a]
        with_allies(w, p, a, f, share)
    share_tanks(w, SOVIET, w.ussr.tanks_east, weights)


@kernel
def japanese_side(c, w, p):
    """The Kwantung and Korea Armies on their fronts."""
    j = w.japan
    readied = weeks_since(c, j.prepared_north_week)
    men = japanese_army(
        years(c), j.divisions_north, readied, a_week(c, w, p, JAPANESE), p.forces_japanese_army
    )
    came = pledge(c, w, p, JAPANESE, men)
    guns, _, trucks = arms(years(c), 1.0, p.forces_arms)
    w.side.aircraft[JAPANESE], w.side.trucks[JAPANESE] = j.aircraft_north, trucks * (men + came)
    worth, weights, reach = usual_worth(c, w, p, JAPANESE), 0.0, on_open_shares(c, w, p, JAPANESE)
    for f in range(SCENARIO_FRONTS):
        a = TWO * f + ONE
        share = deployed(c, w, p, f, JAPANESE)
        w.army.men[a] = share * men + came * share * w.front.open[f] / reach
        w.army.guns[a] = w.army.men[a] * guns
        w.army.tanks[a] = 0.0 if f == FRONT__SAKHALIN else share
        w.army.worth[a] = worth
        weights += w.army.tanks[a]
        with_allies(w, p, a, f, share)
    share_tanks(w, JAPANESE, j.tanks_north, weights)


@kernel
def on_open_shares(c, w, p, s):
    """Share of a side's forces that stands on open fronts by its plans: there goes what was brought up."""
    share = 0.0
    for f in range(SCENARIO_FRONTS):
        share += w.front.open[f] * deployed(c, w, p, f, s)
    return max(share, LEAST)


@kernel
def share_tanks(w, s, tanks, weights):
    """A side's tanks, by the weights that stand in their place."""
    for f in range(SCENARIO_FRONTS):
        w.army.tanks[TWO * f + s] *= tanks / max(weights, LEAST)


@kernel
def with_allies(w, p, a, f, share):
    """Mongolians on their own border, Manchukuo troops beside the Japanese: men more than strength."""
    men, guns, worth = allies(f, share, flag(a % TWO == ONE), w.mongolia.army_lost, p.forces_allies)
    if a % TWO == ONE:
        w.front.manchukuo[f] = men
    together = w.army.men[a] + men
    if together > 0.0:
        w.army.worth[a] = (w.army.men[a] * w.army.worth[a] + men * worth) / together
        w.army.men[a] = together
        w.army.guns[a] += guns


@kernel
def stocks(w, p, f):
    """Depots behind both armies of a front."""
    for s in range(TWO):
        stock_up(w, p, f, s, 0.0)


@kernel
def stock_up(w, p, f, s, planned):
    """One army's depots; planned: it is to strike the main blow of a war of choice."""
    far = flag(f == FRONT__HALHA or f == FRONT__GOBI)
    units, a = w.japan.shells_north / max(w.japan.divisions_north, 1.0), TWO * f + s
    days, a_day = depots(
        w.ussr.shell_days, w.ussr.fuel_days, units, far, planned, np.float64(s), p.forces_depots
    )
    w.army.days[a] = days
    w.army.stock[a] = w.army.men[a] * a_day * days


@kernel
def mass(c, w, p):
    """Who opens the war has what he brought up, and what lay in store, behind his main blow."""
    if w.land.opener == 0.0:
        return
    s = np.int64(w.land.opener) - ONE
    came = max(w.side.promised[s] - w.side.pool[s], 0.0)
    everywhere, main_share = on_open_shares(c, w, p, s), 0.0
    for f in range(SCENARIO_FRONTS):
        main_share += at_main(w, f, s) * w.front.open[f] * deployed(c, w, p, f, s) / everywhere
    worth = usual_worth(c, w, p, s)
    guns, _, _ = arms(years(c), np.float64(s), p.forces_arms)
    for f in range(SCENARIO_FRONTS):
        if w.front.open[f] > 0.0:
            share, main = deployed(c, w, p, f, s) / everywhere, at_main(w, f, s)
            more_men(w, TWO * f + s, massing(came, share, main_share, main, p.forces_massing), worth, guns)
            stock_up(w, p, f, s, main)


@kernel
def at_main(w, f, s):
    """1 where the front belongs to the side's main effort, else 0."""
    return flag(np.float64(effort_of(f)) == w.side.main[s])


@kernel
def more_men(w, a, men, worth, guns):
    """So many regular troops more, or fewer, in an army."""
    together = w.army.men[a] + men
    if together > LEAST:
        w.army.worth[a] = (w.army.men[a] * w.army.worth[a] + men * worth) / together
        w.army.men[a], w.army.guns[a] = together, max(w.army.guns[a] + men * guns, 0.0)


@kernel
def in_place(c, w, f):
    """Fortress zones and railheads as they were in that year."""
    epoch = epoch_of(year_in_tables(c))
    for s in range(TWO):
        a = TWO * f + s
        w.army.works[a] = WORKS[s, f, epoch]
        w.army.railhead[a] = RAILHEAD[s, epoch, f]


@kernel
def fronts(c, w):
    """Which fronts open: all in a general war; in a limited one those where the clash stood."""
    anywhere = 0.0
    for s in range(SECTORS):
        anywhere = max(anywhere, stood(c, w, s))
    for f in range(SCENARIO_FRONTS):
        sector = sector_of(f)
        here = stood(c, w, sector) if sector >= 0 else 0.0
        usual = flag(f == FRONT__MANCHOULI or f == FRONT__MARITIME)
        w.front.open[f] = front_opens(w.war.rung, here, anywhere, usual)
    w.land.whole = is_general(w)


@kernel
def stood(c, w, s):
    """Did a clash of battalion size or more stand in this sector when the war swallowed it?"""
    swallowed = lately(c, w.border.last_closed_week[s], 1.0)
    return flag(w.border.top_rung[s] >= BATTALION and (swallowed > 0.0 or w.border.open[s] > 0.0))


@kernel
def sector_of(f):
    """The sector of the border that a front crosses; -1 for those that cross none."""
    if f == FRONT__POSYET_GAP:
        return SECTOR__POSYET_TUMEN
    if f == FRONT__MARITIME or f == FRONT__USSURI:
        return SECTOR__USSURI_KHANKA
    if f == FRONT__MIDDLE_AMUR:
        return SECTOR__AMUR
    if f == FRONT__MANCHOULI:
        return SECTOR__ARGUN
    if f == FRONT__HALHA:
        return SECTOR__HALHA_BUIR
    return -ONE
