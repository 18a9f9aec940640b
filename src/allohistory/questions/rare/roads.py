"""Roads: the timelines that reach an outcome, divided by their decisive steps.

A step is decisive where it comes before the outcome more often, or less often, than by the same days in timelines
that do not reach it, beyond what luck would do. Timelines that reach it are then divided in two by one step, each part
again, and so on: always by the step that says most about all the other decisive ones (the largest sum of squared
correlations, each weighed by what that step says about the outcome). This is monothetic division (Williams and Lambert
1959; Kaufman and Rousseeuw's MONA 1990): a road is a short list of steps that were taken or not taken, so anyone can
say of any timeline on which road it is.

How far the division hangs on the timelines it was made of is measured: it is made twice, of timelines with different
luck, and both sort a third set; the adjusted Rand index says how well they agree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions.rare.signs import Marks, Step

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_ROADS = 6
LEAST_SHARE = 0.05  # of the timelines that reach the outcome, on a road
LEAST_TIMELINES = 12
LEAST_DIFFERENCE = 0.05  # of the two shares of a decisive step
FALSE_ALARMS = 0.01
SAME = 0.8  # correlation from which on two steps are taken for one
ITSELF = 0.9  # correlation with the outcome from which on a step is only another word for it
TOLD = (
    1.25  # an outcome, which readers can ask for, is preferred to a rule's step that says up to so much more
)
WORTH = 0.02  # of what all decisive steps say, by which a division must divide
NEARLY_ALL = 0.95
RARER = 0.5


@dataclass(frozen=True)
class Turn:
    """At a fork of the road: a step taken, or (taken False) not."""

    step: Step
    taken: bool


@dataclass(frozen=True)
class Compared:
    """Presence of every step before the outcome: reached and other timelines, each with a weight (sums to 1)."""

    steps: tuple[Step, ...]
    reached: NDArray[np.bool_]
    other: NDArray[np.bool_]
    weight: NDArray[np.float64]

    @property
    def shares(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Of each step, in timelines that reach the outcome and in the others."""
        return self.reached @ self.weight, self.other.mean(axis=1)


@dataclass(frozen=True)
class Division:
    """A tree of divisions as its roads: each the turns that lead to it."""

    roads: tuple[tuple[Turn, ...], ...]
    decisive: tuple[Step, ...] = field(default=())

    def sort(self, steps: tuple[Step, ...], present: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The road of each timeline, from the presence of each step in it; a step never seen is not taken."""
        place = {step: row for row, step in enumerate(steps)}
        nowhere = np.zeros(present.shape[1], bool)
        found = np.full(present.shape[1], -1)
        for number, turns in enumerate(self.roads):
            on = np.ones(present.shape[1], bool)
            for turn in turns:
                row = present[place[turn.step]] if turn.step in place else nowhere
                on &= row == turn.taken
            found[on] = number
        return found


def before(marks: Marks, day: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(steps, timelines) whether each step had come by the timeline's own day."""
    return np.asarray(marks.day <= day[None, :])


def divide(compared: Compared) -> Division:
    """The roads of the timelines that reach the outcome, the commonest first."""
    rows, worth = decisive(compared)
    steps = tuple(compared.steps[row] for row in rows)
    present, told = compared.reached[rows], _told(steps)
    n = present.shape[1]
    least = max(LEAST_SHARE, LEAST_TIMELINES / max(n, 1))
    leaves: list[tuple[tuple[Turn, ...], NDArray[np.bool_]]] = [((), np.ones(n, bool))]
    whole = float(worth.sum()) or 1.0
    while len(leaves) < MOST_ROADS:
        splits = [_best(present, compared.weight, on, worth, told, least) for _, on in leaves]
        gains = [gain for _, gain in splits]
        if not gains or max(gains) <= WORTH * whole:
            break
        number = int(np.argmax(gains))
        row, (turns, on) = splits[number][0], leaves[number]
        leaves[number : number + 1] = [
            ((*turns, Turn(steps[row], True)), on & present[row]),
            ((*turns, Turn(steps[row], False)), on & ~present[row]),
        ]
    leaves.sort(key=lambda leaf: -float(compared.weight[leaf[1]].sum()))
    return Division(tuple(turns for turns, _ in leaves), steps)


def decisive(compared: Compared) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Rows of the decisive steps, one of each set that comes and goes together, and what each says of the outcome."""
    from statistics import NormalDist

    p, q = compared.shares
    n = 1.0 / float((compared.weight**2).sum())
    m = compared.other.shape[1]
    a, b = (p * n + 1.0) / (n + 2.0), (q * m + 1.0) / (m + 2.0)
    error = np.sqrt(a * (1.0 - a) / n + b * (1.0 - b) / m)
    z = NormalDist().inv_cdf(1.0 - FALSE_ALARMS / max(len(p), 1) / 2.0)
    told = (np.abs(p - q) > z * error) & (np.abs(p - q) > LEAST_DIFFERENCE) & ~itself(compared.steps, p, q)
    worth = _information(a, b)
    order = [int(row) for row in np.lexsort((np.arange(len(p)), -worth * _told(compared.steps))) if told[row]]
    phi = _correlations(compared.reached[order], compared.weight)
    kept: list[int] = []
    for i in range(len(order)):
        if all(abs(phi[i, j]) < SAME for j in kept):
            kept.append(i)
    rows = np.array([order[i] for i in kept], np.intp)
    return rows, worth[rows] if len(rows) else np.zeros(0)


def _told(steps: tuple[Step, ...]) -> NDArray[np.float64]:
    return np.array([TOLD if step.kind == "outcome" else 1.0 for step in steps])


def itself(steps: tuple[Step, ...], p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Steps that are the outcome by another name, and the same option of single entities."""
    half = (p + q) / 2.0
    phi = (p - q) / 2.0 / np.sqrt(np.maximum(half * (1.0 - half), 1e-12))
    same = {(step.kind, step.id, step.option) for step, one in zip(steps, phi, strict=True) if one > ITSELF}
    return np.array(
        [step.kind == "rule" and (step.kind, step.id, step.option) in same for step in steps], bool
    )


def _information(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bits that a step's presence says about the outcome, were both kinds of timelines equally many."""
    half = (p + q) / 2.0
    return _entropy(half) - (_entropy(p) + _entropy(q)) / 2.0


def _entropy(p: NDArray[np.float64]) -> NDArray[np.float64]:
    p = np.clip(p, 1e-12, 1.0 - 1e-12)
    return np.asarray(-(p * np.log2(p) + (1.0 - p) * np.log2(1.0 - p)))


def _correlations(present: NDArray[np.bool_], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """(rows, rows) correlation of yes-or-no rows; 0 with a row that never changes."""
    centred = present - (present @ weight)[:, None]
    spread = np.sqrt((centred**2) @ weight)
    scaled = centred / np.where(spread > 0.0, spread, np.inf)[:, None]
    return np.asarray((scaled * weight) @ scaled.T)


def _best(
    present: NDArray[np.bool_],
    weight: NDArray[np.float64],
    on: NDArray[np.bool_],
    worth: NDArray[np.float64],
    told: NDArray[np.float64],
    least: float,
) -> tuple[int, float]:
    """(row, gain) of the best division of one part; the gain counts by how many timelines the part has."""
    share = float(weight[on].sum())
    if share <= 2.0 * least or len(worth) == 0:
        return -1, 0.0
    own = weight[on] / share
    part = present[:, on]
    p = part @ own
    large = (p * share >= least) & ((1.0 - p) * share >= least)
    spread = np.where(large, 1.0, 0.0)
    said = (_correlations(part, own) ** 2 * (p * (1.0 - p))[None, :]) @ worth * spread * told
    row = int(np.argmax(said))
    return row, float(said[row]) * share * 4.0


def rand_index(one: NDArray[np.int64], other: NDArray[np.int64]) -> float | None:
    """Agreement of two sortings of the same timelines, chance taken out (Hubert and Arabie 1985): 1 the same, 0 chance.

    None where it says nothing: fewer than two timelines, or both have put all in one place.
    """
    n = len(one)
    if n < 2 or (len(np.unique(one)) == 1 and len(np.unique(other)) == 1):
        return None
    table = np.zeros((int(one.max()) + 2, int(other.max()) + 2))
    np.add.at(table, (one, other), 1.0)
    pairs, rows, columns = _pairs(table), _pairs(table.sum(axis=1)), _pairs(table.sum(axis=0))
    chance = rows * columns / math.comb(n, 2)
    most = (rows + columns) / 2.0
    return float((pairs - chance) / (most - chance)) if most != chance else None


def _pairs(counts: NDArray[np.float64]) -> float:
    return float((counts * (counts - 1.0) / 2.0).sum())
