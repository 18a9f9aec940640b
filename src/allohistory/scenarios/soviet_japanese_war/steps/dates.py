"""The calendar inside the week: how long ago something was, and which day this week holds."""

import numpy as np

from allohistory.luck.compiled import kernel

ZERO, ONE = np.int64(0), np.int64(1)
WEEKS_A_YEAR = 365.2425 / 7.0
DAYS = np.int64(7)
JANUARY, MARCH, MAY, JULY, AUGUST, SEPTEMBER, NOVEMBER = (
    np.int64(1),
    np.int64(3),
    np.int64(5),
    np.int64(7),
    np.int64(8),
    np.int64(9),
    np.int64(11),
)
# Days from 1 March of year 0 (proleptic Gregorian calendar) to Monday 5 January 1931, the first day of week 0.
FIRST_MONDAY = np.int64(705227)


@kernel
def weeks_since(c, week):
    """Weeks since a week that the world remembers; -1 where it never was."""
    if week < 0.0:
        return -1.0
    return np.float64(c.week) - week


@kernel
def lately(c, week, weeks):
    """1 where something was at most so many weeks ago, else 0."""
    if week >= 0.0 and np.float64(c.week) - week <= weeks:
        return 1.0
    return 0.0


@kernel
def years(c):
    """Years since the start of 1931."""
    return np.float64(c.week) / WEEKS_A_YEAR


@kernel
def first_week_of(c, month):
    """Does this week begin on the first Monday of that month?"""
    return c.month == month and (c.week == ZERO or c.month_of[c.week - ONE] != month)


@kernel
def day_number(year, month, day):
    """Days from Monday 5 January 1931 to a day of the calendar (years counted from March, Gregorian)."""
    y, m = year, month - np.int64(3)
    if month < MARCH:
        y, m = year - ONE, month + np.int64(9)
    leap = y // np.int64(4) - y // np.int64(100) + y // np.int64(400)
    within = (np.int64(153) * m + np.int64(2)) // np.int64(5) + day - ONE
    return np.int64(365) * y + leap + within - FIRST_MONDAY


@kernel
def holds_day(c, month, day):
    """Does this week, Monday to Sunday, hold that day of its year? From the seventh on, Monday is in the same month."""
    if day >= DAYS and c.month != month:
        return False
    return day_number(c.year, month, day) // DAYS == c.week


@kernel
def in_winter(c):
    """1 from November to March."""
    return 1.0 if c.month >= NOVEMBER or c.month <= MARCH else 0.0


@kernel
def in_early_summer(c):
    """1 from May to July."""
    return 1.0 if MAY <= c.month <= JULY else 0.0


@kernel
def in_late_summer(c):
    """1 in August and September."""
    return 1.0 if AUGUST <= c.month <= SEPTEMBER else 0.0
