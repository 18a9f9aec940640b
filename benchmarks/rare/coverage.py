"""How often do the stated 90 % intervals hold the truth? Over many runs of each of five problems of known probability.

python benchmarks/rare/coverage.py [RUNS, default 2000]

A run is 20 repeats of 200 paths. 2,000 runs know a coverage of 90 % to 0.7 points.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from allohistory.questions.rare.intervals import gain, ideal_gain, of_repeats
from allohistory.questions.rare.known import Known, MarkovPaths, problems
from allohistory.questions.rare.splitting import split

RUNS, REPEATS, EACH = 2_000, 20, 200
AT_ONCE = 10  # runs side by side in memory


def main() -> int:
    """Print one line a problem; 1 where a coverage lies outside 88 to 92 %."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    print(f"{runs} runs of {REPEATS} repeats of {EACH} paths: 90 % intervals")
    print(
        f"{'':<10}{'probability':>13}{'hold it':>9}{'below':>8}{'above':>8}{'error':>8}{'gain':>12}{'of ideal':>10}"
    )
    return max([measured(known, runs) for known in problems()])


def measured(known: Known, runs: int) -> int:
    """One problem."""
    used = time.process_time()
    held, below, means, work = 0, 0, [], 0.0
    for batch in range(runs // AT_ONCE):
        found = split(
            MarkovPaths(known, 1 + batch),
            repeats=REPEATS * AT_ONCE,
            each=EACH,
            seed=1_000_000 + batch,
            levels=known.levels,
            top=known.top,
        )
        work += found.work
        for estimates in found.estimates.reshape(AT_ONCE, REPEATS):
            told = of_repeats(estimates)
            means.append(told.probability)
            held += told.interval[0] <= known.probability <= told.interval[1]
            below += told.interval[1] < known.probability
    n, p = len(means), known.probability
    error = float(np.std(means, ddof=1)) / p
    gained = gain(p, error, work / n)
    print(
        f"{known.name:<10}{p:>13.3g}{held / n:>9.1%}{below / n:>8.1%}{(n - held - below) / n:>8.1%}{error:>8.1%}"
        f"{gained:>12,.0f}{gained / ideal_gain(p):>10.0%}   {time.process_time() - used:.0f} s of processor",
        flush=True,
    )
    return int(not 0.88 <= held / n <= 0.92)


if __name__ == "__main__":
    raise SystemExit(main())
