"""Property 9: one bad timeline never sinks a run. Every reason in turn, in one parameter draw of ten."""

import numpy as np
import pytest

from allohistory.ensemble.run import run
from allohistory.timeline.plan import END, START, Plan
from allohistory.timeline.replay import REASONS
from allohistory.timeline.tell import one_timeline
from textbook import troubles
from textbook.building import blueprint
from textbook.running import same_bits

pytestmark = pytest.mark.property(n=9)

DRAWS, BAD, COUNT = 10, 3, 60
HORIZONS = {"free": START, "same luck": END, "fresh luck": 128 * 2}


def scenario(kind: int):
    """The world with the fault in one draw."""
    draws = np.zeros((DRAWS, 1))
    draws[BAD] = kind
    return blueprint(
        "troubles",
        troubles.run_worlds,
        troubles.RULES,
        troubles.ORDER,
        weeks=troubles.WEEKS,
        outcomes=troubles.OUTCOMES,
        variables=troubles.VARIABLES,
        parameters=troubles.PARAMETERS,
        parameter_draws=draws,
        latent_seeds=range(DRAWS),
        uncovered=troubles.UNCOVERED,
    )


CASES = [
    (kind, name)
    for kind in REASONS
    for name in HORIZONS
    if name != "free" or kind not in troubles.BELONGS_TO_THE_RECORD
]


def test_there_is_a_case_for_every_reason():
    assert set(troubles.NAMED) == set(REASONS)


def test_the_sound_world_sets_nothing_aside():
    for horizon in HORIZONS.values():
        assert run(scenario(0), Plan(horizon=horizon, draws=DRAWS), count=COUNT).kept.all()


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize(("kind", "name"), CASES)
def test_the_rest_of_the_run_is_unharmed(kind, name, workers):
    plan = Plan(horizon=HORIZONS[name], draws=DRAWS, seed=4)
    sound = run(scenario(0), plan, count=COUNT, workers=1)
    found = run(scenario(kind), plan, count=COUNT, workers=workers)
    assert found.done.all() and len(found.timeline) == COUNT
    assert np.array_equal(found.aside != 0, found.draw == BAD)
    assert set(found.aside[~found.kept]) == {kind}
    assert same_bits(found.only(found.kept), sound.only(sound.draw != BAD))


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_the_bad_one_says_why_where_and_when(kind, name):
    plan = Plan(horizon=HORIZONS[name], draws=DRAWS, seed=4)
    found = one_timeline(scenario(kind), plan, BAD)
    week = troubles.RANGE_WEEK if kind == 7 else troubles.FAULTY_WEEK
    assert found.trouble is not None
    assert found.trouble.startswith(f"{REASONS[kind]}: {troubles.NAMED[kind]}")
    assert f"in week {week}" in found.trouble and found.trouble_week == week
    assert one_timeline(scenario(kind), plan, BAD + 1).trouble is None
