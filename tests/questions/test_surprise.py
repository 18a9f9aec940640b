"""Surprise: closed forms for each kind of change, mean before logarithm, nothing counted that never arose."""

from __future__ import annotations

import math

import numpy as np
import pytest

from allohistory.book.clashes import ResolvedChange
from allohistory.questions.surprise import parameter_tail, surprise


def of(kinds, chances, applied=None, bits=None, tails=()):
    chances = np.asarray(chances, float)
    applied = np.ones(chances.shape, int) if applied is None else np.asarray(applied)
    bits = np.zeros(chances.shape) if bits is None else np.asarray(bits, float)
    with np.errstate(divide="ignore"):
        return surprise(kinds, np.log(chances), bits, applied, tails)


def test_mean_comes_first_and_the_logarithm_after():
    # Chances 1/2 and 1/8: mean 5/16, so 1.68 bits; the mean of the logarithms would be 2 bits.
    assert of(["choice"], [[0.5], [0.125]]).bits == pytest.approx(-math.log2(5 / 16))


def test_several_items_are_one_product():
    found = of(["choice", "clock-fires"], [[0.5, 0.1], [0.1, 0.5]])
    assert found.bits == pytest.approx(-math.log2(0.05))


def test_an_occasion_that_never_arose_counts_nothing():
    found = of(["choice"], [[0.5], [1.0]], applied=[[1], [0]])
    assert found.bits == pytest.approx(2.0)
    assert found.applied == (0.5,)


def test_silence_where_nothing_was_at_risk_is_certain():
    assert of(["clock-never"], [[1.0], [1.0]], applied=[[0], [0]]).bits == pytest.approx(0.0)


def test_what_the_rules_hold_impossible_is_infinite():
    assert of(["choice"], [[0.0], [0.0]]).bits == math.inf


def test_a_change_of_state_is_outside_the_rules():
    found = of(["variable"], [[1.0]])
    assert found.bits is None
    assert found.outside


def test_state_beside_a_choice_leaves_the_choice_its_bits():
    found = of(["variable", "choice"], [[1.0, 0.25]])
    assert found.bits == pytest.approx(2.0)
    assert found.outside


def test_relative_entropy_is_added():
    assert of(["choice", "clock-scale"], [[0.5, 1.0]], bits=[[0.0, 0.7]]).bits == pytest.approx(1.7)


def test_parameter_tails_are_added():
    assert of(["parameter"], [[1.0]], tails=[0.25]).bits == pytest.approx(2.0)


def test_tiny_chances_do_not_underflow():
    assert of(["choice"] * 3, [[1e-200, 1e-200, 1e-200]]).bits == pytest.approx(600 * math.log2(10))


def change(value: float, operation: str) -> ResolvedChange:
    return ResolvedChange(text="", kind="parameter", target="a.b", value=value, operation=operation)


def test_parameter_tail__of_the_median_is_nothing_special_and_of_an_extreme_the_smallest():
    draws = np.arange(99.0)
    assert parameter_tail(change(49.0, "="), draws) == pytest.approx(1.0, abs=0.02)
    assert parameter_tail(change(1000.0, "="), draws) == pytest.approx(0.01)
    assert parameter_tail(change(-5.0, "="), draws) == pytest.approx(0.01)
    assert parameter_tail(change(97.0, "="), draws) == pytest.approx(
        0.05
    )  # 97 and 98 lie as far out; two-sided


def test_parameter_tail__of_a_factor_is_the_mean_over_draws():
    draws = np.linspace(1.0, 2.0, 99)
    assert parameter_tail(change(10.0, "*="), draws) == pytest.approx(0.01)
    assert parameter_tail(change(0.0, "+="), draws) > 0.4
