import math
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from allohistory.book.priors import (
    bounded,
    draw,
    numbers_of,
    override,
    overrides,
    prior_problem,
    quantile,
    words,
)
from allohistory.book.tables import Prior
from allohistory.errors import AllohistoryError

normal = NormalDist().inv_cdf
shares = st.floats(0.001, 0.999)


def prior(family, **numbers):
    return Prior(family, numbers)


@pytest.mark.parametrize(
    ("given_prior", "reference"),
    [
        (prior("normal", mean=-1.9, sd=0.8), stats.norm(-1.9, 0.8)),
        (prior("lognormal", median=0.02, sigma=0.5), stats.lognorm(0.5, scale=0.02)),
        (prior("beta", a=2.0, b=5.0), stats.beta(2.0, 5.0)),
        (prior("uniform", low=-1.0, high=3.0), stats.uniform(-1.0, 4.0)),
    ],
)
@pytest.mark.parametrize("v", [0.001, 0.025, 0.5, 0.9, 0.999])
def test_quantiles_agree_with_another_implementation(given_prior, reference, v):
    assert quantile(given_prior, v, normal) == pytest.approx(reference.ppf(v), rel=1e-9)


@given(st.floats(0.05, 0.95), st.floats(0.01, 0.2), st.sampled_from(["beta", "lognormal"]))
def test_mean_and_sd_are_kept_whatever_the_family(mean, sd, family):
    first, second = numbers_of(prior(family, mean=mean, sd=sd))
    reference = stats.beta(first, second) if family == "beta" else stats.lognorm(second, scale=first)
    assert reference.mean() == pytest.approx(mean, rel=1e-6)
    assert reference.std() == pytest.approx(sd, rel=1e-6)


@given(shares, shares, st.sampled_from(["normal", "lognormal", "beta", "uniform"]))
def test_quantiles_rise(one, other, family):
    held = {
        "normal": prior("normal", mean=1.0, sd=2.0),
        "lognormal": prior("lognormal", median=1.0, sigma=2.0),
        "beta": prior("beta", mean=0.3, sd=0.1),
        "uniform": prior("uniform", low=0.0, high=1.0),
    }[family]
    low, high = sorted([one, other])
    assert quantile(held, low, normal) <= quantile(held, high, normal)


def test_the_given_arithmetic_is_used():
    assert quantile(prior("normal", mean=1.0, sd=2.0), 0.3, lambda v: 10 * v) == 1.0 + 2.0 * 3.0
    assert quantile(prior("lognormal", median=3.0, sigma=2.0), 0.5, normal, exp=lambda x: x + 7.0) == 21.0


def test_draws_stay_within_hard_bounds(book):
    share, base = book.parameters["common.share"], book.parameters["border.incident.per_week"]
    assert bounded(share, 1.5) == 1.0
    assert bounded(share, -0.5) == 0.0
    assert bounded(base, 1e9) == 1e9
    assert draw(base, 0.5, normal) == pytest.approx(0.02)
    assert 0.0 < draw(share, 0.5, normal) < 1.0


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (prior("normal", mean=0.3, sd=0.1), "about 0.30, nineteen in twenty between 0.10 and 0.50"),
        (
            prior("lognormal", median=0.02, sigma=0.5),
            "about 0.020, nineteen in twenty between 0.0075 and 0.053",
        ),
        (prior("uniform", low=0.0, high=1000.0), "about 500, nineteen in twenty between 25 and 980"),
        (prior("normal", mean=0.0, sd=1.0), "about 0, nineteen in twenty between -2.0 and 2.0"),
        (prior("normal", mean=1e9, sd=1.0), "about 1e+09, nineteen in twenty between 1e+09 and 1e+09"),
    ],
)
def test_a_prior_in_words(held, expected):
    assert words(held) == expected


def test_words_may_name_the_unit():
    assert words(prior("uniform", low=1.0, high=3.0), "divisions").startswith("about 2.0 divisions, nineteen")


@pytest.mark.parametrize(
    ("held", "problem"),
    [
        (prior("normal", mean=0.0, sd=0.0), "sd must be above 0, not 0"),
        (prior("lognormal", median=-1.0, sigma=1.0), "median must be above 0, not -1"),
        (prior("lognormal", mean=-1.0, sd=1.0), "a lognormal's mean must be above 0, not -1"),
        (prior("beta", a=0.0, b=1.0), "a must be above 0, not 0"),
        (prior("beta", mean=1.2, sd=0.1), "a beta's mean must lie between 0 and 1, not at 1.2"),
        (prior("beta", mean=0.5, sd=0.6), "a beta with mean 0.5 has an sd below 0.5, not 0.6"),
        (prior("uniform", low=1.0, high=1.0), "low 1 is not below high 1"),
        (prior("normal", mean=math.inf, sd=1.0), "a prior's numbers must be finite"),
        (prior("normal", mean=0.0, sd=1.0), None),
    ],
)
def test_what_is_wrong_with_a_prior(held, problem):
    assert prior_problem(held) == problem


def test_a_users_prior_keeps_the_family(book):
    base = override(book.parameters["border.incident.per_week"], {"mean": 0.05, "sd": 0.02})
    assert base.family == "lognormal"
    first, second = numbers_of(base)
    assert stats.lognorm(second, scale=first).mean() == pytest.approx(0.05)
    spread = override(book.parameters["harvest.japan.spread"], {"mean": 1, "sd": 0.1})
    assert spread.family == "uniform"
    low, high = numbers_of(spread)
    assert stats.uniform(low, high - low).std() == pytest.approx(0.1)
    other = override(book.parameters["harvest.japan.spread"], {"family": "normal", "mean": 1, "sd": 0.1})
    assert other.family == "normal"
    assert overrides(book, {"common.share": {"mean": 0.5, "sd": 0.1}})["common.share"].family == "beta"


@pytest.mark.parametrize(
    ("given_priors", "where", "problem", "closest"),
    [
        ({"common.shar": {}}, "[priors]", 'there is no parameter "common.shar"', "common.share"),
        ({"common.share": 3}, "[priors]: common.share", "expected {mean = ..., sd = ...}", None),
        (
            {"common.share": {"mean": 0.3}},
            "[priors]: common.share",
            "a beta prior is given by a and b or mean and sd",
            None,
        ),
        (
            {"common.share": {"mean": "x", "sd": 1}},
            "[priors]: common.share",
            "expected a number",
            None,
        ),
        (
            {"common.share": {"mean": 3, "sd": 1}},
            "[priors]: common.share",
            "a beta's mean must lie between 0 and 1, not at 3",
            None,
        ),
        (
            {"common.share": {"family": "betta", "mean": 0.3, "sd": 0.1}},
            "[priors]: common.share",
            '"betta" is not a family of priors',
            "beta",
        ),
        ([], "[priors]", "expected a table: parameter = {mean = ..., sd = ...}", None),
    ],
)
def test_a_users_prior_that_cannot_be(book, given_priors, where, problem, closest):
    with pytest.raises(AllohistoryError) as caught:
        overrides(book, given_priors)
    assert (caught.value.where, caught.value.problem, caught.value.closest) == (where, problem, closest)
