"""Where a draw lives: every uniform is a pure function of its address.

An address is (seed, stream, timeline, rule, occasion, slot). Seed and stream are the key of Philox; timeline,
rule, occasion and slot are its counter. An occasion is a week key, an entity and a step: what hangs on an
event carries the week in which that event *began*, so a longer crisis does not shift the luck of anything
else. Nothing is numbered by ordinals.

Contract, in three lines:

- `uniform` lies in the open interval (0, 1): 52 bits j of the first two words give (j + 1/2) 2^-52, so v and
  1 - v are exact.
- Occasions pack 11 | 12 | 9 bits (week key | entity | step); ask `fits` first, for beyond its bits a field
  wraps silently.
- Slot numbers are frozen: the table below is the only place that gives one out, and a number is never used
  again.

PREFERRED: ask for a slot by its name here. AVOID: two purposes in one slot of one rule, or arithmetic on
slots elsewhere.

| slot | purpose |
| --- | --- |
| 0 .. 63 | choice: Gumbel noise of option i, in every coupling that draws noise (gumbel, redraw, prior) |
| 0 | clock: whether it fires; shock: its noise |
| 1 | clock: on which day |
| 64 | choice, monotone coupling: the one uniform over the options in declared order |
| 65, 66 | choice, maximal coupling: whether history's option is kept; which other one instead |
| 67 .. 255 | free |

The bits of a slot above the eighth are a salt, 0 except for luck that splitting or a fork draws anew.
"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.luck.philox import philox4x32

# Streams: the second word of the key.
STREAM_WORLDS = np.int64(0)
STREAM_DRAWS = np.int64(1)  # parameter draws and latent luck
STREAM_SPLITTING = np.int64(2)
STREAM_SEARCH = np.int64(3)  # search and resampling

# Slots: see the table above.
SLOT_WHETHER = np.int64(0)
SLOT_NOISE = np.int64(0)
SLOT_DAY = np.int64(1)
SLOT_MONOTONE = np.int64(64)
SLOT_MAXIMAL_KEEP = np.int64(65)
SLOT_MAXIMAL_OTHER = np.int64(66)
OPTIONS_AT_MOST = np.int64(64)

# Occasions: sizes of the three fields.
WEEK_KEYS = np.int64(2048)
ENTITIES = np.int64(4096)
STEPS = np.int64(512)
WEEK_KEY_SHIFT = np.int64(21)
ENTITY_SHIFT = np.int64(9)

SALT_SHIFT = np.int64(8)
WORD_MASK = np.int64(0xFFFFFFFF)
UPPER_SHIFT = np.uint64(20)
LOWER_SHIFT = np.uint64(12)
STEP_OF_UNIFORM = 2.0**-52


@kernel
def fits(week_key: np.int64, entity: np.int64, step: np.int64) -> bool:
    """Whether the three fields lie within their bits; if not, the timeline must be set aside."""
    return bool(0 <= week_key < WEEK_KEYS and 0 <= entity < ENTITIES and 0 <= step < STEPS)


@kernel
def occasion(week_key: np.int64, entity: np.int64, step: np.int64) -> np.int64:
    """Pack an occasion: 11 bits week key, 12 entity, 9 step, held in an int64 from 0 to 2^32 - 1.

    Fields beyond their bits wrap (week key 2048 is week key 0), the address of something else: see `fits`.
    """
    return (
        ((week_key & (WEEK_KEYS - np.int64(1))) << WEEK_KEY_SHIFT)
        | ((entity & (ENTITIES - np.int64(1))) << ENTITY_SHIFT)
        | (step & (STEPS - np.int64(1)))
    )


@kernel
def week_key_of(occasion_number: np.int64) -> np.int64:
    """The week key packed in an occasion, 0 .. 2047."""
    return (occasion_number >> WEEK_KEY_SHIFT) & (WEEK_KEYS - np.int64(1))


@kernel
def entity_of(occasion_number: np.int64) -> np.int64:
    """The entity packed in an occasion, 0 .. 4095."""
    return (occasion_number >> ENTITY_SHIFT) & (ENTITIES - np.int64(1))


@kernel
def step_of(occasion_number: np.int64) -> np.int64:
    """The step packed in an occasion, 0 .. 511."""
    return occasion_number & (STEPS - np.int64(1))


@kernel
def salted(slot: np.int64, salt: np.int64) -> np.int64:
    """A slot under a salt: purpose in the low 8 bits, salt (0 .. 2^24 - 1) above them."""
    return slot | (salt << SALT_SHIFT)


@kernel
def unit_interval(upper: np.uint64, lower: np.uint64) -> float:
    """The uniform made of two 32-bit words: 32 bits of the first, the upper 20 of the second, and a half.

    Smallest 2^-53 (both words 0), largest 1 - 2^-53 (all bits set); never 0 and never 1.
    """
    bits = (upper << UPPER_SHIFT) | (lower >> LOWER_SHIFT)
    return (np.float64(np.int64(bits)) + 0.5) * STEP_OF_UNIFORM


@kernel
def uniform(
    seed: np.int64, stream: np.int64, timeline: np.int64, rule: np.int64, at: np.int64, slot: np.int64
) -> float:
    """The uniform in (0, 1) at one address; `at` is an `occasion`. Each number counts modulo 2^32."""
    upper, lower, _, _ = philox4x32(
        np.uint64(timeline & WORD_MASK),
        np.uint64(rule & WORD_MASK),
        np.uint64(at & WORD_MASK),
        np.uint64(slot & WORD_MASK),
        np.uint64(seed & WORD_MASK),
        np.uint64(stream & WORD_MASK),
    )
    return unit_interval(upper, lower)
