"""Scores of campaigns against answers worked out by hand or in closed form."""

import math
from dataclasses import replace
from datetime import date
from statistics import NormalDist

import numpy as np
import pytest

from allohistory.book.campaigns import Army, Arrival, Both, Campaign, Figure, Front, Landing, Order
from allohistory.questions.campaign_figures import by_day, crossing, guess, never, read
from allohistory.questions.campaign_scores import by_campaign, coverage_band, crps, hit, paired, summary
from allohistory.questions.campaigns import Fought, Theatre

WEEK = 100


def army(side, men, tanks=0.0, worth=1.0, works=0.0):
    return Army(f"posyet-{side}", men, 10.0, tanks, worth, works, 30.0, "made up", "nobody", "C")


def figure(quantity, value=1.0, **given):
    return Figure(
        given.pop("id", quantity), "made up", quantity, value, value, value, "nothing", "", "C", **given
    )


def campaign(*armies, attackers=("soviet",), weeks=2, arrivals=(), landings=(), figures=()):
    orders = tuple(
        Order(one.id, (1, weeks), "attack" if one.id.endswith(attackers) else "hold") for one in armies
    )
    both = Both(1.0, 1.0, "")
    last = date.fromordinal(date(1938, 8, 1).toordinal() + 7 * weeks - 1)
    return Campaign(
        *("made-up", "Made up", "", date(1938, 8, 1), last, "soviet", 0, ""),
        *(
            (Front("posyet", 0.0, ""),),
            tuple(armies),
            tuple(arrivals),
            orders,
            (),
            tuple(landings),
            both,
            both,
            figures,
        ),
    )


def fought(the_campaign, **path):
    members = {
        "army": ("posyet-soviet", "posyet-japanese"),
        "front": ("posyet",),
        "place": ("shumshu",),
        "operation": ("northern-kurils",),
    }
    arrays = {name.replace("__", "."): np.asarray(value, float) for name, value in path.items()}
    return Fought(the_campaign, WEEK, arrays, members, (), 0)


# ------------------------------------------------------------ scores


def test_crps__of_one_value_is_the_distance():
    assert crps(np.array([3.0]), 5.0) == 2.0


def test_crps__of_two_values_by_hand():
    # mean |x - 1| = 1; half the mean |x - x'| over the four pairs = (0 + 2 + 2 + 0) / 8
    assert crps(np.array([2.0, 0.0]), 1.0) == pytest.approx(0.5)


@pytest.mark.parametrize("happened", [-1.3, 0.0, 0.4, 2.5])
def test_crps__of_a_normal_is_the_closed_form(happened):
    # 4,000 even quantiles of a standard normal; the form is y (2 F(y) - 1) + 2 f(y) - 1 / sqrt(pi)
    n, normal = 4000, NormalDist()
    quantiles = np.array([normal.inv_cdf((i + 0.5) / n) for i in range(n)])
    expected = happened * (2 * normal.cdf(happened) - 1) + 2 * normal.pdf(happened) - 1 / math.sqrt(math.pi)
    assert crps(quantiles, happened) == pytest.approx(expected, abs=1e-3)
    assert crps(1.1 * quantiles, happened) != pytest.approx(expected, abs=1e-3)  # and it can fail


def test_coverage_band__all_or_none_inside():
    # Clopper and Pearson: the end opposite to certainty is 0.025 ** (1 / n)
    assert coverage_band(10, 10) == (pytest.approx(0.025**0.1), 1.0)
    assert coverage_band(0, 10) == (0.0, pytest.approx(1 - 0.025**0.1))


def test_coverage_band__its_ends_leave_a_fortieth_on_each_side():
    low, high = coverage_band(3, 8)
    above = sum(math.comb(8, k) * low**k * (1 - low) ** (8 - k) for k in range(3, 9))
    below = sum(math.comb(8, k) * high**k * (1 - high) ** (8 - k) for k in range(4))
    assert (above, below) == (pytest.approx(0.025), pytest.approx(0.025))


def scored(place, *pairs):
    """Hits with these CRPS of rules and baseline, in one campaign: a single value's CRPS is its distance."""
    one = figure("day", 0.5, side="soviet", km=5.0)
    return [
        replace(hit(campaign(), one, np.array([0.5 + ours]), np.array([0.5 + other])), campaign=place)
        for ours, other in pairs
    ]


def test_paired__mean_and_error_by_hand():
    hits = scored("one", (1.0, math.e)) + scored("two", (math.e, math.e)) + scored("three", (1.0, math.e**2))
    found = paired(hits)
    # differences -1, 0, -2: mean -1, sums about it 0, 1, -1; root(2 * 3 / 2) / 3
    assert found.n == 3
    assert found.difference == pytest.approx(-1.0)
    assert found.value == pytest.approx(1 / 3)
    assert found.baseline == pytest.approx(4 / 3)
    assert found.error == pytest.approx(math.sqrt(3.0) / 3)


def test_paired__figures_of_one_campaign_go_together():
    alone = scored("one", (1.0, math.e)) + scored("two", (math.e, 1.0))
    twice = scored("one", (1.0, math.e), (1.0, math.e)) + scored("two", (math.e, 1.0), (math.e, 1.0))
    assert paired(twice).error == pytest.approx(paired(alone).error)  # a figure said twice teaches nothing
    assert math.isinf(paired(scored("one", (1.0, 2.0))).error)
    assert paired([]) is None


def test_hit__of_an_amount_is_taken_on_its_logarithm():
    one = figure("losses", 2.0, armies=("posyet-soviet",), at=14.0)
    made = hit(campaign(), one, np.array([4.0]), np.array([0.5]))
    assert made.crps == pytest.approx(math.log(2))
    assert made.baseline_crps == pytest.approx(math.log(4))
    assert made.difference == pytest.approx(-math.log(2))
    nothing = hit(campaign(), one, np.array([0.0]), np.array([2.0]))
    assert nothing.crps == pytest.approx(math.log(2000))  # one man is the least that is told apart


def test_hit__of_a_truth_is_the_squared_difference():
    one = figure("won", 1.0, front="posyet", side="soviet", week=1)
    made = hit(campaign(), one, np.array([1.0, 0.0, 1.0, 1.0]), np.array([0.0]))
    assert (made.crps, made.baseline_crps, made.half) == (pytest.approx(1 / 16), 1.0, None)


def test_hit__intervals_and_where_reality_fell():
    one = figure("losses", 2.0, armies=("posyet-soviet",), at=14.0)
    values = np.linspace(1.0, 5.0, 401)
    made = hit(campaign(), one, values, values)
    assert made.half == (pytest.approx(2.0), pytest.approx(4.0))
    assert made.nine_tenths == (pytest.approx(1.2), pytest.approx(4.8))
    assert made.in_half
    assert made.below == pytest.approx(0.25, abs=0.002)
    outside = hit(campaign(), figure("losses", 1.1, armies=("posyet-soviet",), at=14.0), values, values)
    assert not outside.in_nine_tenths


def test_summary__has_a_bar_for_each_score():
    hits = scored("one", (1.0, 2.0)) + scored("two", (1.0, 2.0))
    rows = {row["name"]: row for row in summary(hits)}
    assert set(rows) == {"coverage_50", "coverage_90", "log_crps", "log_crps_unused"}
    assert rows["log_crps"]["met"]
    assert rows["log_crps"]["difference"] == pytest.approx(-math.log(2))
    assert rows["coverage_90"]["value"] == 0.0
    assert not rows["coverage_90"]["met"]
    assert "log_crps_left_out" in {row["name"] for row in summary(hits, hits[:1])}
    first, second = by_campaign(hits, hits[:1])
    assert first["left_out"] == pytest.approx(-math.log(2))
    assert (second["campaign"], second["left_out"]) == ("two", None)


# ------------------------------------------------------------ figures read


def test_crossing__grows_evenly_within_a_week():
    lines = np.array([[0.0, 10.0, 30.0], [0.0, 0.0, 5.0], [12.0, 12.0, 12.0]])
    assert crossing(lines, 10.0).tolist() == [7.0, never(2), 0.0]
    assert crossing(lines, 20.0)[0] == pytest.approx(10.5)


def test_read__losses_advance_and_truths():
    one = campaign(army("soviet", 10.0), army("japanese", 5.0))
    path = fought(
        one,
        army__losses=[[[1.0, 0.0], [3.0, 1.0], [5.0, 4.0]]],
        front__km=[[[-2.0], [6.0], [4.0]]],
        front__attacker=[[[0.0], [1.0], [2.0]]],
        front__won=[[[0.0], [1.0], [1.0]]],
    )
    no_map = Theatre()

    def value(quantity, **given):
        return float(read(path, figure(quantity, **given), no_map)[0])

    assert value("losses", armies=("posyet-soviet",), at=14.0) == 4.0
    assert value("losses", armies=("posyet-soviet", "posyet-japanese"), at=3.5) == pytest.approx(1.5)
    assert value("advance", front="posyet", side="soviet", at=7.0) == 8.0
    assert value("advance", front="posyet", side="japanese", at=14.0) == -6.0
    assert value("gains", front="posyet", side="soviet", km=6.0, at=14.0) == 1.0
    assert value("gains", front="posyet", side="soviet", km=6.1, at=14.0) == 0.0
    assert value("won", front="posyet", side="soviet", week=1) == 1.0
    assert value("won", front="posyet", side="soviet", week=2) == 0.0
    assert value("day", front="posyet", side="soviet", place="hunchun", km=2.0) == pytest.approx(3.5)
    nearer = Theatre({("posyet", "hunchun"): 0.0})
    day = figure("day", front="posyet", side="soviet", place="hunchun", km=2.0)
    assert read(path, day, nearer)[0] == pytest.approx(1.75)  # the theatre's map goes before the figure's
    assert read(path, figure("prisoners", armies=("posyet-soviet",), at=7.0), no_map) is None


def test_read__a_landing_comes_to_its_result_a_week_later():
    landing = Landing("northern-kurils", 1, 8.8, 8.5, 1.0, 1.0, "")
    one = campaign(weeks=1, landings=(landing,))
    path = fought(
        one,
        operation__losses=[[[0.0], [0.0], [1.5]], [[0.0], [0.0], [3.0]]],
        place__holder=[[[1.0], [1.0], [0.0]], [[1.0], [1.0], [1.0]]],
        place__taken_week=[[[-1.0], [-1.0], [WEEK + 1.0]], [[-1.0], [-1.0], [-1.0]]],
    )
    given = {"operation": "northern-kurils", "side": "soviet", "place": "shumshu"}
    assert read(path, figure("losses", at=6.0, **given), Theatre()).tolist() == [1.5, 3.0]
    assert read(path, figure("day", **given), Theatre()).tolist() == [3.5, never(2)]
    assert read(path, figure("landing", at=6.0, **given), Theatre()).tolist() == [1.0, 0.0]


# ------------------------------------------------------------ the baseline


def middle(the_campaign, quantity, **given):
    return float(np.median(guess(the_campaign, figure(quantity, **given), Theatre())))


def test_baseline__losses_are_men_times_days_times_rate():
    more = Arrival("posyet-soviet", 2, 10.0, 0.0, 0.0, "")
    one = campaign(army("soviet", 20.0), army("japanese", 100.0), arrivals=(more,))
    # a division's 2 % of 20 for seven days and of 30 for three and a half; an army's 0.5 % of 100 for ten and a half
    assert middle(one, "losses", armies=("posyet-soviet",), at=10.5) == pytest.approx(4.9, rel=1e-3)
    assert middle(one, "losses", armies=("posyet-japanese",), at=10.5) == pytest.approx(5.25, rel=1e-3)
    assert middle(one, "prisoners", armies=("posyet-japanese",), at=10.5) == pytest.approx(0.525, rel=1e-2)
    quiet = campaign(army("soviet", 20.0), army("japanese", 100.0), attackers=("nobody",))
    assert middle(quiet, "losses", armies=("posyet-soviet",), at=14.0) == pytest.approx(0.001, rel=1e-3)


@pytest.mark.parametrize(
    ("attacker", "other", "km"),
    [
        (army("soviet", 10.0), army("japanese", 20.0), 0.0),  # the weaker goes nowhere
        (army("soviet", 30.0), army("japanese", 20.0, works=0.6), 10.5),  # 1.5 km a day for a week
        (army("soviet", 30.0, tanks=90.0), army("japanese", 20.0), 70.0),  # tanks in the open
        (army("soviet", 100.0, tanks=300.0), army("japanese", 20.0), 420.0),  # pursuit
        (army("soviet", 30.0), army("japanese", 20.0, worth=2.0), 0.0),  # worth counts
    ],
)
def test_baseline__pace_goes_by_posture_and_the_stronger_wins(attacker, other, km):
    one = campaign(attacker, other)
    assert middle(one, "advance", front="posyet", side="soviet", at=7.0) == pytest.approx(km, rel=1e-3)
    assert middle(one, "advance", front="posyet", side="japanese", at=7.0) == pytest.approx(-km, rel=1e-3)
    assert middle(one, "won", front="posyet", side="soviet", week=1) == float(km > 0.0)
    assert middle(one, "gains", front="posyet", side="soviet", km=5.0, at=7.0) == float(km > 0.0)
    if 0.0 < km < 400.0:
        day = middle(one, "day", front="posyet", side="soviet", km=km)
        assert day == pytest.approx(7.0, rel=1e-2)


def test_baseline__a_landing_is_won_by_the_stronger():
    one = campaign(weeks=1, landings=(Landing("northern-kurils", 1, 8.0, 4.0, 1.0, 1.5, ""),))
    given = {"operation": "northern-kurils", "side": "soviet", "place": "shumshu"}
    assert middle(one, "landing", at=6.0, **given) == 1.0
    assert middle(one, "day", **given) == 0.5
    assert middle(one, "losses", at=6.0, **given) == pytest.approx(0.02 * 8.0 * 6.0, rel=1e-3)


def test_by_day__puts_the_first_three_days_where_the_rules_say():
    km = np.array([[0.0, 70.0, 140.0]])
    assert by_day(km, None)[0].tolist() == pytest.approx([10.0 * day for day in range(15)])
    early = by_day(km, np.array([[60.0, 30.0]]))[0]
    assert early[3] == pytest.approx(60.0) and early[7] == 70.0 and early[10] == pytest.approx(100.0)
    assert crossing(early[None, :], 40.0, 1).tolist() == pytest.approx([2.0])
