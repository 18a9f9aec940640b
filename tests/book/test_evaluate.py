from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allohistory.book.calendar import STANDARD, Span
from allohistory.book.evaluate import OutcomeColumn, evaluate
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
    has_day,
)
from allohistory.book.expressions import Expression, parse_expression
from allohistory.errors import AllohistoryError
from book.trees import OUTCOMES, trees

ROADS = OUTCOMES["war_road"].options


def number_of(text):
    return STANDARD.day_of(date.fromisoformat(text))


def columns(war=(), america=(), road=(), reach=()):
    """Columns from lists of days (None: never), options and amounts."""
    size = max(len(war), len(america), len(road), len(reach))
    whens = {"general_war": war, "america_enters": america, "war_begins": war}
    held = {}
    for name, days in whens.items():
        filled = [number_of(day) if day else -1 for day in [*days, *[None] * (size - len(days))]]
        day = np.array(filled)
        held[name] = OutcomeColumn(day >= 0, day, OUTCOMES[name].kind)
    roads = [*road, *[None] * (size - len(road))]
    held["war_road"] = OutcomeColumn(
        np.array([ROADS.index(one) if one else -1 for one in roads]),
        np.array([100 if one else -1 for one in roads]),
        "which",
        ROADS,
    )
    reaches = np.array([*reach, *[np.nan] * (size - len(reach))], dtype=float)
    held["reach_km"] = OutcomeColumn(reaches, np.full(size, -1), "amount")
    held["claim_km"] = OutcomeColumn(np.full(size, 250.0), np.full(size, -1), "amount")
    return held


def judged(text, values):
    truth, day = evaluate(parse_expression(text, OUTCOMES), values)
    assert truth.dtype == np.bool_
    assert day.dtype == np.int64
    assert np.all(day[~truth] == -1)
    return truth.tolist(), [str(STANDARD.date_of(one)) if one >= 0 else None for one in day]


EARLY, LATE = "1938-03-01", "1941-12-07"


@pytest.mark.parametrize(
    ("text", "truth", "day"),
    [
        ("general_war", [1, 1, 1, 0], [EARLY, LATE, EARLY, None]),
        ("war_begins", [1, 1, 1, 0], [EARLY, LATE, EARLY, None]),
        ("not general_war", [0, 0, 0, 1], [None, None, None, None]),
        ("us_neutral", [0, 0, 1, 1], [None] * 4),
        ("general_war and america_enters", [1, 1, 0, 0], [LATE, LATE, None, None]),
        ("general_war or america_enters", [1, 1, 1, 0], [EARLY, EARLY, EARLY, None]),
        ("general_war and not america_enters", [0, 0, 1, 0], [None, None, EARLY, None]),
        ("america_enters or not general_war", [1, 1, 0, 1], [LATE, EARLY, None, None]),
        ("not general_war or us_neutral", [0, 0, 1, 1], [None] * 4),
        ("general_war before america_enters", [1, 0, 1, 0], [EARLY, None, EARLY, None]),
        ("general_war after america_enters", [0, 1, 0, 0], [None, LATE, None, None]),
        ("america_enters after general_war", [1, 0, 0, 0], [LATE, None, None, None]),
        ("general_war before general_war", [0, 0, 0, 0], [None] * 4),
        ("general_war before 1938-03-01", [0, 0, 0, 0], [None] * 4),
        ("general_war before 1938-03-02", [1, 0, 1, 0], [EARLY, None, EARLY, None]),
        ("general_war before 1938", [0, 0, 0, 0], [None] * 4),
        ("general_war after 1938", [0, 1, 0, 0], [None, LATE, None, None]),
        ("general_war after 1938-02", [1, 1, 1, 0], [EARLY, LATE, EARLY, None]),
        ("war_begins=1938", [1, 0, 1, 0], [EARLY, None, EARLY, None]),
        ("war_begins<=1938", [1, 0, 1, 0], [EARLY, None, EARLY, None]),
        ("war_begins<1938", [0, 0, 0, 0], [None] * 4),
        ("war_begins>1938", [0, 1, 0, 0], [None, LATE, None, None]),
        ("war_begins>=1941-12-07", [0, 1, 0, 0], [None, LATE, None, None]),
        ("early_war", [1, 0, 1, 0], [EARLY, None, EARLY, None]),
    ],
)
def test_truth_and_day(text, truth, day):
    values = columns(war=[EARLY, LATE, EARLY, None], america=[LATE, EARLY, None, None])
    assert judged(text, values) == ([bool(one) for one in truth], day)


def test_which_and_amount():
    values = columns(road=["none", "chosen", None], reach=[100.0, 300.0])
    assert judged("war_road=chosen", values) == ([False, True, False], [None, "1931-04-15", None])
    assert judged("war_road=none", values)[0] == [True, False, False]
    assert judged("reach_km>100", values) == ([False, True, False], [None] * 3)
    assert judged("reach_km>=100", values)[0] == [True, True, False]
    assert judged("reach_km=100", values)[0] == [True, False, False]
    assert judged("reach_km>claim_km", values)[0] == [False, True, False]
    assert judged("not reach_km>100", values)[0] == [True, False, True]


@pytest.mark.parametrize(
    ("one", "other", "text", "holds"),
    [
        ("1938-08-31", "1939-02-28", "within 6 months of", True),
        ("1939-03-01", "1938-08-31", "within 6 months of", False),
        ("1939-02-28", "1938-08-31", "within 6 months of", True),
        ("1938-08-30", "1939-02-28", "within 6 months of", True),
        ("1938-08-27", "1939-02-28", "within 6 months of", False),
        ("1938-08-28", "1939-02-28", "within 6 months of", True),
        ("1940-02-29", "1941-02-28", "within 1 year of", True),
        ("1940-02-27", "1941-02-28", "within 1 year of", False),
        ("1941-02-28", "1940-02-29", "within 1 year of", True),
        ("1938-01-08", "1938-01-01", "within 1 week of", True),
        ("1938-01-09", "1938-01-01", "within 1 week of", False),
        ("1937-12-25", "1938-01-01", "within 7 days of", True),
        ("1938-01-01", "1938-01-01", "within 0 days of", True),
        ("1938-01-01", None, "within 14 years of", False),
        (None, "1938-01-01", "within 14 years of", False),
    ],
)
def test_within_counts_on_both_sides(one, other, text, holds):
    truth, day = judged(f"general_war {text} america_enters", columns(war=[one], america=[other]))
    assert truth == [holds]
    assert day == [one if holds else None]


def test_within_so_long_of_a_date():
    values = columns(war=["1938-06-30", "1939-01-31", "1939-02-01", "1937-12-01", "1937-11-30"])
    assert judged("general_war within 1 month of 1938", values)[0] == [True, True, False, True, False]


def test_an_absent_column_is_named():
    with pytest.raises(AllohistoryError, match='no column for the outcome "america_enters"'):
        evaluate(
            parse_expression("us_neutral", OUTCOMES), {"general_war": columns(war=[EARLY])["general_war"]}
        )


def test_numbers_in_place_of_truths():
    column = OutcomeColumn(np.array([1.0, 0.0, np.nan]), np.array([5, -1, -1], dtype=np.int32))
    truth, day = evaluate(parse_expression("general_war", OUTCOMES), {"general_war": column})
    assert truth.tolist() == [True, False, False]
    assert day.tolist() == [5, -1, -1]


def plain(node, world):
    """The same in plain Python, one timeline at a time: (true, day or None). Knows no `within`."""
    if isinstance(node, Derived):
        return plain(node.inner, world)
    if isinstance(node, Not):
        return not plain(node.inner, world)[0], None
    if isinstance(node, And):
        parts = [plain(part, world) for part in node.parts]
        true = all(part[0] for part in parts)
        return true, max((part[1] for part in parts if part[1] is not None), default=None) if true else None
    if isinstance(node, Or):
        parts = [plain(part, world) for part in node.parts]
        true = [part for part in parts if part[0]]
        unknown = any(part[0] and not has_day(inner) for part, inner in zip(parts, node.parts, strict=True))
        days = [part[1] for part in true if part[1] is not None]
        return bool(true), None if unknown or not days else min(days)
    if isinstance(node, Ordered):
        true, day = plain(node.left, world)
        if isinstance(node.right, Span):
            right, first, last = True, STANDARD.day_of(node.right.first), STANDARD.day_of(node.right.last)
        else:
            right, first = plain(node.right, world)
            last = first
        if not true:
            return False, None
        holds = (not right or day < first) if node.order == "before" else (right and day > last)
        return holds, day if holds else None
    value, day = world[node.outcome]
    if isinstance(node, Happens):
        return day is not None, day
    if isinstance(node, Takes):
        return value == node.option, day if value == node.option else None
    than = world[node.than][0] if isinstance(node, Amounts) and isinstance(node.than, str) else node.than
    relations = {"=": "__eq__", "<": "__lt__", ">": "__gt__", "<=": "__le__", ">=": "__ge__"}
    if isinstance(node, Amounts):
        return getattr(float(value), relations[node.relation])(than), None
    assert isinstance(node, Dated)
    if day is None:
        return False, None
    first, last = STANDARD.day_of(than.first), STANDARD.day_of(than.last)
    holds = {
        "=": first <= day <= last,
        "<": day < first,
        ">": day > last,
        "<=": day <= last,
        ">=": day >= first,
    }[node.relation]
    return holds, day if holds else None


maybe_day = st.one_of(st.none(), st.integers(0, STANDARD.last_day))
worlds = st.fixed_dictionaries(
    {
        "general_war": st.tuples(st.none(), maybe_day),
        "america_enters": st.tuples(st.none(), maybe_day),
        "war_begins": st.tuples(st.none(), maybe_day),
        "war_road": st.tuples(st.sampled_from(ROADS), st.integers(0, STANDARD.last_day)),
        "reach_km": st.tuples(st.floats(0, 1000), st.none()),
        "claim_km": st.tuples(st.floats(0, 1000), st.none()),
    }
)


@settings(max_examples=200)
@given(trees.filter(lambda tree: "within" not in str(tree)), st.lists(worlds, min_size=1, max_size=4))
def test_many_at_once_agree_with_one_at_a_time(tree, held):
    values = {}
    for name in held[0]:
        day = np.array([-1 if world[name][1] is None else world[name][1] for world in held])
        kind = OUTCOMES[name].kind
        value = day >= 0 if kind == "yes" else day
        if kind == "which":
            value = np.array([ROADS.index(world[name][0]) for world in held])
        if kind == "amount":
            value = np.array([world[name][0] for world in held])
        values[name] = OutcomeColumn(value, day, kind, ROADS if kind == "which" else ())
    truth, day = evaluate(Expression(str(tree), tree), values)
    expected = [plain(tree, world) for world in held]
    assert truth.tolist() == [one[0] for one in expected]
    assert day.tolist() == [-1 if one[1] is None else one[1] for one in expected]
