"""Parameters as standard normal numbers: in these coordinates every prior is the same, mean 0 and spread 1.

coordinates = Coordinates(book)
coordinates.values(z)     (parameters,) in their own units, within their hard bounds
"""

from __future__ import annotations

import numpy as np

from allohistory.book.priors import numbers_of
from allohistory.book.tables import Book

FAMILIES = ("normal", "lognormal", "uniform", "beta")
LOGNORMAL, UNIFORM, BETA = 1, 2, 3


class Coordinates:
    """The way from standard normal numbers to a book's parameters, all at once.

    ids     parameter ids, in the order of the book
    count   how many
    """

    def __init__(self, book: Book) -> None:
        parameters = list(book.parameters.values())
        self.ids = tuple(book.parameters)
        self.count = len(parameters)
        pairs = [numbers_of(parameter.prior) for parameter in parameters]
        self.first = np.array([pair[0] for pair in pairs])
        self.second = np.array([pair[1] for pair in pairs])
        self.low = np.array([-np.inf if p.low is None else p.low for p in parameters])
        self.high = np.array([np.inf if p.high is None else p.high for p in parameters])
        self.family = np.array([FAMILIES.index(parameter.prior.family) for parameter in parameters])

    def values(self, z: np.ndarray, places: np.ndarray | None = None) -> np.ndarray:
        """Numbers in their units for standard normal numbers: of all parameters, or of those at the places named."""
        from scipy.special import betaincinv, ndtr

        at = slice(None) if places is None else places
        family, first, second = self.family[at], self.first[at], self.second[at]
        found = first + second * z
        lognormal, uniform, beta = (family == number for number in (LOGNORMAL, UNIFORM, BETA))
        found[lognormal] = first[lognormal] * np.exp(second[lognormal] * z[lognormal])
        found[uniform] = first[uniform] + (second[uniform] - first[uniform]) * ndtr(z[uniform])
        found[beta] = betaincinv(first[beta], second[beta], ndtr(z[beta]))
        return np.asarray(np.clip(found, self.low[at], self.high[at]))
