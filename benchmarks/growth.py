"""What more costs: time and memory against the number of timelines of a run on disk, and against the number of rules.

    python benchmarks/growth.py [--most 1000000] [--rules 160] [--write PAGE] [--chart FILE.svg] [--json FILE]

Timelines: `allohistory ask --out` from a thousand up by tens, each in new processes on a folder of its own, with a seed
that nobody asks, nothing but the rules. Processor time is that of all processes together, and that of a timeline is
what each timeline more costs than in the run before: starting, loading and answering are in both. Memory is the
greatest sum of what the processes hold at once (looked at every tenth of a second; shared pages count once a process).

Rules: a scenario made up for this, of so many rules (a third clocks, a third choices, a third shocks), each asked every
week of twenty years, one thread.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

SEED = 90_217
BEFORE, FIRST = 100, 1_000
EVERY_SECONDS = 0.1
MEGABYTE = 1 << 20
WEEKS, RULE_TIMELINES = 1_043, 200


@dataclass(frozen=True)
class Cost:
    """What a run came to: wall-clock and processor seconds, megabytes in memory and on the disk."""

    timelines: int
    seconds: float
    cpu: float
    memory: float
    disk: float


@dataclass(frozen=True)
class RuleCost:
    """Milliseconds of processor time a timeline with so many rules."""

    rules: int
    milliseconds: float


# ---------------------------------------------------------------- timelines


def run_cost(timelines: int, words: list[str], workers: int) -> Cost:
    """One run on disk, in processes of its own."""
    folder = Path(tempfile.mkdtemp(prefix="allohistory-growth-"))
    command = [sys.executable, "-m", "allohistory.cli.main", "ask", "--timelines", str(timelines)]
    command += ["--seed", str(SEED), "--workers", str(workers), "--out", str(folder / "run"), *words]
    before, started = _children_seconds(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        most = max(most, sum(_resident(one) for one in _family(process.pid)))
        time.sleep(EVERY_SECONDS)
    seconds, cpu = time.perf_counter() - started, _children_seconds() - before
    if process.returncode not in (0, 3):
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    disk = sum(file.stat().st_size for file in (folder / "run" / "parts").iterdir())
    shutil.rmtree(folder)
    return Cost(timelines, seconds, cpu, most / MEGABYTE, disk / MEGABYTE)


def _children_seconds() -> float:
    used = os.times()
    return used.children_user + used.children_system


def _family(process: int) -> list[int]:
    """A process and those it started, all the way down, where the system tells."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, ValueError, IndexError):
            continue
    found = [process]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _resident(process: int) -> int:
    """Bytes that a process holds in memory."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


# ---------------------------------------------------------------- rules


HEAD = '''"""A scenario of {count} rules, made up to be timed."""
from numpy import int64
from allohistory.luck.compiled import entry, kernel
from allohistory.timeline.drawing import amount, choice, clock, shock
from allohistory.timeline.rule import rule
from allohistory.timeline.world import close_week, close_world, open_week, open_world
'''
CLOCK = '''
@rule("r{n}.fires", draws="clock")
def rule_{n}(level):
    """A clock."""
    return 0.02 + 0.0001 * level * level
'''
CHOICE = '''
@rule("r{n}.chooses", draws="choice", options=("a", "b", "c"))
def rule_{n}(level):
    """A choice."""
    return (1.0, 0.1 * level, -0.5)
'''
SHOCK = '''
@rule("r{n}.moves", draws="shock")
def rule_{n}(level):
    """A shock."""
    return (-0.01 * level, 1.0)
'''
CALLS = (
    "    if clock(c, int64({n}), int64(0), rule_{n}(s.level)) > 0:\n        s.level -= 0.1\n",
    "    s.level += 0.01 * float(choice(c, int64({n}), int64(0), c.week, int64(0), rule_{n}(s.level)))\n",
    "    s.level = 0.9 * s.level + 0.1 * shock(c, int64({n}), int64(0), c.week, int64(0), *rule_{n}(s.level))\n",
)
LOOP = '''
@entry
def run_worlds(contexts, worlds, numbers, parameters, parameter_numbers, start, drawn):
    """The loop."""
    c, w, p = contexts[0], worlds[0], parameters[0]
    for world in range(c.worlds):
        open_world(c, world, numbers, parameter_numbers, start, drawn)
        for number in range(c.weeks):
            open_week(c, numbers, parameter_numbers, number)
            week(c, w, p)
            close_week(c, numbers)
            if c.aside != 0:
                break
        close_world(c, world)
'''


def scenario_text(count: int) -> str:
    """A module with so many rules, each asked once a week."""
    rules = [(CLOCK, CHOICE, SHOCK)[n % 3].format(n=n) for n in range(1, count + 1)]
    calls = [CALLS[n % 3].format(n=n) for n in range(1, count + 1)]
    names = ", ".join(f"{n}: rule_{n}" for n in range(1, count + 1))
    week = '\n@kernel\ndef week(c, w, p):\n    """All rules, in turn."""\n    s = w.state\n' + "".join(calls)
    end = "    amount(c, int64(0), s.level)\n"
    return "".join([HEAD.format(count=count), *rules, week, end, LOOP, f"\nRULES = {{{names}}}\n"])


def rule_cost(count: int, folder: Path) -> RuleCost:
    """The cost of a timeline of a scenario of so many rules; the best of three."""
    from allohistory.ensemble.run import run
    from allohistory.timeline.plan import START, Plan

    name = f"made_up_{count}"
    (folder / f"{name}.py").write_text(scenario_text(count), encoding="utf-8")
    importlib.invalidate_caches()
    blueprint = blueprint_of(importlib.import_module(name), name)
    best = float("inf")
    run(blueprint, Plan(horizon=START, draws=1, seed=SEED), count=1, workers=1)
    for repeat in range(3):
        plan, started = Plan(horizon=START, draws=1, seed=SEED + repeat), time.process_time()
        found = run(blueprint, plan, count=RULE_TIMELINES, workers=1)
        best = min(best, time.process_time() - started)
        assert found.kept.all()
    return RuleCost(count, best / RULE_TIMELINES * 1e3)


def blueprint_of(module: Any, name: str) -> Any:
    """What the engine needs of it."""
    from allohistory.timeline.blueprint import Blueprint, RuleFacts, VariableFacts

    facts = tuple(
        RuleFacts(
            id=rule.card.id,
            number=number,
            draws=rule.card.draws,
            entities=("",),
            options=rule.card.options,
            silent=-1,
            place=place,
            latent=False,
        )
        for place, (number, rule) in enumerate(module.RULES.items(), start=1)
    )
    return Blueprint(
        name=name,
        run_worlds=module.run_worlds,
        weeks=WEEKS,
        rules=facts,
        variables=(VariableFacts("state.level", (0.0,), -1e6, 1e6),),
        parameters=("world.one",),
        parameter_draws=np.ones((1, 1)),
        latent_seeds=np.zeros(1, np.int64),
        outcomes=("level",),
        series=(),
        entries=(),
        coverage=(),
        year_of=np.array([1931 + week // 52 for week in range(WEEKS)], np.int64),
        month_of=np.array([1 + (week % 52) // 4 % 12 for week in range(WEEKS)], np.int64),
        week_of_year_of=np.arange(WEEKS) % 52,
    )


# ---------------------------------------------------------------- what is shown


def own(costs: list[Cost], base: Cost) -> list[float]:
    """Milliseconds of processor time that each timeline more costs than in the run before."""
    before = [base, *costs]
    return [
        (one.cpu - last.cpu) / (one.timelines - last.timelines) * 1e3
        for last, one in zip(before, costs, strict=False)
    ]


def page(costs: list[Cost], base: Cost, rules: list[RuleCost]) -> str:
    """Two tables."""
    lines = [
        "| timelines | seconds | a second | processor time a further timeline, ms | memory, MB | on disk, MB |",
        "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one, each in zip(costs, own(costs, base), strict=True):
        lines.append(
            f"| {one.timelines:,} | {one.seconds:.1f} | {one.timelines / one.seconds:,.0f} | {each:.2f} "
            f"| {one.memory:,.0f} | {one.disk:,.2f} |"
        )
    lines += [
        "",
        f"A run of {base.timelines} timelines: {base.seconds:.1f} s, {base.cpu:.1f} s of processor time.",
        "",
    ]
    lines += ["| rules | processor time a timeline, ms | a rule and week, ns |", "| ---: | ---: | ---: |"]
    for rule in rules:
        each = rule.milliseconds / rule.rules / WEEKS * 1e6
        lines.append(f"| {rule.rules} | {rule.milliseconds:.3f} | {each:.0f} |")
    return "\n".join(lines) + "\n"


def chart(costs: list[Cost], base: Cost, rules: list[RuleCost], path: Path) -> None:
    """Three small charts: the cost of a timeline and memory by timelines, the cost of a timeline by rules."""
    import altair as alt

    of_runs = [
        {"timelines": one.timelines, "ms": each, "MB": one.memory}
        for one, each in zip(costs, own(costs, base), strict=True)
    ]
    many = alt.X("timelines:Q", scale=alt.Scale(type="log"), title="timelines of the run")
    size = {"width": 190, "height": 150}

    def line(rows: list[dict[str, float]], x: Any, y: str, title: str) -> Any:
        axis = alt.Y(f"{y}:Q", title=title, scale=alt.Scale(zero=True))
        return (
            alt.Chart(alt.Data(values=rows))
            .mark_line(point=True, color="#2f4b6e")
            .encode(x=x, y=axis)
            .properties(**size)
        )

    found = alt.hconcat(
        line(of_runs, many, "ms", "ms a further timeline"),
        line(of_runs, many, "MB", "memory, MB"),
        line([asdict(one) for one in rules], alt.X("rules:Q"), "milliseconds", "ms a timeline"),
    )
    found.save(str(path))


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=1_000_000, help="timelines of the largest run")
    parser.add_argument("--rules", type=int, default=160, help="rules of the largest scenario")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", type=Path, help="put the tables into this page, between its marks")
    parser.add_argument("--chart", type=Path)
    parser.add_argument(
        "--json", type=Path, help="keep the figures; they are gone on with when the file is there"
    )
    options, words = parser.parse_known_args()
    sizes = [FIRST * 10**power for power in range(7) if FIRST * 10**power <= options.most]
    sizes += [options.most] if options.most not in sizes else []
    kept: dict[str, Any] = {"costs": {}, "rules": {}}
    if options.json is not None and options.json.is_file():
        kept = json.loads(options.json.read_text(encoding="utf-8"))
    for size in [BEFORE, *sizes]:
        if str(size) not in kept["costs"]:
            kept["costs"][str(size)] = asdict(run_cost(size, words, options.workers))
            _keep(kept, options.json)
        print(kept["costs"][str(size)], flush=True)
    with tempfile.TemporaryDirectory() as folder:
        sys.path.insert(0, folder)
        for count in [10 * 2**power for power in range(8) if 10 * 2**power <= options.rules]:
            if str(count) not in kept["rules"]:
                kept["rules"][str(count)] = asdict(rule_cost(count, Path(folder)))
                _keep(kept, options.json)
            print(kept["rules"][str(count)], flush=True)
    base = Cost(**kept["costs"][str(BEFORE)])
    costs = [Cost(**kept["costs"][str(size)]) for size in sizes]
    rules = [RuleCost(**one) for _, one in sorted(kept["rules"].items(), key=lambda pair: int(pair[0]))]
    text = page(costs, base, rules)
    print(text)
    if options.write is not None:
        written_between(options.write, text)
    if options.chart is not None:
        chart(costs, base, rules, options.chart)
    return 0


def _keep(kept: dict[str, Any], path: Path | None) -> None:
    if path is not None:
        path.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def written_between(path: Path, text: str) -> None:
    """Put the tables between the page's two marks."""
    before, after = "<!-- growth -->\n", "<!-- end of growth -->"
    held = path.read_text(encoding="utf-8")
    head, rest = held.split(before)
    path.write_text(f"{head}{before}\n{text}\n{after}{rest.split(after)[1]}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
