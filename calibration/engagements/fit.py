"""Fits the engagement model on a table and writes the draws that are shipped, with their provenance.

python calibration/engagements/fit.py engagements.csv
"""

from __future__ import annotations

import datetime
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import scipy

from allohistory.combat.model import OUTCOMES
from allohistory.combat.table import read
from fitting import draws, fit, learn, target

DRAWS, SEED = 200, 20
PLACE = Path(__file__).resolve().parents[2] / "src" / "allohistory" / "combat"


def main(path: Path) -> None:
    """Fit once on everything and write both files."""
    table = read(path)
    encoding = learn(table)
    matrix, names = encoding.design(table)
    luck = np.random.default_rng(SEED)
    rows, scatter, outcome = [], [], []
    for one in OUTCOMES:
        made = fit(matrix, names, target(table, one), one)
        rows.append(draws(made, DRAWS, luck))
        free = len(matrix) + 2
        one_scatter = (
            np.sqrt(made.scatter * free / luck.chisquare(free, DRAWS)) if one != "win" else np.zeros(DRAWS)
        )
        scatter.append(one_scatter)
        outcome += [one] * DRAWS
    kept = np.vstack(rows).astype(np.float32)
    columns: dict[str, Any] = {"outcome": outcome, "scatter": np.concatenate(scatter)}
    columns |= {f"{group}: {name}": kept[:, place] for place, (group, name) in enumerate(names)}
    parquet.write_table(pa.table(columns), PLACE / "engagements.parquet", compression="zstd")
    (PLACE / "engagements.toml").write_text(written(table, encoding, path), encoding="utf-8")


def written(table: Any, encoding: Any, path: Path) -> str:
    """Provenance and encoding as TOML."""
    provenance = {
        "dataset": "CDB90, the CAA Database of Battles, version 1990, in tidy form (jrnold/CDB90)",
        "licence": "ODC-BY; the original is in the public domain",
        "changes": "flattened to one row an engagement, land engagements 1900 to 1973, a third kept apart unseen",
        "engagements": len(table["start"]),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "seed": SEED,
        "draws": DRAWS,
        "method": "prior spreads at their posterior peak, coefficients by Laplace approximation around the MAP",
        "libraries": f"numpy {np.__version__}, scipy {scipy.__version__}",
        "date": datetime.date.today().isoformat(),
    }
    lines = [
        "# Written by calibration/engagements/fit.py; the draws are in engagements.parquet.",
        "",
        "[provenance]",
    ]
    lines += [f"{name} = {json.dumps(value)}" for name, value in provenance.items()]
    lines += ["", "[encoding]", f"turns = {json.dumps(np.round(encoding.turns, 6).tolist())}"]
    lines += [f"phases = {json.dumps(np.round(encoding.phases, 6).tolist())}"]
    for part in ("fill", "centre", "spread", "known"):
        lines += ["", f"[encoding.{part}]"]
        lines += [
            f"{json.dumps(name)} = {json.dumps(value)}" for name, value in getattr(encoding, part).items()
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
