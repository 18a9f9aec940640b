"""What an answer hangs on: parameters whose draws move it, conventions, disputed entries, judged changes.

A parameter is named when the draws' own probabilities rise or fall with it more than chance would make the largest of
all parameters do (correlation beyond Bonferroni's bound at 5 %); the effect compares the lowest third of its draws with
the highest third.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from allohistory.results.schema import HangsOn, OutcomeAnswer, PodAnswer
from allohistory.results.words import percent, percent_range, points

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.timeline.model import Model

MOST_PARAMETERS = 4
FEWEST_DRAWS = 12
FALSE_ALARM = 0.05
LEAST_SHARE = 0.002
FACTS_EACH = 2
GUESS = "C"  # the grade of what no good source holds up


def hangs_on(
    model: Model,
    outcome: OutcomeAnswer,
    shown: NDArray[np.bool_],
    draw: NDArray[np.int64],
    pods: tuple[PodAnswer, ...],
) -> tuple[HangsOn, ...]:
    """The things that move this outcome most."""
    named = parameters(model, shown, draw)
    named = named or kept_parameters(model, outcome.id)
    found = [*named, *facts_behind(model, named), *conventions(outcome), *disputed(outcome)]
    for pod in pods:
        if pod.judged is not None:
            effect = (
                f"judged at {pod.judged['low']:g} to {pod.judged['high']:g} bits: {pod.judged['because']}"
            )
            found.append(HangsOn(pod.id, "judged", effect, None))
    return tuple(found)


def parameters(model: Model, shown: NDArray[np.bool_], draw: NDArray[np.int64]) -> list[HangsOn]:
    """The parameters that move the outcome, the strongest first."""
    if len(shown) == 0 or not LEAST_SHARE < shown.mean() < 1.0 - LEAST_SHARE:
        return []
    rows = np.unique(draw)
    return moving(model, rows, np.array([shown[draw == row].mean() for row in rows]))


def moving(
    model: Model, rows: NDArray[np.int64], value: NDArray[np.float64], show: Callable[[float], str] = percent
) -> list[HangsOn]:
    """The parameters that a number of each draw rises or falls with, the strongest first; `show` writes the number."""
    if len(rows) < FEWEST_DRAWS:
        return []
    values = np.asarray(model.blueprint.parameter_draws)[rows]
    spread = values.std(axis=0)
    moving = np.flatnonzero(spread > 0.0)
    if len(moving) == 0 or value.std() == 0.0:
        return []
    ranks = values[:, moving].argsort(axis=0).argsort(axis=0).astype(float)
    centred = ranks - ranks.mean(axis=0)
    correlation = centred.T @ (value - value.mean()) / (len(rows) * centred.std(axis=0) * value.std())
    bound = NormalDist().inv_cdf(1.0 - FALSE_ALARM / (2 * len(moving))) / math.sqrt(len(rows) - 1)
    order = np.argsort(-np.abs(correlation))[:MOST_PARAMETERS]
    found = []
    for place in order:
        if abs(correlation[place]) < bound:
            break
        id = model.blueprint.parameters[moving[place]]
        found.append(HangsOn(id, "parameter", _effect(ranks[:, place], value, show), _grade(model, id)))
    return found


def kept_parameters(model: Model, outcome: str) -> list[HangsOn]:
    """Where too few timelines tell: the strongest of the kept study of free timelines, if it has the outcome."""
    from allohistory.evidence.sensitivity_report import kept

    study = kept(model.name)
    if study is None or outcome not in study["outcomes"]:
        return []
    singles = [one for one in study["outcomes"][outcome]["singles"] if one["found"]]
    return [
        HangsOn(
            one["parameter"],
            "parameter-in-free-timelines",
            f"{points(one['slope'])} points for a spread of what is believed of it, by nothing but the rules",
            one["grade"],
        )
        for one in singles[:MOST_PARAMETERS]
        if one["parameter"] in model.book.parameters
    ]


def facts_behind(model: Model, named: list[HangsOn]) -> list[HangsOn]:
    """The first facts behind the parameters named, each with its grade."""
    found: dict[str, HangsOn] = {}
    for one in named:
        for id in model.book.parameters[one.id].facts[:FACTS_EACH]:
            fact = model.book.facts.get(id)
            if fact is not None:
                found.setdefault(id, HangsOn(id, "fact", f"behind {one.id}: {fact.what}", fact.grade))
    return list(found.values())


def guesses(model: Model, hanging: Iterable[HangsOn]) -> str:
    """Said in the first lines of an answer where what moves it most is a guess: a parameter of the lowest grade."""
    found = [one for one in hanging if one.kind == "parameter" and one.grade == GUESS]
    if not found:
        return ""
    said = [f"{one.id} ({model.book.parameters[one.id].what}): {one.effect}" for one in found]
    head = "one guess" if len(found) == 1 else f"{len(found)} guesses"
    return f"This answer hangs on {head} of ours (grade {GUESS}): {'; '.join(said)}."


def _effect(ranks: NDArray[np.float64], value: NDArray[np.float64], show: Callable[[float], str]) -> str:
    third = len(ranks) // 3
    low = float(value[ranks < third].mean())
    high = float(value[ranks >= len(ranks) - third].mean())
    return f"{show(low)} where it is low, {show(high)} where it is high"


def _grade(model: Model, id: str) -> str | None:
    parameter = model.book.parameters.get(id)
    return parameter.grade if parameter else None


def conventions(outcome: OutcomeAnswer) -> list[HangsOn]:
    """The mechanism band, where it is wider than chance."""
    same = outcome.same_luck
    if same is None or same.mechanism_band is None or same.chance_interval is None:
        return []
    low, high = same.mechanism_band
    if high - low <= same.chance_interval[1] - same.chance_interval[0]:
        return []
    effect = f"same luck gives {percent_range((low, high))}, by how luck is carried over to other choices"
    return [HangsOn("coupling", "convention", effect, None)]


def disputed(outcome: OutcomeAnswer) -> list[HangsOn]:
    """Disputed entries whose other reading moves the outcome beyond chance."""
    return [
        HangsOn(flip.variant, "variant", f"{percent(flip.probability)} with this reading of the record", None)
        for flip in outcome.flips
        if flip.flips
    ]
