"""Intervals that are right hold the truth as often as they should, its noise made good; narrow ones are found out."""

import numpy as np
import pytest

from allohistory.questions.ignorance_held import held, judge

DRAWS, EACH, TRUTH = 100, 10, 1_000


def history(luck, truth_from, drawn_from):
    """Timelines run and shown in one history: the truth's, then each draw's."""
    p = np.append(luck.beta(*truth_from), luck.beta(*drawn_from, size=DRAWS))
    run = np.append(TRUTH, np.full(DRAWS, EACH))
    return run, luck.binomial(run, p)


def share(luck, truth_from, drawn_from, n=100):
    ones = [history(luck, truth_from, drawn_from) for _ in range(n)]
    truth = np.array([[shown[0] / run[0]] for run, shown in ones])
    return held(("war",), truth, np.array([[judge(*one)] for one in ones]))[0]


@pytest.mark.statistical
@pytest.mark.parametrize("law", [(2.0, 3.0), (30.0, 20.0)])
def test_held__right_intervals_lie_in_the_band(law):
    """Two draws of luck at 1 % false alarms each."""
    found = share(np.random.default_rng(1), law, law)
    print(found)
    assert found.met
    assert found.stated > 60
    assert found.expected < 0.91


@pytest.mark.statistical
def test_held__intervals_of_half_the_spread_are_found_out():
    assert not share(np.random.default_rng(1), (2.0, 3.0), (11.0, 16.5)).met


def test_judge__states_nothing_where_an_answer_would_not():
    run = np.append(TRUTH, np.full(DRAWS, EACH))
    assert np.isnan(judge(run, np.zeros_like(run))).all()
    assert np.isnan(judge(run, run)).all()


def test_held__says_that_there_was_no_interval():
    found = held(("war",), np.array([[0.2]]), np.full((1, 1, 3), np.nan))[0]
    assert found.stated == 0
    assert not found.met
