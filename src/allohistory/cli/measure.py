"""Timings: import, help, a timeline in each mode, an ensemble on one thread and on all, and without the compiler.

A timeline is one world, first week to last; same luck runs the factual world beside it and counts once. Timings use a
seed that nobody asks by default, and nothing that was kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

SEED = 90_210
TIMELINES = 2000
PLAIN_TIMELINES = 2
REPEATS = 3
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Timing:
    """One figure: seconds, things a second, the baseline's seconds or rate, and how many times better than it."""

    name: str
    seconds: float
    rate: float | None = None
    baseline: float | None = None
    ratio: float | None = None
    note: str = ""


def measure(scenario: str, timelines: int | None, workers: int | None, tell: Tell) -> list[Timing]:
    """All rows, in order."""
    from allohistory.questions.question import workers_of
    from allohistory.timeline.model import load

    count = timelines or TIMELINES
    steps = 7
    tell("bench: processes", 0, steps)
    rows = processes()
    tell("bench: loading", 1, steps)
    started = time.perf_counter()
    model = load(scenario)
    rows.append(Timing("load the scenario", time.perf_counter() - started))
    tell("bench: kernels", 2, steps)
    rows.append(
        Timing(
            "kernels, from the cache or compiled", first_run(model), note="one timeline, first in its process"
        )
    )
    tell("bench: one thread", 3, steps)
    free = rate(model, count, 1, free=True)
    same = rate(model, count, 1, free=False)
    tell("bench: without the compiler", 5, steps)
    plain = plain_rate(model.name)
    rows.append(
        _timelines(
            "timelines, rules only, one thread", count, free, plain, "baseline: the same without the compiler"
        )
    )
    rows.append(
        _timelines("timelines, same luck, one thread", count, same, free, "baseline: rules only, one thread")
    )
    tell("bench: all threads", 6, steps)
    threads = workers_of(workers)
    if threads > 1:
        both = rate(model, count, threads, free=True)
        rows.append(
            _timelines(f"timelines, rules only, {threads} threads", count, both, free, "baseline: one thread")
        )
    tell("bench: done", steps, steps)
    return rows


def _timelines(name: str, count: int, rate: float, baseline: float, note: str) -> Timing:
    return Timing(name, count / rate, rate, baseline, rate / baseline if baseline else None, note)


def processes() -> list[Timing]:
    """Import and help in a new process, beside one that does nothing."""
    bare = _process([sys.executable, "-c", "pass"])
    importing = _process([sys.executable, "-c", "import allohistory"])
    helping = _process([sys.executable, "-m", "allohistory.cli.main", "--help"])
    note = "baseline: Python that does nothing"
    return [
        Timing("import allohistory", importing, None, bare, importing / bare, note),
        Timing("allohistory --help", helping, None, bare, helping / bare, note),
    ]


def _process(command: list[str]) -> float:
    best = float("inf")
    for _ in range(REPEATS):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - started)
    return best


def first_run(model: Model) -> float:
    """Seconds until the first timeline is there."""
    from allohistory.ensemble.run import run
    from allohistory.timeline.plan import END, Plan

    started = time.perf_counter()
    run(model.blueprint, Plan(horizon=END, draws=1, seed=SEED), count=1, workers=1)
    return time.perf_counter() - started


def rate(model: Model, count: int, workers: int, *, free: bool) -> float:
    """Timelines a second."""
    from allohistory.ensemble.run import run
    from allohistory.timeline.plan import END, START, Plan

    plan = Plan(horizon=START if free else END, seed=SEED + workers)
    started = time.perf_counter()
    run(model.blueprint, plan, count=count, workers=workers)
    return count / (time.perf_counter() - started)


def plain_rate(scenario: str) -> float:
    """Timelines a second with the compiler off, in a process of its own (few timelines: it is slow)."""
    code = (
        "import time\n"
        "from allohistory.ensemble.run import run\n"
        "from allohistory.timeline.model import load\n"
        "from allohistory.timeline.plan import START, Plan\n"
        f"model = load({scenario!r})\n"
        "started = time.perf_counter()\n"
        f"run(model.blueprint, Plan(horizon=START, seed={SEED}), count={PLAIN_TIMELINES}, workers=1)\n"
        f"print({PLAIN_TIMELINES} / (time.perf_counter() - started))\n"
    )
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    return float(done.stdout) if done.returncode == 0 else 0.0
