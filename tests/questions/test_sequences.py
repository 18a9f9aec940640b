"""What comes after what: two measures of order on logs written by hand, and names of firings."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from allohistory.errors import AllohistoryError
from allohistory.questions.expectations import Measure
from allohistory.questions.sequences import ahead, chosen, follows

CLASH, ANSWER = "frontier.clash", "capital.answers"
YIELD, HOLD, STRIKE = range(3)


@pytest.fixture
def log(small):
    """Builds a world from (timeline, rule, entity, week, key, value) in the order of the log."""

    def build(*events, kept=3):
        numbers = {id: small.blueprint.rule_of[id].number for id in (CLASH, ANSWER)}
        rows = [
            (row, numbers[rule], entity, week, key, value) for row, rule, entity, week, key, value in events
        ]
        row, rule, entity, week, key, value = np.array(rows).T
        return SimpleNamespace(
            row=row, rule=rule, entity=entity, week=week, key=key, value=value, day=week * 7, kept=kept
        )

    return build


class Days:
    """Stands for the columns of an ensemble: one outcome with these days."""

    def __init__(self, *days):
        self.days = np.array(days)

    def read(self, _asked):
        return SimpleNamespace(day=self.days)

    def truth(self, _text):
        return self.days < 100


def test_an_event_follows_within_its_weeks_or_does_not(small, log):
    world = log(
        (0, CLASH, 0, 12, 12, 1),  # 2 weeks after the outcome of week 10
        (1, CLASH, 0, 9, 9, 1),  # before it
        (2, CLASH, 0, 30, 30, 1),  # long after it
    )
    measure = Measure("follows", event="war", events=(CLASH,), weeks=4)
    assert follows(small, measure, world, Days(70, 70, 70)) == (1, 3)
    assert follows(small, measure, world, Days(70, 70, -1)) == (1, 2)
    assert follows(small, measure, world, Days(70, 70, small.blueprint.weeks * 7 - 3)) == (1, 2)
    given = Measure("follows", event="war", given="peace", events=(CLASH,), weeks=4)
    assert follows(small, given, world, Days(70, 700, 70)) == (1, 2)


def test_who_was_first_in_each_clash(small, log):
    world = log(
        (0, CLASH, 0, 5, 5, 1),
        (0, ANSWER, 0, 5, 5, STRIKE),  # the strike before any yielding
        (0, ANSWER, 0, 6, 5, YIELD),
        (0, CLASH, 1, 5, 5, 1),  # the same week, another sector: yields first
        (0, ANSWER, 1, 5, 5, YIELD),
        (0, ANSWER, 1, 6, 5, STRIKE),
        (1, CLASH, 0, 8, 8, 1),  # nobody strikes
        (1, ANSWER, 0, 8, 8, YIELD),
        (2, ANSWER, 0, 8, 8, STRIKE),  # no clash of the kind that is counted
    )
    measure = Measure("ahead", events=(f"{ANSWER}=strike",), answers=(f"{ANSWER}=yield",), among=(CLASH,))
    assert ahead(small, measure, world, (0, 100)) == (1, 3)
    assert ahead(small, measure, world, (0, 7)) == (1, 2)


def test_only_clashes_after_what_was_to_come_first(small, log):
    world = log(
        (0, CLASH, 0, 5, 5, 1),
        (0, ANSWER, 0, 5, 5, STRIKE),
        (0, ANSWER, 1, 6, 6, HOLD),
        (0, CLASH, 0, 9, 9, 1),
        (0, ANSWER, 0, 9, 9, YIELD),
        (1, CLASH, 0, 9, 9, 1),  # a timeline in which it never came
    )
    measure = Measure(
        "ahead",
        events=(f"{ANSWER}=strike",),
        answers=(f"{ANSWER}=yield",),
        among=(CLASH,),
        after=(f"{ANSWER}=hold",),
    )
    assert ahead(small, measure, world, (0, 100)) == (0, 1)


def test_names_of_firings(small, log):
    world = log((0, CLASH, 0, 5, 5, 1), (0, CLASH, 1, 6, 6, 1), (0, ANSWER, 1, 6, 6, STRIKE))
    sector = small.blueprint.rule_of[CLASH].entities[1]
    assert chosen(small, [CLASH], world).tolist() == [True, True, False]
    assert chosen(small, [f"{CLASH}[{sector}]"], world).tolist() == [False, True, False]
    assert chosen(small, [f"{ANSWER}[{sector}]=strike"], world).tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("frontier.clahs", "no rule"),
        (f"{CLASH}[west]", "no such entity"),
        (f"{ANSWER}=flees", "no such option"),
        ("[north]", "names no firing"),
    ],
)
def test_a_wrong_name_is_named(small, log, name, said):
    with pytest.raises(AllohistoryError, match=said):
        chosen(small, [name], log((0, CLASH, 0, 5, 5, 1)))
