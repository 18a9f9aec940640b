"""Latent luck: found by changing it, and made part of the parameter draw.

Luck is inert if changing it leaves the log-likelihood of the record as it was, to the last bit. What fails is
latent: unrecorded luck that reaches recorded decisions. Its rule says so (`latent=True`), and a kept draw is
then parameters and a latent seed, the seed kept with probability in proportion to exp(log-likelihood) out of
several, so that no answer needs weights.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from allohistory.luck.address import uniform
from allohistory.timeline.blueprint import Blueprint
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, Plan

STREAM_SEARCH = 3
SELECTION_SEED = 1932
STREAMS_TO_CLASSIFY = 64
STREAMS_TO_SELECT = 256


def spread_of_likelihood(blueprint: Blueprint, draw: int, streams: int = STREAMS_TO_CLASSIFY) -> np.ndarray:
    """Log-likelihoods of the record under as many streams of inert luck: equal to the last bit, or it is not inert."""
    memory = Memory(blueprint)
    memory.load_plan(Plan(horizon=END))
    memory.load_draw(draw, ledger=False)
    found = np.empty(streams)
    for stream in range(streams):
        memory.replay(timeline=stream)
        found[stream] = memory.c.log_likelihood
    return found


def has_latent_luck(blueprint: Blueprint) -> bool:
    """Does any rule declare latent luck?"""
    return any(rule.latent for rule in blueprint.rules)


def select_latent_seeds(
    blueprint: Blueprint, streams: int = STREAMS_TO_SELECT, progress: Callable[[int], object] | None = None
) -> np.ndarray:
    """(draws,) latent seeds, one a row of the kept table, each chosen among `streams` by the record's likelihood.

    A seed is (row + 1) * streams + i, so that no two rows share one.
    """
    memory = Memory(blueprint)
    memory.load_plan(Plan(horizon=END))
    draws = len(blueprint.parameter_draws)
    chosen = np.zeros(draws, np.int64)
    for draw in range(draws):
        memory.load_draw(draw, ledger=False)
        seeds = (draw + 1) * streams + np.arange(streams)
        scores = np.empty(streams)
        for i, seed in enumerate(seeds):
            memory.c.latent_seed = seed
            memory.replay()
            scores[i] = memory.c.log_likelihood if memory.c.aside == 0 else -np.inf
        chosen[draw] = seeds[picked(scores, draw)]
        if progress is not None:
            progress(1)
    return chosen


def picked(scores: np.ndarray, draw: int) -> int:
    """The number of one stream, with probability in proportion to exp(score)."""
    weights = np.exp(scores - scores.max()) if np.isfinite(scores.max()) else np.ones(len(scores))
    zero = np.int64(0)
    v = uniform(np.int64(SELECTION_SEED), np.int64(STREAM_SEARCH), np.int64(draw), zero, zero, zero)
    return int(np.searchsorted(np.cumsum(weights) / weights.sum(), float(v)))
