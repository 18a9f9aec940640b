"""A timeline's address: it comes back as it was written, and a slip of the pen is noticed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allohistory.errors import AllohistoryError
from allohistory.timeline.address import ALPHABET, SHORT, Address, read_address, write_address

KNOWN = {"sjw": "soviet-japanese-war"}
POD = st.tuples(st.integers(0, 1023), st.none() | st.integers(0, 7300))
ADDRESSES = st.builds(
    Address,
    scenario=st.just("sjw"),
    digest=st.integers(0, 2**20 - 1),
    seed=st.integers(0, 2**32 - 1),
    timeline=st.integers(0, 2**24 - 1),
    draws=st.integers(1, 4095),
    coupling=st.integers(0, 3),
    clocks=st.integers(0, 1),
    horizon=st.sampled_from(["start", "end", "after-changes"]) | st.integers(0, 2**17 - 1),
    pods=st.lists(POD, max_size=4).map(tuple),
    changes=st.lists(st.text("abcdefghij.-[]@=0123456789", min_size=1, max_size=60), max_size=3).map(tuple),
)


@given(ADDRESSES)
def test_it_comes_back(address):
    assert read_address(write_address(address), KNOWN) == address


@given(ADDRESSES)
def test_it_comes_back_from_upper_case_and_from_letters_taken_for_digits(address):
    text = write_address(address)
    front, body, check = text.rsplit("-", 2)
    mistaken = front.upper() + "-" + body.replace("0", "O").replace("1", "I") + "-" + check.replace("0", "o")
    assert read_address(mistaken, KNOWN) == address


def test_four_points_of_divergence_fit_into_the_short_form():
    pods = tuple((1023, None) for _ in range(4))
    text = write_address(Address("sjw", 2**20 - 1, 2**32 - 1, 2**24 - 1, 4095, 3, 1, "after-changes", pods))
    assert len(text) <= SHORT
    assert text.startswith("ah1-sjw-")


@settings(max_examples=300)
@given(ADDRESSES, st.data())
def test_a_single_wrong_character_is_noticed(address, data):
    text = write_address(address)
    start = text.index("-", 4) + 1
    place = data.draw(st.integers(start, len(text) - 1).filter(lambda i: text[i] != "-"))
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda letter: letter != text[place]))
    with pytest.raises(AllohistoryError, match="slip"):
        read_address(text[:place] + other + text[place + 1 :], KNOWN)


@pytest.mark.parametrize("text", ["", "hello", "ah1-sjw", "ah1-sjw-abc", "ah2-sjw-abc-defg", "ah1-sjw--"])
def test_what_is_no_address_is_said_in_one_line(text):
    with pytest.raises(AllohistoryError):
        read_address(text, KNOWN)


def test_more_changes_than_fit_are_refused():
    with pytest.raises(AllohistoryError, match="too many"):
        write_address(Address("sjw", 1, 1, 1, 100, changes=("x" * 250,) * 8))
