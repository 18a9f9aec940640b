"""The almanac: seasons of business (quarters, half-years), and how long it is since something, in years."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.steps.dates import (
    DAYS,
    JANUARY,
    JULY,
    MARCH,
    SEPTEMBER,
    WEEKS_A_YEAR,
    day_number,
    first_week_of,
    holds_day,
)

ZERO = np.int64(0)
ONE, APRIL, JUNE, OCTOBER, DECEMBER = np.int64(1), np.int64(4), np.int64(6), np.int64(10), np.int64(12)
TWENTIETH = np.int64(20)
DAYS_A_YEAR = 365.2425


@kernel
def half_year_begins(c):
    """Is this the first week of a half-year?"""
    return first_week_of(c, JANUARY) or first_week_of(c, JULY)


@kernel
def quarter_begins(c):
    """Is this the first week of a quarter?"""
    return half_year_begins(c) or first_week_of(c, APRIL) or first_week_of(c, OCTOBER)


@kernel
def month_begins(c):
    """Does a month begin in this week: is its Monday the first of its month?"""
    return c.week == ZERO or c.month_of[c.week - ONE] != c.month


@kernel
def quarter_ends(c):
    """Does this week hold the 20th of March, June, September or December?"""
    return (
        holds_day(c, MARCH, TWENTIETH)
        or holds_day(c, JUNE, TWENTIETH)
        or holds_day(c, SEPTEMBER, TWENTIETH)
        or holds_day(c, DECEMBER, TWENTIETH)
    )


@kernel
def days_after(c, month, day):
    """Days from that day of this year to the Monday of this week; below 0 before it."""
    return c.week * DAYS - day_number(c.year, month, day)


@kernel
def years_after(c, year):
    """Years since the start of that year; below 0 before it."""
    return np.float64(c.week * DAYS - day_number(year, JANUARY, ONE)) / DAYS_A_YEAR


@kernel
def years_since(c, week):
    """Years since a week that the world remembers; -1 where it remembers none (-1)."""
    return -1.0 if week < 0.0 else (np.float64(c.week) - week) / WEEKS_A_YEAR


@kernel
def yes(condition):
    """1 where something is so, else 0."""
    return 1.0 if condition else 0.0
