"""The influence curve: how long history's luck decides, and when it does no more."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from allohistory.ensemble.influence import CUTS, curve, faded, horizons, influence, record_end, wilson
from allohistory.timeline.blueprint import CoverageFacts
from allohistory.timeline.changes import FIRES, NEVER, VARIABLE_ADD
from allohistory.timeline.plan import END, PLACES, Item, Plan, freed_after, position
from textbook import two_countries
from textbook.running import a_history, countries, recorded_countries, together

N = 400
TEMPER = countries().variable_place["state.temper"][0]
WORSE = (Item(int(VARIABLE_ADD), value=3.0, first=TEMPER, count=1, first_week=20, last_week=20),)


def test_horizons__sixteen_from_the_last_imposed_address_to_before_the_records_end():
    scenario = recorded_countries()
    found = horizons(scenario, WORSE)
    assert len(found) == CUTS
    assert found[0] == position(20, 0)
    assert list(found) == sorted(set(found))
    assert found[-1] < position(record_end(scenario), 0)
    gaps = np.diff([at // PLACES for at in found])
    assert gaps[:4].mean() < gaps[-4:].mean()


def test_horizons__begin_just_after_an_imposed_draw():
    forced = (Item(int(FIRES), rule=1, entity=0, first_week=30, last_week=30, day=2, place=2),)
    found = horizons(recorded_countries(), forced)
    assert found[0] == freed_after(forced) == position(30, 2) + 1
    assert found[1] // PLACES > 30


def test_horizons__begin_with_the_first_week_where_nothing_is_imposed():
    assert horizons(recorded_countries(), ())[0] == 0


def test_horizons__one_where_the_change_comes_after_the_record():
    scenario = recorded_countries()
    short = replace(
        scenario,
        coverage=tuple(replace(row, last=9) for row in scenario.coverage),
        entries=tuple(entry for entry in scenario.entries if entry.week < 10),
    )
    assert record_end(short) == 10
    assert horizons(short, WORSE) == (position(20, 0),)


def test_record_end__counts_recorded_silences():
    scenario = replace(countries(), coverage=(CoverageFacts("clash", -1, 0, 50),))
    assert record_end(scenario) == 51
    assert record_end(replace(scenario, coverage=())) == 0


def test_influence__falls_to_nothing_at_the_records_end():
    scenario = recorded_countries()
    end = position(record_end(scenario), 0)
    found = influence(scenario, WORSE, N, at=(*horizons(scenario, WORSE), end), workers=1)
    for id in two_countries.OUTCOMES:
        assert found[id].share[-1] == 0.0
        assert found[id].timelines == N
    assert found["temper"].share[0] > 0.5
    assert found["temper"].matters
    assert found["temper"].faded is not None


def test_influence__is_the_share_that_differs_from_the_same_luck_world():
    scenario = recorded_countries()
    cut = position(40, 0)
    found = influence(scenario, WORSE, N, at=(cut,), plan=Plan(draws=1, seed=7), workers=1)
    same = together(scenario, Plan(WORSE, END, draws=1, seed=7), N)
    free = together(scenario, Plan(WORSE, cut, draws=1, seed=7), N)
    for column, id in enumerate(two_countries.OUTCOMES):
        assert found[id].share == (float((same.value[:, column] != free.value[:, column]).mean()),)


def test_influence__is_nil_on_what_was_settled_before_the_change():
    """A coup that history fired in week 10 comes in week 10, whatever luck follows a change of week 60."""
    history = [entry for entry in a_history(countries(), 5, timeline=3) if entry.rule != "coup"]
    early = replace(
        next(iter(history)), id="coup", rule="coup", entity=0, key=10, step=0, week=10, day=2, took=3.0
    )
    scenario = countries(sorted([*history, early], key=lambda entry: entry.week))
    late = (replace(WORSE[0], first_week=60, last_week=60),)
    found = influence(scenario, late, 100, days=("coup",), workers=1)["coup"]
    assert set(found.share) == {0.0}
    assert not found.matters
    assert found.faded == 60


def test_influence__of_a_day_counts_other_days():
    scenario = recorded_countries()
    plan, cut = Plan(draws=1, seed=7), (position(20, 0),)
    by_value = influence(scenario, WORSE, N, at=cut, plan=plan, workers=1)["war"]
    by_day = influence(scenario, WORSE, N, at=cut, plan=plan, days=("war",), workers=1)["war"]
    assert by_day.share[0] >= by_value.share[0]


def test_influence__is_the_same_for_any_number_of_threads():
    scenario = recorded_countries()
    many = replace(
        scenario, parameter_draws=np.repeat(scenario.parameter_draws, 3, axis=0), latent_seeds=np.arange(3)
    )
    one = influence(many, WORSE, 90, at=(position(30, 0),), workers=1)
    assert one == influence(many, WORSE, 90, at=(position(30, 0),), workers=3)


def test_influence__a_decision_that_history_took_late_binds_late():
    """A war that policy brought in week 88 hangs on the luck of that week, so hindsight binds until then."""
    forbidden = (Item(int(NEVER), rule=1, entity=0, first_week=3, last_week=3, place=2),)
    for seed in range(200):
        history = a_history(countries(), seed)
        war = [entry for entry in history if entry.rule == "policy" and entry.took == 3]
        if war and war[0].week == 88:
            break
    scenario = countries(history)
    before, after = position(88, 0), position(89, 0)
    found = influence(scenario, forbidden, N, at=(before, after), workers=1)["war"]
    assert found.share[0] > 0.1
    assert found.share[1] == 0.0
    assert found.faded == 89


# ---------------------------------------------------------------- reading a curve


def read(counts, n=1000):
    return curve(range(10, 10 + len(counts)), counts, [n] * len(counts))


def test_faded__after_the_last_horizon_that_matters_even_where_the_curve_rises_again():
    assert read([400, 0, 0, 0]).faded == 11
    assert read([400, 1, 300, 0, 0]).faded == 13
    # of 5 in 1,000 the bound is 1.2 %, of 12 it is 2.1 %; 2 % is the line
    assert read([400, 12, 5, 1]).faded == 12


def test_faded__never_where_the_last_horizon_still_binds():
    assert read([400, 300, 200]).faded is None
    assert read([400, 0, 25]).faded is None


def test_faded__at_once_where_luck_does_not_matter():
    assert read([0, 0, 0]).faded == 10
    few = read([2, 1, 0])
    assert (few.matters, few.faded) == (False, 10)
    assert read([3, 0, 0]).matters


def test_faded__with_few_timelines_a_horizon_without_difference_is_past():
    assert read([20, 5, 0], n=40).faded == 12


def test_faded__of_no_horizon_is_none():
    assert faded([], [], [], 0.0, True) is None


@pytest.mark.parametrize(("count", "n"), [(0, 50), (1, 50), (25, 50), (50, 50), (3, 2000)])
def test_wilson__is_the_score_interval(count, n):
    known = stats.binomtest(count, n).proportion_ci(0.95, method="wilson")
    assert wilson(count, n) == pytest.approx((known.low, known.high), abs=1e-12)


def test_wilson__knows_nothing_of_nothing():
    assert wilson(0, 0) == (0.0, 1.0)
