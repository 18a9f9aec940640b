"""Digests of a few timelines of the scenario: the same on every machine, thread count and processor.

They say that results have not moved; they are no evidence that results are true.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np

from allohistory.book.resolve import resolve_all
from allohistory.ensemble.gathered import Ensemble
from allohistory.ensemble.run import run
from allohistory.timeline.asked import items_of
from allohistory.timeline.model import Model, load
from allohistory.timeline.plan import END, START, Plan, freed_after

TIMELINES = 20
DRAWS = 4
DIGESTED = (
    "value",
    "day",
    "log_probability",
    "bits",
    "applied",
    "departed",
    "departures",
    "returned",
    "hindsight",
)


def digest(ensemble: Ensemble) -> str:
    """SHA-256 over everything that an ensemble's timelines came to."""
    found = hashlib.sha256()
    for name in DIGESTED:
        found.update(np.ascontiguousarray(getattr(ensemble, name)).tobytes())
    return found.hexdigest()


def plans(model: Model) -> Iterator[tuple[str, Plan]]:
    """The plans that are digested: every mode, and every coupling and clock convention, on the first two PoDs."""
    pods = sorted(model.book.pods)[:2]
    yield "free", Plan(horizon=START, draws=DRAWS)
    yield "our history", Plan(horizon=END, draws=DRAWS)
    for pod in pods:
        items = items_of(resolve_all([], model.book, model.book_rules, pods=[pod]), model.blueprint)
        yield f"{pod}, fresh luck", Plan(items, freed_after(items), draws=DRAWS)
        for coupling in range(4):
            yield f"{pod}, same luck, coupling {coupling}", Plan(items, END, coupling, draws=DRAWS)
        yield f"{pod}, same luck, clocks redrawn", Plan(items, END, 0, 1, draws=DRAWS)


def digests(workers: int | None = None, count: int = TIMELINES, only: str = "") -> list[tuple[str, str]]:
    """(name, digest) of each golden plan, or of those whose name contains `only`."""
    model = load()
    chosen = [(name, plan) for name, plan in plans(model) if only in name]
    return [(name, digest(run(model.blueprint, plan, count=count, workers=workers))) for name, plan in chosen]
