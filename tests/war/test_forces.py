"""The armies at the first shot beside the record, and their reinforcement: nobody vanishes, nobody teleports."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from allohistory.scenarios.soviet_japanese_war.rules.deployment import by_year, effort_of
from allohistory.scenarios.soviet_japanese_war.steps.muster import mass, muster
from allohistory.scenarios.soviet_japanese_war.steps.reinforce import reinforce
from allohistory.scenarios.soviet_japanese_war.theatre import LINK_TONS, TRUNK
from war.stand_in import book, parameters, world

FIRST_MONDAY = date(1931, 1, 5)
GROWN, JAPAN_CHOSE, MOSCOW_CHOSE = 1.0, 2.0, 3.0
LIMITED, GENERAL = 6.0, 7.0
SOVIET, JAPANESE = 0, 1
POSYET_TUMEN, ARGUN, HALHA_BUIR = 0, 3, 4
(MANCHOULI, HALHA, GOBI, AMUR, SUNGARI, USSURI, MARITIME, POSYET, SAKHALIN, KARELIA, LADOGA) = range(11)
WEST, MIDDLE, EAST = (MANCHOULI, HALHA, GOBI), (AMUR, SUNGARI, SAKHALIN), (USSURI, MARITIME, POSYET)

# What the rest of the scenario says of these dates on its factual course.
YEARS = {
    1932: ((1932, 12, 26), {"ussr.divisions_east": 9.5, "ussr.tanks_east": 1040, "ussr.trains_a_day": 12}),
    1936: ((1936, 2, 3), {"ussr.divisions_east": 14, "ussr.tanks_east": 2000, "ussr.trains_a_day": 18}),
    1939: ((1939, 8, 7), {"ussr.divisions_east": 27, "ussr.tanks_east": 2800, "ussr.trains_a_day": 28}),
    1941: ((1941, 6, 16), {"ussr.divisions_east": 27, "ussr.tanks_east": 3188, "ussr.trains_a_day": 30}),
    1945: ((1945, 8, 6), {"ussr.divisions_east": 70, "ussr.tanks_east": 5556, "ussr.trains_a_day": 36}),
}
JAPAN = {
    1932: (6, 0.3, 120),
    1936: (5, 0.3, 130),
    1939: (11, 25, 350),
    1941: (14, 25, 480),
    1945: (31, 22, 550),
}


@pytest.fixture(scope="module")
def opened():
    return book()


@pytest.fixture(scope="module")
def p(opened):
    return parameters(opened)


def calendar(year, month, day):
    """The context of the week that holds a day."""
    week = (date(year, month, day) - FIRST_MONDAY).days // 7
    return SimpleNamespace(week=np.int64(week), year=np.int64(year), month=np.int64(month))


def next_week(c):
    c.week += 1
    day = date.fromordinal(FIRST_MONDAY.toordinal() + 7 * int(c.week))
    c.year, c.month = np.int64(day.year), np.int64(day.month)


def put(w, values):
    for id, value in values.items():
        subject, name = id.split(".")
        setattr(getattr(w, subject), name, float(value))


def at(opened, year, **more):
    """Context and world of a year of the factual course, at peace."""
    day, values = YEARS[year]
    w, (north, china, tanks) = world(opened), JAPAN[year]
    put(w, values)
    put(w, {"japan.divisions_north": north, "japan.divisions_china": china, "japan.tanks_north": tanks})
    put(w, {"ussr.shell_days": 50, "ussr.fuel_days": 40, "ussr.food_months": 5.5, "japan.shells_north": 30})
    put(w, {"ussr.corps_in_mongolia": year > 1937, "ussr.tied_in_europe": 0.1, "japan.rail_lead": 0})
    if year == 1945:
        put(w, {"europe.germany_beaten": 1, "europe.eastern_front": 1, "ussr.german_war_week": 546})
        put(w, {"japan.fighting_america": 1, "japan.southern_order_week": 569, "ussr.division_worth": 1.7})
    put(w, {id.replace("__", "."): value for id, value in more.items()})
    return calendar(*day), w


def to_war(c, w, rung=GENERAL, road=GROWN):
    w.war.rung, w.war.road, w.war.began_week = rung, road, float(c.week)


def mustered(opened, p, year, rung=GENERAL, road=GROWN, **more):
    c, w = at(opened, year, **more)
    to_war(c, w, rung, road)
    muster(c, w, p)
    return c, w


def on_fronts(w, side, fronts=range(9), what="men"):
    return float(sum(getattr(w.army, what)[2 * f + side] for f in fronts))


def all_men(w, side):
    """Every man of a side: set aside, on the rails, on a front, on guard, in reserve, in hospital, sent home."""
    s, a = w.side, w.army
    rails = sum(float((a.coming_1 + a.coming_2 + a.coming_3)[i]) for i in range(side, len(a.men), 2))
    waiting = s.pool[side] + s.sending[side] + s.reservists[side] + s.reserve[side] + s.guards[side]
    return float(on_fronts(w, side, range(11)) + rails + waiting + s.sick[side] + s.invalided[side])


def run(c, w, p, weeks, room=None):
    """Weeks of reinforcement alone; `room` is what the trunk line of each side could carry for the army."""
    for _ in range(weeks):
        reinforce(c, w, p)
        if room is not None:
            w.side.trunk_room[:] = room
        next_week(c)


def line(c):
    """Thousand tons a week that each side's trunk line carries for the army, seven trains in ten."""
    year = min(int(c.year) - 1931, LINK_TONS.shape[1] - 1)
    return [LINK_TONS[TRUNK[side], year] * 0.7 * 7 / 1000 for side in (SOVIET, JAPANESE)]


# ---------------------------------------------------------------- at the first shot


@pytest.mark.parametrize(
    ("year", "low", "high"),
    [(1932, 120, 175), (1936, 210, 300), (1939, 414, 620), (1941, 650, 760), (1945, 1500, 1750)],
)
def test_muster__soviet_men_are_those_of_the_record(opened, p, year, low, high):
    _, w = mustered(opened, p, year)
    assert low <= on_fronts(w, SOVIET) <= high


@pytest.mark.parametrize(
    ("year", "low", "high"),
    [(1932, 110, 165), (1936, 120, 230), (1939, 240, 340), (1941, 350, 450), (1945, 700, 1000)],
)
def test_muster__japanese_men_are_those_of_the_record(opened, p, year, low, high):
    _, w = mustered(opened, p, year)
    assert low <= on_fronts(w, JAPANESE) <= high


@pytest.mark.parametrize(
    ("year", "side", "low", "high"),
    [
        (1932, SOVIET, 700, 1200),
        (1941, SOVIET, 8000, 11500),
        (1945, SOVIET, 23000, 30000),
        (1939, JAPANESE, 1000, 2000),
        (1945, JAPANESE, 4000, 6700),
    ],
)
def test_muster__guns_are_those_of_the_record(opened, p, year, side, low, high):
    _, w = mustered(opened, p, year)
    assert low <= on_fronts(w, side, what="guns") <= high


def test_muster__the_three_soviet_fronts_of_august_1945(opened, p):
    _, w = mustered(opened, p, 1945, road=MOSCOW_CHOSE)
    assert on_fronts(w, SOVIET, WEST) == pytest.approx(654 + 16, rel=0.08)
    assert on_fronts(w, SOVIET, EAST) == pytest.approx(587, rel=0.08)
    assert on_fronts(w, SOVIET, MIDDLE) == pytest.approx(337, rel=0.08)
    assert on_fronts(w, SOVIET, WEST, "tanks") == pytest.approx(2440, rel=0.25)


def test_muster__the_kwantung_army_of_1945_is_worth_a_third_of_itself(opened, p):
    _, w = mustered(opened, p, 1945)
    _, before = mustered(opened, p, 1941)
    worth = [float(x.army.worth[2 * MARITIME + JAPANESE]) for x in (w, before)]
    assert 7 / 24 * 1.1 <= worth[0] / worth[1] <= 8.5 / 24 * 1.2


def test_muster__in_the_german_war_the_east_has_more_men_and_no_more_guns(opened, p):
    german = {"europe__eastern_front": 1, "ussr__german_war_week": 546}
    c, w = at(opened, 1941, ussr__divisions_east=24.5, **german)
    c.week, c.month = np.int64(570), np.int64(12)
    to_war(c, w)
    muster(c, w, p)
    _, before = mustered(opened, p, 1941)
    assert 1.6 <= on_fronts(w, SOVIET) / on_fronts(before, SOVIET) <= 2.1  # 1.91 by the record
    assert 0.8 <= on_fronts(w, SOVIET, what="guns") / on_fronts(before, SOVIET, what="guns") <= 1.1


def test_muster__a_japan_that_chose_the_war_has_twenty_four_divisions_in_september_1941(opened, p):
    readied = {"japan__prepared_north_week": 547, "japan__northern_order_week": 548}
    c, w = at(opened, 1941, japan__divisions_north=16, **readied)
    c.week, c.month = np.int64(557), np.int64(9)
    to_war(c, w, road=JAPAN_CHOSE)
    muster(c, w, p)
    assert 850 <= on_fronts(w, JAPANESE) <= 1200


def test_muster__tanks_are_those_of_the_variables(opened, p):
    _, w = mustered(opened, p, 1939)
    assert on_fronts(w, SOVIET, what="tanks") == pytest.approx(2800)
    assert on_fronts(w, JAPANESE, what="tanks") == pytest.approx(350)


def test_muster__peace_and_a_second_call_change_nothing(opened, p):
    c, w = at(opened, 1939)
    muster(c, w, p)
    assert on_fronts(w, SOVIET) == 0.0 and w.land.mustered == 0.0
    to_war(c, w)
    muster(c, w, p)
    w.army.men[0] = 1.0
    muster(c, w, p)
    assert w.army.men[0] == 1.0


def test_muster__the_fronts_of_the_winter_war_stay_shut_and_empty(opened, p):
    _, w = mustered(opened, p, 1939)
    assert not w.front.open[[KARELIA, LADOGA]].any()
    assert w.front.open[:9].all()
    assert on_fronts(w, SOVIET, (KARELIA, LADOGA)) == 0.0


# ---------------------------------------------------------------- which fronts


@pytest.mark.parametrize(
    ("sector", "fronts"),
    [(POSYET_TUMEN, {POSYET}), (1, {USSURI, MARITIME}), (ARGUN, {MANCHOULI}), (HALHA_BUIR, {HALHA})],
)
def test_limited_war__is_fought_where_the_clash_stood(opened, p, sector, fronts):
    c, w = at(opened, 1939)
    to_war(c, w, LIMITED)
    w.border.top_rung[sector], w.border.last_closed_week[sector] = 4.0, float(c.week)
    muster(c, w, p)
    assert set(np.flatnonzero(w.front.open)) == fronts


def test_limited_war__without_a_clash_opens_the_ends_of_the_railway(opened, p):
    _, w = mustered(opened, p, 1939, LIMITED)
    assert set(np.flatnonzero(w.front.open)) == {MANCHOULI, MARITIME}


def test_limited_war__of_choice_has_what_was_brought_up_where_it_is_fought(opened, p):
    _, chosen = mustered(opened, p, 1939, LIMITED, MOSCOW_CHOSE)
    _, grown = mustered(opened, p, 1939, LIMITED)
    more = chosen.army.men[::2] - grown.army.men[::2]
    assert set(np.flatnonzero(more > 1e-9)) == {MANCHOULI, MARITIME}
    assert more.sum() > 100.0


def test_limited_war__that_becomes_general_opens_the_rest_once(opened, p):
    c, w = mustered(opened, p, 1939, LIMITED)
    before = w.side.promised.copy()
    w.war.rung = GENERAL
    reinforce(c, w, p)
    assert w.front.open[:9].all()
    assert (w.side.promised > before).all()
    w.front.open[GOBI] = 0.0
    reinforce(c, w, p)
    assert w.front.open[GOBI] == 0.0  # what others shut stays shut


# ---------------------------------------------------------------- men are conserved


@pytest.mark.parametrize(
    ("year", "road", "s", "effort"), [(1939, MOSCOW_CHOSE, 0, 2.0), (1936, JAPAN_CHOSE, 1, 0.0)]
)
def test_mass__who_opens_the_war_has_men_and_stores_behind_his_main_blow(opened, p, year, road, s, effort):
    c, w = at(opened, year)
    w.japan.northern_order_week = float(c.week) - 9.0
    to_war(c, w, GENERAL, road)
    muster(c, w, p)
    before, stock, people = w.army.men.copy(), w.army.stock.copy(), all_men(w, s)
    w.land.opener, w.side.main[s] = s + 1.0, effort
    mass(c, w, p)
    main = [f for f in range(9) if effort_of(f) == effort]
    others = [f for f in range(9) if f not in main]
    assert all_men(w, s) == pytest.approx(people)
    for f in range(9):
        assert (w.army.men[2 * f + s] > before[2 * f + s]) == (f in main)
        assert w.army.men[2 * f + 1 - s] == before[2 * f + 1 - s]
        if f in main:
            assert (
                w.army.stock[2 * f + s] / w.army.men[2 * f + s] > 1.3 * stock[2 * f + s] / before[2 * f + s]
            )
    assert min(w.army.men[2 * f + s] for f in others) > 0.0 and min(w.army.guns) >= 0.0
    brought = w.side.promised[s] - w.side.pool[s]
    gained = sum(w.army.men[2 * f + s] - before[2 * f + s] for f in main)
    assert 0.25 * brought < gained < p.forces_massing.main * brought


def test_mass__a_war_that_grew_out_of_a_clash_leaves_all_as_it_stood(opened, p):
    c, w = mustered(opened, p, 1939)
    before = w.army.men.copy(), w.army.stock.copy()
    w.land.opener = 0.0
    mass(c, w, p)
    assert (w.army.men == before[0]).all() and (w.army.stock == before[1]).all()


@pytest.mark.parametrize("year", sorted(YEARS))
@pytest.mark.parametrize("rung", [LIMITED, GENERAL])
@pytest.mark.parametrize("seed", range(4))
def test_reinforcement__men_change_only_by_what_the_capitals_add(opened, p, year, rung, seed):
    """Whatever befalls the lines and the fronts; battles are left out, and what they take is taken here by hand."""
    chance = np.random.default_rng([year, int(rung), seed])
    c, w = mustered(opened, p, year, rung)
    for _ in range(60):
        w.side.trunk_room[:] = chance.uniform(0, 100, 2) * (chance.random(2) > 0.2)
        w.side.reach[:] = chance.uniform(0, 300, 2)
        w.side.main[:] = chance.integers(0, 3, 2)
        w.army.cut_off[:] = chance.random(22) < 0.2
        w.army.supplied[:] = chance.random(22)
        w.ussr.tied_in_europe = float(chance.random())
        killed = float(chance.integers(0, 2)) * 0.1 * w.army.men[12]
        w.army.men[12] -= killed
        before, promised = [all_men(w, s) for s in (0, 1)], w.side.promised.copy()
        reinforce(c, w, p)
        added = w.side.promised - promised
        for side in (SOVIET, JAPANESE):
            assert all_men(w, side) == pytest.approx(before[side] + added[side], rel=1e-9)
        for name in ("pool", "sending", "reservists", "sick", "invalided"):
            assert (getattr(w.side, name) >= -1e-9).all(), name
        assert (w.army.men >= 0.0).all() and (w.army.worth > 0.0).all()
        next_week(c)


def test_reinforcement__no_more_boards_than_half_of_what_the_line_can_carry(opened, p):
    c, w = mustered(opened, p, 1939)
    for _ in range(20):
        room = w.side.trunk_room.copy()
        reinforce(c, w, p)
        assert (w.side.troop_tons <= p.forces_sending.share * room + 1e-9).all()
        w.side.trunk_room[:] = line(c)
        next_week(c)


def test_reinforcement__nobody_boards_a_line_that_carries_nothing(opened, p):
    c, w = mustered(opened, p, 1939)
    run(c, w, p, 10, (0.0, 0.0))
    assert (w.side.sent == 0.0).all()


def test_reinforcement__what_stops_the_trains_stops_the_men(opened, p):
    sent = []
    for stopped in (0.0, 0.5):
        c, w = mustered(opened, p, 1939, japan__divisions_china=0)
        w.air.interdicted[:] = stopped
        run(c, w, p, 6, line(c))
        sent.append(w.side.sent.copy())
    assert (sent[1] <= 0.51 * sent[0]).all()


@pytest.mark.parametrize(
    ("year", "divisions"), [(1932, 3.8), (1936, 5.7), (1939, 8.9), (1941, 9.5), (1945, 11.5)]
)
def test_reinforcement__soviet_divisions_a_month_are_those_of_rail_arithmetic(opened, p, year, divisions):
    """Of 14,500 men each, in the third to the sixth week, once the line runs full and the pool is not yet empty."""
    c, w = mustered(opened, p, year)
    run(c, w, p, 2, line(c))
    before = w.side.sent[SOVIET]
    run(c, w, p, 4, line(c))
    a_month = (w.side.sent[SOVIET] - before) / 4 * 30.4 / 7
    assert a_month / 14.5 == pytest.approx(divisions, rel=0.05)


@pytest.mark.parametrize(("year", "low", "high"), [(1936, 4, 5.5), (1941, 9, 12)])
def test_reinforcement__japanese_divisions_a_month_are_bound_by_ports_and_forward_lines(
    opened, p, year, low, high
):
    c, w = mustered(opened, p, year, japan__divisions_china=0)
    run(c, w, p, 2, line(c))
    before = w.side.sent[JAPANESE]
    run(c, w, p, 4, line(c))
    assert low <= (w.side.sent[JAPANESE] - before) / 4 * 30.4 / 7 / 20 <= high


def test_reinforcement__first_arrivals_in_week_three_and_the_mass_from_week_five(opened, p):
    c, w = mustered(opened, p, 1939)
    w.side.reservists[:] = 0.0
    arrived = []
    for _ in range(8):
        before = w.side.sick[SOVIET] + w.side.invalided[SOVIET] + on_fronts(w, SOVIET)
        reinforce(c, w, p)
        arrived.append(w.side.sick[SOVIET] + w.side.invalided[SOVIET] + on_fronts(w, SOVIET) - before)
        w.side.trunk_room[:] = line(c)
        next_week(c)
    assert arrived[:3] == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)
    assert arrived[3] > 5.0
    assert min(arrived[5:]) > 2 * arrived[3]


def test_reinforcement__the_main_effort_gets_more(opened, p):
    shares = []
    for main in (0.0, 2.0):
        c, w = mustered(opened, p, 1939)
        w.side.main[:] = main
        run(c, w, p, 12, line(c))
        shares.append(on_fronts(w, SOVIET, WEST) / on_fronts(w, SOVIET))
    assert shares[1] > shares[0] + 0.03


def test_reinforcement__an_army_whose_line_is_cut_gets_nobody(opened, p):
    c, w = mustered(opened, p, 1939)
    w.army.cut_off[2 * MARITIME] = 1.0
    w.side.reservists[:] = 0.0
    before = w.army.men[2 * MARITIME]
    run(c, w, p, 15, line(c))
    assert w.army.men[2 * MARITIME] < before


def test_reinforcement__a_limited_war_gets_a_part_and_europe_keeps_its_own(opened, p):
    def sent(rung, **more):
        c, w = mustered(opened, p, 1939, rung, **more)
        run(c, w, p, 26, line(c))
        return w.side.sent.copy()

    general, limited = sent(GENERAL), sent(LIMITED)
    assert (limited < 0.6 * general).all()
    tied = sent(GENERAL, ussr__tied_in_europe=0.9)
    assert tied[SOVIET] < 0.6 * general[SOVIET] and tied[JAPANESE] == pytest.approx(general[JAPANESE])
    without_china = sent(GENERAL, japan__divisions_china=0)
    assert without_china[JAPANESE] > 1.5 * general[JAPANESE]


# ---------------------------------------------------------------- the sick, and what armies learn


def test_sickness__in_a_year_of_quiet_a_few_in_a_hundred_lie_in_hospital(opened, p):
    c, w = mustered(opened, p, 1936)
    shares = []
    for _ in range(52):
        reinforce(c, w, p)
        shares.append(w.side.sick[SOVIET] / on_fronts(w, SOVIET))
        next_week(c)
    assert 0.02 < np.mean(shares[10:]) < 0.08
    assert max(shares[10:]) > 1.3 * min(shares[10:])


def test_worth__reservists_lower_it_and_months_bring_it_back(opened, p):
    c, w = mustered(opened, p, 1939)
    first = float(w.army.worth[2 * MARITIME])
    run(c, w, p, 6)
    low = float(w.army.worth[2 * MARITIME])
    run(c, w, p, 60)
    assert low < first
    assert w.army.worth[2 * MARITIME] > low


# ---------------------------------------------------------------- battles set by hand


def test_by_hand__only_the_men_on_the_rails_move(opened, p):
    c, w = at(opened, 1939)
    to_war(c, w)
    w.land.mustered = 1.0
    w.front.open[KARELIA] = 1.0
    w.army.men[2 * KARELIA], w.army.coming_2[2 * KARELIA] = 130.0, 20.0
    w.army.worth[2 * KARELIA] = 0.7
    run(c, w, p, 4, (60.0, 60.0))
    assert w.army.men[2 * KARELIA] == 150.0
    assert w.army.worth[2 * KARELIA] == 0.7
    assert set(np.flatnonzero(w.front.open)) == {KARELIA}
    for name in ("pool", "sending", "sent", "sick", "promised", "troop_tons"):
        assert not getattr(w.side, name).any(), name


def test_by_year__runs_straight_between_the_dates_and_level_outside():
    told = (1.0, 5.0, 12.0, 8.0, 16.0)
    assert [
        by_year(years, *told) for years in (0.0, 1.0, 3.0, 5.0, 8.5, 10.5, 12.5, 14.5, 20.0)
    ] == pytest.approx([1.0, 1.0, 3.0, 5.0, 12.0, 8.0, 12.0, 16.0, 16.0])
