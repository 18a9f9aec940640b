"""Sharing out: every row once, whoever asks when; and neither shares nor calls nor stops change a result."""

import random
import threading

import numpy as np
import pytest

from allohistory.ensemble import run as running
from allohistory.ensemble.run import next_call, run
from allohistory.ensemble.shares import LEAST_HELPED, Shares
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, START, Plan
from allohistory.timeline.shape import SHEET
from textbook.running import a_history, countries, recorded_countries, same_bits


@pytest.mark.parametrize(
    ("first", "count", "draws"), [(0, 100, 7), (13, 5, 100), (3, 301, 1), (99, 250, 100)]
)
@pytest.mark.parametrize("seed", range(5))
def test_every_row_is_given_out_once_with_its_draw(first, count, draws, seed):
    dice, shares = random.Random(seed), Shares(first, count, draws)
    given, loaded, waiting = [], dict.fromkeys(range(3), -1), {0, 1, 2}
    while waiting:
        thread = dice.choice(sorted(waiting))
        share = shares.next(loaded[thread], dice.randint(1, 40))
        if share is None:
            waiting.discard(thread)
            continue
        loaded[thread] = share.draw
        rows = range(share.row, share.row + share.count * draws, draws)
        assert {(first + row) % draws for row in rows} == {share.draw}
        given.extend(rows)
    assert sorted(given) == list(range(count))


def test_a_thread_keeps_to_its_draw_and_helps_at_the_end():
    shares = Shares(0, 200, 2)
    assert shares.next(-1, 10).draw == 0
    assert shares.next(0, 10).draw == 0
    assert shares.next(-1, 100).draw == 1  # all of draw 1
    helped = shares.next(1, 60)
    assert (helped.draw, helped.count) == (0, 40)  # half of what is left
    shares.next(0, 40 - LEAST_HELPED + 1)
    assert shares.next(1, 60) is None  # not worth loading
    assert shares.next(0, 60).count == LEAST_HELPED - 1


def test_calls_are_sized_by_the_draws_of_a_timeline():
    assert next_call(0) == next_call(1) == SHEET
    assert 1 <= next_call(10**9) < next_call(running.DRAWS_A_CALL // 10)


@pytest.mark.parametrize(
    "plan", [Plan(draws=3, seed=5), Plan(horizon=END, draws=3, seed=5)], ids=["free", "same"]
)
def test_the_size_of_a_call_and_the_number_of_threads_change_nothing(plan, monkeypatch):
    scenario = countries(a_history(countries(), 11), latent_seeds=range(1, 4))
    whole = run(scenario, plan, count=200, workers=1)
    for draws_a_call, workers in ((1, 1), (5_000, 2), (10**9, 7)):
        monkeypatch.setattr(running, "DRAWS_A_CALL", draws_a_call)
        found = run(scenario, plan, count=200, workers=workers)
        assert same_bits(whole, found)
        assert np.array_equal(whole.histogram, found.histogram)


def test_what_was_finished_before_a_stop_is_what_would_have_been():
    scenario, plan, stop = recorded_countries(), Plan(horizon=END, draws=1, seed=5), threading.Event()
    found = run(scenario, plan, count=50_000, workers=2, progress=lambda n: stop.set(), stop=stop)
    assert 1 <= len(found.timeline) < 1000
    whole = run(scenario, plan, count=1000, workers=1)
    for name in ("value", "day", "departures", "hindsight"):
        rows = getattr(whole, name)[found.timeline]
        assert np.array_equal(rows, getattr(found, name), equal_nan=True)


def test_the_sheet_holds_what_single_worlds_come_to():
    scenario = recorded_countries()
    many, single = Memory(scenario), Memory(scenario)
    for memory in (many, single):
        memory.load_plan(Plan(horizon=START, draws=1, seed=9))
        memory.load_draw(0, ledger=False)
    many.run_many(4, 3, 20)
    for line in range(20):
        single.run(4 + 3 * line)
        assert np.array_equal(many.c.sheet_value[line], single.c.outcome)
        assert np.array_equal(many.c.sheet_day[line], single.c.outcome_day)
        assert int(many.c.sheet_draws[line]) == int(single.c.draws) > 0
