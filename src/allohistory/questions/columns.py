"""Reading outcomes and expressions off an ensemble: one column of truth, value and day for each thing asked.

Timelines that were set aside are left out throughout. A condition (`--given`, `--without`) leaves out others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from allohistory.book.evaluate import OutcomeColumn, evaluate
from allohistory.book.expressions import KEYWORDS, Expression, parse_expression
from allohistory.book.tables import Outcome
from allohistory.errors import AllohistoryError, nearest
from allohistory.questions.estimates import position_of
from allohistory.questions.weights import weighted_position

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.ensemble.gathered import Ensemble
    from allohistory.questions.weights import Weights
    from allohistory.timeline.model import Model

MOST_KEPT = 1 << 17  # timelines up to which a column that was read stays in memory


@dataclass(frozen=True)
class Asked:
    """One thing that is asked for: an outcome of the book, one of the file's, or an expression."""

    id: str
    title: str
    definition: str
    kind: str
    unit: str | None = None
    options: tuple[str, ...] = ()
    expression: str | None = None


@dataclass(frozen=True)
class Column:
    """What each kept timeline says of it; `day` counts from the scenario's first day, -1 where there is none."""

    asked: Asked
    shown: NDArray[np.bool_]
    value: NDArray[np.float64]
    day: NDArray[np.int64]


@dataclass
class Columns:
    """All columns of one ensemble, read on demand and kept."""

    model: Model
    ensemble: Ensemble
    custom: tuple[Outcome, ...] = ()
    rows: NDArray[np.bool_] | None = None
    weights: Weights | None = None
    _read: dict[str, Column] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Leave out what was set aside."""
        kept = np.asarray(self.ensemble.aside == 0)
        self.rows = kept if self.rows is None else kept & self.rows

    @property
    def draw(self) -> NDArray[np.int64]:
        """The parameter draw of each kept timeline."""
        return np.asarray(self.ensemble.draw[self.rows])

    @property
    def weight(self) -> NDArray[np.float64] | None:
        """The weight of each kept timeline, that of its draw; None where all weigh the same."""
        return None if self.weights is None else self.weights.by_draw[self.draw]

    @property
    def timeline(self) -> NDArray[np.int64]:
        """The number of each kept timeline."""
        return np.asarray(self.ensemble.timeline[self.rows])

    def read(self, asked: Asked) -> Column:
        """The column of one thing asked; of a great many timelines it is read anew each time, to spare memory."""
        if asked.id in self._read:
            return self._read[asked.id]
        column = self._column(asked)
        if len(column.shown) <= MOST_KEPT:
            self._read[asked.id] = column
        return column

    def truth(self, text: str) -> NDArray[np.bool_]:
        """Where an expression or outcome holds."""
        return self.read(asked_of(text, self.model, self.custom)).shown

    def where(self, given: str | None, without: str | None) -> Columns:
        """The same columns, only timelines in which `given` holds and `without` does not."""
        if given is None and without is None:
            return self
        assert self.rows is not None
        rows = self.rows.copy()
        kept = np.ones(int(rows.sum()), bool)
        if given is not None:
            kept &= self.truth(given)
        if without is not None:
            kept &= ~self.truth(without)
        rows[rows] = kept
        return Columns(self.model, self.ensemble, self.custom, rows, self.weights)

    def _column(self, asked: Asked) -> Column:
        if asked.expression is not None:
            truth, day = self._evaluate(asked.expression)
            return Column(asked, truth, truth.astype(float), np.where(truth, day, -1))
        place = self.model.outcomes.index(asked.id)
        value = np.asarray(self.ensemble.value[self.rows, place], float)
        day = np.asarray(self.ensemble.day[self.rows, place], np.int64)
        shown = value > 0.5 if asked.kind == "yes" else day >= 0
        return Column(asked, shown, value, np.where(shown, day, -1))

    def _evaluate(self, text: str) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        book = self.model.book
        expression = read_expression(text, self.model, self.custom)
        found: dict[str, OutcomeColumn] = {}
        for name in expression.outcomes:
            place = self.model.outcomes.index(name)
            outcome = book.outcomes[name]
            value = np.asarray(self.ensemble.value[self.rows, place], float)
            day = np.asarray(self.ensemble.day[self.rows, place], np.int64)
            found[name] = OutcomeColumn(value, day, outcome.kind, outcome.options)
        return evaluate(expression, found, book.calendar)


def middle_day(
    columns: Columns, days: NDArray[np.int64], taken: NDArray[np.bool_], share: float
) -> int | None:
    """The day by which a share of the timelines taken have come to theirs; None where none has one."""
    rows = np.flatnonzero(taken & (days >= 0))
    if len(rows) == 0:
        return None
    rows = rows[np.argsort(days[rows], kind="stable")]
    weight = columns.weight
    place = position_of(len(rows), share) if weight is None else weighted_position(weight[rows], share)
    return int(days[rows[place]])


def outcomes_with(model: Model, custom: tuple[Outcome, ...]) -> Mapping[str, Outcome]:
    """The book's outcomes and the file's own."""
    return {**model.book.outcomes, **{one.id: one for one in custom}}


def read_expression(
    text: str, model: Model, custom: tuple[Outcome, ...] = (), where: str = "--outcome"
) -> Expression:
    """An expression over the scenario's outcomes; raises AllohistoryError that points at the first mistake."""
    book, known = model.book, outcomes_with(model, custom)
    try:
        return parse_expression(text, known, calendar=book.calendar, where=where, former_ids=book.former_ids)
    except AllohistoryError as mistake:
        raise meant(mistake) from None


def meant(mistake: AllohistoryError) -> AllohistoryError:
    """The same error; where a word between two outcomes was not expected, the nearest of all that may stand there."""
    if mistake.given and mistake.problem.startswith("did not expect"):
        mistake.closest = nearest(mistake.given, KEYWORDS) or mistake.closest
    return mistake


def asked_of(text: str, model: Model, custom: tuple[Outcome, ...] = (), where: str = "--outcome") -> Asked:
    """What a word on the command line asks for; raises AllohistoryError naming the nearest outcome."""
    known = outcomes_with(model, custom)
    name = model.book.current(text.strip())
    if name in known:
        one = known[name]
        expression = name if one.derived is not None else None
        return Asked(one.id, one.title, one.definition, one.kind, one.unit or None, one.options, expression)
    expression = str(read_expression(text, model, custom, where))
    return Asked(
        expression, expression, "as written, over the scenario's own outcomes", "yes", None, (), expression
    )
