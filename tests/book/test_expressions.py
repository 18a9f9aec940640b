from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allohistory.book.calendar import Calendar
from allohistory.book.expression_tree import Derived
from allohistory.book.expressions import parse_expression
from allohistory.book.tables import Outcome
from allohistory.errors import AllohistoryError
from book.trees import OUTCOMES, trees


def read(text, **options):
    return parse_expression(text, OUTCOMES, **options)


def refused(text, **options):
    with pytest.raises(AllohistoryError) as caught:
        read(text, **options)
    return caught.value


@given(trees)
def test_a_tree_reads_back_as_written(tree):
    again = read(str(tree))
    assert again.node == tree
    assert str(again) == str(tree)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        expression = read(text)
    except AllohistoryError as error:
        assert len(error.lines()) <= 5
    else:
        assert read(str(expression)).node == expression.node


@given(
    st.lists(
        st.sampled_from(
            [
                "general_war",
                "reach_km",
                ">",
                "3",
                "(",
                ")",
                "and",
                "or",
                "not",
                "before",
                "within",
                "6",
                "months",
                "of",
                "1941",
            ]
        )
    )
)
def test_any_words_are_read_or_refused(words):
    try:
        expression = read(" ".join(words))
    except AllohistoryError as error:
        assert " of " in error.problem
    else:
        assert read(str(expression)).node == expression.node


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("general_war or america_enters and us_neutral", "general_war or (america_enters and us_neutral)"),
        ("not general_war and america_enters", "(not general_war) and america_enters"),
        ("not general_war before 1941", "not (general_war before 1941)"),
        ("not not general_war", "not (not general_war)"),
        (
            "general_war before america_enters and us_neutral",
            "(general_war before america_enters) and us_neutral",
        ),
        ("war_road=chosen before 1940", "(war_road=chosen) before 1940"),
        ("reach_km > 400 or general_war", "(reach_km>400) or general_war"),
        ("GENERAL_WAR".lower() + " AND NOT america_enters", "general_war and (not america_enters)"),
        ("general_war within 6 months of america_enters", "general_war within 6 month of america_enters"),
    ],
)
def test_what_binds_looser(text, meant):
    assert read(text).node == read(meant).node


def test_the_parts_of_an_expression():
    expression = read("  us_neutral and general_war before 1941-06-22 ")
    assert expression.text == "us_neutral and general_war before 1941-06-22"
    assert expression.outcomes == ("america_enters", "general_war")
    assert expression.has_day
    assert not read("us_neutral").has_day
    assert read("reach_km>claim_km").outcomes == ("reach_km", "claim_km")
    assert read("early_war").node == Derived("early_war", read("general_war before 1940").node)


def test_old_ids_are_understood():
    assert str(read("all_out_war", former_ids={"all_out_war": "general_war"})) == "general_war"


@pytest.mark.parametrize(
    ("text", "problem", "closest"),
    [
        (
            "not genral_war",
            'there is no outcome "genral_war" (at character 5 of "not genral_war")',
            "general_war",
        ),
        ("", 'something is missing (at the end of "")', None),
        ("general_war and", 'something is missing (at the end of "general_war and")', None),
        ("and general_war", 'expected an outcome, not "and" (at character 1 of "and general_war")', None),
        (
            "general_war america_enters",
            'did not expect "america_enters" here (at character 13 of "general_war america_enters")',
            None,
        ),
        ("(general_war", 'the "(" at character 1 is never closed (at the end of "(general_war")', None),
        ("general_war)", 'did not expect ")" here (at character 12 of "general_war)")', None),
        ("general_war & x", '"&" means nothing here (at character 13 of "general_war & x")', None),
        (
            "general_war=yes",
            'general_war is true or not: leave out "=" (at character 12 of "general_war=yes")',
            None,
        ),
        ("war_road", 'say which war_road, as in war_road=none (at character 1 of "war_road")', None),
        (
            "war_road=choosen",
            '"choosen" is no option of war_road (at character 10 of "war_road=choosen")',
            "chosen",
        ),
        (
            "war_road>chosen",
            'say which war_road, as in war_road=none (at character 1 of "war_road>chosen")',
            None,
        ),
        (
            "reach_km",
            'compare the amount with a number, as in reach_km>1 (at character 1 of "reach_km")',
            None,
        ),
        ("reach_km>far", 'there is no outcome "far" (at character 10 of "reach_km>far")', None),
        (
            "reach_km>general_war",
            '"general_war" is not an amount (at character 10 of "reach_km>general_war")',
            None,
        ),
        ("reach_km>(3)", 'expected a number after ">" (at character 10 of "reach_km>(3)")', None),
        (
            "war_begins<3",
            'war_begins is a day: compare it with a date (at character 12 of "war_begins<3")',
            None,
        ),
        (
            "us_neutral before 1941",
            '"us_neutral" has no day on which it came true (at character 1 of "us_neutral before 1941")',
            None,
        ),
        (
            "general_war after reach_km>3",
            '"reach_km>3" has no day on which it came true (at character 19 of "general_war after reach_km>3")',
            None,
        ),
        (
            "general_war within six months of america_enters",
            'expected a number after "within" (at character 20 of "general_war within six months of america_enters")',
            None,
        ),
        (
            "general_war within 6 moons of america_enters",
            'expected a unit of time (at character 22 of "general_war within 6 moons of america_enters")',
            "months",
        ),
        (
            "general_war within 1.5 months of america_enters",
            'months are counted whole (at character 20 of "general_war within 1.5 months of america_enters")',
            None,
        ),
        (
            "general_war within 6 months america_enters",
            'expected "of" after "6 months" (at character 29 of "general_war within 6 months america_enters")',
            None,
        ),
        (
            "general_war before america_enters before us_neutral",
            'did not expect "before" here (at character 35 of "general_war before america_enters before us_neutral")',
            None,
        ),
    ],
)
def test_a_mistake_is_pointed_at(text, problem, closest):
    error = refused(text)
    assert error.problem == problem
    assert error.where == "--outcome"
    assert error.see == "allohistory outcomes"
    if closest is not None:
        assert error.closest == closest


def test_a_date_must_lie_in_the_scenario():
    error = refused("general_war before 1955")
    assert error.where == '--outcome (character 20 of "general_war before 1955")'
    assert "runs from 1931-01-05 to 1950-12-31" in error.problem
    assert read("general_war before 1931-06", calendar=Calendar(date(1931, 1, 5), 30)).has_day
    with pytest.raises(AllohistoryError):
        read("general_war before 1932", calendar=Calendar(date(1931, 1, 5), 30))
    assert "not a day of the calendar" in refused("general_war before 1938-13").problem


def test_an_outcome_cannot_be_defined_by_itself():
    def made(name, text):
        return Outcome(id=name, title=name, definition=name, kind="yes", derived=text)

    outcomes = {"a": made("a", "not b"), "b": made("b", "a or a")}
    with pytest.raises(AllohistoryError) as caught:
        parse_expression("a", outcomes)
    assert caught.value.problem.startswith("a is defined by itself")
    assert caught.value.where == "--outcome: a is: b is"
