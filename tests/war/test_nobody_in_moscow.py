"""A Soviet state overthrown asks for nothing more; armies that a war used up are missing from the counts; plain."""

from types import SimpleNamespace

import numpy as np
import pytest

from allohistory.scenarios.soviet_japanese_war.names import (
    ATOMIC_STEP__SOVIET_PROGRAMME,
    ISLAND__HOKKAIDO,
    REGION__KARAFUTO,
    REGION__MANCHURIA,
    REGION__MARITIME_PROVINCE,
    SIDE__JAPANESE,
    SIDE__SOVIET,
)
from allohistory.scenarios.soviet_japanese_war.steps import (
    atomic,
    demobilisation,
    diplomacy,
    europe,
    frontier,
    land,
    occupation,
    outbreak,
    policy,
    settlement,
    surrender,
    ussr,
    war,
)
from war import stand_in

OVERTHROWN, GENERAL_WAR = 2.0, 7.0
SOVIET, CHINESE, LOCAL, JAPANESE = 1.0, 3.0, 6.0, 7.0  # of region.ruler
TOLD = {
    "clock": lambda *_: np.int64(1),
    "choice": lambda *_: np.int64(1),
}


@pytest.fixture(scope="module")
def book():
    return stand_in.book()


@pytest.fixture
def always(monkeypatch):
    """Every clock fires and every choice takes its second option; which were asked is noted."""
    asked = []
    for step in (atomic, settlement, europe, surrender, war, ussr, diplomacy):
        for name, answer in TOLD.items():
            if hasattr(step, name):
                monkeypatch.setattr(step, name, note(asked, answer))
    return asked


def note(asked, answer):
    """A draw that is told what to say."""

    def told(c, rule, *rest):
        asked.append(int(rule))
        return answer(c, rule, *rest)

    return told


def moment(week):
    return SimpleNamespace(
        week=np.int64(week), key=np.int64(week), year=np.int64(1946), month=8, day=np.int64(0)
    )


@pytest.mark.parametrize(("regime", "steps"), [(0.0, 1), (OVERTHROWN, 0)])
def test_bomb__no_programme_without_a_state(book, always, regime, steps):
    w, p = stand_in.world(book), stand_in.parameters(book)
    w.ussr.regime = regime
    atomic.soviet_programme.plain(moment(820), w, p)
    assert len(always) == steps
    assert (w.atomic.step_week[ATOMIC_STEP__SOVIET_PROGRAMME] >= 0.0) == (regime == 0.0)


def test_bomb__none_that_is_left_is_dropped(book, always):
    w, p = stand_in.world(book), stand_in.parameters(book)
    w.ussr.regime, w.ussr.bombs, w.war.rung = OVERTHROWN, 3.0, GENERAL_WAR
    atomic.soviet_use.plain(moment(1000), w, p)
    assert not always and w.ussr.bombs == 3.0


def test_europe__nobody_breaks_with_a_moscow_that_is_gone(book, always):
    w, p = stand_in.world(book), stand_in.parameters(book)
    w.europe.germany_beaten, w.europe.stalingrad, w.ussr.regime = 1.0, 1.0, OVERTHROWN
    settlement.breaches.plain(moment(800), w, p)
    assert not always


def test_surrender__nobody_asks_for_a_zone(book, always):
    w, p = stand_in.world(book), stand_in.parameters(book)
    w.peace.soviet_war, w.america.at_war, w.ussr.regime = 1.0, 1.0, OVERTHROWN
    surrender.zone.plain(moment(800), w, p)
    assert not always and w.america.zone == 0.0


def test_war__tokyo_has_nobody_to_strike(book):
    w = stand_in.world(book)
    assert policy.may_go_north.plain(w)
    w.ussr.regime = OVERTHROWN
    assert not policy.may_go_north.plain(w)


def test_lands__rim_and_spoils_rule_themselves(book):
    w = stand_in.world(book)
    w.ussr.regime = OVERTHROWN
    w.region.ruler[REGION__MANCHURIA] = w.region.ruler[REGION__KARAFUTO] = SOVIET
    w.region.ruler[REGION__MARITIME_PROVINCE] = JAPANESE
    w.island.soviet_share[ISLAND__HOKKAIDO], w.island.occupier[ISLAND__HOKKAIDO] = 1.0, SOVIET
    occupation.nobody_holds.plain(w)
    assert w.region.ruler[REGION__MANCHURIA] == CHINESE
    assert w.region.ruler[REGION__KARAFUTO] == LOCAL
    assert w.region.ruler[REGION__MARITIME_PROVINCE] == JAPANESE
    assert w.region.ruler[-1] == LOCAL  # Mongolia
    assert w.island.soviet_share[ISLAND__HOKKAIDO] == w.island.occupier[ISLAND__HOKKAIDO] == 0.0


def test_peace__fresh_for_three_years(book):
    w = stand_in.world(book)
    assert frontier.fresh_peace.plain(moment(500), w) == 0.0
    w.war.moscow_date = 510.0
    outbreak.fighting_stops.plain(moment(500), w)
    assert w.war.moscow_date == -1.0
    later = [float(frontier.fresh_peace.plain(moment(500 + weeks), w)) for weeks in (0, 78, 156, 300)]
    assert later == [1.0, 0.5, 0.0, 0.0]


def test_counts__what_a_war_used_up_is_missing_and_comes_back(book):
    w, p = stand_in.world(book), stand_in.parameters(book)
    w.ussr.divisions_east, w.ussr.tanks_east, w.japan.divisions_north = 30.0, 2.0, 12.0
    demobilisation.count_what_is_left.plain(w, SIDE__SOVIET, 200.0, 200.0, p)
    demobilisation.count_what_is_left.plain(w, SIDE__JAPANESE, 0.0, 300.0, p)
    gone = 30.0 - w.ussr.divisions_east
    assert gone == pytest.approx(15.0 * p.war_spent_divisions.for_good)
    assert w.ussr.tanks_east < 2.0 and w.japan.divisions_north == 12.0
    back = sum(demobilisation.make_good.plain(w, p) for _ in range(60))
    assert back == pytest.approx(gone, rel=1e-3)


def test_counts__losses_of_an_earlier_war_are_not_this_one_s(book):
    w = stand_in.world(book)
    w.side.losses[SIDE__SOVIET], w.side.captured[SIDE__SOVIET] = 150.0, 50.0
    w.side.lost_before[SIDE__SOVIET] = 180.0
    assert land.lost.plain(w, SIDE__SOVIET) == 20.0


@pytest.mark.parametrize(("weeks", "asked"), [(4, 0), (26, 0), (60, 1)])
def test_war__moscow_is_not_asked_within_half_a_year_of_a_peace(book, always, monkeypatch, weeks, asked):
    w, p = stand_in.world(book), stand_in.parameters(book)
    monkeypatch.setattr(war, "holds_day", lambda *_: True)
    monkeypatch.setattr(war, "begin_theatre_war", lambda *_: None)
    w.war.truce_week = 600.0
    war.moscow_may_choose_war.plain(moment(600 + weeks), w, p)
    assert len(always) == asked
