"""Hash tables inside the context: the record's entries, and the ledger of the factual world.

Both are keyed by (rule, occasion) packed into one integer, open addressing, a power of two of slots, -1 for
an empty one. They live in fixed arrays of the context, so a lookup allocates nothing.
"""

import numpy as np

from allohistory.luck.compiled import kernel

EMPTY = np.int64(-1)
OCCASION_BITS = np.int64(32)
MIX = np.int64(0x9E3779B1)


@kernel
def packed(rule, occasion):
    """One integer for (rule, occasion); both are non-negative and the occasion fits 32 bits."""
    return (rule << OCCASION_BITS) | occasion


@kernel
def first_slot(key, mask):
    """Where the search for a key begins: its low bits, stirred without overflow."""
    low = key & np.int64(0x3FFFFFFF)
    high = (key >> np.int64(30)) & np.int64(0x3FFFFFFF)
    mixed = ((low * MIX) & np.int64(0x3FFFFFFFFFFFFFFF)) ^ (high * np.int64(40503))
    return ((mixed >> np.int64(13)) ^ mixed) & mask


@kernel
def slot_of(keys, key):
    """The slot that holds the key, or -1."""
    mask = np.int64(keys.shape[0] - 1)
    slot = first_slot(key, mask)
    for _ in range(keys.shape[0]):
        if keys[slot] == key:
            return slot
        if keys[slot] == EMPTY:
            return EMPTY
        slot = (slot + np.int64(1)) & mask
    return EMPTY


@kernel
def free_slot(keys, key):
    """The slot to write the key into (its own where it stands already), or -1 where the table is full."""
    mask = np.int64(keys.shape[0] - 1)
    slot = first_slot(key, mask)
    for _ in range(keys.shape[0]):
        if keys[slot] == key or keys[slot] == EMPTY:
            return slot
        slot = (slot + np.int64(1)) & mask
    return EMPTY
