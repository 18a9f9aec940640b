"""Does the ignorance interval that an answer would state hold the true probability?

In a simulated history both are known. It is taken as it was up to a stated week, and from there on luck is fresh:
under the true parameters and latent luck, which gives the true probability of an outcome, and under the draws of the
posterior, which give the answer with the interval that `ask` would state.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from allohistory.evidence.likelihood import Likelihood
from allohistory.timeline.plan import Plan, position
from allohistory.timeline.shape import SHEET

FILE = Path(__file__).resolve().parent / "covering.toml"


@dataclass(frozen=True)
class Asked:
    """What is asked of each history.

    week       luck is free from its beginning
    outcomes   their ids
    truth, per_draw   timelines run under the truth, and under each draw
    """

    week: int
    outcomes: tuple[str, ...]
    truth: int
    per_draw: int


@dataclass(frozen=True)
class Counts:
    """What came of one history: (outcomes, 1 + draws) timelines that were run, and those that showed the outcome.

    The first column is the truth's, the others those of the draws.
    """

    run: np.ndarray
    shown: np.ndarray


def asked_of(scenario: str, first: date) -> Asked | None:
    """What is asked of a scenario whose first week begins on that Monday; None where nothing is."""
    row = tomllib.loads(FILE.read_text(encoding="utf-8")).get(scenario)
    if row is None:
        return None
    week = (row["monday"] - first).days // 7
    return Asked(week, tuple(row["outcomes"]), int(row["truth"]), int(row["per_draw"]))


def counts(
    likelihood: Likelihood, asked: Asked, plan: Plan, points: Sequence[tuple[np.ndarray, int]]
) -> Counts:
    """Fresh luck from the week asked on, under each point (the truth first), after the record that is loaded.

    plan   that of the replays, whose seed gives the luck that the record leaves open
    """
    memory = likelihood.memory
    c = memory.c
    places = [memory.blueprint.outcomes.index(id) for id in asked.outcomes]
    run = np.zeros((len(places), len(points)), np.int64)
    shown = np.zeros_like(run)
    memory.load_plan(Plan(horizon=position(asked.week, 0), seed=plan.seed, draws=1, since=asked.week))
    next_timeline = 1
    for column, (z, seed) in enumerate(points):
        likelihood(z, seed)
        left = asked.per_draw if column else asked.truth
        while left:
            count = min(left, SHEET)
            memory.run_many(next_timeline, 1, count)
            sound = np.array(c.sheet_aside[:count]) == 0
            run[:, column] += int(sound.sum())
            values = np.array(c.sheet_value[:count])[:, places]
            shown[:, column] += (values[sound] > 0.5).sum(axis=0)
            next_timeline, left = next_timeline + count, left - count
    memory.load_plan(plan)
    return Counts(run, shown)
