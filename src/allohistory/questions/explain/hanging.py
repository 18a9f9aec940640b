"""What the explanation hangs on: parameters that move the outcome, from the answer's own draws or the kept study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allohistory.questions.hangs import parameters
from allohistory.results.schema import Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from allohistory.questions.columns import Asked
    from allohistory.timeline.model import Model

MOST = 5


@dataclass(frozen=True)
class Hanging:
    """One parameter.

    total   its total share of the outcome's variance, by the kept study of free timelines; None where that has none
    effect  in words, from this answer's own draws where these tell, else from the study
    source  "this answer" or "free timelines"
    """

    parameter: str
    total: float | None
    interval: Interval | None
    effect: str
    source: str
    grade: str | None

    def as_json(self) -> dict[str, Any]:
        """As the answer gives it."""
        return {
            "parameter": self.parameter,
            "total": self.total,
            "interval": None if self.interval is None else list(self.interval),
            "effect": self.effect,
            "source": self.source,
            "grade": self.grade,
        }


def hanging(model: Model, asked: Asked, shown: NDArray[np.bool_], draw: NDArray[np.int64]) -> list[Hanging]:
    """The parameters that move this answer beyond error; where none does, the strongest of the kept study."""
    from allohistory.evidence.sensitivity_report import kept

    study = (kept(model.name) or {}).get("outcomes", {}).get(asked.id, {"singles": []})["singles"]
    totals = {one["parameter"]: one for one in study if "total" in one}
    own = parameters(model, shown, draw)
    found = [_one(one.id, totals, one.effect, "this answer", one.grade) for one in own]
    if found:
        return found
    return [
        _one(
            one["parameter"],
            totals,
            f"{100 * one['slope']:+.1f} points for a spread of its prior, where nothing but the rules decides",
            "free timelines",
            one["grade"],
        )
        for one in study[:MOST]
        if one["found"] and one["parameter"] in model.book.parameters
    ]


def _one(id: str, totals: dict[str, Any], effect: str, source: str, grade: str | None) -> Hanging:
    held = totals.get(id)
    if held is None:
        return Hanging(id, None, None, effect, source, grade)
    low, high = held["total_interval"]
    return Hanging(id, held["total"], (low, high), effect, source, grade)
