"""How the timelines of a plan are shared out: a thread keeps to its draw, and helps another with the last ones.

Loading a draw costs a replay where luck is history's, so a thread stays with the draw it has loaded, then turns to one
that nobody has begun, and only when all are begun shares one with another thread. Who runs what cannot change a result.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

LEAST_HELPED = 8  # timelines that a begun draw must have left before a second thread loads it too


@dataclass(frozen=True)
class Share:
    """Rows row, row + draws, ... (count of them), which all take parameter draw `draw`."""

    draw: int
    row: int
    count: int


class Shares:
    """The rows of an ensemble of `count` timelines from `first` on, by parameter draw."""

    def __init__(self, first: int, count: int, draws: int) -> None:
        self.draws = draws
        self.next_row = {(first + row) % draws: row for row in reversed(range(min(draws, count)))}
        self.left = {draw: len(range(row, count, draws)) for draw, row in self.next_row.items()}
        self.fresh = sorted(self.left)
        self.lock = threading.Lock()

    def next(self, loaded: int, most: int) -> Share | None:
        """The next share of a thread that has `loaded` a draw (-1: none yet); None where nothing is left for it."""
        with self.lock:
            if self.left.get(loaded, 0):
                return self._cut(loaded, most)
            if self.fresh:
                return self._cut(self.fresh.pop(0), most)
            draw = max(self.left, key=lambda draw: self.left[draw], default=-1)
            if draw < 0 or self.left[draw] < LEAST_HELPED:
                return None
            return self._cut(draw, min(most, self.left[draw] // 2))

    def _cut(self, draw: int, most: int) -> Share:
        """Take at most so many rows off a draw."""
        share = Share(draw, self.next_row[draw], min(most, self.left[draw]))
        self.next_row[draw] += share.count * self.draws
        self.left[draw] -= share.count
        return share
