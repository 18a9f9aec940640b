"""Running many sets on the same luck: each parameter draw's factual world is replayed once for all of them.

Two kinds of worlds are run. For the outcome: the set imposed, history's luck up to just after its last change and fresh
luck from there, as an answer has it. For the surprise: the same with luck freed at its first change. Each keeps its
timelines' numbers, so that more can be added later.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from allohistory.ensemble.gathered import Ensemble, empty
from allohistory.questions.arms import Stopped
from allohistory.questions.columns import Asked, Columns, asked_of
from allohistory.questions.pieces import surprise_in
from allohistory.questions.search.score import score_of
from allohistory.questions.search.sets import Sets
from allohistory.questions.search.tally import PodSet, Seen
from allohistory.timeline.changes import NEVER
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import START, Plan
from allohistory.timeline.shape import SHEET

if TYPE_CHECKING:
    from allohistory.questions.worlds import Worlds

BLOCKS = 8  # into so many parts timelines are split for the error of a surprise


@dataclass(frozen=True)
class Bits:
    """Surprise of a set and its standard error, in bits; infinite where it cannot come about."""

    value: float
    error: float = 0.0


class Field(Protocol):
    """What a race needs to know of sets."""

    def outcomes(self, sets: Sequence[PodSet], first: int, count: int) -> list[Seen]:
        """What timelines first to first + count - 1 of each set say."""

    def surprises(self, sets: Sequence[PodSet], count: int) -> list[Bits]:
        """The surprise of each set from its first so many timelines."""

    def without(self, wanted: Sequence[tuple[PodSet, str]], first: int, count: int) -> list[Seen]:
        """The same timelines of sets less one of their members, luck freed where the whole set frees it."""

    def possible(self, sets: Sequence[PodSet]) -> list[PodSet]:
        """Those without a clash."""


@dataclass
class Run:
    """Timelines of plans, over threads; counts them, and ends early where it is told to stop."""

    workers: int
    stop: threading.Event
    memories: list[Memory] = field(default_factory=list)
    timelines: int = 0
    aside: int = 0
    told: Callable[[int], None] | None = None

    def run(self, sets: Sets, plans: Sequence[Plan], first: int, count: int) -> list[Ensemble]:
        """Timelines first to first + count - 1 of each plan; raises Stopped where it is stopped."""
        blueprint = sets.model.blueprint
        gathered = [empty(blueprint, plan, first, count) for plan in plans]
        if not plans or not count:
            return gathered
        draws = sorted({number % plans[0].draws for number in range(first, first + count)})
        threads = max(1, min(self.workers, len(draws)))
        while len(self.memories) < threads:
            self.memories.append(Memory(blueprint))

        def share(thread: int) -> None:
            for draw in draws[thread::threads]:
                _run_draw(self.memories[thread], plans, gathered, draw, self)

        with ThreadPoolExecutor(threads) as pool:
            for done in [pool.submit(share, thread) for thread in range(threads)]:
                done.result()
        if self.stop.is_set():
            raise Stopped("search")
        self.timelines += count * len(plans)
        self.aside += sum(int((one.aside != 0).sum()) for one in gathered)
        if self.told is not None:
            self.told(count * len(plans))
        return gathered


def _run_draw(
    memory: Memory, plans: Sequence[Plan], gathered: Sequence[Ensemble], draw: int, run: Run
) -> None:
    """One draw: its factual world, then its timelines of every plan."""
    memory.load_plan(plans[0])
    memory.load_draw(draw, ledger=any(plan.horizon != START for plan in plans))
    impossible = int(memory.c.aside)
    for plan, ensemble in zip(plans, gathered, strict=True):
        if run.stop.is_set():
            return
        memory.load_plan(plan)
        first, n = int(ensemble.timeline[0]), len(ensemble.timeline)
        for row in range((draw - first) % plan.draws, n, plan.draws * SHEET):
            count = min(SHEET, len(range(row, n, plan.draws)))
            if impossible and plan.horizon != START:
                ensemble.set_aside(row, plan.draws, count, memory)
            else:
                memory.run_many(first + row, plan.draws, count)
                ensemble.take(row, plan.draws, count, memory)


@dataclass
class ScenarioField:
    """Sets of a scenario's divergences, run on the question's luck."""

    sets: Sets
    run: Run

    @property
    def asked(self) -> Asked:
        """The outcome that is searched for."""
        return asked_of(self.sets.question.outcomes[0], self.sets.model)

    def possible(self, sets: Sequence[PodSet]) -> list[PodSet]:
        """Those without a clash."""
        return self.sets.possible(sets)

    def outcomes(self, sets: Sequence[PodSet], first: int, count: int) -> list[Seen]:
        """What timelines first to first + count - 1 of each set say."""
        plans = [self._worlds(names).plan() for names in sets]
        return [self.seen(ensemble) for ensemble in self.run.run(self.sets, plans, first, count)]

    def without(self, wanted: Sequence[tuple[PodSet, str]], first: int, count: int) -> list[Seen]:
        """The same timelines of sets less one of their members, luck freed where the whole set frees it."""
        plans = [self._plan_without(names, left_out) for names, left_out in wanted]
        distinct = list(dict.fromkeys(plans))  # divergences of one week share their unchanged worlds
        seen = [self.seen(ensemble) for ensemble in self.run.run(self.sets, distinct, first, count)]
        return [seen[distinct.index(plan)] for plan in plans]

    def _plan_without(self, names: PodSet, left_out: str) -> Plan:
        rest = tuple(name for name in names if name != left_out)
        return replace(self._worlds(names).plan(), items=self._worlds(rest).items if rest else ())

    def surprises(self, sets: Sequence[PodSet], count: int) -> list[Bits]:
        """The surprise of each set from its first so many timelines."""
        plans: list[Plan] = []
        spans = []
        for names in sets:
            own = _surprise_plans(self._worlds(names))
            spans.append((len(plans), [place for place, _ in own]))
            plans += [plan for _, plan in own]
        ensembles = self.run.run(self.sets, plans, 0, count)
        return [
            self._bits(names, dict(zip(places, ensembles[start : start + len(places)], strict=True)))
            for names, (start, places) in zip(sets, spans, strict=True)
        ]

    def seen(self, ensemble: Ensemble) -> Seen:
        """The outcome, the condition and the score of each timeline."""
        question, model = self.sets.question, self.sets.model
        columns = Columns(model, ensemble)
        assert columns.rows is not None
        n = len(ensemble.timeline)
        shown, counted, score = np.zeros(n, bool), columns.rows.copy(), np.zeros(n)
        shown[columns.rows] = columns.read(self.asked).shown
        counted[columns.rows] = _condition(columns, question.given, question.without)
        outcome = model.book.outcomes.get(self.asked.id)
        if outcome is not None and outcome.score:

            def column(name: str) -> np.ndarray:
                return np.asarray(ensemble.value[:, model.outcomes.index(name)], float)

            score = score_of(outcome.score, column, n)
        return Seen(shown, counted, score)

    def _worlds(self, names: PodSet) -> Worlds:
        worlds = self.sets.worlds(names)
        assert worlds is not None, names
        return worlds

    def _bits(self, names: PodSet, found: dict[int, Ensemble]) -> Bits:
        worlds, judged = self._worlds(names), self.sets.judged_bits(names)
        kept = {place: ensemble for place, ensemble in found.items() if place >= 0}
        own = surprise_in(worlds, found[-1], kept).bits or 0.0
        n = len(found[-1].timeline)
        if n < 2 * BLOCKS or not math.isfinite(own):
            return Bits(own + judged)
        parts = []
        for block in range(BLOCKS):
            rows = np.arange(n) % BLOCKS == block
            silent = {place: ensemble.only(rows) for place, ensemble in kept.items()}
            parts.append(2.0 ** -(surprise_in(worlds, found[-1].only(rows), silent).bits or 0.0))
        chance = 2.0**-own
        error = float(np.std(parts, ddof=1)) / math.sqrt(BLOCKS) / (max(chance, 1e-300) * math.log(2.0))
        return Bits(own + judged, error)


def _condition(columns: Columns, given: str | None, without: str | None) -> np.ndarray:
    kept = np.ones(len(columns.timeline), bool)
    if given is not None:
        kept &= columns.truth(given)
    if without is not None:
        kept &= ~columns.truth(without)
    return kept


def _surprise_plans(worlds: Worlds) -> list[tuple[int, Plan]]:
    """The plan that surprise is read off (-1), and by place those with a clock held silent in its window instead."""
    plan = worlds.plan(horizon=worlds.first)
    found = [(-1, plan)]
    for place, change in enumerate(worlds.changes):
        if change.window is not None:
            first, last = change.window
            silent = replace(plan.items[place], kind=int(NEVER), first_week=first, last_week=last, day=-1)
            found.append(
                (place, replace(plan, items=(*plan.items[:place], silent, *plan.items[place + 1 :])))
            )
    return found
