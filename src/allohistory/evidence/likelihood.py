"""How likely the rules make what is known, for one draw of parameters and latent luck.

likelihood = Likelihood(model)
likelihood(z, seed)       natural logarithm of the probability of the record, and of the soft observations
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from allohistory.evidence.coordinates import Coordinates
from allohistory.evidence.observations import Observed
from allohistory.timeline.blueprint import Blueprint
from allohistory.timeline.memory import Memory
from allohistory.timeline.model import Model
from allohistory.timeline.plan import END, Plan


class Likelihood:
    """The log-likelihood of the record up to a week, by replay. Not for use by two threads at once.

    last_week   the last week whose record counts (the scenario's last unless said otherwise)
    observed    soft observations that count as well, or None for the record alone
    """

    def __init__(self, model: Model, last_week: int | None = None, observed: Observed | None = None) -> None:
        self.coordinates = Coordinates(model.book)
        blueprint = one_draw(model.blueprint)
        self.memory = Memory(blueprint)
        self.memory.load_plan(Plan(horizon=END))
        self.memory.c.weeks = blueprint.weeks if last_week is None else last_week + 1
        self.observed = observed
        self.z = np.full(self.coordinates.count, np.nan)
        self.asked = 0

    def __call__(self, z: np.ndarray, seed: int) -> float:
        """Natural logarithm; -inf where a world had to be set aside.

        z      (parameters,) standard normal numbers
        seed   of the latent luck
        """
        memory = self.memory
        self.asked += 1
        moved = np.flatnonzero(z != self.z)
        memory.drawn[memory.positions[moved]] = self.coordinates.values(z[moved], moved)
        self.z[moved] = z[moved]
        memory.c.latent_seed = seed
        memory.replay()
        if memory.c.aside != 0:
            return -np.inf
        found = float(memory.c.log_likelihood)
        return found if self.observed is None else found + self.observed.log_likelihood(memory)


def one_draw(blueprint: Blueprint) -> Blueprint:
    """The blueprint with a single row of draws, which is written over."""
    return replace(
        blueprint,
        parameter_draws=blueprint.parameter_draws[:1].copy(),
        latent_seeds=blueprint.latent_seeds[:1].copy(),
    )
