"""How far may any mechanism go? The four-option choice: bounds over all of them, and where each coupling lies.

The record fixes the chances p that history's weights gave and the chances q of the changed ones, not how luck
carries over. Whatever joins the two, P(j now | k then) lies between max(0, (q_j + p_k - 1) / p_k) and
min(1, q_j / p_k). Each coupling is one way of joining; its answer is known in closed form too, and the engine's
count must suit that form and lie between the bounds.

    python validation/bounds.py
"""

from __future__ import annotations

import argparse
import math
import sys

import numpy as np
from scipy import integrate, stats

import engine_side as engine
from rejection import COUPLINGS, FOUR_AFTER, FOUR_BEFORE, softmax

FALSE_ALARM = 1e-6


def bounds(p: np.ndarray, q: np.ndarray, k: int, j: int) -> tuple[float, float]:
    """The least and greatest P(j now | k then) that any joint law of the two choices allows."""
    return max(0.0, (q[j] + p[k] - 1.0) / p[k]), min(1.0, q[j] / p[k])


def carried(f: np.ndarray, u: np.ndarray, k: int, j: int, coupling: str) -> float:
    """P(j under weights u | k under weights f) under a coupling, in closed form."""
    p, q = softmax(f), softmax(u)
    if coupling == "gumbel":
        return by_noise(f, u, k, j)
    if coupling == "monotone":
        low, high = max(p[:k].sum(), q[:j].sum()), min(p[: k + 1].sum(), q[: j + 1].sum())
        return float(max(0.0, high - low) / p[k])
    if coupling == "maximal":
        if j == k:
            return float(min(1.0, q[k] / p[k]))
        lost, gained = max(0.0, p[k] - q[k]), np.maximum(q - p, 0.0)
        return float(lost / p[k] * gained[j] / gained.sum()) if lost else 0.0
    return float(q[j])


def by_noise(f: np.ndarray, u: np.ndarray, k: int, j: int) -> float:
    """One Gumbel noise an option, held fixed: an integral over how far k led j."""
    p, options = softmax(f), range(len(f))
    if j == k:
        return float(
            1.0 / (p[k] * (1.0 + sum(math.exp(-min(f[k] - f[i], u[k] - u[i])) for i in options if i != k)))
        )
    low, high = u[k] - u[j], f[k] - f[j]
    if not low < high:
        return 0.0

    def density(lead: float) -> float:
        others = sum(math.exp(-min(f[k] - f[i], lead + u[j] - u[i])) for i in options if i not in (j, k))
        return float(math.exp(-lead) / (1.0 + math.exp(-lead) + others) ** 2)

    return float(integrate.quad(density, low, high, epsabs=1e-12)[0] / p[k])


def within_luck(count: int, n: int, chance: float, lines: int = 1) -> bool:
    """Could chance have given this count? Exact binomial, at the false-alarm rate divided among so many lines."""
    if chance <= 1e-12 or chance >= 1.0 - 1e-12:
        return count == (0 if chance <= 1e-12 else n)
    tail = min(stats.binom.cdf(count, n, chance), stats.binom.sf(count - 1, n, chance))
    return bool(2.0 * tail > FALSE_ALARM / lines)


def contained(count: int, n: int, low: float, high: float) -> bool:
    """Does the share lie between the bounds, as far as chance can tell?"""
    above = count / n >= low or within_luck(count, n, low)
    return above and (count / n <= high or within_luck(count, n, high))


def faults(counts: np.ndarray, k: int, coupling: str) -> list[str]:
    """What is wrong with the engine's counts of the four options, k recorded; empty where nothing is."""
    f, u, n = np.array(FOUR_BEFORE), np.array(FOUR_AFTER), int(counts.sum())
    found = []
    for j in range(4):
        low, high = bounds(softmax(f), softmax(u), k, j)
        expected = carried(f, u, k, j, coupling)
        if not low - 1e-9 <= expected <= high + 1e-9:
            found.append(
                f"{coupling}, {k} to {j}: the closed form {expected:.4f} is outside {low:.4f}..{high:.4f}"
            )
        if not within_luck(int(counts[j]), n, expected, 4):
            found.append(f"{coupling}, {k} to {j}: {counts[j] / n:.4f} does not suit {expected:.4f}")
        if not contained(int(counts[j]), n, low, high):
            found.append(f"{coupling}, {k} to {j}: {counts[j] / n:.4f} is outside {low:.4f}..{high:.4f}")
    return found


def main() -> int:
    """Print, for each option recorded and taken: the bounds, and each coupling in closed form and by the engine."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--timelines", type=int, default=100_000)
    n = parser.parse_args().timelines
    f, u = np.array(FOUR_BEFORE), np.array(FOUR_AFTER)
    wrong: list[str] = []
    print("then now  " + "   ".join(f"{name:>15}" for name in ("bounds", *COUPLINGS)))
    for k in range(4):
        counts = {coupling: engine.four(k, n, coupling) for coupling in COUPLINGS}
        for coupling in COUPLINGS:
            wrong += faults(counts[coupling], k, coupling)
        for j in range(4):
            low, high = bounds(softmax(f), softmax(u), k, j)
            cells = [f"{carried(f, u, k, j, c):.4f} ({counts[c][j] / n:.4f})" for c in COUPLINGS]
            print(f"   {k}   {j}  {low:7.4f} {high:7.4f}   " + "   ".join(f"{cell:>15}" for cell in cells))
    print("\n".join(wrong) or "every answer suits its closed form and lies within the bounds")
    return 3 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
