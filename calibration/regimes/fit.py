"""Fits the crisis clock of the home fronts on the wars of cases.toml, and writes fit.toml beside it.

python calibration/regimes/fit.py

Each case is a row of months; in each the regime may come to a crisis, with log-odds

    base + sample + dead * (known dead for each 1,000 people - 5, if more)
         + hunger * (hundreds of kilocalories below 1,900) + beaten + throne
         + control * (how full police control is) + early (before the 31st month of war)

The dead grow evenly over the war, food falls evenly. A beaten army stands at home in the last four months of
a lost war and in the twelve months after it; a throne that ends discredited has been so for half a year.
Priors are normal: means as historians' judgement has them, spreads half of that and at least 0.3 (0.02 for a
dead man in a thousand). The sample has a level of its own, for it was gathered for its drama. The posterior
is the usual normal one about its mode.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

PLACE = Path(__file__).resolve().parent
NAMES = ("base", "dead", "hunger", "beaten", "throne", "control", "early", "sample")
MEANS = np.array([-4.5, 0.06, 0.35, 1.0, 1.0, -1.8, -1.0, 1.0])
SPREADS = np.array([0.5, 0.03, 0.3, 0.5, 0.5, 0.9, 0.5, 1.0])
FEW_DEAD, ENOUGH, PEACE_FOOD, FIRST_MONTHS = 5.0, 1900.0, 2180.0, 31
AFTER, ROUT, QUARREL = 12, 4, 6  # months


def main() -> None:
    """Fit, print, keep."""
    path = PLACE / "cases.toml"
    cases = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    matrix, events = months(cases)
    mode, covariance = posterior(matrix, events)
    spread = np.sqrt(np.diag(covariance))
    lines = [
        "# The crisis clock as fitted by fit.py on cases.toml: normal posterior about its mode.",
        "",
        "[provenance]",
        'cases = "cases.toml"',
        f'sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"',
        f"wars = {len(cases)}",
        f"months = {len(events)}",
        f"crises = {int(events.sum())}",
        "",
    ]
    for name, before, wide, mean, sd in zip(NAMES, MEANS, SPREADS, mode, spread, strict=True):
        lines += [f"[{name}]", f"prior = [{before}, {wide}]", f"mean = {mean:.3f}", f"sd = {sd:.3f}", ""]
        print(f"{name:8} prior {before:6.2f} +- {wide:4.2f}   fitted {mean:6.3f} +- {sd:5.3f}")
    (PLACE / "fit.toml").write_text("\n".join(lines), encoding="utf-8")
    for case in ("germany-1918", "russia-feb-1917", "japan-1945"):
        row = months([one for one in cases if one["id"] == case])[0]
        at = row[round(next(one["months"] for one in cases if one["id"] == case)) - 1].copy()
        at[-1] = 0.0
        print(f"{case:16} {1 / (1 + np.exp(-at @ mode)):.3f} a month at its end, outside the sample")


def months(cases: list[dict[str, Any]]) -> tuple[np.ndarray, np.ndarray]:
    """A row of inputs for each month of each case, and whether its crisis came in it."""
    rows, events = [], []
    for case in cases:
        length = max(round(case["months"]), 1)
        after = AFTER if case["lost"] and not case["crisis"] and case["outcome"] != "foreign-removed" else 0
        for month in range(1, length + after + 1):
            share = min(month / length, 1.0)
            rout = month > length - ROUT
            food = PEACE_FOOD * (1.0 - share * (100.0 - case.get("food", 95.0)) / 100.0 / 2.0)
            rows.append(
                [
                    1.0,
                    max(case["dead"] * case["told"] * share - FEW_DEAD, 0.0),
                    max(ENOUGH - food, 0.0) / 100.0,
                    float(case["lost"] and rout),
                    float(case["throne"] and month > length - QUARREL),
                    case["control"],
                    float(month < FIRST_MONTHS),
                    1.0,
                ]
            )
            events.append(float(case["crisis"] and month == length))
    return np.array(rows), np.array(events)


def posterior(matrix: np.ndarray, events: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mode and covariance, by Newton's method."""
    at = MEANS.copy()
    precision = np.diag(1.0 / SPREADS**2)
    curvature = precision
    for _ in range(100):
        chance = 1.0 / (1.0 + np.exp(-matrix @ at))
        slope = matrix.T @ (events - chance) - precision @ (at - MEANS)
        curvature = (matrix * (chance * (1.0 - chance))[:, None]).T @ matrix + precision
        step = np.linalg.solve(curvature, slope)
        at = at + step
        if np.abs(step).max() < 1e-10:
            break
    return at, np.linalg.inv(curvature)


if __name__ == "__main__":
    main()
