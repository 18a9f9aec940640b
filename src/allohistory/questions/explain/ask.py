"""Why? The causes as twins, their shares, the steps cut one by one, the conditions, and what it hangs on.

The causes are the question's points of divergence and changes, one to five. Every subset of them is run on the same
luck, freed at the same place: just after the last address that any of them imposes. A cause is judged with the others
in place; all together are judged against none.
"""

from __future__ import annotations

import shlex
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.book.resolve import resolve_all
from allohistory.errors import AllohistoryError
from allohistory.questions.arms import Progress, Runner, enough_memory
from allohistory.questions.columns import Asked, Columns
from allohistory.questions.explain.boxes import Box, boxes
from allohistory.questions.explain.hanging import Hanging, hanging
from allohistory.questions.explain.shapley import MOST, Part, shapley, subsets
from allohistory.questions.explain.steps import Chain, chain_of
from allohistory.questions.explain.twins import Twins, twins
from allohistory.questions.hinges.ask import yes_or_no
from allohistory.questions.question import CLOCKS, COUPLINGS, Question, workers_of
from allohistory.questions.worlds import Worlds, read_worlds
from allohistory.results.files import canonical
from allohistory.results.schema import Head, Interval, plain
from allohistory.timeline.asked import items_of
from allohistory.timeline.plan import END, PLACES
from allohistory.version import VERSION

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.book.clashes import ResolvedChange
    from allohistory.timeline.model import Model

ALL = "all together"
BESIDE = 400  # timelines of each convention of history's own luck
A_YEAR = 52  # weeks after the change at which states are read unless a date is asked for


@dataclass(frozen=True)
class Cause:
    """One cause: a point of divergence or a change, understood."""

    id: str
    title: str
    changes: tuple[ResolvedChange, ...]


@dataclass(frozen=True)
class OwnLuck:
    """The outcome with all causes under our history's own luck, and its range over the conventions of luck."""

    probability: float
    band: Interval
    n: int
    ours: bool


@dataclass(frozen=True)
class Explanation:
    """The answer: `causes` by id, then the rest in the order in which a reader asks for it."""

    model: Model
    worlds: Worlds
    asked: Asked
    causes: dict[str, Twins]
    titles: dict[str, str]
    shares: tuple[Part, ...]
    own_luck: OwnLuck
    chain: Chain
    boxes: tuple[Box, ...] | None
    hanging: tuple[Hanging, ...]
    unapplied: dict[str, float]
    timelines: int
    seconds: float
    notes: tuple[str, ...] = ()
    at: tuple[str, ...] = ()

    @property
    def question(self) -> Question:
        """What was asked."""
        return self.worlds.question

    @property
    def again(self) -> str:
        """The command that asks the same once more."""
        words = self.question.again.replace("allohistory ask", "allohistory explain", 1)
        return words + "".join(f" --at {shlex.quote(one)}" for one in self.at)

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface."""
        from allohistory.questions.explain.words import as_json

        return as_json(self)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form as a dict, with its head."""
        head = Head(
            command="explain",
            scenario=self.model.name,
            version=VERSION,
            model=self.model.digest[:16],
            question={**self.question.as_json(), "at": list(self.at)},
            timelines=self.question.timelines,
            seed=self.question.seed,
            luck=self.question.luck,
            seconds=self.seconds,
            again=self.again,
            warnings=self.notes,
        )
        return {**head.as_json(), **plain(self.as_json())}

    def to_json(self) -> str:
        """The JSON form as text."""
        return canonical(self.as_dict())


def explain(
    question: Question,
    model: Model,
    *,
    at: Sequence[str] = (),
    progress: Progress | None = None,
    stop: threading.Event | None = None,
) -> Explanation:
    """Explain one outcome of a question; raises AllohistoryError where it cannot be understood.

    at  dates at which the world's states are read; default a year after the change
    """
    started = time.monotonic()
    if len(question.outcomes) != 1:
        raise AllohistoryError(
            "--outcome", "one outcome is explained at a time", closest=next(iter(question.outcomes), "")
        )
    asked = yes_or_no(question.outcomes[0], model)
    worlds = read_worlds(question, model)
    causes = causes_of(question, model, worlds)
    weeks = weeks_of(at, worlds)
    enough_memory(question.timelines, len(model.outcomes))
    total = question.timelines * 2 ** len(causes) + BESIDE * len(COUPLINGS) * len(CLOCKS)
    runner = Runner(model, workers_of(question.workers), total, progress, stop or threading.Event())
    work = Work(model, worlds, asked, causes, runner, progress)
    return replace(work.answer(weeks, started), at=tuple(at))


def causes_of(question: Question, model: Model, worlds: Worlds) -> tuple[Cause, ...]:
    """The causes of a question: its points of divergence, then its changes."""
    found = [Cause(one.pod.id, one.pod.title, one.changes) for one in worlds.pods]
    for text in question.do:
        found.append(Cause(text, text, resolve_all([text], model.book, model.book_rules)))
    if not 1 <= len(found) <= MOST:
        problem = (
            "nothing is changed, so that there is nothing to explain"
            if not found
            else (f"{len(found)} causes are named, and every subset of them must be run: at most {MOST}")
        )
        raise AllohistoryError("--pod", problem, given=len(found), closest="", see="allohistory pods")
    return tuple(found)


def weeks_of(at: Sequence[str], worlds: Worlds) -> list[int]:
    """The weeks at whose start states are read."""
    calendar = worlds.model.book.calendar
    first, last = worlds.freed // PLACES + 1, worlds.model.blueprint.weeks - 1
    if not at:
        return [min(max(first + A_YEAR, 1), last)]
    weeks = [calendar.week_of(calendar.day(text, "--at")) for text in at]
    for text, week in zip(at, weeks, strict=True):
        if week <= first:
            day = calendar.monday_of(min(first + 1, last)).isoformat()
            raise AllohistoryError("--at", f"{text} is not after the change", given=text, closest=day)
    return weeks


@dataclass
class Work:
    """What is run for one explanation."""

    model: Model
    worlds: Worlds
    asked: Asked
    causes: tuple[Cause, ...]
    runner: Runner
    progress: Progress | None

    def answer(self, weeks: Sequence[int], started: float) -> Explanation:
        """Run everything, in the order of its use."""
        shown, draw, unapplied = self.subsets()
        every = frozenset(range(len(self.causes)))
        ids = tuple(cause.id for cause in self.causes)
        found = {
            cause.id: twins(shown[every], shown[every - {place}], draw)
            for place, cause in enumerate(self.causes)
        }
        if len(self.causes) > 1:
            found[ALL] = twins(shown[every], shown[frozenset()], draw)
        with_it, without_it = self.worlds.plan(), self.worlds.plan(changed=False)
        own = self.own_luck()
        workers = self.runner.workers
        chain = chain_of(
            self.model, self.asked, with_it, without_it, workers=workers, tell=self.telling("the steps, cut")
        )
        notes: list[str] = []
        conditions: tuple[Box, ...] | None = None
        try:
            tell = self.telling("the conditions")
            conditions = tuple(boxes(self.model, self.asked, with_it, weeks, workers=workers, tell=tell))
        except AllohistoryError as error:
            notes.append(str(error).splitlines()[0])
        return Explanation(
            model=self.model,
            worlds=self.worlds,
            asked=self.asked,
            causes=found,
            titles={cause.id: cause.title for cause in self.causes},
            shares=tuple(shapley(ids, shown)),
            own_luck=own,
            chain=chain,
            boxes=conditions,
            hanging=tuple(hanging(self.model, self.asked, shown[every], draw)),
            unapplied=unapplied,
            timelines=len(draw),
            seconds=round(time.monotonic() - started, 3),
            notes=tuple(notes),
        )

    def telling(self, label: str) -> Callable[[int, int], None]:
        """Progress of a part that the runner does not run."""

        def tell(done: int, total: int) -> None:
            if self.runner.stop.is_set():
                from allohistory.questions.arms import Stopped

                raise Stopped(label)
            if self.progress is not None:
                self.progress(label, done, total)

        return tell

    def subsets(self) -> tuple[dict[frozenset[int], NDArray[np.bool_]], NDArray[np.int64], dict[str, float]]:
        """The outcome in every subset's world over the timelines that count in all, and their draws.

        Last, by cause, the share of timelines in which it met no occasion, where that is not none.
        """
        n = self.worlds.question.timelines
        plan = self.worlds.plan()
        columns: dict[frozenset[int], Columns] = {}
        unapplied: dict[str, float] = {}
        for subset in subsets(len(self.causes)):
            changes = [change for place in sorted(subset) for change in self.causes[place].changes]
            items = items_of(changes, self.model.blueprint)
            ensemble = self.runner.run("every subset of the causes", replace(plan, items=items), n)
            columns[subset] = Columns(self.model, ensemble)
            if len(subset) == 1:
                share = float((ensemble.applied.sum(axis=1) == 0).mean())
                unapplied |= {self.causes[next(iter(subset))].id: share} if share else {}
        counts = np.ones(n, bool)
        for one in columns.values():
            counts &= np.isin(np.arange(n), one.timeline)
        shown = {}
        for subset, one in columns.items():
            whole = np.zeros(n, bool)
            whole[one.timeline] = one.read(self.asked).shown
            shown[subset] = whole[counts]
        return shown, np.arange(n)[counts] % self.worlds.question.draws, unapplied

    def own_luck(self) -> OwnLuck:
        """All causes under our history's own luck, by every convention of carrying it over; and our history itself."""
        n = min(BESIDE, self.worlds.question.timelines)
        plans = [
            self.worlds.plan(horizon=END, coupling=coupling, clocks=clocks)
            for coupling, clocks in product(COUPLINGS, CLOCKS)
        ]
        plans.append(self.worlds.plan(changed=False, horizon=END))
        found = self.runner.run_together("history's own luck", plans, n)
        shares = [float(Columns(self.model, one).read(self.asked).shown.mean()) for one in found]
        return OwnLuck(shares[0], (min(shares[:-1]), max(shares[:-1])), n, shares[-1] > 0.5)
