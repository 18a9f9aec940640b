"""Running the worlds that a question needs: one ensemble an arm, with progress, a stop, and finished work kept.

The arms of an answer (interfaces, section 7): `with` and `without` in the chosen luck, `rules` (nothing but the rules),
the other luck beside, and the side runs (mechanism band, influence, variants, surprise), each over fewer timelines.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from allohistory.errors import AllohistoryError
from allohistory.questions.kept import keep, recall

if TYPE_CHECKING:
    from allohistory.ensemble.gathered import Ensemble
    from allohistory.timeline.memory import Memory
    from allohistory.timeline.model import Model
    from allohistory.timeline.plan import Plan

Progress = Callable[[str, int, int], None]  # what is run now, timelines finished, timelines in all
BATCH = 1000
FEWEST_BESIDE = 200
SHARE_BESIDE = 10  # side runs take a tenth of the timelines
MOST_BESIDE = 5_000  # and no more than this, so that a large answer is not mostly side runs


@dataclass(frozen=True)
class Aside:
    """A timeline that was set aside: the plan it ran under, its number, and the record's readings if not the usual."""

    plan: Plan
    timeline: int
    variants: Mapping[str, str] | None


class Stopped(Exception):
    """The user asked to stop before this arm had anything to show; `kept` says where what is finished lies."""

    kept = ""


@dataclass
class Runner:
    """Runs arms one after another and adds up how far the whole answer has come."""

    model: Model
    workers: int
    total: int
    progress: Progress | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    done: int = 0
    aside: int = 0
    run_so_far: int = 0
    first_aside: Aside | None = None
    memories: list[Memory] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def settled(self) -> int | None:
        """How many timelines a precision came to take, where that is known before anything is run."""
        return None

    def run(
        self,
        label: str,
        plan: Plan,
        count: int,
        *,
        first: int = 0,
        model: Model | None = None,
        variants: Mapping[str, str] | None = None,
        whole: bool = True,
    ) -> Ensemble:
        """Run `count` timelines of a plan; fewer come back when the user stops, none raises `Stopped`.

        model     another reading of the scenario, in place of the runner's own; variants say which
        whole     whether this is all that is wanted of the plan: only that is looked up, and kept
        """
        from allohistory.ensemble.run import run

        if self.stop.is_set():
            raise Stopped(label)
        before, finished = self.done, 0

        def tell(more: int) -> None:
            nonlocal finished
            with self.lock:
                finished += more
                self._show(label, before + min(finished, count))

        self._show(label, before)
        known = recall(model or self.model, plan, first, count) if whole else None
        ensemble = known or run(
            (model or self.model).blueprint,
            plan,
            first=first,
            count=count,
            workers=self.workers,
            progress=tell,
            stop=self.stop,
            memories=self.memories if model is None else None,
        )
        if known is None and whole and not self.stop.is_set():
            keep(model or self.model, plan, first, count, ensemble)
        self.done = before + count
        self._show(label, self.done)
        if len(ensemble.timeline) == 0:
            raise Stopped(label)
        self._count(plan, ensemble, variants)
        return ensemble

    def kept(self, plan: Plan, count: int) -> Ensemble | None:
        """The whole ensemble of a plan where it has been run before; counted as if it were run now."""
        known = None if self.stop.is_set() else recall(self.model, plan, 0, count)
        if known is not None:
            self.done += count
            self._count(plan, known)
        return known

    def rest(self, label: str, plan: Plan, head: Ensemble | None, count: int) -> Ensemble:
        """The timelines of a plan after those that were run first, joined to them; the whole of it is kept."""
        from allohistory.ensemble.gathered import join

        held = 0 if head is None else len(head.timeline)
        if head is None or held >= count:
            return self.run(label, plan, count) if head is None else head
        ensemble = join(head, self.run(label, plan, count - held, first=held, whole=False))
        if not self.stop.is_set():
            keep(self.model, plan, 0, count, ensemble)
        return ensemble

    def run_together(self, label: str, plans: Sequence[Plan], count: int) -> list[Ensemble]:
        """Run the first `count` timelines of several plans in one pass; a stop gives up the whole pass."""
        from allohistory.questions.together import run_together

        if self.stop.is_set():
            raise Stopped(label)
        before, finished = self.done, 0

        def tell(more: int) -> None:
            nonlocal finished
            with self.lock:
                finished += more
                self._show(label, before + finished)

        ensembles = run_together(
            self.model.blueprint,
            plans,
            count=count,
            workers=self.workers,
            memories=self.memories,
            progress=tell,
            stop=self.stop,
        )
        if self.stop.is_set():
            raise Stopped(label)
        self.done = before + count * len(plans)
        for plan, ensemble in zip(plans, ensembles, strict=True):
            self._count(plan, ensemble)
        return ensembles

    @contextmanager
    def counting(self, label: str) -> Iterator[Callable[[int], None]]:
        """For work that runs timelines by itself: what it calls with their number; a stop ends it with `Stopped`."""

        def tell(more: int) -> None:
            if self.stop.is_set():
                raise Stopped(label)
            self.done += more
            self._show(label, self.done)

        self._show(label, self.done)
        yield tell

    def _count(self, plan: Plan, ensemble: Ensemble, variants: Mapping[str, str] | None = None) -> None:
        """Add up what was run and what was set aside, and remember the first of those."""
        self.run_so_far += len(ensemble.timeline)
        aside = ensemble.timeline[ensemble.aside != 0]
        if variants is not None and len(aside) == len(ensemble.timeline):
            return  # a reading that the rest of the record contradicts: no world of the answer
        self.aside += len(aside)
        if len(aside) and self.first_aside is None:
            self.first_aside = Aside(plan, int(aside[0]), variants)

    def _show(self, label: str, done: int) -> None:
        if self.progress is not None:
            self.progress(label, min(done, self.total), self.total)


def beside(timelines: int) -> int:
    """How many timelines a side run takes."""
    return min(timelines, max(FEWEST_BESIDE, timelines // SHARE_BESIDE), MOST_BESIDE)


def enough_memory(timelines: int, outcomes: int, limit: int = 8 << 30) -> None:
    """Refuse an answer whose arms would not fit into memory."""
    need = timelines * (outcomes * 12 + 64) * 4
    if need > limit:
        most = limit // ((outcomes * 12 + 64) * 4)
        raise AllohistoryError(
            where="--timelines",
            problem=f"{timelines} timelines need about {need >> 30} GB of memory",
            given=str(timelines),
            closest=str(most),
        )
