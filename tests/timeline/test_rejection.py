"""Same luck against rejection sampling: keep what gives the record, and look at what became of it.

The comparisons of validation/discrete.py with fewer draws. Each case compares two independent samples by an exact
test at a false-alarm rate of 1e-6, divided among its outcomes. With 40,000 prior draws and 4,000 timelines an error
of five points in a probability is caught 9 times in 10. The companions ask the engine under another convention, or
without what the record says of hidden luck, and must be found out.
"""

import numpy as np
import pytest

import bounds
import discrete
import engine_side as engine
import rejection
from rejection import COUPLINGS

pytestmark = pytest.mark.property(n=3)

DRAWS, TIMELINES = 40_000, 4_000
CASES = {case.name: case for case in discrete.cases()}


@pytest.mark.statistical
@pytest.mark.parametrize("name", CASES)
def test_rejection__agrees(name):
    rejected, same_luck, p = discrete.compared(CASES[name], DRAWS, TIMELINES)
    assert rejected.kept > 500
    assert p > discrete.FALSE_ALARM, (rejected.outcome / rejected.kept, same_luck / same_luck.sum())


def disagree(rejected, same_luck):
    return discrete.worst(rejected.outcome, same_luck) < discrete.FALSE_ALARM


@pytest.mark.statistical
def test_rejection__the_tests_above_can_fail_for_choices():
    luck = np.random.default_rng(3)
    assert disagree(rejection.four(luck, 3, DRAWS, "gumbel"), engine.four(3, TIMELINES, "monotone"))
    assert disagree(rejection.chain(luck, 0, 0, DRAWS, "gumbel"), engine.chain(0, 0, TIMELINES, "redraw"))
    assert disagree(rejection.four(luck, 1, DRAWS, "maximal"), engine.four(1, TIMELINES, "gumbel"))


@pytest.mark.statistical
def test_rejection__the_tests_above_can_fail_for_clocks():
    luck = np.random.default_rng(4)
    assert disagree(
        rejection.rivals_day(luck, 4, 0.05, DRAWS, "week"), engine.rivals_day(4, 0.05, TIMELINES, "redraw")
    )
    assert disagree(
        rejection.repeats(luck, (1, 4, 5), 0.6, 20 * DRAWS, "week"),
        engine.repeats((1, 4), 0.6, TIMELINES, "week"),
    )


@pytest.mark.statistical
def test_rejection__the_tests_above_can_fail_for_hidden_luck():
    luck = np.random.default_rng(5)
    assert disagree(rejection.hidden(luck, 1, -1.0, DRAWS), engine.hidden(1, -1.0, TIMELINES, selected=False))


# ---------------------------------------------------------------- bounds over all mechanisms


@pytest.mark.statistical
@pytest.mark.parametrize("coupling", COUPLINGS)
@pytest.mark.parametrize("took", range(4))
def test_bounds__hold_each_couplings_answer_which_suits_its_closed_form(took, coupling):
    assert bounds.faults(engine.four(took, TIMELINES, coupling), took, coupling) == []


@pytest.mark.statistical
def test_bounds__the_test_above_can_fail():
    counts = engine.four(1, TIMELINES, "maximal")
    assert bounds.faults(counts, 1, "gumbel")
    assert any("is outside" in fault for fault in bounds.faults(np.array([0, TIMELINES, 0, 0]), 1, "maximal"))


def test_bounds__hold_every_coupling_whatever_the_weights():
    luck = np.random.default_rng(6)
    tight = 0
    for _ in range(200):
        f, u = luck.normal(0.0, 2.0, 4), luck.normal(0.0, 2.0, 4)
        p, q = rejection.softmax(f), rejection.softmax(u)
        for k in range(4):
            for j in range(4):
                low, high = bounds.bounds(p, q, k, j)
                tight += low > 0.0
                for coupling in COUPLINGS:
                    assert low - 1e-7 <= bounds.carried(f, u, k, j, coupling) <= high + 1e-7
    assert tight > 100


def test_bounds__each_coupling_shares_out_the_whole():
    luck = np.random.default_rng(7)
    for _ in range(50):
        f, u, k = luck.normal(0.0, 1.0, 4), luck.normal(0.0, 1.0, 4), int(luck.integers(4))
        for coupling in COUPLINGS:
            assert sum(bounds.carried(f, u, k, j, coupling) for j in range(4)) == pytest.approx(1.0, abs=1e-7)
