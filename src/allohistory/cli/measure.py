"""Timings: import, help, a timeline in each mode, an ensemble on one thread and on all, beside a C loop, and memory.

A timeline is one world, first week to last; same luck runs the factual world beside it and counts once. Timings use a
seed that nobody asks by default, and nothing that was kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
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
    """One figure: seconds, things a second, the baseline's seconds or rate, and how many times better than it.

    cpu_ms             processor time a timeline, all threads together
    draws, rule_calls  of one timeline, on average: addresses at which luck was asked, and rules that had to be asked
    megabytes          peak of a process
    """

    name: str
    seconds: float
    rate: float | None = None
    baseline: float | None = None
    ratio: float | None = None
    note: str = ""
    cpu_ms: float | None = None
    draws: float | None = None
    rule_calls: float | None = None
    megabytes: float | None = None


@dataclass(frozen=True)
class Speed:
    """Timelines a second, the best of a few runs, and what one cost in processor time."""

    rate: float
    cpu_ms: float


def measure(scenario: str, timelines: int | None, workers: int | None, tell: Tell) -> list[Timing]:
    """All rows, in order."""
    from allohistory.questions.question import workers_of
    from allohistory.timeline.model import load

    count, threads = timelines or TIMELINES, workers_of(workers)
    steps = 9
    tell("bench: processes", 0, steps)
    rows = processes()
    tell("bench: loading", 1, steps)
    started = time.perf_counter()
    model = load(scenario)
    rows.append(Timing("load the scenario", time.perf_counter() - started))
    tell("bench: kernels", 2, steps)
    note = "one timeline, first in its process"
    rows.append(Timing("kernels, from the cache or compiled", first_run(model), note=note))
    rows.append(warm_start(scenario))
    tell("bench: without the compiler", 3, steps)
    plain = plain_rate(model.name)
    tell("bench: one thread", 4, steps)
    free = speed(model, count, 1, free=True)
    rows.append(
        _timelines(model, "rules only, one thread", count, free, plain, "the same without the compiler")
    )
    same = speed(model, count, 1, free=False)
    rows.append(_timelines(model, "same luck, one thread", count, same, free.rate, "rules only, one thread"))
    if threads > 1:
        tell("bench: all threads", 6, steps)
        rows += together(model, count, threads, free)
    tell("bench: weeks of war", 7, steps)
    rows += war(model)
    tell("bench: memory", 8, steps)
    rows += memory(model.name, count, threads)
    tell("bench: done", steps, steps)
    return rows


def _timelines(model: Model, name: str, count: int, found: Speed, baseline: float, what: str) -> Timing:
    draws, rule_calls = of_one(model, free="same luck" not in name)
    note = (
        f"baseline: {what}; {found.cpu_ms:.2f} ms of processor time, {draws:,.0f} draws and "
        f"{rule_calls:,.0f} rules asked a timeline"
    )
    ratio = found.rate / baseline if baseline else None
    return Timing(
        f"timelines, {name}",
        count / found.rate,
        found.rate,
        baseline,
        ratio,
        note,
        cpu_ms=found.cpu_ms,
        draws=draws,
        rule_calls=rule_calls,
    )


def together(model: Model, count: int, threads: int, free: Speed) -> list[Timing]:
    """All threads, beside one thread and beside what a plain C loop gains from as many, measured just before."""
    from allohistory.cli.scaling import c_seconds

    found = c_seconds(threads)
    both = speed(model, count, threads, free=True)
    name = f"rules only, {threads} threads"
    row = _timelines(model, name, count, both, free.rate, "one thread")
    if found is None:
        note = f"{row.note}; no C compiler here, so what the machine itself gains is not known"
        return [replace(row, note=note)]
    one, many = found
    gain = threads * one / many
    share = both.rate / free.rate / gain
    loop = Timing(
        f"plain C loop, {threads} threads",
        many,
        threads / many,
        1 / one,
        gain,
        "baseline: one thread; loops a second",
    )
    return [loop, replace(row, note=f"{row.note}; {share:.0%} of what the C loop gains")]


def war(model: Model) -> list[Timing]:
    """A week of war beside a week of peace, where the scenario can have a war forced on it."""
    from allohistory.cli.war_weeks import LASTS, OPTION, RULE, SPAN, war_weeks

    found = war_weeks(model, SEED)
    if found is None:
        return []
    seconds, peace = found.war / 1e6, found.peace / 1e6
    note = (
        f"baseline: a week of peace; {found.war:.1f} and {found.peace:.2f} microseconds of processor time, one thread: "
        f"the same {found.wars:,} worlds for {SPAN} weeks, at peace and with {RULE}={OPTION} forced on them, which "
        f"brings {found.weeks:,.0f} weeks of war by {LASTS}"
    )
    return [Timing("a week of war", seconds, 1 / seconds, peace, seconds / peace, note)]


def of_one(model: Model, *, free: bool) -> tuple[float, float]:
    """(draws, rules asked) of a timeline, on average over a sheet of them."""
    from allohistory.timeline.memory import Memory
    from allohistory.timeline.plan import END, START, Plan
    from allohistory.timeline.shape import SHEET

    memory = Memory(model.blueprint)
    memory.load_plan(Plan(horizon=START if free else END, seed=SEED))
    memory.load_draw(0, ledger=not free)
    memory.run_many(0, 1, SHEET)
    draws = float(memory.c.sheet_draws.mean())
    return draws, draws - float(memory.c.sheet_slept.mean())


def memory(scenario: str, count: int, threads: int) -> list[Timing]:
    """Peak memory after few timelines and after many; the difference is what their outcomes take."""
    from allohistory.cli.memory_use import FEW, memory_use

    found = memory_use(scenario, FEW + count, threads)
    if found is None:
        return []
    note = (
        f"megabytes at the peak of a process: {found.before:.0f} after {FEW} timelines, {found.after:.0f} after "
        f"{found.timelines:,}, whose outcomes take {found.arrays:.1f}"
    )
    return [Timing("peak memory", 0.0, note=note, megabytes=found.after)]


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


def speed(model: Model, count: int, workers: int, *, free: bool) -> Speed:
    """The best of a few runs."""
    from allohistory.ensemble.run import run
    from allohistory.timeline.plan import END, START, Plan

    seconds = cpu = float("inf")
    for repeat in range(REPEATS):
        plan = Plan(horizon=START if free else END, seed=SEED + repeat)
        started, used = time.perf_counter(), time.process_time()
        run(model.blueprint, plan, count=count, workers=workers)
        seconds = min(seconds, time.perf_counter() - started)
        cpu = min(cpu, time.process_time() - used)
    return Speed(count / seconds, cpu / count * 1e3)


def warm_start(scenario: str) -> Timing:
    """A new process that loads the scenario and runs its first timeline from cached kernels."""
    code = (
        "from allohistory.ensemble.run import run\n"
        "from allohistory.timeline.model import load\n"
        "from allohistory.timeline.plan import END, Plan\n"
        f"run(load({scenario!r}).blueprint, Plan(horizon=END, draws=1, seed={SEED}), count=1, workers=1)\n"
    )
    seconds = _process([sys.executable, "-c", code])
    note = "a new process: scenario loaded, kernels from the cache, history replayed, one timeline"
    return Timing("warm start", seconds, note=note)


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
