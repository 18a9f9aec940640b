"""From a question to the worlds that must be run: changes understood, horizons placed, plans written.

A horizon is where luck is freed. Fresh luck: just after the last imposed address, or on the day of `--from`. Same luck:
never. Nothing but the rules: from the first week on. Surprise is measured at the first imposed address.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from allohistory.book.clashes import ResolvedChange
from allohistory.book.resolve import find_pod, pod_changes, resolve_all
from allohistory.book.tables import Pod
from allohistory.errors import AllohistoryError
from allohistory.questions.question import CLOCKS, COUPLINGS, Question
from allohistory.timeline.asked import items_of
from allohistory.timeline.plan import END, PLACES, START, Item, Plan, first_position, freed_after, position

if TYPE_CHECKING:
    from allohistory.timeline.model import Model


@dataclass(frozen=True)
class AskedPod:
    """A point of divergence as it was asked for: perhaps moved to another date, its changes understood."""

    pod: Pod
    date: dt.date
    changes: tuple[ResolvedChange, ...]


@dataclass(frozen=True)
class Worlds:
    """A question read against a scenario."""

    model: Model
    question: Question
    pods: tuple[AskedPod, ...]
    changes: tuple[ResolvedChange, ...]
    items: tuple[Item, ...]
    freed: int
    first: int

    def plan(
        self,
        *,
        changed: bool = True,
        horizon: int | None = None,
        coupling: str | None = None,
        clocks: str | None = None,
    ) -> Plan:
        """A plan of these worlds: with or without the changes, luck freed at `horizon` (default: as asked)."""
        return Plan(
            items=self.items if changed else (),
            horizon=self.chosen_horizon if horizon is None else horizon,
            coupling=COUPLINGS.index(coupling or self.question.coupling),
            clocks=CLOCKS.index(clocks or self.question.clocks),
            draws=self.question.draws,
            seed=self.question.seed,
            since=0 if horizon == START else self.since,
        )

    @property
    def since(self) -> int:
        """The week from which "after the day asked about" counts: that of the first change, or of the luck freed."""
        first = first_position(self.items) if self.items else self.freed
        return 0 if first in (START, END) else first // PLACES

    @property
    def chosen_horizon(self) -> int:
        """Where the luck asked for is freed."""
        return END if self.question.luck == "same" else self.freed

    @property
    def freed_date(self) -> dt.date | None:
        """The Monday of the week in which fresh luck begins; None where nothing of history's luck is used."""
        if self.freed == START:
            return None
        return self.model.book.calendar.monday_of(min(self.freed // PLACES, self.model.blueprint.weeks - 1))


def read_worlds(question: Question, model: Model) -> Worlds:
    """Understand a question; raises AllohistoryError for ids, dates, options and changes that do not fit."""
    book, rules = model.book, model.book_rules
    changes = resolve_all(question.do, book, rules, pods=question.pods)
    pods = tuple(_asked_pod(name, model) for name in question.pods)
    items = items_of(changes, model.blueprint)
    most = len(model.blueprint.parameter_draws)
    if question.draws > most:
        raise AllohistoryError(
            "--draws",
            f"{question.draws} parameter draws are asked for, {most} are kept",
            given=question.draws,
            closest=str(most),
        )
    for name, values in (("priors", question.priors), ("variants", question.variants)):
        _known(name, values, model)
    return Worlds(
        model=model,
        question=question,
        pods=pods,
        changes=changes,
        items=items,
        freed=_freed(question, model, items),
        first=_first(changes, items),
    )


def pod_alone(worlds: Worlds, asked: AskedPod) -> Worlds:
    """The worlds of one point of divergence by itself, to measure its own surprise."""
    items = items_of(asked.changes, worlds.model.blueprint)
    return replace(
        worlds, pods=(asked,), changes=asked.changes, items=items, first=_first(asked.changes, items)
    )


def _asked_pod(name: str, model: Model) -> AskedPod:
    pod, moved = find_pod(name, model.book)
    changes = pod_changes(pod, model.book, model.book_rules, on=moved)
    return AskedPod(pod, moved or pod.date, changes)


def _first(changes: tuple[ResolvedChange, ...], items: tuple[Item, ...]) -> int:
    """The first imposed address; a firing some time in a window is imposed from the window's start on."""
    windows = [
        position(change.window[0], item.place)
        for change, item in zip(changes, items, strict=True)
        if change.window is not None
    ]
    return min([first_position(items), *windows])


def _freed(question: Question, model: Model, items: tuple[Item, ...]) -> int:
    if question.from_ is not None:
        day = model.book.calendar.day(question.from_, "--from")
        return position(model.book.calendar.week_of(day), 0)
    return freed_after(items) if items else START


def _known(name: str, values: Mapping[str, object], model: Model) -> None:
    table: Mapping[str, object] = model.book.parameters if name == "priors" else model.book.entries
    for key in values:
        if key not in table:
            raise AllohistoryError(f"[{name}]", f'there is no "{key}"', given=key, possible=sorted(table))
