"""A user's own priors, at once: a kept draw weighs as much as it is likelier under them than under the book's.

weights = weights_for(question, model)     None where the book's own priors stand
weights.by_draw                            one a kept draw, their mean 1
weights.effective                          so many equal draws would carry as much: (sum w)^2 / sum w^2

A draw's weight is the ratio of the two densities at the draw's value, multiplied over the parameters that the user
thinks otherwise of; where a value stands at the parameter's hard bound, the ratio of what the two put at or beyond it.
The weights are divided by their mean (self-normalised importance sampling). Nothing is run anew: timelines, addresses
and luck are those of the book's own priors.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from allohistory.book.priors import numbers_of, overrides
from allohistory.errors import AllohistoryError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.book.tables import Parameter
    from allohistory.questions.question import Question
    from allohistory.timeline.model import Model

FEWEST = 3.0  # effective draws below which nothing is said
FEW = 10.0  # effective draws below which the answer warns
ANEW = "--draws fresh draws the parameters anew from the priors given, and runs every timeline"


@dataclass(frozen=True)
class Weights:
    """The weight of each kept draw, their mean 1."""

    by_draw: NDArray[np.float64]

    @property
    def effective(self) -> float:
        """How many draws of equal weight would carry as much."""
        return float(self.by_draw.sum() ** 2 / (self.by_draw**2).sum())


def weights_for(question: Question, model: Model) -> Weights | None:
    """The weights of the question's draws; None where no prior is the user's, or draws are made anew.

    Raises
    ------
    AllohistoryError : so few draws carry the weight that the answer would be theirs alone.
    """
    if not question.priors or question.drawn_anew:
        return None
    table, draws = model.draws, min(question.draws, len(model.draws.values))
    log_weight = np.zeros(draws)
    for id, prior in overrides(model.book, question.priors, "[priors]").items():
        parameter = model.book.parameters[id]
        values = table.values[:draws, table.parameters.index(id)]
        theirs = replace(parameter, prior=prior)
        log_weight += log_density(theirs, values) - log_density(parameter, values)
    greatest = float(log_weight.max())
    raw = np.exp(log_weight - greatest) if math.isfinite(greatest) else np.zeros(draws)
    found = Weights(raw / raw.mean()) if raw.any() else None
    if found is None or found.effective < FEWEST:
        left = "none" if found is None else f"{found.effective:.1f}"
        raise AllohistoryError(
            "[priors]",
            f"too far from the book's own: {left} of {draws} kept draws would carry the answer, {FEWEST:g} are needed",
            given=", ".join(question.priors),
            see=ANEW,
        )
    return found


def log_density(parameter: Parameter, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The natural logarithm of a prior's density at values; at a hard bound, of the share at or beyond it."""
    law = law_of(parameter)
    found = np.asarray(law.logpdf(values), float)
    if parameter.low is not None:
        found = np.where(values <= parameter.low, law.logcdf(parameter.low), found)
    if parameter.high is not None:
        found = np.where(values >= parameter.high, law.logsf(parameter.high), found)
    return found


def law_of(parameter: Parameter):  # type: ignore[no-untyped-def]
    """A parameter's prior as SciPy has it, its hard bounds left aside."""
    from scipy import stats

    first, second = numbers_of(parameter.prior)
    family = parameter.prior.family
    if family == "normal":
        return stats.norm(first, second)
    if family == "lognormal":
        return stats.lognorm(second, scale=first)
    if family == "uniform":
        return stats.uniform(first, second - first)
    return stats.beta(first, second)


# ---------------------------------------------------------------- what weighs in an estimate


def worth(
    shown: NDArray[np.floating | np.bool_], draw: NDArray[np.integer], weight: NDArray[np.float64]
) -> tuple[float, float]:
    """A weighted mean, and its standard error with the choice of the draws counted as chance.

    The error is that of a ratio of sums over draws (each draw one cluster). Where few draws carry the weight it is
    itself little known, so it is never less than the spread of all draws' own means over the root of the effective
    draws, nor than what the weighted timelines would have if they were all independent.
    """
    value = np.asarray(shown, float)
    total = float(weight.sum())
    mean = float(weight @ value) / total
    residual = weight * (value - mean)
    clusters = np.bincount(draw, residual)
    count = np.bincount(draw)
    held = np.bincount(draw, weight)[count > 0]
    means = np.bincount(draw, value)[count > 0] / count[count > 0]
    between = float(means.var(ddof=1)) * float((held**2).sum()) if len(means) > 1 else 0.0
    return mean, math.sqrt(max(float((clusters**2).sum()), between, float((residual**2).sum()))) / total


def weighted_position(weight: NDArray[np.float64], share: float) -> int:
    """Where the quantile `share` stands among ordered values that weigh so much each."""
    heap = np.cumsum(weight)
    place = int(np.searchsorted(heap, share * heap[-1] * (1.0 - 1e-12)))
    return min(place, len(weight) - 1)


def effective_rows(weight: NDArray[np.float64]) -> float:
    """How many timelines of equal weight would carry as much."""
    square = float((weight**2).sum())
    return float(weight.sum()) ** 2 / square if square > 0.0 else 0.0
