"""The same questions asked of the engine: the textbook blocks under their records, changed, on same luck."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

TESTS = Path(__file__).resolve().parent.parent / "tests"
sys.path[:0] = [str(TESTS), str(TESTS.parent / "src")]

from allohistory.ensemble.run import run  # noqa: E402
from allohistory.timeline.blueprint import Blueprint, EntryFacts  # noqa: E402
from allohistory.timeline.changes import CHOICE, HAZARD, PARAMETER_SET  # noqa: E402
from allohistory.timeline.latent import select_latent_seeds  # noqa: E402
from allohistory.timeline.memory import Memory  # noqa: E402
from allohistory.timeline.plan import END, Item, Plan  # noqa: E402
from rejection import CLOCKS, COUPLINGS, FOUR_AFTER  # noqa: E402
from textbook import blocks  # noqa: E402
from textbook.running import little_models  # noqa: E402

OUTCOME = {name: i for i, name in enumerate(blocks.OUTCOMES)}
NUMBER = {id: i + 1 for i, id in enumerate(blocks.RULE_IDS)}
WEEK = {"line.x": 0, "line.y": 0, "rivals.which": 2}
STANDING = {
    "line.x": 0.0,
    "line.y": 0.0,
    "chain.first": 0,
    "chain.second": 0,
    "confounded.cause": 0.0,
    "confounded.act": 0,
    "confounded.end": 0,
    "hidden.cause": 0.0,
    "hidden.act": 0,
    "four.takes": 0,
}


def record(fired: dict[str, list[tuple[int, int]]] | None = None, **took: float | None) -> list[EntryFacts]:
    """A record of the blocks: choices at 0, shocks at 0, clocks silent, unless told otherwise.

    fired   clock -> (week, day 1 to 7) of each firing; took: rule with _ for . -> what it took, None for no entry
    """
    entries = []
    for id, value in {**STANDING, **{name.replace("_", "."): value for name, value in took.items()}}.items():
        if value is not None:
            week = WEEK.get(id, 1)
            entries.append(EntryFacts(id, id, 0, week, 0, week, 3, float(value), 1e-3))
    for id, firings in (fired or {}).items():
        for week, day in firings:
            entries.append(EntryFacts(f"{id}.{week}", id, 0, week, 0, week, day - 1, float(day)))
    return entries


def parameter(scenario: Blueprint, id: str, value: float) -> Item:
    """A parameter that has another value from week 0 on."""
    return Item(int(PARAMETER_SET), first=scenario.parameter_place[id], count=1, value=value)


def turned(id: str, option: int) -> Item:
    """A standing choice imposed."""
    return Item(int(CHOICE), rule=NUMBER[id], option=option, first_week=1, last_week=1, place=NUMBER[id])


def answers(scenario: Blueprint, items: tuple[Item, ...], outcome: str, n: int, **how: object) -> np.ndarray:
    """The outcome's value in each of n same-luck timelines; -1 where it never came to be."""
    draws = int(how.get("draws", 1))  # type: ignore[call-overload]
    coupling = COUPLINGS.index(str(how.get("coupling", "gumbel")))
    clocks = CLOCKS.index(str(how.get("clocks", "week")))
    plan = Plan(items, END, coupling, clocks, draws=draws, seed=int(how.get("seed", 11)))  # type: ignore[call-overload]
    found = run(scenario, plan, count=n, workers=1)
    column = OUTCOME[outcome]
    return np.where(found.day[:, column] < 0, -1, found.value[:, column]).astype(int)


def chain(first: int, second: int, n: int, coupling: str) -> np.ndarray:
    """Counts of the second choice, the first turned."""
    scenario = little_models(record(chain_first=first, chain_second=second))
    found = answers(scenario, (turned("chain.first", 1 - first),), "second", n, coupling=coupling)
    return np.bincount(found, minlength=2)


def confounded(cause: float, act: int, end: int, n: int) -> np.ndarray:
    """Counts of the end, the act turned."""
    scenario = little_models(record(confounded_cause=cause, confounded_act=act, confounded_end=end))
    return np.bincount(
        answers(scenario, (turned("confounded.act", 1 - act),), "end", n, coupling="gumbel"), minlength=2
    )


def hidden(act: int, shift: float, draws: int, selected: bool = True) -> np.ndarray:
    """Counts of the act under a shifted weight, one timeline a draw; `selected`: latent seeds chosen by the record."""
    entries, uncovered = record(hidden_act=act, hidden_cause=None), ("hidden.cause",)
    seeds = np.arange(1, draws + 1)
    if selected:
        seeds = select_latent_seeds(
            little_models(entries, latent_seeds=seeds, uncovered=uncovered), streams=64
        )
    scenario = little_models(entries, latent_seeds=seeds, uncovered=uncovered)
    return np.bincount(
        answers(scenario, (parameter(scenario, "hidden.shift", shift),), "act", draws, draws=draws),
        minlength=2,
    )


def rivals(day: int, which: int, rate: float, n: int, coupling: str, clocks: str) -> np.ndarray:
    """Counts of nobody, the one, the two."""
    scenario = little_models(record({"rivals.either": [(2, day)]}, rivals_which=which))
    items = (parameter(scenario, "rivals.one", rate),)
    found = answers(scenario, items, "rival", n, coupling=coupling, clocks=clocks)
    return np.bincount(found + 1, minlength=3)


def rivals_day(day: int, rate: float, n: int, clocks: str) -> np.ndarray:
    """Counts of the day on which the clock itself fires, 0 for none (read off the log of each timeline)."""
    fired = {"rivals.either": [(2, day)]} if day else {}
    scenario = little_models(record(fired, rivals_which=0 if day else None))
    memory, clock = Memory(scenario), NUMBER["rivals.either"]
    items = (parameter(scenario, "rivals.one", rate),)
    memory.load_plan(Plan(items, END, 0, CLOCKS.index(clocks), draws=1, seed=12))
    memory.load_draw(0)
    memory.c.logging = 1
    counts = np.zeros(8, int)
    for timeline in range(n):
        memory.run(timeline)
        logged = int(memory.c.logged)
        days = memory.c.log_value[:logged][memory.c.log_rule[:logged] == clock]
        counts[int(days.max(initial=0.0))] += 1
    return counts


def repeats(fired: tuple[int, ...], factor: float, n: int, clocks: str) -> np.ndarray:
    """Counts of how often the clock fires in weeks 3 to 11."""
    scenario = little_models(record({"repeats.fires": [(3 + week, 3) for week in fired]}))
    scaled = Item(int(HAZARD), rule=NUMBER["repeats.fires"], value=factor, place=12, first_week=3)
    return np.bincount(answers(scenario, (scaled,), "repeats", n, clocks=clocks), minlength=10)


def four(took: int, n: int, coupling: str) -> np.ndarray:
    """Counts of the four options, weights moved."""
    scenario = little_models(record(four_takes=took))
    names = ("zero", "one", "two", "three")
    items = tuple(
        parameter(scenario, f"four.{name}", value) for name, value in zip(names, FOUR_AFTER, strict=True)
    )
    return np.bincount(answers(scenario, items, "took", n, coupling=coupling), minlength=4)
