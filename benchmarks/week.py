"""What a week costs: nanoseconds a week, a draw and an event, hot, on one thread, in each mode.

python benchmarks/week.py [TIMELINES]
"""

from __future__ import annotations

import sys
import time

from allohistory.timeline.memory import Memory
from allohistory.timeline.model import load
from allohistory.timeline.plan import END, START, Plan

SEED = 77_001


def main() -> int:
    """Print a row a mode."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    blueprint = load().blueprint
    print(f"{'mode':<12}{'ms a timeline':>16}{'ns a week':>12}{'draws a timeline':>18}{'ns a draw':>12}")
    for name, horizon in (("rules only", START), ("same luck", END)):
        memory = Memory(blueprint)
        memory.load_plan(Plan(horizon=horizon, seed=SEED))
        memory.load_draw(0, ledger=horizon != START)
        memory.run(0)
        draws, started = 0, time.perf_counter()
        for timeline in range(count):
            memory.run(timeline)
            draws += int(memory.c.draws)
        seconds = time.perf_counter() - started
        each = seconds / count
        print(
            f"{name:<12}{each * 1e3:>16.3f}{each / blueprint.weeks * 1e9:>12.0f}"
            f"{draws / count:>18.0f}{seconds / max(draws, 1) * 1e9:>12.0f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
