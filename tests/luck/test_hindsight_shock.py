"""Shocks with hindsight: location and scale move, luck stays."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from allohistory.luck import hindsight
from bands import law_within_luck
from luck import drivers

pytestmark = pytest.mark.property(n=3)

SEED = np.int64(15)
N = 100_000
FAMILIES = [np.int64(i) for i in range(3)]
FAST, SLOW = np.int64(1), np.int64(0)
MEAN, SD = st.floats(-5, 5), st.floats(0.01, 3)


def value_of(family, y):
    return [y, math.exp(y), 1 / (1 + math.exp(-y))][int(family)]


def own_scale(family, x):
    return [x, math.log(x) if x > 0 else math.nan, math.log(x / (1 - x)) if 0 < x < 1 else math.nan][
        int(family)
    ]


@pytest.mark.plain
@given(st.sampled_from(FAMILIES), st.floats(-4, 4), MEAN, SD, MEAN, SD)
def test_shock__the_standardised_luck_is_kept(family, z, mf, sf, m, s):
    x = value_of(family, max(-20.0, min(20.0, mf + sf * z)))
    carried = float(drivers.carried_shocks(family, np.array([x]), mf, sf, m, s, FAST)[0])
    expected = m + s * (own_scale(family, x) - mf) / sf
    if family != 2 or abs(expected) < 12:
        # Digits of x are lost on the own scale: a share near 1, or a log magnified by s / sf.
        slack = 1e-12 * (1 + s / sf) * (math.exp(abs(own_scale(family, x))) if family == 2 else 1.0)
        assert own_scale(family, carried) == pytest.approx(expected, abs=slack + 1e-9, rel=1e-12)


@pytest.mark.plain
@given(st.sampled_from(FAMILIES), st.floats(0.001, 0.999), MEAN, SD)
def test_shock__null_is_exact_with_and_without_the_short_cut(family, x, mean, sd):
    for fast in (FAST, SLOW):
        assert drivers.carried_shocks(family, np.array([x]), mean, sd, mean, sd, fast)[0] == x


@pytest.mark.plain
@given(
    st.sampled_from(FAMILIES),
    st.floats(0.001, 0.999),
    MEAN,
    st.floats(0.1, 3),
    st.sampled_from([1e-9, -1e-9]),
)
def test_shock__null_nudged_by_a_billionth(family, x, mean, sd, nudge):
    moved = drivers.carried_shocks(family, np.array([x, x]), mean, sd, mean + nudge, sd, SLOW)[0]
    widened = drivers.carried_shocks(family, np.array([x]), mean, sd, mean, sd + nudge, SLOW)[0]
    assert abs(moved - x) < 1e-6
    assert abs(widened - x) < 1e-6


@pytest.mark.statistical
@pytest.mark.parametrize("family", FAMILIES)
def test_shock__over_records_from_the_model_the_prior_law_comes_back(family):
    records = drivers.shocks(family, 0.4, 0.6, N, SEED)
    carried = drivers.carried_shocks(family, records, 0.4, 0.6, -0.3, 0.9, FAST)
    law = stats.norm(-0.3, 0.9)
    own = [
        carried,
        np.log(np.maximum(carried, 1e-300)),
        np.log(carried / (1 - carried)) if family == 2 else carried,
    ]
    assert law_within_luck(own[int(family)], law.cdf)
    assert not law_within_luck(own[int(family)] * 1.03, law.cdf)


@pytest.mark.plain
def test_shock__without_factual_spread_there_is_no_luck_to_carry():
    assert math.isnan(hindsight.carry_shock(2.0, 1.0, 0.0, 3.0, 1.0, FAST))
    assert hindsight.carry_shock(1.0, 1.0, 0.0, 3.0, 0.0, FAST) == 3.0
