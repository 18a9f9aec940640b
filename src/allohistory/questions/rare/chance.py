"""How likely is the outcome: brute force or splitting, whichever it needs, and a word on which it was.

Where the probability is above 2 in 100 brute force is used: splitting could gain little there. Below it, timelines are
split at milestones (ladder.py), if luck is fresh, nothing is conditioned on, and milestones are found or given; the
gain over brute force is measured, and where there was none, brute force stands.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions.estimates import wilson
from allohistory.questions.rare.intervals import gain, ideal_gain, of_repeats
from allohistory.questions.rare.ladder import Ladder, chosen_ladder
from allohistory.questions.rare.population import Population
from allohistory.questions.rare.splitting import Found, Splitting, split

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.questions.arms import Runner
    from allohistory.questions.columns import Asked, Columns
    from allohistory.questions.rare.histories import Histories
    from allohistory.questions.worlds import Worlds
    from allohistory.results.schema import Interval

BRUTE_FORCE, SPLITTING = "brute force", "splitting"
COMMON = 0.02
REPEATS = 20
EACH = 200  # timelines of a repeat


@dataclass(frozen=True)
class Chance:
    """A probability and how it was come by.

    timelines  that were run for it; reason: why this way, in words
    splitting  what was seen of it, and the ladder it climbed; None for brute force
    """

    method: str
    probability: float
    standard_error: float
    interval: Interval
    timelines: int
    reason: str = ""
    splitting: Splitting | None = field(default=None, repr=False)
    ladder: Ladder | None = None

    @property
    def found(self) -> tuple[Found, ...]:
        """The timelines that reached the outcome by splitting."""
        return () if self.splitting is None else self.splitting.found

    @property
    def weights(self) -> NDArray[np.float64]:
        """Their parts in the estimate."""
        return np.array([one.weight for one in self.found])

    @property
    def gain(self) -> float | None:
        """Timelines that brute force would need for the same error, over those run."""
        if self.splitting is None or not self.standard_error > 0.0:
            return None
        return gain(self.probability, self.standard_error / self.probability, self.splitting.work)

    @property
    def ideal(self) -> float | None:
        """The best that splitting can gain at this probability."""
        return ideal_gain(self.probability) if 0.0 < self.probability < 1.0 else None


def brute_force(columns: Columns, asked: Asked) -> Chance:
    """The share of the timelines that were run."""
    shown = columns.read(asked).shown
    n, count = len(shown), int(shown.sum())
    if n == 0:
        return Chance(BRUTE_FORCE, 0.0, 0.0, (0.0, 1.0), 0, "no timeline meets the condition")
    weight = columns.weight
    share = count / n if weight is None else float(weight @ shown / weight.sum())
    error = math.sqrt(share * (1.0 - share) / n)
    return Chance(BRUTE_FORCE, share, error, wilson(share * n, n), n, "it is above 2 in 100")


def rare_enough(chance: Chance, worlds: Worlds) -> bool:
    """Whether splitting could gain, and can be done."""
    question = worlds.question
    plain = question.luck == "fresh" and question.given is None and question.without is None
    return chance.probability < COMMON and plain and not question.priors


def by_splitting(
    worlds: Worlds,
    asked: Asked,
    pilot: Columns,
    histories: Histories,
    by: tuple[str, ...],
    runner: Runner,
    *,
    repeats: int = REPEATS,
    each: int = EACH,
) -> Chance | None:
    """The same by splitting, in timelines that the pilot did not run; None where there are no milestones."""
    ladder = chosen_ladder(worlds, asked, pilot, by)
    if ladder is None:
        return None
    first = -(-len(pilot.ensemble.timeline) // worlds.question.draws) * worlds.question.draws
    with runner.counting("splitting") as tell:
        population = Population(worlds, asked, ladder, histories, first=first, finished=tell)
        found = split(
            population, repeats=repeats, each=each, seed=worlds.question.seed, levels=ladder.levels, keep=True
        )
    told = of_repeats(found.estimates)
    return Chance(
        SPLITTING,
        told.probability,
        told.standard_error,
        told.interval,
        round(found.work),
        "it is under 2 in 100",
        found,
        ladder,
    )


def the_sharper(brute: Chance, tried: Chance | None) -> Chance:
    """Splitting where it gained, else brute force, with the reason."""
    if tried is None:
        reason = "too few reach it to choose milestones from, and none were given with --by"
        return replace(brute, reason=reason)
    if tried.probability == 0.0 or tried.gain is None or tried.gain < 1.0:
        gained = (
            "no repeat found a way" if tried.gain is None else f"it would have gained {tried.gain:.1f} times"
        )
        return replace(brute, reason=f"splitting was tried and given up: {gained}")
    return tried
