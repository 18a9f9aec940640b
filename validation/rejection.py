"""Rejection sampling: counterfactuals of the textbook blocks with no posterior anywhere.

Luck is drawn from its prior by the thousand, each block is run twice on the same luck (as history had it, and
changed), and only the pairs whose first half gives the record are kept. What is left of the second half has the law
that same luck must have. Nothing here is imported from the engine: the noise is NumPy's, the blocks are written
anew as plain arrays, and a coupling is a way of drawing two choices together, not a formula for one given the other.

Numbers of the blocks are those of tests/textbook/blocks.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

COUPLINGS = ("gumbel", "monotone", "maximal", "redraw")
CLOCKS = ("week", "redraw")
Luck = np.random.Generator


@dataclass(frozen=True)
class Counts:
    """What came of the kept pairs: how many had each outcome, of how many kept, of how many drawn."""

    outcome: np.ndarray
    kept: int
    drawn: int


def tally(outcomes: np.ndarray, kept: np.ndarray, options: int) -> Counts:
    """Count the outcomes of the pairs that gave the record."""
    return Counts(np.bincount(outcomes[kept], minlength=options), int(kept.sum()), len(kept))


# ---------------------------------------------------------------- two choices on one luck


def softmax(weights: Sequence[float] | np.ndarray) -> np.ndarray:
    """Chances of each option; one row a draw where there are rows."""
    grown = np.exp(np.asarray(weights, float))
    return np.asarray(grown / grown.sum(axis=-1, keepdims=True))


def two_choices(
    luck: Luck, before: np.ndarray, after: np.ndarray, coupling: str
) -> tuple[np.ndarray, np.ndarray]:
    """The option taken under the one weights and under the other, one pair a row of each."""
    draws = {"gumbel": by_noise, "monotone": by_order, "maximal": sticky, "redraw": anew}[coupling]
    return draws(luck, before, after)


def by_noise(luck: Luck, before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One Gumbel noise for each option, the same in both; the largest sum wins."""
    noise = luck.gumbel(size=before.shape)
    return (before + noise).argmax(axis=1), (after + noise).argmax(axis=1)


def by_order(luck: Luck, before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One uniform over the options in their order."""
    v = luck.random((len(before), 1))
    first, second = ((softmax(weights).cumsum(axis=1) < v).sum(axis=1) for weights in (before, after))
    most = before.shape[1] - 1
    return np.minimum(first, most), np.minimum(second, most)


def sticky(luck: Luck, before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two agree as often as any pair with these chances can; where they do not, each is drawn from what is left."""
    p, q = softmax(before), softmax(after)
    shared = np.minimum(p, q)
    agree = luck.random(len(p)) < shared.sum(axis=1)
    common = one_of(luck, shared)
    first = np.where(agree, common, one_of(luck, np.maximum(p - q, 0.0)))
    second = np.where(agree, common, one_of(luck, np.maximum(q - p, 0.0)))
    return first, second


def anew(luck: Luck, before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two draws of their own wherever the weights differ, else one."""
    first, second = by_noise(luck, before, before)[0], by_noise(luck, after, after)[0]
    return first, np.where((before == after).all(axis=1), first, second)


def one_of(luck: Luck, shares: np.ndarray) -> np.ndarray:
    """An option in proportion to its share in each row (the last where a row is empty)."""
    edges = shares.cumsum(axis=1)
    v = luck.random((len(shares), 1)) * edges[:, -1:]
    return np.minimum((edges <= v).sum(axis=1), shares.shape[1] - 1)


def rows(weights: Sequence[float], n: int) -> np.ndarray:
    """The same weights in every row."""
    return np.tile(np.asarray(weights, float), (n, 1))


def yes(weight: np.ndarray) -> np.ndarray:
    """Weights of a choice between no (0) and yes."""
    return np.column_stack([np.zeros_like(weight), weight])


# ---------------------------------------------------------------- clocks


def week(luck: Luck, hazards: tuple[float, float], n: int, clocks: str) -> tuple[np.ndarray, np.ndarray]:
    """The day (1 to 7, 0 for none) on which a clock fires under one hazard and under another, on the same luck.

    A firing comes at an exponential time; whether it lies in this week is one draw and where in it another.
    """
    found = []
    whether, when = luck.random(n), luck.random(n)
    for hazard in hazards:
        if found and clocks == "redraw" and hazards[0] != hazards[1]:
            whether, when = luck.random(n), luck.random(n)
        fires = whether < 1.0 - np.exp(-hazard)
        time = -np.log(1.0 - when * (1.0 - np.exp(-hazard))) / hazard
        found.append(np.where(fires, np.minimum(np.floor(7.0 * time), 6.0) + 1.0, 0.0).astype(int))
    return found[0], found[1]


# ---------------------------------------------------------------- the blocks


def chain(luck: Luck, first: int, second: int, n: int, coupling: str) -> Counts:
    """The second choice, when the first (recorded `first`) is turned; recorded `second`."""
    one, _ = two_choices(luck, rows([0.0, 0.3], n), rows([0.0, 0.3], n), coupling)
    factual, turned = yes(1.2 * one - 0.4), yes(1.2 * np.full(n, 1 - first) - 0.4)
    then, now = two_choices(luck, factual, turned, coupling)
    return tally(now, (one == first) & (then == second), 2)


def confounded(luck: Luck, cause: float, act: int, end: int, n: int) -> Counts:
    """The end, when the act is turned; the cause is recorded as a number, so it is pinned, not drawn."""
    done, _ = by_noise(luck, rows([0.0, 2.0 * cause], n), rows([0.0, 2.0 * cause], n))
    factual = yes(2.0 * cause - 1.0 * done)
    then, now = by_noise(luck, factual, yes(np.full(n, 2.0 * cause - 1.0 * (1 - act))))
    return tally(now, (done == act) & (then == end), 2)


def hidden(luck: Luck, act: int, shift: float, n: int) -> Counts:
    """The recorded act under a shifted weight; what drives it was never recorded."""
    cause = luck.standard_normal(n)
    then, now = by_noise(luck, yes(2.0 * cause), yes(2.0 * cause + shift))
    return tally(now, then == act, 2)


def rivals(luck: Luck, day: int, which: int, rate: float, n: int, coupling: str, clocks: str) -> Counts:
    """Nobody (0), the one (1) or the two (2), when the one's rate is another; recorded: a day, and which it was."""
    days = week(luck, (0.2 + 0.3, rate + 0.3), n, clocks)
    factual, changed = np.log([0.2, 0.3]), np.log([rate, 0.3])
    then, now = two_choices(luck, rows(factual, n), rows(changed, n), coupling)
    came = np.where(days[1] > 0, 1 + now, 0)
    return tally(came, (days[0] == day) & (then == which), 3)


def rivals_day(luck: Luck, day: int, rate: float, n: int, clocks: str) -> Counts:
    """The day on which either comes, 0 for none; recorded: that it came on `day` (0: that it did not)."""
    then, now = week(luck, (0.2 + 0.3, rate + 0.3), n, clocks)
    return tally(now, then == day, 8)


def repeats(luck: Luck, fired: Sequence[int], factor: float, n: int, clocks: str) -> Counts:
    """How often a clock fires in nine weeks when its hazard is scaled; recorded: fired in these weeks (0 to 8)."""
    kept, came = np.ones(n, bool), np.zeros(n, int)
    for number in range(9):
        then, now = week(luck, (0.3, 0.3 * factor), n, clocks)
        kept &= (then > 0) == (number in fired)
        came += now > 0
    return tally(came, kept, 10)


FOUR_BEFORE = (0.0, 0.5, -0.3, 0.2)
FOUR_AFTER = (0.4, -0.5, 0.9, 0.2)


def four(luck: Luck, took: int, n: int, coupling: str) -> Counts:
    """The option taken of four when all weights but the last move; recorded `took`."""
    then, now = two_choices(luck, rows(FOUR_BEFORE, n), rows(FOUR_AFTER, n), coupling)
    return tally(now, then == took, 4)
