"""Features of our history among those of timelines left to themselves (Rubin 1984; Gelman, Meng and Stern 1996).

Every world runs once, over the kept draws in turn. Our own figure t of a feature stands beside the timelines' T:

    below, same   the shares of timelines with T < t and T = t
    p             twice the smaller of P(T <= t) and P(T >= t), at most 1
    rank          below + same / 2

The draws have seen the record, so a p-value is not uniform where the model is right: it leans to the middle. A small
one says more than usual, and a middling one less.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.ensemble.run import default_workers
from allohistory.evidence.kept_files import kept_folder
from allohistory.questions.columns import Columns
from allohistory.questions.columns import asked_of as outcome_of
from allohistory.questions.logged import Logged, run_logged
from allohistory.questions.predictive.asked import FILE, Asked, Bars, Feature, World, asked_of
from allohistory.questions.sequences import chosen
from allohistory.timeline.plan import END, START, Plan, position

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.timeline.model import Model

TIMELINES = 2000
AT = (0.05, 0.5, 0.95)
TABLE = "predictive.json"
DIGITS = 4
DATED = ("day", "outcome")
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Place:
    """Where our history's figure lies. None for a day that never comes.

    quantiles  5 %, median and 95 % of the timelines' own figures
    never      share of the timelines in which a dated thing never comes
    """

    world: str
    feature: str
    ours: float | None
    quantiles: tuple[float | None, float | None, float | None]
    never: float | None
    rank: float
    p: float
    n: int


@dataclass(frozen=True)
class Found:
    """All features of all worlds."""

    places: tuple[Place, ...]
    model: str
    timelines: int
    seed: int

    def of(self, world: str) -> tuple[Place, ...]:
        """The features of one world."""
        return tuple(one for one in self.places if one.world == world)


def predictive(
    model: Model,
    *,
    asked: Asked | None = None,
    timelines: int = TIMELINES,
    seed: int = 1,
    workers: int | None = None,
    tell: Tell | None = None,
) -> Found:
    """Run every world and place our history in it. timelines: how many each world gets."""
    asked = asked or asked_of(model)
    draws = len(model.blueprint.parameter_draws)
    history = run_logged(model, Plan(horizon=END, draws=draws, seed=seed), 1)
    places: list[Place] = []
    for number, world in enumerate(asked.worlds.values()):

        def finished(count: int, done: list[int] = [number * timelines]) -> None:  # noqa: B006
            done[0] += count
            if tell is not None:
                tell("posterior predictive checks", done[0], len(asked.worlds) * timelines)

        run = run_logged(
            model,
            plan_of(model, world, seed),
            timelines,
            workers=workers or default_workers(),
            finished=finished,
        )
        places += [
            placed(one, world, figures(model, one, history)[0], figures(model, one, run))
            for one in asked.features
            if world.id in one.worlds
        ]
    return Found(tuple(places), model.digest[:16], timelines, seed)


def plan_of(model: Model, world: World, seed: int) -> Plan:
    """Luck free from a day on, nothing changed."""
    week = model.book.calendar.week_of(world.freed)
    draws = len(model.blueprint.parameter_draws)
    if week == 0:
        return Plan(horizon=START, draws=draws, seed=seed)
    return Plan(horizon=position(week, 0), since=week, draws=draws, seed=seed)


def figures(model: Model, one: Feature, run: Logged) -> NDArray[np.float64]:
    """(timelines,) a feature of each kept timeline; days count from the scenario's first, inf where it never comes."""
    if one.kind in ("outcome", "amount"):
        column = Columns(model, run.ensemble).read(outcome_of(one.event, model))
        if one.kind == "amount":
            return np.asarray(column.value, float)
        return np.where(column.day >= 0, column.day, np.inf)
    mine = chosen(model, one.events, run, FILE) & _within(model, one, run)
    if one.kind == "count":
        return np.bincount(run.row[mine], minlength=run.kept)[: run.kept].astype(float)
    if one.kind == "day":
        first = np.full(run.kept, np.inf)
        np.minimum.at(first, run.row[mine], run.day[mine].astype(float))
        return first
    longest = np.zeros(run.kept)
    np.maximum.at(longest, run.row[mine], (run.week[mine] - run.key[mine] + 1).astype(float))
    return longest


def _within(model: Model, one: Feature, run: Logged) -> NDArray[np.bool_]:
    """Which events fall between the feature's first and last day."""
    calendar = model.book.calendar
    first = 0 if one.first is None else calendar.day_of(one.first)
    last = math.inf if one.last is None else calendar.day_of(one.last)
    return np.asarray((run.day >= first) & (run.day <= last))


def placed(one: Feature, world: World, ours: float, theirs: NDArray[np.float64]) -> Place:
    """Our figure among theirs."""
    below, same = float((theirs < ours).mean()), float((theirs == ours).mean())
    p = min(1.0, 2.0 * min(below + same, 1.0 - below))
    ordered = np.sort(theirs)
    low, middle, high = (_plain(ordered[min(int(share * len(ordered)), len(ordered) - 1)]) for share in AT)
    never = float(np.isinf(theirs).mean()) if one.kind in DATED else None
    return Place(
        world.id, one.id, _plain(ours), (low, middle, high), never, below + same / 2.0, p, len(theirs)
    )


def _plain(value: float) -> float | None:
    return None if math.isinf(value) else float(value)


def scores(found: Found, asked: Asked) -> list[dict[str, Any]]:
    """The board's lines: in each world the share of features that are not outside, and the smallest p-value of all."""
    again = "allohistory check predictive --full"
    rows: list[dict[str, Any]] = []
    for world in asked.worlds.values():
        mine = found.of(world.id)
        inside = sum(one.p >= asked.bars.outside for one in mine) / len(mine)
        rows.append(
            {
                "name": f"inside, {world.says[0].lower()}{world.says[1:]}",
                "value": round(inside, DIGITS),
                "interval": None,
                "baseline": 1.0 - asked.bars.outside,
                "bar": 1.0 - asked.bars.share,
                "met": inside >= 1.0 - asked.bars.share,
                "n": len(mine),
                "again": again,
            }
        )
    least = min(found.places, key=lambda one: one.p)
    bar = bound(found, asked.bars)
    rows.append(
        {
            "name": f"smallest p ({least.feature}, {least.world})",
            "value": round(least.p, DIGITS),
            "interval": None,
            "baseline": None,
            "bar": float(f"{bar:.2g}"),
            "met": least.p >= bar,
            "n": len(found.places),
            "again": again,
        }
    )
    return rows


def bound(found: Found, bars: Bars) -> float:
    """The p-value below which one feature of all is too far out. Few timelines can only show 0 below it: not once."""
    return bars.family / len(found.places)


def path_of(model: Model) -> Path:
    """Where the kept result stands."""
    return kept_folder(model) / TABLE


def keep(found: Found, path: Path) -> None:
    """Write it; the same bytes from the same timelines."""
    places = [
        {**asdict(one), "rank": round(one.rank, DIGITS), "p": round(one.p, DIGITS)} for one in found.places
    ]
    body = {
        "format": 1,
        "model": found.model,
        "timelines": found.timelines,
        "seed": found.seed,
        "places": places,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(path: Path) -> Found | None:
    """The kept result; None where there is none."""
    if not path.is_file():
        return None
    body: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    rows: Sequence[Mapping[str, Any]] = body["places"]
    places = tuple(Place(**{**row, "quantiles": tuple(row["quantiles"])}) for row in rows)
    return Found(places, body["model"], body["timelines"], body["seed"])
