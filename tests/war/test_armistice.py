"""How a war leaves the world when it stops: orders, lines, borders; plain, against a stand-in world."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from allohistory.scenarios.soviet_japanese_war.names import (
    FRONT__MANCHOULI,
    FRONT__MARITIME,
    FRONT__SAKHALIN,
    FRONTS,
    PLACE__VLADIVOSTOK,
    PLACES,
    REGION__MANCHURIA,
    REGION__MARITIME_PROVINCE,
    REGION__NORTH_SAKHALIN,
    REGIONS,
    SECTOR__AMUR,
    SECTOR__HALHA_BUIR,
    SECTOR__POSYET_TUMEN,
    SECTOR__USSURI_KHANKA,
)
from allohistory.scenarios.soviet_japanese_war.rules.atomic import america_drops
from allohistory.scenarios.soviet_japanese_war.steps import land
from allohistory.scenarios.soviet_japanese_war.steps.border import one_side_holds_both
from allohistory.scenarios.soviet_japanese_war.steps.outbreak import fighting_stops
from allohistory.scenarios.soviet_japanese_war.steps.theatre import AS_AT_FIRST

JAPANESE = 7.0  # of region.ruler
SOVIET_HOLDS, JAPAN_HOLDS = 0.0, 1.0


def world(km=0.0, holder=AS_AT_FIRST):
    return SimpleNamespace(
        war=SimpleNamespace(rung=7.0, truce_week=-1.0),
        japan=SimpleNamespace(northern_order_week=550.0, prepared_north=1.0),
        front=SimpleNamespace(km=np.full(FRONTS, km)),
        place=SimpleNamespace(holder=np.full(PLACES, holder)),
        region=SimpleNamespace(ruler=np.zeros(REGIONS)),
        land=SimpleNamespace(vladivostok_fallen=1.0, vladivostok_cut_week=560.0),
    )


def test_stops__no_order_to_attack_outlives_a_war():
    w = world()
    fighting_stops.plain(SimpleNamespace(week=np.int64(570)), w)
    assert w.war.rung == 0.0 and w.war.truce_week == 570.0
    assert w.japan.northern_order_week == -1.0 and w.japan.prepared_north == 0.0


def test_border__ground_that_no_terms_gave_away_goes_back():
    w = world(km=-200.0, holder=JAPAN_HOLDS)
    land.back_to_the_border.plain(w, FRONT__MARITIME)
    assert w.front.km[FRONT__MARITIME] == 0.0
    assert w.place.holder[PLACE__VLADIVOSTOK] == AS_AT_FIRST
    assert w.land.vladivostok_fallen == 0.0 and w.land.vladivostok_cut_week == -1.0


@pytest.mark.parametrize(
    ("front", "km", "region"),
    [
        (FRONT__MARITIME, -200.0, REGION__MARITIME_PROVINCE),
        (FRONT__MARITIME, 200.0, REGION__MANCHURIA),
        (FRONT__MANCHOULI, 300.0, REGION__MANCHURIA),
        (FRONT__SAKHALIN, -100.0, REGION__NORTH_SAKHALIN),
    ],
)
def test_border__ground_in_a_land_with_a_new_ruler_stays_lost(front, km, region):
    w = world(km=km, holder=JAPAN_HOLDS if km < 0.0 else SOVIET_HOLDS)
    w.region.ruler[region] = JAPANESE if km < 0.0 else 1.0
    land.back_to_the_border.plain(w, front)
    assert w.front.km[front] == km
    assert AS_AT_FIRST not in w.place.holder


def test_border__siberia_is_never_ceded():
    w = world(km=-150.0)
    w.region.ruler[:] = JAPANESE
    land.back_to_the_border.plain(w, FRONT__MANCHOULI)
    assert w.front.km[FRONT__MANCHOULI] == 0.0


def test_tables__every_front_has_a_land_on_either_side():
    assert len(land.JAPANESE_LAND) == len(land.SOVIET_LAND) == FRONTS


def test_frontier__none_is_left_where_japan_holds_both_sides():
    w = world()
    sectors = (SECTOR__AMUR, SECTOR__USSURI_KHANKA, SECTOR__POSYET_TUMEN, SECTOR__HALHA_BUIR)
    assert [bool(one_side_holds_both.plain(w, s)) for s in sectors] == [False] * 4
    w.region.ruler[REGION__MARITIME_PROVINCE] = JAPANESE
    assert [bool(one_side_holds_both.plain(w, s)) for s in sectors] == [False, True, True, False]


@pytest.mark.parametrize(("at_hand", "expected"), [(0.4, 0.4), (2.0, 2.0), (120.0, 3.0)])
def test_bombs__no_more_fall_in_a_week_than_can_be_carried(at_hand, expected):
    assert america_drops.plain(at_hand, SimpleNamespace(most_a_week=3.0)) == expected
