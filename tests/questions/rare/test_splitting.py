"""Splitting is unbiased, whatever the score and the levels, and says how sure it is."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from allohistory.questions.rare.intervals import gain, ideal_gain, of_repeats
from allohistory.questions.rare.known import MarkovPaths, chain, family, last_day, problems, stages, tide
from allohistory.questions.rare.splitting import split

pytestmark = pytest.mark.statistical

Z = 4.5  # 1 in 150,000, two-sided: the false-alarm rate of each line, the mean of so many repeats being normal


def run(known, repeats, each, seed=1, **options):
    found = split(
        MarkovPaths(known, seed),
        repeats=repeats,
        each=each,
        seed=seed,
        levels=known.levels,
        top=known.top,
        **options,
    )
    return found, of_repeats(found.estimates)


@pytest.mark.parametrize(
    "known", [stages(), last_day(steps=20), chain(1e-4, 10), family(0.6, 12)], ids=lambda k: k.name
)
def test_splitting__its_mean_is_the_probability(known):
    # 300 repeats of 60 paths: relative standard error 3 to 6 %.
    _, told = run(known, 300, 60)
    assert abs(told.probability - known.probability) < Z * told.standard_error
    assert told.standard_error < 0.08 * known.probability


def test_splitting__few_paths_and_a_score_that_lags_are_unbiased_too():
    # 12 paths a repeat, where a level that took its lowest survivor for "above" would add over 100 %.
    known = chain(1e-3, 8)
    lagging = replace(known, score=lambda states: np.floor(states / 2.0), levels=(0.5, 1.5, 2.5))
    for each in (known, lagging):
        _, told = run(each, 3_000, 12)
        assert abs(told.probability - known.probability) < Z * told.standard_error
        # and it can fail: an estimate too high by half (the error of survivors at the level is twice that) is noticed
        assert abs(1.5 * told.probability - known.probability) > Z * told.standard_error


def test_splitting__what_reaches_the_outcome_below_a_level_is_counted():
    # One path in ten reaches it by itself with a score of nothing: dropped at the first level, yet in the estimate.
    known = stages(0.2, 2)
    aside = replace(
        known,
        first=0.0,
        reached=lambda states: known.reached(states) | np.isnan(states[:, 1]),
        probability=known.probability + 0.8,
    )
    _, told = run(aside, 200, 50)
    assert abs(told.probability - aside.probability) < Z * told.standard_error


def test_splitting__chain_of_one_in_a_million_at_a_five_hundredth_of_the_cost():
    # 20 runs of 20 repeats of 140 paths: each run has 9 to 10 % standard error, their mean 2 %.
    known = chain()
    found, told = run(known, 400, 140)
    runs = found.estimates.reshape(20, 20).mean(axis=1)
    error = runs.std(ddof=1) / known.probability
    assert (
        error < 0.15
    )  # under 10 %, with room for 20 runs (their spread is known to 16 %): false alarm 1 in 1,000
    assert abs(runs.mean() - known.probability) < Z * runs.std(ddof=1) / math.sqrt(20)
    assert gain(known.probability, told.standard_error / known.probability, found.work) > 500.0


def test_intervals__cover_what_they_say():
    # 400 runs of 20 repeats: 90 % with a standard deviation of 1.5 %; bounds at 4 of them: false alarm 1 in 15,000.
    known = stages()
    found, _ = run(known, 8_000, 100)
    told = [of_repeats(each).interval for each in found.estimates.reshape(400, 20)]
    share = np.mean([low <= known.probability <= high for low, high in told])
    assert 0.83 < share < 0.96
    narrow = np.mean([low * 1.1 <= known.probability <= high / 1.1 for low, high in told])
    assert narrow < 0.83  # a tenth narrower on each side is noticed


def test_splitting__same_seed_same_bits_other_seed_others():
    known = last_day(steps=10)
    first, again, other = (run(known, 4, 30, seed)[0] for seed in (3, 3, 4))
    assert first.estimates.tolist() == again.estimates.tolist()
    assert first.estimates.tolist() != other.estimates.tolist()


def test_splitting__dies_out_and_says_so():
    known = chain(1e-9, 20)
    found, told = run(known, 20, 2)
    assert told.probability == 0.0
    assert told.died_out == 20
    assert told.interval == (0.0, 1.0)
    assert found.ancestors.max() == 0.0


def test_splitting__found_paths_carry_the_estimate():
    known = stages()
    found, told = run(known, 10, 100, keep=True)
    assert sum(one.weight for one in found.found) / 10 == pytest.approx(told.probability)
    assert all(one.name[-1] == 3.0 for one in found.found)


def test_gain__ideal_as_in_the_design():
    assert ideal_gain(3.3e-4) == pytest.approx(43, rel=0.05)
    assert ideal_gain(1e-3) == pytest.approx(18, rel=0.05)
    assert ideal_gain(1e-4) == pytest.approx(106, rel=0.05)


def test_known__probabilities_agree_with_brute_force_where_it_can_reach():
    # 20,000 paths each at a commoner setting.
    for known in (stages(0.3, 3), last_day(2.0, 10), chain(0.02, 5), family(0.6, 6), tide(2.0, 20, 0.8)):
        paths = MarkovPaths(known, 9)
        paths.start(20_000)
        p = known.probability
        assert abs(paths.reached.mean() - p) < Z * math.sqrt(p * (1 - p) / 20_000), known.name
    rarest = [known.probability for known in problems()]
    assert 1e-10 < min(rarest) < 1e-8
    assert max(rarest) == pytest.approx(1e-3)
