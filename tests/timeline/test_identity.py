"""Property 4: over records drawn from the model itself, the mean of P(same luck, do) is P(free, do).

One same-luck timeline for each of so many drawn histories, against as many free ones with the same change; the
two shares are compared by a two-sample band with a false-alarm rate of 1e-6 a line. Posterior luck is averaged
over histories, so a wrong posterior, a hazard that was never put at risk, or latent luck left out shows here
even where every null timeline comes back. The companions tamper with one posterior and must be found out.
"""

import math

import numpy as np
import pytest
from scipy import stats

from allohistory.timeline.changes import CHOICE, HAZARD, NEVER, SHOCK_SHIFT, VARIABLE_ADD
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, START, Item, Plan
from bands import FALSE_ALARM
from textbook.running import as_record, countries

pytestmark = pytest.mark.property(n=4)

HISTORIES = 3_000
TEMPER = countries().variable_place["state.temper"][0]
CHANGES = {
    "a clash forbidden for half a year": Item(
        int(NEVER), rule=1, entity=0, first_week=20, last_week=46, place=2
    ),
    "a worse temper": Item(int(VARIABLE_ADD), value=2.0, first=TEMPER, count=1, first_week=30, last_week=30),
    "policy set to arm": Item(int(CHOICE), rule=3, option=1, first_week=0, last_week=40, place=4),
    "clashes half as likely": Item(int(HAZARD), rule=1, value=0.5, first_week=10, place=2),
    "a worse harvest": Item(int(SHOCK_SHIFT), rule=4, value=-1.5, place=1),
}


def compared(item, coupling=0, clocks=0, tamper=None):
    """Shares of war and of a coup, and mean temper: with drawn histories' luck, and free."""
    drawing, carrying = Memory(countries()), Memory(countries())
    drawing.load_plan(Plan(horizon=START, draws=1, seed=77))
    drawing.load_draw(0, ledger=False)
    free = Memory(countries())
    free.load_plan(Plan((item,), START, draws=1, seed=99))
    free.load_draw(0, ledger=False)
    same, prior = np.empty((HISTORIES, 3)), np.empty((HISTORIES, 3))
    drawing.c.logging = 1
    carrying.load_plan(Plan((item,), END, coupling, clocks, draws=1, seed=55))
    for i in range(HISTORIES):
        drawing.run(i)
        carrying.load_record(as_record(drawing))
        carrying.load_draw(0)
        if tamper is not None:
            tamper(carrying.c)
        carrying.run(i)
        same[i] = carrying.c.outcome
        free.run(i)
        prior[i] = free.c.outcome
    return same, prior


def agree(same, prior):
    z = stats.norm.isf(FALSE_ALARM / (2 * same.shape[1]))
    error = np.sqrt((same.var(axis=0) + prior.var(axis=0)) / len(same))
    return bool((np.abs(same.mean(axis=0) - prior.mean(axis=0)) <= z * error + 1e-12).all())


@pytest.mark.statistical
@pytest.mark.parametrize("name", CHANGES)
def test_identity__for_every_kind_of_change(name):
    assert agree(*compared(CHANGES[name]))


@pytest.mark.statistical
@pytest.mark.parametrize(("coupling", "clocks"), [(1, 0), (2, 0), (3, 0), (0, 1)])
def test_identity__under_every_convention(coupling, clocks):
    assert agree(*compared(CHANGES["a worse temper"], coupling, clocks))


def lower_hazards(c):
    c.hazard *= 0.7


def shift_utilities(c):
    c.ledger_inputs[:, 1] -= 0.8


@pytest.mark.statistical
@pytest.mark.parametrize("tamper", [lower_hazards, shift_utilities])
def test_identity__the_tests_above_can_fail(tamper):
    same, prior = compared(CHANGES["a worse temper"], tamper=tamper)
    assert not agree(same, prior)


def test_identity__the_band_is_narrow_enough_to_mean_something():
    width = stats.norm.isf(FALSE_ALARM / 6) * math.sqrt(2 * 0.25 / HISTORIES)
    assert width < 0.07
