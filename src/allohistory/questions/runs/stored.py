"""The timelines of a run, read back for its answer: like an ensemble in memory, but a column at a time from disk.

So the answer of a million timelines takes the memory of a few columns of them, not of all that came of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from allohistory.questions.arms import Runner
from allohistory.results.runs.folder import DIGEST_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allohistory.ensemble.gathered import Ensemble
    from allohistory.questions.runs.layout import Column, Layout
    from allohistory.results.runs.folder import Folder
    from allohistory.timeline.model import Model
    from allohistory.timeline.plan import Plan


@dataclass(frozen=True)
class Store:
    """The pieces of work of a finished run: `timelines` of each arm, `batch` of them a piece."""

    folder: Folder
    layout: Layout
    timelines: int
    batch: int

    def rows_of(self, number: int) -> int:
        """How many timelines a batch has."""
        return min(self.batch, self.timelines - number * self.batch)

    @property
    def batches(self) -> int:
        """How many pieces there are."""
        return -(-self.timelines // self.batch)

    def column(self, arm: int, wanted: Column) -> np.ndarray:
        """One column of one arm over all timelines."""
        found = np.empty(self.timelines, wanted.dtype)
        for number in range(self.batches):
            rows, first = self.rows_of(number), number * self.batch
            at = self._arm_at(arm, rows)
            for column in self.layout.columns(self.layout.arms[arm][1]):
                if column == wanted:
                    break
                at += rows * column.dtype.itemsize
            found[first : first + rows] = np.fromfile(
                self.folder.work_file(number), wanted.dtype, count=rows, offset=at
            )
        return found

    def histogram(self, arm: int) -> np.ndarray:
        """The histograms of one arm, added up."""
        layout, total = self.layout, np.zeros(self.layout.histogram, np.int64)
        for number in range(self.batches):
            rows = self.rows_of(number)
            end = self._arm_at(arm, rows) + layout.arm_bytes(layout.arms[arm][1], rows)
            counts = np.fromfile(
                self.folder.work_file(number), "<u2", count=total.size, offset=end - layout.histogram_bytes
            )
            total += counts.reshape(layout.histogram)
        return total

    def _arm_at(self, arm: int, rows: int) -> int:
        layout = self.layout
        return DIGEST_BYTES + sum(layout.arm_bytes(plan, rows) for _, plan in layout.arms[:arm])


@dataclass(frozen=True)
class Table:
    """A table of an arm whose columns are read when they are asked for: table[rows, place]."""

    store: Store
    arm: int
    columns: Mapping[int, Column]
    only: np.ndarray | None

    def __getitem__(self, at: Any) -> np.ndarray:
        rows, place = at
        column = self.store.column(self.arm, self.columns[place])
        found: np.ndarray = column[rows] if self.only is None else column[self.only][rows]
        return found


@dataclass(frozen=True)
class StoredEnsemble:
    """Quacks as an `Ensemble` where answers look: rows, what was set aside, changes, outcomes, histograms."""

    store: Store
    arm: int
    draws: int
    rows: np.ndarray | None = None

    @cached_property
    def timeline(self) -> np.ndarray:
        """Their numbers."""
        return self._of(np.arange(self.store.timelines, dtype=np.int64))

    @property
    def draw(self) -> np.ndarray:
        """The parameter draw of each."""
        return self.timeline % self.draws

    @cached_property
    def aside(self) -> np.ndarray:
        """Why each was set aside, 0 for none."""
        column = next(self.store.layout.columns(self._plan))
        found: np.ndarray = self._of(self.store.column(self.arm, column))
        return found

    @property
    def kept(self) -> np.ndarray:
        """Those that count."""
        found: np.ndarray = self.aside == 0
        return found

    @property
    def applied(self) -> np.ndarray:
        """At how many occasions each change acted."""
        columns = [one for one in self.store.layout.columns(self._plan) if one.name == "applied"]
        if not columns:
            return np.zeros((len(self.timeline), 0), np.int32)
        return np.stack([self._of(self.store.column(self.arm, one)) for one in columns], axis=1)

    @property
    def value(self) -> Table:
        """Outcomes: table[rows, place]."""
        return self._table("value")

    @property
    def day(self) -> Table:
        """Their days: table[rows, place]."""
        return self._table("day")

    @cached_property
    def histogram(self) -> np.ndarray:
        """Counts of the main series, of all timelines."""
        return self.store.histogram(self.arm)

    def only(self, rows: np.ndarray) -> StoredEnsemble:
        """Some of the rows."""
        places = np.arange(self.store.timelines) if self.rows is None else self.rows
        return StoredEnsemble(self.store, self.arm, self.draws, places[rows])

    @property
    def _plan(self) -> Plan:
        return self.store.layout.arms[self.arm][1]

    def _of(self, column: np.ndarray) -> np.ndarray:
        return column if self.rows is None else column[self.rows]

    def _table(self, name: str) -> Table:
        columns = {one.place: one for one in self.store.layout.columns(self._plan) if one.name == name}
        return Table(self.store, self.arm, columns, self.rows)


@dataclass
class RunRunner(Runner):
    """Runs what a run does not hold; the arms that it holds are read from its folder."""

    store: Store | None = None

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
        """As `Runner.run`: an arm of the run comes from its folder."""
        arm = self._arm(plan) if model is None and first == 0 else None
        if arm is None or self.store is None or count != self.store.timelines:
            return super().run(label, plan, count, first=first, model=model, variants=variants, whole=whole)
        found = cast("Ensemble", StoredEnsemble(self.store, arm, plan.draws))
        self.done += count
        self._show(label, self.done)
        self._count(plan, found, variants)
        return found

    @property
    def settled(self) -> int | None:
        """How many timelines a precision came to take."""
        return None if self.store is None else self.store.timelines

    def _arm(self, plan: Plan) -> int | None:
        assert self.store is not None
        return next((place for place, (_, own) in enumerate(self.store.layout.arms) if own == plan), None)
