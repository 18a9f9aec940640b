"""Energy distance: how far one history lies from an ensemble of histories, all months and series taken together.

For a point x and a sample of m points Y, D^2 = 2 mean|x - Y| - mean|Y - Y'|, the means over all points and over all
ordered pairs of the sample, |.| the Euclidean distance (Szekely and Rizzo 2013). It is 0 only where the whole sample
lies on the point. In one dimension it is what `scipy.stats.energy_distance` gives; that library has none for more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def apart(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, m) Euclidean distances between the rows of a and the rows of b."""
    middle = b.mean(axis=0)
    a, b = a - middle, b - middle  # less cancellation below
    square = (a * a).sum(axis=1)[:, None] + (b * b).sum(axis=1)[None, :] - 2.0 * (a @ b.T)
    return np.asarray(np.sqrt(np.maximum(square, 0.0)))


def to_sample(points: NDArray[np.float64], sample: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) energy distance D of each point to the whole sample."""
    within = _pairs(sample).mean()
    square = 2.0 * apart(points, sample).mean(axis=1) - within
    return np.asarray(np.sqrt(np.maximum(square, 0.0)))


def of_members(sample: NDArray[np.float64]) -> NDArray[np.float64]:
    """(m,) energy distance D of each member of the sample to all the others."""
    m = len(sample)
    pairs = _pairs(sample)
    to_others = pairs.sum(axis=1)
    among_others = pairs.sum() - 2.0 * to_others
    square = 2.0 * to_others / (m - 1) - among_others / (m - 1) ** 2
    return np.asarray(np.sqrt(np.maximum(square, 0.0)))


def _pairs(sample: NDArray[np.float64]) -> NDArray[np.float64]:
    """(m, m) distances within a sample, exactly 0 from each member to itself."""
    pairs = apart(sample, sample)
    np.fill_diagonal(pairs, 0.0)
    return pairs


def scaled(values: NDArray[np.float64], by: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, months * series) rows to be compared, each series in units of its own spread.

    values  (n, months, series)
    by      (members, months, series) the ensemble. A series' spread is the root mean square, over the months, of the
            standard deviation of its members: one number a series, so that the first weeks after the start, when hardly
            anything has moved yet, weigh little. A series that never varies in the ensemble counts in its own unit
            where it is off and not at all where it is not.
    """
    spread = np.sqrt(by.var(axis=0).mean(axis=0))
    spread = np.where(spread > 0.0, spread, 1.0)
    return np.asarray((values / spread).reshape(len(values), -1))
