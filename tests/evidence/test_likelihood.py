"""The likelihood that calibration uses is the one that replay reports."""

import numpy as np
import pytest

from allohistory.evidence.likelihood import Likelihood
from allohistory.timeline.model import load
from allohistory.timeline.replay import replay


@pytest.fixture(scope="module")
def model():
    return load("soviet-japanese-war")


@pytest.fixture(scope="module")
def likelihood(model):
    return Likelihood(model)


def at_kept_draw(likelihood, model, row):
    """The likelihood at a row of the kept table, whatever its coordinates are."""
    memory = likelihood.memory
    memory.drawn[memory.positions] = model.draws.values[row]
    memory.c.latent_seed = model.draws.latent_seeds[row]
    memory.replay()
    return float(memory.c.log_likelihood)


def test_likelihood__at_a_kept_draw_is_that_of_replay(model, likelihood):
    assert at_kept_draw(likelihood, model, 3) == replay(model.blueprint, 3).log_likelihood


def test_likelihood__does_not_remember_where_it_was_asked_before(likelihood):
    count = likelihood.coordinates.count
    here, there = np.zeros(count), np.linspace(-0.5, 0.5, count)
    first = likelihood(here, 7)
    likelihood(there, 8)
    assert likelihood(here, 7) == first


def test_likelihood__until_a_week_is_the_years_before_it(model, likelihood):
    last = next(week for week in range(model.blueprint.weeks) if model.blueprint.year_of[week] == 1935) - 1
    z = np.zeros(likelihood.coordinates.count)
    until = Likelihood(model, last)(z, 7)
    likelihood(z, 7)
    assert until == pytest.approx(float(likelihood.memory.c.log_likelihood_in[:4].sum()), rel=1e-12)
    assert until > likelihood(z, 7)


def test_ledger__knows_the_week_of_every_occasion(likelihood):
    likelihood(np.zeros(likelihood.coordinates.count), 7)
    c = likelihood.memory.c
    used = np.asarray(c.ledger_key) >= 0
    weeks = np.asarray(c.ledger_week)[used]
    own_week = (np.asarray(c.ledger_key)[used] & 0xFFFFFFFF) >> 21
    standing = own_week < c.weeks  # what hangs on an event carries the week in which that event began
    assert used.sum() > 1000
    assert np.all(weeks[standing] >= own_week[standing])
    assert np.mean(weeks[standing] == own_week[standing]) > 0.5
