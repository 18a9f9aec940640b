"""Outcome expressions of all shapes, over the outcomes of the small made-up scenario."""

from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from allohistory.book.calendar import parse_date
from allohistory.book.expression_tree import (
    Amounts,
    And,
    Dated,
    Derived,
    Happens,
    Not,
    Or,
    Ordered,
    Takes,
    Within,
    has_day,
)
from allohistory.book.open import open_book

SMALL = Path(__file__).parent / "data" / "small"
OUTCOMES = open_book(SMALL).outcomes
COMPARISONS = st.sampled_from(["=", "<", ">", "<=", ">="])
numbers = st.floats(allow_nan=False, allow_infinity=False)
dates = st.dates(date(1931, 2, 1), date(1945, 11, 30)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), f"{day:%Y-%m}"]).map(parse_date)
)
years = st.integers(1932, 1944).map(lambda year: parse_date(str(year)))
alone = st.one_of(
    st.sampled_from([Happens("general_war"), Happens("america_enters"), Happens("war_begins")]),
    st.just(Derived("us_neutral", Not(Happens("america_enters")))),
    st.sampled_from(["none", "grown-clash", "chosen"]).map(lambda option: Takes("war_road", option)),
    st.builds(
        Amounts,
        st.sampled_from(["reach_km", "claim_km"]),
        COMPARISONS,
        st.one_of(numbers, st.just("claim_km")),
    ),
    st.builds(Dated, st.just("war_begins"), COMPARISONS, dates),
)


def wider(inner):
    dated = inner.filter(has_day)
    parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
    other = st.one_of(dated, dates, years)
    lengths = st.one_of(
        st.tuples(st.integers(0, 99).map(float), st.sampled_from(["months", "years"])),
        st.tuples(st.floats(0, 99), st.sampled_from(["days", "weeks"])),
    )
    return st.one_of(
        st.builds(Not, inner),
        st.builds(And, parts),
        st.builds(Or, parts),
        st.builds(Ordered, dated, st.sampled_from(["before", "after"]), other),
        st.builds(lambda left, length, right: Within(left, *length, right), dated, lengths, other),
    )


trees = st.recursive(alone, wider, max_leaves=8)
