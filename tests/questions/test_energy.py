"""Energy distance: closed forms, another library in one dimension, and points that it must tell apart."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import energy_distance

from allohistory.questions.energy import apart, of_members, scaled, to_sample


def test_a_point_between_two_others__by_hand():
    # D^2 = 2 mean|x - y| - mean|y - y'|; over {0, 1} the second mean is 1/2.
    sample = np.array([[0.0], [1.0]])
    points = np.array([[0.5], [0.0], [3.0]])
    wanted = [math.sqrt(2 * 0.5 - 0.5), math.sqrt(2 * 0.5 - 0.5), math.sqrt(2 * 2.5 - 0.5)]
    assert to_sample(points, sample) == pytest.approx(wanted)


def test_in_the_plane__by_hand():
    # A square of side 2 and its middle: sqrt 2 to each corner; within it 4 of 16 pairs are 0, 8 are 2, 4 are 2 sqrt 2.
    corners = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
    within = (8 * 2 + 4 * 2 * math.sqrt(2)) / 16
    assert to_sample(np.zeros((1, 2)), corners)[0] == pytest.approx(math.sqrt(2 * math.sqrt(2) - within))


def test_a_sample_that_lies_on_the_point_is_no_distance_away():
    assert to_sample(np.full((1, 3), 7.0), np.full((5, 3), 7.0))[0] == 0.0


def test_in_one_dimension_it_is_that_of_scipy():
    rng = np.random.default_rng(1)
    sample, points = rng.gamma(2.0, size=40), rng.normal(size=5)
    wanted = [energy_distance([point], sample) for point in points]
    assert to_sample(points[:, None], sample[:, None]) == pytest.approx(wanted)


def test_a_member_is_held_against_the_others_only():
    sample = np.random.default_rng(2).normal(size=(30, 4))
    wanted = [to_sample(sample[i : i + 1], np.delete(sample, i, axis=0))[0] for i in range(len(sample))]
    assert of_members(sample) == pytest.approx(wanted)


def test_far_from_the_origin_no_figure_is_lost():
    sample = np.random.default_rng(3).normal(size=(10, 2))
    assert apart(sample + 1e6, sample + 1e6) == pytest.approx(apart(sample, sample), abs=1e-7)


def test_a_shifted_point_lies_outside_and_a_drawn_one_seldom():
    """400 drawn points, 5 in 100 farther out than 95 of 100 members: 20, standard deviation 4.4 (false alarm 1e-5)."""
    rng = np.random.default_rng(4)
    sample = rng.normal(size=(400, 10))
    edge = np.quantile(of_members(sample), 0.95)
    drawn = to_sample(rng.normal(size=(400, 10)), sample)
    assert abs((drawn > edge).sum() - 20) < 4.5 * math.sqrt(400 * 0.05 * 0.95) + 5
    assert (to_sample(rng.normal(size=(50, 10)) + 1.5, sample) > edge).mean() > 0.8


def test_a_series_counts_in_units_of_its_own_spread():
    rng = np.random.default_rng(5)
    members = rng.normal(size=(200, 3, 2)) * [1.0, 1000.0]
    rows = scaled(members, members).reshape(200, 3, 2)
    assert rows.std(axis=0).mean(axis=0) == pytest.approx([1.0, 1.0], rel=0.02)


def test_a_series_that_never_varies_counts_only_where_it_is_off():
    members = np.zeros((5, 2, 1))
    assert scaled(members, members).sum() == 0.0
    assert scaled(members + 2.0, members).tolist() == [[2.0, 2.0]] * 5
