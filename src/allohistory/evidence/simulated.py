"""Simulation-based calibration: is the posterior that the sampler finds the posterior of the rules?

Parameters and latent luck are drawn from what is believed of them, a free timeline runs under them and is written down
as a record, and the sampler is asked what that record says about the parameters. Where likelihood, latent luck and
sampler are right, the true value is as likely to stand first, second, ... or last among the draws (Talts, Betancourt,
Simpson, Vehtari and Gelman 2018). The sampler is given the record and nothing else: it does not start at the truth.

Luck that a record would leave open and that no rule calls latent is read at the same addresses in the timeline and in
its replays, so that all is said given that luck. A record under which an entry finds no occasion is impossible.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from allohistory.evidence.chances import effective_draws
from allohistory.evidence.likelihood import Likelihood
from allohistory.evidence.nearby import STEP, LogLikelihood, Nearby, nearby
from allohistory.evidence.sampler import BLOCK, SEEDS, Chain
from allohistory.evidence.written import as_record, in_spreads
from allohistory.luck.address import uniform
from allohistory.luck.arithmetic import normal_quantile
from allohistory.timeline.blueprint import EntryFacts
from allohistory.timeline.plan import END, Plan
from allohistory.timeline.shape import LOG

STREAM_SEARCH = np.int64(3)
TRUTH, LATENT, STARTS = np.int64(16), np.int64(17), np.int64(18)  # slots, apart from those of the sampler
FIRST_SEED = 1  # latent seed under which slopes are taken and chains begin
TRIES = 64  # points of the prior at which a chain is tried, where the climb finds none that is possible
NO_TRUTH, NO_ROOM = "its own timeline failed", "more happened than a record has room for"
NO_RETURN, NO_START = "did not come back in replay", "no start was found"


@dataclass(frozen=True)
class Settings:
    """How hard a replicate works.

    draws   kept, so that ranks run from 0 to this
    thin    sweeps from one kept draw to the next
    settle  sweeps before the first
    rounds  of the search for a normal distribution near the posterior
    pool    latent seeds among which one is chosen in each sweep
    """

    draws: int
    thin: int
    settle: int
    rounds: int = 3
    pool: int = 16
    block: int = BLOCK


@dataclass(frozen=True)
class Replicate:
    """What came of one.

    lost       why it cannot count, or nothing
    ranks      (parameters + 1,) draws below the truth; last the rank of the log-likelihood
    mean, second   (parameters,) of the posterior in standard normal coordinates; second about 0
    effective  (parameters,) effective draws among all sweeps
    active     (parameters,) did the record touch it near the start?
    """

    number: int
    lost: str
    ranks: np.ndarray
    mean: np.ndarray
    second: np.ndarray
    effective: np.ndarray
    active: np.ndarray
    entries: int = 0
    replays: int = 0
    draws: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))


class Simulation:
    """Replicates of one scenario, each the same wherever it is computed. Not for use by two threads at once.

    likelihood  that of the calibration; its memory is used, and its record written over
    luck        tells runs apart
    scored      what is taken for the likelihood: the right one, unless a test plants an error in it
    """

    def __init__(
        self,
        likelihood: Likelihood,
        settings: Settings,
        luck: int = 1,
        scored: Callable[[LogLikelihood], LogLikelihood] | None = None,
    ) -> None:
        self.likelihood, self.settings, self.luck = likelihood, settings, luck
        self.coordinates = len(likelihood.coordinates.ids)
        self.covered = np.array(likelihood.memory.c.covered)
        self.entries: list[EntryFacts] = []
        self.scored: LogLikelihood = self.given if scored is None else scored(self.given)
        self.chain: Chain | None = None

    def given(self, z: np.ndarray, seed: int) -> float:
        """Log-likelihood of the written record; -inf also where an entry finds no occasion."""
        found = self.likelihood(z, seed)
        return found if int(self.likelihood.memory.c.returned) == len(self.entries) else -np.inf

    def luck_of(self, number: int, place: int, slot: np.int64) -> float:
        """The uniform of a replicate's own luck."""
        return float(
            uniform(np.int64(self.luck), STREAM_SEARCH, np.int64(number), np.int64(0), np.int64(place), slot)
        )

    def prior(self, number: int, slot: np.int64 = TRUTH, turn: int = 0) -> np.ndarray:
        """(parameters,) a draw of all parameters, in standard normal coordinates."""
        first = turn * self.coordinates
        return np.array(
            [normal_quantile(self.luck_of(number, first + i, slot)) for i in range(self.coordinates)]
        )

    def write(self, number: int, z: np.ndarray, seed: int) -> str:
        """Run the free timeline of these parameters and latent luck and load it as the record; what was wrong."""
        memory = self.likelihood.memory
        c = memory.c
        plan = Plan(horizon=END, seed=1 + self.luck * SEEDS + number, draws=1)
        memory.load_plan(plan)
        memory.drawn[memory.positions[: self.coordinates]] = self.likelihood.coordinates.values(z)
        self.likelihood.z[:] = z
        c.latent_seed, c.covered[:] = seed, 0
        memory.load_record(())
        c.logging = 1
        memory.run(0)
        c.logging = 0
        failed = int(c.aside) != 0
        written = [one for one in as_record(memory) if self.is_covered(one)]
        c.covered[:] = self.covered
        if failed or int(c.logged) > LOG or 2 * len(written) > len(c.entry_key):
            self.load([])
            return NO_TRUTH if failed else NO_ROOM
        self.load(written)
        if not np.isfinite(self.given(z, seed)):
            return NO_RETURN
        self.load(in_spreads(memory, written))
        return ""

    def load(self, entries: list[EntryFacts]) -> None:
        """Take these entries for the record."""
        self.entries = entries
        self.likelihood.memory.load_record(entries)

    def is_covered(self, entry: EntryFacts) -> bool:
        """Would the scenario's record hold this?"""
        row = self.likelihood.memory.blueprint.row_of[entry.rule] + entry.entity
        return bool(self.covered[row, entry.week])

    def replicate(self, number: int, keep: bool = False) -> Replicate:
        """One replicate; `keep` keeps its thinned draws, too."""
        truth, seed = self.prior(number), int(self.luck_of(number, 0, LATENT) * SEEDS)
        asked = self.likelihood.asked
        lost = self.write(number, truth, seed)
        if lost:
            return self.nothing(number, lost)
        likely = self.scored(truth, seed)
        near = near_of(self.scored, self.coordinates, self.settings.rounds)
        start = self.start(number, near)
        if start is None:
            return self.nothing(number, NO_START)
        z, scores = self.swept(number, near, start)
        thinned = slice(self.settings.thin - 1, None, self.settings.thin)
        below = np.append((z[thinned] < truth).sum(axis=0), (scores[thinned] < likely).sum())
        return Replicate(
            number=number,
            lost="",
            ranks=below.astype(np.int64),
            mean=z.mean(axis=0),
            second=(z * z).mean(axis=0),
            effective=effective_draws(z),
            active=near.active,
            entries=len(self.entries),
            replays=self.likelihood.asked - asked,
            draws=z[thinned].copy() if keep else np.zeros((0, 0)),
        )

    def nothing(self, number: int, why: str) -> Replicate:
        """A replicate that cannot count."""
        none, size = np.full(self.coordinates, np.nan), self.coordinates
        return Replicate(
            number,
            why,
            np.full(size + 1, -1, np.int64),
            none,
            none,
            none,
            np.zeros(size, bool),
            len(self.entries),
        )

    def start(self, number: int, near: Nearby) -> np.ndarray | None:
        """Where a chain can begin: the top of the climb, else a draw of the prior under which the record can be."""
        tried = near.mean
        for turn in range(TRIES):
            if np.isfinite(self.scored(tried, FIRST_SEED)):
                return tried
            tried = self.prior(number, STARTS, turn)
        return None

    def swept(self, number: int, near: Nearby, start: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(sweeps, parameters) and (sweeps,): where the chain stood after each sweep once settled, and how likely."""
        settings, begin = self.settings, (start, FIRST_SEED)
        if self.chain is None:
            self.chain = Chain(
                self.scored, near, begin, number, self.luck, block=settings.block, pool=settings.pool
            )
        else:
            self.chain.begin(near, begin, number)
        chain = self.chain
        for _ in range(settings.settle):
            chain.sweep()
        sweeps = settings.draws * settings.thin
        z, scores = np.empty((sweeps, self.coordinates)), np.empty(sweeps)
        for i in range(sweeps):
            state = chain.sweep()
            z[i], scores[i] = state.z, state.log_likelihood
        return z, scores


def near_of(log_likelihood: LogLikelihood, coordinates: int, rounds: int) -> Nearby:
    """`nearby` over those coordinates alone that the evidence touches."""
    touched = touched_by(log_likelihood, coordinates)
    active = np.zeros(coordinates, bool)
    active[touched] = True
    mean, spread = np.zeros(coordinates), np.ones(coordinates)
    if len(touched):

        def inner(z: np.ndarray, seed: int) -> float:
            whole = np.zeros(coordinates)
            whole[touched] = z
            return log_likelihood(whole, seed)

        found = nearby(inner, len(touched), FIRST_SEED, rounds)
        mean[touched], spread[touched] = found.mean, found.spread
    return Nearby(mean, spread, active)


def touched_by(log_likelihood: LogLikelihood, coordinates: int, group: int = 16) -> np.ndarray:
    """Places of the coordinates that move the likelihood: asked in groups, and one by one only where a group does."""
    middle = np.zeros(coordinates)
    here = log_likelihood(middle, FIRST_SEED)
    if not np.isfinite(here):
        return np.arange(coordinates)
    open_ = [np.arange(first, min(first + group, coordinates)) for first in range(0, coordinates, group)]
    found: list[int] = []
    while open_:
        places = open_.pop()
        moved = middle.copy()
        moved[places] = STEP
        if log_likelihood(moved, FIRST_SEED) == here:
            continue
        if len(places) == 1:
            found.append(int(places[0]))
        else:
            open_ += [places[: len(places) // 2], places[len(places) // 2 :]]
    return np.array(sorted(found), np.int64)
