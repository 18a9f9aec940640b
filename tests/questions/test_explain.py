"""Why: twins, bounds and shares against worlds worked out by hand; steps cut again by another way; boxes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from allohistory.book.resolve import resolve_all
from allohistory.ensemble.run import run
from allohistory.errors import AllohistoryError
from allohistory.questions.columns import Columns, asked_of
from allohistory.questions.explain import boxes as boxing
from allohistory.questions.explain.ask import ALL, explain
from allohistory.questions.explain.boxes import Limit, States, inside, leaves
from allohistory.questions.explain.shapley import shapley, subsets
from allohistory.questions.explain.steps import OUTCOME, TIMELINES, Told, arrows_from
from allohistory.questions.explain.twins import tian_pearl, twins
from allohistory.questions.explain.words import words
from allohistory.questions.forerunners import NEVER, Sign
from allohistory.questions.question import Question
from allohistory.questions.worlds import read_worlds
from allohistory.timeline.asked import items_of
from allohistory.timeline.changes import CHOICE, PARAMETER_SET
from allohistory.timeline.plan import START, Item, Plan
from bands import FALSE_ALARM, mean_within_luck, within_luck
from textbook import blocks, chain
from textbook.building import blueprint
from textbook.running import little_models

N = 2000
WILL, TRUST = 0.4, 1.5
YES = {offered: 1.0 / (1.0 + np.exp(-TRUST * offered)) for offered in (0, 1)}
OFFERED = 1.0 / (1.0 + np.exp(-WILL))
ANY = OFFERED * YES[1] + (1.0 - OFFERED) * YES[0]  # an answer is yes, its offer left to luck


def deals(offers, seed, count=N, weeks=56):
    """Is there a deal in worlds whose offers of these weeks are made (1) or not (0), all else left to luck?"""
    scenario = blueprint(
        "chain",
        chain.run_worlds,
        chain.RULES,
        chain.ORDER,
        weeks=weeks,
        outcomes=chain.OUTCOMES,
        variables=chain.VARIABLES,
        parameters={**chain.PARAMETERS, "offer.will": WILL, "answer.trust": TRUST},
    )
    items = tuple(
        Item(int(CHOICE), rule=1, option=took, first_week=week, last_week=week, place=1)
        for week, took in offers.items()
    )
    found = run(scenario, Plan(items, START, draws=1, seed=seed), count=count, workers=1)
    return found.value[:, 0] == 1.0


def by_hand():
    """Necessity, sufficiency and both of the offer in week 4: an answer that is yes without an offer is so with one."""
    none_later = 1.0 - ANY  # the offer in week 30
    both = (YES[1] - YES[0]) * none_later
    with_it = 1.0 - (1.0 - YES[1]) * none_later
    without_it = 1.0 - (1.0 - YES[0]) * none_later
    return {"necessity": both / with_it, "sufficiency": both / (1.0 - without_it), "both": both}


@pytest.mark.statistical
def test_twins__are_those_of_enumeration():
    truth = by_hand()
    near = []
    for seed in range(30):
        found = twins(deals({4: 1}, seed), deals({4: 0}, seed), np.zeros(N, int))
        for name, chance in truth.items():
            share = getattr(found, name)
            assert within_luck(share.count, share.n, chance, FALSE_ALARM)
            near.append(abs(share.value - chance) <= 2.0 * np.sqrt(chance * (1.0 - chance) / share.n))
    # the three of one seed lean on one count: thirty seeds, each within two standard errors 95 times in 100
    assert within_luck(sum(near[::3]), 30, 0.9545, 1e-4)


@pytest.mark.statistical
def test_twins__that_share_no_luck_would_be_wrong():
    truth = by_hand()
    found = twins(deals({4: 1}, 1), deals({4: 0}, 2), np.zeros(N, int))
    assert not within_luck(found.necessity.count, found.necessity.n, truth["necessity"], FALSE_ALARM)


@pytest.mark.statistical
def test_twins__of_four_options_are_gumbels_closed_form():
    scenario = little_models()
    asked, option, shift = blocks.OUTCOMES.index("took"), 1, 1.2
    first = [scenario.parameter_place[f"four.{name}"] for name in ("zero", "one", "two", "three")]
    weights = np.array([blocks.PARAMETERS[f"four.{name}"] for name in ("zero", "one", "two", "three")])
    moved = weights + np.array([0.0, 0.0, shift, 0.0])
    item = Item(int(PARAMETER_SET), first=first[2], count=1, value=float(moved[2]))

    def took(items):
        return (
            run(scenario, Plan(items, START, draws=1, seed=5), count=N, workers=1).value[:, asked] == option
        )

    found = twins(took(()), took((item,)), np.zeros(N, int))  # the cause: that option two is not favoured
    chance = np.exp(weights) / np.exp(weights).sum()
    least = np.minimum(weights[option] - weights, moved[option] - moved)
    stays = 1.0 / (chance[option] * np.exp(-least).sum())
    assert within_luck(found.necessity.count, found.necessity.n, 1.0 - stays, FALSE_ALARM)


def test_bounds__hold_the_twins_and_close_where_the_cause_is_all():
    found = twins(deals({4: 1}, 3), deals({4: 0}, 3), np.arange(N) % 10)
    for name in ("necessity", "sufficiency", "both"):
        low, high = found.bounds[name]
        assert low - 1e-12 <= getattr(found, name).value <= high + 1e-12
        assert found.couplings[name][0] <= getattr(found, name).value <= found.couplings[name][1]
    assert tian_pearl(1.0, 0.0) == dict.fromkeys(("necessity", "sufficiency", "both"), (1.0, 1.0))
    assert tian_pearl(0.0, 0.5)["necessity"] is None


def test_unshared_luck__is_that_of_timelines_paired_at_random():
    with_it, without_it = np.array([1, 1, 0, 1], bool), np.array([0, 1, 0, 0], bool)
    found = twins(with_it, without_it, np.zeros(4, int))
    pairs = [(with_it[i], without_it[j]) for i in range(4) for j in range(4) if i != j]
    both = sum(bool(a and not b) for a, b in pairs)
    assert found.couplings["both"] == pytest.approx(tuple(sorted((0.5, both / 12))))


@pytest.mark.statistical
def test_shapley__is_that_of_enumeration_and_adds_up():
    def value(offers):
        chance = [YES[offers[week]] if week in offers else ANY for week in (4, 30, 56)]
        return 1.0 - np.prod([1.0 - one for one in chance])

    shown = {
        subset: deals({4: int(0 in subset), 30: int(1 in subset), 56: int(2 in subset)}, 7, weeks=60)
        for subset in subsets(3)
    }
    found = shapley(("first", "second", "third"), shown)
    truth = {
        subset: value({4: int(0 in subset), 30: int(1 in subset), 56: int(2 in subset)})
        for subset in subsets(3)
    }
    whole = truth[frozenset({0, 1, 2})] - truth[frozenset()]
    for part in found:  # the three are alike: each has a third
        error = (part.interval[1] - part.interval[0]) / (2.0 * 1.6448536)
        assert abs(part.share - whole / 3.0) < 4.9 * error  # false alarm 1e-6
    exact = shown[frozenset({0, 1, 2})].mean() - shown[frozenset()].mean()
    assert sum(part.share for part in found) == pytest.approx(exact)
    assert not mean_within_luck(np.full(N, found[0].share), whole, sd=0.3)


def test_subsets__are_all_of_them():
    assert len(subsets(5)) == 32
    assert set(subsets(3)) == {frozenset(one) for size in range(4) for one in combinations(range(3), size)}


POD = "no-first-clash"


@pytest.fixture(scope="module")
def answer():
    from smallwar_model import small_model

    model = small_model()
    question = Question(
        scenario="smallwar", pods=(POD,), outcomes=("war",), timelines=600, draws=4, workers=1
    )
    return explain(question, model)


def test_explain__twins_are_those_of_the_two_plans(answer):
    worlds, asked = answer.worlds, answer.asked
    shown = []
    for plan in (worlds.plan(), worlds.plan(changed=False)):
        ensemble = run(worlds.model.blueprint, plan, count=600, workers=1)
        shown.append(Columns(worlds.model, ensemble).read(asked).shown)
    assert answer.causes[POD].both.count == int((shown[0] & ~shown[1]).sum())
    assert set(answer.causes) == {POD}  # one cause alone is not also counted as all together


def test_explain__every_arrow_was_cut_and_its_end_changed(answer):
    model, worlds = answer.model, answer.worlds
    steps = {step.id: step for step in answer.chain.steps}
    assert steps and answer.chain.arrows
    whole = worlds.plan()
    shown = Columns(model, run(model.blueprint, whole, count=TIMELINES, workers=1)).read(answer.asked).shown
    for arrow in answer.chain.arrows:
        assert arrow.lost + arrow.moved > 0
        if arrow.target == OUTCOME and arrow.source in steps:
            # cut once more, by the words that the answer gives, in a plain ensemble
            texts = resolve_all([steps[arrow.source].cut], model.book, model.book_rules, pods=[POD])
            again = read_worlds(worlds.question, model).plan()
            cut = Plan(items_of(texts, model.blueprint), again.horizon, draws=again.draws, since=again.since)
            after = (
                Columns(model, run(model.blueprint, cut, count=TIMELINES, workers=1)).read(answer.asked).shown
            )
            assert int((shown & ~after).sum()) >= arrow.lost > 0


def test_arrows__are_not_drawn_to_what_the_cut_left_alone():
    one, other = Sign("a", "fired", None), Sign("b", "fired", None)
    count = 20
    days = {one: np.full(count, 3), other: np.full(count, 9)}
    yes = np.ones(count, bool)
    ours = Told(yes, yes, np.full(count, 12), days)
    same = Told(yes, yes, np.full(count, 12), {other: days[other]})
    gone = Told(yes, ~yes, np.full(count, NEVER), {})
    assert arrows_from("a", ours, same, {other: days[other]}, days[one]) == []
    assert {
        arrow.target: arrow.lost for arrow in arrows_from("a", ours, gone, {other: days[other]}, days[one])
    } == {
        "b=fires": count,
        OUTCOME: count,
    }


def test_explain__says_it_in_words_with_numbers_beside(answer):
    said = " ".join(words(answer))
    assert "No clash in the north in 1931" in said and "%" in said
    body = answer.as_json()
    assert {"causes", "shapley", "boxes", "sensitivity", "words"} <= set(body)
    assert {"id", "necessity", "sufficiency", "both", "bounds"} <= set(body["causes"][0])


def test_explain__refuses_what_cannot_be_explained(small):
    with pytest.raises(AllohistoryError, match="nothing to explain"):
        explain(Question(scenario="smallwar", outcomes=("war",)), small)
    with pytest.raises(AllohistoryError, match="no yes or no"):
        explain(Question(scenario="smallwar", pods=(POD,), outcomes=("clashes",)), small)
    with pytest.raises(AllohistoryError, match="not after the change"):
        explain(Question(scenario="smallwar", pods=(POD,), outcomes=("war",)), small, at=["1931-01-05"])


def test_explain__judges_several_causes_together_too(small):
    question = Question(
        scenario="smallwar",
        pods=(POD, "calm-temper"),
        outcomes=("war",),
        timelines=200,
        draws=2,
        workers=1,
    )
    found = explain(question, small)
    assert list(found.causes) == [POD, "calm-temper", ALL]
    together = found.causes[ALL]
    assert sum(part.share for part in found.shares) == pytest.approx(
        together.with_it.value - together.without_it.value
    )


def some_states(rng, count=1000):
    """A world in which a high `heat` brings the outcome about, and `smoke` goes with heat."""
    heat = rng.normal(size=count)
    value = np.column_stack([heat, heat + 0.1 * rng.normal(size=count), rng.normal(size=count)])
    shown = rng.random(count) < np.where(heat > 0.8, 0.8, 0.1)
    return States(52, ("heat", "smoke", "noise"), value, shown, np.arange(count))


def test_boxes__find_the_limit_that_was_planted():
    states = some_states(np.random.default_rng(1))
    found = leaves(states)
    assert found and {limit.variable for limit in found[0]} <= {"heat", "smoke", "noise"}
    mine = inside(states, found[0])
    assert states.shown[mine].mean() > 0.6 and (states.value[mine, 0] > 0.5).mean() > 0.9


@pytest.mark.statistical
def test_boxes__are_seldom_found_where_nothing_sets_apart():
    rng = np.random.default_rng(2)
    found = 0
    for _ in range(40):
        states = some_states(rng, 600)
        found += bool(leaves(States(52, states.names, states.value, rng.random(600) < 0.3, states.timeline)))
    # up to eight leaves, each above its 90 % interval by chance one time in twenty, and much denser: under a third
    assert within_luck(min(found, 13), 40, 0.33) and found <= 26


@pytest.mark.parametrize(
    ("gained", "lost", "causal"), [(60, 5, True), (9, 7, False), (0, 0, False), (3, 70, False)]
)
def test_boxes__are_causal_only_where_imposing_them_helps_beyond_error(
    small, monkeypatch, gained, lost, causal
):
    states = some_states(np.random.default_rng(3))
    monkeypatch.setattr(boxing, "imposed", lambda model, texts: ())
    monkeypatch.setattr(boxing, "effect_of", lambda *words: (gained, lost, 500))
    asked = asked_of("war", small)
    box = boxing.judged(small, asked, Plan(), states, (Limit("heat", 0.8, None),), 0.01, 1)
    assert box.causal is causal
    assert box.coverage.n == int(states.shown[1::2].sum())


def test_boxes__that_cannot_be_imposed_say_why(small):
    states = some_states(np.random.default_rng(4))
    box = boxing.judged(small, asked_of("war", small), Plan(), states, (Limit("heat", 0.8, None),), 0.01, 1)
    assert box.causal is None and "cannot be imposed" in box.why


def test_boxes__without_their_library_leave_the_rest_standing(monkeypatch, small):
    def missing(package, needed_by):
        raise AllohistoryError(needed_by, f"it needs the package {package}", given=package, closest="")

    monkeypatch.setattr(boxing, "optional", missing)
    question = Question(
        scenario="smallwar", pods=(POD,), outcomes=("war",), timelines=100, draws=2, workers=1
    )
    found = explain(question, small)
    assert found.boxes is None and "sklearn" in found.notes[0]
    assert found.as_json()["boxes"] is None


def test_boxes__of_a_world_hold_only_those_still_at_risk(small):
    asked = asked_of("war", small)
    worlds = read_worlds(Question(scenario="smallwar", pods=(POD,), outcomes=("war",), draws=2), small)
    states = boxing.states_at(small, asked, worlds.plan(), 60, 100, lambda *_: None)
    day = Columns(small, run(small.blueprint, worlds.plan(), count=100, workers=1)).read(asked).day
    assert set(states.timeline) == set(np.flatnonzero((day < 0) | (day >= 7 * 60)))
    assert "state.war" in states.names and (states.value[:, states.names.index("state.war")] == 0.0).all()


def test_levers__are_what_leaves_the_world_different(small):
    asked = asked_of("war", small)
    plan = read_worlds(Question(scenario="smallwar", pods=(POD,), outcomes=("war",), draws=2), small).plan()
    states = boxing.states_at(small, asked, plan, 60, 100, lambda *_: None)
    able = boxing.levers(small, plan, states)
    assert "state.temper" in able and "state.war" not in able  # no spread: all at risk are at peace
    assert boxing.only(states, ["state.temper"]).value.shape == (len(states.timeline), 1)
