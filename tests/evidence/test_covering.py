"""Fresh luck in a simulated history: counted under the truth and under draws, and the record left as it was."""

import numpy as np
import pytest

from allohistory.evidence.covering import Asked, asked_of, counts
from allohistory.evidence.likelihood import Likelihood
from allohistory.evidence.simulated import Settings, Simulation
from allohistory.timeline.model import load

NUMBER = 2
ASKED = Asked(week=313, outcomes=("serious_war", "china_war"), truth=12, per_draw=4)


@pytest.fixture(scope="module")
def history():
    simulation = Simulation(Likelihood(load("soviet-japanese-war")), Settings(draws=1, thin=1))
    z, seed = simulation.prior(NUMBER), simulation.latent(NUMBER)
    assert simulation.write(NUMBER, z, seed) == ""
    return simulation, z, seed


def counted(history, points=3, asked=ASKED):
    simulation, z, seed = history
    return counts(simulation.likelihood, asked, simulation.likelihood.memory.plan, [(z, seed)] * points)


def test_counts__are_the_same_again_and_leave_the_record_as_it_was(history):
    simulation, z, seed = history
    before = simulation.given(z, seed)
    one, again = counted(history), counted(history)
    assert np.array_equal(one.shown, again.shown)
    assert one.run.tolist() == [[12, 4, 4], [12, 4, 4]]
    assert (one.shown <= one.run).all()
    assert simulation.given(z, seed) == before


def test_counts__an_outcome_of_the_past_is_certain_and_luck_is_free_afterwards(history):
    """From the last week on nothing is left to luck; from the first the twelve timelines need not agree."""
    weeks = history[0].likelihood.memory.blueprint.weeks
    late = counted(history, 1, Asked(weeks - 1, ASKED.outcomes, 12, 4)).shown[:, 0]
    assert set(late) <= {0, 12}
    early = [
        counted(history, 1, Asked(0, (id,), 24, 4)).shown[0, 0] for id in ("serious_war", "america_enters")
    ]
    assert any(0 < count < 24 for count in early)


def test_asked_of__a_scenario_without_questions_has_none():
    model = load("soviet-japanese-war")
    assert asked_of("elsewhere", model.book.calendar.first) is None
    assert asked_of(model.name, model.book.calendar.first).week == 313
