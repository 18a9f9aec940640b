"""Items and protocols written by hand for the tests of forecasts."""

from __future__ import annotations

from functools import cache

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
from allohistory.timeline.blueprint import Blueprint, EntryFacts
from allohistory.timeline.shape import OPTIONS
from textbook import chain
from textbook.building import blueprint

OFFERS = {4: 1, 30: 0, 56: 1, 82: 0}
ANSWERS = {5: 1, 31: 0, 57: 0, 83: 0}
ALARMS = (2, 60)
PRICES = {19: 11.0, 71: 8.0}


def history() -> list[EntryFacts]:
    """Offers, answers, alarms and prices of two years."""
    found = [
        EntryFacts(f"offer.{week}", "offer", 0, week, 0, week, 3, float(took))
        for week, took in OFFERS.items()
        if took
    ]
    found += [
        EntryFacts(f"answer.{week}", "answer", 0, week, 0, week, 3, float(took))
        for week, took in ANSWERS.items()
        if took
    ]
    found += [EntryFacts(f"alarm.{week}", "alarm", 0, week, 0, week, 2, 2.0) for week in ALARMS]
    found += [
        EntryFacts(f"price.{week}", "price", 0, week, 0, week, 3, value, half=0.5)
        for week, value in PRICES.items()
    ]
    return found


@cache
def recorded_talks() -> Blueprint:
    """The chain with that record."""
    return blueprint(
        "chain",
        chain.run_worlds,
        chain.RULES,
        chain.ORDER,
        history(),
        weeks=chain.WEEKS,
        outcomes=chain.OUTCOMES,
        variables=chain.VARIABLES,
        parameters=chain.PARAMETERS,
    )


def draws(*changed: dict[str, float]) -> np.ndarray:
    """(draws, parameters) with a few changed in each."""
    return np.array([list({**chain.PARAMETERS, **one}.values()) for one in changed])


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
