"""The timelines of an answer as plain columns, arm by arm, for frames and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions.columns import Columns
from allohistory.results.rows import Arm, OutcomeRows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.ensemble.gathered import Ensemble
    from allohistory.questions.ask import Work


def rows_of(work: Work) -> list[Arm]:
    """The arms that were run: with the change, without it, and nothing but the rules."""
    arms: list[Arm] = []
    taken: list[Columns] = []
    for name, columns in (("with", work.changed), ("without", work.baseline), ("rules", work.rules)):
        if columns is not None and not any(columns is other for other in taken):
            taken.append(columns)
            arms.append(_arm(name, columns, work))
    return arms


def _log_weight(work: Work, draw: NDArray[np.int64]) -> NDArray[np.float64]:
    """Natural logarithm of each timeline's weight; 0 where all weigh the same."""
    if work.weights is None:
        return np.zeros(len(draw))
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(work.weights.by_draw[draw]))


def _score(id: str, work: Work, ensemble: Ensemble, rows: NDArray[np.bool_]) -> NDArray[np.float64] | None:
    """How near each timeline came to an outcome, by the score that it declares; None where it declares none."""
    from allohistory.questions.search.score import score_of

    model = work.worlds.model
    outcome = model.book.outcomes.get(id)
    if outcome is None or not outcome.score:
        return None

    def column(name: str) -> NDArray[np.float64]:
        return np.asarray(ensemble.value[rows, model.outcomes.index(name)], float)

    return score_of(outcome.score, column, int(rows.sum()))


def _arm(name: str, columns: Columns, work: Work) -> Arm:
    """All timelines of an arm, also those set aside; a condition leaves out rows, as it does in the answer."""
    ensemble = columns.ensemble
    kept = columns.rows if (work.question.given or work.question.without) else None
    rows = np.ones(len(ensemble.timeline), bool) if kept is None else kept
    everything = Columns(work.worlds.model, ensemble, work.question.custom)
    everything.rows = rows
    outcomes = []
    for asked in work.asked:
        column = everything.read(asked)
        outcomes.append(
            OutcomeRows(
                asked.id,
                asked.kind,
                asked.options,
                column.shown,
                column.value,
                column.day,
                _score(asked.id, work, ensemble, rows),
            )
        )
    return Arm(
        name=name,
        timeline=np.asarray(ensemble.timeline[rows]),
        draw=np.asarray(ensemble.draw[rows]),
        set_aside=np.asarray(ensemble.aside[rows] != 0),
        outcomes=tuple(outcomes),
        log_weight=_log_weight(work, ensemble.draw[rows]),
        first_day=work.worlds.model.book.calendar.first,
    )
