"""Every row of the second reading is filled in, and every difference from the book is settled in words."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

import second_reading as reading
from allohistory.book.open import open_book


@pytest.fixture(scope="module")
def book():
    return open_book(reading.SCENARIO)


@pytest.fixture(scope="module")
def compared(book):
    return reading.parameters_compared(book) + reading.entries_compared(book)


def test_a_tenth_of_the_book_has_been_read(book):
    assert not reading.asked(reading.read_in_sources(book), reading.ids_of("parameter"))
    assert not reading.asked(list(book.entries), reading.ids_of("entry"))


def test_every_row_is_filled_in_and_says_where_it_was_read():
    rows = reading.sheet("parameter")
    assert [row["id"] for row in rows if not row["low"] <= row["central"] <= row["high"]] == []
    assert [row["id"] for row in rows + reading.sheet("entry") if not row["source"]] == []
    assert [
        row["id"] for row in reading.sheet("entry") if row["took"] == "" or row["date"].year == 1900
    ] == []


def test_every_difference_is_settled(compared):
    assert [one.id for one in compared if not one.agrees and not one.settled] == []
    assert [one.id for one in compared if one.was and not one.settled] == []


def test_no_settlement_is_left_over(compared):
    assert [one.id for one in compared if one.settled and one.agrees and not one.was] == []


def test_a_parameter_far_off_is_found(book):
    row = reading.sheet("parameter")[0]
    ours = book.parameters[row["id"]]
    far = dict(row, central=1e6, low=9e5, high=2e6)
    assert reading.parameter_compared(ours, far).verdict == "differs"
    assert reading.parameter_compared(ours, dict(far, low=-math.inf)).verdict == "near"


def test_an_entry_with_another_option_or_day_is_found(book):
    row = next(row for row in reading.sheet("entry") if isinstance(row["took"], str))
    ours = book.entries[row["id"]]
    assert reading.entry_compared(ours, dict(row, took="something else")).verdict == "differs"
    moved = dict(row, took=ours.took, date=row["date"].replace(year=row["date"].year + 1))
    assert reading.entry_compared(ours, moved).verdict == "near"
    assert reading.entry_compared(replace(ours, took=row["took"]), row).verdict == "agrees"


def test_the_choice_is_chance_and_grows_with_the_book():
    ids = [f"rule.{i}" for i in range(100)]
    first = reading.asked(ids, set())
    assert len(first) == 10
    assert set(first) <= set(reading.asked([*ids, *(f"new.{i}" for i in range(50))], set(first))) | set(first)
    assert len(reading.asked([*ids, *(f"new.{i}" for i in range(50))], set(first))) == 5


def test_page__is_fresh(book):
    assert reading.PAGE.read_text(encoding="utf-8") == reading.page(book)
