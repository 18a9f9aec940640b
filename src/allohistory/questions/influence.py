"""How long does history's own luck still decide the answer? The influence curve (engine-notes, section 7).

For each of sixteen weeks between the change and the end of the record, hindsight is cut there and the share of
timelines whose outcome then differs from the same-luck one is counted. `faded` is the first week after the last cut
that still mattered: whose 95 % bound lies above a twentieth of the largest share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions.columns import Asked, Columns
from allohistory.questions.estimates import wilson
from allohistory.results.schema import Influence
from allohistory.timeline.plan import PLACES

if TYPE_CHECKING:
    from allohistory.questions.worlds import Worlds

CUTS = 16
Z95 = 1.959963984540054
STILL_MATTERS = 0.05


def cuts(worlds: Worlds) -> tuple[int, ...]:
    """The weeks at which hindsight is cut: closer together soon after the change, the last one at the record's end."""
    first = min(worlds.freed // PLACES + 1, worlds.model.blueprint.weeks - 1)
    last = max((entry.week for entry in worlds.model.blueprint.entries), default=first)
    if last <= first:
        return (first,)
    shares = (np.arange(CUTS) / (CUTS - 1)) ** 1.5
    return tuple(sorted({int(week) for week in first + np.round(shares * (last - first))}))


def influence(
    worlds: Worlds, asked: tuple[Asked, ...], same: Columns, cut_short: list[Columns], weeks: tuple[int, ...]
) -> dict[str, Influence]:
    """The curve of each outcome: `same` keeps history's luck to the end, `cut_short` only to each of the weeks."""
    shares: dict[str, list[float]] = {one.id: [] for one in asked}
    counts: dict[str, list[int]] = {one.id: [] for one in asked}
    n = len(same.draw)
    for cut in cut_short:
        for one in asked:
            both = min(n, len(cut.draw))
            differs = _answers(cut, one)[:both] != _answers(same, one)[:both]
            counts[one.id].append(int(differs.sum()))
            shares[one.id].append(float(differs.mean()) if both else 0.0)
    return {one.id: _curve(worlds, weeks, shares[one.id], counts[one.id], n) for one in asked}


def _answers(columns: Columns, asked: Asked) -> np.ndarray:
    column = columns.read(asked)
    if asked.kind in ("which", "amount"):
        return np.where(np.isnan(column.value), -1.0, column.value)
    return column.shown.astype(float)


def _curve(worlds: Worlds, weeks: tuple[int, ...], share: list[float], count: list[int], n: int) -> Influence:
    peak = max(share, default=0.0)
    if peak == 0.0 or max(wilson(c, n, Z95)[0] for c in count) <= 1.0 / max(n, 1):
        text = "history's luck after the change does not matter here"
        return Influence(weeks, tuple(share), None, text)
    mattering = [
        place for place, c in enumerate(count) if wilson(c, n, Z95)[1] > max(STILL_MATTERS * peak, 4.0 / n)
    ]
    last = mattering[-1] if mattering else -1
    if last == len(weeks) - 1:
        return Influence(weeks, tuple(share), None, "still binding at the end")
    week = weeks[last + 1]
    date = worlds.model.book.calendar.monday_of(week).isoformat()
    return Influence(weeks, tuple(share), date, f"faded by {date}")
