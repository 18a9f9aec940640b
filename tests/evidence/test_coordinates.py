"""Parameters in standard normal coordinates: the same numbers as the priors' own quantiles."""

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from allohistory.book.priors import bounded, quantile
from allohistory.evidence.coordinates import Coordinates
from allohistory.timeline.model import load


@pytest.fixture(scope="module")
def book():
    return load("soviet-japanese-war").book


@pytest.mark.parametrize("z", [-2.5, -0.3, 0.0, 1.7])
def test_coordinates__give_the_prior_s_own_quantile_within_its_bounds(book, z):
    coordinates = Coordinates(book)
    found = coordinates.values(np.full(coordinates.count, z))
    for parameter, value in zip(book.parameters.values(), found, strict=True):
        expected = bounded(parameter, quantile(parameter.prior, float(ndtr(z)), lambda v: float(ndtri(v))))
        assert value == pytest.approx(expected, rel=1e-9, abs=1e-12), parameter.id


def test_coordinates__of_some_places_are_those_of_all(book):
    coordinates = Coordinates(book)
    z = np.linspace(-2.0, 2.0, coordinates.count)
    places = np.arange(3, coordinates.count, 7)
    assert np.array_equal(coordinates.values(z[places], places), coordinates.values(z)[places])
