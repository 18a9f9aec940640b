"""Who is still in the race? Successive halving on common luck, and elimination by paired differences.

Candidates are looked at over a few timelines, the least promising are dropped, those left are looked at over more, and
so on. Two rules drop a set:

certain   a cheaper set makes the outcome likelier by more standard errors than all such comparisons together would
          show by luck once in twenty searches
halved    there are more sets than a round keeps, and this one stands lowest above the front

What a round ranks by is a share drawn towards what was expected of the set (single effects added up in log odds, and
the outcome's score). That is cheap and decides only who is looked at again; what is reported never comes from it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from allohistory.questions.search.field import Bits, Field
from allohistory.questions.search.tally import LEAST_COUNTED, PodSet, Seen, apart, bound_for

LEVEL = 0.05  # of all certain eliminations of a race together
CHUNK = 64  # sets run in one pass
TRUSTED = 50  # timelines from which on a share counts as known
WORTH = 8.0  # an expectation counts as much as so many timelines
OPTIMISM = 1.0  # standard errors by which a share may lie higher than seen
TIE = 0.1  # bits: two surprises so near count as one
ROOM = 0.02  # share left below certainty, within which nothing dearer is looked for


@dataclass
class Known:
    """All that a search has seen of its candidates, on one luck."""

    ground: Field
    seen: dict[PodSet, Seen] = field(default_factory=dict)
    bits: dict[PodSet, Bits] = field(default_factory=dict)
    weighed: dict[PodSet, int] = field(default_factory=dict)
    rest: dict[tuple[PodSet, str], Seen] = field(default_factory=dict)
    told: Callable[[], None] | None = None

    def look(self, sets: Iterable[PodSet], count: int) -> None:
        """Run each of these sets up to so many timelines."""
        lacking: dict[int, list[PodSet]] = {}
        for names in sets:
            have = len(self.seen[names]) if names in self.seen else 0
            if have < count:
                lacking.setdefault(have, []).append(names)
        for have, some in lacking.items():
            for chunk in chunks(some):
                for names, more in zip(chunk, self.ground.outcomes(chunk, have, count - have), strict=True):
                    self.seen[names] = self.seen[names].and_then(more) if have else more
                self._tell()

    def weigh(self, sets: Iterable[PodSet], count: int) -> None:
        """Measure the surprise of each of these sets over so many timelines."""
        lacking = [names for names in sets if self.weighed.get(names, 0) < count]
        for chunk in chunks(lacking):
            for names, found in zip(chunk, self.ground.surprises(chunk, count), strict=True):
                self.bits[names], self.weighed[names] = found, count
            self._tell()

    def leave_out(self, sets: Iterable[PodSet], count: int) -> None:
        """Run each of these sets up to so many timelines without each of its members in turn."""
        lacking: dict[int, list[tuple[PodSet, str]]] = {}
        for key in ((names, name) for names in sets for name in names):
            have = len(self.rest[key]) if key in self.rest else 0
            if have < count:
                lacking.setdefault(have, []).append(key)
        for have, some in lacking.items():
            for start in range(0, len(some), CHUNK):
                chunk = some[start : start + CHUNK]
                for key, more in zip(chunk, self.ground.without(chunk, have, count - have), strict=True):
                    self.rest[key] = self.rest[key].and_then(more) if have else more
                self._tell()

    def share(self, names: PodSet) -> float:
        """The share of timelines that show the outcome."""
        return self.seen[names].share

    def trusted(self, least: int = TRUSTED) -> list[PodSet]:
        """Sets with a known surprise and enough timelines, the least surprising first."""
        found = [
            names
            for names, seen in self.seen.items()
            if seen.n >= least and names in self.bits and math.isfinite(self.bits[names].value)
        ]
        return sorted(found, key=lambda names: (self.bits[names].value, len(names), names))

    def _tell(self) -> None:
        if self.told is not None:
            self.told()


def chunks(sets: Sequence[PodSet], size: int = CHUNK) -> list[Sequence[PodSet]]:
    """Sets in passes."""
    return [sets[start : start + size] for start in range(0, len(sets), size)]


def staircase(known: Known, sets: Sequence[PodSet]) -> list[PodSet]:
    """Those likelier than every cheaper one and every one as dear, by what was seen; `sets` in order of surprise."""
    steps: list[PodSet] = []
    for place, names in enumerate(sets):
        share = known.share(names)
        if share <= 0.0 or (steps and share <= known.share(steps[-1])):
            continue
        after = as_dear(known, names, sets[place + 1 :])
        if not any(known.share(other) > share for other in after):
            steps.append(names)
    return steps


def as_dear(known: Known, names: PodSet, later: Sequence[PodSet]) -> list[PodSet]:
    """Of the sets that follow in order of surprise, those so little dearer that it counts for nothing."""
    most = known.bits[names].value + TIE
    found = []
    for other in later:
        if known.bits[other].value > most:
            break
        found.append(other)
    return found


def envelope(known: Known) -> Callable[[float], float]:
    """The greatest share known so far at a surprise of so many bits or less."""
    steps = staircase(known, known.trusted())
    bits = np.array([known.bits[names].value for names in steps])
    shares = [0.0, *(known.share(names) for names in steps)]
    return lambda value: shares[int(np.searchsorted(bits, value, side="right"))]


def most_bits(known: Known) -> float:
    """The surprise beyond which nothing can be likelier by much: that of the first set that is nearly certain."""
    for names in staircase(known, known.trusted()):
        if known.share(names) >= 1.0 - ROOM:
            return known.bits[names].value
    return math.inf


def not_beaten(known: Known, sets: Sequence[PodSet], z: float) -> list[PodSet]:
    """Those that no cheaper set is likelier than by z standard errors of the paired difference."""
    steps = staircase(known, known.trusted())
    return [names for names in sets if not any(_beaten(known, names, other, z) for other in steps)]


def _beaten(known: Known, names: PodSet, other: PodSet, z: float) -> bool:
    if other == names or known.bits[other].value > known.bits[names].value:
        return False
    return apart(known.seen[other], known.seen[names]).beyond(z)


def margin(known: Known, names: PodSet, expected: float, height: Callable[[float], float]) -> float:
    """How far above the front a set may stand: its share drawn towards what was expected, with a standard error."""
    seen = known.seen.get(names)
    n, hits = (0, 0) if seen is None else (seen.n, seen.hits)
    share = (hits + WORTH * expected) / (n + WORTH)
    spread = math.sqrt(max(share * (1.0 - share), 1e-6) / (n + WORTH + 1.0))
    return share + OPTIMISM * spread - height(known.bits[names].value)


def halve(
    known: Known,
    sets: Sequence[PodSet],
    rounds: Sequence[tuple[int, int]],
    expected: Callable[[PodSet], float],
    weigh: int,
) -> list[PodSet]:
    """Race sets through rounds of (timelines, sets kept after them); what comes out has been through all of them.

    weigh   timelines over which surprise is measured before the first round; later rounds take a quarter of their own
    """
    alive = list(sets)
    tests = max(len(alive) * len(rounds), 1)
    z = bound_for(LEVEL, tests)
    for count, kept in rounds:
        known.weigh(alive, max(weigh, count // 4))
        alive = [names for names in alive if math.isfinite(known.bits[names].value)]
        known.look(alive, count)
        alive = not_beaten(known, alive, z)
        height = envelope(known)
        alive.sort(key=lambda names: (-margin(known, names, expected(names), height), names))
        alive = alive[:kept]
    return alive


def finalists(known: Known, least: int, most: int) -> list[PodSet]:
    """Those worth new luck: on the front as seen, or not beaten by a standard error; the highest above it first."""
    sets = [names for names in known.trusted(LEAST_COUNTED) if len(known.seen[names]) >= least]
    steps = staircase(known, sets)
    near = [
        names for names in not_beaten(known, sets, OPTIMISM) if names not in steps and known.share(names) > 0
    ]
    height = envelope(known)
    near.sort(key=lambda names: (height(known.bits[names].value) - known.share(names), names))
    return [*steps, *near][:most]
