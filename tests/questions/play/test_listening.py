"""Listening changes nothing: the same world comes of it, and a week taken apart says what the log says."""

from __future__ import annotations

import numpy as np
import pytest

from allohistory.questions.play.listening import SHELF, occasions, taken_apart
from allohistory.timeline.model import load
from allohistory.timeline.named import Named, plan_of
from allohistory.timeline.tell import one_timeline

MODEL = load()


@pytest.mark.parametrize("horizon", ["end", "start"])
@pytest.mark.parametrize("timeline", [0, 3])
def test_a_timeline_that_is_listened_to_goes_as_it_goes(horizon: str, timeline: int) -> None:
    plan = plan_of(MODEL, Named(horizon=horizon, timeline=timeline))
    with SHELF.memory(MODEL) as memory:
        heard = occasions(MODEL, memory, plan, timeline)
        world = memory.world_numbers.copy()
        log = one_timeline(MODEL.blueprint, plan, timeline, memory)
        assert np.array_equal(world, memory.world_numbers, equal_nan=True)
    told = {(e.rule, e.entity, e.week, e.occasion, e.option) for e in log.events if e.option is not None}
    mine = {(o.rule, o.entity, o.week, o.key[1], "fired" if o.option == "fires" else o.option) for o in heard}
    assert {one for one in told if one[-1] != "silent"} <= mine
    assert len(mine) > len(told)


@pytest.mark.parametrize("timeline", [0, 5])
def test_a_week_in_plain_python_has_the_chances_of_the_compiled_one(timeline: int) -> None:
    plan = plan_of(MODEL, Named(horizon="start", timeline=timeline))
    with SHELF.memory(MODEL) as memory:
        all_of_it = occasions(MODEL, memory, plan, timeline)
        busiest = max(
            {one.week for one in all_of_it}, key=lambda week: sum(o.week == week for o in all_of_it)
        )
        heard = taken_apart(MODEL, memory, plan, timeline, busiest)
    expected = [one for one in all_of_it if one.week == busiest]
    assert len(expected) > 3
    for one in expected:
        found = [h for h in heard if (h.rule, h.entity) == (one.rule, one.entity)]
        options = MODEL.blueprint.rule_of[one.rule].options
        place = 0 if one.option == "fires" else options.index(one.option)
        assert any(h.chances[place] == pytest.approx(one.chance, rel=1e-9) for h in found), one.rule


def test_the_rule_asked_again_with_the_same_inputs_answers_the_same() -> None:
    plan = plan_of(MODEL, Named(horizon="end"))
    week = MODEL.book.calendar.week_of(MODEL.book.calendar.day("1939-08-25", "test"))
    with SHELF.memory(MODEL) as memory:
        heard = {one.rule: one for one in taken_apart(MODEL, memory, plan, 0, week)}
        clash = heard["tokyo.answers-clash"]
        assert clash.ask(clash.inputs) == pytest.approx(clash.weights)
        assert clash.ask({**clash.inputs, "fights_america": 1.0}) != pytest.approx(clash.weights)
