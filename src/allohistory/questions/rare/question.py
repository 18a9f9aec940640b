"""By which roads does a history get to an outcome? The question read, its timelines run, its roads put in order."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from allohistory.errors import AllohistoryError
from allohistory.questions.arms import Progress, Runner
from allohistory.questions.columns import Asked, Columns, asked_of, read_expression
from allohistory.questions.question import DEFAULT_TIMELINES, Question, workers_of
from allohistory.questions.rare.chance import (
    BRUTE_FORCE,
    Chance,
    brute_force,
    by_splitting,
    rare_enough,
    the_sharper,
)
from allohistory.questions.rare.described import Described, Road
from allohistory.questions.rare.histories import Histories, Name
from allohistory.questions.rare.roads import Compared, Division, before, divide, rand_index
from allohistory.questions.rare.signs import marks_of
from allohistory.questions.worlds import Worlds, read_worlds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.timeline.model import Model

ENOUGH = 600  # timelines that reach the outcome, beyond which no more are run
OTHERS = 900  # timelines that miss it, to compare with
MOST = 16_000  # timelines run by brute force where the question does not say how many
BATCH = 2_000
FEWEST = 25  # timelines that reach the outcome, below which they are not divided
FEWEST_FOR_STABILITY = 150
STABLE = 0.8
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Stability:
    """How far the roads hang on whose luck: the Rand index of two divisions over timelines of a third set.

    made_of   timelines of each division; sorted_: of the third set
    """

    rand_index: float | None
    made_of: int
    sorted_: int

    @property
    def stable(self) -> bool:
        """At least 0.8, or there is only one road."""
        return self.rand_index is not None and self.rand_index >= STABLE


@dataclass(frozen=True)
class RoadsFound:
    """The answer. `names` are the timelines that were divided, in the order of the roads' members."""

    worlds: Worlds
    asked: Asked
    chance: Chance
    roads: tuple[Road, ...]
    stability: Stability
    reached: int
    names: tuple[Name, ...]
    division: Division
    reference: NDArray[np.int64]
    aside: int
    seconds: float = field(compare=False)

    @property
    def question(self) -> Question:
        """The question that was answered."""
        return self.worlds.question

    def road_of(self, address: str) -> str | None:
        """The road of the timeline at an address, run and sorted anew; None where it does not reach the outcome."""
        from allohistory.questions.addresses import read_timeline

        read = read_timeline(address)
        histories = Histories(self.worlds.model, read.plan)
        world = histories.run([Name(read.named.timeline, read.named.forks)], logged=True)
        column = Columns(self.worlds.model, world.ensemble, self.question.custom).read(self.asked)
        if not column.shown.any():
            return None
        marks = marks_of(self.worlds.model, world, _spoken(self.asked, self.worlds))
        road = int(self.division.sort(marks.steps, before(marks, _until(column.day, self.worlds.model)))[0])
        turns = self.division.roads[road]
        return next((one.name for one in self.roads if one.turns == turns), None)


def find_roads(
    question: Question,
    model: Model,
    *,
    timelines: int | None = None,
    by: tuple[str, ...] = (),
    progress: Progress | None = None,
    stop: threading.Event | None = None,
) -> RoadsFound:
    """Answer a question of roads.

    timelines  how many to run by brute force; default: until enough reach the outcome
    by         milestones on the way, rarest last, for splitting; default: chosen by a pilot
    """
    started = time.monotonic()
    worlds = read_worlds(question, model)
    asked = the_outcome(worlds)
    most = timelines or MOST
    runner = Runner(
        model, workers_of(question.workers), most + ENOUGH + OTHERS, progress, stop or threading.Event()
    )
    columns = _enough(worlds, asked, runner, most, least=timelines or DEFAULT_TIMELINES)
    shown = columns.read(asked).shown
    chance = brute_force(columns, asked)
    reached = [Name(int(i)) for i in columns.timeline[shown][:ENOUGH]]
    weight = np.ones(len(reached)) if columns.weight is None else columns.weight[shown][:ENOUGH]
    histories = Histories(model, worlds.plan(), runner.workers)
    if rare_enough(chance, worlds):
        tried = by_splitting(worlds, asked, columns, histories, by, runner)
        chance = the_sharper(chance, tried)
        if tried is not None and len(tried.found) > len(reached):
            reached, weight = [one.name for one in tried.found], tried.weights
    others = [Name(int(i)) for i in columns.timeline[~shown][:OTHERS]]
    found = _divided(worlds, asked, histories, reached, weight, others, runner)
    return replace(found, chance=chance, aside=runner.aside, seconds=round(time.monotonic() - started, 3))


def the_outcome(worlds: Worlds) -> Asked:
    """The one outcome asked for, which must come or not come; raises AllohistoryError otherwise."""
    names = worlds.question.outcomes
    if len(names) != 1:
        problem = (
            "roads lead to one outcome; none is named"
            if not names
            else f"roads lead to one outcome, not to {len(names)}"
        )
        raise AllohistoryError(
            "--outcome", problem, given=" ".join(names) or None, closest="--outcome serious_war"
        )
    asked = asked_of(names[0], worlds.model, worlds.question.custom)
    if asked.kind in ("which", "amount"):
        kind = "one of several" if asked.options else "an amount"
        near = f"{asked.id}={asked.options[-1]}" if asked.options else f"{asked.id}>0"
        raise AllohistoryError(
            "--outcome",
            f'"{asked.id}" is {kind}; a road leads to what comes or does not',
            given=asked.id,
            closest=near,
        )
    return asked


def _enough(worlds: Worlds, asked: Asked, runner: Runner, most: int, least: int) -> Columns:
    """Brute force until enough timelines reach the outcome and enough miss it, or there are so many."""
    from allohistory.ensemble.gathered import join

    question, plan, label = worlds.question, worlds.plan(), "timelines of all roads"
    ensemble = runner.run(label, plan, min(least, most))
    while True:
        columns = Columns(worlds.model, ensemble, question.custom).where(question.given, question.without)
        shown = columns.read(asked).shown
        run = len(ensemble.timeline)
        if min(int(shown.sum()), ENOUGH) >= ENOUGH or run >= most or runner.stop.is_set():
            return columns
        more = runner.run(label, plan, min(BATCH, most - run), first=run)
        ensemble = join(ensemble, more)


def _divided(
    worlds: Worlds,
    asked: Asked,
    histories: Histories,
    reached: list[Name],
    weight: NDArray[np.float64],
    others: list[Name],
    runner: Runner,
) -> RoadsFound:
    """Run both kinds with their logs, divide those that reach it, and measure how stable that is."""
    model = worlds.model
    with runner.counting("their steps") as tell:
        world = histories.run([*reached, *others], logged=True, finished=tell)
    kept = np.flatnonzero(world.ensemble.aside == 0)
    n = int((kept < len(reached)).sum())
    names = tuple(reached[i] for i in kept[:n])
    weight = weight[kept[:n]]
    weight = weight / weight.sum() if n else weight
    marks = marks_of(model, world, _spoken(asked, worlds))
    day = _until(Columns(model, world.ensemble, worlds.question.custom).read(asked).day, model)
    reference = day.copy()
    if n:
        reference[n:] = day[:n][np.arange(len(day) - n) % n]
    present = before(marks, reference)
    compared = Compared(marks.steps, present[:, :n], present[:, n:], weight)
    enough = n >= FEWEST and present.shape[1] - n >= FEWEST
    division = divide(compared) if enough else Division(((),))
    roads = Described(model, marks, compared, division, n).roads() if enough else ()
    return RoadsFound(
        worlds=worlds,
        asked=asked,
        chance=Chance(BRUTE_FORCE, 0.0, 0.0, (0.0, 1.0), 0),
        roads=roads,
        stability=_stability(compared) if enough else Stability(None, 0, 0),
        reached=n,
        names=names,
        division=division,
        reference=reference,
        aside=0,
        seconds=0.0,
    )


def _stability(compared: Compared) -> Stability:
    """Divide two sets of timelines that share none, and let both sort a third."""
    n = len(compared.weight)
    if n < FEWEST_FOR_STABILITY:
        return Stability(None, 0, 0)
    turn = np.arange(n) % 5
    one, other, third = turn < 2, (turn >= 2) & (turn < 4), turn == 4
    half = np.arange(compared.other.shape[1]) % 2 == 0
    divisions = [divide(_part(compared, rows, misses)) for rows, misses in ((one, half), (other, ~half))]
    sorted_by = [each.sort(compared.steps, compared.reached[:, third]) for each in divisions]
    index = rand_index(*sorted_by)
    if index is None:
        index = 1.0  # both see a single road
    return Stability(index, int(one.sum()), int(third.sum()))


def _part(compared: Compared, rows: NDArray[np.bool_], misses: NDArray[np.bool_]) -> Compared:
    weight = compared.weight[rows]
    return Compared(
        compared.steps, compared.reached[:, rows], compared.other[:, misses], weight / weight.sum()
    )


def _until(day: NDArray[np.int64], model: Model) -> NDArray[np.int64]:
    """The day up to which a timeline is searched for steps: the outcome's, or the last."""
    return np.where(day >= 0, day, model.blueprint.weeks * DAYS_A_WEEK)


def _spoken(asked: Asked, worlds: Worlds) -> frozenset[str]:
    """The outcomes that the question itself names: no steps on the way to it."""
    if asked.expression is None:
        return frozenset({asked.id})
    return frozenset(read_expression(asked.expression, worlds.model, worlds.question.custom).outcomes)
