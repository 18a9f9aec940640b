"""Claims of one's own, put to the worlds: in what share of the parameter draws is each inequality true?

A part compares a quantity with a number or with another quantity. Both sides are measured with luck freed at the same
moment, the later of their own, so that history's luck is not counted as a change's doing. Each parameter draw has a
value of its own; what chance adds to it is taken out (a beta-binomial fit for a probability against a number, moments
for all else). Where luck alone could still turn the sign of the middle, that counts as doubt.

    holds from .95, mostly holds from .75, open, mostly fails to .25, fails to .05; the weakest part decides
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from allohistory.book.quantities import Quantity, parse_quantity
from allohistory.questions.columns import Columns, asked_of, outcomes_with
from allohistory.questions.estimates import LEAST_DRAWS, LEAST_TIMELINES, NO_SPREAD, beta_binomial, per_draw
from allohistory.questions.worlds import Worlds, read_worlds
from allohistory.results.schema import ClaimAnswer, ClaimPartAnswer
from allohistory.timeline.plan import END, PLACES, START, Plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.book.what_if import ClaimPart, OwnClaim
    from allohistory.questions.ask import Work

VERDICTS = ((0.95, "holds"), (0.75, "mostly holds"))
TOO_FEW = "too few timelines"


@dataclass(frozen=True)
class Sample:
    """The timelines that count for a quantity: their numbers, draws and values."""

    timeline: NDArray[np.int64]
    draw: NDArray[np.int64]
    value: NDArray[np.float64]

    @property
    def mean(self) -> float | None:
        """The quantity itself; None where nothing counts."""
        return float(self.value.mean()) if len(self.value) else None


def tested(work: Work) -> tuple[ClaimAnswer, ...]:
    """Every claim of the question, with its verdict."""
    return tuple(_claim(work, claim) for claim in work.question.claims)


def verdict_of(share: float | None) -> str:
    """The word for a share of parameter draws."""
    if share is None:
        return TOO_FEW
    for least, word in VERDICTS:
        if share >= least:
            return word
        if 1.0 - share >= least:
            return word.replace("holds", "fails")
    return "open"


def _claim(work: Work, claim: OwnClaim) -> ClaimAnswer:
    parts = tuple(_part(work, part, claim) for part in claim.part)
    shares = [part.probability for part in parts]
    weakest = None if None in shares else min(share for share in shares if share is not None)
    return ClaimAnswer(claim.id, claim.says, claim.source, verdict_of(weakest), weakest, parts)


def _part(work: Work, part: ClaimPart, claim: OwnClaim) -> ClaimPartAnswer:
    model, question = work.worlds.model, work.question
    known = outcomes_with(model, question.custom)

    def read(text: str) -> Quantity:
        return parse_quantity(text, known, model.book, model.book_rules, f"claim {claim.id}")

    quantities = [read(part.quantity)] + ([read(part.than)] if isinstance(part.than, str) else [])
    samples = [
        sample_of(work, quantity, plan)
        for quantity, plan in zip(quantities, plans_of(work, quantities), strict=True)
    ]
    sign = 1.0 if part.relation == ">" else -1.0
    if isinstance(part.than, str):
        share, than = share_between(samples[0], samples[1], sign, part.margin), samples[1].mean
    else:
        least = part.than + sign * part.margin
        share, than = share_against(samples[0], least, sign, quantities[0].kind == "P"), part.than
    return ClaimPartAnswer(
        part.quantity, samples[0].mean, part.relation, part.than, than, part.margin, share, verdict_of(share)
    )


# ---------------------------------------------------------------- the worlds


def plans_of(work: Work, quantities: list[Quantity]) -> list[Plan]:
    """A plan for each quantity of a part: its own changes, luck freed at the later moment, days counted alike."""
    worlds = [_worlds(work, quantity) for quantity in quantities]
    horizon = END if work.question.luck == "same" else max(one.freed for one in worlds)
    firsts = [one.first for one in worlds if one.items]
    since = min(firsts, default=horizon)
    week = 0 if since in (START, END) or horizon == START else since // PLACES
    return [replace(one.plan(horizon=horizon), since=week) for one in worlds]


def _worlds(work: Work, quantity: Quantity) -> Worlds:
    return read_worlds(work.question.but(pods=quantity.pods, do=quantity.do), work.worlds.model)


def sample_of(work: Work, quantity: Quantity, plan: Plan) -> Sample:
    """The timelines of a plan, read for a quantity; what has been run already is not run again."""
    assert work.changed is not None
    count = len(work.changed.ensemble.timeline)
    known = {
        work.worlds.plan(): work.changed,
        work.worlds.plan(changed=False): work.baseline,
        work.worlds.plan(changed=False, horizon=START): work.rules,
    }.get(plan)
    ensemble = known.ensemble if known is not None else work.runner.run("claims", plan, count)
    columns = Columns(work.worlds.model, ensemble, work.question.custom).where(quantity.given, None)
    column = columns.read(asked_of(quantity.about, columns.model, columns.custom))
    value = column.shown.astype(float) if quantity.kind == "P" else column.value
    counted = ~np.isnan(value)
    return Sample(columns.timeline[counted], columns.draw[counted], value[counted])


# ---------------------------------------------------------------- the share of draws


def share_against(sample: Sample, least: float, sign: float, is_share: bool) -> float | None:
    """The share of draws whose own value lies beyond a number, on the side that the sign says."""
    if len(sample.value) < LEAST_TIMELINES or len(np.unique(sample.draw)) < LEAST_DRAWS:
        return None
    if not is_share:
        return _beyond(*_by_draw(sample), sign, least)
    n, k = per_draw(sample.value > 0.5, sample.draw)
    mean, theta = beta_binomial(n, k)
    if theta <= 10 * NO_SPREAD:
        total = int(n.sum())
        middle = (float(k.sum()) + 1.0) / (total + 2.0)
        return _above(sign * (middle - least), math.sqrt(middle * (1.0 - middle) / total))
    from scipy.special import betainc

    below = float(betainc(mean / theta, (1.0 - mean) / theta, min(max(least, 0.0), 1.0)))
    return 1.0 - below if sign > 0 else below


def share_between(one: Sample, other: Sample, sign: float, margin: float) -> float | None:
    """The share of draws in which one quantity exceeds (or falls short of) another by more than a margin."""
    if min(len(one.value), len(other.value)) < LEAST_TIMELINES:
        return None
    if np.array_equal(one.timeline, other.timeline):
        paired = Sample(one.timeline, one.draw, one.value - other.value)
        if len(np.unique(paired.draw)) < LEAST_DRAWS:
            return None
        return _beyond(*_by_draw(paired), sign, sign * margin)
    draws = np.intersect1d(one.draw, other.draw)
    if len(draws) < LEAST_DRAWS:
        return None
    mine, theirs = (
        _by_draw(Sample(its.timeline[kept], its.draw[kept], its.value[kept]))
        for its in (one, other)
        for kept in [np.isin(its.draw, draws)]
    )
    return _beyond(mine[0] - theirs[0], mine[1] + theirs[1], sign, sign * margin)


def _by_draw(sample: Sample) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The mean of each draw, and the variance that chance gives it (the spread within draws is taken as common)."""
    draws, place, n = np.unique(sample.draw, return_inverse=True, return_counts=True)
    means = np.bincount(place, sample.value) / n
    within = float(((sample.value - means[place]) ** 2).sum()) / max(len(sample.value) - len(draws), 1)
    return means, within / n


def _beyond(values: NDArray[np.float64], noise: NDArray[np.float64], sign: float, least: float) -> float:
    """The share of a normal law beyond a number: its spread that of the draws, chance taken out of it."""
    middle, variance = float(values.mean()), float(values.var(ddof=1))
    own = max(0.0, variance - float(noise.mean()))
    return _above(sign * (middle - least), math.sqrt(own + max(variance, float(noise.mean())) / len(values)))


def _above(distance: float, spread: float) -> float:
    if spread == 0.0:
        return float(distance > 0.0)
    return NormalDist().cdf(distance / spread)
