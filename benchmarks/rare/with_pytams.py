"""The same Ornstein-Uhlenbeck problem, six standard deviations, by pyTAMS and by our splitting: error and time beside.

python benchmarks/rare/with_pytams.py [RUNS OF PYTAMS, default 20]

pyTAMS is no dependency: where it is missing the script says in one line how to install it. Both get the same process,
time step, score and target; pyTAMS drops one path at a time of 64, ours a quarter of 200. What is compared does not
hang on how many: the squared relative error of a run times its seconds.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from allohistory.questions.rare.known import MarkovPaths, tide
from allohistory.questions.rare.splitting import split

RUNS, PATHS, OURS = 20, 64, 400
DEVIATIONS, STEPS, MEMORY = 6.0, 80, 0.98
INPUT = """
[tams]
ntrajectories = {paths}
nsplititer = 5000
loglevel = "ERROR"
[runner]
type = "asyncio"
nworker_init = 1
nworker_iter = 1
[trajectory]
end_time = {steps}.0
step_size = 1.0
targetscore = 1.0
"""


def main() -> int:
    """Print a line for each."""
    if importlib.util.find_spec("pytams") is None:
        print("Ornstein-Uhlenbeck: pyTAMS is not installed; to compare with it: pip install pytams==1.0.0")
        return 0
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    known = tide(DEVIATIONS, STEPS, MEMORY)
    print(f"Ornstein-Uhlenbeck over {STEPS} steps, past {DEVIATIONS:g} deviations: {known.probability:.4g}")
    theirs, their_seconds = by_pytams(runs)
    used = time.process_time()
    found = split(MarkovPaths(known, 1), repeats=OURS, each=200, seed=1, top=known.top)
    seconds = (time.process_time() - used) / OURS
    print(f"  {'':<12}{'runs':>6}{'mean / truth':>14}{'error of one':>14}{'seconds':>10}{'error^2 x s':>14}")
    for name, estimates, each in (
        ("Allohistory", found.estimates, seconds),
        ("pyTAMS", theirs, their_seconds),
    ):
        error = estimates.std(ddof=1) / known.probability
        mean = estimates.mean() / known.probability
        print(
            f"  {name:<12}{len(estimates):>6}{mean:>14.2f}{error:>14.2f}{each:>10.4f}{error**2 * each:>14.3g}"
        )
    return 0


def by_pytams(runs: int) -> tuple[np.ndarray, float]:
    """Estimates of so many runs, and the processor seconds of one."""
    from pytams.tams import TAMS
    from pytams_tide import Tide

    here, used, found = Path.cwd(), processor(), []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            Path("input.toml").write_text(INPUT.format(paths=PATHS, steps=STEPS), encoding="utf-8")
            for _ in range(runs):
                with contextlib.redirect_stdout(io.StringIO()):
                    found.append(
                        float(TAMS(fmodel_t=Tide, a_args=["-i", "input.toml"]).compute_probability())
                    )
        finally:
            os.chdir(here)
    return np.array(found), (processor() - used) / runs


def processor() -> float:
    """Seconds of processor time of this process and of its workers that have ended."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    raise SystemExit(main())
