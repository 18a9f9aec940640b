"""Roads: planted ones are found, a timeline at a road's address is on that road, other luck divides alike."""

from __future__ import annotations

import json

import numpy as np
import pytest

import allohistory
from allohistory.errors import AllohistoryError
from allohistory.questions.rare.histories import Histories, Name
from allohistory.questions.rare.roads import Compared, divide, rand_index
from allohistory.questions.rare.signs import Step, words_of
from allohistory.timeline.model import load
from allohistory.timeline.plan import Plan

STEPS = tuple(Step("rule", f"rule-{letter}", "yes") for letter in "abcdefgh")


def planted(rng, n):
    """Two roads, one half as common: on the first a and b nearly always, on the second c and d; e to h are noise."""
    first = rng.random(n) < 2 / 3
    near = rng.random((4, n)) < 0.95
    reached = np.stack([near[0] & first, near[1] & first, near[2] & ~first, near[3] & ~first])
    other = rng.random((4, n)) < 0.1
    noise = rng.random((2, 4, n)) < 0.5
    weight = np.full(n, 1.0 / n)
    return Compared(STEPS, np.vstack([reached, noise[0]]), np.vstack([other, noise[1]]), weight), first


def test_divide__finds_planted_roads():
    # 300 timelines each: a division that missed them would agree to about 0 (false alarm far below 1 in a million).
    compared, first = planted(np.random.default_rng(5), 300)
    division = divide(compared)
    assert rand_index(division.sort(STEPS, compared.reached), (~first).astype(int)) > 0.7
    used = {turn.step for turns in division.roads for turn in turns}
    assert used <= set(STEPS[:4])


def test_words__every_step_that_the_scenario_can_take_is_told_in_words():
    model, told = load(), {}
    for rule in model.blueprint.drawn:
        for option in rule.options or ("fired",):
            for entity in ("", *rule.entities):
                told[rule.id, option, entity] = words_of(Step("rule", rule.id, option, entity), model)
    assert [step for step, words in told.items() if not words or "{" in words] == []
    assert told["europe.turns", "fired", "germany-defeated"] == "Germany is beaten and surrenders"


def test_divide__noise_alone_is_one_road():
    rng = np.random.default_rng(6)
    present = rng.random((8, 400)) < 0.5
    compared = Compared(STEPS, present, rng.random((8, 400)) < 0.5, np.full(400, 1 / 400))
    assert divide(compared).roads == ((),)  # a step is decisive by luck once in 100 such worlds


def test_sort__every_timeline_is_on_one_road_and_only_one():
    compared, _ = planted(np.random.default_rng(7), 200)
    division = divide(compared)
    everything = np.array(np.meshgrid(*[[False, True]] * 8)).reshape(8, -1)
    assert (division.sort(STEPS, everything) >= 0).all()


def test_rand_index__by_hand():
    same = np.array([0, 0, 1, 1])
    assert rand_index(same, np.array([1, 1, 0, 0])) == 1.0
    assert rand_index(same, np.array([0, 1, 0, 1])) == pytest.approx(-0.5)
    assert rand_index(same, np.array([0, 0, 0, 1])) == pytest.approx(0.0)
    assert rand_index(np.zeros(4, int), np.zeros(4, int)) is None


def test_histories__a_fork_keeps_what_was_before_it_and_moves_what_comes_after(small):
    histories = Histories(small, Plan(draws=len(small.blueprint.parameter_draws)))
    assert Name(0).forked(60, 7).forked(40, 8).forks == ((40, 8),)
    names = [
        name
        for i in range(40)
        for name in (Name(i), Name(i).forked(60, 7), Name(i).forked(60, 7).forked(40, 8))
    ]
    world = histories.run(names, logged=True)
    events = np.stack([world.rule, world.week, world.value, world.key])
    moved = 0
    for i in range(40):
        roots, sixty, forty = (events[:, world.row == 3 * i + j] for j in range(3))
        for other, week in ((sixty, 60), (forty, 40)):
            assert np.array_equal(roots[:, roots[1] < week], other[:, other[1] < week])
            moved += not np.array_equal(roots, other)
    assert moved > 40  # of 80: new luck that changed nothing in half of them would be no new luck


@pytest.fixture
def answer(small):
    return allohistory.scenario("smallwar").roads("war", timelines=600)


def test_roads__the_timeline_at_an_address_is_on_that_road(answer):
    assert answer.roads
    assert sum(road.share for road in answer.roads) == pytest.approx(1.0)
    for road in answer.roads:
        for address in answer.addresses(road):
            assert answer.road_of(address) == road.name


def test_roads__as_json(answer):
    told = json.loads(answer.to_json())
    assert told["command"] == "roads"
    assert told["method"] == "brute force"
    assert 0.0 < told["probability"] < 1.0
    for road in told["roads"]:
        assert {"name", "share", "steps", "needs", "ends", "addresses"} <= set(road)
        for step in road["steps"]:
            assert len(step["date"]) == 3
            assert 0.0 <= step["probability"] <= 1.0
    assert told["again"] == "allohistory roads --scenario smallwar --outcome war --timelines 600"


def test_roads__same_question_same_answer(answer):
    again = allohistory.scenario("smallwar").roads("war", timelines=600)
    assert {**again.as_dict(), "seconds": 0} == {**answer.as_dict(), "seconds": 0}


@pytest.mark.parametrize(
    ("outcome", "says"), [("clashes", "amount"), ("war_road", "one of several"), ("ware", "war")]
)
def test_roads__an_outcome_that_no_road_leads_to(small, outcome, says):
    with pytest.raises(AllohistoryError) as error:
        allohistory.scenario("smallwar").roads(outcome)
    assert says in str(error.value)


def test_command__prints_roads_and_the_command_that_finds_them_again(small, capsys):
    from allohistory.cli.main import main

    words = ["roads", "--scenario", "smallwar", "--outcome", "war", "--timelines", "400"]
    assert main(words) == 0
    page = capsys.readouterr().out
    assert "Road 1" in page
    assert "by brute force, 400 timelines" in page
    assert page.rstrip().endswith(
        "again: allohistory roads --scenario smallwar --outcome war --timelines 400"
    )
    assert main([*words[:3], "--outcome", "clashes"]) == 2
    assert "an amount" in capsys.readouterr().err
    assert main([*words, "--precision", "0.1"]) == 2
