"""Made-up worlds for a search, in which all is known: a divergence has bits and moves the log odds of the outcome.

Luck is one uniform a timeline for the outcome and one more a timeline and divergence, so that candidates share luck as
they do in a scenario. Some pairs do together what neither does alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from allohistory.questions.search.field import Bits
from allohistory.questions.search.tally import PodSet, Seen, set_of

MOST = 4_000


@dataclass
class MadeUp:
    """A world: bits and effects (log odds) by divergence, what pairs add, and the log odds with nothing changed."""

    bits: Mapping[str, float]
    effect: Mapping[str, float]
    together: Mapping[PodSet, float] = field(default_factory=dict)
    base: float = -3.0
    seed: int = 1
    timelines: int = 0

    def __post_init__(self):
        rng = np.random.default_rng(self.seed)
        self.uniform = rng.random(MOST)
        self.jitter = {name: 0.3 * rng.standard_normal(MOST) for name in self.bits}

    def odds(self, names: PodSet) -> float:
        """Log odds of the outcome under a set."""
        pairs = sum(self.together.get(set_of(pair), 0.0) for pair in combinations(names, 2))
        return self.base + sum(self.effect[name] for name in names) + pairs

    def share(self, names: PodSet) -> float:
        """The outcome's probability under a set (the jitter left out)."""
        return 1.0 / (1.0 + np.exp(-self.odds(names)))

    def surprise(self, names: PodSet) -> float:
        """Bits of a set."""
        return sum(self.bits[name] for name in names)

    def seen(self, names: PodSet, first: int, count: int) -> Seen:
        """Timelines of a set."""
        rows = slice(first, first + count)
        odds = self.odds(names) + sum((self.jitter[name][rows] for name in names), np.zeros(count))
        shown = self.uniform[rows] < 1.0 / (1.0 + np.exp(-odds))
        self.timelines += count
        return Seen(shown, np.ones(count, bool), np.zeros(count))

    def possible(self, sets: Sequence[PodSet]) -> list[PodSet]:
        """All can be."""
        return list(sets)

    def outcomes(self, sets, first, count):
        """Timelines of several sets."""
        return [self.seen(names, first, count) for names in sets]

    def surprises(self, sets, _count):
        """Bits of several sets, without error."""
        return [Bits(self.surprise(names), 0.01) for names in sets]

    def without(self, wanted, first, count):
        """Timelines of sets less one member."""
        return [
            self.seen(tuple(name for name in names if name != out), first, count) for names, out in wanted
        ]


def planted(number: int, *, pods: int = 16) -> tuple[dict, dict, dict, PodSet]:
    """A world with one pair, neither of whose members does anything alone, that beats all else of its surprise.

    Among the rest: many that do nothing, some that do a little for little surprise, a strong one that is dear.
    """
    rng = np.random.default_rng(1000 + number)
    names = [f"pod-{place:02d}" for place in range(pods)]
    bits = {name: float(rng.uniform(1.0, 8.0)) for name in names}
    effect = {name: float(rng.choice([0.0, 0.0, 0.0, 0.3, -0.3])) for name in names}
    a, b, strong = rng.choice(names, 3, replace=False)
    effect[a], effect[b], effect[strong], bits[strong] = 0.0, 0.0, 5.0, 14.0
    bits[a], bits[b] = float(rng.uniform(2.0, 5.0)), float(rng.uniform(2.0, 5.0))
    pair = set_of((str(a), str(b)))
    return bits, effect, {pair: 3.2}, pair
