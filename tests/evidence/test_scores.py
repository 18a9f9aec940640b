"""Brier and log scores, clustered errors and calibration by hand."""

from __future__ import annotations

import numpy as np
import pytest

from allohistory.evidence.scores import (
    Difference,
    all_options,
    brier_scores,
    calibration,
    clustered_error,
    compared,
    log_scores,
    mean,
    moving,
    verdict,
)

CHANCE = np.array([[0.7, 0.3, 0.0], [0.2, 0.5, 0.3], [1.0, 0.0, 0.0]])
TOOK = np.array([0, 2, 1])


def test_scores__log_scores_by_hand_and_never_beyond_the_floor():
    assert log_scores(CHANCE, TOOK, 1e-4) == pytest.approx([-np.log(0.7), -np.log(0.3), -np.log(1e-4)])


def test_scores__brier_scores_by_hand():
    three = 0.5 * (0.2**2 + 0.5**2 + 0.7**2)
    assert brier_scores(CHANCE, TOOK) == pytest.approx([0.3**2, three, 1.0])


def test_scores__a_clustered_error_by_hand():
    values, weights = np.array([1.0, 3.0, 2.0, 6.0]), np.array([1.0, 1.0, 2.0, 1.0])
    years = np.array([1935, 1935, 1936, 1937])
    middle = (1.0 + 3.0 + 4.0 + 6.0) / 5.0
    away = [(1.0 - middle) + (3.0 - middle), 2.0 * (2.0 - middle), 6.0 - middle]
    expected = np.sqrt(3.0 / 2.0 * sum(one**2 for one in away)) / 5.0
    assert mean(values, weights) == pytest.approx(middle)
    assert clustered_error(values, weights, years) == pytest.approx(expected)
    assert clustered_error(values[:3], weights[:3], years[:3]) is None  # two years tell nothing


def test_scores__a_cluster_each_is_the_ordinary_standard_error():
    values = np.random.default_rng(1).normal(size=400)
    ordinary = values.std(ddof=1) / np.sqrt(400)
    assert clustered_error(values, np.ones(400), np.arange(400)) == pytest.approx(ordinary)


def test_scores__a_comparison_is_paired_by_item():
    logs = {"rules": np.array([0.1, 0.2, 0.6]), "other": np.array([0.4, 0.1, 0.7])}
    one = compared("x", logs, logs, np.array([1.0, 1.0, 2.0]), np.array([1, 2, 3]), "rules")
    assert one.scores["rules"].log == pytest.approx((0.1 + 0.2 + 1.2) / 4.0)
    assert one.against["other"].log == pytest.approx((-0.3 + 0.1 - 0.2) / 4.0)
    assert set(one.against) == {"other"} and one.years == 3 and one.weight == 4.0


def test_scores__the_calibration_curve_counts_every_open_option():
    is_open = np.array([[True, True, False], [True, True, True]])
    said, came, item = all_options(CHANCE[:2], is_open, TOOK[:2])
    weights, years = np.array([1.0, 0.5])[item], np.array([1, 2])[item]
    low, high = calibration(said, came, weights, years, (0.0, 0.4, 1.0))
    assert (low.n, high.n) == (3, 2)
    assert low.said == pytest.approx((0.3 + 0.5 * 0.2 + 0.5 * 0.3) / 2.0)
    assert low.came == pytest.approx(0.5 / 2.0)
    assert high.said == pytest.approx((0.7 + 0.5 * 0.5) / 1.5)
    assert high.came == pytest.approx(1.0 / 1.5)


def test_scores__anything_but_stillness():
    said, came = moving(CHANCE, np.array([0, 1, 0]), TOOK)
    assert said == pytest.approx([0.3, 0.5, 0.0]) and came.tolist() == [0.0, 1.0, 1.0]


def curve_of(bent: float) -> list[float]:
    """By how many standard errors what came differs from what was said, a bin each; 20,000 forecasts.

    bent   what came true is as likely as was said to this power: 1 where the forecasts are right
    """
    luck = np.random.default_rng(2)
    said = luck.uniform(size=20_000)
    came = (luck.uniform(size=said.size) < said**bent).astype(float)
    edges = tuple(np.linspace(0.0, 1.0, 11))
    bins = calibration(said, came, np.ones(said.size), np.arange(said.size), edges)
    assert len(bins) == 10
    return [abs(one.came - one.said) / (one.error or np.nan) for one in bins]


@pytest.mark.statistical
def test_scores__forecasts_that_are_right_lie_on_the_curve():
    assert max(curve_of(1.0)) < 4.0  # false alarm: 1 in 15,000 a bin, ten bins


@pytest.mark.statistical
def test_scores__forecasts_that_are_wrong_do_not():
    assert max(curve_of(1.3)) > 4.0


def test_scores__a_verdict_needs_years_and_size():
    assert verdict(Difference(0.3, 0.1, 0.0, None), 1.645) == "worse"
    assert verdict(Difference(-0.3, 0.1, 0.0, None), 1.645) == "better"
    assert verdict(Difference(0.1, 0.1, 0.0, None), 1.645) == "behind, not told apart"
    assert verdict(Difference(-0.1, 0.1, 0.0, None), 1.645) == "ahead, not told apart"
    assert verdict(Difference(0.3, None, 0.0, None), 1.645) == "too few years"
    assert verdict(Difference(0.0, None, 0.0, None), 1.645) == "the same"
