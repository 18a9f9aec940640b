"""The race and the decision: a planted optimum is found, luck alone fills no front, nothing idle stands on it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from allohistory.questions.search.front import decide
from allohistory.questions.search.front import tests_of as comparisons_of
from allohistory.questions.search.race import Known, finalists, halve, staircase
from allohistory.questions.search.search import Search, run_search
from allohistory.questions.search.tally import Seen, apart, bound_for
from made_up_worlds import MadeUp, planted

PODS = {"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}


def searched(bits, effect, together, seed, largest=2):
    """A finished search of a made-up world."""
    old = MadeUp(bits, effect, together, seed=2 * seed)
    new = MadeUp(bits, effect, together, seed=2 * seed + 1)
    search = Search(Known(old), Known(new), sorted(bits), new_timelines=1500)
    assert run_search(search, largest)
    return search


def front(search):
    """The names on the front, cheapest first."""
    return [one.names for one in search.decided.front]


def test_a_planted_pair_is_found_in_50_of_50_worlds():
    """A pair of which neither member does anything alone. The decision itself misses so large a gap (.04 to .55 over
    1,500 timelines, 25 standard errors) never; what can fail is the race."""
    found = 0
    for number in range(50):
        bits, effect, together, pair = planted(number)
        search = searched(bits, effect, together, number)
        found += pair in front(search)
    assert found == 50


@pytest.mark.statistical
def test_luck_alone_puts_nothing_on_the_front():
    """40 worlds in which nothing does anything; all comparisons of one err in 5 of 100. Seven or more: 1 in 300."""
    filled = 0
    for number in range(40):
        search = searched(dict(PODS), dict.fromkeys(PODS, 0.0), {}, 500 + number)
        filled += bool(search.decided.front)
    assert filled < 7


def test_with_an_effect_planted_the_same_test_would_fail():
    filled = [
        bool(front(searched(dict(PODS), {**dict.fromkeys(PODS, 0.0), "c": 1.5}, {}, 600 + n)))
        for n in range(7)
    ]
    assert all(filled)


def test_an_idle_member_is_not_on_the_front():
    """b does much alone; with a beside it the set is dearer and no better."""
    effect = {"a": 0.0, "b": 3.0, "c": 0.0, "d": 0.0}
    search = searched(dict(PODS), effect, {}, 3)
    assert front(search) == [("b",)]


def test_the_front_is_decided_on_luck_the_search_has_not_seen():
    """The best of 200 that do nothing looks good where it was chosen, and not again: the winner's curse."""
    bits = {f"pod-{place:03d}": 1.0 + place / 100 for place in range(200)}
    search = searched(bits, dict.fromkeys(bits, 0.0), {}, 7, largest=1)
    best = max(search.old.share(names) for names in search.new.seen)
    again = np.mean([search.new.share(names) for names in search.new.seen])
    truth = MadeUp(bits, dict.fromkeys(bits, 0.0)).share(())
    assert best > truth * 1.2
    assert abs(again - truth) < 0.02


def test_what_is_certainly_beaten_gets_no_more_timelines():
    effect = {"a": 4.0, "b": 0.0, "c": 0.0, "d": 0.0}
    known = Known(MadeUp(dict(PODS), effect))
    left = halve(known, [(name,) for name in PODS], ((100, 9), (400, 9)), lambda names: 0.0, 10)
    assert left == [("a",)]
    assert len(known.seen[("b",)]) == 100


def test_dearer_sets_than_a_nearly_certain_one_are_not_looked_at():
    effect = {"a": 9.0, "b": 0.0, "c": 0.0, "d": 0.0}
    search = searched(dict(PODS), effect, {}, 5)
    assert all(search.old.bits[names].value <= 2.0 for names in search.old.seen if len(names) == 2)


def test_apart_agrees_with_counting_by_hand():
    """Ten timelines, three gained and one lost: .2 apart; (3 + 1 - 10 x .04 + 1) / 100 is the square of its error."""
    shown = np.array([1, 1, 1, 0, 1, 1, 0, 0, 0, 0], bool)
    base = np.array([0, 0, 0, 1, 1, 1, 0, 0, 0, 0], bool)
    everyone, none = np.ones(10, bool), np.zeros(10)
    gap = apart(Seen(shown, everyone, none), Seen(base, everyone, none))
    assert gap.value == pytest.approx(0.2)
    assert gap.error == pytest.approx(math.sqrt(4 - 10 * 0.04 + 1) / 10)


@pytest.mark.statistical
def test_the_error_under_a_condition_is_that_of_repeats():
    """400 repeats of 300 pairs of timelines; the spread of 400 is known to 3.5 %, so 15 % is four errors."""
    rng = np.random.default_rng(4)
    gaps = []
    for _ in range(400):
        u, common = rng.random(300), rng.random(300) < 0.4
        one = Seen(u < 0.5, common | (u < 0.3), np.zeros(300))
        other = Seen(u < 0.4, common, np.zeros(300))
        gaps.append(apart(one, other))
    spread = np.std([gap.value for gap in gaps])
    assert np.mean([gap.error for gap in gaps]) == pytest.approx(spread, rel=0.15)


def test_the_bound_grows_with_the_number_of_comparisons():
    assert bound_for(0.05, 1) == pytest.approx(1.645, abs=0.001)
    assert bound_for(0.05, 100) == pytest.approx(3.291, abs=0.001)
    assert comparisons_of([("a",), ("b",), ("a", "b")]) == 3 + 4


def test_the_staircase_holds_what_is_likelier_than_all_that_is_cheaper():
    known = Known(MadeUp(dict(PODS), {"a": 1.0, "b": 0.0, "c": 3.0, "d": 2.0}))
    sets = [(name,) for name in PODS]
    known.weigh(sets, 10)
    known.look(sets, 1000)
    assert staircase(known, known.trusted()) == [("a",), ("c",)]
    assert finalists(known, 100, 9)[:2] == [("a",), ("c",)]


def test_of_two_as_surprising_the_likelier_is_on_the_front():
    bits = {"a": 2.0, "b": 2.05, "c": 2.2}
    search = searched(bits, {"a": 1.5, "b": 3.0, "c": 3.0}, {}, 9, largest=1)
    assert front(search) == [("b",)]
    assert "not beyond error of b" in search.decided.fallen[("c",)]


def test_a_decision_names_why_a_set_fell():
    new = Known(MadeUp(dict(PODS), {"a": 2.0, "b": 0.0, "c": 2.0, "d": 0.0}))
    sets = [("a",), ("b",), ("a", "b"), ("c",)]
    new.weigh(sets, 10)
    new.look(sets, 2000)
    new.leave_out(sets, 2000)
    decided = decide(new, sets)
    assert [one.names for one in decided.front] == [("a",)]
    assert decided.fallen[("c",)] == "not beyond error of a, which is less surprising"
    assert decided.front[0].needs["a"].beyond(decided.z)
