"""The protocol of the forecasts, as a scenario's `forecasts.toml` has it: what is left out, forecast, and held against.

Written down before anything was scored; every later change stands in the file with the scores before and after.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from allohistory.book.rows import (
    Key,
    Keys,
    RawRow,
    any_text,
    day,
    number,
    numbers,
    one_of,
    read_file,
    read_values,
    text,
    texts,
    whole,
)
from allohistory.book.tables import Book
from allohistory.errors import AllohistoryError

FILE = "forecasts.toml"
BASELINES = ("uniform", "half-a-year", "base-rate", "pooled-rate", "logit", "priors")
FORMS = {
    "value": 1,
    "log-ratio": 2,
    "recent": 1,
    "own": 0,
}  # how many variables each form of a predictor reads


@dataclass(frozen=True)
class Setting:
    """The numbers of the scores.

    floor           least probability in a mean of log scores
    at_least        share of the draws in which an occasion must arise to be an item
    rate_prior      imagined occasions for each option behind a base rate
    pooled_prior    imagined occasions, shared out as in all rules of the kind, behind a pooled rate
    firings_a_year  of a clock of which nothing is known
    spreads         of the logit's coefficients around 0, from which the past chooses one
    shock_past      recorded values that a shock's baseline needs
    worse_by        standard errors by which a rule must lose to be called worse
    bins            edges of the calibration curve, 0 to 1
    """

    floor: float
    at_least: float
    rate_prior: float
    pooled_prior: float
    firings_a_year: float
    spreads: tuple[float, ...]
    shock_past: int
    worse_by: float
    bins: tuple[float, ...]


@dataclass(frozen=True)
class Horizon:
    """How far ahead is forecast."""

    id: str
    years: int
    says: str


@dataclass(frozen=True)
class CutOff:
    """The last year, and the last week, whose record calibration may see."""

    year: int
    last_week: int


@dataclass(frozen=True)
class Baseline:
    """Something simple that the rules have to beat."""

    id: str
    says: str


@dataclass(frozen=True)
class Predictor:
    """One number that the logit reads: variables as the week before the decision left them.

    form  value; log-ratio (of two variables); recent: exp(-years since the week that a variable holds); own:
          exp(-years since the same rule and entity last did anything but keep silent)
    """

    id: str
    variables: tuple[str, ...]
    form: str
    says: str


@dataclass(frozen=True)
class Country:
    """Who decides: the rules of one actor."""

    id: str
    says: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A part of the rule book, and what it is to be without it.

    rules  its own decisions, replaced by their base rates
    off    parameters and the values at which the part does not move what others decide
    """

    id: str
    says: str
    rules: tuple[str, ...]
    off: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Change:
    """A change of the protocol after the first score.

    score           what `before` and `after` are (a mean log score of what), where a score moved at all
    """

    day: date
    what: str
    because: str
    score: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Protocol:
    """The whole file."""

    setting: Setting
    horizons: tuple[Horizon, ...]
    cut_offs: tuple[CutOff, ...]
    baselines: tuple[Baseline, ...]
    predictors: tuple[Predictor, ...]
    countries: tuple[Country, ...]
    parts: tuple[Part, ...]
    changes: tuple[Change, ...]

    @property
    def country_of(self) -> dict[str, str]:
        """Rule id -> country id."""
        return {rule: country.id for country in self.countries for rule in country.rules}


def _off(value: Any) -> tuple[tuple[str, float], ...]:
    """Parameters and values, each written "id=number"."""
    found = []
    for one in texts(value):
        id, sign, shown = one.partition("=")
        try:
            found.append((id.strip(), float(shown)))
        except ValueError:
            sign = ""
        if not sign:
            raise ValueError('a list of parameters and values, as in ["border.incident.winter=0"]')
    return tuple(found)


def _bins(value: Any) -> tuple[float, ...]:
    """Rising shares from 0 to 1."""
    found = numbers(value)
    edges = found if isinstance(found, tuple) else (found,)
    if len(edges) < 2 or edges[0] != 0.0 or edges[-1] != 1.0 or list(edges) != sorted(set(edges)):
        raise ValueError("rising shares from 0.0 to 1.0")
    return edges


def _spreads(value: Any) -> tuple[float, ...]:
    """Numbers above 0, rising."""
    found = numbers(value)
    spreads = found if isinstance(found, tuple) else (found,)
    if not spreads or spreads[0] <= 0.0 or list(spreads) != sorted(set(spreads)):
        raise ValueError("rising numbers above 0")
    return spreads


def _positive(value: Any) -> float:
    """A number above 0."""
    if not (found := number(value)) > 0.0:
        raise ValueError("a number above 0")
    return found


_SAID: Keys = {"id": Key(text), "says": Key(text)}
_ROWS: dict[str, tuple[type, Keys]] = {
    "setting": (
        Setting,
        {
            **{
                name: Key(_positive)
                for name in ("floor", "at_least", "rate_prior", "pooled_prior", "firings_a_year")
            },
            "spreads": Key(_spreads),
            "shock_past": Key(whole),
            "worse_by": Key(_positive),
            "bins": Key(_bins),
        },
    ),
    "horizon": (Horizon, {**_SAID, "years": Key(whole)}),
    "cut_off": (CutOff, {"year": Key(whole), "last_week": Key(whole)}),
    "baseline": (Baseline, {**_SAID, "id": Key(one_of(*BASELINES))}),
    "predictor": (Predictor, {**_SAID, "variables": Key(texts), "form": Key(one_of(*FORMS))}),
    "country": (Country, {**_SAID, "rules": Key(texts)}),
    "part": (Part, {**_SAID, "rules": Key(texts, ()), "off": Key(_off, ())}),
    "change": (
        Change,
        {
            "day": Key(day),
            "what": Key(text),
            "because": Key(text),
            "score": Key(any_text, ""),
            "before": Key(number, None),
            "after": Key(number, None),
        },
    ),
}


def protocol_of(book: Book, folder: Path) -> Protocol:
    """The file of a scenario; raises AllohistoryError for a mistake of form, or an id that is none."""
    path = folder / "book" / FILE
    if not path.is_file():
        raise AllohistoryError("check forecasts", f"this scenario has no {FILE}", given=FILE, status=404)
    found: dict[str, list[Any]] = {name: [] for name in _ROWS}
    for raw in read_file(path, FILE, tuple(_ROWS)):
        found[raw.table].append(_read(raw, book))
    if len(found["setting"]) != 1:
        raise AllohistoryError(FILE, "one [[setting]] holds the numbers of the scores")
    for table in ("horizon", "cut_off", "country"):
        if not found[table]:
            raise AllohistoryError(FILE, f"there is no [[{table}]]")
    protocol = Protocol(found["setting"][0], *(tuple(found[name]) for name in list(_ROWS)[1:]))
    _check_once(protocol)
    return protocol


def _read(raw: RawRow, book: Book) -> Any:
    kind, keys = _ROWS[raw.table]
    one = kind(**read_values(raw.values, keys, raw.where, f"[[{raw.table}]]"))
    if isinstance(one, CutOff):
        _check_cut_off(one, book, raw.where)
    elif isinstance(one, Predictor):
        if len(one.variables) != FORMS[one.form]:
            problem = f"the form {one.form} reads {FORMS[one.form]} variables"
            raise AllohistoryError(raw.where, problem, given=list(one.variables))
        for id in one.variables:
            variable = book.find(book.variables, id, raw.where, "variable", "docs/reference/variables.md")
            if variable.per is not None:
                raise AllohistoryError(raw.where, f"{id} is one number a {variable.per}", given=id)
    elif isinstance(one, Part):
        for id, _ in one.off:
            book.find(book.parameters, id, raw.where, "parameter", "allohistory sources")
        if not one.rules and not one.off:
            raise AllohistoryError(raw.where, "a part names rules, or parameters to switch off")
    return one


def _check_cut_off(one: CutOff, book: Book, where: str) -> None:
    """The last week is the last whose Monday lies in the year."""
    last = book.calendar.week_of(date(one.year, 12, 31))
    if one.last_week != last:
        problem = f"the last week that begins in {one.year} is week {last}"
        raise AllohistoryError(where, problem, given=one.last_week, closest=str(last))


def _check_once(protocol: Protocol) -> None:
    """No id and no rule stands twice."""
    named = (protocol.horizons, protocol.baselines, protocol.predictors, protocol.countries, protocol.parts)
    for rows in named:
        _once([row.id for row in rows])
    _once([str(cut.year) for cut in protocol.cut_offs])
    _once([rule for country in protocol.countries for rule in country.rules])


def _once(ids: list[str]) -> None:
    for place, id in enumerate(ids):
        if id in ids[:place]:
            raise AllohistoryError(FILE, f'"{id}" stands here twice', given=id)


def check_rules(protocol: Protocol, covered: frozenset[str]) -> None:
    """Every rule that the record covers belongs to a country, and no other is named.

    covered  ids of the drawing rules with a coverage
    """
    named = set(protocol.country_of)
    for id in [*named, *(rule for part in protocol.parts for rule in part.rules)]:
        if id not in covered:
            problem = f'"{id}" is not a rule that the record covers'
            raise AllohistoryError(FILE, problem, given=id, possible=sorted(covered))
    missing = sorted(covered - named)
    if missing:
        raise AllohistoryError(FILE, f"no country has the rule {missing[0]}", given=missing[0])
