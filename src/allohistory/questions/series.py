"""The main series over time: the middle and the edges of the timelines, with our own history beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allohistory.results.schema import Series

if TYPE_CHECKING:
    from allohistory.ensemble.gathered import Ensemble
    from allohistory.questions.worlds import Worlds

AT = (0.05, 0.50, 0.95)
DIGITS = 4


def main_series(worlds: Worlds, ensemble: Ensemble) -> dict[str, Series]:
    """Each main series, a value a quarter (13 weeks), read off the ensemble's histograms."""
    from allohistory.ensemble.gathered import quantiles
    from allohistory.timeline.shape import QUARTER

    blueprint, book = worlds.model.blueprint, worlds.model.book
    if not blueprint.series:
        return {}
    found = quantiles(ensemble, blueprint, AT)
    ours = our_series(worlds)
    weeks = tuple(range(0, blueprint.weeks, QUARTER))
    return {
        id: Series(
            title=book.variables[id].what,
            unit=book.variables[id].unit,
            weeks=weeks,
            q05=_rounded(found[row, :, 0]),
            q50=_rounded(found[row, :, 1]),
            q95=_rounded(found[row, :, 2]),
            ours=_rounded(ours[id]),
        )
        for row, id in enumerate(blueprint.series)
    }


def our_series(worlds: Worlds) -> dict[str, np.ndarray]:
    """Our own history's series: the world of the first draw with all of history's luck and no change."""
    from allohistory.timeline.plan import END, Plan
    from allohistory.timeline.tell import one_timeline

    plan = Plan(horizon=END, draws=worlds.question.draws, seed=worlds.question.seed)
    return one_timeline(worlds.model.blueprint, plan, 0).series


def _rounded(values: np.ndarray) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else round(float(value), DIGITS) for value in values)
