"""What moves the answers: groups of parameters, single parameters, chance. Nothing but the rules decides.

Every timeline of the design has parameters of its own, standard normal numbers z in coordinates in which what is
believed of each parameter has middle 0 and spread 1: its posterior where a calibration is kept, and else its prior.
What the record says of two parameters together is left out. Two independent samples A and B of parameters and luck,
and A with one group's parameters taken from B under A's own luck (Sobol's pick and freeze), give each group two shares
of the variance of a 0/1 outcome:

    first   variance of the outcome's probability given the group alone       (Saltelli et al. 2010)
    total   what would be left if all but the group were known                (Jansen 1999)

1,900 parameters are too many to do so one by one. Their slopes come from all plain timelines at once: if belief i moves
by one of its spreads, the probability moves by E[y z_i] to first order (the score of a normal law). Benjamini and
Hochberg keep the expected share of false finds below a tenth; the strongest ten are picked and frozen by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allohistory.ensemble.run import default_workers
from allohistory.evidence.by_address import normals, resampled, shuffled
from allohistory.evidence.coordinates import Coordinates
from allohistory.evidence.posterior import read_learnt
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import START, Plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.timeline.model import Model

FALSE_FINDS = 0.1  # expected share of false ones among the single parameters found
STRONGEST = 10
BOOTSTRAPS = 400
SHUFFLES = 20
INTERVAL = (0.05, 0.95)
SAMPLE_A, SAMPLE_B, SAMPLE_PLAIN, BOOTSTRAP, SHUFFLE = range(5)  # addresses of the study's own luck
Tell = Callable[[int], None]
Pair = tuple[float, float]


@dataclass(frozen=True)
class Share:
    """A share of the outcome's variance, first-order and total, with 90 % bootstrap intervals."""

    first: float
    first_interval: Pair
    total: float
    total_interval: Pair


@dataclass(frozen=True)
class Slope:
    """What a move of what is believed of one parameter, by one of its spreads, does to the probability, to first order.

    z      the slope in its standard errors
    found  does it survive the control of false finds?
    """

    parameter: str
    slope: float
    interval: Pair
    z: float
    found: bool


class Runs:
    """Free timelines under parameters of their own. `outcomes` are yes-outcomes that timelines carry.

    middle, spread  (parameters,) of what is believed of each, in coordinates in which its prior has 0 and 1
    learnt          is that the posterior of a kept calibration?
    """

    def __init__(
        self, model: Model, outcomes: Sequence[str], seed: int, workers: int | None, tell: Tell | None
    ) -> None:
        self.model, self.tell, self.seed = model, tell, seed
        self.coordinates = Coordinates(model.book)
        self.middle, self.spread, self.learnt = believed(model, self.coordinates)
        self.places = [model.outcomes.index(id) for id in outcomes]
        self.threads = max(1, workers or default_workers())
        self.memories = [Memory(model.blueprint) for _ in range(self.threads)]
        for memory in self.memories:
            memory.load_plan(Plan(horizon=START, seed=seed))
        self.run_so_far = self.aside = 0

    def values(self, z: NDArray[np.floating]) -> NDArray[np.float64]:
        """(n, parameters) in their units, for as many standard normal numbers."""
        return np.stack(
            [self.coordinates.values(self.middle + self.spread * np.asarray(row, float)) for row in z]
        )

    def value_of(self, column: int, spreads: float) -> float:
        """One parameter, in its unit, so many spreads from its middle."""
        z = np.array([self.middle[column] + self.spread[column] * spreads])
        return float(self.coordinates.values(z, np.array([column]))[0])

    def __call__(self, values: NDArray[np.float64], timelines: NDArray[np.int64]) -> NDArray[np.float64]:
        """(n, outcomes) 1 or 0; what was set aside counts as 0, and is counted.

        values     (n, parameters) in their units, in the order of the book
        timelines  (n,) whose luck
        """
        found = np.zeros((len(values), len(self.places)))

        def work(thread: int) -> int:
            memory, aside = self.memories[thread], 0
            for row in range(thread, len(values), self.threads):
                memory.drawn[memory.positions] = values[row]
                memory.c.latent_seed = timelines[row] + 1
                memory.run_many(int(timelines[row]), 1, 1)
                if memory.c.sheet_aside[0] == 0:
                    found[row] = memory.c.sheet_value[0, self.places] > 0.5
                else:
                    aside += 1
            return aside

        with ThreadPoolExecutor(self.threads) as pool:
            self.aside += sum(pool.map(work, range(self.threads)))
        self.run_so_far += len(values)
        if self.tell is not None:
            self.tell(len(values))
        return found


def believed(model: Model, coordinates: Coordinates) -> tuple[NDArray[np.float64], NDArray[np.float64], bool]:
    """Middle and spread of every parameter's posterior in its prior's coordinates; 0 and 1 where none is kept."""
    learnt = read_learnt(model)[0]
    if not set(coordinates.ids) <= set(learnt):
        return np.zeros(coordinates.count), np.ones(coordinates.count), False
    rows = [learnt[id] for id in coordinates.ids]
    return np.array([row.shift for row in rows]), np.array([row.spread for row in rows]), True


@dataclass(frozen=True)
class Design:
    """Two samples of parameters and luck, and what came of them.

    z_a, z_b, values_a, values_b  (n, parameters); luck_a, luck_b: (n,) timelines; y_a, y_b: (n, outcomes)
    """

    z_a: NDArray[np.float64]
    z_b: NDArray[np.float64]
    values_a: NDArray[np.float64]
    values_b: NDArray[np.float64]
    luck_a: NDArray[np.int64]
    luck_b: NDArray[np.int64]
    y_a: NDArray[np.float64]
    y_b: NDArray[np.float64]


def design(runs: Runs, n: int) -> Design:
    """The two samples, run."""
    count = len(runs.coordinates.ids)
    z_a, z_b = (normals(runs.seed, sample, range(n), count) for sample in (SAMPLE_A, SAMPLE_B))
    luck_a, luck_b = np.arange(n), np.arange(n, 2 * n)
    values_a, values_b = runs.values(z_a), runs.values(z_b)
    y_a, y_b = runs(values_a, luck_a), runs(values_b, luck_b)
    return Design(z_a, z_b, values_a, values_b, luck_a, luck_b, y_a, y_b)


def frozen(
    runs: Runs, made: Design, columns: NDArray[np.int64], rows: int | None = None
) -> NDArray[np.float64]:
    """(rows, outcomes): sample A with some parameters from B, under A's own luck."""
    mixed = made.values_a[:rows].copy()
    mixed[:, columns] = made.values_b[:rows, columns]
    return runs(mixed, made.luck_a[:rows])


def share(y_a: NDArray[np.float64], y_b: NDArray[np.float64], mixed: NDArray[np.float64], seed: int) -> Share:
    """First-order and total share of one outcome's variance, from (n,) outcomes of the three samples."""
    first, total = _shares(y_a, y_b, mixed)
    again = np.array(
        [
            _shares(y_a[rows], y_b[rows], mixed[rows])
            for rows in resampled(seed, BOOTSTRAP, BOOTSTRAPS, len(y_a))
        ]
    )
    low, high = np.quantile(again, INTERVAL, axis=0)
    return Share(first, (float(low[0]), float(high[0])), total, (float(low[1]), float(high[1])))


def _shares(y_a: NDArray[np.float64], y_b: NDArray[np.float64], mixed: NDArray[np.float64]) -> Pair:
    variance = float(np.concatenate([y_a, y_b]).var())
    if variance == 0.0:
        return 0.0, 0.0
    centre = float(y_b.mean())
    first = float(np.mean((y_b - centre) * (mixed - y_a))) / variance
    return first, float(np.mean((y_a - mixed) ** 2)) / (2.0 * variance)


def subjects(model: Model) -> Mapping[str, NDArray[np.int64]]:
    """The columns of each subject of the rule book: the file in which its parameters are written."""
    held: dict[str, list[int]] = {}
    for place, parameter in enumerate(model.book.parameters.values()):
        held.setdefault(parameter.file.rpartition("/")[2].removesuffix(".toml"), []).append(place)
    return {name: np.array(places) for name, places in sorted(held.items())}


def slopes(
    ids: Sequence[str], z: NDArray[np.floating], y: NDArray[np.float64], false_finds: float = FALSE_FINDS
) -> list[Slope]:
    """The slope of every parameter, the strongest first."""
    n, half = len(y), 1.6448536269514722
    slope, error = scores(z, y)
    found = discoveries(slope / error, false_finds) if error > 0.0 else np.zeros(len(slope), bool)
    order = np.argsort(-np.abs(slope), kind="stable")
    return [
        Slope(
            ids[place],
            float(slope[place]),
            (float(slope[place] - half * error), float(slope[place] + half * error)),
            float(slope[place] / error) if n and error > 0.0 else 0.0,
            bool(found[place]),
        )
        for place in order
    ]


def scores(z: NDArray[np.floating], y: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """E[(y - p) z_i] for every parameter, and the standard error that each has where it moves nothing."""
    centred = np.asarray(y - y.mean(), z.dtype)
    return np.asarray(centred @ z, float) / len(y), float(y.std()) / np.sqrt(len(y))


def discoveries(z: NDArray[np.float64], false_finds: float) -> NDArray[np.bool_]:
    """Which of many scores stand out, the expected share of false ones held down (Benjamini and Hochberg 1995)."""
    from scipy.special import ndtr

    p = 2.0 * ndtr(-np.abs(z))
    order = np.argsort(p, kind="stable")
    passed = np.flatnonzero(p[order] <= false_finds * np.arange(1, len(p) + 1) / len(p))
    kept = np.zeros(len(p), bool)
    kept[order[: passed[-1] + 1 if len(passed) else 0]] = True
    return kept


def false_alarms(
    z: NDArray[np.floating], y: NDArray[np.float64], seed: int, shuffles: int = SHUFFLES
) -> float:
    """How many parameters would be found on the mean if outcomes had nothing to do with them: outcomes shuffled."""
    counts = []
    for row in range(shuffles):
        slope, error = scores(z, y[shuffled(seed, SHUFFLE, row, len(y))])
        counts.append(int(discoveries(slope / error, FALSE_FINDS).sum()) if error > 0.0 else 0)
    return float(np.mean(counts))
