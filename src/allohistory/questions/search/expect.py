"""What is expected of a set before it is run: single effects added up in log odds, and its score read as a share.

Both are cheap and rough. They order a race and pull its first shares; they never reach an answer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from allohistory.questions.search.race import Known
from allohistory.questions.search.sets import bare
from allohistory.questions.search.tally import PodSet

LEAST_SPREAD = 1e-3  # of the scores of singles, below which a score tells nothing


@dataclass
class Expected:
    """Effects of singles in log odds against the same worlds unchanged, and the line from mean score to share."""

    known: Known
    base: dict[str, float] = field(default_factory=dict)
    effect: dict[str, float] = field(default_factory=dict)
    freed: dict[str, int] = field(default_factory=dict)
    line: tuple[float, float] | None = None

    def learn(self, singles: Sequence[str], count: int) -> None:
        """Compare each single with its own unchanged worlds over so many timelines."""
        wanted = [((name,), name) for name in singles if (name,) in self.known.seen]
        self.known.leave_out([names for names, _ in wanted], count)
        for names, name in wanted:
            one, seen = self.known.seen[names], self.known.rest[(names, name)]
            self.base[name] = log_odds(seen.hits, seen.n)
            self.effect[name] = log_odds(one.hits, one.n) - self.base[name]
        scores = np.array([self.known.seen[names].mean_score for names, _ in wanted])
        shares = np.array([self.known.seen[names].share for names, _ in wanted])
        if len(scores) > 2 and float(scores.std()) > LEAST_SPREAD:
            slope, start = np.polyfit(scores, shares, 1)
            self.line = (float(slope), float(start))

    def share(self, names: PodSet) -> float:
        """The share expected of a set."""
        added = self.added(names)
        seen = self.known.seen.get(names)
        if self.line is None or seen is None or seen.n == 0:
            return added
        by_score = min(max(self.line[0] * seen.mean_score + self.line[1], 0.0), 1.0)
        return 0.5 * (added + by_score)

    def added(self, names: PodSet) -> float:
        """Single effects added up, from the unchanged worlds of the member that comes last."""
        members = [name if name in self.effect else bare(name) for name in names]
        members = [name for name in members if name in self.effect]
        if not members:
            return 0.0
        last = max(members, key=lambda name: self.freed.get(name, 0))
        odds = self.base[last] + sum(self.effect[name] for name in members)
        return 1.0 / (1.0 + math.exp(-min(max(odds, -30.0), 30.0)))

    def bits(self, names: PodSet) -> float:
        """Surprises of the members added up."""
        return sum(self.known.bits[(name,)].value for name in names if (name,) in self.known.bits)


def log_odds(hits: int, n: int) -> float:
    """Log odds of a count, half a timeline added to either side."""
    return math.log((hits + 0.5) / (n - hits + 0.5))
