"""The record is worth imposing: long enough, of decisions that could have gone otherwise, at odds that are not sure."""

from __future__ import annotations

import statistics
from dataclasses import replace

import numpy as np
import pytest

from allohistory.timeline.model import load
from allohistory.timeline.replay import replay

ENTRIES, CHOICES, FIRINGS = 160, 80, 30
SURE = 0.9


@pytest.fixture(scope="module")
def at_prior_means():
    """The record replayed once with every parameter at the mean of its prior: (blueprint, chance by entry)."""
    blueprint = load("soviet-japanese-war").blueprint
    means = blueprint.parameter_draws.mean(axis=0, keepdims=True)
    # kept draws are stratified row by row, so their mean is the prior's mean to a hundredth of its spread
    alone = replace(
        blueprint, parameter_draws=np.ascontiguousarray(means), latent_seeds=blueprint.latent_seeds[:1]
    )
    found = replay(alone)
    assert found.trouble is None and not found.missing
    return blueprint, found.chances


def test_the_record_is_long_enough(at_prior_means):
    blueprint, _ = at_prior_means
    assert len(blueprint.entries) >= ENTRIES


def test_enough_entries_had_two_live_options(at_prior_means):
    blueprint, chances = at_prior_means
    kinds = {rule.id: rule.draws for rule in blueprint.drawn}
    alive = [entry for entry in blueprint.entries if 0.0 < chances[entry.id] < 1.0 - 1e-6]
    assert sum(kinds[entry.rule] == "choice" for entry in alive) >= CHOICES
    assert sum(kinds[entry.rule] == "clock" and entry.took > 0 for entry in alive) >= FIRINGS


def test_the_middle_decision_was_not_sure(at_prior_means):
    blueprint, chances = at_prior_means
    kinds = {rule.id: rule.draws for rule in blueprint.drawn}
    of = [chances[entry.id] for entry in blueprint.entries if kinds[entry.rule] in ("choice", "clock")]
    assert statistics.median(of) < SURE


def test_the_middle_choice_was_not_sure(at_prior_means):
    blueprint, chances = at_prior_means
    kinds = {rule.id: rule.draws for rule in blueprint.drawn}
    of = [chances[entry.id] for entry in blueprint.entries if kinds[entry.rule] == "choice"]
    assert statistics.median(of) < SURE
