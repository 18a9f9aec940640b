"""The numbers that claims compare, read from text."""

import pytest

from allohistory.book.quantities import Quantity, balanced, parse_quantity
from allohistory.errors import AllohistoryError


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("P(general_war)", ("P", "general_war", None, (), ())),
        ("P( general_war | us_neutral )", ("P", "general_war", "us_neutral", (), ())),
        ("P(not (general_war or us_neutral))", ("P", "not (general_war or us_neutral)", None, (), ())),
        ("P(general_war; no-khasan)", ("P", "general_war", None, ("no-khasan",), ())),
        (
            "mean(reach_km | general_war; no-khasan, harvest.japan@1941=-2)",
            ("mean", "reach_km", "general_war", ("no-khasan",), ("harvest.japan@1941=-2",)),
        ),
        (
            "P(general_war; amur-flares@1937-04-01)",
            ("P", "general_war", None, ("amur-flares@1937-04-01",), ()),
        ),
    ],
)
def test_what_is_written_is_read(book, rules, text, parts):
    found = parse_quantity(text, book.outcomes, book, rules)
    assert found == Quantity(text, *parts)


def test_brackets():
    assert balanced("(a (b) c)()") and not balanced("(a") and not balanced(")(")


@pytest.mark.parametrize(
    ("text", "says", "nearest"),
    [
        ("Q(general_war)", 'there is no quantity "Q"', "P"),
        ("general_war", "is no quantity", "P(E)"),
        ("P(general_war", "is no quantity", "P(E)"),
        ("P(general_war))", "is no quantity", "P(E)"),
        ("medan(reach_km)", 'there is no quantity "medan"', "median"),
        ("P(genral_war)", 'no outcome "genral_war"', "general_war"),
        ("P(general_war | us_neutrl)", 'no outcome "us_neutrl"', "us_neutral"),
        ("mean(general_war)", "is no amount", None),
        ("mean(reach_k)", 'no amount "reach_k"', "reach_km"),
        ("P(general_war |)", 'one "|" and a condition', None),
        ("P(general_war | us_neutral | us_neutral)", 'one "|" and a condition', None),
        ("P()", 'one "|" and a condition', None),
        ("P(general_war; no-kasan)", 'no point of divergence "no-kasan"', "no-khasan"),
        ("P(general_war; harvest.japn=1)", "no record entry, rule", "harvest.japan"),
    ],
)
def test_a_mistake_is_named(book, rules, text, says, nearest):
    with pytest.raises(AllohistoryError) as caught:
        parse_quantity(text, book.outcomes, book, rules)
    assert says in caught.value.problem
    assert nearest is None or caught.value.closest == nearest
    assert len(caught.value.lines()) <= 5
