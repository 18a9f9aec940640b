"""Chance, parameters and structure: what a changed world with history's own luck owes to each.

Where luck is history's own, the record fixes the probability of a choice but not how its luck carries over to other
odds. Four conventions for choices and two for clocks are run over the same draws and timelines, and the variance of an
outcome over all three is split:

    structure    variance over the conventions, draw and timeline held
    chance       variance over timelines of one draw, the convention held
    parameters   variance of the draws' own probabilities, the noise of their few timelines taken out

The shares overlap where one matters only through another, and so need not add up to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from allohistory.book.resolve import resolve_all
from allohistory.ensemble.run import run
from allohistory.timeline.asked import items_of
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from allohistory.timeline.model import Model

COUPLINGS, CLOCKS = 4, 2


@dataclass(frozen=True)
class Split:
    """One outcome's variance in a changed world with history's own luck: its probability, and three shares."""

    probability: float
    parameters: float
    chance: float
    structure: float


def splits(
    model: Model,
    pod: str,
    outcomes: Sequence[str],
    *,
    per_draw: int,
    seed: int,
    workers: int | None,
    tell: Callable[[int], None] | None = None,
) -> list[Split]:
    """The split of each outcome under one point of divergence."""
    draws = len(model.blueprint.parameter_draws)
    items = items_of(resolve_all((), model.book, model.book_rules, pods=(pod,)), model.blueprint)
    places = [model.outcomes.index(id) for id in outcomes]
    memories: list[Memory] = []
    found = []
    for coupling, clocks in product(range(COUPLINGS), range(CLOCKS)):
        plan = Plan(items=items, horizon=END, coupling=coupling, clocks=clocks, draws=draws, seed=seed)
        ensemble = run(
            model.blueprint, plan, count=draws * per_draw, workers=workers, memories=memories, progress=tell
        )
        shown = (ensemble.value[:, places] > 0.5) & (ensemble.aside == 0)[:, None]
        found.append(shown.reshape(per_draw, draws, len(places)))
    held = np.stack(found).astype(float)  # (conventions, timelines of a draw, draws, outcomes)
    return [split(held[..., place]) for place in range(len(places))]


def split(y: NDArray[np.float64]) -> Split:
    """The shares of (conventions, timelines of a draw, draws) 0/1 outcomes."""
    whole = float(y.var())
    if whole == 0.0:
        return Split(float(y.mean()), 0.0, 0.0, 0.0)
    structure = float(y.var(axis=0, ddof=1).mean())
    chance = float(y.var(axis=1, ddof=1).mean())
    over_conventions = y.mean(axis=0)  # (timelines, draws)
    noise = float(over_conventions.var(axis=0, ddof=1).mean()) / len(over_conventions)
    parameters = max(0.0, float(over_conventions.mean(axis=0).var(ddof=1)) - noise)
    return Split(float(y.mean()), parameters / whole, chance / whole, structure / whole)
