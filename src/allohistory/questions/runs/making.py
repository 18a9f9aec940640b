"""One batch of a run: its timelines run, its parts made. The same bytes in whichever process it is done."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions.arms import Runner
from allohistory.questions.ask import Work, asked_outcomes, shares
from allohistory.questions.columns import Asked, Columns
from allohistory.questions.runs.events import Log, events_bytes, run_with_events
from allohistory.questions.runs.layout import OTHER, Layout, layout_of, work_of
from allohistory.questions.weights import Weights, weights_for
from allohistory.questions.worlds import Worlds, read_worlds

if TYPE_CHECKING:
    from allohistory.ensemble.gathered import Ensemble
    from allohistory.questions.question import Question
    from allohistory.timeline.memory import Memory
    from allohistory.timeline.model import Model
    from allohistory.timeline.plan import Plan

Loader = tuple[
    str, str, tuple[str, ...]
]  # module, function and words that load a scenario in another process


@dataclass(frozen=True)
class Batch:
    """Which timelines: its number, its first timeline, how many."""

    number: int
    first: int
    count: int


@dataclass(frozen=True)
class Made:
    """A batch that is made: the bytes of its parts and of its piece of work, and what the manifest says of it.

    counts  of the chosen arm: timelines run and kept, those that count, then each share that a precision is about
    cut     timelines of which more happened than a log holds, so that the end of their events is missing
    """

    batch: Batch
    outcomes: bytes
    events: bytes | None
    work: bytes
    counts: np.ndarray
    rows: int
    set_aside: int
    seconds: float
    cut: int = 0


class Interrupted(Exception):
    """The batch was stopped before its end; nothing of it is kept."""


def loader_of(model: Model) -> Loader:
    """How another process loads the scenario of this model."""
    found: Loader = model.__dict__.get("loaded_by") or ("allohistory.timeline.model", "load", (model.name,))
    return found


@dataclass
class Maker:
    """Makes the batches of one question; one thread at a time."""

    question: Question
    worlds: Worlds
    asked: tuple[Asked, ...]
    layout: Layout
    weights: Weights | None
    events: bool
    memories: list[Memory] = field(default_factory=list)

    @classmethod
    def of(cls, question: Question, model: Model, *, events: bool = False) -> Maker:
        """A maker for a question, read against its scenario."""
        worlds, asked = read_worlds(question, model), asked_outcomes(question, model)
        layout = layout_of(worlds, asked)
        return cls(question, worlds, asked, layout, weights_for(question, model), events)

    @classmethod
    def from_afar(cls, question: Question, loader: Loader, *, events: bool = False) -> Maker:
        """The same in a process that has not loaded the scenario yet."""
        from allohistory.questions.books import model_for

        module, function, words = loader
        getattr(import_module(module), function)(*words)
        return cls.of(question, model_for(question), events=events)

    def warm(self) -> None:
        """Compile what is not compiled yet."""
        _, plan = self.layout.arms[0]
        self._run(plan, Batch(0, 0, 1), None)

    def make(self, batch: Batch, stop: threading.Event | None = None) -> Made:
        """Run a batch; raises `Interrupted` where it is stopped."""
        started = time.perf_counter()
        logs: dict[str, list[Log]] = {}
        ensembles: dict[str, Ensemble] = {}
        cut = 0
        for name, plan in self.layout.arms:
            with_events = self.events and name != OTHER
            if with_events:
                ensembles[name], logs[name], more = run_with_events(
                    self.worlds.model, plan, batch.first, batch.count, self.memories, stop
                )
                cut += more
            else:
                ensembles[name] = self._run(plan, batch, stop)
            if len(ensembles[name].timeline) < batch.count:
                raise Interrupted
        outcomes, rows, counts = self._outcomes(ensembles)
        return Made(
            batch=batch,
            outcomes=outcomes,
            events=events_bytes(self.worlds, logs) if self.events else None,
            work=work_of(self.layout, ensembles) + counts.tobytes(),
            counts=counts,
            rows=rows,
            set_aside=sum(int((one.aside != 0).sum()) for one in ensembles.values()),
            seconds=time.perf_counter() - started,
            cut=cut,
        )

    def _run(self, plan: Plan, batch: Batch, stop: threading.Event | None) -> Ensemble:
        from allohistory.ensemble.run import run

        return run(
            self.worlds.model.blueprint,
            plan,
            first=batch.first,
            count=batch.count,
            workers=1,
            stop=stop,
            memories=self.memories,
        )

    def _outcomes(self, ensembles: Mapping[str, Ensemble]) -> tuple[bytes, int, np.ndarray]:
        """The outcomes' part, how many rows it has, and the counts of the chosen arm."""
        from allohistory.questions.rows import rows_of
        from allohistory.results.outcomes_file import outcomes_bytes

        work = Work(self.worlds, Runner(self.worlds.model, 1, 0), self.asked, 0.0, weights=self.weights)
        work.changed = chosen = self._columns(ensembles["with"])
        if "without" in ensembles:
            work.baseline = self._columns(ensembles["without"])
        if "rules" in ensembles:
            work.rules = self._columns(ensembles["rules"])
        arms = rows_of(work)
        found = [int(ensembles["with"].kept.sum()), len(chosen.draw)]
        found += [count for _, count in shares(chosen, self.asked)]
        data = outcomes_bytes(arms, self.question.as_json())
        return data, sum(len(arm.timeline) for arm in arms), np.array(found, "<i8")

    def _columns(self, ensemble: Ensemble) -> Columns:
        columns = Columns(self.worlds.model, ensemble, self.question.custom, weights=self.weights)
        return columns.where(self.question.given, self.question.without)


def identity(question: Question, loader: Loader, events: bool) -> str:
    """A name for a maker, for processes that keep several."""
    words = json.dumps([question.as_json(), loader, events], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()
