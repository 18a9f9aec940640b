"""Fits the engagement model: hierarchical normal priors, their spreads by maximum a posteriori, Laplace around it.

Every group of coefficients has normal priors with one spread of its own. The spread's prior is a scaled inverse
chi-square; spread and coefficients are found in turn (expectation and maximisation), in the space of engagements, where
a fit takes a tenth of a second. Losses are normal in the logarithm, so that given the spreads their posterior is exact;
the chance of winning is logistic, and its posterior the normal one around its peak (Laplace).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allohistory.combat.inputs import Encoding
from allohistory.combat.table import Floats, Table, loss_rate, won

WAVES, SMOOTHNESS, WAVE_SEED = 40, 5.0, 1931
LEVEL_SPREAD, ROUNDS = 3.0, 12
SPREADS = {"ratio": 0.5, "measures": 0.3, "waves": 0.5}
SMALL = {"missing": 0.2, "posture-ratio": 0.2, "ground": 0.2, "cover": 0.2}
SMALL |= dict.fromkeys(("rain", "rain-degree", "warmth", "season"), 0.15)
USUAL = 0.3
ONLY_WIN = ("skill", "skill-period")
"""Losses have no skill of one sign: a side's own rate and the enemy's rate against it are effects apart."""
WIDER = {"win": 2.0, "attacker": 1.0, "defender": 1.0}
FIRMNESS = {"win": 1.0, "attacker": 4.0, "defender": 4.0}
PHYSICS = {
    "win": {
        ("ratio", "ratio"): 0.3,
        ("posture", "FD"): -0.2,
        ("posture", "PD"): -0.1,
        ("posture", "DL"): 0.3,
    },
    "attacker": {("ratio", "ratio"): -0.2, ("posture", "FD"): 0.1, ("posture", "DL"): -0.1},
    "defender": {("ratio", "ratio"): 0.2, ("posture", "FD"): -0.1},
}
"""Means of the priors: the stronger side wins and loses a smaller share; who attacks works needs more (per spread)."""


def waves() -> tuple[Floats, Floats]:
    """Frequencies and phases of the fixed waves that let measures act together; the same for every fit."""
    luck = np.random.default_rng(WAVE_SEED)
    turns, phases = luck.normal(size=(8, WAVES)) / SMOOTHNESS, luck.uniform(0, 2 * np.pi, WAVES)
    return np.round(turns, 6), np.round(phases, 6)


def target(table: Table, outcome: str) -> Floats:
    """What is to be predicted."""
    return won(table) if outcome == "win" else loss_rate(table, outcome)


@dataclass
class Fit:
    """Prior spreads (variances) of each column, prior means, scatter (variance), and the engagements' own posterior."""

    variances: Floats
    means: Floats
    scatter: float
    weights: Floats
    inverse: Floats
    fitted: Floats

    def predict(self, matrix: Floats) -> tuple[Floats, Floats]:
        """Mean and variance of the linear score at new engagements."""
        across = (matrix * self.variances) @ self.fitted.T
        mean = matrix @ self.means + across @ self.weights
        own = (matrix**2) @ self.variances
        return mean, np.maximum(own - ((across @ self.inverse) * across).sum(axis=1), 0)


def sizes(names: list[tuple[str, str]], outcome: str) -> dict[str, float]:
    """The spread each group is expected to have before any engagement is seen."""
    groups = dict.fromkeys(group for group, _ in names)
    usual = {group: {**SPREADS, **SMALL}.get(group, USUAL) * WIDER[outcome] for group in groups}
    if outcome != "win":
        usual |= dict.fromkeys(ONLY_WIN, 0.0)
    return {**usual, "level": LEVEL_SPREAD}


def fit(matrix: Floats, names: list[tuple[str, str]], happened: Floats, outcome: str) -> Fit:
    """The spreads of greatest posterior density, and the posterior given them."""
    group_of = np.array([group for group, _ in names])
    expected = sizes(names, outcome)
    used = (matrix != 0).any(axis=0)
    members = {group: (group_of == group) & used for group in expected}
    kernels = {group: matrix[:, one] @ matrix[:, one].T for group, one in members.items()}
    spread = {group: size**2 for group, size in expected.items()}
    means = np.array([PHYSICS[outcome].get(name, 0.0) for name in names])
    offset, n = matrix @ means, len(happened)
    firm, scatter, score = FIRMNESS[outcome], 0.7, np.zeros(n)
    for turn in range(ROUNDS):
        whole = sum(spread[group] * kernels[group] for group in kernels)
        if outcome == "win":
            for _ in range(3 if turn else 8):
                chance = 0.5 + 0.5 * np.tanh(0.5 * (score + offset))
                weight = chance * (1 - chance) + 1e-9
                inverse = np.linalg.inv(whole + np.diag(1 / weight))
                weights = inverse @ (score + (happened - chance) / weight)
                score = whole @ weights
        else:
            inverse = np.linalg.inv(whole + scatter * np.eye(n))
            weights = inverse @ (happened - offset)
        if turn == ROUNDS - 1:
            break
        for group, kernel in kernels.items():
            old, count = spread[group], members[group].sum()
            second = old * count + old**2 * (weights @ kernel @ weights - (kernel * inverse).sum())
            spread[group] = (second + firm * expected[group] ** 2) / (count + firm)
        spread["level"] = LEVEL_SPREAD**2
        if outcome != "win":
            rest = scatter**2 * (weights @ weights) + scatter * (n - scatter * np.trace(inverse))
            scatter = (rest + 1.4) / (n + 2)
    variances = np.array([spread[group] for group in group_of])
    return Fit(variances, means, scatter, weights, inverse, matrix)


def draws(made: Fit, number: int, luck: np.random.Generator) -> Floats:
    """Coefficients drawn from the posterior, a row a draw; those of unseen levels come from the prior."""
    loads = made.fitted * made.variances
    mean = made.means + loads.T @ made.weights
    covariance = np.diag(made.variances) - loads.T @ made.inverse @ loads
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0))
    return mean + luck.normal(size=(number, len(mean))) @ root.T


def learn(table: Table) -> Encoding:
    """The encoding of these engagements."""
    return Encoding.learn(table, *waves())
