"""Items read off a replay: chances by hand on a chain, and their sum against the replay's own log-likelihood."""

from __future__ import annotations

import numpy as np
import pytest

from allohistory.evidence.ablation import BOTH, DECISIONS, INFLUENCE, earned, without_parts
from allohistory.evidence.forecasts import forecast
from allohistory.evidence.gathering import is_item
from allohistory.evidence.items import CHOICE, CLOCK, SHOCK, Reader, log_interval, log_shares
from allohistory.evidence.predictors import traced
from textbook import chain
from textbook.forecast_lines import OFFERS, draws, protocol, recorded_talks
from textbook.running import recorded_countries


@pytest.fixture(scope="module")
def talks():
    return recorded_talks()


def logistic(x: float) -> float:
    return 1.0 / (1.0 + np.exp(-x))


def test_items__the_sum_over_all_items_is_the_log_likelihood_of_the_replay():
    countries = recorded_countries()
    reader = Reader(countries)
    values = countries.parameter_draws[0]
    for factor in (1.0, 0.6, 1.7):
        found = reader.items(values[None, :] * factor, np.array([7]))
        plain = found.kind != CLOCK
        total = np.sum(np.log(found.of_taken[plain])) + np.sum(found.weekly) + reader.log_days()
        assert {CHOICE, CLOCK, SHOCK} == set(found.kind)
        assert total == pytest.approx(float(reader.memory.c.log_likelihood), abs=1e-9)


def test_items__a_forecast_is_the_mean_over_draws_along_the_path_that_was(talks):
    values = draws({"offer.will": 0.0, "answer.trust": 1.0}, {"offer.will": 2.0, "answer.trust": 3.0})
    found = Reader(talks).items(values, np.array([1, 2]))
    offers = found.where(found.rule == 1)
    assert offers.week.tolist() == list(OFFERS) and offers.took.tolist() == list(OFFERS.values())
    assert offers.chance[:, 1] == pytest.approx((0.5 + logistic(2.0)) / 2.0)
    answers = found.where(found.rule == 2)
    after_offer = (logistic(1.0) + logistic(3.0)) / 2.0  # what was offered is our history's in both draws
    assert answers.chance[:, 1] == pytest.approx([after_offer, 0.5, after_offer, 0.5])
    assert answers.chance[:, 2] == pytest.approx(0.0) and not answers.open[:, 2].any()


def test_items__a_quarter_that_fired_counts_its_last_weeks_as_if_it_had_not(talks):
    found = Reader(talks).items(draws({}), np.array([1]))
    alarms = found.where(found.rule == 3)
    rate = chain.PARAMETERS["alarm.rate"]
    weeks = np.array([12, 12, 12, 12, 4] * 2)  # the calendar of textbooks has thirteen months of four weeks
    assert alarms.exposure == pytest.approx(weeks)
    assert alarms.chance[:, 1] == pytest.approx(1.0 - np.exp(-rate * weeks))
    assert alarms.took.tolist() == [1, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    silent = -rate * (weeks - alarms.firings)
    assert alarms.weekly == pytest.approx(silent + alarms.firings * np.log(-np.expm1(-rate)))


def test_items__a_draw_that_gave_what_happened_no_chance_says_so_and_then_nothing(talks):
    found = Reader(talks).items(draws({}, {"alarm.rate": 0.0}), np.array([1, 2]))
    alarms = found.where(found.rule == 3)
    rate = chain.PARAMETERS["alarm.rate"]
    assert alarms.chance[0, 1] == pytest.approx((1.0 - np.exp(-12 * rate)) / 2.0)
    assert alarms.chance[1:5, 1] == pytest.approx(1.0 - np.exp(-rate * np.array([12, 12, 12, 4])))
    offers = found.where(found.rule == 1)
    assert offers.arises == pytest.approx(0.5) and len(offers) == len(OFFERS)


def test_items__an_occasion_of_few_draws_or_with_one_open_option_is_no_item(talks):
    found = Reader(talks).items(draws({}, *[{"alarm.rate": 0.0}] * 2), np.array([1, 2, 3]))
    assert not is_item(found, 0.5)[found.rule == 1].any()
    assert is_item(found, 0.3)[found.rule == 1].all()
    one_open = found.where(found.rule == 1)
    one_open.open[:, 1] = False
    assert not is_item(one_open, 0.0).any()


def test_items__occasions_of_one_quarter_share_its_weight():
    countries = recorded_countries()
    found = Reader(countries).items(countries.parameter_draws, np.array([7]))
    weights = found.weights()
    for place in range(len(found)):
        same = (found.rule == found.rule[place]) & (found.entity == found.entity[place])
        same &= found.quarter == found.quarter[place]
        assert weights[same].sum() == pytest.approx(1.0)


def test_items__shares_and_intervals_keep_their_digits():
    assert np.exp(log_shares(np.array([[0.0, 1.0, -np.inf]]))) == pytest.approx(
        np.array([[logistic(-1.0), logistic(1.0), 0.0]])
    )
    assert np.isneginf(log_shares(np.array([[-np.inf, -np.inf]]))).all()
    far = log_interval(np.array([40.0, -40.0]), np.full(2, 0.5), np.zeros(2), np.ones(2))
    assert far == pytest.approx(-784.72088, abs=1e-4)  # log of the normal mass between 39.5 and 40.5
    near = log_interval(np.array([0.3]), np.array([0.5]), np.array([0.1]), np.array([2.0]))
    assert np.exp(near) == pytest.approx(0.1964, abs=1e-4)


def test_items__one_cut_off_from_end_to_end(talks):
    drawn = (draws({}, {"answer.trust": 0.5}), np.array([1, 2]))
    plan = protocol()
    found = forecast(talks, plan, plan.cut_offs[0], drawn, drawn, traced(talks, drawn[0][0]))
    assert set(found.items.year) == {1932} and set(found.past.year) == {1931}
    assert found.chances["priors"] == pytest.approx(found.chances["rules"])
    offers = found.items.rule == 1
    assert found.chances["base-rate"][offers, 1] == pytest.approx(0.5)  # one of two, and halves
    alarms = found.items.rule == 3
    assert found.chances["base-rate"][alarms, 1] == pytest.approx(1.5 / 6.0)
    for id, chance in found.chances.items():
        asked = found.items.kind != SHOCK
        assert chance[asked].sum(axis=1) == pytest.approx(1.0), id


def test_items__a_part_without_influence_earns_nothing_and_one_with_it_what_it_moves(talks):
    drawn, plan = (draws({}), np.array([1])), protocol()
    found = forecast(talks, plan, plan.cut_offs[0], drawn, drawn, traced(talks, drawn[0][0]))
    away = list(without_parts(talks, plan, found, drawn))
    assert [(one.part, one.way) for one in away] == [
        ("trust", INFLUENCE),
        ("trust", DECISIONS),
        ("trust", BOTH),
        ("nothing", INFLUENCE),
    ]
    lines = earned(plan, [found], [away], 1)
    nothing = lines[3]
    assert nothing.n == 0 and nothing.nats == 0.0
    trust = lines[0]
    # Of the year's two answers only the one after an offer leans on trust; history said no to it.
    assert trust.n == 1
    assert trust.nats == pytest.approx(-np.log(0.5) + np.log(logistic(-chain.PARAMETERS["answer.trust"])))
    assert lines[2].nats == pytest.approx(lines[0].nats + lines[1].nats)
