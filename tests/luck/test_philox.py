"""Philox against answers that others published, and against another implementation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from randomgen import Philox

from allohistory.luck.philox import philox4x32
from luck import drivers

pytestmark = pytest.mark.plain

# Random123, tests/kat_vectors, philox4x32-10: counter, key, answer.
KNOWN = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def words_of(text):
    return np.array([int(word, 16) for word in text.split()], dtype=np.uint64)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_philox__known_answers(counter, key, answer):
    assert drivers.words(words_of(counter).reshape(1, 4), words_of(key)).tolist() == [
        words_of(answer).tolist()
    ]
    plain = philox4x32(*words_of(counter), *words_of(key))
    assert [int(word) for word in plain] == words_of(answer).tolist()


def test_philox__the_known_answers_depend_on_every_bit():
    counter, key, answer = KNOWN[2]
    for place in range(6):
        moved = np.concatenate([words_of(counter), words_of(key)])
        moved[place] ^= np.uint64(1)
        other = drivers.words(moved[:4].reshape(1, 4), moved[4:])[0]
        assert not np.any(other == words_of(answer))


WORD = st.integers(0, 2**32 - 1)


@given(counter=st.lists(WORD, min_size=4, max_size=4), key=st.lists(WORD, min_size=2, max_size=2))
def test_philox__agrees_with_randomgen(counter, key):
    other = Philox(counter=0, key=0, number=4, width=32)
    state = other.state
    before = (
        sum(word << (32 * i) for i, word in enumerate(counter)) - 1
    )  # randomgen adds one before each block
    before %= 2**128
    state["state"]["counter"] = np.array([before >> (32 * i) & 0xFFFFFFFF for i in range(4)], dtype=np.uint32)
    state["state"]["key"] = np.array(key, dtype=np.uint32)
    other.state = state
    ours = drivers.words(np.array([counter], dtype=np.uint64), np.array(key, dtype=np.uint64))
    assert ours[0].tolist() == [int(word) for word in other.random_raw(4)]
