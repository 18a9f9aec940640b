"""Latent luck: found by changing it, chosen in proportion to the likelihood that it gives the record."""

from dataclasses import replace

import numpy as np
import pytest

from allohistory.timeline.latent import has_latent_luck, picked, select_latent_seeds, spread_of_likelihood
from bands import shares_within_luck
from textbook.running import little_models, recorded_countries
from timeline.test_posterior_luck import history


def hidden_blocks(draws=3):
    """The blocks with a recorded act whose cause the record leaves open."""
    entries = history(hidden_act=1, hidden_cause=None)
    return little_models(entries, latent_seeds=range(1, draws + 1), uncovered=("hidden.cause",))


def test_inert__luck_leaves_the_likelihood_as_it_is_to_the_last_bit():
    uncovered = replace(
        recorded_countries(), coverage=tuple(c for c in recorded_countries().coverage if c.rule != "coup")
    )
    assert len(set(spread_of_likelihood(recorded_countries(), 0))) == 1
    assert (
        len(set(spread_of_likelihood(uncovered, 0))) > 1
    )  # a coup eases tempers, and so moves recorded clashes


def test_inert__is_what_no_rule_declares_latent():
    assert has_latent_luck(hidden_blocks())
    assert not has_latent_luck(recorded_countries())


def test_latent__luck_that_is_bound_to_the_draw_spreads_no_more():
    assert len(set(spread_of_likelihood(hidden_blocks(), 0, streams=8))) == 1


def test_latent__luck_that_nobody_declared_is_found_out():
    scenario = hidden_blocks()
    undeclared = replace(scenario, rules=tuple(replace(rule, latent=False) for rule in scenario.rules))
    assert len(set(spread_of_likelihood(undeclared, 0, streams=8))) > 1


def test_selection__gives_every_row_a_seed_of_its_own_and_the_same_again():
    seeds = select_latent_seeds(hidden_blocks(20), streams=16)
    assert np.array_equal(seeds, select_latent_seeds(hidden_blocks(20), streams=16))
    assert (seeds // 16 == np.arange(1, 21)).all()


def test_selection__tells_how_far_it_has_come():
    steps = []
    select_latent_seeds(hidden_blocks(5), streams=2, progress=steps.append)
    assert steps == [1] * 5


SCORES = np.log(np.array([0.1, 0.4, 0.2, 0.3])) - 700.0


@pytest.mark.statistical
def test_picked__in_proportion_to_the_likelihood():
    counts = np.bincount([picked(SCORES, draw) for draw in range(20_000)], minlength=4)
    assert shares_within_luck(counts, [0.1, 0.4, 0.2, 0.3])


@pytest.mark.statistical
def test_picked__the_test_above_can_fail():
    counts = np.bincount([picked(SCORES, draw) for draw in range(20_000)], minlength=4)
    assert not shares_within_luck(counts, [0.12, 0.38, 0.2, 0.3])


def test_picked__never_what_the_record_rules_out():
    scores = np.array([-np.inf, -5.0, -np.inf])
    assert {picked(scores, draw) for draw in range(200)} == {1}


def test_picked__any_where_the_record_rules_out_all():
    assert {picked(np.full(3, -np.inf), draw) for draw in range(200)} == {0, 1, 2}
