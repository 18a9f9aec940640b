"""Running ensembles: who takes which draw, progress, stopping early, series, worlds set aside."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from allohistory.ensemble.gathered import join, quantiles
from allohistory.ensemble.run import default_workers, run
from allohistory.timeline.blueprint import EntryFacts
from allohistory.timeline.changes import VARIABLE_SET
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, START, Item, Plan
from allohistory.timeline.shape import BINS
from textbook.running import a_history, countries, recorded_countries, same_bits


def test_timelines_take_their_draws_in_turn():
    found = run(countries(latent_seeds=range(5)), Plan(draws=5), first=7, count=20, workers=2)
    assert list(found.timeline) == list(range(7, 27))
    assert list(found.draw) == [t % 5 for t in range(7, 27)]
    assert found.done.all() and found.kept.all()


def test_progress_counts_every_timeline_once():
    seen = []
    run(countries(latent_seeds=range(4)), Plan(draws=4), count=50, workers=2, progress=seen.append)
    assert sum(seen) == 50


def test_stopping_early_keeps_what_is_finished():
    stop, seen = threading.Event(), []

    def after_ten(n):
        seen.append(n)
        if sum(seen) >= 10:
            stop.set()

    found = run(countries(), Plan(draws=1), count=100_000, workers=1, progress=after_ten, stop=stop)
    assert 10 <= len(found.timeline) < 100
    whole = run(countries(), Plan(draws=1), count=len(found.timeline), workers=1)
    assert same_bits(whole, found)


def test_series_are_counted_once_a_quarter_and_read_off_as_quantiles():
    scenario = replace(countries(), series=("state.temper",))
    found = run(scenario, Plan(draws=1), count=400, workers=1)
    assert (found.histogram.sum(axis=2) == 400).all()
    assert found.histogram.shape == (1, scenario.shape.quarters, BINS)
    low, middle, high = quantiles(found, scenario, (0.05, 0.5, 0.95))[0, -1]
    memory = Memory(scenario)
    memory.load_plan(Plan(draws=1))
    memory.load_draw(0, ledger=False)
    last = []
    for timeline in range(400):
        memory.run(timeline)
        last.append(float(memory.c.series[0, scenario.shape.quarters - 1]))
    width = (500.0 + 50.0) / BINS
    assert np.quantile(last, [0.05, 0.5, 0.95]) == pytest.approx([low, middle, high], abs=width)


def test_halves_join_to_the_whole():
    scenario, plan = recorded_countries(), Plan(horizon=END, draws=1)
    whole = run(scenario, plan, count=60, workers=1)
    assert same_bits(whole, join(run(scenario, plan, count=25), run(scenario, plan, first=25, count=35)))


def test_a_world_that_leaves_its_range_is_set_aside_and_named():
    scenario = recorded_countries()
    place, _ = scenario.variable_place["state.food"]
    outside = Item(int(VARIABLE_SET), value=1e6, first=place, count=1, first_week=13, last_week=13)
    found = run(scenario, Plan((outside,), START, draws=1), count=5, workers=1)
    assert (found.aside == 7).all()
    assert not found.kept.any()


def test_a_record_that_the_rules_hold_impossible_sets_every_timeline_of_the_draw_aside():
    history = a_history(countries(), 3)
    broken = [e for e in history if e.rule != "harvest"]
    found = run(countries(broken), Plan(horizon=END, draws=1), count=5, workers=1)
    assert (found.aside == 4).all()


def test_an_entry_without_an_occasion_does_not_come_back():
    from allohistory.timeline.replay import replay

    extra = EntryFacts("extra", "policy", 0, 3, 0, 3, 0, 1.0)
    found = replay(countries([*a_history(countries(), 3), extra]))
    assert [missing.id for missing in found.missing] == ["extra"]
    assert found.missing[0].got is None


def test_workers_can_be_set_by_the_environment(monkeypatch):
    monkeypatch.setenv("ALLOHISTORY_WORKERS", "3")
    assert default_workers() == 3
    monkeypatch.setenv("ALLOHISTORY_WORKERS", "many")
    assert default_workers() >= 1
