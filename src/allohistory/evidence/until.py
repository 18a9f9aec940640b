"""Draws that know the record only up to a week: for forecasts, which must not have seen what they forecast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from allohistory.evidence.basis import basis
from allohistory.evidence.coordinates import Coordinates
from allohistory.evidence.posterior import rows_to_keep
from allohistory.evidence.running import Chains, run
from allohistory.timeline.model import Model

UNTIL = Chains(chains=2, warm_up=100, sweeps=400, soft=False)
"""Chains of one cut-off: the record alone, for historians' judgements and counts know what came later."""


def draws_until(
    model: Model,
    last_week: int,
    folder: Path,
    workers: int,
    tell: Callable[[int, int], object] = lambda _done, _total: None,
) -> tuple[np.ndarray, np.ndarray]:
    """(draws, parameters) values and (draws,) latent seeds given the record up to a week.

    folder   where chains are kept, so that what was sampled once is not sampled again
    """
    asked = replace(UNTIL, last_week=last_week)
    sampled = run(model.name, asked, folder / f"{basis(model)}-{asked.name}", workers, tell)
    z, seeds = rows_to_keep(sampled)
    coordinates = Coordinates(model.book)
    return np.array([coordinates.values(row) for row in z]), seeds
