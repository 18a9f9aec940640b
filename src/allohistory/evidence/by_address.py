"""Many uniforms at once, each at an address of its own: what bootstraps and samples of parameters are made of.

uniforms(seed, sample, row, count)    the uniforms of parameters 0 .. count - 1 in one row of one sample

They are those of `luck.address.uniform` on the stream of search and resampling, word for word, worked side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allohistory.luck.philox import HALF, MULTIPLY_0, MULTIPLY_1, WEYL_0, WEYL_1, WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray

STREAM_SEARCH = 3
ROUNDS = 10
UPPER, LOWER, STEP = np.uint64(20), np.uint64(12), 2.0**-52


def uniforms(seed: int, sample: int, row: int, count: int) -> NDArray[np.float64]:
    """(count,) numbers in (0, 1) at the addresses (timeline row, rule 0 .. count - 1, occasion sample)."""
    c1 = np.arange(count, dtype=np.uint64)
    c0, c2, c3 = (np.full(count, number, np.uint64) for number in (row, sample, 0))
    k0, k1 = np.uint64(seed), np.uint64(STREAM_SEARCH)
    for _ in range(ROUNDS):
        product_0, product_1 = MULTIPLY_0 * c0, MULTIPLY_1 * c2
        c0, c1 = (product_1 >> HALF) ^ c1 ^ k0, product_1 & WORD
        c2, c3 = (product_0 >> HALF) ^ c3 ^ k1, product_0 & WORD
        k0, k1 = (k0 + WEYL_0) & WORD, (k1 + WEYL_1) & WORD
    bits = (c0 << UPPER) | (c1 >> LOWER)
    return (bits.astype(np.float64) + 0.5) * STEP


def normals(seed: int, sample: int, rows: range, count: int) -> NDArray[np.float64]:
    """(rows, count) standard normal numbers."""
    from scipy.special import ndtri

    return np.stack([ndtri(uniforms(seed, sample, row, count)) for row in rows])


def resampled(seed: int, sample: int, times: int, n: int) -> NDArray[np.int64]:
    """(times, n) rows drawn with replacement from n."""
    drawn = np.stack([uniforms(seed, sample, row, n) for row in range(times)])
    return np.minimum((drawn * n).astype(np.int64), n - 1)


def shuffled(seed: int, sample: int, row: int, n: int) -> NDArray[np.int64]:
    """The numbers 0 .. n - 1 in an order of luck's."""
    return np.argsort(uniforms(seed, sample, row, n), kind="stable")
