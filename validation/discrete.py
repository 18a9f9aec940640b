"""Same luck against rejection sampling, on every discrete textbook block, coupling and clock convention.

    python validation/discrete.py                    a million prior draws a line
    python validation/discrete.py --draws 100000     fewer

Each line compares two counts of the same outcomes, from two independent samples, with a false-alarm rate of 1e-6.
Ends with 3 where a line disagrees, else 0.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy import stats

import engine_side as engine
import rejection
from rejection import CLOCKS, COUPLINGS, Counts, Luck

FALSE_ALARM = 1e-6
SEED = 1931


@dataclass(frozen=True)
class Case:
    """One comparison: by rejection from so many prior draws, and by the engine from so many timelines.

    rare   how many times more draws it takes, because its record is a rare one
    """

    name: str
    rejected: Callable[[Luck, int], Counts]
    engine: Callable[[int], np.ndarray]
    rare: int = 1


def cases() -> Iterator[Case]:
    """Every comparison."""
    yield from choices()
    yield from clocks()


def choices() -> Iterator[Case]:
    """Those of choices."""
    for coupling in COUPLINGS:
        for first in (0, 1):
            for second in (0, 1):
                yield Case(
                    f"chain {first}{second}, {coupling}",
                    lambda luck, n, a=first, b=second, c=coupling: rejection.chain(luck, a, b, n, c),
                    lambda n, a=first, b=second, c=coupling: engine.chain(a, b, n, c),
                )
        for took in range(4):
            yield Case(
                f"four, took {took}, {coupling}",
                lambda luck, n, a=took, c=coupling: rejection.four(luck, a, n, c),
                lambda n, a=took, c=coupling: engine.four(a, n, c),
            )
    for cause, act, end in ((-0.8, 0, 1), (0.3, 1, 0), (1.1, 0, 1)):
        yield Case(
            f"confounded {cause} {act}{end}",
            lambda luck, n, x=cause, a=act, e=end: rejection.confounded(luck, x, a, e, n),
            lambda n, x=cause, a=act, e=end: engine.confounded(x, a, e, n),
        )
    for act, shift in ((1, -1.0), (0, 0.7)):
        yield Case(
            f"hidden {act}, shift {shift}",
            lambda luck, n, a=act, s=shift: rejection.hidden(luck, a, s, n),
            lambda n, a=act, s=shift: engine.hidden(a, s, max(n // 25, 400)),
        )


def clocks() -> Iterator[Case]:
    """Those of clocks."""
    for convention in CLOCKS:
        for day, which, rate in ((2, 0, 0.05), (6, 1, 0.4)):
            for coupling in ("gumbel", "redraw"):
                yield Case(
                    f"rivals day {day} which {which} rate {rate}, {coupling}, {convention}",
                    lambda luck, n, d=day, w=which, r=rate, c=coupling, k=convention: rejection.rivals(
                        luck, d, w, r, n, c, k
                    ),
                    lambda n, d=day, w=which, r=rate, c=coupling, k=convention: engine.rivals(
                        d, w, r, n, c, k
                    ),
                    rare=4,
                )
        for day, rate in ((0, 0.8), (1, 0.6), (4, 0.05), (7, 0.6)):
            yield Case(
                f"the day, {day}, rate {rate}, {convention}",
                lambda luck, n, d=day, r=rate, k=convention: rejection.rivals_day(luck, d, r, n, k),
                lambda n, d=day, r=rate, k=convention: engine.rivals_day(d, r, min(n, 20_000), k),
            )
        for factor in (0.6, 1.4):
            yield Case(
                f"repeats, hazard times {factor}, {convention}",
                lambda luck, n, f=factor, k=convention: rejection.repeats(luck, (1, 4, 5), f, n, k),
                lambda n, f=factor, k=convention: engine.repeats((1, 4, 5), f, n, k),
                rare=20,
            )


def worst(rejected: np.ndarray, same_luck: np.ndarray) -> float:
    """The smallest p-value over the outcomes (two-sample exact test), times the number of outcomes."""
    both = np.stack([rejected, same_luck])
    totals = both.sum(axis=1)
    values = [
        stats.fisher_exact(
            [[both[0, j], totals[0] - both[0, j]], [both[1, j], totals[1] - both[1, j]]]
        ).pvalue
        for j in range(both.shape[1])
        if both[:, j].sum() > 0
    ]
    return float(min(min(values) * len(values), 1.0))


def compared(case: Case, draws: int, timelines: int, seed: int = SEED) -> tuple[Counts, np.ndarray, float]:
    """Rejection's counts, the engine's, and the corrected p-value."""
    rejected = case.rejected(np.random.default_rng([seed, *case.name.encode()]), draws * case.rare)
    same_luck = case.engine(timelines)
    return rejected, same_luck, worst(rejected.outcome, same_luck)


def main() -> int:
    """Compare and print a line for each case."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=1_000_000)
    parser.add_argument("--timelines", type=int, default=100_000)
    arguments = parser.parse_args()
    bad = 0
    print(f"{'case':55} {'kept':>8}  rejection | same luck                             p")
    for case in cases():
        rejected, same_luck, p = compared(case, arguments.draws, arguments.timelines)
        bad += p < FALSE_ALARM
        shares = " ".join(f"{x:.4f}" for x in rejected.outcome / max(rejected.kept, 1))
        again = " ".join(f"{x:.4f}" for x in same_luck / same_luck.sum())
        mark = "  DISAGREES" if p < FALSE_ALARM else ""
        print(f"{case.name:55} {rejected.kept:8,}  {shares} | {again}  {p:.2g}{mark}", flush=True)
    print("all agree" if not bad else f"{bad} disagree")
    return 3 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
