"""Addresses: open ends of the uniform, packing of occasions, and that no two purposes share a slot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allohistory.luck import address
from bands import law_within_luck, within_luck
from luck import drivers

ALL_ONES = np.uint64(0xFFFFFFFF)
ZERO = np.uint64(0)


@pytest.mark.plain
def test_uniform__is_open_at_both_ends_at_the_extreme_words():
    lowest = drivers.from_words(ZERO, ZERO)
    highest = drivers.from_words(ALL_ONES, ALL_ONES)
    assert lowest == 2.0**-53
    assert highest == 1.0 - 2.0**-53
    assert 0.0 < lowest < highest < 1.0
    assert 1.0 - highest == lowest  # v and 1 - v are both exact


@pytest.mark.plain
def test_uniform__reads_the_first_word_as_its_upper_bits():
    assert drivers.from_words(np.uint64(0x80000000), ZERO) == 0.5 + 2.0**-53
    assert (
        drivers.from_words(ZERO, np.uint64(0xFFF)) == 2.0**-53
    )  # the lowest 12 bits of the second do not count
    assert drivers.from_words(ZERO, np.uint64(0x1000)) == 2.0**-52 + 2.0**-53


@pytest.mark.plain
@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_uniform__complement_is_exact(upper, lower):
    v = drivers.from_words(np.uint64(upper), np.uint64(lower))
    assert 0.0 < v < 1.0
    assert 1.0 - (1.0 - v) == v


@pytest.mark.statistical
def test_uniform__is_uniform_over_timelines_and_slots_are_independent():
    n = 200_000  # Kolmogorov: a gap of 0.006 is found 99 times in 100
    v = drivers.uniforms(np.int64(1), n, drivers.SLOT_0)
    w = drivers.uniforms(np.int64(1), n, drivers.SLOT_1)
    assert law_within_luck(v, lambda x: x)
    assert within_luck(int(np.sum((v < 0.5) == (w < 0.5))), n, 0.5)
    assert within_luck(int(np.sum((v[1:] < 0.5) == (v[:-1] < 0.5))), n - 1, 0.5)


@pytest.mark.statistical
def test_uniform__the_test_above_can_fail():
    n = 200_000
    v = drivers.uniforms(np.int64(1), n, drivers.SLOT_0)
    assert not law_within_luck(v**1.03, lambda x: x)
    assert not within_luck(int(np.sum((v < 0.5) == (v < 0.508))), n, 0.5)


WEEK, ENTITY, STEP = st.integers(0, 2047), st.integers(0, 4095), st.integers(0, 511)


@pytest.mark.plain
@given(WEEK, ENTITY, STEP)
def test_occasion__comes_back_as_it_went_in(week, entity, step):
    packed = address.occasion(np.int64(week), np.int64(entity), np.int64(step))
    assert address.fits(week, entity, step)
    assert packed == week << 21 | entity << 9 | step
    assert 0 <= packed < 2**32
    assert (address.week_key_of(packed), address.entity_of(packed), address.step_of(packed)) == (
        week,
        entity,
        step,
    )


@pytest.mark.plain
@pytest.mark.parametrize(
    "fields", [(2048, 0, 0), (0, 4096, 0), (0, 0, 512), (-1, 0, 0), (0, -1, 0), (0, 0, -1)]
)
def test_occasion__beyond_its_bits_wraps_and_fits_says_so(fields):
    wrapped = address.occasion(*(np.int64(field) for field in fields))
    inside = [field % size for field, size in zip(fields, (2048, 4096, 512), strict=True)]
    assert not address.fits(*fields)
    assert wrapped == address.occasion(*(np.int64(field) for field in inside))


@pytest.mark.plain
def test_uniform__each_field_of_the_address_counts():
    base = [np.int64(i) for i in (1, 0, 2, 3, 4, 5)]
    seen = {address.uniform(*base)}
    for place in range(6):
        for other in (0, 1, 77, 2**31, 2**32 - 1):
            moved = list(base)
            moved[place] = np.int64(other)
            seen.add(address.uniform(*moved))
    assert len(seen) == 1 + 6 * 5 - 2  # twice the moved address is the base itself: seed 1, stream 0


@pytest.mark.plain
def test_slots__no_two_purposes_share_one():
    clock = {int(address.SLOT_WHETHER), int(address.SLOT_DAY)}
    choice = set(range(int(address.OPTIONS_AT_MOST)))
    choice_others = [address.SLOT_MONOTONE, address.SLOT_MAXIMAL_KEEP, address.SLOT_MAXIMAL_OTHER]
    assert len(clock) == 2
    assert len({int(slot) for slot in choice_others} | choice) == 64 + 3
    assert all(64 <= int(slot) < 256 for slot in choice_others)


@pytest.mark.plain
def test_slots__are_frozen():
    """These numbers are in every result ever published: append, never change."""
    frozen = {
        "SLOT_WHETHER": 0,
        "SLOT_NOISE": 0,
        "SLOT_DAY": 1,
        "SLOT_MONOTONE": 64,
        "SLOT_MAXIMAL_KEEP": 65,
        "SLOT_MAXIMAL_OTHER": 66,
        "OPTIONS_AT_MOST": 64,
        "STREAM_WORLDS": 0,
        "STREAM_DRAWS": 1,
        "STREAM_SPLITTING": 2,
        "STREAM_SEARCH": 3,
    }
    now = {
        name: int(getattr(address, name)) for name in dir(address) if name.startswith(("SLOT_", "STREAM_"))
    }
    now["OPTIONS_AT_MOST"] = int(address.OPTIONS_AT_MOST)
    assert now == frozen


@pytest.mark.plain
def test_salt__lies_above_the_purposes():
    assert address.salted(np.int64(66), np.int64(0)) == 66
    assert address.salted(np.int64(66), np.int64(3)) == 66 + 3 * 256
    assert address.salted(np.int64(255), np.int64(2**24 - 1)) == 2**32 - 1
