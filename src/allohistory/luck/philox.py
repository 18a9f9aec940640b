"""Philox-4x32-10: four random words from an address, with no state.

A counter of four words (where the draw is) is scrambled under a key of two words (which ensemble it belongs
to) in ten rounds of multiplication and exclusive-or: Salmon, Moraes, Dror and Shaw, "Parallel random numbers:
as easy as 1, 2, 3" (2011). The tests hold it to the known answers published with Random123.

Contract, in three lines:

- Same counter and key, same four words: on every processor, compiled or not, in any order and on any thread.
- Words go in and come out as `np.uint64` holding 0 .. 2^32 - 1; inputs must already lie in that range.
- Nothing overflows: 32 by 32 bits fit in 64, and sums are masked by hand, so the plain form raises no
  warning.
"""

import numpy as np

from allohistory.luck.compiled import kernel

WORD = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
MULTIPLY_0 = np.uint64(0xD2511F53)
MULTIPLY_1 = np.uint64(0xCD9E8D57)
WEYL_0 = np.uint64(0x9E3779B9)  # golden ratio
WEYL_1 = np.uint64(0xBB67AE85)  # square root of 3, less 1
TWICE_0, TWICE_1 = np.uint64(2 * 0x9E3779B9), np.uint64(2 * 0xBB67AE85)
THRICE_0, THRICE_1 = np.uint64(3 * 0x9E3779B9), np.uint64(3 * 0xBB67AE85)
FOURFOLD_0, FOURFOLD_1 = np.uint64(4 * 0x9E3779B9), np.uint64(4 * 0xBB67AE85)
FIVEFOLD_0, FIVEFOLD_1 = np.uint64(5 * 0x9E3779B9), np.uint64(5 * 0xBB67AE85)


@kernel
def one_round(
    c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64, k0: np.uint64, k1: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """One round: two products, whose halves change places."""
    product_0 = MULTIPLY_0 * c0
    product_1 = MULTIPLY_1 * c2
    return (
        (product_1 >> HALF) ^ c1 ^ k0,
        product_1 & WORD,
        (product_0 >> HALF) ^ c3 ^ k1,
        product_0 & WORD,
    )


@kernel
def philox4x32(
    c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64, k0: np.uint64, k1: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Four words (32 bits each, as np.uint64) for the counter c0..c3 under the key k0, k1; ten rounds."""
    for _ in range(10):
        c0, c1, c2, c3 = one_round(c0, c1, c2, c3, k0, k1)
        k0 = (k0 + WEYL_0) & WORD
        k1 = (k1 + WEYL_1) & WORD
    return c0, c1, c2, c3


@kernel
def five_rounds(
    c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64, k0: np.uint64, k1: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Five rounds written out, so that many counters can be worked side by side in one machine word's lanes."""
    c0, c1, c2, c3 = one_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3 = one_round(c0, c1, c2, c3, (k0 + WEYL_0) & WORD, (k1 + WEYL_1) & WORD)
    c0, c1, c2, c3 = one_round(c0, c1, c2, c3, (k0 + TWICE_0) & WORD, (k1 + TWICE_1) & WORD)
    c0, c1, c2, c3 = one_round(c0, c1, c2, c3, (k0 + THRICE_0) & WORD, (k1 + THRICE_1) & WORD)
    return one_round(c0, c1, c2, c3, (k0 + FOURFOLD_0) & WORD, (k1 + FOURFOLD_1) & WORD)
