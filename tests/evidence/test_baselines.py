"""What the rules have to beat, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from allohistory.evidence import baselines
from allohistory.evidence.items import CHOICE, CLOCK, SHOCK
from textbook.forecast_lines import SETTING, items


def test_baselines__uniform_shares_among_what_is_open():
    three = items(CHOICE, [1, 1], [0, 0], options=3)
    three.open[1, 2] = False
    assert baselines.uniform(three)[:, :3] == pytest.approx(np.array([[1 / 3] * 3, [0.5, 0.5, 0.0]]))


def test_baselines__half_a_firing_a_year_over_a_quarter():
    clock = items(CLOCK, [1], [0])
    assert baselines.half_a_year(clock, SETTING)[0, 1] == pytest.approx(
        1.0 - np.exp(-0.5 * 13 / 52.1775), abs=1e-6
    )


def test_baselines__a_base_rate_counts_the_rules_own_occasions_and_half_a_one_each():
    past = items(CHOICE, [1, 1, 1, 2], [0, 2, 2, 1], options=3)
    asked = items(CHOICE, [1, 2, 3], [0, 0, 0], options=3)
    found = baselines.base_rate(past, asked, SETTING)[:, :3]
    assert found[0] == pytest.approx(np.array([1.5, 0.5, 2.5]) / 4.5)
    assert found[1] == pytest.approx(np.array([0.5, 1.5, 0.5]) / 2.5)
    assert found[2] == pytest.approx(1.0 / 3.0)  # never asked before
    asked.open[0, 2] = False
    assert baselines.base_rate(past, asked, SETTING)[0, :3] == pytest.approx([0.75, 0.25, 0.0])


def test_baselines__a_pooled_rate_leans_on_all_rules_of_the_kind():
    past = items(CLOCK, [1, 1, 1, 2, 2], [0, 0, 0, 1, 0])
    asked = items(CLOCK, [1, 2, 3], [0, 0, 0])
    still = (4 + 0.5) / (5 + 1.0)
    expected = [2 * (1 - still) / 5, (1 + 2 * (1 - still)) / 4, 1 - still]
    assert baselines.pooled_rate(past, asked, SETTING)[:, 1] == pytest.approx(expected)


def test_baselines__a_pooled_rate_of_a_rule_without_a_silent_option_starts_even():
    past = items(CHOICE, [1, 1], [0, 0])
    asked = items(CHOICE, [2], [0], options=4, silent=-1)
    assert baselines.pooled_rate(past, asked, SETTING)[0, :4] == pytest.approx(0.25)


def test_baselines__a_constant_hazard_counts_firings_and_weeks():
    past = items(CLOCK, [1, 1, 1, 1], [1, 0, 0, 1])
    asked = items(CLOCK, [1], [1])
    hazard = baselines.weekly_hazard(past, asked, SETTING)
    imagined = 52.1775  # weeks in which half a firing is half a firing a year
    assert hazard == pytest.approx(2.5 / (52 + imagined), rel=1e-5)
    score = baselines.weekly_scores(asked, hazard)
    assert score == pytest.approx(-12 * hazard + np.log(1 - np.exp(-hazard)))


def test_baselines__a_shock_is_foretold_by_its_past_as_a_normal_sample():
    from scipy.integrate import quad
    from scipy.stats import t

    values = np.array([3.0, 5.0, 4.0, 8.0])
    past = items(SHOCK, [1] * 4, [-1] * 4, value=values)
    asked = items(SHOCK, [1, 2], [-1, -1], value=np.array([7.0, 7.0]), half=np.array([0.5, 0.5]))
    found = baselines.next_values(past, asked, SETTING)
    spread = values.std(ddof=1) * np.sqrt(1.25)
    by_hand, _ = quad(lambda x: t.pdf((x - 5.0) / spread, 3) / spread, 6.5, 7.5)
    assert np.exp(found[0]) == pytest.approx(by_hand, rel=1e-6)
    assert np.isnan(found[1])  # no past of its own


def known(found, x) -> baselines.Known:
    n = len(found)
    return baselines.Known(found, np.asarray(x, float).reshape(n, -1), np.zeros(n, int), np.ones(n))


def test_baselines__a_logit_that_may_not_move_is_the_base_rate():
    past, asked = items(CLOCK, [1, 1, 1, 1], [1, 0, 1, 0]), items(CLOCK, [1, 1], [0, 0])
    found = baselines.logit_at(known(past, [1, 0, 1, 0]), known(asked, [1, 0]), SETTING, 1e-6)
    assert found == pytest.approx(baselines.base_rate(past, asked, SETTING), abs=1e-6)


def test_baselines__a_logit_reads_its_predictor_and_goes_no_further_out_than_the_past():
    past, asked = items(CLOCK, [1] * 8, [1, 0] * 4), items(CLOCK, [1] * 3, [0] * 3)
    found = baselines.logit_at(known(past, [1, 0] * 4), known(asked, [1, 0, 50]), SETTING, 1.0)[:, 1]
    assert found[0] > 0.8 and found[1] < 0.2
    assert found[2] == pytest.approx(found[0])


def test_baselines__the_ridge_is_at_the_top_of_its_penalised_likelihood():
    luck = np.random.default_rng(3)
    x, start = luck.normal(size=(60, 3)), luck.normal(size=60)
    happened, weights = luck.uniform(size=60) < 0.4, luck.uniform(0.2, 1.0, size=60)

    def value(slopes):
        y = start + x @ slopes
        return np.sum(weights * (happened * y - np.logaddexp(0.0, y))) - np.sum(slopes**2) / (2 * 0.7**2)

    best = baselines.ridge(x, happened, start, weights, 0.7)
    for place in range(3):
        for step in (-1e-3, 1e-3):
            assert value(best) > value(best + step * np.eye(3)[place])


def test_baselines__options_other_than_stillness_keep_their_shares():
    asked = items(CHOICE, [1], [0], options=3)
    chance = np.zeros((1, 8))
    chance[0, :3] = [0.6, 0.3, 0.1]
    found = baselines.with_moving(asked, chance, np.array([0.8]))
    assert found[0, :3] == pytest.approx([0.2, 0.6, 0.2])


def test_baselines__the_spread_is_chosen_by_how_the_past_foretells_itself():
    years = np.repeat([1931, 1932, 1933, 1934], 8)
    tells = items(CLOCK, [1] * 32, [1, 0] * 16, year=years)
    assert baselines.best_spread(known(tells, [1, 0] * 16), SETTING) == SETTING.spreads[-1]
    misleads = items(CLOCK, [1] * 32, [0, 1] * 8 + [1, 0] * 8, year=years)
    assert baselines.best_spread(known(misleads, [1, 0] * 16), SETTING) == SETTING.spreads[0]
