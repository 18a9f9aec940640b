"""Disputed figures: do headline answers flip when a camp's reading of a figure is imposed?

The same timelines under the same luck run once as the book has it and once under each reading; an answer flips where
the paired difference is beyond chance for all readings together.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.book.rows import Key, Keys, nested, number, read_file, read_values, several, text
from allohistory.ensemble.run import run
from allohistory.errors import AllohistoryError
from allohistory.evidence.kept_files import kept_folder
from allohistory.evidence.sensitivity_report import OUTCOMES
from allohistory.questions.estimates import Z90, paired_difference
from allohistory.timeline.model import PACKAGE
from allohistory.timeline.plan import START, Plan, position

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.timeline.blueprint import Blueprint
    from allohistory.timeline.model import Model

FILE, TABLE = "disputed.toml", "disputes.json"
TIMELINES = 2000
FALSE_ALARM = 0.05
LAST_YEAR = "1945-01-01"
WORLDS = {"1931": None, "1945": LAST_YEAR}
MORE = ("hokkaido_landing", "hokkaido_taken")
DIGITS = 4


@dataclass(frozen=True)
class Reading:
    """One camp's value, in the parameter's unit."""

    id: str
    value: float
    source: str


@dataclass(frozen=True)
class Figure:
    """A disputed figure, the parameter it is read into, and the camps."""

    id: str
    says: str
    parameter: str
    readings: tuple[Reading, ...]
    because: str


@dataclass(frozen=True)
class Moved:
    """One answer under one reading: its probability as the book has it and so read, the difference's 90 % interval."""

    figure: str
    reading: str
    world: str
    outcome: str
    before: float
    after: float
    interval: tuple[float, float]
    flips: bool


_READING: Keys = {"id": Key(text), "value": Key(number), "source": Key(text)}
_FIGURE: Keys = {
    "id": Key(text),
    "says": Key(text),
    "parameter": Key(text),
    "readings": Key(several(nested(_READING, "a reading", Reading))),
    "because": Key(text),
}
_ELSEWHERE: Keys = {"says": Key(text), "how": Key(text)}


def disputed_of(model: Model) -> tuple[list[Figure], list[dict[str, Any]]]:
    """The figures, and what is disputed but carried in another way; raises AllohistoryError for a mistake."""
    path = PACKAGE / "evidence" / "asked" / model.folder.name / FILE
    if not path.is_file():
        raise AllohistoryError("check disputes", f"this scenario has no {FILE}", given=FILE, status=404)
    figures, elsewhere = [], []
    for raw in read_file(path, FILE, ("figure", "elsewhere")):
        if raw.table == "elsewhere":
            elsewhere.append(read_values(raw.values, _ELSEWHERE, raw.where, "a dispute"))
            continue
        one = Figure(**read_values(raw.values, _FIGURE, raw.where, "a figure"))
        model.book.find(model.book.parameters, one.parameter, raw.where, "parameter", "allohistory sources")
        figures.append(one)
    return figures, elsewhere


def disputes(
    model: Model,
    *,
    timelines: int = TIMELINES,
    seed: int = 1,
    workers: int | None = None,
    tell: Callable[[int], None] | None = None,
) -> list[Moved]:
    """Every headline answer under every reading, from the first week on and from the last year of the war on."""
    figures = disputed_of(model)[0]
    outcomes = [id for id in (*OUTCOMES, *MORE) if id in model.outcomes]
    tried = sum(len(one.readings) for one in figures) * len(WORLDS) * len(outcomes)
    strict = NormalDist().inv_cdf(1.0 - FALSE_ALARM / (2 * tried))
    found = []
    for world, freed in WORLDS.items():

        def shown(blueprint: Blueprint, freed: str | None = freed) -> NDArray[np.bool_]:
            plan = _plan(model, freed, seed)
            ensemble = run(blueprint, plan, count=timelines, workers=workers, progress=tell)
            places = [model.outcomes.index(id) for id in outcomes]
            held: NDArray[np.bool_] = (ensemble.value[:, places] > 0.5) & (ensemble.aside == 0)[:, None]
            return held

        plain = shown(model.blueprint)
        for one in figures:
            for reading in one.readings:
                other = shown(read_so(model, one.parameter, reading.value))
                for place, id in enumerate(outcomes):
                    usual = paired_difference(other[:, place], plain[:, place], Z90)
                    low, high = paired_difference(other[:, place], plain[:, place], strict).chance_interval
                    before, after = float(plain[:, place].mean()), float(other[:, place].mean())
                    flips = low > 0.0 or high < 0.0
                    found.append(
                        Moved(one.id, reading.id, world, id, before, after, usual.chance_interval, flips)
                    )
    return found


def read_so(model: Model, parameter: str, value: float) -> Blueprint:
    """The blueprint with one parameter at a value in every kept draw: our history stays, what is believed of it moves.

    No change of a world: a change would let our own past come out otherwise.
    """
    draws = np.array(model.blueprint.parameter_draws)
    draws[:, model.blueprint.parameters.index(parameter)] = value
    return replace(model.blueprint, parameter_draws=draws)


def _plan(model: Model, freed: str | None, seed: int) -> Plan:
    """Nothing but the rules, or our history up to a day."""
    draws = len(model.blueprint.parameter_draws)
    if freed is None:
        return Plan(horizon=START, draws=draws, seed=seed)
    week = model.book.calendar.week_of(model.book.calendar.day(freed, FILE))
    return Plan(horizon=position(week, 0), since=week, draws=draws, seed=seed)


def runs(model: Model, timelines: int) -> int:
    """How many timelines that takes."""
    readings = sum(len(one.readings) for one in disputed_of(model)[0])
    return len(WORLDS) * (1 + readings) * timelines


def kept_about(model: Model, outcomes: tuple[str, ...]) -> tuple[list[Moved], int]:
    """What the kept runs say of these outcomes, and their timelines; nothing where none is kept of these very rules."""
    path = path_of(model)
    if not path.is_file() or json.loads(path.read_text(encoding="utf-8"))["model"] != model.digest[:16]:
        return [], 0
    found, timelines = read(path)
    return [one for one in found if one.outcome in outcomes], timelines


def path_of(model: Model) -> Path:
    """Where the kept result stands."""
    return kept_folder(model) / TABLE


def keep(found: list[Moved], model: str, timelines: int, path: Path) -> None:
    """Write it; the same bytes from the same timelines."""
    rows = [{**asdict(one), "interval": [round(end, DIGITS) for end in one.interval]} for one in found]
    body = {"format": 1, "model": model, "timelines": timelines, "rows": rows}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(path: Path) -> tuple[list[Moved], int]:
    """The kept result and its timelines; raises AllohistoryError where there is none."""
    if not path.is_file():
        see = "allohistory check disputes --full runs it (a minute)"
        raise AllohistoryError("check disputes", "no result is kept", see=see)
    body = json.loads(path.read_text(encoding="utf-8"))
    return [Moved(**{**row, "interval": tuple(row["interval"])}) for row in body["rows"]], body["timelines"]
