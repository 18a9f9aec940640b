"""Short cuts for the property tests: make a textbook scenario, take a free timeline as its record, run plans."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from allohistory.ensemble.gathered import Ensemble
from allohistory.ensemble.run import run
from allohistory.evidence.written import as_record
from allohistory.timeline.blueprint import Blueprint, EntryFacts
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import START, Plan
from textbook import blocks, two_countries
from textbook.building import blueprint

SIDES = {"clash": two_countries.SIDES, "reply": two_countries.SIDES}


def countries(entries: Sequence[EntryFacts] = (), **more) -> Blueprint:
    """The two countries with a record."""
    return blueprint(
        "two-countries",
        two_countries.run_worlds,
        two_countries.RULES,
        two_countries.ORDER,
        entries,
        weeks=two_countries.WEEKS,
        outcomes=two_countries.OUTCOMES,
        variables=two_countries.VARIABLES,
        parameters=two_countries.PARAMETERS,
        entities=SIDES,
        **more,
    )


def little_models(entries: Sequence[EntryFacts] = (), **more) -> Blueprint:
    """The blocks with a record."""
    return blueprint(
        "blocks",
        blocks.run_worlds,
        blocks.RULES,
        blocks.RULE_IDS,
        entries,
        weeks=blocks.WEEKS,
        outcomes=blocks.OUTCOMES,
        variables=blocks.VARIABLES,
        parameters=blocks.PARAMETERS,
        **more,
    )


def a_history(scenario: Blueprint, seed: int, timeline: int = 0) -> list[EntryFacts]:
    """A free timeline of the scenario, written as a record."""
    memory = Memory(scenario)
    memory.load_plan(Plan(horizon=START, seed=seed, draws=1))
    memory.load_draw(0, ledger=False)
    memory.c.logging = 1
    memory.run(timeline)
    return as_record(memory)


@cache
def recorded_countries(seed: int = 5) -> Blueprint:
    """The two countries with one of their own free timelines as the record."""
    return countries(a_history(countries(), seed, timeline=3))


def together(scenario: Blueprint, plan: Plan, count: int, **more) -> Ensemble:
    """Run so many timelines on one thread."""
    return run(scenario, plan, count=count, workers=more.pop("workers", 1), **more)


def same_bits(a: Ensemble, b: Ensemble) -> bool:
    """Are two ensembles equal to the last bit in what came of them?"""
    return all(
        np.array_equal(getattr(a, name), getattr(b, name), equal_nan=True)
        for name in ("value", "day", "log_probability", "applied", "departures", "histogram")
    )
