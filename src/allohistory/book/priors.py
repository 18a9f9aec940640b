"""What is believed of a parameter: quantiles of the four families, their words, and a user's own priors.

The normal quantile and the exponential are passed in, so that draws can come from arithmetic that gives the same
bits on every processor; words use the standard library's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from statistics import NormalDist
from typing import Any

from allohistory.book.keys import FAMILIES, read_prior
from allohistory.book.tables import Book, Parameter, Prior
from allohistory.errors import AllohistoryError

Function = Callable[[float], float]
TAIL = 0.025
"""Below and above a range that holds nineteen times in twenty."""


def numbers_of(prior: Prior) -> tuple[float, float]:
    """The two numbers that a family is defined by, however it was written.

    normal: mean and sd; lognormal: median and sigma; beta: a and b; uniform: low and high.
    """
    given = prior.numbers
    if prior.family == "lognormal" and "mean" in given:
        spread = 1.0 + (given["sd"] / given["mean"]) ** 2
        return given["mean"] / math.sqrt(spread), math.sqrt(math.log(spread))
    if prior.family == "beta" and "mean" in given:
        mean = given["mean"]
        weight = mean * (1.0 - mean) / given["sd"] ** 2 - 1.0
        return mean * weight, (1.0 - mean) * weight
    first, second = FAMILIES[prior.family][0]
    return given[first], given[second]


def prior_problem(prior: Prior) -> str | None:
    """What is wrong with a prior's numbers, or None."""
    given = prior.numbers
    if any(not math.isfinite(number) for number in given.values()):
        return "a prior's numbers must be finite"
    for name in ("sd", "sigma", "median", "a", "b"):
        if name in given and given[name] <= 0.0:
            return f"{name} must be above 0, not {given[name]:g}"
    if prior.family == "uniform" and given["low"] >= given["high"]:
        return f"low {given['low']:g} is not below high {given['high']:g}"
    if prior.family == "lognormal" and given.get("mean", 1.0) <= 0.0:
        return f"a lognormal's mean must be above 0, not {given['mean']:g}"
    if prior.family == "beta" and "mean" in given:
        mean, sd = given["mean"], given["sd"]
        if not 0.0 < mean < 1.0:
            return f"a beta's mean must lie between 0 and 1, not at {mean:g}"
        if sd * sd >= mean * (1.0 - mean):
            return (
                f"a beta with mean {mean:g} has an sd below {math.sqrt(mean * (1.0 - mean)):.3g}, not {sd:g}"
            )
    return None


def quantile(prior: Prior, v: float, normal_quantile: Function, exp: Function = math.exp) -> float:
    """The number below which a share `v` (between 0 and 1) of the belief lies."""
    first, second = numbers_of(prior)
    if prior.family == "normal":
        return first + second * normal_quantile(v)
    if prior.family == "lognormal":
        return first * exp(second * normal_quantile(v))
    if prior.family == "uniform":
        return first + (second - first) * v
    from scipy.special import betaincinv

    return float(betaincinv(first, second, v))


def bounded(parameter: Parameter, value: float) -> float:
    """The value, moved to the parameter's hard bound where it lies beyond."""
    if parameter.low is not None and value < parameter.low:
        return parameter.low
    if parameter.high is not None and value > parameter.high:
        return parameter.high
    return value


def draw(parameter: Parameter, v: float, normal_quantile: Function, exp: Function = math.exp) -> float:
    """A draw of a parameter for the uniform `v`: the prior's quantile, within the hard bounds."""
    return bounded(parameter, quantile(parameter.prior, v, normal_quantile, exp))


def words(prior: Prior, unit: str = "") -> str:
    """A prior in words: its middle, and the range that holds nineteen times in twenty."""
    normal = NormalDist().inv_cdf
    middle, low, high = (quantile(prior, v, normal) for v in (0.5, TAIL, 1.0 - TAIL))
    of = f" {unit}" if unit else ""
    return f"about {_plain(middle)}{of}, nineteen in twenty between {_plain(low)} and {_plain(high)}"


def _plain(number: float) -> str:
    """Two significant digits, without powers of ten where they can be avoided."""
    if number == 0.0 or not 1e-4 <= abs(number) < 1e6:
        return f"{number:.2g}"
    digits = max(0, 1 - math.floor(math.log10(abs(number))))
    return f"{float(f'{number:.2g}'):.{digits}f}"


def override(parameter: Parameter, given: Any, where: str = "[priors]") -> Prior:
    """A user's own prior for a parameter: mean and sd in its unit, or numbers of a family.

    The family stays the parameter's own unless another is named, so a share stays between 0 and 1; a uniform
    keeps the mean and sd asked for.
    """
    place = f"{where}: {parameter.id}"
    if not isinstance(given, Mapping):
        raise AllohistoryError(place, "expected {mean = ..., sd = ...}", given=given)
    numbers = {name: held for name, held in given.items() if name != "family"}
    family = given.get("family", parameter.prior.family)
    try:
        if family == "uniform" and set(numbers) == {"mean", "sd"}:
            prior = _uniform(read_prior({"family": "normal", **numbers}))
        else:
            prior = read_prior({"family": family, **numbers})
    except ValueError as expected:
        raise AllohistoryError(place, f"expected {expected}", given=dict(given)) from None
    except AllohistoryError as mistake:
        mistake.where = place
        raise
    problem = prior_problem(prior)
    if problem is not None:
        raise AllohistoryError(place, problem, given=dict(given))
    return prior


def _uniform(prior: Prior) -> Prior:
    half = prior.numbers["sd"] * math.sqrt(3.0)
    return Prior("uniform", {"low": prior.numbers["mean"] - half, "high": prior.numbers["mean"] + half})


def overrides(book: Book, given: Mapping[str, Any], where: str = "[priors]") -> dict[str, Prior]:
    """A user's own priors, by parameter; an unknown parameter is an error that names the nearest."""
    if not isinstance(given, Mapping):
        raise AllohistoryError(where, "expected a table: parameter = {mean = ..., sd = ...}", given=given)
    priors: dict[str, Prior] = {}
    for name, held in given.items():
        parameter = book.find(book.parameters, name, where, "parameter")
        priors[parameter.id] = override(parameter, held, where)
    return priors
