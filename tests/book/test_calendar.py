from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allohistory.book.calendar import (
    STANDARD,
    Calendar,
    Span,
    day_index,
    monday_of,
    parse_date,
    parse_window,
    week_of,
)
from allohistory.errors import AllohistoryError

days = st.dates(date(1931, 1, 5), date(1950, 12, 31))


def test_the_standard_calendar_has_1043_weeks():
    assert STANDARD.first == date(1931, 1, 5)
    assert STANDARD.last == date(1950, 12, 31)
    assert STANDARD.last_day == 1043 * 7 - 1
    assert week_of(date(1931, 1, 5)) == 0
    assert week_of(date(1931, 1, 11)) == 0
    assert week_of(date(1931, 1, 12)) == 1
    assert week_of(date(1938, 7, 29)) == 394
    assert monday_of(394) == date(1938, 7, 25)
    assert day_index(date(1931, 2, 5)) == 31


def test_a_week_begins_on_monday():
    with pytest.raises(AllohistoryError, match="not a Monday"):
        Calendar(date(1931, 1, 6))


@given(days)
def test_weeks_and_days_agree(day):
    week = STANDARD.week_of(day)
    monday = STANDARD.monday_of(week)
    assert monday.weekday() == 0
    assert timedelta(0) <= day - monday < timedelta(7)
    assert STANDARD.date_of(STANDARD.day_of(day)) == day
    assert STANDARD.day_of(day) // 7 == week
    assert STANDARD.contains(day)


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.sampled_from(["day", "month", "year"]))
def test_dates_read_back_as_written(day, precision):
    text = {"day": day.isoformat(), "month": f"{day:%Y-%m}", "year": f"{day:%Y}"}[precision]
    span = parse_date(text)
    assert str(span) == text
    assert span.precision == precision
    assert span.first <= day <= span.last
    assert parse_window(text) == span


@given(days, days)
def test_windows_read_back_as_written(one, other):
    first, last = sorted([one, other])
    span = parse_window(f"{first}..{last}")
    assert (span.first, span.last, span.precision) == (first, last, "window")
    assert parse_window(str(span)) == span
    assert STANDARD.within(span) == span


def test_a_month_and_a_year_stand_for_all_their_days():
    assert parse_date("1936-02") == Span(date(1936, 2, 1), date(1936, 2, 29), "month")
    assert parse_date("1937") == Span(date(1937, 1, 1), date(1937, 12, 31), "year")
    assert parse_window("1937-06 .. 1938") == Span(date(1937, 6, 1), date(1938, 12, 31), "window")
    assert STANDARD.day("1937-06") == date(1937, 6, 1)


def test_years_and_months_are_cut_at_the_edges_of_the_scenario():
    assert STANDARD.window("1931").first == STANDARD.first
    assert STANDARD.window("1950").last == STANDARD.last
    assert STANDARD.day("1931") == STANDARD.first
    cut = STANDARD.window("1931..1950-12")
    assert (cut.first, cut.last) == (STANDARD.first, STANDARD.last)


@pytest.mark.parametrize(
    ("text", "closest"),
    [
        ("1930", "1931-01-05"),
        ("1930-12-31", "1931-01-05"),
        ("1931-01-04", "1931-01-05"),
        ("1951-01-01", "1950-12-31"),
        ("1951-05", "1950-12-31"),
        ("1940..1951", "1950-12-31"),
        ("1929..1940", "1931-01-05"),
    ],
)
def test_a_date_outside_names_first_and_last(text, closest):
    with pytest.raises(AllohistoryError) as caught:
        STANDARD.window(text, "--from")
    error = caught.value
    assert error.where == "--from"
    assert "outside the scenario, which runs from 1931-01-05 to 1950-12-31" in error.problem
    assert error.possible == ["1931-01-05", "1950-12-31"]
    assert error.closest == closest
    assert error.given == text.replace("..1951", "-01-01..1951-12-31").replace(
        "1929..1940", "1929-01-01..1940-12-31"
    )


@pytest.mark.parametrize(
    "text", ["", "38-07-29", "1938-7-29", "July 1938", "1938-07-29T00", "1938/07", "19380729"]
)
def test_what_is_not_a_date_is_said(text):
    with pytest.raises(AllohistoryError, match="is not a date; nearest: YYYY-MM-DD"):
        parse_date(text)


@pytest.mark.parametrize("text", ["1938-13", "1938-02-30", "1938-00-10", "0000"])
def test_what_is_not_in_the_calendar_is_said(text):
    with pytest.raises(AllohistoryError, match="not a day of the calendar"):
        parse_date(text)


def test_a_window_must_not_end_before_it_begins():
    with pytest.raises(AllohistoryError, match='window "1938..1937" ends before it begins'):
        parse_window("1938..1937")


@given(days, st.integers(-2000, 2000))
def test_shifting_keeps_the_length(day, by):
    month = parse_date(f"{day:%Y-%m}")
    later = month.shifted(by)
    assert later.last - later.first == month.last - month.first
    assert later.first - month.first == timedelta(by)
    assert later.precision == ("window" if by else "month")
    assert parse_date(day.isoformat()).shifted(by).precision == "day"
