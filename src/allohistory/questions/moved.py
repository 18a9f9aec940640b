"""What each point of divergence moves: the outcome and the main series in which its worlds differ most from the others.

Worlds with and without the change share timelines and draws, so outcomes are compared in pairs; series are compared by
their quarterly means. Each divergence is one family of tests with a false-alarm rate of 1 %, shared evenly by all its
outcomes and quarters (Bonferroni): in a hundred divergences that moved nothing, about one would be said to.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from allohistory.ensemble.gathered import Ensemble
from allohistory.questions.arms import Runner
from allohistory.questions.question import Question, workers_of
from allohistory.questions.worlds import read_worlds
from allohistory.timeline.plan import END
from allohistory.timeline.shape import BINS

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

FALSE_ALARMS = 0.01
TIMELINES = 400
OUR_HISTORY = "our_history"  # any change at all undoes it
CERTAIN = 99.0  # shown in place of an infinite z: every pair differs alike, and nothing else varies
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Difference:
    """Where two ensembles differ most: what, how far (with less without), in standard errors; quarter of a series."""

    what: str
    change: float
    z: float
    quarter: int | None = None


@dataclass(frozen=True)
class Moved:
    """One divergence: the outcome and the series that moved most, under which luck, against which threshold."""

    id: str
    luck: str
    outcome: Difference | None
    series: Difference | None
    threshold: float

    @property
    def met(self) -> bool:
        """Has anything moved beyond Monte Carlo error?"""
        return any(one is not None and abs(one.z) > self.threshold for one in (self.outcome, self.series))


def all_moved(
    model: Model,
    ids: Sequence[str] = (),
    *,
    timelines: int = TIMELINES,
    seed: int = 1,
    workers: int | None = None,
    tell: Tell | None = None,
) -> list[Moved]:
    """Every divergence of the catalogue, or those named; under fresh luck, and same luck where that shows nothing."""
    pods = list(ids) or list(model.book.pods)
    question = Question(scenario=model.name, timelines=timelines, seed=seed, workers=workers)
    runner = Runner(model, workers_of(workers), timelines * 2 * len(pods), tell)
    found = []
    for id in pods:
        worlds = read_worlds(question.but(pods=(id,)), model)
        fresh, without = runner.run_together(id, [worlds.plan(), worlds.plan(changed=False)], timelines)
        one = compared(model, id, "fresh", fresh, without)
        if not one.met:
            plans = [worlds.plan(horizon=END), worlds.plan(changed=False, horizon=END)]
            same = compared(model, id, "same", *runner.run_together(id, plans, timelines))
            one = same if same.met else one
        found.append(one)
    return found


def compared(model: Model, id: str, luck: str, changed: Ensemble, other: Ensemble) -> Moved:
    """The outcome and the series in which two ensembles of the same timelines differ most."""
    outcomes, series = _outcomes(model, changed, other), _series(model, changed, other)
    tests = len(model.outcomes) + len(model.blueprint.series) * model.blueprint.shape.quarters
    threshold = NormalDist().inv_cdf(1.0 - FALSE_ALARMS / (2.0 * tests))
    return Moved(id, luck, _largest(outcomes), _largest(series), threshold)


def _largest(found: list[Difference]) -> Difference | None:
    return max(found, key=lambda one: abs(one.z), default=None)


def _outcomes(model: Model, changed: Ensemble, other: Ensemble) -> list[Difference]:
    both = np.asarray((changed.aside == 0) & (other.aside == 0))
    found = []
    for place, id in enumerate(model.outcomes):
        if id == OUR_HISTORY or model.book.outcomes[id].kind not in ("yes", "amount"):
            continue
        apart = changed.value[both, place] - other.value[both, place]
        z = _paired(apart)
        if z:
            found.append(Difference(id, float(apart.mean()), z))
    return found


def _paired(apart: np.ndarray) -> float:
    """Mean difference in standard errors; 0 where no pair differs."""
    if not apart.any():
        return 0.0
    error = apart.std(ddof=1) / math.sqrt(len(apart))
    return float(apart.mean() / error) if error > 0 else math.copysign(CERTAIN, apart.mean())


def _series(model: Model, changed: Ensemble, other: Ensemble) -> list[Difference]:
    low, scale = model.blueprint.bins
    middles = low[:, None] + (np.arange(BINS) + 0.5) / scale[:, None]
    means, errors = [], []
    for ensemble in (changed, other):
        n = np.maximum(ensemble.histogram.sum(axis=2), 1)
        mean = (ensemble.histogram * middles[:, None, :]).sum(axis=2) / n
        square = (ensemble.histogram * middles[:, None, :] ** 2).sum(axis=2) / n
        means.append(mean)
        errors.append(np.maximum(square - mean**2, 0.0) / n)
    apart, error = means[0] - means[1], np.sqrt(errors[0] + errors[1])
    found = []
    for row, id in enumerate(model.blueprint.series):
        z = np.where(
            error[row] > 1e-12, apart[row] / np.maximum(error[row], 1e-12), CERTAIN * np.sign(apart[row])
        )
        quarter = int(np.argmax(np.abs(z)))
        found.append(Difference(id, float(apart[row, quarter]), float(z[quarter]), quarter))
    return found
