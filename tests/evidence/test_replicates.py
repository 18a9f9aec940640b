"""Replicates that are broken off go on in the same bytes; verdicts on right and on wrong ranks."""

import numpy as np
import pytest
from scipy import stats

from allohistory.evidence.chances import binomial_band, caught, effective_draws, holm, verdict
from allohistory.evidence.replicates import carry_on, gather, keep, kept
from allohistory.evidence.simulated import Settings, Simulation
from textbook.believed import believed_blocks

QUICK = Settings(draws=3, thin=1, settle=0, rounds=1, pool=2)


class BrokenOffError(Exception):
    """The power went."""


def test_carry_on__ends_in_the_same_bytes_after_a_break(tmp_path):
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    carry_on(Simulation(believed_blocks(), QUICK), whole, 4)

    def stop(done, of):
        if done == 2:
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        carry_on(Simulation(believed_blocks(), QUICK), broken, 4, stop)
    (broken / "0002.part").write_bytes(b"half a file")
    carry_on(Simulation(believed_blocks(), QUICK), broken, 4)
    for number in range(4):
        name = f"{number:04d}.npy"
        assert (whole / name).read_bytes() == (broken / name).read_bytes()


def test_kept__gives_back_what_was_gathered(tmp_path):
    simulation = Simulation(believed_blocks(), QUICK)
    carry_on(simulation, tmp_path, 3)
    found = gather(tmp_path, simulation.likelihood.coordinates.ids, "made")
    keep(found, tmp_path / "ranks.parquet")
    again = kept(tmp_path / "ranks.parquet")
    assert again.done == 3
    assert again.ids == found.ids
    assert np.array_equal(again.ranks, found.ranks)
    assert kept(tmp_path / "nothing.parquet") is None


def ranks_of(shift, factor, n=1_000, draws=7):
    luck = np.random.default_rng(4)
    truth = shift + factor * luck.normal(size=(n, 1))
    return (luck.normal(size=(n, draws)) < truth).sum(axis=1)[:, None]


def test_verdict__passes_what_is_right_and_finds_what_it_says_it_would():
    assert verdict(("a",), ranks_of(0.0, 1.0), 7).met
    judged = verdict(("a",), ranks_of(0.3, 1.0), 7)
    assert ("a", "level") in {(what, question) for what, question, _ in judged.failed}
    assert ("a", "spread") in {
        (what, question) for what, question, _ in verdict(("a",), ranks_of(0.0, 1.4), 7).failed
    }


def test_caught__is_smaller_with_more_replicates():
    few, many = caught(200, 100, 1e-3), caught(2_000, 100, 1e-3)
    assert many[0] < few[0] and many[1] < few[1]
    assert few[0] == pytest.approx((stats.norm.isf(5e-4) + 1.2816) / 200**0.5, rel=0.05)


def test_holm__stops_at_the_first_that_passes():
    assert holm(np.array([0.2, 0.001, 0.004, 0.9]), 0.01) == [1]
    assert holm(np.array([0.2, 0.001, 0.003, 0.9]), 0.01) == [1, 2]


def test_binomial_band__around_nine_tenths():
    low, high = binomial_band(1_000, 0.9)
    assert low < 0.9 < high
    assert low > 0.87 and high < 0.93


def test_effective_draws__of_independent_and_of_slow_chains():
    luck = np.random.default_rng(1)
    noise = luck.normal(size=(4_000, 2))
    for i in range(1, len(noise)):
        noise[i, 1] = 0.8 * noise[i - 1, 1] + 0.6 * noise[i, 1]
    quick, slow = effective_draws(noise) / len(noise)
    assert quick == pytest.approx(1.0, abs=0.2)
    assert slow == pytest.approx(1.0 / 9.0, rel=0.35)
