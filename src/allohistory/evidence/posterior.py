"""The posterior as data: the kept table of draws that all timelines take, and what became of each prior.

book/draws.parquet                        100 draws with their latent seeds
evidence/kept/SCENARIO/posterior.parquet  each parameter's prior and posterior, R-hat, effective draws
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from allohistory.evidence.basis import basis
from allohistory.evidence.coordinates import Coordinates
from allohistory.evidence.diagnostics import Diagnosis
from allohistory.evidence.kept_files import kept_folder
from allohistory.evidence.running import Chains, Sampled
from allohistory.results.words import percent
from allohistory.timeline.kept_draws import DRAWS, DrawTable, write_draws
from allohistory.timeline.model import Model

QUANTILES = (0.05, 0.5, 0.95)
TABLE = "posterior.parquet"
PROVENANCE = b"allohistory.provenance"
HARDLY, LITTLE = 0.05, 0.15  # shares of a prior's variance; a shift counts as its square
DISAGREE = 1.05  # R-hat above which chains have not met


@dataclass(frozen=True)
class Learnt:
    """What became of one prior. Shift and spread are in standard normal coordinates: the prior has 0 and 1.

    prior, posterior   5 %, median, 95 %, in the parameter's unit
    """

    id: str
    shift: float
    spread: float
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]
    r_hat: float
    effective: float

    @property
    def shrinkage(self) -> float:
        """Share of the prior's variance that is gone: 0 where history taught nothing, 1 where it taught all."""
        return 1.0 - self.spread**2

    @property
    def said(self) -> str:
        """What the record did to the prior, in words."""
        gone, moved = self.shrinkage, abs(self.shift)
        if gone < HARDLY and moved < math.sqrt(HARDLY):
            words = "the record hardly moved this: it is still the prior"
        elif gone < LITTLE and moved < math.sqrt(LITTLE):
            words = "the record moved this a little"
        else:
            wider = f"{percent(gone)} of the prior's variance is gone" if gone > 0.0 else "it is no narrower"
            words = (
                f"the record moved this: its middle by {self.shift:+.2f} spreads of the prior, and {wider}"
            )
        if self.r_hat > DISAGREE:
            words += f"; the chains disagree about it (R-hat {self.r_hat:.2f})"
        return words


def rows_to_keep(sampled: Sampled, draws: int = DRAWS) -> tuple[np.ndarray, np.ndarray]:
    """(draws, parameters) coordinates and (draws,) latent seeds: evenly spaced, the chains taking turns."""
    chains, kept, parameters = sampled.z.shape
    rows = -(-draws // chains)
    at = np.floor((np.arange(rows) + 0.5) * kept / rows).astype(int)
    z = sampled.z[:, at].transpose(1, 0, 2).reshape(-1, parameters)[:draws]
    return z, sampled.seeds[:, at].T.reshape(-1)[:draws]


def keep(model: Model, asked: Chains, sampled: Sampled, diagnosis: Diagnosis) -> tuple[Path, Path]:
    """Write the kept draws into the scenario's book, and the table of what was learnt; returns both paths."""
    coordinates = Coordinates(model.book)
    z, seeds = rows_to_keep(sampled)
    values = np.array([coordinates.values(row) for row in z])
    draws = model.folder / "book" / "draws.parquet"
    table = DrawTable(coordinates.ids, values, seeds, True, basis(model))
    write_draws(draws, model.book, table)
    folder = kept_folder(model)
    folder.mkdir(parents=True, exist_ok=True)
    write_learnt(folder / TABLE, model, asked, sampled, diagnosis)
    return draws, folder / TABLE


def write_learnt(path: Path, model: Model, asked: Chains, sampled: Sampled, diagnosis: Diagnosis) -> None:
    """The table of what became of each prior, with its provenance."""
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    coordinates = Coordinates(model.book)
    z = sampled.z.reshape(-1, sampled.z.shape[2])
    columns: dict[str, Any] = {
        "parameter": list(coordinates.ids),
        "shift": z.mean(axis=0),
        "spread": z.std(axis=0),
        "r_hat": diagnosis.r_hat,
        "effective": diagnosis.effective,
    }
    from scipy.special import ndtri

    for share in QUANTILES:
        name = f"{round(100 * share):02d}"
        columns[f"prior_{name}"] = coordinates.values(np.full(z.shape[1], ndtri(share)))
        columns[f"posterior_{name}"] = coordinates.values(np.quantile(z, share, axis=0))
    provenance = {
        "again": "allohistory calibrate",
        "basis": basis(model),
        "chains": asked.chains,
        "warm_up": asked.warm_up,
        "sweeps": asked.sweeps,
        "luck": asked.luck,
        "replays": sampled.replays,
        "processor_seconds": round(sampled.seconds),
        "log_likelihood": [round(float(each(sampled.log_likelihood)), 1) for each in (np.mean, np.std)],
    }
    written = arrow.table(columns).replace_schema_metadata({PROVENANCE: json.dumps(provenance).encode()})
    parquet.write_table(written, path, compression="zstd")


def read_learnt(model: Model) -> tuple[dict[str, Learnt], Mapping[str, Any]]:
    """What became of each prior, by parameter, and the provenance; both empty where nothing is kept."""
    import pyarrow.parquet as parquet

    path = kept_folder(model) / TABLE
    if not path.exists():
        return {}, {}
    table = parquet.ParquetFile(path).read()
    provenance = json.loads((table.schema.metadata or {})[PROVENANCE])
    rows = table.to_pylist()
    names = [f"{round(100 * share):02d}" for share in QUANTILES]
    found = {
        row["parameter"]: Learnt(
            row["parameter"],
            row["shift"],
            row["spread"],
            tuple(row[f"prior_{name}"] for name in names),
            tuple(row[f"posterior_{name}"] for name in names),
            row["r_hat"],
            row["effective"],
        )
        for row in rows
    }
    return found, provenance
