"""What a week of war costs: the two unknowns, and scenarios that have no such war."""

from types import SimpleNamespace

import pytest

from allohistory.cli import measure, war_weeks
from allohistory.cli.war_weeks import SPAN, Spans, WarWeeks
from smallwar_model import small_model

PEACE, WAR = 1.25e-6, 11.0e-6


def stand_in():
    """A model with the rule and the outcome that are looked for, and nothing else."""
    rule = SimpleNamespace(number=7, options=("none", war_weeks.OPTION))
    blueprint = SimpleNamespace(rule_of={war_weeks.RULE: rule}, outcomes=(war_weeks.LASTS,))
    return SimpleNamespace(blueprint=blueprint, outcomes=(war_weeks.LASTS,))


def test_war_weeks__solves_for_both_kinds_of_week(monkeypatch):
    worlds, weeks = 400, 5000.0
    before = 0.2
    at_peace = before + PEACE * worlds * SPAN
    at_war = before + PEACE * (worlds * SPAN - weeks) + WAR * weeks
    monkeypatch.setattr(war_weeks, "spans", lambda *_: Spans(before, at_peace, at_war, worlds, weeks))
    found = war_weeks.war_weeks(stand_in(), 1)
    assert found.war == pytest.approx(1e6 * WAR)
    assert found.peace == pytest.approx(1e6 * PEACE)
    assert (found.wars, found.weeks) == (worlds, weeks)


def test_war_weeks__none_where_no_war_comes_of_it(monkeypatch):
    monkeypatch.setattr(war_weeks, "spans", lambda *_: Spans(0.2, 0.3, 0.3, 0, 0.0))
    assert war_weeks.war_weeks(stand_in(), 1) is None


def test_war_weeks__none_where_no_war_can_be_forced():
    assert war_weeks.war_weeks(small_model(), 1) is None
    assert measure.war(small_model()) == []


def test_bench__has_a_row_for_a_week_of_war(monkeypatch):
    monkeypatch.setattr(war_weeks, "war_weeks", lambda *_: WarWeeks(1.0, 10.0, 990, 40_000.0))
    (row,) = measure.war(small_model())
    assert row.name == "a week of war"
    assert row.seconds == pytest.approx(1e-5)
    assert row.ratio == pytest.approx(10.0)
    assert "990 worlds" in row.note
