"""The main series over time: the middle and the edges of the timelines, with our own history beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.results.optional import optional
from allohistory.results.schema import Series

if TYPE_CHECKING:
    import xarray as xr

    from allohistory.ensemble.gathered import Ensemble
    from allohistory.questions.timelines import Timeline
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


def weekly(timeline: Timeline) -> xr.Dataset:
    """One timeline's main series by week, and by entity where a variable is kept for each of several."""
    xarray = optional("xarray", "Timeline.series")
    blueprint, book = timeline.model.blueprint, timeline.model.book
    numbers = np.full((blueprint.weeks, blueprint.shape.values), np.nan)
    for week, world in enumerate(timeline.worlds_from(0)):
        numbers[week] = world
    held: dict[str, Any] = {}
    kinds: dict[str, tuple[str, ...]] = {}
    for id, variable in book.variables.items():
        if not variable.series:
            continue
        first, count = blueprint.variable_place[id]
        values, dims = numbers[:, first : first + count], ["week"]
        if variable.per is None:
            values = values[:, 0]
        else:
            kinds[variable.per] = tuple(book.entities_of(variable.per))
            dims.append(variable.per)
        held[id] = (dims, values, {"long_name": variable.what, "units": variable.unit})
    mondays = [book.calendar.monday_of(week) for week in range(blueprint.weeks)]
    weeks = np.array(mondays, "datetime64[D]").astype("datetime64[ns]")
    coords = {"week": weeks, **{kind: list(members) for kind, members in kinds.items()}}
    found: xr.Dataset = xarray.Dataset(held, coords=coords, attrs={"address": timeline.address})
    return found
