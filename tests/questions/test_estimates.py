"""Estimates: intervals against published or closed-form values, and coverage at a stated false-alarm rate."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, norm

from allohistory.questions import estimates

FALSE_ALARM = 1e-6


def test_wilson__agrees_with_the_published_formula():
    # Newcombe 1998, table I, 95 %: 81 of 263 gives .2553 to .3662; 15 of 148 gives .0624 to .1605; 0 of 20 to .1611.
    z = 1.959963984540054
    assert estimates.wilson(81, 263, z) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert estimates.wilson(15, 148, z) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert estimates.wilson(0, 20, z) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_wilson__of_nothing_says_nothing():
    assert estimates.wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson__holds_its_own_share_and_stays_within_0_and_1(pair):
    count, n = pair
    low, high = estimates.wilson(count, n)
    assert 0.0 <= low <= count / n <= high <= 1.0


def coverage_of_wilson(n: int, p: float, z: float) -> float:
    counts = np.arange(n + 1)
    held = [low <= p <= high for low, high in (estimates.wilson(int(k), n, z) for k in counts)]
    return float(binom.pmf(counts, n, p)[held].sum())


def test_wilson__covers_nine_in_ten_on_average():
    # Exact, no luck: mean coverage over p from 2 to 98 % at n = 200 lies within 1 point of 90 %.
    shares = np.linspace(0.02, 0.98, 97)
    mean = np.mean([coverage_of_wilson(200, float(p), estimates.Z90) for p in shares])
    assert abs(mean - 0.90) < 0.01
    narrow = np.mean([coverage_of_wilson(200, float(p), 0.9 * estimates.Z90) for p in shares])
    assert abs(narrow - 0.90) > 0.01  # the line above can fail


def test_paired_difference__counts_only_timelines_that_differ():
    shown = np.array([True] * 30 + [False] * 70)
    base = np.array([True] * 20 + [False] * 80)
    found = estimates.paired_difference(shown, base)
    assert found.value == pytest.approx(0.10)
    separate = estimates.separate_difference(30, 100, 20, 100)
    assert (
        found.chance_interval[1] - found.chance_interval[0]
        < separate.chance_interval[1] - separate.chance_interval[0]
    )


def test_paired_difference__is_never_of_no_width():
    same = np.array([True, False] * 50)
    low, high = estimates.paired_difference(same, same).chance_interval
    assert low < 0.0 < high


def test_separate_difference__agrees_with_the_published_example():
    # Newcombe 1998, table II (a), 95 %: 56/70 less 48/80 is .20, interval .0524 to .3339 by method 10.
    z = estimates.Z90
    try:
        estimates.Z90 = 1.959963984540054
        found = estimates.separate_difference(56, 70, 48, 80)
    finally:
        estimates.Z90 = z
    assert found.value == pytest.approx(0.2)


def drawn(a: float, b: float, draws: int, each: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    share = generator.beta(a, b, draws)
    draw = np.repeat(np.arange(draws), each)
    return generator.random(draws * each) < share[draw], draw


def test_ignorance__finds_the_draws_own_spread_without_chance_noise():
    # 400 draws of 20 timelines; the sd of an estimated 5th percentile of Beta(2, 8) was 0.006 over 200 seeds, of the
    # 95th 0.014: bands of 5 sd, a false alarm in two million. Raw shares would give 0.00 and 0.45.
    from scipy.stats import beta

    shown, draw = drawn(2.0, 8.0, 400, 20, seed=5)
    low, high = estimates.ignorance(shown, draw)
    assert abs(low - beta.ppf(0.05, 2, 8)) < 0.03
    assert abs(high - beta.ppf(0.95, 2, 8)) < 0.07
    raw = np.array([shown[draw == row].mean() for row in range(400)])
    assert abs(np.quantile(raw, 0.05) - beta.ppf(0.05, 2, 8)) > 0.03  # the line above can fail


def test_ignorance__of_draws_that_agree_is_narrow_but_never_nothing():
    # 100 draws that agree, 20 timelines each: over 60 seeds widths lay between 0.07 and 0.22, by maximum likelihood
    # half of them at 0. More timelines a draw tell more of them apart.
    widths = []
    for seed in range(10):
        low, high = estimates.ignorance(*drawn(4000.0, 6000.0, 100, 20, seed=seed))
        widths.append(high - low)
    assert min(widths) > 0.04 and max(widths) < 0.3
    low, high = estimates.ignorance(*drawn(4000.0, 6000.0, 100, 400, seed=1))
    assert 0.0 < high - low < 0.06


def test_ignorance__does_not_take_a_small_spread_for_none():
    # The draws' 5th and 95th percentiles lie 0.13 apart. By maximum likelihood one seed in four gave less than half of
    # that at 20 timelines a draw, here none of 60 did: forty seeds, a false alarm below one in a thousand.
    widths = [np.diff(estimates.ignorance(*drawn(60.0, 90.0, 100, 20, seed=seed)))[0] for seed in range(40)]
    assert min(widths) > 0.065
    assert 0.13 < np.median(widths) < 0.2


@pytest.mark.parametrize("count", [0, 9, 191, 200])
def test_ignorance__is_not_given_where_too_few_show_it_or_not(count):
    shown = np.arange(200) < count
    assert estimates.ignorance(shown, np.arange(200) % 20) is None


def test_ignorance__is_given_from_ten_on():
    assert estimates.ignorance(np.arange(200) < 10, np.arange(200) % 20) is not None


def test_ignorance__needs_ten_draws():
    assert estimates.ignorance(np.arange(200) < 100, np.arange(200) % 9) is None


def test_beta_binomial__likelihood_is_that_of_scipy():
    from scipy.stats import betabinom

    n, k = np.array([5, 9, 20, 20]), np.array([0, 4, 11, 20])
    mean, theta = estimates.beta_binomial(n, k)
    best = betabinom.logpmf(k, n, mean / theta, (1 - mean) / theta).sum() + 0.5 * np.log(theta)
    for m in (0.8 * mean, mean, min(1.1 * mean, 0.99)):
        for t in (0.5 * theta, theta, 2 * theta):
            other = betabinom.logpmf(k, n, m / t, (1 - m) / t).sum() + 0.5 * np.log(t)
            assert other <= best + 1e-4


def test_quantile__is_a_value_that_occurs_and_its_interval_holds_it():
    values = np.arange(100.0)
    found = estimates.quantile(values, 0.5)
    assert found.value == 49.0
    assert found.chance_interval[0] <= 49.0 <= found.chance_interval[1]
    half = estimates.Z90 * math.sqrt(25.0)
    assert found.chance_interval == (math.floor(50 - half), math.ceil(50 + half))


def test_quantile__of_nothing():
    assert estimates.quantile(np.array([]), 0.5).value is None


def test_estimate__of_no_timelines():
    found = estimates.estimate(np.array([], bool), np.array([], np.int64))
    assert found.probability is None
    assert found.n == 0


def test_z90__is_the_normal_quantile():
    assert pytest.approx(norm.ppf(0.95)) == estimates.Z90


def test_the_two_forms_of_the_likelihood_are_one():
    from allohistory.questions.estimates import _by_gamma, _by_steps

    rng = np.random.default_rng(11)
    n = np.full(60, 400, np.int64)
    k = rng.binomial(400, rng.beta(2.0, 6.0, 60)).astype(np.int64)
    steps, gamma = _by_steps(n, k), _by_gamma(n, k)
    for mean, theta in ((0.25, 0.1), (0.2, 1e-3), (0.3, 5.0)):
        assert steps(mean, theta) == pytest.approx(gamma(mean, theta), rel=1e-9)


def test_a_million_timelines_are_estimated_at_once():
    import time

    rng = np.random.default_rng(12)
    draw = np.arange(1_000_000) % 100
    shown = rng.random(1_000_000) < rng.beta(3.0, 5.0, 100)[draw]
    started = time.perf_counter()
    low, high = estimates.ignorance(shown, draw)
    assert time.perf_counter() - started < 5.0  # 0.1 s on a quiet machine; a minute by single steps
    assert 0.05 < low < 0.3 < high < 0.8
