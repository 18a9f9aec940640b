"""A calibration that is stopped goes on where it was, and the kept rows are spread over the chains."""

import numpy as np
import pytest

from allohistory.evidence.posterior import rows_to_keep
from allohistory.evidence.running import Chains, Sampled, gathered, one_chain, sweeps_done


class Coordinates:
    count = 4


class Toy:
    """A likelihood with the three things that a chain's runner reads."""

    coordinates = Coordinates()

    def __init__(self, stop_after=None):
        self.asked, self.stop_after = 0, stop_after

    def __call__(self, z, seed):
        self.asked += 1
        if self.stop_after is not None and self.asked > self.stop_after:
            raise KeyboardInterrupt
        return float(-0.5 * np.sum((z[:2] - 0.7) ** 2) + 0.1 * (seed % 3))


ASKED = Chains(chains=2, warm_up=10, sweeps=40, every=4)


def files(folder):
    one = gathered(folder, ASKED)
    return one.z, one.seeds, one.log_likelihood


def test_running__a_chain_that_was_stopped_ends_as_one_that_was_not(tmp_path):
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    for number in range(2):
        one_chain(Toy(), ASKED, whole, number)
        with pytest.raises(KeyboardInterrupt):
            one_chain(Toy(stop_after=500), ASKED, broken, number)
        assert 0 < sweeps_done(broken, number) < 50
        one_chain(Toy(), ASKED, broken, number)
    for one, other in zip(files(whole), files(broken), strict=True):
        assert np.array_equal(one, other)


def test_running__keeps_one_sweep_in_so_many_after_the_warm_up(tmp_path):
    for number in range(2):
        one_chain(Toy(), ASKED, tmp_path, number)
    z, seeds, scores = files(tmp_path)
    assert z.shape == (2, 10, 4)
    assert seeds.shape == scores.shape == (2, 10)


def test_kept_rows__are_spread_over_the_chains_in_turn():
    z = np.arange(4 * 50 * 2, dtype=float).reshape(4, 50, 2)
    seeds = np.arange(4 * 50).reshape(4, 50)
    rows, chosen = rows_to_keep(Sampled(z, seeds, z[:, :, 0], 0, 0.0), 20)
    assert rows.shape == (20, 2)
    assert list(chosen[:4] // 50) == [0, 1, 2, 3]
    assert len(set(chosen)) == 20
    assert all(np.array_equal(row, z.reshape(-1, 2)[seed]) for row, seed in zip(rows, chosen, strict=True))
