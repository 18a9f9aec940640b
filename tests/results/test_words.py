"""Words for numbers: what a reader sees must be true to the number and short."""

from __future__ import annotations

import math

import pytest

from allohistory.results import words


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.5, "50 %"),
        (0.123, "12 %"),
        (0.0123, "1.2 %"),
        (0.0004, "under 0.1 %"),
        (0.9999, "over 99.9 %"),
        (0.995, "99.5 %"),
        (None, "-"),
        (math.nan, "-"),
    ],
)
def test_percent(share, text):
    assert words.percent(share) == text


def test_percent__under_one_also_as_one_in_so_many():
    assert words.percent_or_odds(0.004) == "0.4 % (1 in 250)"
    assert words.percent_or_odds(0.01) == "1.0 %"
    assert words.percent_or_odds(0.0) == "0 %"


def test_range():
    assert words.percent_range((0.11, 0.14)) == "11 to 14 %"
    assert words.percent_range((0.0001, 0.14)) == "under 0.1 to 14 %"
    assert words.percent_range(None) == "-"


@pytest.mark.parametrize(
    ("value", "odds"),
    [
        (3.0, "1 in 8"),
        (0.0, "near certain"),
        (10.0, "1 in 1,000"),
        (math.inf, "never"),
        (None, "outside the rules"),
    ],
)
def test_bits(value, odds):
    assert words.bits_as_odds(value) == odds


def test_points():
    assert words.points(0.0213) == "+2.1"
    assert words.points(-0.5) == "-50"
    assert words.points(0.00001) == "0.0"


def test_dates():
    assert words.in_words("1938-07-29") == "29 July 1938"
    assert words.month_of("1938-07-29") == "July 1938"


def test_listed():
    assert words.listed([]) == ""
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
