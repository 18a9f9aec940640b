"""Figures of the sense sheet on wars made by hand, where the right answer can be counted on fingers."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from allohistory.book.sense import Line, Read
from allohistory.questions.sense_estimates import median, ratio, standing
from allohistory.questions.sense_figures import LAST, Names, figure_of, sieges
from allohistory.questions.sense_rows import GOING, OVERTHROWN, TALKS, War

WEEKS = 20
NAMES = Names(
    {
        "front": {"west": 0, "east": 1},
        "place": {"harbin": 0, "iman": 1},
        "line": {"ussuri": 0},
        "operation": {"rumoi": 0, "honshu": 1},
    },
    np.array([[1, 1]]),
)


def war(**changes):
    """A war of twenty weeks in which nothing happens."""

    def path(*shape):
        return np.zeros((WEEKS + 1, *shape))

    still = War(
        opening="made",
        row=0,
        weeks=WEEKS - 0.5,
        ended=TALKS,
        fought=WEEKS,
        left=400,
        surprise=0.0,
        km=path(2),
        attacker=path(2),
        losses=path(2),
        captured=path(2),
        sent=path(2),
        coming=path(2),
        tons=path(2),
        room=path(2),
        holder=np.tile([1, 0], (WEEKS + 1, 1)),
        damage=path(1),
        state=path(2),
        cut=np.zeros(WEEKS + 1, bool),
        fallen=np.zeros(WEEKS + 1, bool),
        attacks=np.zeros((0, 4)),
        over=0.0,
        eaten=0.0,
        leak=0.0,
        arms=0.0,
        fast=(0.0, 0.0),
        jumped=0.0,
    )
    return replace(still, **changes)


def found(wars, low=0.0, high=1.0, mark="J", **read):
    line = Line("line", 1, "Something", ("made",), Read(**read), "share", low, low, high, mark, "made up")
    return figure_of(line, wars, NAMES)


def stepped(first, value, shape=()):
    """Nothing before a row, the value from it on."""
    path = np.zeros((WEEKS + 1, *shape))
    path[first:] = value
    return path


def test_gained__counts_only_the_weeks_and_the_side_asked():
    km = np.zeros((WEEKS + 1, 2))
    km[3], km[9] = (-40.0, 10.0), (-90.0, 60.0)
    wars = [war(km=km)]
    assert found(wars, kind="gained", fronts=("west", "east"), side="japanese", weeks=5).value == 40.0
    assert found(wars, kind="gained", fronts=("west", "east"), side="japanese", weeks=13).value == 90.0
    assert found(wars, kind="gained", fronts=("west", "east"), side="soviet", weeks=13).value == 60.0
    assert found(wars, kind="gained", fronts=("west",), side="soviet", weeks=13).value == 0.0


def test_taken__within_the_weeks_and_all_places_together():
    holder = np.tile([1, 0], (WEEKS + 1, 1))
    holder[5:, 0] = 0  # Harbin falls in the fifth week
    wars = [war(holder=holder), war()]
    read = {"kind": "taken", "places": ("harbin",), "side": "soviet"}
    assert found(wars, weeks=4, **read).value == 0.0
    assert found(wars, weeks=5, **read).value == 0.5
    assert found(wars, weeks=5, kind="taken", places=("harbin", "iman"), side="soviet").value == 0.5
    assert found(wars[:1], kind="days-to", places=("harbin",), side="soviet").value == 4.5 * 7


def test_days_to__a_median_that_is_never_reached_is_off_and_not_unread():
    one = found([war()], kind="days-to", places=("harbin",), side="soviet")
    assert one.value is None and one.met is False and one.n == 1
    nobody = found([], kind="days-to", places=("harbin",), side="soviet")
    assert nobody.met is None and not nobody.broken


def test_unusable__by_damage_or_by_a_lost_station():
    lost = np.tile([1, 0], (WEEKS + 1, 1))
    lost[2:, 1] = 1
    late = np.tile([1, 0], (WEEKS + 1, 1))
    late[3:, 1] = 1
    wars = [
        war(damage=stepped(1, 0.8, (1,))),
        war(damage=stepped(1, 0.7, (1,))),
        war(holder=lost),
        war(holder=late),
    ]
    assert found(wars, kind="unusable", lines=("ussuri",), side="soviet", weeks=2, level=0.75).value == 0.5


def test_sieges__the_relieved_are_counted_as_long_as_they_were_shut_in():
    rows = np.arange(WEEKS + 1)
    fell = war(cut=(rows >= 3), fallen=(rows >= 12))  # nine weeks
    relieved = war(cut=(rows >= 2) & (rows < 6))  # four
    holds = war(cut=(rows >= 11))  # ten, and the war ends
    cases = sieges([fell, relieved, holds, war()])
    weeks = [months * 365.2425 / 12 / 7 for months, _ in cases]
    assert weeks == pytest.approx([9, 4, 10]) and [fell for _, fell in cases] == [True, False, False]
    # After four weeks one of three leaves unbeaten; of the two left one falls: half hold on.
    assert [alive for _, alive in standing(cases)] == pytest.approx([1.0, 0.5, 0.5])
    assert found([fell, relieved, holds], kind="siege").value == pytest.approx(9 * 7 * 12 / 365.2425)
    assert found([fell, relieved, holds], kind="siege-under", months=3.0).value == pytest.approx(0.5)
    assert found([fell, relieved, holds], kind="siege-under", months=2.0).value == 0.0


def test_months__a_war_that_goes_on_is_longer_than_any():
    wars = [war(weeks=4.0), war(weeks=8.0), war(ended=GOING)]
    assert found(wars, high=9.0, kind="months").value == pytest.approx(8.0 * 84 / 365.2425)
    assert found([*wars, war(ended=GOING), war(ended=GOING)], high=9.0, kind="months").value is None
    assert found([*wars, war(ended=OVERTHROWN)], kind="ended", how="talks").value == pytest.approx(2 / 3)


def test_divisions__from_the_fullest_four_weeks():
    sent = np.zeros((WEEKS + 1, 2))
    sent[5:, 0] = 29.0  # all in one week
    one = found([war(sent=sent)], high=9.0, kind="divisions", side="soviet", weeks=13)
    assert one.value == pytest.approx(29.0 / 14.5 * (365.2425 / 84) / 4)


def test_loss_ratio__sums_over_attacks_of_one_side_on_such_works():
    attacks = np.array([[0, 0.9, 3.0, 1.0], [0, 0.9, 1.0, 1.0], [0, 0.1, 9.0, 1.0], [1, 0.9, 1.0, 5.0]])
    wars = [war(attacks=attacks), war(attacks=attacks[:1])]
    assert found(wars, high=9.0, kind="loss-ratio", side="soviet", level=0.6).value == pytest.approx(7 / 3)
    assert found(
        wars[:1] * 2, high=9.0, kind="loss-ratio", side="japanese", level=0.6
    ).value == pytest.approx(0.2)


def test_months_of_loss__heaviest_and_quietest():
    losses = np.zeros((WEEKS + 1, 2))
    losses[:, 0] = np.cumsum([0, *[2.0] * 8, *[1.0] * 12])
    month = 365.2425 / 84
    one = found([war(losses=losses)], high=99.0, kind="heaviest-month", side="soviet", weeks=26)
    assert one.value == pytest.approx(2.0 * month)
    long = np.concatenate([losses, losses[-1] + np.cumsum(np.ones((20, 2)), axis=0) * [1.0, 0.0]])
    quiet = found([war(losses=long, fought=40)], kind="quiet-month", weeks=52)
    assert quiet.value == pytest.approx(0.5)


def test_landings__tried_held_and_won():
    state = np.zeros((WEEKS + 1, 2))
    state[4:, 0], state[7:, 0] = 1, 2
    failed = np.zeros((WEEKS + 1, 2))
    failed[4:, 0], failed[7:, 0] = 1, 3
    wars = [war(state=state), war(state=failed), war()]
    assert found(wars, kind="landed", operation="rumoi", weeks=3).value == 0.0
    assert found(wars, kind="landed", operation="rumoi", weeks=4).value == pytest.approx(2 / 3)
    assert found(wars, kind="held", operation="rumoi").value == 0.5
    assert found(wars, kind="won", operation="rumoi", weeks=7).value == pytest.approx(1 / 3)
    short = found([war(left=5)], kind="won", operation="rumoi", weeks=7)
    assert short.met is None  # the scenario ends before


@pytest.mark.parametrize(
    ("kind", "field", "fine", "wrong"),
    [
        ("over-capacity", "over", 0.0, 0.01),
        ("eaten-over-carried", "eaten", 1e-9, 0.5),
        ("men", "leak", 1e-9, 0.01),
        ("arms", "arms", 1e-9, 1.0),
        ("too-fast", "fast", (499.0, 300.0), (300.0, 320.0)),
        ("too-fast", "fast", (499.0, 300.0), (501.0, 0.0)),
        ("too-fast", "jumped", 0.5, 20.0),
    ],
)
def test_what_cannot_be__is_counted(kind, field, fine, wrong):
    read = {"kind": kind, "side": "soviet", "tanks": 500.0, "rifle": 315.0}
    assert found([war(**{field: fine})], high=0.0, mark="F", **read).met
    one = found([war(**{field: wrong}), war()], high=0.0, mark="F", **read)
    assert one.value == 0.5 and one.broken
    assert not found([war(**{field: wrong})], high=0.0, mark="J", **read).broken


def test_decade__asks_for_full_intensity_too():
    long = np.zeros((601, 2))
    long[:, 0] = np.arange(601)
    calm = np.minimum(long, 60.0)
    wars = [war(losses=long, fought=600), war(losses=calm, fought=600), war()]
    assert found(wars, kind="decade").value == pytest.approx(1 / 3)


def test_median__of_what_may_be_infinite():
    value, interval, n = median([1.0, 2.0, math.inf])
    assert (value, n) == (2.0, 3) and interval[1] == math.inf
    one = found([war(weeks=4.0), war(weeks=8.0), war(ended=GOING)], high=9.0, kind="months")
    assert one.interval[1] == LAST


def test_ratio__its_interval_narrows_with_more_wars():
    draws = np.random.default_rng(7).uniform(0.5, 1.5, (2, 400))
    few, many = ratio(draws[0, :40], draws[1, :40]), ratio(draws[0], draws[1])
    assert few[1][0] < few[0] < few[1][1]
    assert (many[1][1] - many[1][0]) < 0.6 * (few[1][1] - few[1][0])  # about a third in expectation
