"""What would it take? The search from end to end, in the order of what a reader needs first.

1. Every divergence of the catalogue alone, over more and more timelines: a first front after a second.
2. Those on it again on new luck: the first front that can be believed.
3. Pairs, raced by successive halving (race.py), and their front again on new luck.
4. Sets of three and four, and other dates, proposed by an evolutionary optimiser (grow.py).
5. The way with nothing changed (unprompted.py).

All candidates have the same timelines: same luck, same parameter draws. What is reported first is always `again on new
luck`: whoever leads after a race over thousands was also lucky, and new luck takes that back (the winner's curse).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from allohistory.questions.arms import Stopped
from allohistory.questions.question import Question
from allohistory.questions.search.expect import Expected
from allohistory.questions.search.field import Bits
from allohistory.questions.search.front import LEVEL, Decided, decide, tests_of
from allohistory.questions.search.race import (
    Known,
    chunks,
    envelope,
    finalists,
    halve,
    margin,
    most_bits,
    staircase,
)
from allohistory.questions.search.tally import PodSet, bound_for, set_of

FIRST_SIGHT = 10  # timelines after which a first front of singles is shown
FIRST_CHUNK = 24  # singles of each pass until then
SINGLES = ((25, 1_000), (100, 40), (400, 40))
SINGLE_BITS = 25
PAIRS = ((12, 1_200), (48, 320), (160, 100), (500, 40))
PAIR_BITS = 4
SETS = ((160, 100), (500, 40))
EFFECTS = 100  # timelines over which a single is compared with its unchanged worlds
FEW_BITS, FINAL_BITS = 50, 400
FEW_NEW = 400  # new timelines after which what plainly falls gets no more
LENIENT = 0.0  # standard errors by which it must then stand above what it is compared with to get more
MOST_FINALISTS = 20
LEAST_FOR_FINALS = 100
MOST_BITS = 30.0  # sets of several beyond one chance in a thousand million are not tried
SLACK = 6.0  # bits by which a set may be likelier than its members' surprises added up, before it is weighed
NEW_LUCK = 1_000_003  # added to the seed
NEW_TIMELINES = 2_000


@dataclass(frozen=True)
class Sight:
    """How far a search is: what it does, the front so far (names, bits, share, on new luck?), sets tried, timelines."""

    doing: str
    front: tuple[tuple[PodSet, float, float, bool], ...]
    tried: int
    timelines: int
    seconds: float


Watcher = Callable[[Sight], None]


@dataclass(frozen=True)
class Wanted:
    """What is searched for: a question with one outcome and no changes, and how far to look."""

    question: Question
    largest: int = 2
    judged: bool = False
    among: tuple[str, ...] = ()
    new_timelines: int = NEW_TIMELINES
    minutes: float | None = None
    most_bits: float = MOST_BITS


@dataclass
class Search:
    """A search under way. `old` is the luck it searches on, `new` the luck it decides on."""

    old: Known
    new: Known
    singles: list[str]
    most_bits: float = MOST_BITS
    new_timelines: int = NEW_TIMELINES
    freed: Callable[[str], int] = lambda _name: 0
    show: Callable[[str], None] = lambda _doing: None
    expected: Expected = field(init=False)
    decided: Decided | None = None
    finals: list[PodSet] = field(default_factory=list)
    dropped: dict[PodSet, str] = field(default_factory=dict)
    clashing: int = 0
    optimiser: str | None = None

    def __post_init__(self) -> None:
        """Nothing is known yet."""
        self.expected = Expected(self.old)

    def look_at_singles(self) -> None:
        """Every divergence alone; what is certainly beaten gets no more timelines than all get."""
        alive = self.old.ground.possible([(name,) for name in self.singles])
        for chunk in chunks(alive, FIRST_CHUNK):
            self.old.weigh(chunk, FIRST_SIGHT)
            self.old.look(chunk, FIRST_SIGHT)
        self.old.weigh(alive, SINGLE_BITS)
        alive = [names for names in alive if math.isfinite(self.old.bits[names].value)]
        self.singles = [name for (name,) in alive]
        halve(self.old, alive, SINGLES, self.old.share, SINGLE_BITS)

    def look_at_pairs(self) -> None:
        """All pairs that do not clash, the most promising first."""
        self.show("what each divergence does by itself")
        self.expected.freed = {name: self.freed(name) for name in self.singles}
        self.expected.learn(self.singles, EFFECTS)
        pairs = [set_of(pair) for pair in combinations(self.singles, 2)]
        cheap = [names for names in pairs if self.expected.bits(names) - SLACK <= self.dearest()]
        possible = self.old.ground.possible(cheap)
        self.clashing += len(cheap) - len(possible)
        self.race(possible, PAIRS, "pairs")

    def race(self, sets: Sequence[PodSet], rounds: Sequence[tuple[int, int]], what: str) -> None:
        """Weigh sets, leave out what is too surprising, and race the rest."""
        self.show(what)
        height = envelope(self.old)
        for names in sets:
            self.old.bits.setdefault(names, Bits(self.expected.bits(names)))
        promising = sorted(
            sets, key=lambda names: (-margin(self.old, names, self.expected.added(names), height), names)
        )
        self.old.weigh(promising, PAIR_BITS)
        left = [names for names in promising if self.old.bits[names].value <= self.dearest() + 1.0]
        halve(self.old, left, rounds, self.expected.share, PAIR_BITS)

    def dearest(self) -> float:
        """The surprise beyond which no set of several is looked at."""
        return min(self.most_bits, most_bits(self.old))

    def again(self, what: str) -> None:
        """Run those near the front again on new luck, and decide the front by that alone.

        A few new timelines first drop what plainly falls; that can only lose a set, never let one in.
        """
        self.show(what)
        near = [
            names
            for names in finalists(self.old, LEAST_FOR_FINALS, MOST_FINALISTS)
            if names not in self.dropped
        ]
        few = min(FEW_NEW, self.new_timelines)
        everyone = [*near, *(names for names in self.finals if names not in near)]
        self.new.weigh(everyone, FEW_BITS)
        everyone = [names for names in everyone if math.isfinite(self.new.bits[names].value)]
        self.new.look(everyone, few)
        self.new.leave_out(everyone, few)
        first = decide(self.new, everyone, LENIENT)
        self.finals = [one.names for one in first.front]
        self.dropped.update(
            {names: f"after {few} new timelines: {why}" for names, why in first.fallen.items()}
        )
        self.new.weigh(self.finals, FINAL_BITS)
        self.new.look(self.finals, self.new_timelines)
        self.new.leave_out(self.finals, self.new_timelines)
        z = bound_for(LEVEL, tests_of([*self.finals, *self.dropped]))
        decided = decide(self.new, self.finals, z)
        fallen = {**self.dropped, **decided.fallen}
        self.decided = Decided(decided.front, fallen, z, tests_of([*self.finals, *self.dropped]))

    def front_so_far(self) -> tuple[tuple[PodSet, float, float, bool], ...]:
        """The decided front with what has been found above it since; before any decision the front as seen."""
        if self.decided is not None:
            return tuple(
                (one.names, self.new.bits[one.names].value, self.new.share(one.names), True)
                for one in self.decided.front
            )
        sets = staircase(self.old, self.old.trusted(FIRST_SIGHT // 2))
        return tuple((names, self.old.bits[names].value, self.old.share(names), False) for names in sets)


def run_search(search: Search, largest: int, grow: Callable[[Search], None] | None = None) -> bool:
    """Run a search through its stages; False where it was stopped on the way, with what was found so far kept."""
    try:
        search.show("single divergences")
        search.look_at_singles()
        search.again("singles again on new luck")
        if largest > 1:
            search.look_at_pairs()
            search.again("the front again on new luck")
        if grow is not None:
            search.show("other dates, and sets of three and four" if largest > 2 else "other dates")
            grow(search)
            search.again("the front again on new luck")
    except Stopped:
        return False
    return True
