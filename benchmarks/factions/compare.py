"""Timelines a second of one declared toy model, in Mesa and in this project's way, equal in distribution.

python benchmarks/factions/compare.py [TIMELINES WITH MESA]
"""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
OUTPUTS = ("raids", "highest anger", "week of the first raid")
MESA_TIMELINES, OURS = 40, 500
# Two-sample Kolmogorov-Smirnov: the distance that equal distributions exceed once in a thousand times, per output.
ONCE_IN_A_THOUSAND = 1.949


def main() -> int:
    """Print both speeds, and whether the two agree."""
    if importlib.util.find_spec("mesa") is None:
        print("border and factions: Mesa is not installed; to compare with it: pip install mesa==3.3.1")
        return 0
    import ours
    import with_mesa

    count = int(sys.argv[1]) if len(sys.argv) > 1 else MESA_TIMELINES
    model = ours.blueprint()
    ours.run(model, 10, 1, seed=1)
    started, used = time.perf_counter(), time.process_time()
    here = ours.run(model, OURS, 1, seed=2)
    ours_seconds, ours_cpu = time.perf_counter() - started, time.process_time() - used
    started, used = time.perf_counter(), time.process_time()
    there = np.array([with_mesa.run(seed) for seed in range(count)])
    mesa_seconds, mesa_cpu = time.perf_counter() - started, time.process_time() - used
    print("border and factions: 20 actors, 50 roads, 990 weeks, 290 draws a week; one thread")
    print(f"  {'':<12}{'a second':>12}{'ms of processor':>18}{'lines of code':>16}")
    for name, done, seconds, cpu, source in (
        ("Allohistory", OURS, ours_seconds, ours_cpu, "ours.py"),
        ("Mesa", count, mesa_seconds, mesa_cpu, "with_mesa.py"),
    ):
        lines = sum(bool(line.strip()) for line in (HERE / source).read_text(encoding="utf-8").splitlines())
        print(f"  {name:<12}{done / seconds:>12,.1f}{cpu / done * 1e3:>18,.2f}{lines:>16}")
    bound = ONCE_IN_A_THOUSAND * ((OURS + count) / (OURS * count)) ** 0.5
    agree = True
    for i, name in enumerate(OUTPUTS):
        found = distance(here[:, i], there[:, i])
        agree = agree and found <= bound
        print(
            f"  {name}: means {here[:, i].mean():.2f} and {there[:, i].mean():.2f}, "
            f"distance {found:.3f} (bound {bound:.3f})"
        )
    print("  equal in distribution" if agree else "  NOT equal in distribution")
    return 0 if agree else 1


def distance(one: np.ndarray, other: np.ndarray) -> float:
    """The greatest difference between two samples' shares below any value."""
    at = np.concatenate([one, other])
    below = [np.searchsorted(np.sort(each), at, side="right") / len(each) for each in (one, other)]
    return float(np.abs(below[0] - below[1]).max())


if __name__ == "__main__":
    sys.exit(main())
