"""Campaigns run in the scenario's own world: what is imposed, when, and what stands on the eve."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from allohistory.book.campaigns import campaigns_of
from allohistory.questions.campaigns import _items, _refit, changes_of, fight, first_week, weeks_fought
from allohistory.questions.scenario import scenario
from allohistory.timeline.shape import CHANGES


@pytest.fixture(scope="module")
def model():
    return scenario("soviet-japanese-war").model


@pytest.fixture(scope="module")
def campaigns(model):
    return {one.id: one for one in campaigns_of(model.book, model.folder)}


def test_changes__every_campaign_fits_into_one_question(model, campaigns):
    for one in campaigns.values():
        texts, _ = changes_of(model, one)
        assert len(_items(model, texts)) <= CHANGES, one.id


def test_changes__begin_on_the_nearest_monday(model, campaigns):
    calendar = model.book.calendar
    mondays = {id: calendar.monday_of(first_week(model, one)) for id, one in campaigns.items()}
    assert mondays["khasan-1938"] == date(1938, 8, 1)  # 29 July was a Friday
    assert mondays["winter-war"] == date(1939, 11, 27)  # 30 November was a Thursday
    assert mondays["shumshu-1945"] == date(1945, 8, 6)  # before the record's own war
    assert all(
        abs((mondays[id] - one.first).days) <= 3 for id, one in campaigns.items() if one.monday is None
    )


def test_changes__say_what_the_record_says(model, campaigns):
    texts, missing = changes_of(model, campaigns["khasan-1938"])
    assert not missing
    assert "front.open[posyet-gap]@1938-08-01..1938-08-14=1" in texts
    assert "army.order[posyet-gap-japanese]@1938-08-01..1938-08-07=2" in texts
    assert "army.order[posyet-gap-soviet]@1938-08-08..1938-08-14=2" in texts
    assert "army.men[posyet-gap-soviet]@1938-08-08+=15" in texts
    assert not any("surrendered" in text for text in texts)
    later, _ = changes_of(model, campaigns["manchuria-transbaikal-1945"])
    assert "japan.surrendered@1945-08-06..1945-08-19=0" in later
    assert "japan.surrenders@1945-08-06..1945-08-19=never" in later


def test_changes__a_border_battle_is_a_war_of_limited_aims(model, campaigns):
    clash, _ = changes_of(model, campaigns["khalkhin-gol-august-1939"])
    assert {"war.rung@1939-08-21..1939-09-03=6", "war.truce@1939-08-21..1939-09-03=never"} <= set(clash)
    assert not any(text.startswith("war.general_week") for text in clash)
    war, _ = changes_of(model, campaigns["winter-war"])
    assert not any(text.startswith(("war.truce", "war.theatre_week")) for text in war)


def test_fight__is_not_cut_short_by_a_surrender_that_the_rules_draw(model, campaigns):
    """The record fights on to the 20th; a throne that rules in the week of a campaign would stop its armies."""
    one = campaigns["manchuria-transbaikal-1945"]
    fought = fight(model, one, timelines=60)
    front = fought.members["front"].index("halha")
    assert (fought.path["front.attacker"][:, 1:, front] == 1.0).all()


def test_fight__begins_where_the_record_begins(model, campaigns):
    one = campaigns["khalkhin-gol-august-1939"]
    fought = fight(model, one, timelines=4)
    front = fought.members["front"].index("halha")
    line = fought.path["front.km"]
    assert line.shape[:2] == (4 - fought.aside, weeks_fought(one) + 1)
    assert (line[:, 0, front] == -9.0).all()
    assert all((fought.path[id][:, 0] == 0.0).all() for id in ("army.losses", "front.attacker"))
    assert not any("no room" in words for words in fought.missing)


def test_fight__no_campaign_finds_a_war_that_is_fought_already(model, campaigns):
    for one in campaigns.values():
        fought = fight(model, one, timelines=2)
        for id in ("army.losses", "operation.losses"):
            assert (fought.path[id][:, 0] == 0.0).all(), one.id


def test_refit__shifts_and_stretches_the_kept_draws():
    draws = np.array([[1.0, 7.0], [3.0, 7.0]])  # mean 2, spread 1; and one that does not vary
    blueprint = SimpleNamespace(
        parameter_draws=draws, parameters=("a.b", "a.c"), parameter_place={"a.b": 1, "a.c": 0}
    )
    memory = SimpleNamespace(blueprint=blueprint, drawn=np.array([7.0, 3.0]))
    _refit(memory, {"a.b": (10.0, 4.0), "a.c": (5.0, 2.0)})
    assert memory.drawn.tolist() == [5.0, 14.0]
