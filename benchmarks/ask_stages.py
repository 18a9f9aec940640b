"""How soon an interactive answer shows itself: two points of divergence, a process that has answered before.

    python benchmarks/ask_stages.py            a new seed each time, so that nothing kept helps
    python benchmarks/ask_stages.py --seed 41 --times 3

Prints, for each stage, wall-clock seconds since the question and processor seconds of all threads, the bar beside it.
"""

from __future__ import annotations

import argparse
import sys
import time
from statistics import median

from allohistory.questions.question import Question
from allohistory.questions.scenario import scenario

PODS = ("no-clash-at-marco-polo", "strike-north-july-1941")
BARS = {"first figures": 1.0, "all timelines": 5.0, "the other luck": 15.0, "whole": None}


def main() -> int:
    """Ask once to be warm, then measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--seed", type=int, default=int(time.time()) % 1_000_000, help="of the first one timed"
    )
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--pod", nargs="+", default=PODS)
    options = parser.parse_args()
    war = scenario()
    for _ in war.answers(Question(pods=tuple(options.pod), timelines=200, seed=options.seed + 10_000)):
        pass
    found: dict[str, list[tuple[float, float]]] = {}
    for time_of in range(options.times):
        started, spent = time.monotonic(), time.process_time()
        for answer in war.answers(Question(pods=tuple(options.pod), seed=options.seed + time_of)):
            name = answer.stage or "whole"
            found.setdefault(name, []).append((time.monotonic() - started, time.process_time() - spent))
    print(f"two points of divergence, hot, {options.times} seeds from {options.seed}: medians")
    late = []
    for name, times in found.items():
        wall, spent = (median(one[place] for one in times) for place in (0, 1))
        bar = BARS[name]
        print(
            f"  {name:16s} {wall:6.2f} s  ({spent:5.2f} s of processors)"
            + (f"  bar {bar:g} s" if bar else "")
        )
        late += [name] if bar is not None and wall > bar else []
    return 3 if late else 0


if __name__ == "__main__":
    sys.exit(main())
