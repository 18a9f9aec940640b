"""Prior luck: do choices, clocks and shocks come as often as their chances say?"""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from allohistory.luck import draws, hindsight
from allohistory.luck.arithmetic import NEVER
from bands import law_within_luck, shares_within_luck, within_luck
from luck import drivers

SEED = np.int64(11)
N = 200_000  # sd of a share of one half: 0.0011; band 0.0055; an error of 0.0081 is found 99 times in 100
U = np.array([0.3, -1.2, 0.9, NEVER, 0.0])


def softmax(u):
    weights = np.exp(u - np.max(u))
    return weights / weights.sum()


@pytest.mark.statistical
def test_choose__options_come_with_their_chances():
    counts = drivers.prior_choices(U, N, SEED)
    assert counts[3] == 0  # closed
    assert shares_within_luck(counts, [*softmax(U), 0.0])


@pytest.mark.statistical
def test_choose__the_test_above_can_fail():
    planted = U + np.array([0.05, 0, 0, 0, 0])
    assert not shares_within_luck(drivers.prior_choices(planted, N, SEED), [*softmax(U), 0.0])


@pytest.mark.plain
@pytest.mark.parametrize(
    "bad", [[NEVER, NEVER], [0.0, math.nan], [math.nan, math.nan], [0.0, math.inf], [NEVER, math.nan]]
)
def test_choose__minus_one_when_nothing_can_be_chosen(bad):
    u = np.array(bad)
    assert drivers.prior_choices(u, 5, SEED)[-1] == 5
    assert math.isnan(draws.log_probability(u, 2, 0))


@pytest.mark.plain
@given(st.lists(st.floats(-30, 30), min_size=1, max_size=6))
def test_log_probability__chances_sum_to_one(values):
    u = np.array(values)
    assert math.fsum(np.exp(drivers.log_probabilities(u))) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.plain
def test_log_probability__closed_and_missing_options_have_none():
    assert draws.log_probability(np.array([0.0, NEVER]), 2, 1) == NEVER
    assert draws.log_probability(np.array([0.0, NEVER]), 2, 0) == 0.0
    assert draws.log_probability(np.array([0.0, 0.0]), 2, 2) == NEVER


@pytest.mark.plain
@given(st.integers(0, 3), st.integers(0, 2**20))
def test_choose__reads_only_its_own_slots(option, timeline):
    """Raising an option's utility never makes another one win that did not win before."""
    u = np.array([0.1, 0.4, -0.3, 0.0])
    address = [np.int64(i) for i in (3, 0, timeline, 5, 9, 0)]
    before = draws.choose(u, 4, *address)
    u[option] += 0.7
    assert draws.choose(u, 4, *address) in (before, option)


# ------------------------------------------------------------------ clocks


def all_noise(u, v):
    """The option taken where the noise of every one is worked out."""
    values = [a + draws.gumbel(b) for a, b in zip(u, v, strict=True)]
    return int(np.argmax(values))


def test_choose_by__bounds_of_noise_take_the_same_option():
    """Close races, far ones, ties, closed options, and uniforms at the ends and at the lines of the tables."""
    lots = np.random.default_rng(SEED)
    edges = [2.0**-53, 1 - 2.0**-53, 0.5, 3 / 256, 3 / 256 - 2.0**-53, 255 / 256]
    for trial in range(3000):
        n = int(lots.integers(1, 9))
        u = lots.normal(0.0, [0.1, 1.0, 10.0][trial % 3], n)
        v = lots.random(n)
        v[lots.random(n) < 0.2] = lots.choice(edges)
        u[1:][lots.random(n - 1) < 0.2] = NEVER
        if trial % 7 == 0:
            u[:], v[:] = u[0], v[0]
        assert draws.choose_by(u, v, np.int64(n)) == all_noise(u, v)


def test_choose_by__noise_lies_within_its_bounds():
    for v in (*np.random.default_rng(SEED).random(2000), 2.0**-53, 1 - 2.0**-53, *np.arange(1, 256) / 256):
        line = int(v * draws.NOISE_LINES)
        assert draws.LEAST_NOISE[line] < draws.gumbel(v) < draws.MOST_NOISE[line]


def shares_of_days(h):
    """Chances of the seven days and of silence under hazard h, from the density h exp(-h t)."""
    days = [integrate.quad(lambda t: h * math.exp(-h * t), d / 7, (d + 1) / 7)[0] for d in range(7)]
    return [*days, math.exp(-h)]


@pytest.mark.statistical
@pytest.mark.parametrize("h", [0.02, 0.4, 3.0])
def test_clock__fires_and_on_each_day_as_often_as_the_hazard_says(h):
    counts = drivers.clock_counts(h, 0.0, False, False, np.int64(0), N, SEED)
    assert shares_within_luck(counts, shares_of_days(h))


@pytest.mark.statistical
def test_clock__the_test_above_can_fail():
    counts = drivers.clock_counts(0.4 * 1.03, 0.0, False, False, np.int64(0), N, SEED)
    assert not shares_within_luck(counts, shares_of_days(0.4))


@pytest.mark.plain
@pytest.mark.parametrize("h", [0.0, -1.0, math.nan])
def test_clock__never_fires_without_a_hazard(h):
    assert drivers.clock_counts(h, 0.0, False, False, np.int64(0), 500, SEED)[7] == 500


@pytest.mark.plain
@given(st.floats(1e-9, 20), st.integers(0, 6))
def test_clock__log_likelihoods_are_those_of_the_density(h, day):
    assert math.exp(draws.log_fired(h, np.int64(day))) == pytest.approx(shares_of_days(h)[day], rel=1e-9)
    assert draws.log_silent(h) == -h


@pytest.mark.plain
def test_clock__log_likelihood_without_a_hazard():
    assert draws.log_fired(0.0, np.int64(3)) == -math.inf
    assert math.isnan(draws.log_fired(math.nan, np.int64(3)))


@pytest.mark.plain
@given(st.floats(1e-12, 50), st.floats(2**-53, 1 - 2**-53))
def test_clock__a_day_is_one_of_seven(h, v):
    assert 0 <= hindsight.day_of(h, v) <= 6


# ------------------------------------------------------------------ shocks

LAWS = {
    0: stats.norm(1.5, 0.7),
    1: stats.lognorm(s=0.7, scale=math.exp(1.5)),
}


@pytest.mark.statistical
@pytest.mark.parametrize("family", [0, 1, 2])
def test_shock__follows_its_law(family):
    values = drivers.shocks(np.int64(family), 1.5, 0.7, N, SEED)
    if family == 2:
        values, law = np.log(values / (1 - values)), LAWS[0]
    else:
        law = LAWS[family]
    assert law_within_luck(values, law.cdf)


@pytest.mark.statistical
def test_shock__the_test_above_can_fail():
    assert not law_within_luck(drivers.shocks(np.int64(0), 1.5, 0.7 * 1.02, N, SEED), LAWS[0].cdf)


@pytest.mark.statistical
def test_shock__a_rounding_interval_holds_its_share():
    values = drivers.shocks(np.int64(0), 1.5, 0.7, N, SEED)
    chance = math.exp(draws.log_interval(2.0, 0.5, 1.5, 0.7))
    assert within_luck(int(np.sum(np.abs(values - 2.0) < 0.5)), N, chance)
    assert not within_luck(int(np.sum(np.abs(values - 2.0) < 0.515)), N, chance)


def true_log_interval(low, high, mean, sd):
    """log of the mass between two bounds, by mpmath at high precision."""
    with mpmath.workprec(800):
        a, b = ((mpmath.mpf(end) - mean) / (mpmath.mpf(sd) * mpmath.sqrt(2)) for end in (low, high))
        if a > 0:
            mass = (mpmath.erfc(a) - mpmath.erfc(b)) / 2
        else:
            mass = (mpmath.erfc(-b) - mpmath.erfc(-a)) / 2
        return float(mpmath.log(mass))


@pytest.mark.plain
@pytest.mark.parametrize("middle", [0.0, 1e-3, 0.7, -2.5, 6.0, -20.0, 45.0, 300.0])
@pytest.mark.parametrize("half", [1e-9, 1e-4, 0.01, 0.3, 0.5, 1.0, 4.0, 40.0])
def test_log_interval__is_exact_near_and_far_narrow_and_wide(middle, half):
    got = draws.log_interval(middle, half, 0.0, 1.0)
    expected = true_log_interval(middle - half if abs(middle) < 1e6 else 0, middle + half, 0.0, 1.0)
    # The bounds themselves are rounded: middle +- half is off by 2^-53 of itself, hence the term in middle / half.
    slack = 1e-13 + 2e-16 * (abs(middle) / half if half < 0.5 else 0.0)
    assert got == pytest.approx(expected, rel=2e-14, abs=slack)


@pytest.mark.plain
@pytest.mark.parametrize(("x", "half"), [(3.0, 0.5), (0.4, 0.5), (2.0, 1e-6), (80.0, 1.0), (-1.0, 0.5)])
def test_log_interval__lognormal(x, half):
    low, high = x - half, x + half
    got = draws.log_interval_of(draws.LOGNORMAL, x, half, 1.1, 0.6)
    if high <= 0:
        assert got == -math.inf
    elif low <= 0:
        assert got == pytest.approx(stats.norm.logcdf((math.log(high) - 1.1) / 0.6), rel=1e-12)
    else:
        expected = stats.norm.logcdf((math.log(high) - 1.1) / 0.6)
        below = stats.norm.logcdf((math.log(low) - 1.1) / 0.6)
        assert got == pytest.approx(expected + math.log1p(-math.exp(below - expected)), rel=1e-7)


@pytest.mark.plain
@pytest.mark.parametrize(("x", "half"), [(0.3, 0.05), (0.02, 0.05), (0.98, 0.05), (0.5, 0.6), (1.5, 0.1)])
def test_log_interval__logit_normal(x, half):
    low, high = max(x - half, 0.0), min(x + half, 1.0)
    if low >= 1.0:
        assert draws.log_interval_of(draws.LOGIT_NORMAL, x, half, -0.4, 0.8) == -math.inf
        return

    def cdf(share):
        return (
            0.0
            if share <= 0
            else 1.0
            if share >= 1
            else stats.norm.cdf((math.log(share / (1 - share)) + 0.4) / 0.8)
        )

    got = draws.log_interval_of(draws.LOGIT_NORMAL, x, half, -0.4, 0.8)
    assert math.exp(got) == pytest.approx(cdf(high) - cdf(low), rel=1e-10)


@pytest.mark.plain
def test_log_interval__degenerate_spreads():
    assert draws.log_interval(2.0, 0.5, 2.3, 0.0) == 0.0
    assert draws.log_interval(2.0, 0.5, 2.6, 0.0) == -math.inf
    assert draws.log_interval(2.0, 0.0, 2.3, 1.0) == -math.inf
    assert math.isnan(draws.log_interval(math.nan, 0.5, 2.3, 1.0))


@pytest.mark.plain
@given(st.floats(-30, 30), st.floats(0.05, 3), st.floats(-5, 5), st.floats(0.1, 4))
def test_log_interval__neighbouring_intervals_add_up(x, half, mean, sd):
    whole = draws.log_interval(x, half, mean, sd)
    left = draws.log_interval(x - half / 2, half / 2, mean, sd)
    right = draws.log_interval(x + half / 2, half / 2, mean, sd)
    assert np.logaddexp(left, right) == pytest.approx(whole, abs=1e-9, rel=1e-12)
