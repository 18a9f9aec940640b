"""China's own war and the Soviet East after the wars, plain, against a stand-in world."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from allohistory.scenarios.soviet_japanese_war.rules import china_after, europe_after
from allohistory.scenarios.soviet_japanese_war.steps import china_after as step
from allohistory.scenarios.soviet_japanese_war.steps.border import deserted
from allohistory.scenarios.soviet_japanese_war.steps.demobilisation import stands_down

P = SimpleNamespace(
    people=0.2,
    manchuria=0.08,
    partition_per_year=0.04,
    partition_by_america=6.0,
    partition_by_moscow=1.0,
    middle=0.18,
    collapse_per_year=6.0,
    collapse_share=0.11,
    hard_to_root_out=0.2,
)


def world(surrendered=0.0, at_war=0.0, settled=-1.0, quarrel=0.0):
    return SimpleNamespace(
        japan=SimpleNamespace(surrendered=surrendered),
        china=SimpleNamespace(
            at_war=at_war,
            settled_week=settled,
            quarrel=quarrel,
            quarrel_week=-1.0,
            communists=0.9,
            communist_share=0.02,
            civil_war=quarrel == step.OPEN_WAR,
        ),
    )


def context(week, month=5):
    months = np.full(1100, month)
    return SimpleNamespace(week=np.int64(week), month=np.int64(month), month_of=months)


def test_nothing_of_it_while_japan_is_in_china():
    w = world(at_war=1.0)
    step.own_war(context(700), w, None)
    assert w.china.quarrel == step.NOT_YET


@pytest.mark.parametrize("w", [world(surrendered=1.0), world(settled=600.0)])
def test_it_begins_once_japan_has_gone(w):
    step.own_war(context(700), w, None)
    assert w.china.quarrel == step.TALKS and w.china.quarrel_week == 700


def test_a_peace_of_last_month_is_not_trusted_yet():
    w = world(settled=696.0)
    step.own_war(context(700), w, None)
    assert w.china.quarrel == step.NOT_YET


def test_japan_back_in_china_ends_the_civil_war():
    w = world(at_war=1.0, settled=500.0, quarrel=step.OPEN_WAR)
    step.own_war(context(700), w, None)
    assert w.china.quarrel == step.NOT_YET and w.china.civil_war == 0.0


def test_a_side_that_holds_little_falls_sooner():
    rates = [china_after.collapse(share, P) for share in (0.5, 0.6, 0.7, 0.8, 0.9)]
    assert rates == sorted(rates)
    assert china_after.collapse(0.1, P) < china_after.collapse(0.9, P)


def test_a_partition_wants_standing_fronts():
    assert china_after.partition(0.05, 1.0, 1.0, P) == 0.0
    assert china_after.partition(0.5, 1.0, 0.0, P) > china_after.partition(0.5, 0.0, 0.0, P) > 0.0


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("change", [-9.0, 0.0, 9.0])
def test_a_share_stays_a_share(share, change):
    assert 0.0 < china_after.share_after(share, change) < 1.0


def test_without_a_beaten_germany_no_camps_and_without_a_fallen_france_no_german_peace():
    p = SimpleNamespace()
    utilities = europe_after.german_peace(8.0, 0.0, 0.0, 0.0, p)
    assert all(value == europe_after.CLOSED for value in utilities[1:])


@pytest.mark.parametrize(
    ("front", "surrendered", "beaten", "rung", "week", "expected"),
    [
        (1.0, 1.0, 0.0, 0.0, 800, False),  # the German war goes on
        (0.0, 1.0, 0.0, 0.0, 800, True),  # Japan in defeat, no German war
        (0.0, 0.0, 1.0, 0.0, 720, False),  # two months after Germany's end
        (0.0, 0.0, 1.0, 0.0, 800, True),  # two years after it, and no war came
        (0.0, 0.0, 1.0, 7.0, 800, False),  # a war with Japan goes on
        (0.0, 0.0, 0.0, 0.0, 800, False),  # no war has ended
    ],
)
def test_the_east_is_let_go_when_its_wars_are_over(front, surrendered, beaten, rung, week, expected):
    w = SimpleNamespace(
        europe=SimpleNamespace(
            eastern_front=front, germany_beaten=beaten, happened_week=np.full(20, 710.0 if beaten else -1.0)
        ),
        japan=SimpleNamespace(surrendered=surrendered),
        war=SimpleNamespace(rung=rung),
    )
    p = SimpleNamespace(ussr_redeploys=SimpleNamespace(weeks=32.0, weeks_in_all=104.0))
    assert stands_down(context(week), w, p) is expected


def test_a_border_without_an_army_is_closed_once():
    b = SimpleNamespace(open_crises=0.0)
    deserted(context(770), SimpleNamespace(border=b))
    assert b.open_crises == 0.0
