"""Numbers and dates as a reader wants them: per cent, one in so many, dates in words, bits as odds."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SMALL_NUMBERS = tuple("no one two three four five six seven eight nine ten eleven twelve".split())  # noqa: SIM905
FIRST_DAY = dt.date(1931, 1, 5)  # day 0 of the first scenario; others pass their own
BELOW_THIS_ALSO_ONE_IN = 0.01


def number_word(count: int) -> str:
    """Three; 14."""
    return SMALL_NUMBERS[count] if 0 <= count < len(SMALL_NUMBERS) else str(count)


def day_to_date(day: int, first: dt.date = FIRST_DAY) -> dt.date:
    """The date of a day counted from the scenario's first Monday."""
    return first + dt.timedelta(days=int(day))


def in_words(date: dt.date | str) -> str:
    """29 July 1938."""
    if isinstance(date, str):
        date = dt.date.fromisoformat(date)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def month_of(date: dt.date | str) -> str:
    """July 1938."""
    if isinstance(date, str):
        date = dt.date.fromisoformat(date)
    return f"{MONTHS[date.month - 1]} {date.year}"


def percent(share: float | None) -> str:
    """A share as per cent with as many decimals as its size deserves; a dash where there is none."""
    if share is None or math.isnan(share):
        return "-"
    hundred = share * 100.0
    if hundred == 0.0 or hundred == 100.0:
        return f"{hundred:.0f} %"
    if hundred > 99.95:
        return "over 99.9 %"
    if hundred < 0.05:
        return "under 0.1 %"
    if hundred < 10.0 or hundred > 99.0:
        return f"{hundred:.1f} %"
    return f"{hundred:.0f} %"


def percent_or_odds(share: float | None) -> str:
    """Per cent; under one per cent also as "1 in N"."""
    if share is not None and 0.0 < share < BELOW_THIS_ALSO_ONE_IN:
        return f"{percent(share)} ({one_in(1.0 / share)})"
    return percent(share)


def percent_range(pair: Sequence[float] | None) -> str:
    """11 to 14 %; a dash where there is none."""
    if pair is None:
        return "-"
    low, high = percent(pair[0]), percent(pair[1])
    if low == high:
        return low
    return f"{low.removesuffix(' %')} to {high}"


def points(value: float) -> str:
    """A difference of two shares, in percentage points with its sign."""
    hundred = value * 100.0
    text = f"{hundred:+.1f}" if abs(hundred) < 10.0 else f"{hundred:+.0f}"
    return "0.0" if float(text) == 0.0 else text


def one_in(number: float) -> str:
    """1 in 230: three significant figures at most, thousands apart."""
    if number < 10.0:
        return f"1 in {number:.1f}".removesuffix(".0")
    if not math.isfinite(number) or number > 1e15:
        return "1 in more than a quadrillion"
    rounded = float(f"{number:.2g}") if number >= 100.0 else round(number)
    return f"1 in {thousands(rounded)}"


def thousands(number: float) -> str:
    """12,345."""
    return f"{number:,.0f}"


def bits(value: float | None) -> str:
    """Surprise in bits."""
    if value is None:
        return "-"
    if math.isinf(value):
        return "impossible"
    return f"{max(value, 0.0):.1f} bits"


def bits_as_odds(value: float | None) -> str:
    """Surprise as odds: 3 bits is 1 in 8."""
    if value is None:
        return "outside the rules"
    if math.isinf(value):
        return "never"
    if value < 0.05:
        return "near certain"
    return one_in(2.0**value) if value < 1000.0 else one_in(math.inf)


def amount(value: float | None, unit: str | None = None) -> str:
    """A quantity with its unit."""
    if value is None or math.isnan(value):
        return "-"
    number = thousands(value) if abs(value) >= 1000.0 else f"{value:.3g}"
    return f"{number} {unit}" if unit else number


def listed(items: Sequence[str], last: str = "and") -> str:
    """a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
