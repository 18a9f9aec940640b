"""Accuracy of our own arithmetic, in units in the last place, against mpmath at 200 bits."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allohistory.luck import arithmetic
from luck import drivers

pytestmark = pytest.mark.plain

BITS = 200
N = 1_500


def spread(low, high, slot, n=N):
    """n numbers spread evenly, by luck, between two bounds."""
    return low + (high - low) * drivers.uniforms(np.int64(20), n, np.int64(slot))


def small(lowest_exponent, slot, n=N):
    """n numbers between exp(lowest_exponent) and 1, evenly on the log scale."""
    return np.exp(spread(lowest_exponent, 0.0, slot, n))


def true_quantile(p):
    """Newton's method on the true cdf, from our own answer."""
    z = mpmath.mpf(float(arithmetic.normal_quantile(float(p))))
    for _ in range(3):
        density = mpmath.exp(-z * z / 2) / mpmath.sqrt(2 * mpmath.pi)
        z -= (mpmath.erfc(-z / mpmath.sqrt(2)) / 2 - p) / density
    return z


# name, number in drivers, truth, points, stated bound in units in the last place
CASES = {
    "exp": (
        drivers.EXP,
        mpmath.exp,
        lambda: np.concatenate([spread(-708, 709.7, 1), spread(-3, 3, 2), small(-40, 3), -small(-40, 4)]),
        1.0,
    ),
    "log": (
        drivers.LOG,
        mpmath.log,
        lambda: np.concatenate([spread(0, 1, 1), spread(0.5, 2, 2), np.exp(spread(-708, 709, 3))]),
        1.0,
    ),
    "expm1": (
        drivers.EXPM1,
        mpmath.expm1,
        lambda: np.concatenate([spread(-40, 709, 1), spread(-2, 2, 2), small(-40, 3), -small(-40, 4)]),
        1.0,
    ),
    "log1p": (
        drivers.LOG1P,
        mpmath.log1p,
        lambda: np.concatenate(
            [spread(-1, 0, 1), spread(-0.5, 4, 2), small(-40, 3), -small(-40, 4), np.exp(spread(0, 700, 5))]
        ),
        1.0,
    ),
    "normal quantile": (
        drivers.QUANTILE,
        true_quantile,
        lambda: np.concatenate([spread(0, 1, 1), small(-36, 2), 1 - small(-36, 3), 0.5 + small(-36, 4) / 4]),
        6.0,
    ),
    "normal cdf": (
        drivers.CDF,
        lambda z: mpmath.erfc(-z / mpmath.sqrt(2)) / 2,
        lambda: np.concatenate([spread(-37.5, 9, 1), spread(-5, 5, 2)]),
        8.0,
    ),
    "logistic": (
        drivers.LOGISTIC,
        lambda x: 1 / (1 + mpmath.exp(-x)),
        lambda: np.concatenate([spread(-700, 40, 1), spread(-5, 5, 2)]),
        3.0,
    ),
    "scaled tail": (
        drivers.TAIL,
        lambda z: mpmath.erfc(z / mpmath.sqrt(2)) / 2 * mpmath.exp(z * z / 2),
        lambda: np.concatenate([spread(0, 10, 1), np.exp(spread(-5, 6, 2))]),
        8.0,
    ),
}


def worst_error(got, points, truth):
    """The largest error in units in the last place, and where it lies."""
    worst, where = 0.0, math.nan
    with mpmath.workprec(BITS):
        for x, value in zip(points, got, strict=True):
            true = truth(mpmath.mpf(float(x)))
            error = float(abs(mpmath.mpf(float(value)) - true) / mpmath.mpf(math.ulp(float(true))))
            if error > worst:
                worst, where = error, float(x)
    return worst, where


@pytest.mark.parametrize("name", CASES)
def test_arithmetic__errors_lie_within_the_stated_bound(name):
    number, truth, points, bound = CASES[name]
    x = points()
    x = x[x != 1.0] if name in ("log", "normal quantile") else x
    worst, where = worst_error(drivers.one_function(number, x), x, truth)
    assert worst <= bound, f"{name}: {worst:.2f} units in the last place at {where!r}"


def test_arithmetic__the_test_above_can_fail():
    x = spread(-3, 3, 2, 400)
    worst, _ = worst_error(drivers.one_function(drivers.EXP, x) * (1 + 4e-16), x, mpmath.exp)
    assert worst > 1.0


INF = math.inf
SPECIAL = [
    ("exp", -INF, 0.0),
    ("exp", INF, INF),
    ("exp", 0.0, 1.0),
    ("exp", 710.0, INF),
    ("exp", -746.0, 0.0),
    ("exp", -745.0, 5e-324),
    ("log", 0.0, -INF),
    ("log", -0.0, -INF),
    ("log", 1.0, 0.0),
    ("log", INF, INF),
    ("log", 5e-324, -744.4400719213812),
    ("expm1", -INF, -1.0),
    ("expm1", INF, INF),
    ("expm1", 0.0, 0.0),
    ("log1p", -1.0, -INF),
    ("log1p", 0.0, 0.0),
    ("log1p", INF, INF),
    ("normal quantile", 0.0, -INF),
    ("normal quantile", 1.0, INF),
    ("normal quantile", 0.5, 0.0),
    ("normal cdf", -INF, 0.0),
    ("normal cdf", INF, 1.0),
    ("normal cdf", 0.0, 0.5),
    ("logistic", -INF, 0.0),
    ("logistic", INF, 1.0),
    ("logistic", 0.0, 0.5),
    ("scaled tail", INF, 0.0),
]
NOT_NUMBERS = [("log", -1.0), ("log1p", -2.0), ("normal quantile", -0.1), ("normal quantile", 1.1)]


@pytest.mark.parametrize(("name", "x", "answer"), SPECIAL)
def test_arithmetic__ends_and_special_values(name, x, answer):
    assert drivers.one_function(CASES[name][0], np.array([x]))[0] == answer


@pytest.mark.parametrize(("name", "x"), NOT_NUMBERS + [(name, math.nan) for name in CASES])
def test_arithmetic__nan_where_there_is_no_answer(name, x):
    assert math.isnan(drivers.one_function(CASES[name][0], np.array([x]))[0])


@given(st.floats(-745, 709), st.floats(-745, 709))
def test_exp__never_falls_as_its_argument_rises(a, b):
    low, high = drivers.one_function(drivers.EXP, np.array([min(a, b), max(a, b)]))
    assert low <= high


@given(st.floats(0, 700))
def test_expm1__a_chance_never_exceeds_its_hazard(h):
    """`week_fires` leans on this: 1 - exp(-h) <= h."""
    assert -drivers.one_function(drivers.EXPM1, np.array([-h]))[0] <= h


@given(st.floats(1e-300, 1.0, exclude_max=True))
def test_quantile__is_odd_about_one_half(p):
    below, above = drivers.one_function(drivers.QUANTILE, np.array([p, 1.0 - p]))
    if 1.0 - (1.0 - p) == p:
        assert below == -above


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=8))
def test_log_sum_exp__agrees_with_the_plain_sum(values):
    expected = math.log(math.fsum(math.exp(value) for value in values))
    got = arithmetic.log_sum_exp(np.array(values), len(values))
    assert got == pytest.approx(expected, abs=1e-13, rel=1e-13)


def test_log_sum_exp__closed_options_and_bad_ones():
    never = arithmetic.NEVER
    assert arithmetic.log_sum_exp(np.array([never, never]), 2) == never
    assert arithmetic.log_sum_exp(np.array([never, 3.0]), 2) == 3.0
    assert arithmetic.log_sum_exp(np.array([1000.0, 1000.0]), 2) == pytest.approx(1000.0 + math.log(2.0))
    assert arithmetic.log_sum_exp(np.array([1.0, math.inf]), 2) == math.inf
    assert math.isnan(arithmetic.log_sum_exp(np.array([1.0, math.nan]), 2))
    assert arithmetic.log_sum_exp(np.array([0.0, 1.0, 7.0]), 1) == 0.0  # only the first n count


def test_ratio__has_an_answer_where_division_has_none():
    assert arithmetic.ratio(1.0, 4.0, 9.0) == 0.25
    assert arithmetic.ratio(1.0, 0.0, 9.0) == 9.0
    assert arithmetic.ratio(1.0, -0.0, 9.0) == 9.0
