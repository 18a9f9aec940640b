"""Changes as people write them, in the kernel's numbers, and what they do to a running world."""

import numpy as np
import pytest

from allohistory.book.resolve import resolve_all
from allohistory.ensemble.run import run
from allohistory.timeline import changes as kinds
from allohistory.timeline.asked import items_of
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, START, Plan, first_position, freed_after, position
from allohistory.timeline.tell import one_timeline
from smallwar_model import small_model


def items(*texts, pods=()):
    model = small_model()
    return items_of(resolve_all(texts, model.book, model.book_rules, pods=pods), model.blueprint)


def week_of(text):
    model = small_model()
    return model.book.calendar.week_of(model.book.calendar.day(text))


def log(*texts, horizon=END, timeline=0, pods=()):
    return one_timeline(small_model().blueprint, Plan(items(*texts, pods=pods), horizon), timeline)


def events(found, rule):
    return [event for event in found.events if event.rule == rule]


def values(*texts, variable, at, timelines=5):
    """Values of a variable at the end of a week, one a timeline."""
    model, found = small_model(), []
    memory = Memory(model.blueprint)
    first, _ = model.blueprint.variable_place[variable]
    for timeline in range(timelines):
        memory.load_plan(Plan(items(*texts), END))
        memory.load_draw(timeline)
        memory.c.weeks = at + 1
        memory.run(timeline)
        memory.c.weeks = model.blueprint.weeks
        found.append(float(memory.world_numbers[first]))
    return np.array(found)


# ---------------------------------------------------------------- in numbers


def test_choice__stands_at_its_rules_place():
    (item,) = items("capital.answers[south]@1932-03-03=strike")
    assert (item.kind, item.rule, item.entity, item.option) == (int(kinds.CHOICE), 2, 1, 2)
    assert (item.first_week, item.last_week, item.place) == (week_of("1932-03-03"),) * 2 + (3,)
    assert item.text == "capital.answers[south]@1932-03-03=strike"


def test_choice__of_one_place_in_one_event_carries_its_key():
    (item,) = items("capital.answers[south]@1932-03-03#0=strike")
    assert (item.key, item.step) == (week_of("1932-03-03"), 0)


def test_clock__fires_on_its_day_or_never_or_less_often():
    fires, never, scaled = items(
        "frontier.clash[north]@1933-05-17=fires",
        "frontier.clash[south]@1933=never",
        "frontier.clash[north]@1934..1934*=0.5",
    )
    assert (fires.kind, fires.day, fires.step) == (int(kinds.FIRES), 2, -1)
    assert (never.kind, never.first_week, never.last_week) == (
        int(kinds.NEVER),
        week_of("1933-01-01"),
        week_of("1933-12-31"),
    )
    assert (scaled.kind, scaled.value, scaled.place) == (int(kinds.HAZARD), 0.5, 2)


def test_entry__that_is_moved_becomes_a_silence_and_a_firing_with_its_old_key():
    never, fires = items("north.first-clash=1931-07-01")
    assert (never.kind, never.first_week) == (int(kinds.NEVER), 22)
    assert (fires.kind, fires.first_week, fires.key, fires.day) == (int(kinds.FIRES), 25, 22, 2)


def test_shock__is_set_or_shifted():
    put, shifted = items("harvest.1932=-2", "yearly.harvest@1933+=-1")
    assert (put.kind, put.value, put.rule) == (int(kinds.SHOCK_SET), -2.0, 3)
    assert (shifted.kind, shifted.value) == (int(kinds.SHOCK_SHIFT), -1.0)


def test_variable_and_parameter__are_positions_that_act_at_the_start_of_a_week():
    temper, food, hard = items(
        "state.temper@1932-01-04+=2", "state.food@1932..1933=1", "capital.answers.hard@1932..1933*=2"
    )
    places, parameters = small_model().blueprint.variable_place, small_model().blueprint.parameter_place
    assert (temper.kind, temper.first, temper.count, temper.held) == (
        int(kinds.VARIABLE_ADD),
        places["state.temper"][0],
        1,
        False,
    )
    assert (food.kind, food.held) == (int(kinds.VARIABLE_SET), True)
    assert (hard.kind, hard.first) == (int(kinds.PARAMETER_SCALE), parameters["capital.answers.hard"])
    assert temper.place == food.place == hard.place == 0


def test_horizon__begins_just_after_the_last_imposed_address():
    clash, answer = items("north.first-clash=never", "capital.answers[south]@1932-03-03=strike")
    assert first_position((clash, answer)) == position(22, 2)
    assert freed_after((clash, answer)) == position(week_of("1932-03-03"), 3) + 1
    (temper,) = items("state.temper@1932-01-04=2")
    assert freed_after((temper,)) == position(52, 0)
    assert freed_after(()) == END


# ---------------------------------------------------------------- at work


def test_forbidden__clash_does_not_come_and_all_else_does():
    found = log("north.first-clash=never")
    assert [(e.day // 7, e.entity) for e in events(found, "frontier.clash") if e.option == "fired"] == [
        (week_of("1932-03-03"), "south")
    ]
    assert [e.value for e in events(found, "yearly.harvest")] == pytest.approx([0.5, -0.4, 0.1, 0.2], abs=0.2)


def test_moved__clash_comes_on_its_new_day_and_its_answer_keeps_the_old_key():
    found = log("north.first-clash=1931-07-01")
    clash = next(e for e in events(found, "frontier.clash") if e.option == "fired")
    assert clash.day == 25 * 7 + 2
    (answer,) = [e for e in events(found, "capital.answers") if e.entity == "north"]
    assert (answer.occasion >> 21, answer.week, answer.option) == (22, 25, "yield")


def test_forced__clash_fires_in_every_timeline_and_its_answer_falls_on_its_day():
    for timeline in range(10):
        found = log("frontier.clash[south]@1933-05-17=fires", timeline=timeline)
        if found.outcomes["war"][0] and found.outcomes["war"][1] < week_of("1933-05-17") * 7:
            continue
        day = small_model().book.calendar.day_of(small_model().book.calendar.day("1933-05-17"))
        assert day in [e.day for e in events(found, "frontier.clash") if e.option == "fired"]


def test_imposed__choice_is_taken_at_each_of_its_occasions():
    for timeline in range(20):
        found = log("capital.answers=yield", horizon=START, timeline=timeline)
        assert {e.option for e in events(found, "capital.answers")} <= {"yield"}
        assert not found.outcomes["war"][0]


def test_scaled_to_nothing__the_clock_is_silent():
    found = run(small_model().blueprint, Plan(items("frontier.clash*=0")), count=50, workers=1)
    assert (found.value[:, 2] == 0).all()


def test_set_and_shifted__shocks():
    assert [e.value for e in events(log("harvest.1932=-2"), "yearly.harvest")][1] == -2.0
    shifted = [e.value for e in events(log("yearly.harvest@1932+=-1.5"), "yearly.harvest")]
    assert shifted[1] == pytest.approx(-1.9, abs=1e-12)


def test_shifted__shock_costs_the_entropy_of_the_shift():
    # a normal of spread 1 moved by 1.5 spreads: 1.5^2 / (2 ln 2) bits, whatever else happens
    plan = Plan(items("yearly.harvest@1932+=-1.5"), START)
    found = run(small_model().blueprint, plan, count=20, workers=1)
    assert found.bits[:, 0] == pytest.approx(1.5**2 / (2 * np.log(2)))
    assert (found.applied[:, 0] == 1).all() and (found.log_probability[:, 0] == 0).all()


def test_variable__changes_once_or_is_held():
    week = week_of("1932-01-04")
    assert values("state.food@1932-01-04=7", variable="state.food", at=week) == pytest.approx(7.0)
    moved = values("state.temper@1932-01-04+=10", variable="state.temper", at=week)
    assert moved - values(variable="state.temper", at=week) == pytest.approx(9.9)
    later = week_of("1932-10-03")
    assert (values("state.food@1932-01-04=7", variable="state.food", at=later) < 7.0).all()
    assert values("state.food@1932..1932=7", variable="state.food", at=later) == pytest.approx(7.0)


def test_parameter__is_put_back_after_its_window():
    model = small_model()
    memory = Memory(model.blueprint)
    place = model.blueprint.parameter_place["capital.answers.hard"]
    memory.load_plan(Plan(items("capital.answers.hard@1932..1932=5"), END))
    memory.load_draw(0)
    before, seen = float(memory.drawn[place]), []
    for weeks in (10, week_of("1932-06-01"), 207):
        memory.c.weeks = weeks
        memory.run(0)
        seen.append(float(memory.parameter_numbers[place]))
    assert seen == [before, 5.0, before]


def test_changes__that_met_no_occasion_are_counted():
    plan = Plan(items("capital.answers[south]@1932-03-10=strike"), END)
    found = run(small_model().blueprint, plan, count=20, workers=1)
    assert (found.applied == 0).all()
