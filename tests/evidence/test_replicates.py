"""Replicates that are broken off go on in the same bytes; verdicts on right and on wrong ranks."""

import os
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from allohistory.evidence import ranks_table
from allohistory.evidence.chances import binomial_band, caught, effective_draws, holm, prior_again, verdict
from allohistory.evidence.covering import asked_of
from allohistory.evidence.judged import judged_of
from allohistory.evidence.ranks_table import gather, keep, kept, moments
from allohistory.evidence.replicates import carry_on, made_by, provenance, taken
from allohistory.evidence.simulated import Settings, Simulation
from allohistory.timeline.model import load
from textbook.believed import believed_blocks

QUICK = Settings(draws=3, thin=1, pool=2)
SAID = {"made": "by hand", "draws": QUICK.draws, "outcomes": []}


class BrokenOffError(Exception):
    """The power went."""


def quick():
    return Simulation(believed_blocks(), QUICK)


def test_carry_on__ends_in_the_same_bytes_after_a_break(tmp_path):
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    carry_on(quick, whole, 4)

    def stop(done, of):
        if done == 2:
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        carry_on(quick, broken, 4, stop)
    (broken / "0002.part").write_bytes(b"half a file")
    (broken / "0003.taken").write_text(str(nobody()))
    carry_on(quick, broken, 4)
    for number in range(4):
        name = f"{number:04d}.npz"
        assert (whole / name).read_bytes() == (broken / name).read_bytes()
    assert not list(broken.glob("*.taken"))


def nobody():
    """The number of a process that does not run."""
    number = 1 << 22
    while Path(f"/proc/{number}").exists():
        number += 1
    return number


def test_taken__leaves_to_a_living_process_what_it_has_taken(tmp_path):
    mark = tmp_path / "0000.taken"
    assert taken(mark)
    mark.write_text(str(os.getppid()))
    assert not taken(mark)
    mark.write_text(str(nobody()))
    assert taken(mark)
    assert mark.read_text() == str(os.getpid())


def test_kept__gives_back_what_was_gathered(tmp_path):
    simulation = quick()
    carry_on(lambda: simulation, tmp_path, 3)
    found = gather(tmp_path, simulation.likelihood.coordinates.ids, SAID, None)
    keep(found, tmp_path)
    again = kept(tmp_path)
    assert again.done == 3
    assert again.ids == found.ids
    assert again.said["made"] == "by hand"
    assert np.array_equal(again.ranks, found.ranks)
    assert np.array_equal(again.sums, found.sums)
    assert kept(tmp_path / "nothing") is None
    assert judged_of(again).ranks.n == 3


def test_gather__adds_up_over_replicates(tmp_path):
    simulation = quick()
    carry_on(lambda: simulation, tmp_path, 3)
    ones = [simulation.replicate(number) for number in range(3)]
    found = gather(tmp_path, simulation.likelihood.coordinates.ids, SAID, None)
    error = ranks_table.SUMS.index("error")
    assert np.allclose(found.sums[error], sum(one.mean - one.truth for one in ones))
    assert np.array_equal(found.ranks, [one.ranks for one in ones])


def test_made_by__hangs_on_the_settings_and_is_told():
    model = load("soviet-japanese-war")
    assert made_by(model) != made_by(model, QUICK)
    said = provenance(model)
    assert said["made"] == made_by(model)
    asked = asked_of(model.name, model.book.calendar.first)
    assert said["monday"] == "1937-01-04"
    assert set(asked.outcomes) <= set(model.blueprint.outcomes)


def believed(spread, draws, n=200, parameters=20_000, bias=0.0):
    """Sums over replicates of right posteriors of this spread, through so many draws; `bias` makes them wrong."""
    luck, sums = np.random.default_rng(5), 0.0
    for i in range(n):
        s, k = spread[i % len(spread)], draws[i % len(draws)]
        middle = luck.normal(size=parameters) * np.sqrt(1.0 - s**2)
        truth = middle + s * luck.normal(size=parameters)
        mean = middle + bias + s * luck.normal(size=parameters) / np.sqrt(k)
        inside = s**2 * luck.gamma((k - 1) / 2, size=parameters) * 2 / k
        sums = sums + moments(mean, mean**2 + inside, np.full(parameters, float(k)), truth)
    return n, sums


@pytest.mark.statistical
@pytest.mark.parametrize(("spread", "draws"), [((1.0,), (3,)), ((0.7,), (100,)), ((1.0, 0.2), (3, 100))])
def test_prior_again__raises_no_more_false_alarms_than_it_says(spread, draws):
    """20,000 right parameters at 1 in 1,000: more than 45 alarms of 20 expected come by chance once in a million."""
    p = prior_again(*believed(spread, draws))
    assert ((p < 1e-3).sum(axis=1) <= 45).all()


def test_prior_again__finds_a_bias():
    mean, _, error = prior_again(*believed((0.5,), (100,), parameters=50, bias=0.4))
    assert (mean < 1e-4).mean() > 0.8
    assert (error < 1e-6).mean() > 0.8


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
