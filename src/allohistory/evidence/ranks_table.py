"""All replicates of simulation-based calibration in one kept table, with what made it and what was lost.

evidence/kept/SCENARIO/ranks.parquet     a line a replicate: ranks, effective draws, intervals of answers
evidence/kept/SCENARIO/averages.parquet  a line a parameter: sums over replicates of what the posterior's moments were
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from allohistory.evidence.replicates import FATES

RANKS, AVERAGES = "ranks.parquet", "averages.parquet"
SAID = b"allohistory.provenance"
MOST = 255  # effective draws are kept up to this
FIGURES = ("entries", "replays", "reseeded", "crossed")
SUMS = ("mean", "mean_square", "second", "second_variance", "second_third", "error", "error_square")
Judge = Callable[[np.ndarray, np.ndarray], tuple[float, float, float]]
"""Of an outcome's (draws,) timelines run and shown: the interval's ends, and how often it would hold a share."""


@dataclass(frozen=True)
class Gathered:
    """All replicates that are done.

    ids        parameters
    said       provenance: what made it, how, how many were lost and why
    numbers    (replicates,) which
    ranks      (replicates, parameters + 1)
    effective  (replicates, parameters), up to MOST
    figures    (replicates, 4): FIGURES
    truth      (replicates, outcomes) the true probabilities, as shares
    intervals  (replicates, outcomes, 3) ends of the ignorance interval, and the share of such truths it would hold if
               it were right; not a number where an answer states none
    sums       (7, parameters): SUMS over replicates
    """

    ids: tuple[str, ...]
    said: Mapping[str, Any]
    numbers: np.ndarray
    ranks: np.ndarray
    effective: np.ndarray
    figures: np.ndarray
    truth: np.ndarray
    intervals: np.ndarray
    sums: np.ndarray

    @property
    def lost(self) -> Mapping[str, int]:
        """How many cannot count, by why."""
        found: Mapping[str, int] = self.said["lost"]
        return found

    @property
    def done(self) -> int:
        """How many have been tried."""
        return len(self.numbers) + sum(self.lost.values())


def gather(folder: Path, ids: tuple[str, ...], said: Mapping[str, Any], judge: Judge) -> Gathered:
    """All that the folder holds."""
    numbers, lost = [], dict.fromkeys(FATES[1:], 0)
    lines: dict[str, list[np.ndarray]] = {
        name: [] for name in ("ranks", "effective", "figures", "truth", "intervals")
    }
    sums = np.zeros((len(SUMS), len(ids)))
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as one:
            if FATES[int(one["fate"])]:
                lost[FATES[int(one["fate"])]] += 1
                continue
            numbers.append(int(path.stem))
            sums += moments(one["mean"], one["second"], one["effective"], one["truth"])
            lines["ranks"].append(one["ranks"])
            lines["effective"].append(np.minimum(one["effective"], MOST))
            lines["figures"].append(one["figures"])
            run, shown = one["run"], one["shown"]
            lines["truth"].append(shown[:, 0] / np.maximum(run[:, 0], 1) if run.size else np.zeros(0))
            judged = [judge(run[i], shown[i]) for i in range(len(run))]
            lines["intervals"].append(np.array(judged).reshape(-1, 3))
    tables = {name: np.array(rows) for name, rows in lines.items()}
    fates = {why: count for why, count in lost.items() if count}
    return Gathered(ids, {**said, "lost": fates}, np.array(numbers, np.int64), sums=sums, **tables)


def moments(mean: np.ndarray, second: np.ndarray, effective: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """(7, parameters) one replicate's share of SUMS.

    Were all right, a posterior's second moment about 0 has mean 1, and of the variance and third central moment of a
    squared normal number, 2 and 8, as much as the posterior has left the prior or its chain did not get about.
    """
    left = np.clip(1.0 - (second - mean**2), 0.0, 1.0) ** 2
    share = np.minimum(left + 1.0 / np.maximum(effective / 3.0, 1.0), 1.0)
    error = mean - truth
    return np.array([mean, mean**2, second, 2.0 * share, 8.0 * share**2, error, error**2])


def keep(found: Gathered, folder: Path) -> list[Path]:
    """Write both tables; returns their paths."""
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    folder.mkdir(parents=True, exist_ok=True)
    said = {SAID: json.dumps({**found.said, "ids": found.ids}).encode()}
    lines = {
        "number": arrow.array(found.numbers),
        "ranks": arrow.array(list(found.ranks.astype(np.int16))),
        "effective": arrow.array(list(found.effective.astype(np.uint8))),
        **{name: arrow.array(found.figures[:, i]) for i, name in enumerate(FIGURES)},
        "truth": arrow.array(list(found.truth)),
        "intervals": arrow.array([list(one.ravel()) for one in found.intervals]),
    }
    sums = {"parameter": list(found.ids), **{name: found.sums[i] for i, name in enumerate(SUMS)}}
    paths = []
    for name, columns in ((RANKS, lines), (AVERAGES, sums)):
        written = arrow.table(columns).replace_schema_metadata(said)
        parquet.write_table(written, folder / name, compression="zstd")
        paths.append(folder / name)
    return paths


def kept(folder: Path) -> Gathered | None:
    """The kept tables, or None where none are kept."""
    import pyarrow.parquet as parquet

    if not (folder / RANKS).exists() or not (folder / AVERAGES).exists():
        return None
    table, sums = (parquet.ParquetFile(folder / name).read() for name in (RANKS, AVERAGES))
    said = json.loads((table.schema.metadata or {})[SAID])

    def rows(name: str, kind: type) -> np.ndarray:
        return np.array(table.column(name).to_pylist(), kind)

    numbers = rows("number", np.int64)
    return Gathered(
        tuple(said.pop("ids")),
        said,
        numbers,
        rows("ranks", np.int64),
        rows("effective", np.float64),
        np.column_stack([rows(name, np.float64) for name in FIGURES]),
        rows("truth", np.float64),
        rows("intervals", np.float64).reshape(len(numbers), -1, 3),
        np.array([sums.column(name).to_numpy() for name in SUMS]),
    )
