"""Simulation-based calibration of nearby, chain and likelihood on two textbook scenarios, with planted errors.

A thousand histories each are drawn from the two countries (clocks, choices, a yearly shock) and from the blocks
(latent luck besides). 1 % false alarms a verdict, over all questions of all its parameters together (Holm). What a
verdict would catch is part of it and is tested: a bias of a fifth of a posterior's spread.
"""

import numpy as np
import pytest

from allohistory.evidence.chances import binomial_band, verdict
from allohistory.evidence.simulated import NO_ROOM, Settings, Simulation
from allohistory.luck.arithmetic import normal_cdf
from textbook.believed import ROOM, believed_blocks, believed_countries

REPLICATES, FEWER = 1_000, 150
COUNTRIES = Settings(draws=4, thin=6, settle=8, rounds=2, pool=1)
BLOCKS = Settings(draws=4, thin=8, settle=8, rounds=2, pool=4)
SHIFT, FACTOR = 0.2, 1.26  # what every verdict over a thousand histories catches nine times in ten


def replicates(likelihood, settings, count, scored=None):
    simulation = Simulation(likelihood, settings, scored=scored)
    found = [simulation.replicate(number, keep=True) for number in range(count)]
    return [one for one in found if not one.lost], simulation


def judged(found, simulation, draws):
    ids = (*simulation.likelihood.coordinates.ids, "log-likelihood")
    return verdict(ids, np.array([one.ranks for one in found]), draws)


@pytest.fixture(scope="module")
def blocks():
    return replicates(believed_blocks(), BLOCKS, REPLICATES)


@pytest.mark.statistical
def test_countries__the_truth_ranks_among_the_draws_as_chance_has_it():
    found, simulation = replicates(believed_countries(), COUNTRIES, REPLICATES)
    verdict_ = judged(found, simulation, COUNTRIES.draws)
    print(verdict_)
    assert len(found) > 0.99 * REPLICATES
    assert verdict_.met
    assert verdict_.shift < SHIFT and verdict_.factor < FACTOR


@pytest.mark.statistical
def test_blocks__the_truth_ranks_among_the_draws_as_chance_has_it(blocks):
    found, simulation = blocks
    verdict_ = judged(found, simulation, BLOCKS.draws)
    print(verdict_)
    assert len(found) == REPLICATES
    assert verdict_.met
    assert verdict_.shift < SHIFT and verdict_.factor < FACTOR


@pytest.mark.statistical
def test_blocks__ignorance_intervals_hold_the_true_probability_as_often_as_they_say(blocks):
    """The chance that the repeating clock fires in a week: the outer two of four draws hold it in 3 of 5."""
    found, simulation = blocks
    place = simulation.likelihood.coordinates.ids.index("repeats.rate")
    values = simulation.likelihood.coordinates.values

    def chance(z):
        return 1.0 - np.exp(-values(z)[place])

    held = 0
    for one in found:
        drawn = sorted(chance(z) for z in one.draws)
        held += drawn[0] < chance(simulation.prior(one.number)) < drawn[-1]
    low, high = binomial_band(len(found), 3 / 5)
    print(f"{held / len(found):.3f} in {low:.3f} to {high:.3f}")
    assert low <= held / len(found) <= high


def forgetting_silent_weeks(simulation_of):
    """A likelihood that adds up a clock's firings and forgets its silent weeks."""

    def wrong(z, seed):
        found = simulation_of(z, seed)
        c = simulation_of.__self__.likelihood.memory.c
        rows = c.hazard.shape[0]
        silent = (c.fired[:rows] == 0) & (c.covered[:rows] != 0)
        return found + float(c.hazard[silent[:, : c.hazard.shape[1]]].sum()) if np.isfinite(found) else found

    return wrong


@pytest.mark.statistical
def test_blocks__the_verdict_finds_a_clock_whose_silent_weeks_are_forgotten():
    found, simulation = replicates(believed_blocks(), BLOCKS, FEWER, forgetting_silent_weeks)
    failed = judged(found, simulation, BLOCKS.draws).failed
    assert "repeats.rate" in {what for what, _, _ in failed}


def test_replicate__is_the_same_wherever_it_is_computed():
    one = Simulation(believed_blocks(), BLOCKS)
    one.replicate(3)
    again, alone = one.replicate(7), Simulation(believed_blocks(), BLOCKS).replicate(7)
    assert np.array_equal(again.ranks, alone.ranks)
    assert again.mean.tobytes() == alone.mean.tobytes()


def test_write__the_timeline_comes_back_from_its_record_to_the_last_bit():
    simulation = Simulation(believed_countries(), COUNTRIES)
    for number in range(20):
        z = simulation.prior(number)
        assert simulation.write(number, z, 1) in ("", NO_ROOM)
        assert simulation.given(z, 1) > -np.inf


def test_write__the_prior_is_standard_normal():
    simulation = Simulation(believed_countries(), COUNTRIES)
    drawn = np.concatenate([simulation.prior(number) for number in range(400)])
    assert abs(drawn.mean()) < 5.0 / np.sqrt(len(drawn))
    assert 0.0 < normal_cdf(drawn.min()) < 0.01
    assert ROOM >= 100
