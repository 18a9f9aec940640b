"""Sensitivity: estimators against closed forms, false finds counted, a planted error found; the kept study is whole."""

from __future__ import annotations

import math

import numpy as np
import pytest

from allohistory.evidence import mind, structure
from allohistory.evidence.by_address import normals, resampled, shuffled, uniforms
from allohistory.evidence.coordinates import Coordinates
from allohistory.evidence.posterior import read_learnt
from allohistory.evidence.sensitivity import believed, discoveries, false_alarms, scores, share, slopes
from allohistory.luck.address import uniform
from allohistory.timeline.model import load
from smallwar_model import small_model

N = 20_000


def probit(z, luck, weights):
    """A 0/1 outcome with known shares: it happens where a weighted sum of normal numbers and of luck is above 0."""
    return ((z @ weights + luck) > 0.0).astype(float)


@pytest.fixture(scope="module")
def samples():
    rng = np.random.default_rng(3)
    weights = np.array([1.0, 0.5, 0.0])
    z_a, z_b = rng.standard_normal((2, N, 3))
    luck_a, luck_b = rng.standard_normal((2, N))
    return weights, z_a, z_b, luck_a, luck_b


def correlated(share_of_variance):
    """The closed form of a first-order share at p = 1/2: (P(both) - 1/4) / (1/4) for a correlated normal pair."""
    return math.asin(share_of_variance) * 2.0 / math.pi


@pytest.mark.parametrize("column", [0, 1, 2])
def test_shares_agree_with_the_closed_form(samples, column):
    """Five bootstrap errors: one false alarm in 1.7 million a figure."""
    weights, z_a, z_b, luck_a, luck_b = samples
    mixed = z_a.copy()
    mixed[:, column] = z_b[:, column]
    y = [probit(z, luck, weights) for z, luck in ((z_a, luck_a), (z_b, luck_b), (mixed, luck_a))]
    found = share(*y, seed=1)
    whole = float(weights @ weights) + 1.0
    own = weights[column] ** 2 / whole
    for value, (low, high), expected in (
        (found.first, found.first_interval, correlated(own)),
        (found.total, found.total_interval, 1.0 - correlated(1.0 - own)),
    ):
        error = max((high - low) / 3.29, 1e-9)
        assert abs(value - expected) < 5.0 * error + 1e-12
    if column == 2:
        assert found.total == 0.0  # what moves nothing has a total of exactly nothing


def test_a_swapped_group_would_be_found_out(samples):
    """The companion with a planted error: column 1 frozen in place of column 0 is off by more than the same bound."""
    weights, z_a, z_b, luck_a, luck_b = samples
    mixed = z_a.copy()
    mixed[:, 1] = z_b[:, 1]
    found = share(
        probit(z_a, luck_a, weights), probit(z_b, luck_b, weights), probit(mixed, luck_a, weights), seed=1
    )
    expected = 1.0 - correlated(1.0 - 1.0 / 2.25)
    low, high = found.total_interval
    assert abs(found.total - expected) > 5.0 * (high - low) / 3.29


def test_slopes_agree_with_the_closed_form(samples):
    """dP/dmu of a probit in the middle is w / sqrt(2 pi (1 + |w|^2)); five errors, one false alarm in 1.7 million."""
    weights, z_a, _, luck_a, _ = samples
    slope, error = scores(z_a, probit(z_a, luck_a, weights))
    expected = weights / math.sqrt(2.0 * math.pi * 2.25)
    assert np.all(np.abs(slope - expected) < 5.0 * error)
    ranked = slopes(("a", "b", "c"), z_a, probit(z_a, luck_a, weights))
    assert [one.parameter for one in ranked] == ["a", "b", "c"]
    assert [one.found for one in ranked[:2]] == [True, True]


def test_false_finds_are_rare_where_nothing_matters():
    """Of 200 tries with 300 idle parameters at most a tenth find any on the mean; beyond .2 is 4.7 errors away."""
    rng = np.random.default_rng(8)
    found = [discoveries(rng.standard_normal(300), 0.1).any() for _ in range(200)]
    assert np.mean(found) < 0.2
    z, y = rng.standard_normal((500, 300)), (rng.random(500) < 0.3).astype(float)
    assert false_alarms(z, y, seed=2, shuffles=50) < 1.0


def test_a_moved_prior_by_weights_is_the_prior_moved():
    """The weighted probability against the closed form: five errors, one false alarm in 1.7 million."""
    rng = np.random.default_rng(4)
    z, luck = rng.standard_normal((2, N))
    y = (z + luck > 1.0).astype(float)
    for by in (-1.0, 0.5, 1.0):
        probability, error, rows = mind.moved(z, y, by)
        expected = 0.5 * math.erfc((1.0 - by) / 2.0)
        assert abs(probability - expected) < 5.0 * error
        assert rows < N
    half, double = mind.shifts(z, y)
    wanted = mind.aims(float(y.mean()))
    for one in (half, double):
        assert one.spreads is not None
        assert abs(0.5 * math.erfc((1.0 - one.spreads) / 2.0) - wanted[one.aim]) < 0.02
    assert half.spreads < 0.0 < double.spreads


def test_what_moves_nothing_changes_no_mind():
    rng = np.random.default_rng(4)
    z, y = rng.standard_normal(N), (rng.random(N) < 0.3).astype(float)
    assert [one.spreads for one in mind.shifts(z, y)] == [None, None]


def test_structure_parameters_and_chance_are_told_apart():
    """Planted: each alone decides, and the others' shares vanish (parameters: within chance of a few hundredths)."""
    rng = np.random.default_rng(6)
    shape = (8, 5, 200)
    by_draw = np.broadcast_to(rng.random(200) < 0.4, shape).astype(float)
    by_timeline = np.broadcast_to(rng.random((1, 5, 200)) < 0.4, shape).astype(float)
    by_convention = np.broadcast_to((np.arange(8) < 3)[:, None, None], shape).astype(float)
    assert structure.split(by_draw).parameters == pytest.approx(1.0, abs=0.02)
    assert structure.split(by_draw).structure == structure.split(by_draw).chance == 0.0
    assert structure.split(by_timeline).chance == pytest.approx(1.0, abs=0.05)
    assert structure.split(by_timeline).parameters < 0.1
    assert structure.split(by_timeline).structure == 0.0
    assert structure.split(by_convention).structure == pytest.approx(8.0 / 7.0)
    assert structure.split(by_convention).chance == 0.0


def test_luck_of_the_study_has_addresses():
    """The same uniforms as the engine's, one by one; and as many of each as asked."""
    held = uniforms(9, 2, 77, 40)
    for place in (0, 1, 39):
        at = [np.int64(number) for number in (9, 3, 77, place, 2, 0)]
        assert held[place] == float(uniform(*at))
    assert normals(1, 0, range(3), 5).shape == (3, 5)
    assert sorted(shuffled(1, 4, 0, 50)) == list(range(50))
    rows = resampled(1, 3, 20, 30)
    assert rows.shape == (20, 30)
    assert rows.min() >= 0
    assert rows.max() < 30


def test_believed__is_the_posterior_where_one_is_kept_and_else_the_prior():
    model = load("soviet-japanese-war")
    middle, spread, learnt = believed(model, Coordinates(model.book))
    rows = read_learnt(model)[0]
    assert learnt
    assert (list(middle), list(spread)) == (
        [rows[id].shift for id in model.book.parameters],
        [rows[id].spread for id in model.book.parameters],
    )
    middle, spread, learnt = believed(small_model(), Coordinates(small_model().book))
    assert (learnt, set(middle), set(spread)) == (False, {0.0}, {1.0})
