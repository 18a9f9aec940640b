"""Two timelines beside each other, the charts, and what a notebook shows of them."""

from __future__ import annotations

import json

import pytest

import allohistory
import paper
from allohistory.questions.timelines import timeline_at
from allohistory.telling.charts.fronts import rows as front_rows
from allohistory.telling.charts.states import flows
from allohistory.telling.charts.states import rows as state_rows
from allohistory.telling.history.words import words_of
from allohistory.timeline.model import load
from allohistory.timeline.named import Named, address_of

POD = "soviet-war-of-choice-1939"


def at(number):
    return timeline_at(address_of(load(), Named(pods=(POD,), seed=7, timeline=number)))


@pytest.fixture(scope="module")
def beside():
    return at(1).compare(at(2))


def test_a_timeline_beside_itself__differs_in_nothing():
    one = at(1)
    found = one.compare(at(1))
    assert found.first_difference is None
    assert found.differences == []
    assert found.rows == []


def test_every_outcome_that_differs__has_a_cause_before_it_that_only_one_has(beside):
    assert len(beside.differences) == len(beside.outcomes) > 5
    caused = [one for one in beside.differences if one.rule is not None]
    assert len(caused) > len(beside.differences) / 3
    for one in caused:
        has, lacks = (beside.one, beside.other) if one.side == "one" else (beside.other, beside.one)
        day = lambda its, event: its.model.book.calendar.date_of(event.day).isoformat()  # noqa: E731
        came = [event for event in has.events if event.rule == one.rule and day(has, event) == one.date]
        assert came
        keys = {(event.rule, event.entity, event.week, event.option) for event in lacks.events}
        assert any((event.rule, event.entity, event.week, event.option) not in keys for event in came)
        dates = [its.date for its in (one.one, one.other) if its.date]
        assert not dates or one.date[:7] <= min(dates)[:7]


def test_months_beside_each_other__say_nothing_twice(beside):
    assert beside.rows == sorted(beside.rows, key=lambda row: row.month)
    assert all(not set(row.one) & set(row.other) for row in beside.rows)
    assert "<table>" in beside._repr_html_()
    body = beside.as_json()
    assert body["outcomes"][0]["id"] in beside.outcomes


def test_what_decides_an_outcome__is_there():
    model = load()
    words = words_of(paper.REAL)
    assert set(words.decided_by) <= set(model.book.outcomes)
    assert {rule for rules in words.decided_by.values() for rule in rules} <= set(model.rules)
    assert set(words.states) <= set(model.book.outcomes)


def test_fronts__are_those_of_the_weeks_of_fighting(beside):
    found = list(front_rows(beside.one))
    assert {row["war"] for row in found} >= {1, 2}  # a war of 1939 and one of 1945
    assert json.dumps(beside.one.plot().to_dict())


def test_a_notebook__shows_a_timeline_told_and_drawn(beside):
    assert "### " in beside.one.chronicle()._repr_markdown_()
    assert beside.one.map("1939-08-20")._repr_svg_().startswith("<svg")


def test_states__share_out_every_timeline(small):
    answer = allohistory.scenario("smallwar").ask(pods="struck-in-1932", timelines=20)
    found = list(state_rows(answer))
    for year in {row["year"] for row in found}:
        assert abs(sum(row["share"] for row in found if row["year"] == year) - 1.0) < 1e-9
    assert list(flows(answer)) == []  # a scenario without states of its own
    assert json.dumps(answer.plot_states().to_dict())
