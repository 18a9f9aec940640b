"""A user's own priors by weights: against a run under them, against arithmetic; refused where too few draws weigh."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

import allohistory
from allohistory.book.priors import override
from allohistory.book.tables import Prior
from allohistory.errors import AllohistoryError
from allohistory.questions.estimates import estimate, quantile
from allohistory.questions.question import Question
from allohistory.questions.weights import log_density, weighted_position, weights_for, worth

HARD = "capital.answers.hard"
MANY = 6000


@pytest.fixture
def war(small):
    return allohistory.scenario("smallwar")


def under(mean, sd=0.6, **more):
    priors = {HARD: {"mean": mean, "sd": sd}}
    return Question(scenario="smallwar", priors=priors, timelines=MANY, outcomes=("war",), **more)


def test_weighted_timelines_agree_with_a_run_under_the_new_prior(war):
    """Five standard errors of both together: one false alarm in 1.7 million, were the errors normal."""
    weighted, anew = war.answer(under(-2.6)), war.answer(under(-2.6, fresh_draws=True))
    plain = war.ask(timelines=MANY, outcomes="war")
    shares = [one.outcomes["war"].chosen.probability for one in (weighted, anew, plain)]
    low, high = weighted.outcomes["war"].chosen.chance_interval
    error = math.hypot((high - low) / 3.29, error_of_draws(war, anew))
    assert abs(shares[0] - shares[1]) < 5.0 * error
    assert min(shares[:2]) > shares[2] + 0.02  # and the prior does move it


def error_of_draws(war, answer):
    """The standard error of a plain answer, the choice of its draws counted as chance."""
    columns = answer._work.changed
    from allohistory.questions.columns import asked_of

    shown = columns.read(asked_of("war", columns.model)).shown
    return worth(shown, columns.draw, np.ones(len(shown)))[1]


def test_the_wrong_weights_would_be_found_out(war):
    """The companion with a planted error: weights turned upside down lie beyond the same bound."""
    weighted, anew = war.answer(under(-2.0)), war.answer(under(-2.0, fresh_draws=True))
    columns = weighted._work.changed
    columns.weights = replace(columns.weights, by_draw=1.0 / np.maximum(columns.weights.by_draw, 1e-3))
    from allohistory.questions.columns import asked_of

    shown = columns.read(asked_of("war", columns.model)).shown
    share, error = worth(shown, columns.draw, columns.weight)
    assert abs(share - anew.outcomes["war"].chosen.probability) > 5.0 * math.hypot(
        error, error_of_draws(war, anew)
    )


def test_the_answer_says_how_many_draws_carry_it(war):
    answer = war.answer(under(-2.6))
    held = answer.as_dict()["weighted"]
    assert held["draws"] == 100
    assert 10.0 < held["effective_draws"] < 100.0
    assert any("draws of equal weight" in line for line in answer.restated)
    assert "priors" not in answer.address_example[0]  # the timelines are the book's own


def test_the_same_prior_weighs_nothing(war):
    kept = war.parameters[HARD].prior.numbers
    question = Question(scenario="smallwar", priors={HARD: dict(kept)}, timelines=400, outcomes=("war",))
    same, plain = war.answer(question), war.ask(timelines=400, outcomes="war")
    assert same.outcomes["war"].chosen.probability == pytest.approx(plain.outcomes["war"].chosen.probability)
    assert same.as_dict()["weighted"]["effective_draws"] == pytest.approx(100.0)


def test_too_few_draws_are_warned_of_and_then_refused(war):
    far = war.answer(under(-4.7, sd=0.3))
    assert far.as_dict()["weighted"]["effective_draws"] < 10.0
    assert any("effective draws carry the answer" in text for text in far.head.warnings)
    with pytest.raises(AllohistoryError, match="too far from the book's own") as refused:
        war.answer(under(4.0, sd=0.2))
    assert "--draws fresh" in refused.value.see
    assert war.answer(under(4.0, sd=0.2, fresh_draws=True)).outcomes["war"].chosen.probability > 0.5


def test_fresh_draws_need_a_prior():
    with pytest.raises(AllohistoryError, match="none are given"):
        Question(fresh_draws=True)


@pytest.mark.parametrize("family", ["normal", "lognormal", "beta", "uniform"])
def test_weights_are_the_ratio_of_densities(war, family):
    """The mean ratio over draws from the old law is 1: within five of its errors (one false alarm in 1.7 million)."""
    base = war.parameters[HARD]
    old = {
        "normal": Prior("normal", {"mean": 0.4, "sd": 0.2}),
        "lognormal": Prior("lognormal", {"median": 0.4, "sigma": 0.5}),
        "beta": Prior("beta", {"a": 4.0, "b": 6.0}),
        "uniform": Prior("uniform", {"low": 0.0, "high": 1.0}),
    }[family]
    parameter = replace(base, prior=old, low=0.15, high=0.9)
    new = replace(parameter, prior=override(replace(parameter), {"mean": 0.45, "sd": 0.15}))
    from allohistory.questions.weights import law_of

    values = np.clip(law_of(parameter).rvs(20_000, random_state=7), 0.15, 0.9)
    ratio = np.exp(log_density(new, values) - log_density(parameter, values))
    assert abs(ratio.mean() - 1.0) < 5.0 * ratio.std() / math.sqrt(len(ratio))
    assert ratio.std() > 0.05


def test_equal_weights_give_the_plain_numbers():
    rng = np.random.default_rng(5)
    draw = np.repeat(np.arange(50), 40)
    shown = rng.random(2000) < rng.beta(3.0, 5.0, 50)[draw]
    plain, weighted = estimate(shown, draw), estimate(shown, draw, np.full(2000, 2.5))
    assert weighted.probability == pytest.approx(plain.probability)
    assert weighted.ignorance_interval == pytest.approx(plain.ignorance_interval, abs=0.01)
    assert weighted.chance_interval[0] < plain.chance_interval[0]  # the draws are counted as chance too
    values = rng.normal(size=2001)
    assert quantile(values, 0.5, np.ones(2001)).value == quantile(values, 0.5).value
    assert weighted_position(np.array([1.0, 1.0, 98.0]), 0.5) == 2


def test_what_all_timelines_show_has_a_narrow_interval():
    draw, weight = np.repeat(np.arange(20), 10), np.repeat(np.linspace(0.1, 1.9, 20), 10) / 3.0
    low, high = estimate(np.ones(200, bool), draw, weight).chance_interval
    assert high == 1.0
    assert low > 0.97


def test_no_priors_no_weights(war):
    assert weights_for(Question(scenario="smallwar"), war.model) is None
