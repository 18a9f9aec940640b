"""A timeline's address: it comes back as it was written, is short, and a slip of the pen is noticed."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allohistory.errors import AllohistoryError
from allohistory.timeline.address import SHORT, Address, read_address, write_address
from allohistory.timeline.address_changes import AMOUNTS, OPERATIONS, VALUES, WHENS, PackedChange
from allohistory.timeline.bits import ALPHABET, Bits, as_decimal
from allohistory.timeline.plan import position

KNOWN = {"sjw": "soviet-japanese-war"}
PAGE = Path(__file__).resolve().parents[2] / "docs" / "address.md"
POD = st.tuples(st.integers(0, 1023), st.none() | st.integers(0, 7300))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def packed_changes(draw):
    when, value = draw(st.sampled_from(list(WHENS))), draw(st.sampled_from(VALUES))
    amount = 0
    if value in OPERATIONS:
        amount = draw(NUMBERS)
    elif value in AMOUNTS:
        amount = draw(st.integers(0, 2 ** AMOUNTS[value] - 1))
    return PackedChange(
        table=draw(st.sampled_from(["rules", "variables", "parameters", "entries"])),
        number=draw(st.integers(0, 2047)),
        entity=draw(st.none() | st.integers(0, 4095)),
        when=when,
        at=tuple(draw(st.integers(0, 2**width - 1)) for width in WHENS[when]),
        value=value,
        amount=amount,
    )


ADDRESSES = st.builds(
    Address,
    scenario=st.just("sjw"),
    digest=st.integers(0, 2**20 - 1),
    seed=st.integers(0, 2**32 - 1),
    timeline=st.integers(0, 2**24 - 1),
    draws=st.integers(1, 4095),
    coupling=st.integers(0, 3),
    clocks=st.integers(0, 1),
    horizon=st.sampled_from(["start", "end", "after-changes"]) | st.integers(0, 2**18 - 1),
    pods=st.lists(POD, max_size=4).map(tuple),
    changes=st.lists(packed_changes() | st.text(min_size=1, max_size=60), max_size=3).map(tuple),
    forks=st.lists(st.tuples(st.integers(0, 2047), st.integers(0, 2**24 - 1)), max_size=2).map(tuple),
    readings=st.lists(st.text(max_size=20), max_size=2).map(tuple),
)
FULL = {"digest": 2**20 - 1, "seed": 2**32 - 1, "timeline": 2**24 - 1, "draws": 4095}


@given(ADDRESSES)
def test_address__comes_back(address):
    assert read_address(write_address(address), KNOWN) == address


@given(ADDRESSES)
def test_address__comes_back_from_upper_case_and_from_letters_taken_for_digits(address):
    text = write_address(address)
    front, body, check = text.rsplit("-", 2)
    mistaken = front.upper() + "-" + body.replace("0", "O").replace("1", "I") + "-" + check.replace("0", "o")
    assert read_address(mistaken, KNOWN) == address


@given(st.floats())
def test_numbers__come_back_as_they_were_to_the_last_bit(number):
    bits = Bits()
    bits.put_number(number)
    again = Bits(bits.bits).take_number()
    assert again.hex() == number.hex()


@pytest.mark.parametrize("number", [0.0, -0.0, 0.4, -12.75, 150.0, 0.001, 1_000_000.0])
def test_numbers__that_people_write_take_few_bits(number):
    bits = Bits()
    bits.put_number(number)
    assert as_decimal(number) is not None
    assert len(bits.bits) == 26


@pytest.mark.parametrize("horizon", ["after-changes", position(2047, 0)])
@pytest.mark.parametrize("moved", [None, 2**14 - 1])
def test_short_form__holds_four_points_of_divergence_moved_or_not(horizon, moved):
    pods = tuple((1023, moved) for _ in range(4))
    text = write_address(Address("sjw", **FULL, coupling=3, clocks=1, horizon=horizon, pods=pods))
    assert len(text) <= SHORT
    assert text.startswith("ah1-sjw-")


@settings(max_examples=300)
@given(packed_changes(), st.sampled_from(["start", "end", "after-changes"]) | st.integers(0, 2047))
def test_short_form__holds_any_one_change_without_a_point_of_divergence(change, horizon):
    horizon = position(horizon, 0) if isinstance(horizon, int) else horizon
    text = write_address(Address("sjw", **FULL, coupling=3, clocks=1, horizon=horizon, changes=(change,)))
    assert len(text) <= SHORT
    assert text.startswith("ah1-sjw-")


def test_short_form__holds_the_longest_change_that_there_is():
    longest = PackedChange("variables", 2047, 4095, "window", (2**14 - 1,) * 2, "*=", 0.1 + 0.2)
    text = write_address(
        Address("sjw", **FULL, coupling=3, clocks=1, horizon=position(2047, 0), changes=(longest,))
    )
    assert len(text) == SHORT


@settings(max_examples=300)
@given(ADDRESSES, st.data())
def test_slip__a_single_wrong_character_is_noticed(address, data):
    text = write_address(address)
    start = text.index("-", 4) + 1
    place = data.draw(st.integers(start, len(text) - 1).filter(lambda i: text[i] != "-"))
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda letter: letter != text[place]))
    with pytest.raises(AllohistoryError, match="slip"):
        read_address(text[:place] + other + text[place + 1 :], KNOWN)


@pytest.mark.parametrize("text", ["", "hello", "ah1-sjw", "ah1-sjw-abc", "ah2-sjw-abc-defg", "ah1-sjw--"])
def test_slip__what_is_no_address_is_said_in_one_line(text):
    with pytest.raises(AllohistoryError):
        read_address(text, KNOWN)


def test_slip__an_unknown_scenario_is_named():
    with pytest.raises(AllohistoryError, match='no scenario is called "sjw"'):
        read_address(write_address(Address("sjw", 1, 1, 1, 100)), {"other": "other"})


def test_long_form__more_changes_than_fit_are_refused():
    with pytest.raises(AllohistoryError, match="too many"):
        write_address(Address("sjw", 1, 1, 1, 100, changes=("x" * 250,) * 8))


@pytest.mark.parametrize(
    "wrong", [{"timeline": 2**24}, {"seed": 2**32}, {"seed": -1}, {"pods": ((1024, None),)}]
)
def test_write__what_has_no_room_is_refused(wrong):
    with pytest.raises(AllohistoryError, match="does not fit"):
        write_address(Address("sjw", **{**FULL, **wrong}))


def vectors():
    """The test vectors of docs/address.md, by running its one block of Python."""
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    found = {}
    exec(compile("\n".join(blocks), PAGE.name, "exec"), found)
    return found["VECTORS"]


def test_page__its_ten_vectors_hold():
    found = vectors()
    assert len(found) >= 10
    for text, address in found.items():
        assert write_address(address) == text
        assert read_address(text, KNOWN) == address
        assert len(text) <= (SHORT if text.startswith("ah1-") else 2000)


def test_page__its_vectors_show_every_part():
    found = list(vectors().values())
    changes = [change for address in found for change in address.changes if not isinstance(change, str)]
    assert {change.table for change in changes} == {"rules", "variables", "parameters", "entries"}
    assert {"option", "never", "*="} <= {change.value for change in changes}
    assert any(isinstance(change, str) for address in found for change in address.changes)
    assert any(address.forks for address in found)
    assert any(address.readings for address in found)
    assert {address.horizon if isinstance(address.horizon, str) else "position" for address in found} == {
        "start",
        "end",
        "after-changes",
        "position",
    }
