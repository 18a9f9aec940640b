"""Replicates of simulation-based calibration over a whole scenario: one small file each, gathered into one kept table.

A replicate hangs on its number alone, so a run that is broken off goes on where it stood and ends in the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from allohistory.evidence.simulated import (
    NO_RETURN,
    NO_ROOM,
    NO_START,
    NO_TRUTH,
    Replicate,
    Settings,
    Simulation,
)

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

TARGET = 200
WHOLE = Settings(draws=100, thin=4, settle=60, rounds=3)
FATES = ("", NO_TRUTH, NO_ROOM, NO_RETURN, NO_START)
KEPT = Path(__file__).resolve().parent / "kept"
COLUMNS = ("ranks", "mean", "second", "effective", "active")


@dataclass(frozen=True)
class Gathered:
    """All replicates that are done: (replicates, ...) arrays; `lost` counts those that cannot count, by why."""

    ids: tuple[str, ...]
    made: str
    numbers: np.ndarray
    lost: dict[str, int]
    ranks: np.ndarray
    mean: np.ndarray
    second: np.ndarray
    effective: np.ndarray
    active: np.ndarray

    @property
    def done(self) -> int:
        """How many have been tried."""
        return len(self.numbers) + sum(self.lost.values())


def made_by(model: Model, settings: Settings = WHOLE) -> str:
    """Changes whenever a replicate could come out otherwise."""
    sampler = Path(__file__).resolve().parent
    text = "".join(
        (sampler / f"{name}.py").read_text(encoding="utf-8")
        for name in ("coordinates", "likelihood", "nearby", "sampler", "simulated", "written")
    )
    return hashlib.sha256(f"{model.digest} {settings} {text}".encode()).hexdigest()[:16]


def simulation_of(model: Model, settings: Settings = WHOLE) -> Simulation:
    """The simulation over the record's own coverage."""
    from allohistory.evidence.likelihood import Likelihood

    last = max(span.last for span in model.blueprint.coverage)
    return Simulation(Likelihood(model, last), settings)


def carry_on(
    simulation: Simulation,
    folder: Path,
    target: int = TARGET,
    tell: Callable[[int, int], object] | None = None,
) -> None:
    """Compute the replicates that are not in the folder yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(target):
        path = folder / f"{number:04d}.npy"
        if not path.exists():
            write(path, simulation.replicate(number))
        if tell is not None:
            tell(number + 1, target)


def write(path: Path, one: Replicate) -> None:
    """One file, whole or not at all: a line each of ranks, mean, second moment, effective draws, active; then fate."""
    size = len(one.mean)
    table = np.full((len(COLUMNS) + 1, size + 1), np.nan)
    table[0] = one.ranks
    for i, name in enumerate(COLUMNS[1:], 1):
        table[i, :size] = getattr(one, name)
    table[-1, :3] = FATES.index(one.lost), one.entries, one.replays
    fresh = path.with_suffix(".part")
    with fresh.open("wb") as file:
        np.save(file, table)
    fresh.replace(path)


def gather(folder: Path, ids: tuple[str, ...], made: str) -> Gathered:
    """All that the folder holds."""
    tables = {int(path.stem): np.load(path) for path in sorted(folder.glob("*.npy"))}
    fates = {number: FATES[int(table[-1, 0])] for number, table in tables.items()}
    good = [number for number in tables if not fates[number]]
    rows = np.array([tables[number] for number in good]).reshape(-1, len(COLUMNS) + 1, len(ids) + 1)
    lost = {why: sum(one == why for one in fates.values()) for why in FATES[1:]}
    return Gathered(
        ids=ids,
        made=made,
        numbers=np.array(good, np.int64),
        lost={why: count for why, count in lost.items() if count},
        ranks=rows[:, 0].astype(np.int64),
        mean=rows[:, 1, :-1],
        second=rows[:, 2, :-1],
        effective=rows[:, 3, :-1],
        active=rows[:, 4, :-1] > 0.0,
    )


def keep(found: Gathered, path: Path) -> None:
    """Write the kept table, with what made it and what was lost."""
    import json

    import pyarrow as arrow
    import pyarrow.parquet as parquet

    columns = {
        "number": arrow.array(found.numbers),
        "ranks": arrow.array(list(found.ranks.astype(np.int16))),
        "mean": arrow.array(list(found.mean.astype(np.float32))),
        "second": arrow.array(list(found.second.astype(np.float32))),
        "effective": arrow.array(list(found.effective.astype(np.float32))),
        "active": arrow.array(list(found.active)),
    }
    said = {"ids": json.dumps(found.ids), "made": found.made, "lost": json.dumps(found.lost)}
    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(arrow.table(columns).replace_schema_metadata(said), path, compression="zstd")


def kept(path: Path) -> Gathered | None:
    """The kept table, or None where none is kept."""
    import json

    import pyarrow.parquet as parquet

    if not path.exists():
        return None
    table = parquet.ParquetFile(path).read()
    said = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}

    def rows(name: str, kind: type) -> np.ndarray:
        return np.array(table.column(name).to_pylist(), kind)

    return Gathered(
        tuple(json.loads(said["ids"])),
        said["made"],
        rows("number", np.int64),
        json.loads(said["lost"]),
        rows("ranks", np.int64),
        rows("mean", np.float64),
        rows("second", np.float64),
        rows("effective", np.float64),
        rows("active", bool),
    )
