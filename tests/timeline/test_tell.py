"""One timeline in full: its events beside our history's, its outcomes, its series, and where it departs."""

import math
from dataclasses import replace

import numpy as np
import pytest

from allohistory.timeline.changes import CHOICE, NEVER, VARIABLE_SET
from allohistory.timeline.log import note
from allohistory.timeline.memory import Memory
from allohistory.timeline.model import load
from allohistory.timeline.plan import END, START, Item, Plan, position
from allohistory.timeline.shape import LOG
from allohistory.timeline.tell import in_sequence, one_timeline, read_log
from smallwar_model import small_model
from textbook.running import recorded_countries

ZERO = np.int64(0)


def told(plan, timeline=0):
    return one_timeline(small_model().blueprint, plan, timeline)


def test_our_history__comes_back_with_nothing_that_differs():
    found = told(Plan(horizon=END))
    assert not any(event.differs for event in found.events)
    assert found.departed is None
    assert (found.departures, found.returned) == (0, 7)
    assert found.complete
    assert found.trouble is None
    assert [event.day for event in found.events] == sorted(event.day for event in found.events)
    assert {event.rule for event in found.events} == {"frontier.clash", "capital.answers", "yearly.harvest"}


def test_a_full_log_goes_on_counting_so_that_nobody_takes_it_for_complete():
    blueprint = small_model().blueprint
    memory = Memory(blueprint)
    memory.c.logged, memory.c.departed_week = LOG - 1, -1
    memory.c.log_rule[:] = blueprint.rule_of["frontier.clash"].number
    rule = np.int64(memory.c.log_rule[0])
    for value in (0.0, 1.0, 2.0):
        note(memory.c, rule, ZERO, ZERO, ZERO, ZERO, value, value, False, 0.5)
    assert memory.c.logged == LOG + 2
    assert memory.c.log_value[LOG - 1] == 0.0, "what came first is kept"
    found = read_log(blueprint, memory, 0, 0)
    assert not found.complete and len(found.events) == LOG


def test_our_history__stands_beside_each_event():
    clash, answer = told(Plan(horizon=END)).events[:2]
    assert (clash.rule, clash.entity, clash.option, clash.ours) == (
        "frontier.clash",
        "north",
        "fired",
        "fired",
    )
    assert (clash.day, clash.week, clash.value) == (22 * 7 + 2, 22, None)
    assert (answer.option, answer.ours, answer.recorded) == ("yield", "yield", True)
    harvest = next(e for e in told(Plan(horizon=END)).events if e.rule == "yearly.harvest")
    assert (harvest.value, harvest.ours, harvest.option, harvest.chance) == (0.5, 0.5, None, None)


FOUGHT = ("border.incident", "border.first-rung", "guards.answer", "border.battle")
TURNS = ("border.incident", "border.ceasefire")


def test_days__follow_the_order_of_cause():
    """Over the scenario's own crises: no fighting ends before it was fought (a third did, days left to luck)."""
    blueprint = load().blueprint
    ends = 0
    for timeline in range(24):
        found = one_timeline(blueprint, Plan(horizon=START, draws=100, seed=3), timeline)
        for end in (e for e in found.events if e.rule == "border.ceasefire" and e.option == "fired"):
            beside = [
                e
                for e in found.events
                if (e.entity, e.week) == (end.entity, end.week) and e.rule in FOUGHT and e.option != "silent"
            ]
            before = [e for e in found.events if e.entity == end.entity and e.week < end.week]
            turns = [e.rule for e in before if e.rule in TURNS and e.option == "fired"]
            if turns[-1:] == [
                "border.incident"
            ]:  # a new clash may follow in the week in which the old crisis ends
                beside = [e for e in beside if e.occasion >> 21 < end.week]
            ends += bool(beside)
            assert all(e.day <= end.day for e in beside), (timeline, end)
    assert ends > 100


def test_days__what_came_as_in_our_history_keeps_its_own():
    blueprint = small_model().blueprint
    event = told(Plan(horizon=END)).events[0]
    later = replace(event, day=event.day + 3, option="fired", ours=None)
    early = replace(event, day=event.day - 1, option="fired", ours=None)
    assert [e.day for e in in_sequence(blueprint, [later, event])] == [event.day, event.day]
    assert [e.day for e in in_sequence(blueprint, [event, early])] == [event.day, event.day]
    assert [e.day for e in in_sequence(blueprint, [later, early])] == [later.day, later.day]
    elsewhere = replace(early, entity="south")
    assert [e.day for e in in_sequence(blueprint, [event, elsewhere])] == [event.day, early.day]


def test_days__of_our_history_are_those_of_the_record():
    blueprint = load().blueprint
    found = one_timeline(blueprint, Plan(horizon=END, draws=100, seed=3), 0)
    assert not any(event.differs for event in found.events)
    day_of = {
        (entry.rule, entry.key, entry.entity, entry.step): entry.week * 7 + entry.day
        for entry in blueprint.entries
    }
    numbers = {rule.id: rule for rule in blueprint.drawn}
    told_days = {
        (e.rule, e.occasion >> 21, numbers[e.rule].entities.index(e.entity), e.occasion & 511): e.day
        for e in found.events
    }
    same = [told_days[key] == day for key, day in day_of.items() if key in told_days]
    assert all(same) and len(same) > 400


def test_silence__stands_on_the_day_on_which_our_history_had_the_firing():
    found = told(Plan((Item(int(NEVER), rule=1, entity=0, first_week=22, last_week=22, place=2),), END))
    silent = found.events[0]
    assert (silent.option, silent.ours, silent.differs, silent.day) == ("silent", "fired", True, 22 * 7 + 2)
    assert found.departed == (22, "frontier.clash")
    assert found.departures >= 1


def test_silent_options__are_told_only_where_they_differ_from_our_history():
    quiet = Item(int(CHOICE), rule=2, option=1, place=3)
    answers = [e for e in told(Plan((quiet,), END)).events if e.rule == "capital.answers"]
    assert [(e.option, e.ours) for e in answers] == [("hold", "yield")]


def test_free__what_the_record_covers_is_marked_and_what_it_lacks_differs():
    found = told(Plan(horizon=START, seed=5), timeline=3)
    clashes = [e for e in found.events if e.rule == "frontier.clash" and e.option == "fired"]
    assert clashes
    assert all(event.recorded for event in clashes)
    assert all(event.ours in ("silent", "fired") for event in clashes)
    assert all(event.differs for event in clashes if event.ours == "silent")


def test_chances__are_those_that_the_rules_gave():
    blueprint = small_model().blueprint
    parameters = dict(zip(blueprint.parameters, blueprint.parameter_draws[0], strict=True))
    clash, answer = told(Plan(horizon=END)).events[:2]
    assert clash.chance == pytest.approx(-math.expm1(-parameters["frontier.clash.rate"]), rel=1e-12)
    weights = np.exp([parameters["capital.answers.soft"], 0.0, parameters["capital.answers.hard"]])
    assert answer.chance == pytest.approx(weights[0] / weights.sum(), rel=1e-12)


def test_draw__is_the_timelines_own_row_of_the_table():
    found = told(Plan(horizon=START, draws=100), timeline=207)
    assert (found.timeline, found.draw) == (207, 7)


def test_outcomes_and_series__are_those_of_the_run():
    found = told(Plan(horizon=END))
    assert found.outcomes["war"] == (0.0, -1)
    assert found.outcomes["first_clash"] == (1.0, 22 * 7 + 2)
    assert found.outcomes["clashes"][0] == 2.0
    assert found.series["state.clashes"].tolist()[:3] == [0.0, 0.0, 1.0]
    assert len(found.series["state.temper"]) == small_model().blueprint.shape.quarters


def test_departure__lies_at_or_after_the_horizon():
    for timeline in range(30):
        found = told(Plan(horizon=position(60, 0), seed=2), timeline)
        assert found.departed is None or found.departed[0] >= 60


def test_trouble__is_said_in_words():
    scenario = recorded_countries()
    place, _ = scenario.variable_place["state.food"]
    outside = Item(int(VARIABLE_SET), value=1e6, first=place, count=1, first_week=13, last_week=13)
    found = one_timeline(scenario, Plan((outside,), START, draws=1), 0)
    assert found.trouble == "a variable left its range: state.food = 1e+06 in week 13 (-50 to 50)"
