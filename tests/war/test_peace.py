"""How wars end, on paper: what two answers come to, which lands are spoken of, who holds and rules the islands."""

from types import SimpleNamespace

import numpy as np
import pytest

from allohistory.scenarios.soviet_japanese_war.rules import bargains
from allohistory.scenarios.soviet_japanese_war.steps import bargains as table
from allohistory.scenarios.soviet_japanese_war.steps import occupation, peace_tally

OPERATIONS = 10
RUMOI, REST, HONSHU_LANDING = 4, 5, 6
HOKKAIDO, HONSHU = 0, 1


def world(**said):
    """A Japan that has given itself up, and nobody there yet."""
    w = SimpleNamespace(
        operation=SimpleNamespace(state=np.zeros(OPERATIONS)),
        island=SimpleNamespace(soviet_share=np.zeros(4), occupier=np.zeros(4), communist=np.zeros(4)),
        america=SimpleNamespace(zone=0.0),
        peace=SimpleNamespace(soviet_war=1.0, with_america=1.0, communist_road=0.0, week=760.0, kind=4.0),
        occupation=SimpleNamespace(week=-1.0, zone=0.0),
        japan=SimpleNamespace(regime=2.0, regime_week=760.0),
    )
    for name, value in said.items():
        part, field = name.split("__")
        setattr(getattr(w, part), field, value)
    return w


@pytest.mark.parametrize(
    ("moscow", "tokyo", "bound", "overthrown", "comes"),
    [
        (0, 0, 0, 0, bargains.NO_PEACE),
        (1, 0, 0, 0, bargains.NO_PEACE),
        (1, 1, 0, 0, bargains.LIMITED_TERMS),
        (2, 2, 0, 0, bargains.LIMITED_TERMS),
        (0, 2, 0, 0, bargains.SOVIET_GAINS),
        (0, 2, 1, 0, bargains.NO_PEACE),
        (1, 2, 1, 0, bargains.SOVIET_GAINS),
        (2, 0, 0, 0, bargains.JAPANESE_GAINS),
        (2, 1, 0, 1, bargains.SOVIETS_GIVE_UP),
        (2, 3, 0, 0, bargains.CAPITULATION),
    ],
)
def test_reached__two_answers_make_a_peace_or_none(moscow, tokyo, bound, overthrown, comes):
    assert bargains.reached.plain(float(moscow), float(tokyo), float(bound), float(overthrown)) == comes


@pytest.mark.parametrize(
    ("kind", "held_by_soviets", "held_by_japan", "spoken_of"),
    [
        (bargains.LIMITED_TERMS, set(), set(), set()),
        (bargains.LIMITED_TERMS, {0, 3}, {5, 6}, {3, 5, 6}),
        (bargains.SOVIET_GAINS, {0}, set(), {0, 1, 3, 4}),
        (bargains.SOVIET_GAINS, {0, 1, 2}, set(), {0, 1, 2, 3, 4}),
        (bargains.JAPANESE_GAINS, set(), {6}, {5, 6, 7}),
        (bargains.CAPITULATION, set(), set(), {0, 1, 2, 3, 4}),
    ],
)
def test_terms__speak_of_what_is_at_stake(kind, held_by_soviets, held_by_japan, spoken_of):
    said = {
        r
        for r in range(8)
        if table.at_stake(kind, np.int64(r), float(r in held_by_soviets), float(r in held_by_japan))
    }
    assert said == spoken_of


def test_hokkaido__half_by_a_foothold_or_a_zone_all_by_arms():
    refused = world()
    occupation.share_of_hokkaido(refused, 1.0)
    assert refused.island.soviet_share[HOKKAIDO] == 0.0  # America is there: nobody ferries himself over

    granted = world(america__zone=1.0)
    occupation.share_of_hokkaido(granted, 0.0)
    assert granted.island.soviet_share[HOKKAIDO] == 0.5

    taken = world()
    taken.operation.state[REST] = 2.0
    occupation.share_of_hokkaido(taken, 0.0)
    assert taken.island.soviet_share[HOKKAIDO] == 1.0


def test_no_ships_no_occupation_of_honshu():
    alone = world(peace__with_america=0.0)
    occupation.share_of_hokkaido(alone, 1.0)
    occupation.share_of_honshu(alone, 0.0)
    assert alone.island.soviet_share.tolist() == [1.0, 0.0, 0.0, 0.0]
    occupation.share_of_honshu(alone, 1.0)
    assert occupation.country_share(alone) == pytest.approx(1.0)


def test_an_island_given_up_is_not_taken_again():
    alone = world(peace__with_america=0.0, occupation__week=762.0)
    occupation.share_of_hokkaido(alone, 1.0)
    assert alone.island.soviet_share[HOKKAIDO] == 0.0


def test_revolution__holds_honshu_at_once_the_rest_later_and_nothing_that_america_holds():
    w, c = world(japan__regime=4.0), SimpleNamespace(week=761)
    w.island.occupier[3] = 2.0
    occupation.revolution_spreads(c, w)
    assert w.island.communist.tolist() == [0.0, 1.0, 0.0, 0.0]
    assert not peace_tally.whole(w)
    c.week = 770
    occupation.revolution_spreads(c, w)
    assert w.island.communist.tolist() == [1.0, 1.0, 1.0, 0.0]
    assert peace_tally.whole(w)
    occupation.falls_back(w)
    assert w.island.communist.sum() == 0.0


def test_whole__a_zone_in_the_north_of_honshu_is_not_tokyo():
    w = world(peace__communist_road=1.0)
    w.island.communist[:] = 1.0
    w.island.soviet_share[HONSHU] = 0.3
    assert not peace_tally.whole(w)
    w.island.soviet_share[HONSHU] = 1.0
    assert peace_tally.whole(w)
