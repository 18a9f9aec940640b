"""Property 5: the same address gives the same timeline, whatever runs it and beside what."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from allohistory.ensemble.gathered import join
from allohistory.timeline.changes import CHOICE, HAZARD
from allohistory.timeline.plan import END, START, Item, Plan, position
from textbook.running import recorded_countries, same_bits, together

pytestmark = pytest.mark.property(n=5)

TESTS = Path(__file__).resolve().parent.parent
WORSE = (
    Item(int(HAZARD), rule=1, value=1.7, first_week=20, place=2),
    Item(int(CHOICE), rule=3, option=2, first_week=10, last_week=36, place=4),
)
PLANS = {
    "free": Plan((), START, draws=1, seed=5),
    "same luck": Plan(WORSE, END, draws=1, seed=5),
    "fresh luck": Plan(WORSE, position(40, 2), draws=1, seed=5),
    "monotone": Plan(WORSE, END, coupling=1, draws=1, seed=5),
    "forked": Plan(WORSE, START, draws=1, seed=5, forks=((50, 3),)),
}


@pytest.mark.parametrize("name", PLANS)
def test_batches__their_size_changes_nothing(name):
    scenario, plan = recorded_countries(), PLANS[name]
    whole = together(scenario, plan, 300)
    parts = together(scenario, plan, 117, first=0)
    for first, count in ((117, 1), (118, 101), (219, 81)):
        parts = join(parts, together(scenario, plan, count, first=first))
    assert same_bits(whole, parts)


def test_threads__their_number_changes_nothing():
    from textbook.running import a_history, countries

    scenario = countries(a_history(countries(), 11), latent_seeds=range(1, 8))
    plan = Plan(WORSE, END, draws=7, seed=5)
    one = together(scenario, plan, 301, workers=1)
    assert same_bits(one, together(scenario, plan, 301, workers=2))
    assert same_bits(one, together(scenario, plan, 301, workers=5))


def digest_here(count=12):
    """A digest over a few timelines of each plan: outcomes, days, costs."""
    digest = hashlib.sha256()
    for name in PLANS:
        found = together(recorded_countries(), PLANS[name], count)
        for field in ("value", "day", "log_probability", "bits", "applied", "departures", "hindsight"):
            digest.update(np.ascontiguousarray(getattr(found, field)).tobytes())
    return digest.hexdigest()


def digest_elsewhere(**environment):
    """The same digest from a process with another environment."""
    code = "from timeline.test_determinism import digest_here; print(digest_here())"
    path = os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr[-2000:]
    return found.stdout.strip()


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"NUMBA_CPU_NAME": "generic"},
        {"NUMBA_CPU_NAME": "haswell"},
        {"NUMBA_OPT": "1"},
        {"NUMBA_DISABLE_JIT": "1"},
    ],
    ids=["another process", "generic processor", "another processor", "less optimised", "compiler off"],
)
def test_processes__processors_and_the_compiler_change_nothing(environment):
    assert digest_elsewhere(**environment) == digest_here()


def test_the_test_above_can_fail():
    found = together(recorded_countries(), PLANS["free"], 12)
    other = together(recorded_countries(), Plan((), START, draws=1, seed=6), 12)
    assert not same_bits(found, other)
