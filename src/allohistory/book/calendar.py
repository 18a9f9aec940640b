"""Weeks, days and dates: which week a date lies in, and what `1938-07` or `1937-06..1937-12` stand for.

Weeks run Monday to Sunday and are numbered from 0; days are whole numbers since the Monday of week 0.
"""

from __future__ import annotations

import calendar as months
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from allohistory.errors import AllohistoryError

DAYS_A_WEEK = 7
FIRST_DAY = date(1931, 1, 5)
LAST_WEEK = 1042
FORMS = ("YYYY-MM-DD", "YYYY-MM", "YYYY")

Precision = Literal["day", "month", "year", "window"]
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class Span:
    """The days that a date or a window stands for, both ends included.

    precision  how it was written: as a day, a month, a year, or a window ``A..B``
    """

    first: date
    last: date
    precision: Precision

    def __str__(self) -> str:
        """The shortest way to write it."""
        if self.precision == "year":
            return f"{self.first.year:04d}"
        if self.precision == "month":
            return f"{self.first.year:04d}-{self.first.month:02d}"
        if self.precision == "day":
            return self.first.isoformat()
        return f"{self.first.isoformat()}..{self.last.isoformat()}"

    def shifted(self, days: int) -> Span:
        """The same length of time, so many days later; a month or a year becomes a window of days."""
        if not days:
            return self
        step = timedelta(days=days)
        return Span(self.first + step, self.last + step, "day" if self.precision == "day" else "window")


def parse_date(text: str, where: str = "date") -> Span:
    """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; a month and a year stand for all of their days."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise AllohistoryError(where, f'"{text}" is not a date', given=text, possible=FORMS, closest=FORMS[0])
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if year is None or month is None:
            return Span(date(int(found[1]), 1, 1), date(int(found[1]), 12, 31), "year")
        if day is None:
            return Span(date(year, month, 1), date(year, month, months.monthrange(year, month)[1]), "month")
        return Span(date(year, month, day), date(year, month, day), "day")
    except (ValueError, months.IllegalMonthError):
        problem = f'"{text}" is not a day of the calendar'
        raise AllohistoryError(where, problem, given=text, possible=FORMS, closest="") from None


def parse_window(text: str, where: str = "date") -> Span:
    """Read a date or a window ``A..B`` that includes both ends."""
    if ".." not in text:
        return parse_date(text, where)
    begin, _, end = text.partition("..")
    first, last = parse_date(begin, where).first, parse_date(end, where).last
    if last < first:
        raise AllohistoryError(where, f'the window "{text}" ends before it begins', given=text)
    return Span(first, last, "window")


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


@dataclass(frozen=True)
class Calendar:
    """The weeks of one scenario.

    first      the Monday on which week 0 begins
    last_week  the number of the last week
    """

    first: date = FIRST_DAY
    last_week: int = LAST_WEEK

    def __post_init__(self) -> None:
        if self.first.weekday() != 0:
            problem = f"week 0 begins on {self.first}, which is not a Monday"
            raise AllohistoryError("calendar", problem, given=self.first)

    @property
    def last(self) -> date:
        """The Sunday that ends the last week."""
        return self.date_of(self.last_day)

    @property
    def last_day(self) -> int:
        """The number of the last day, counted from 0."""
        return (self.last_week + 1) * DAYS_A_WEEK - 1

    def day_of(self, day: date) -> int:
        """Days since the Monday of week 0; negative before it."""
        return day.toordinal() - self.first.toordinal()

    def date_of(self, day: int) -> date:
        """The date of a day number."""
        return date.fromordinal(self.first.toordinal() + int(day))

    def week_of(self, day: date) -> int:
        """The week that contains a date; negative before week 0."""
        return self.day_of(day) // DAYS_A_WEEK

    def monday_of(self, week: int) -> date:
        """The Monday on which a week begins."""
        return self.date_of(int(week) * DAYS_A_WEEK)

    def contains(self, day: date) -> bool:
        """Whether the date lies between the first and the last day of the scenario."""
        return 0 <= self.day_of(day) <= self.last_day

    def within(self, span: Span, where: str = "date") -> Span:
        """The span itself, if it lies in the scenario; a day outside is an error naming the first and last.

        A month or a year that the scenario's first or last day cuts is shortened to what lies inside, also
        where a window begins or ends with it: ``..1950`` ends with the scenario.
        """
        first, last = span.first, span.last
        if span.precision in ("month", "year"):
            first, last = max(first, self.first), min(last, self.last)
        elif span.precision == "window":
            first = self.first if self._cut(first, self.first) and first.day == 1 else first
            last = self.last if self._cut(last, self.last) and _ends_month(last) else last
        if first > last:
            raise self._outside(span.first, str(span), where)
        for day in (first, last):
            if not self.contains(day):
                raise self._outside(day, str(span), where)
        return span if (first, last) == (span.first, span.last) else Span(first, last, span.precision)

    def window(self, text: str, where: str = "date") -> Span:
        """Read a date or a window that lies in the scenario."""
        return self.within(parse_window(text, where), where)

    def day(self, text: str, where: str = "date") -> date:
        """Read one day of the scenario; a month or a year stands for its first."""
        return self.within(parse_date(text, where), where).first

    def _cut(self, day: date, edge: date) -> bool:
        """Whether a day lies outside the scenario, but in the month of its first or last day."""
        return not self.contains(day) and (day.year, day.month) == (edge.year, edge.month)

    def _outside(self, day: date, given: str, where: str) -> AllohistoryError:
        first, last = self.first.isoformat(), self.last.isoformat()
        problem = f"{day.isoformat()} lies outside the scenario, which runs from {first} to {last}"
        closest = first if day < self.first else last
        return AllohistoryError(where, problem, given=given, possible=(first, last), closest=closest)


STANDARD = Calendar()
"""Weeks from 1931-01-05 to 1950-12-31, the scenario's length."""


def week_of(day: date) -> int:
    """The week that contains a date, in the standard calendar."""
    return STANDARD.week_of(day)


def monday_of(week: int) -> date:
    """The Monday on which a week begins, in the standard calendar."""
    return STANDARD.monday_of(week)


def day_index(day: date) -> int:
    """Days since 1931-01-05, in the standard calendar."""
    return STANDARD.day_of(day)
