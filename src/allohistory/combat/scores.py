"""How well predictions met what happened."""

from __future__ import annotations

import numpy as np

from allohistory.combat.model import Predicted
from allohistory.combat.table import Floats, Table, loss_rate, won

HALF, NINE_TENTHS = 0.6744897501960817, 1.6448536269514722
"""Standard deviations that hold the middle half, and nine tenths, of a normal distribution."""


def log_loss(happened: Floats, chance: Floats) -> float:
    """Mean of minus the logarithm of the chance given to what happened, in nats."""
    given = np.where(happened == 1, chance, 1 - chance)
    return float(-np.log(np.maximum(given, np.finfo(np.float64).tiny)).mean())


def area_under_curve(happened: Floats, chance: Floats) -> float | None:
    """How often a battle won was given the higher chance than one not won; None where all ended alike."""
    yes, no = chance[happened == 1], chance[happened != 1]
    if not len(yes) or not len(no):
        return None
    above = yes[:, None] > no
    tied = yes[:, None] == no
    return float((above + 0.5 * tied).mean())


def root_mean_square(errors: Floats) -> float:
    """Root of the mean of squares."""
    return float(np.sqrt((errors**2).mean()))


def scores(table: Table, predicted: Predicted) -> dict[str, float | int | None]:
    """The seven scores; coverage counts the log loss rates of both sides together."""
    errors = {side: loss_rate(table, side) - predicted.loss[side] for side in ("attacker", "defender")}
    scaled = np.abs(np.concatenate([errors[side] / predicted.spread[side] for side in errors]))
    happened = won(table)
    return {
        "n": len(happened),
        "log_loss": log_loss(happened, predicted.win),
        "auc": area_under_curve(happened, predicted.win),
        "attacker_rmse": root_mean_square(errors["attacker"]),
        "defender_rmse": root_mean_square(errors["defender"]),
        "coverage_50": float((scaled <= HALF).mean()),
        "coverage_90": float((scaled <= NINE_TENTHS).mean()),
    }
