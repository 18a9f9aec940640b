"""Chains find posteriors that are known in closed form, with latent luck and without."""

import numpy as np
import pytest

from allohistory.evidence.diagnostics import diagnose
from allohistory.evidence.nearby import Nearby, nearby
from allohistory.evidence.sampler import Chain, blocks_of
from bands import mean_within_luck

SEEN = np.array([1.5, -1.0, 0.0])
NOISE = np.array([0.5, 1.0, 2.0])
MEAN, SPREAD = SEEN / (1.0 + NOISE**2), NOISE / np.sqrt(1.0 + NOISE**2)


def seen(z, seed):
    """Three measured coordinates with known noise; two that nothing is known of."""
    return float(-0.5 * np.sum(((SEEN - z[:3]) / NOISE) ** 2))


def of_two_worlds(z, seed):
    """Latent luck: in one world of four (seeds divisible by four) the measurement is of 2 - z, else of z."""
    shown = 2.0 - z[0] if seed % 4 == 0 else z[0]
    return float(-0.5 * ((1.5 - shown) / 0.7) ** 2)


def chain_of(function, coordinates, sweeps, number=0, near=None, block=64, pool=16):
    near = near or nearby(function, coordinates, 1)
    chain = Chain(function, near, (np.zeros(coordinates), 1), number, 5, block, pool)
    return np.array([chain.sweep().z.copy() for _ in range(sweeps)])


def test_nearby__of_a_normal_posterior_is_exact():
    found = nearby(seen, 5, 1)
    assert np.allclose(found.mean[:3], MEAN)
    assert np.allclose(found.spread[:3], SPREAD)
    assert list(found.active) == [True, True, True, False, False]


def test_blocks__hold_every_coordinate_once():
    active = np.arange(100) % 3 != 0
    together = np.concatenate(blocks_of(active, 16))
    assert sorted(together) == list(range(100))


@pytest.mark.statistical
@pytest.mark.parametrize("near", [None, Nearby(np.full(5, 0.4), np.full(5, 0.8), np.full(5, True))])
def test_chain__finds_a_normal_posterior_whatever_it_is_told_at_first(near):
    # The mean of so many effective draws leaves its band once in a million times.
    found = chain_of(seen, 5, 1500, near=near)
    effective = diagnose(found[None, :, :]).effective
    for place in range(3):
        wide = SPREAD[place] * np.sqrt(len(found) / effective[place])
        assert mean_within_luck(found[:, place], MEAN[place], sd=wide)
        assert np.std(found[:, place]) == pytest.approx(SPREAD[place], rel=0.15)


def share_of_the_other_world():
    """By quadrature: the chance of the one world in four given the measurement, and the mean of z."""
    z = np.linspace(-8.0, 8.0, 20001)
    prior = np.exp(-0.5 * z**2)
    one = prior * np.exp(-0.5 * ((1.5 - (2.0 - z)) / 0.7) ** 2)
    three = prior * np.exp(-0.5 * ((1.5 - z) / 0.7) ** 2)
    whole = (one + 3.0 * three).sum()
    return float((z * (one + 3.0 * three)).sum() / whole)


def mean_of_logs(z, seed):
    """The planted error: the mean of the logarithms over latent luck instead of the logarithm of the mean."""
    return 0.25 * of_two_worlds(z, 4) + 0.75 * of_two_worlds(z, 1)


@pytest.mark.statistical
@pytest.mark.parametrize(("function", "right"), [(of_two_worlds, True), (mean_of_logs, False)])
def test_chain__takes_latent_luck_into_the_likelihood_and_not_its_logarithm(function, right):
    # One in a million for the band; the planted error must leave it.
    found = chain_of(function, 1, 4000, near=Nearby(np.zeros(1), np.ones(1), np.full(1, True)))
    effective = float(diagnose(found[None, :, :]).effective[0])
    wide = float(np.std(found)) * np.sqrt(len(found) / effective)
    assert bool(mean_within_luck(found[:, 0], share_of_the_other_world(), sd=wide)) is right


def test_chain__goes_on_as_it_would_have_where_it_is_taken_up():
    near = nearby(seen, 5, 1)
    whole = Chain(seen, near, (np.zeros(5), 1), 2, 5)
    for _ in range(6):
        last = whole.sweep()
    first = Chain(seen, near, (np.zeros(5), 1), 2, 5)
    for _ in range(3):
        half = first.sweep()
    second = Chain(seen, near, (half.z, half.seed), 2, 5)
    second.sweeps = 3
    for _ in range(3):
        taken_up = second.sweep()
    assert np.array_equal(taken_up.z, last.z)
    assert taken_up.seed == last.seed


def test_diagnosis__names_chains_that_disagree():
    together = np.stack([chain_of(seen, 5, 200, number) for number in range(2)])
    assert diagnose(together).disagreeing.size == 0
    apart = together.copy()
    apart[1, :, 2] += 3.0
    assert list(diagnose(apart).disagreeing) == [2]
