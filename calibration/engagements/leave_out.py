"""The battles' parameters again, as they would be had the fit never seen some engagements: priors to run a check with.

python calibration/engagements/leave_out.py engagements.csv NAME... > priors.toml

Engagements whose name or campaign holds one of the NAMEs (in any case) are left out, the model is fitted on the rest
and projected. Prints a table [priors] of the parameters in engagement.toml; how far they move goes to standard error.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np

from allohistory.combat.model import OUTCOMES, Combat, shipped
from allohistory.combat.table import Table, read
from fit import DRAWS, SEED
from fitting import draws, fit, learn, target
from project import BOOK, project, written


def without(path: Path, names: list[str]) -> tuple[Table, list[str]]:
    """The table less these engagements, and what was left out."""
    table = read(path)
    with path.open(encoding="utf-8", newline="") as lines:
        titles = [f"{row['campaign']}: {row['name']}" for row in csv.DictReader(lines)]
    out = np.array([any(name.lower() in title.lower() for name in names) for title in titles])
    left = [title for title, gone in zip(titles, out, strict=True) if gone]
    return {name: values[~out] for name, values in table.items()}, left


def fitted(table: Table) -> Combat:
    """The model as `fit.py` makes it, on this table."""
    encoding = learn(table)
    matrix, names = encoding.design(table)
    luck = np.random.default_rng(SEED)
    made = {one: fit(matrix, names, target(table, one), one) for one in OUTCOMES}
    scatter = {one: np.full(DRAWS, np.sqrt(made[one].scatter)) for one in OUTCOMES[1:]}
    coefficients = {one: draws(made[one], DRAWS, luck) for one in OUTCOMES}
    return replace(shipped(), encoding=encoding, coefficients=coefficients, scatter=scatter)


def main(path: Path, names: list[str]) -> None:
    """Fit without, project, print."""
    table, left = without(path, names)
    print(f"left out: {'; '.join(left) or 'nothing'}", file=sys.stderr)
    model = fitted(table)
    now = tomllib.loads(written(model, project(model)))["parameter"]
    kept = tomllib.loads((BOOK / "parameters" / "engagement.toml").read_text(encoding="utf-8"))["parameter"]
    print("[priors]")
    moved = []
    for new, old in zip(now, kept, strict=True):
        prior, before = new["prior"], old["prior"]
        print(f'"{new["id"]}" = {{ mean = {prior["mean"]:.3f}, sd = {max(prior["sd"], 0.005):.3f} }}')
        moved.append(
            ((prior["mean"] - before["mean"]) / before["sd"], new["id"], before["mean"], prior["mean"])
        )
    for far, name, before, after in sorted(
        (row for row in moved if "scatter" not in row[1]), key=lambda row: -abs(row[0])
    )[:8]:
        print(f"{name}: {before:.2f} to {after:.2f}, {far:+.1f} of its spread", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
