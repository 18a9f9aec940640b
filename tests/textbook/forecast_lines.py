"""Items and protocols written by hand for the tests of forecasts."""

from __future__ import annotations

import numpy as np

from allohistory.book.forecasts import (
    BASELINES,
    Baseline,
    Country,
    CutOff,
    Horizon,
    Part,
    Predictor,
    Protocol,
    Setting,
)
from allohistory.evidence.items import CLOCK, Items
from allohistory.timeline.shape import OPTIONS

SETTING = Setting(
    floor=1e-4,
    at_least=0.5,
    rate_prior=0.5,
    pooled_prior=2.0,
    firings_a_year=0.5,
    spreads=(0.1, 1.0),
    shock_past=3,
    worse_by=1.645,
    bins=(0.0, 0.5, 1.0),
)


def protocol() -> Protocol:
    """For the chain: the first of its two years is the past."""
    return Protocol(
        setting=SETTING,
        horizons=(Horizon("next-year", 1, "The next year"),),
        cut_offs=(CutOff(1931, 51),),
        baselines=tuple(Baseline(id, id) for id in BASELINES),
        predictors=(
            Predictor("offered", ("talks.offered",), "value", ""),
            Predictor("lately", (), "own", ""),
        ),
        countries=(
            Country("talks", "Talks", ("offer", "answer")),
            Country("rest", "The rest", ("alarm", "price")),
        ),
        parts=(
            Part("trust", "Trust", ("offer",), (("answer.trust", 0.0),)),
            Part("nothing", "Nothing", (), (("price.spread", 2.0),)),
        ),
        changes=(),
    )


def items(kind, rule, took, *, options=2, silent=0, year=1931, week=0, **more) -> Items:
    """Items of these kinds, rules and options taken; all else the same for all of them, or as given."""
    n = len(took)
    full = {
        "key": np.arange(n),
        "kind": np.broadcast_to(kind, n),
        "rule": np.array(rule),
        "entity": np.zeros(n, np.int64),
        "week": np.broadcast_to(week, n),
        "year": np.broadcast_to(year, n),
        "quarter": np.arange(n),
        "took": np.array(took),
        "silent": np.broadcast_to(silent, n),
        "options": np.broadcast_to(options, n),
        "chance": np.zeros((n, OPTIONS)),
        "open": np.arange(OPTIONS) < np.broadcast_to(options, n)[:, None],
        "arises": np.ones(n),
        "exposure": np.full(n, 13.0 if kind == CLOCK else 0.0),
        "weekly": np.zeros(n),
        "weeks": np.full(n, 13.0 if kind == CLOCK else 0.0),
        "firings": np.array(took, float) if kind == CLOCK else np.zeros(n),
        "moved": np.full(n, -1),
        "value": np.full(n, np.nan),
        "half": np.zeros(n),
    }
    return Items(**{**full, **more})
