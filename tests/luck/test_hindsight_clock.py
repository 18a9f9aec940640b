"""Clocks with hindsight: closed forms of what a recorded firing or silence teaches, and exact nulls.

Under a factual chance p of a week and a chance q here: P(fires | it did) = min(1, q/p), P(fires | it did not) =
max(0, (q-p)/(1-p)); the day of a firing that stays lies in the recorded day's slice, moved as the two hazards say.
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allohistory.luck import hindsight
from bands import shares_within_luck, within_luck
from luck import drivers

pytestmark = pytest.mark.property(n=3)

SEED, OTHER_SEED = np.int64(5), np.int64(6)
N = 200_000  # band of a share of one half: 0.0055; an error of 0.0081 is found 99 times in 100
DAY = np.int64(3)
CASES = [(0.30, 0.34), (0.34, 0.30), (0.02, 0.5), (2.0, 0.1), (0.1, 1.5), (0.0, 0.3), (1e-4, 0.4)]


def chance(h):
    return -math.expm1(-h)


def edges(h):
    """e(0) .. e(7): the shares of a firing week's luck that fall before each day."""
    return [math.expm1(-h * d / 7) / math.expm1(-h) for d in range(8)]


def days_given(h, hf, day):
    """Where the recorded day's slice under hf falls among the days under h: overlaps of two sets of slices."""
    low, high = edges(hf)[day], edges(hf)[day + 1]
    here = edges(h)
    return [max(0.0, min(high, here[d + 1]) - max(low, here[d])) / (high - low) for d in range(7)]


@pytest.mark.statistical
@pytest.mark.parametrize(("h", "hf"), CASES)
def test_clock__a_recorded_firing(h, hf):
    counts = drivers.clock_counts(h, hf, True, True, DAY, N, SEED)
    stays = min(1.0, chance(h) / chance(hf))
    days = [stays * share for share in days_given(h, hf, 3)] if h > 0 else [0.0] * 7
    assert shares_within_luck(counts, [*days, 1.0 - stays])


@pytest.mark.statistical
@pytest.mark.parametrize(("h", "hf"), [*CASES, (0.3, 0.0)])
def test_clock__a_recorded_silence(h, hf):
    counts = drivers.clock_counts(h, hf, False, True, DAY, N, SEED)
    comes = max(0.0, (chance(h) - chance(hf)) / (1.0 - chance(hf)))
    assert within_luck(counts[:7].sum(), N, comes)


@pytest.mark.statistical
def test_clock__the_tests_above_can_fail():
    fired = drivers.clock_counts(0.30, 0.34 * 1.02, True, True, DAY, N, SEED)
    assert not within_luck(fired[:7].sum(), N, chance(0.30) / chance(0.34))
    silent = drivers.clock_counts(0.5, 0.02 + 0.01, False, True, DAY, N, SEED)
    assert not within_luck(silent[:7].sum(), N, (chance(0.5) - chance(0.02)) / (1 - chance(0.02)))
    days = drivers.clock_counts(2.0, 1.9, True, True, DAY, N, SEED)  # the plan: 2.0 against a factual 0.1
    assert not shares_within_luck(days, [*days_given(2.0, 0.1, 3), 0.0])


@pytest.mark.statistical
@pytest.mark.parametrize(("h", "hf"), [*CASES, (0.3, 0.0)])
def test_clock__over_records_from_the_model_the_prior_law_comes_back(h, hf):
    counts = drivers.clock_over_records(h, hf, N, SEED, OTHER_SEED)
    shares = (
        [chance(h) * (b - a) for a, b in zip(edges(h)[:7], edges(h)[1:], strict=True)] if h > 0 else [0.0] * 7
    )
    assert shares_within_luck(counts, [*shares, math.exp(-h)])


@pytest.mark.statistical
def test_clock__the_identity_above_can_fail():
    """Planted: the record and the answer read the same luck, as when a seed is used twice."""
    counts = drivers.clock_over_records(0.5, 0.34, N, SEED, SEED)
    assert not within_luck(counts[:7].sum(), N, chance(0.5))


HAZARD = st.floats(1e-9, 30)
UNIFORM = st.floats(2**-53, 1 - 2**-53)


@pytest.mark.plain
@given(HAZARD, UNIFORM, UNIFORM, st.integers(0, 6))
def test_clock__null_is_exact(h, v, w, day):
    assert hindsight.week_fires(h, v, h, True, True) is True
    assert hindsight.week_fires(h, v, h, False, True) is False
    assert hindsight.carried_day(h, w, h, np.int64(day)) == day


@pytest.mark.plain
@given(HAZARD, UNIFORM, st.integers(0, 6), st.sampled_from([1 - 1e-9, 1 + 1e-9]))
def test_clock__null_holds_off_the_short_cut_up_to_the_edges_of_the_slice(h, w, day, nudge):
    """A nudge of 1e-9 moves a day only for luck within about 1e-7 of the edges of the recorded day's slice."""
    if 1e-6 < w < 1 - 1e-6 and h < 15:
        assert hindsight.carried_day(h * nudge, w, h, np.int64(day)) == day


def test_clock__null_nudged_by_a_billionth():
    """At 1e-9 the chance that any one of these timelines loses its firing or gains one is below 1e-4."""
    for h in (0.01, 0.3, 2.0):
        for nudge in (1 - 1e-9, 1 + 1e-9):
            fired = drivers.clock_counts(h * nudge, h, True, True, DAY, 20_000, SEED)
            silent = drivers.clock_counts(h * nudge, h, False, True, DAY, 20_000, SEED)
            assert fired[3] == 20_000
            assert silent[7] == 20_000


@pytest.mark.plain
@given(HAZARD, HAZARD, HAZARD, UNIFORM, st.booleans(), st.booleans())
def test_clock__a_higher_hazard_never_silences(a, b, hf, v, fired, recorded):
    low, high = min(a, b), max(a, b)
    if hindsight.week_fires(low, v, hf, fired, recorded):
        assert hindsight.week_fires(high, v, hf, fired, recorded)


@pytest.mark.plain
@given(st.floats(0, 1e3), UNIFORM)
def test_clock__not_at_risk_in_history_teaches_nothing(h, v):
    assert (
        hindsight.week_fires(h, v, 0.0, False, True) == hindsight.week_fires(h, v, 0.0, False, False)
        or h == 0
    )


@pytest.mark.plain
@given(HAZARD, UNIFORM, st.integers(0, 6))
def test_clock__a_narrowed_uniform_stays_in_its_slice(hf, v, day):
    low, high = edges(hf)[day], edges(hf)[day + 1]
    assert low - 1e-12 <= hindsight.narrowed(v, hf, np.int64(day)) <= high + 1e-12


@pytest.mark.plain
def test_clock__without_factual_hazard_nothing_is_narrowed():
    assert hindsight.narrowed(0.4, 0.0, DAY) == 0.4
