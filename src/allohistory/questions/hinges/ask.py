"""When was it decided? The curve over the weeks of our history, the weeks that moved it, and what in them did.

    found = hinges(model, "serious_war")
    found.points    a probability a week
    found.moves     what is named, in the order of time

No change is asked for: the only question is up to where history's own luck is kept. The parameter draws are those of
every other answer; they know the whole record, so that a probability in 1931 is that of somebody who knows the rules
as well as we do, not that of a contemporary.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.errors import AllohistoryError
from allohistory.questions.columns import Asked, Columns, asked_of
from allohistory.questions.hinges.branches import Branches, branch
from allohistory.questions.hinges.curve import Point, curve
from allohistory.questions.hinges.moves import Move, Step, parts_of, ranked, tried
from allohistory.questions.question import DEFAULT_SCENARIO
from allohistory.results.files import canonical
from allohistory.results.schema import Head, plain
from allohistory.timeline.plan import END, PLACES, position
from allohistory.version import VERSION

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.timeline.blueprint import Blueprint
    from allohistory.timeline.model import Model

TIMELINES = 240  # of each week's probability
FEWEST = 200  # fewer say too little of any one week
MOST = 4000  # more would not fit into memory with all their runs
FRESH = 6  # times as many fresh timelines try a week
PARTS = 3  # times as many of these take a named week apart
DRAWS, SEED = 100, 1
Progress = Callable[[str, int, int], None]
_kept: dict[tuple[int, str, int, int, int], tuple[Blueprint, Branches]] = {}  # the last curve's runs


@dataclass(frozen=True)
class Hinge:
    """A named week: how far it moved the probability, and its parts in the week's order."""

    week: int
    date: str
    whole: Move
    parts: tuple[Move, ...]


@dataclass(frozen=True)
class Hinges:
    """The answer.

    points   the curve, a point a week, luck freed at the start of the week
    hinges   the named weeks, in the order of time
    tried    how many weeks were tried on fresh timelines; fresh: how many of these
    ours     whether our own history shows the outcome
    runs     runs of the model behind the curve
    """

    model: Model
    asked: Asked
    points: tuple[Point, ...]
    hinges: tuple[Hinge, ...]
    tried: int
    timelines: int
    fresh: int
    draws: int
    seed: int
    ours: bool
    runs: int
    seconds: float

    def date_of(self, week: int) -> str:
        """The Monday of a week."""
        return self.model.book.calendar.monday_of(week).isoformat()

    @property
    def again(self) -> str:
        """The command that asks the same once more."""
        import shlex

        words = ["allohistory", "hinges", "--outcome", self.asked.id]
        words += ["--scenario", self.model.name] if self.model.name != DEFAULT_SCENARIO else []
        for option, value, standard in (
            ("--timelines", self.timelines, TIMELINES),
            ("--draws", self.draws, DRAWS),
            ("--seed", self.seed, SEED),
        ):
            words += [option, str(value)] if value != standard else []
        return shlex.join(words)

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface, and how sure each is."""
        from allohistory.questions.hinges.shape import as_json

        return as_json(self)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form as a dict, with its head."""
        head = Head(
            command="hinges",
            scenario=self.model.name,
            version=VERSION,
            model=self.model.digest[:16],
            question={
                "outcome": self.asked.id,
                "timelines": self.timelines,
                "draws": self.draws,
                "seed": self.seed,
            },
            timelines=self.timelines,
            seed=self.seed,
            luck="fresh",
            seconds=self.seconds,
            again=self.again,
        )
        return {**head.as_json(), **plain(self.as_json())}

    def to_json(self) -> str:
        """The JSON form as text."""
        return canonical(self.as_dict())

    def plot(self) -> Any:
        """The curve with its hinges, as a chart."""
        from allohistory.results.hinge_chart import chart_of

        body = self.as_json()
        return chart_of(body["weeks"], body["moves"], self.asked.title)


def hinges(
    model: Model,
    outcome: str,
    *,
    timelines: int = TIMELINES,
    draws: int = DRAWS,
    seed: int = SEED,
    workers: int | None = None,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
) -> Hinges:
    """Answer the question; raises AllohistoryError for an outcome that is no yes or no, or too few timelines."""
    from allohistory.questions.question import workers_of

    started = time.monotonic()
    asked = yes_or_no(outcome, model)
    checked(timelines, draws, model)
    work = Work(model, asked, timelines, draws, seed, workers_of(workers), progress, stop)
    points, found, weeks = answer(work)
    points = tuple(curve(found.y, weeks, [one.week for one in found.hinges])) if found.hinges else points
    return Hinges(
        model=model,
        asked=asked,
        points=points,
        hinges=found.hinges,
        tried=found.tried,
        timelines=timelines,
        fresh=FRESH * timelines,
        draws=draws,
        seed=seed,
        ours=found.ours,
        runs=found.runs,
        seconds=round(time.monotonic() - started, 3),
    )


def yes_or_no(outcome: str, model: Model) -> Asked:
    """What is asked, which must be true or false of a timeline."""
    asked = asked_of(outcome, model)
    if asked.kind == "yes":
        return asked
    closest = {
        "which": f"{asked.id}={asked.options[0]}" if asked.options else asked.id,
        "amount": f"{asked.id}>0",
        "day": f"{asked.id} before {model.book.calendar.monday_of(model.blueprint.weeks - 1).year}",
    }[asked.kind]
    problem = f"{asked.id} is no yes or no, and only such a thing is decided"
    raise AllohistoryError("--outcome", problem, given=outcome, closest=closest)


def checked(timelines: int, draws: int, model: Model) -> None:
    """Raise AllohistoryError where the numbers asked for cannot be had."""
    if not FEWEST <= timelines <= MOST:
        near = str(min(max(timelines, FEWEST), MOST))
        problem = f"{timelines} timelines a week are not between {FEWEST} and {MOST}"
        raise AllohistoryError("--timelines", problem, given=timelines, closest=near)
    kept = len(model.blueprint.parameter_draws)
    if not 1 <= draws <= kept:
        problem = f"{draws} parameter draws are asked for, {kept} are kept"
        raise AllohistoryError("--draws", problem, given=draws, closest=str(min(max(draws, 1), kept)))


@dataclass(frozen=True)
class Work:
    """What the runs need to know."""

    model: Model
    asked: Asked
    timelines: int
    draws: int
    seed: int
    workers: int
    progress: Progress | None
    stop: threading.Event | None

    def every_week(self, positions: Sequence[int]) -> Branches:
        """The curve's timelines: kept in the process, for they are the same whatever outcome is asked."""
        key = (id(self.model.blueprint), self.model.digest, self.timelines, self.draws, self.seed)
        if key not in _kept:
            found = self.branches("every week", positions, 0, self.timelines)
            _kept.clear()
            _kept[key] = (self.model.blueprint, found)  # kept alive, so that its identity stays its own
        return _kept[key][1]

    def branches(self, label: str, positions: Sequence[int], first: int, count: int) -> Branches:
        """Timelines first to first + count - 1, freed at these positions."""

        def tell(done: int, total: int) -> None:
            if self.progress is not None:
                self.progress(label, done, total)

        return branch(
            self.model.blueprint,
            positions,
            count,
            first=first,
            draws=self.draws,
            seed=self.seed,
            workers=self.workers,
            tell=tell,
            stop=self.stop,
        )

    def answers(self, branches: Branches) -> NDArray[np.float64]:
        """(timelines, positions) 1, 0, or NaN for what was set aside."""
        columns = Columns(self.model, branches.runs)
        column = np.full(len(branches.runs.timeline), np.nan)
        column[columns.rows] = columns.read(self.asked).shown
        return branches.spread(column)

    def fresh(
        self, label: str, positions: Sequence[int], times: int = FRESH
    ) -> dict[int, NDArray[np.float64]]:
        """By position, the answers of so many times as many timelines that had no part in the curve."""
        if not positions:
            return {}
        found = self.branches(label, positions, self.timelines, times * self.timelines)
        y = self.answers(found)
        return {int(at): y[:, place] for place, at in enumerate(found.positions)}


@dataclass(frozen=True)
class Found:
    """What the runs came to; y: (timelines, weeks) of the curve's own."""

    y: NDArray[np.float64]
    hinges: tuple[Hinge, ...]
    tried: int
    ours: bool
    runs: int


def answer(work: Work) -> tuple[tuple[Point, ...], Found, list[int]]:
    """The curve, the hinges, and the weeks of the curve."""
    weeks = list(range(work.model.blueprint.weeks))
    first = work.every_week([*(position(week, 0) for week in weeks), END])
    y = work.answers(first)
    candidates = sorted(ranked(y))
    steps = [Step(int(first.positions[place]), int(first.positions[place + 1])) for place in candidates]
    known = work.fresh("the likeliest weeks", _ends(steps))
    whole = [one for one in tried(steps, known) if one.named]
    found = Found(
        y=y[:, :-1],
        hinges=_taken_apart(work, whole, known),
        tried=len(steps),
        ours=bool(np.nansum(y[:, -1]) > 0.5 * np.sum(~np.isnan(y[:, -1]))),
        runs=len(first.runs.timeline),
    )
    return tuple(curve(found.y, weeks)), found, weeks


def _taken_apart(
    work: Work, whole: Sequence[Move], known: dict[int, NDArray[np.float64]]
) -> tuple[Hinge, ...]:
    """The parts of each named week, on the timelines that named it; what is known of them already is not run again."""
    parts = {
        one.step.first // PLACES: parts_of(work.model.blueprint, one.step.first // PLACES) for one in whole
    }
    steps = [step for its in parts.values() for step in its]
    inner = work.fresh("what moved them", [at for at in _ends(steps) if at not in known], PARTS)
    known = {at: y[: PARTS * work.timelines] for at, y in known.items()}
    judged = iter(tried(steps, known | inner))
    monday = work.model.book.calendar.monday_of
    return tuple(
        Hinge(
            week=one.step.first // PLACES,
            date=monday(one.step.first // PLACES).isoformat(),
            whole=one,
            parts=tuple(next(judged) for _ in parts[one.step.first // PLACES]),
        )
        for one in whole
    )


def _ends(steps: Sequence[Step]) -> list[int]:
    return sorted({at for step in steps for at in (step.first, step.until)})
