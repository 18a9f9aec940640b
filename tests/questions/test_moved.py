"""What a divergence moves is found, and nothing is found where nothing was changed but the luck."""

from __future__ import annotations

from allohistory.ensemble.run import run
from allohistory.questions.moved import all_moved, compared
from allohistory.timeline.plan import START, Plan

TIMELINES = 200


def free(small, seed):
    return run(small.blueprint, Plan(horizon=START, draws=20, seed=seed), count=TIMELINES)


def test_the_same_worlds_do_not_differ(small):
    found = compared(small, "none", "fresh", free(small, 1), free(small, 1))
    assert found.outcome is None and not found.met


def test_other_luck_alone_is_no_difference(small):
    # Twenty families of tests at a false-alarm rate of 1 % each: three or more fail by chance once in a thousand.
    alarms = sum(
        compared(small, "luck", "fresh", free(small, 2 * i), free(small, 2 * i + 1)).met for i in range(1, 21)
    )
    assert alarms <= 2


def test_an_imposed_war_is_found(small):
    (found,) = all_moved(small, ["struck-in-1932"], timelines=TIMELINES)
    assert found.met and found.outcome is not None and found.outcome.what == "war"
    assert found.outcome.change > 0


def test_every_divergence_is_answered_for(small):
    found = all_moved(small, timelines=TIMELINES)
    assert [one.id for one in found] == list(small.book.pods)
