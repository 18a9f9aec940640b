"""Behind the fronts, kernel by kernel: shifts along the border, the fortress, guards, mutinies, the next line."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from allohistory.scenarios.soviet_japanese_war.steps import ground, rear, trains
from allohistory.scenarios.soviet_japanese_war.theatre import AXIS_KM, AXIS_WORKS, LINK_A, LINK_B, PATHS
from war.stand_in import book, parameters, world

MANCHOULI, HALHA, MARITIME, POSYET = 0, 1, 6, 7
SOVIET, JAPANESE = 0, 1
EPOCH_1939, YEAR_1939 = 2, 8


@pytest.fixture(scope="module")
def opened():
    return book()


@pytest.fixture(scope="module")
def p(opened):
    return parameters(opened)


@pytest.fixture
def c():
    return SimpleNamespace(week=np.int64(450), year=np.int64(1939), month=np.int64(8))


@pytest.fixture
def w(opened):
    """Armies of a hundred thousand on the fronts of the mainland, all fed by the first of their ways."""
    w = world(opened)
    w.land.called_up, w.land.soviet_lines, w.land.japanese_lines = 1.0, 1.0, 1.0
    for f in range(8):
        w.front.open[f] = 1.0
        for s in (SOVIET, JAPANESE):
            a = 2 * f + s
            w.army.men[a], w.army.guns[a], w.army.worth[a] = 100.0, 300.0, 1.0
            w.army.links[a] = (PATHS[s, EPOCH_1939, f, 0] >= 0).sum()
    return w


def order_shift(w, side, giver, to, men):
    w.side.shifting[side], w.side.shift_from[side], w.side.shift_to[side] = men, float(giver), float(to)


def test_a_shift_takes_men_from_one_front_to_another_in_three_weeks(c, w, p):
    order_shift(w, SOVIET, MANCHOULI, MARITIME, 5.0)
    trains.shift(c, w, p, SOVIET)
    assert w.army.men[2 * MANCHOULI] == pytest.approx(95.0)
    assert w.army.coming_3[2 * MARITIME] == pytest.approx(5.0)
    assert w.side.shifting[SOVIET] == pytest.approx(0.0, abs=1e-9)


def test_a_shift_loads_the_line_between_the_fronts_and_not_the_trunk(c, w, p):
    order_shift(w, SOVIET, MANCHOULI, MARITIME, 5.0)
    trains.shift(c, w, p, SOVIET)
    manchouli = {int(x) for x in PATHS[SOVIET, EPOCH_1939, MANCHOULI, 0] if x >= 0}
    maritime = {int(x) for x in PATHS[SOVIET, EPOCH_1939, MARITIME, 0] if x >= 0}
    loaded = {int(x) for x in np.flatnonzero(w.line.troops)}
    assert loaded
    assert loaded <= manchouli ^ maritime, "stretches that both ways share carry nothing"
    assert len({int(LINK_A[x]) for x in loaded} | {int(LINK_B[x]) for x in loaded}) > 5


def test_a_cut_line_stops_a_shift_and_the_men_stay(c, w, p):
    w.army.cut_off[2 * MARITIME] = 1.0
    order_shift(w, SOVIET, MANCHOULI, MARITIME, 5.0)
    trains.shift(c, w, p, SOVIET)
    assert w.army.men[2 * MANCHOULI] == 100.0
    assert w.side.shifting[SOVIET] == 0.0


def test_a_shift_is_bound_by_the_line(c, w, p):
    order_shift(w, SOVIET, MANCHOULI, MARITIME, 90.0)
    trains.shift(c, w, p, SOVIET)
    moved = 100.0 - w.army.men[2 * MANCHOULI]
    assert 1.0 < moved < 60.0
    assert w.side.shifting[SOVIET] == pytest.approx(90.0 - moved)
    for link in np.flatnonzero(w.line.troops):
        assert w.line.troops[link] <= trains.room_for_army(c, w, p, SOVIET, np.int64(link)) + 1e-9


def test_a_field_army_falls_back_into_the_fortress(w, p):
    w.army.losses[2 * MARITIME] = 10.0
    ground.into_fortress(w, p, 2 * MARITIME)
    assert w.army.men[2 * MARITIME] == pytest.approx(0.0, abs=1e-9)
    assert w.land.fortress_men + w.side.captured[SOVIET] == pytest.approx(100.0)
    assert 50.0 < w.land.fortress_men < 80.0


def test_an_army_whose_railway_is_cut_is_fed_from_vladivostok(w, p):
    w.land.vladivostok_days, w.land.vladivostok_mouths = 150.0, 200.0
    for f in (MARITIME, POSYET):
        w.army.cut_off[2 * f], w.army.eaten[2 * f], w.army.stock[2 * f] = 1.0, 7.0, 0.0
    ground.eat_in_the_fortress(w, p)
    assert w.army.stock[2 * MARITIME] == pytest.approx(5.25, abs=0.3)
    assert w.land.vladivostok_days == pytest.approx(143.0, abs=0.2)


def test_guards_leave_the_fronts_and_come_back(w):
    before = rear.japanese_men(w)
    rear.guard(w, 40.0)
    assert w.side.guards[JAPANESE] == 40.0
    assert rear.japanese_men(w) == pytest.approx(before)
    rear.guard(w, 10.0)
    assert w.side.guards[JAPANESE] == pytest.approx(10.0)
    assert rear.japanese_men(w) == pytest.approx(before)


def test_a_mutiny_takes_the_unreliable_and_those_who_stay_are_no_better_than_regulars(c, w, p):
    w.front.manchukuo[MARITIME], w.army.worth[2 * MARITIME + 1] = 20.0, 1.0
    rear.leave(c, w, p, MARITIME, 0.0)
    assert w.side.deserted[JAPANESE] == pytest.approx(12.0, abs=1.0)
    assert w.army.men[2 * MARITIME + 1] + w.side.deserted[JAPANESE] == pytest.approx(100.0)
    assert 1.0 < w.army.worth[2 * MARITIME + 1] < 1.4


def test_an_advance_ends_before_a_manned_inner_zone_and_goes_past_an_empty_one(c, w, p):
    hailar = 7
    assert AXIS_WORKS[MANCHOULI, hailar, EPOCH_1939] > 0.0
    w.front.km[MANCHOULI] = 50.0
    _, high = rear.stops(c, w, p, MANCHOULI, SOVIET)
    assert high == pytest.approx(AXIS_KM[MANCHOULI, hailar] - rear.BEFORE)
    w.army.men[2 * MANCHOULI + 1] = 5.0
    _, high = rear.stops(c, w, p, MANCHOULI, SOVIET)
    assert high == AXIS_KM[MANCHOULI, 10]


def test_who_stands_before_his_zone_has_its_works(c, w):
    hailar = 7
    w.front.km[MANCHOULI] = AXIS_KM[MANCHOULI, hailar] - rear.BEFORE
    rear.on_the_next_line(c, w)
    assert w.army.works[2 * MANCHOULI + 1] == AXIS_WORKS[MANCHOULI, hailar, EPOCH_1939]
    assert w.army.works[2 * HALHA + 1] == 0.0
