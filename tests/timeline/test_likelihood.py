"""Property 7: what replay adds up is a likelihood."""

import math
from dataclasses import replace

import numpy as np
import pytest

from allohistory.timeline.blueprint import EntryFacts
from allohistory.timeline.plan import START, Plan
from allohistory.timeline.replay import replay
from bands import FALSE_ALARM, within_luck
from textbook import two_countries
from textbook.running import a_history, countries, little_models, recorded_countries, together

pytestmark = pytest.mark.property(n=7)

OPTIONS = {"reply": 3, "policy": 4}


def test_over_the_options_of_every_recorded_choice_the_probabilities_sum_to_one():
    history = a_history(countries(), 5, timeline=3)
    choices = [i for i, entry in enumerate(history) if entry.rule in OPTIONS]
    assert len(choices) > 10
    for i in choices:
        entry, total = history[i], 0.0
        for option in range(OPTIONS[entry.rule]):
            other = [*history[:i], replace(entry, took=float(option))]
            total += replay(countries(other)).chances[entry.id]
        assert total == pytest.approx(1.0, abs=1e-12)


@pytest.mark.statistical
def test_the_probability_of_a_whole_record_is_how_often_the_free_model_makes_it():
    """Four of the blocks' choices at once, against 200,000 free timelines (false alarms 1e-6 a line)."""
    free = together(little_models(), Plan(horizon=START, draws=1), 200_000)
    for second in (0.0, 1.0):
        for took in (0.0, 3.0):
            entries = [
                EntryFacts("second", "chain.second", 0, 1, 0, 1, 3, second),
                EntryFacts("four", "four.takes", 0, 1, 0, 1, 3, took),
                EntryFacts("first", "chain.first", 0, 1, 0, 1, 3, 0.0),
            ]
            scored = sum(math.log(chance) for chance in four_chances(entries, second, took))
            entries.pop()
            other = [*entries, EntryFacts("first", "chain.first", 0, 1, 0, 1, 3, 1.0)]
            scored = np.logaddexp(scored, sum(math.log(c) for c in four_chances(other, second, took)))
            hits = int(((free.value[:, 1] == second) & (free.value[:, 6] == took)).sum())
            assert within_luck(hits, len(free.value), math.exp(scored), FALSE_ALARM / 4)


def four_chances(entries, second, took):
    """What replay gave the entries, the rest of the blocks being left out of the record."""
    from textbook.blocks import RULE_IDS

    others = [rule for rule in RULE_IDS if rule not in ("chain.first", "chain.second", "four.takes")]
    found = replay(little_models(entries, uncovered=others))
    assert not found.missing
    assert found.log_likelihood == pytest.approx(sum(map(math.log, found.chances.values())), abs=1e-12)
    return found.chances.values()


@pytest.mark.parametrize("name", two_countries.PARAMETERS)
def test_a_finite_difference_in_a_parameter_agrees_with_the_sum_over_single_draws(name):
    """The slope of the whole is the sum of the slopes by rule, and by year; and it is the slope of the law."""
    scenario, step = recorded_countries(), 1e-6
    column = list(two_countries.PARAMETERS).index(name)
    found = []
    for sign in (-1, 1):
        draws = scenario.parameter_draws.copy()
        draws[0, column] += sign * step
        found.append(replay(replace(scenario, parameter_draws=draws)))
    low, high = found
    slope = (high.log_likelihood - low.log_likelihood) / (2 * step)
    by_rule = sum((high.by_rule[r] - low.by_rule[r]) / (2 * step) for r in high.by_rule)
    by_year = sum((high.by_year[y] - low.by_year[y]) / (2 * step) for y in high.by_year)
    assert slope == pytest.approx(by_rule, rel=1e-6, abs=1e-4)
    assert slope == pytest.approx(by_year, rel=1e-6, abs=1e-4)
    assert name != "clash.rate" or slope == pytest.approx(rate_slope(scenario), rel=1e-3)


def rate_slope(scenario):
    """d log L / d rate of the clashes by hand, from the formula of the rule and the temper of the replayed world."""
    from allohistory.timeline.memory import Memory
    from allohistory.timeline.plan import END

    memory = Memory(scenario)
    memory.load_plan(Plan(horizon=END))
    memory.load_draw(0)
    rate, total = two_countries.PARAMETERS["clash.rate"], 0.0
    for side in range(2):
        for week in range(two_countries.WEEKS):
            hazard, day = float(memory.c.hazard[side, week]), int(memory.c.fired[side, week])
            if hazard == 0.0:
                continue
            if day == 0:
                total += -hazard / rate
            else:
                h = hazard
                a, b = (day - 1) / 7.0, day / 7.0
                density = math.exp(-h * a) - math.exp(-h * b)
                total += (b * math.exp(-h * b) - a * math.exp(-h * a)) * h / density / rate
    return total
