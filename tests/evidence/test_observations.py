"""What the rules say of an observation: against free luck, against the record's own chances, and by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from allohistory.book.observations import Observation, Observations
from allohistory.book.observed_ways import Call, Way
from allohistory.book.resolve import resolve_all
from allohistory.errors import AllohistoryError
from allohistory.evidence.calls import made_ready, shares_of
from allohistory.evidence.observations import LEAST, Observed
from allohistory.questions.logged import run_logged
from allohistory.questions.scenario import scenario
from allohistory.questions.sequences import chosen
from allohistory.scenarios.soviet_japanese_war.rules import occupation, powers, purge
from allohistory.timeline.asked import items_of
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import START, Plan
from allohistory.timeline.replay import replay
from bands import FALSE_ALARM, within_luck
from middles import middles
from smallwar_model import small_model

FIRST_CLASH = 22  # week of the first clash in the small scenario's record: 10 June 1931
NORTH = Way("frontier.clash", "north", (), 0, FIRST_CLASH - 1)
YIELDS = Way("capital.answers", "north", (0,), FIRST_CLASH, FIRST_CLASH)
STRIKES = Way("capital.answers", "north", (2,), FIRST_CLASH, FIRST_CLASH)


def observation(*steps, kind="path", q=0.3, weight=2.0):
    last = max((way.last for step in steps for way in step if isinstance(way, Way)), default=-1)
    return Observation("one", "", kind, q, 0.0, 1.0, weight, "", "C", steps, last_week=last)


def observed(model, *observations):
    rows = {f"number-{place}": one for place, one in enumerate(observations)}
    return Observed(model, Observations(rows))


@pytest.fixture(scope="module")
def small():
    model = small_model()
    memory = Memory(model.blueprint)
    memory.load_plan(Plan())
    memory.load_draw(0)
    return model, memory


def chances(small, *steps_of_each):
    model, memory = small
    return observed(model, *(observation(*steps) for steps in steps_of_each)).probabilities(memory)


def test_path__of_a_choice_is_the_chance_that_replay_gave_its_entry(small):
    model, memory = small
    (found,) = chances(small, [(YIELDS,)])
    assert found == pytest.approx(replay(model.blueprint, 0).chances["north.first-answer"], rel=1e-12)
    memory.load_plan(Plan())
    memory.load_draw(0)


@pytest.mark.statistical
def test_path__of_a_clock_is_how_often_it_fires_where_its_luck_is_free(small):
    """20,000 free timelines of one draw in which the south stays silent, so that nothing else moves the hazard
    before the first clash of the north (false alarms 1e-6); a window twice as long does not suit the count."""
    model, _ = small
    changes = resolve_all(["frontier.clash[south]@1931=never"], model.book, model.book_rules)
    plan = Plan(items=items_of(changes, model.blueprint), horizon=START, draws=1, seed=3)
    world = run_logged(model, plan, 20_000)
    fired = chosen(model, ["frontier.clash[north]"], world) & (world.week < FIRST_CLASH)
    count = len(np.unique(world.row[fired]))
    found, longer = chances(small, [(NORTH,)], [(replace(NORTH, held=3 * FIRST_CLASH),)])
    assert within_luck(count, world.kept, found, FALSE_ALARM)
    assert not within_luck(count, world.kept, longer, FALSE_ALARM)


def test_ways_and_steps__multiply_as_they_say(small):
    fires, yields, strikes = chances(small, [(NORTH,)], [(YIELDS,)], [(STRIKES,)])
    either, both, never, one_and_not = chances(
        small,
        [(YIELDS, STRIKES)],
        [(NORTH,), (STRIKES,)],
        [(replace(NORTH, never=True),)],
        [(NORTH,), (replace(YIELDS, never=True), STRIKES)],
    )
    assert 0.0 < strikes < yields < 1.0
    assert either == pytest.approx(1.0 - (1.0 - yields) * (1.0 - strikes), rel=1e-12)
    assert both == pytest.approx(fires * strikes, rel=1e-12)
    assert never == pytest.approx(1.0 - fires, rel=1e-12)
    assert one_and_not == pytest.approx(fires * (1.0 - yields * (1.0 - strikes)), rel=1e-12)


def test_options__those_meant_together_add_up(small):
    yields, strikes, both = chances(small, [(YIELDS,)], [(STRIKES,)], [(replace(YIELDS, options=(0, 2)),)])
    assert both == pytest.approx(yields + strikes, rel=1e-12)


def test_window__knows_entity_and_week(small):
    found = chances(
        small,
        [(replace(YIELDS, entity="south"),)],
        [(replace(YIELDS, first=FIRST_CLASH + 1, last=FIRST_CLASH + 9),)],
        [(replace(YIELDS, entity=None, first=0, last=FIRST_CLASH + 9),)],
    )
    (yields,) = chances(small, [(YIELDS,)])
    assert found[0] == 0.0 and found[1] == 0.0
    assert found[2] == pytest.approx(yields, rel=1e-12)


def test_held__the_last_occasion_returns(small):
    """The clash of week 22 ends the window; its hazard returns every week, the answer every third."""
    upto, through = chances(small, [(NORTH,)], [(replace(NORTH, last=FIRST_CLASH),)])
    last = 1.0 - (1.0 - through) / (1.0 - upto)
    clock, choice = chances(
        small,
        [(replace(NORTH, last=FIRST_CLASH, held=FIRST_CLASH + 10),)],
        [(replace(YIELDS, held=FIRST_CLASH + 10, every=3),)],
    )
    (yields,) = chances(small, [(YIELDS,)])
    assert clock == pytest.approx(1.0 - (1.0 - through) * (1.0 - last) ** 10, rel=1e-9)
    assert choice == pytest.approx(1.0 - (1.0 - yields) ** 4, rel=1e-12)


def test_log_likelihood__is_the_weighted_sum(small):
    model, memory = small
    ready = observed(
        model, observation((YIELDS,), q=0.2, weight=3.0), observation((STRIKES,), q=0.0, weight=5.0)
    )
    yields, strikes = ready.probabilities(memory)
    by_hand = 3.0 * (0.2 * math.log(yields) + 0.8 * math.log(1.0 - yields)) + 5.0 * math.log(1.0 - strikes)
    assert ready.log_likelihood(memory) == pytest.approx(by_hand, rel=1e-12)


def test_log_likelihood__what_cannot_be_costs_much_and_is_finite(small):
    model, memory = small
    ready = observed(model, observation((replace(YIELDS, entity="south"),), q=0.5, weight=1.0))
    assert ready.log_likelihood(memory) == pytest.approx(0.5 * math.log(LEAST), rel=1e-6)


def test_replay_that_stops__has_not_heard_of_what_came_after(small):
    model, _ = small
    memory = Memory(model.blueprint)
    memory.load_plan(Plan())
    memory.c.weeks = FIRST_CLASH
    memory.load_draw(0)
    ready = observed(model, observation((NORTH,)), observation((YIELDS,)))
    found = ready.probabilities(memory)
    assert 0.0 < found[0] < 1.0 and np.isnan(found[1])
    assert ready.contributions(memory)[1] == 0.0 and ready.log_likelihood(memory) < 0.0


def test_window__beyond_what_the_record_covers_is_refused(small):
    model, _ = small
    spans = tuple(span for span in model.blueprint.coverage if span.rule != "capital.answers")
    less = replace(model, blueprint=replace(model.blueprint, coverage=spans))
    with pytest.raises(AllohistoryError, match=r"the record does not cover capital\.answers"):
        observed(less, observation((YIELDS,)))


# ---- rules at stated inputs, on the scenario of the book

JOINS = {
    "ally": 1.0,
    "guarantee": 0.0,
    "same_enemy": 0.0,
    "fear": 0.0,
    "own_war": 0.0,
    "far": 0.0,
    "mood": 0.0,
}


@pytest.fixture(scope="module")
def model():
    return scenario("soviet-japanese-war").model


@pytest.fixture(scope="module")
def middle(model):
    """Every rule's parameters at the middle of their priors, asked for by the rule's id."""
    found = middles(model.folder)
    return lambda rule: getattr(found, rule.replace(".", "_").replace("-", "_"))


def asked(model, **keys):
    return made_ready(Call(**keys), model, "here")


def test_rule__a_clock_over_weeks_is_the_rule_called_by_hand(model, middle):
    chance = asked(model, function="powers.powers_enter", inputs=JOINS, weeks=52).chance(middle)
    hazard = powers.powers_enter(*JOINS.values(), middle("powers.enter"))
    assert chance == pytest.approx(1.0 - math.exp(-52 * hazard), rel=1e-12)
    never = asked(model, function="powers.powers_enter", inputs=JOINS, weeks=52, never=True)
    assert never.chance(middle) == pytest.approx(math.exp(-52 * hazard), rel=1e-12)


def test_rule__an_input_that_moves_is_followed_over_the_weeks(model, middle):
    inputs = {"years": (5.0, 8.0), "war_in_europe": 0.0, "stalin_gone": 0.0}
    chance = asked(model, function="purge.purge_begins", inputs=inputs, weeks=156).chance(middle)
    p = middle("purge.begins")
    week_by_week = sum(purge.purge_begins(5.0 + 3.0 * (week + 0.5) / 156, 0.0, 0.0, p) for week in range(156))
    assert chance == pytest.approx(1.0 - math.exp(-week_by_week), rel=1e-3)
    at_first = 1.0 - math.exp(-156 * purge.purge_begins(5.0, 0.0, 0.0, p))
    assert abs(chance - at_first) > 0.01, "an input that stood still would be seen"


def test_rule__a_choice_asked_again_ends_with_the_first_that_counts(model, middle):
    inputs = {
        "share": 0.2,
        "contested": 1.0,
        "consented": 0.0,
        "years": (0.0, 4.75),
        "coalition": 0.0,
        "cadres": 0.3,
    }
    keys = {"options": ("communist",), "ends": ("freed",), "times": 20}
    chance = asked(model, function="occupation.island_government", inputs=inputs, **keys).chance(middle)
    going_on, communist = 1.0, 0.0
    for quarter in range(20):
        numbers = (0.2, 1.0, 0.0, 0.25 * quarter, 0.0, 0.3, middle("island.government"))
        as_it_is, _, now = shares_of(occupation.island_government(*numbers))
        communist += going_on * now
        going_on *= as_it_is
    assert chance == pytest.approx(communist, rel=1e-12)


def test_rule__an_input_may_be_a_call(model, middle):
    mood = Call(
        "america.mood",
        "washington.stance",
        {
            "years_after_1931": 10.6,
            "japan_began_it": 1.0,
            "china_at_war": 1.0,
            "weeks_since_finland": 88.0,
            "weeks_since_purge": 216.0,
            "isolationist": 0.0,
        },
    )
    from allohistory.scenarios.soviet_japanese_war.rules import america

    lean = america.mood(*mood.inputs.values(), middle("washington.stance"))
    ready = asked(model, function="powers.powers_enter", inputs={**JOINS, "mood": mood}, weeks=52)
    hazard = powers.powers_enter(*{**JOINS, "mood": lean}.values(), middle("powers.enter"))
    assert ready.chance(middle) == pytest.approx(1.0 - math.exp(-52 * hazard), rel=1e-12)
    assert ready.groups == ("powers.enter", "washington.stance")


@pytest.mark.parametrize(
    ("keys", "said", "nearest"),
    [
        ({"function": "power.powers_enter", "inputs": JOINS}, 'no module "power"', "powers"),
        ({"function": "powers.power_enter", "inputs": JOINS}, 'no function "power_enter"', "powers_enter"),
        ({"function": "powers.powers_enter", "inputs": {**JOINS, "moods": 1.0}}, 'no input "moods"', "mood"),
        ({"function": "powers.powers_enter", "inputs": {}}, 'needs the input "ally"', "ally"),
        (
            {"function": "xian.fate", "inputs": {}},
            'no module "xian"',
            None,
        ),
        (
            {"function": "china.xian_fate", "inputs": {"german_friendship": 0.0}, "options": ("kiled",)},
            'no option "kiled"',
            "killed",
        ),
        (
            {"function": "america.asset_freeze", "inputs": {}, "weeks": 3},
            "say whose parameters america.asset_freeze takes",
            None,
        ),
    ],
)
def test_rule__a_mistake_is_named_with_its_nearest(model, keys, said, nearest):
    with pytest.raises(AllohistoryError) as raised:
        asked(model, **keys)
    assert said in raised.value.problem
    if nearest is not None:
        assert raised.value.closest == nearest


def test_rule__is_asked_again_only_when_a_parameter_that_it_reads_has_moved(model, monkeypatch):
    call = Call("powers.powers_enter", "", JOINS, weeks=52)
    ready = Observed(model, Observations({"a": observation((call,), kind="rule")}))
    assert ready.reads[0] and all(id.startswith("powers.enter.") for id in ready.reads[0])
    memory = Memory(model.blueprint)
    memory.load_draw(0, ledger=False)
    ((_, rule),) = ready._asked
    times = []
    looked_at = rule.steps[0][0]
    monkeypatch.setattr(type(looked_at), "chance", lambda *_: times.append(1) or 0.5)
    place = model.blueprint.parameter_place
    rule.chance(memory.drawn)
    rule.chance(memory.drawn)
    memory.drawn[place["purge.begins.per_week"]] += 1.0
    rule.chance(memory.drawn)
    assert len(times) == 1
    memory.drawn[place["powers.enter.ally"]] += 1.0
    rule.chance(memory.drawn)
    assert len(times) == 2


@pytest.fixture(scope="module")
def of_the_book(model):
    memory = Memory(model.blueprint)
    memory.load_plan(Plan())
    memory.load_draw(3)
    return Observed(model), memory


def test_shipped__no_window_misses_its_occasions(of_the_book):
    ready, memory = of_the_book
    found = ready.probabilities(memory)
    assert [id for id, p in zip(ready.ids, found, strict=True) if not 1e-5 < p < 1.0 - 1e-5] == []
    assert math.isfinite(ready.log_likelihood(memory))


def test_shipped__munich_and_xian_are_what_replay_says(of_the_book, model):
    ready, memory = of_the_book
    found = dict(zip(ready.ids, ready.probabilities(memory), strict=True))
    said = replay(model.blueprint, 3).chances
    munich = next(one.id for one in model.book.entries.values() if one.rule == "munich.outcome")
    assert found["munich.war"] == pytest.approx(1.0 - said[munich], rel=1e-9)
    assert found["xian.chiang-killed"] < 1.0 - said["xian.released"]
