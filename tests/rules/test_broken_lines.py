"""Railways under fire and mended, tethers of trucks, and places at the end of an axis: kernels in plain Python."""

import inspect
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from allohistory.scenarios.soviet_japanese_war import names
from allohistory.scenarios.soviet_japanese_war.steps import ground, supply
from allohistory.scenarios.soviet_japanese_war.theatre import AXIS_COUNT, AXIS_KM
from middles import middles

SCENARIO = Path(inspect.getfile(supply)).parent.parent
USSURI = int(names.FRONT__USSURI)
BESIDE = (int(names.LINE__RAIL_KHABAROVSK_IMAN), int(names.LINE__RAIL_IMAN_SPASSK))
BRIDGE = int(names.LINE__RAIL_BIROBIDZHAN_KHABAROVSK)
SOVIET, JAPANESE = 1.0, 2.0  # who attacked
IN_1941 = np.int64(3)

P = middles(SCENARIO)


def world(attacker=0.0, km=0.0):
    """Fronts all open; who attacked on the Ussuri last week, and where the line stands there."""
    fronts = int(names.FRONTS)
    front = SimpleNamespace(open=np.ones(fronts), km=np.zeros(fronts), attacker=np.zeros(fronts))
    front.attacker[USSURI], front.km[USSURI] = attacker, km
    place = SimpleNamespace(
        holder=np.full(int(names.PLACES), 3.0), taken_week=np.full(int(names.PLACES), -1.0)
    )
    return SimpleNamespace(
        front=front,
        line=SimpleNamespace(damage=np.zeros(int(names.LINES))),
        place=place,
        land=SimpleNamespace(vladivostok_fallen=0.0),
    )


def test_an_attack_on_the_ussuri_breaks_the_railway_beside_it_and_no_other():
    w = world(attacker=JAPANESE)
    supply.fire_on_lines(w, P, IN_1941)
    assert set(np.flatnonzero(w.line.damage)) == set(BESIDE)
    assert (w.line.damage[list(BESIDE)] > 0.75).all()  # three trains in four and more


@pytest.mark.parametrize(("attacker", "km"), [(SOVIET, 0.0), (0.0, 0.0), (JAPANESE, 150.0)])
def test_nobody_fires_on_it_who_does_not_attack_or_is_far_away(attacker, km):
    w = world(attacker, km)
    supply.fire_on_lines(w, P, IN_1941)
    assert (w.line.damage == 0.0).all()


def test_a_bridge_that_is_down_stands_again_after_a_month():
    w = world()
    w.line.damage[BRIDGE] = 1.0
    weeks = 0
    while w.line.damage[BRIDGE] > 0.0:
        supply.repair_lines(w, P)
        weeks += 1
    assert 4 <= weeks <= 5


def test_nothing_is_mended_beside_a_front_that_is_attacked():
    w = world(attacker=JAPANESE)
    w.line.damage[BESIDE[0]] = w.line.damage[BRIDGE] = 0.9
    supply.repair_lines(w, P)
    assert w.line.damage[BESIDE[0]] == 0.9 > w.line.damage[BRIDGE]


def test_the_last_place_of_an_axis_falls_and_is_won_back():
    w, c = world(), SimpleNamespace(week=np.int64(500))
    end = AXIS_KM[USSURI, 0]
    ground.pass_places(c, w, np.int64(USSURI), end + 40.0, end)
    assert w.place.holder[names.PLACE__KHABAROVSK] == 1.0
    ground.pass_places(c, w, np.int64(USSURI), end, end + 10.0)
    assert w.place.holder[names.PLACE__KHABAROVSK] == 0.0
    far = AXIS_KM[USSURI, AXIS_COUNT[USSURI] - 1]
    ground.pass_places(c, w, np.int64(USSURI), far - 40.0, far)
    assert w.place.holder[names.PLACE__HARBIN] == 0.0


def armed(trucks, km, eaten=10.0, days=20.0):
    """A Soviet army on the Ussuri with its railhead on the border."""
    w = world(km=km)
    armies = 2 * int(names.FRONTS)
    w.army = SimpleNamespace(eaten=np.zeros(armies), railhead=np.zeros(armies), days=np.zeros(armies))
    w.army.eaten[2 * USSURI], w.army.days[2 * USSURI] = eaten, days
    w.side = SimpleNamespace(
        trucks=np.array([trucks, 0.0]), haul=np.array([eaten * max(km - 15.0, 0.0), 0.0])
    )
    return w


def led(w, mobile=0.0):
    return supply.led_so_far(
        SimpleNamespace(month=np.int64(9)), w, P, np.int64(USSURI), np.int64(2 * USSURI), mobile
    )


def test_trucks_and_full_tanks_lengthen_the_tether_and_the_way_already_gone_shortens_it():
    assert led(armed(0.0, 0.0)) < led(armed(1.0, 0.0)) < led(armed(3.0, 0.0))
    assert led(armed(1.0, 0.0)) < led(armed(1.0, 0.0), mobile=1.0)
    assert led(armed(1.0, 200.0)) < led(armed(1.0, 0.0))
    assert led(armed(0.0, 400.0)) == 0.0
    assert led(armed(1.0, 0.0, days=0.0)) < led(armed(1.0, 0.0))
