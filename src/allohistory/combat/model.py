"""The fitted model: posterior draws kept with their provenance, and what they predict."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from allohistory.combat.inputs import Encoding
from allohistory.combat.table import Floats, Table
from allohistory.errors import AllohistoryError

OUTCOMES = ("win", "attacker", "defender")


@dataclass(frozen=True)
class Predicted:
    """What the model expects of each engagement.

    win     probability that the attacker wins
    loss    by side: mean of the logarithm of casualties over strength
    spread  by side: standard deviation of that logarithm, parameters and battle's luck together
    """

    win: Floats
    loss: dict[str, Floats]
    spread: dict[str, Floats]


@dataclass(frozen=True)
class Combat:
    """Posterior draws: coefficients by outcome (a row a draw), scatter by side, how inputs are encoded, whence."""

    encoding: Encoding
    coefficients: dict[str, Floats]
    scatter: dict[str, Floats]
    provenance: dict[str, Any]

    def predict(self, table: Table) -> Predicted:
        """The posterior predictive of each engagement in a table."""
        matrix, _ = self.encoding.design(table)
        scores = {outcome: matrix @ self.coefficients[outcome].T for outcome in OUTCOMES}
        win = (0.5 + 0.5 * np.tanh(0.5 * scores["win"])).mean(axis=1)
        loss = {side: scores[side].mean(axis=1) for side in OUTCOMES[1:]}
        spread = {
            side: np.sqrt(scores[side].var(axis=1) + (self.scatter[side] ** 2).mean())
            for side in OUTCOMES[1:]
        }
        return Predicted(win, loss, spread)


@cache
def shipped() -> Combat:
    """The model that comes with the package."""
    import pyarrow.parquet as parquet

    place = files("allohistory.combat")
    told = tomllib.loads((place / "engagements.toml").read_text(encoding="utf-8"))
    with (place / "engagements.parquet").open("rb") as source:
        kept = parquet.read_table(source)
    outcome = np.array(kept["outcome"].to_pylist())
    scatter = kept["scatter"].to_numpy()
    stacked = np.column_stack([kept[name].to_numpy() for name in kept.column_names[2:]]).astype(np.float64)
    if set(outcome) != set(OUTCOMES):
        raise AllohistoryError("engagements.parquet", "does not hold the draws of all outcomes", exit_code=1)
    return Combat(
        Encoding.from_data(told["encoding"]),
        {one: stacked[outcome == one] for one in OUTCOMES},
        {one: scatter[outcome == one] for one in OUTCOMES[1:]},
        told["provenance"],
    )
