"""Simulation-based calibration: is the posterior that the sampler finds the posterior of the rules?

Parameters and latent luck are drawn from what is believed of them, a free timeline runs under them and is written down
as a record. The truth is then itself a draw of the posterior given that record. It is put at a random place of a chain
that runs from it forwards and backwards, by moves that know of the record and never of the truth. Where likelihood,
latent luck and sampler are right, all places of the chain are alike, and the truth's rank among the draws is uniform,
however slowly the chain gets about (Besag and Clifford 1989; Gandy and Scott 2020). How far it got decides what a wrong
one would have been caught at; so effective draws are reported with every rank.

Luck that a record would leave open and that no rule calls latent is read at the same addresses in the timeline and in
its replays, so that all is said given that luck. A record under which an entry finds no occasion is impossible.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

import numpy as np

from allohistory.evidence.both_ways import BothWays
from allohistory.evidence.chances import effective_draws
from allohistory.evidence.covering import Asked, Counts, counts
from allohistory.evidence.likelihood import Likelihood
from allohistory.evidence.nearby import Nearby
from allohistory.evidence.sampler import BLOCK, SEEDS
from allohistory.evidence.side_by_side import Lanes, Scored, SideBySide, Trial, lanes_of, near_lanes
from allohistory.evidence.written import as_record, in_spreads
from allohistory.luck.address import uniform
from allohistory.luck.arithmetic import normal_quantile
from allohistory.timeline.blueprint import EntryFacts
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, Plan
from allohistory.timeline.shape import LOG

STREAM_SEARCH = np.int64(3)
TRUTH, LATENT, PLACE, TIES, MOVED = (
    np.int64(slot) for slot in (16, 17, 18, 19, 20)
)  # apart from the sampler's
FIRST_SEED = 1  # latent seed under which slopes are taken
TRIALS, MOVES = 8, 3  # records, and points of the prior on each, at which lanes are tried
FIRST_TRIAL = 1 << 18  # number of the first of those records, beyond all replicates
NO_TRUTH, NO_ROOM = "its own timeline failed", "more happened than a record has room for"
NO_RETURN = "did not come back in replay"


@dataclass(frozen=True)
class Settings:
    """How hard a replicate works.

    draws   kept beside the truth, so that ranks run from 0 to this
    thin    sweeps from one kept draw to the next
    pool    latent seeds among which one is chosen in each sweep
    block   coordinates of a block
    lanes   whether rules' own parameters move side by side
    rounds  of the search for a normal distribution near each lane's posterior
    large   entries of a record at which blocks are dealt to two sweeps, as its cube for larger ones; 0: never
    """

    draws: int
    thin: int
    pool: int = 16
    block: int = BLOCK
    lanes: bool = False
    rounds: int = 2
    large: int = 0


@dataclass(frozen=True)
class Replicate:
    """What came of one.

    lost       why it cannot count, or nothing
    ranks      (parameters + 1,) draws below the truth; last the rank of the log-likelihood
    truth      (parameters,) in standard normal coordinates
    mean, second   (parameters,) of the posterior in the same; second about 0
    effective  (parameters,) effective draws among all sweeps
    reseeded   share of the sweeps that changed the latent seed
    crossed    moves side by side that were not made
    z, seeds   (draws, parameters) and (draws,) the kept draws, the truth not among them
    counts     of outcomes with fresh luck under the truth and under each kept draw, where they were asked for
    """

    number: int
    lost: str
    ranks: np.ndarray
    truth: np.ndarray
    mean: np.ndarray
    second: np.ndarray
    effective: np.ndarray
    entries: int = 0
    replays: int = 0
    reseeded: float = 0.0
    crossed: int = 0
    z: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))
    seeds: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    counts: Counts | None = None


class Simulation:
    """Replicates of one scenario, each the same wherever it is computed. Not for use by two threads at once.

    likelihood  that of the calibration; its memory is used, and its record written over
    luck        tells runs apart
    asked       outcomes that are to be counted with fresh luck in each history, or None
    planted     an error for a test: what is added to each rule's log-likelihood, read from the memory after a replay
    """

    def __init__(
        self,
        likelihood: Likelihood,
        settings: Settings,
        luck: int = 1,
        asked: Asked | None = None,
        planted: Callable[[Memory], np.ndarray] | None = None,
    ) -> None:
        self.likelihood, self.settings, self.luck = likelihood, settings, luck
        self.asked, self.planted = asked, planted
        self.coordinates = len(likelihood.coordinates.ids)
        self.covered = np.array(likelihood.memory.c.covered)
        self.entries: list[EntryFacts] = []
        lanes = self.lanes() if settings.lanes else None
        self.side = SideBySide(self.score, lanes) if lanes is not None and len(lanes.rules) else None
        self.chain: BothWays | None = None

    def score(self, z: np.ndarray, seed: int) -> Scored:
        """The written record's log-likelihood, whole and by rule."""
        found, c = self.likelihood(z, seed), self.likelihood.memory.c
        terms = c.log_likelihood_of
        if self.planted is not None:
            wrong = self.planted(self.likelihood.memory)
            found, terms = found + float(wrong.sum()), terms + wrong
        whole = found if int(c.returned) == len(self.entries) else -np.inf
        return Scored(whole, terms, int(c.aside_rule) if c.aside != 0 else -1)

    def given(self, z: np.ndarray, seed: int) -> float:
        """Log-likelihood of the written record; -inf also where an entry finds no occasion."""
        return self.score(z, seed).whole

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

    def latent(self, number: int) -> int:
        """A draw of the latent seed."""
        return int(self.luck_of(number, 0, LATENT) * SEEDS)

    def lanes(self) -> Lanes:
        """Which parameters move their own rule's term alone, found on records that no replicate uses."""
        memory = self.likelihood.memory
        rules = {rule.id: rule.number for rule in memory.blueprint.drawn if not rule.latent}
        groups: dict[int, list[int]] = {}
        for place, id in enumerate(self.likelihood.coordinates.ids):
            rule = id.rsplit(".", 1)[0]
            if rule in rules:
                groups.setdefault(rules[rule], []).append(place)

        def trial(number: int) -> tuple[Callable[[np.ndarray, int], Scored], Trial]:
            z, seed = self.prior(number), self.latent(number)
            self.write(number, z, seed)
            return self.score, Trial(z, seed, [self.prior(number, MOVED, turn) for turn in range(MOVES)])

        candidates = {rule: np.array(places) for rule, places in groups.items()}
        numbers = range(FIRST_TRIAL, FIRST_TRIAL + TRIALS)
        return lanes_of(candidates, [lambda number=number: trial(number) for number in numbers])  # type: ignore[misc]

    def write(self, number: int, z: np.ndarray, seed: int) -> str:
        """Run the free timeline of these parameters and latent luck and load it as the record; what was wrong."""
        memory = self.likelihood.memory
        c = memory.c
        memory.load_plan(Plan(horizon=END, seed=1 + self.luck * SEEDS + number, draws=1))
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
        if not np.isfinite(self.likelihood(z, seed)) or int(c.returned) != len(written):
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

    def replicate(self, number: int) -> Replicate:
        """One replicate."""
        truth, seed = self.prior(number), self.latent(number)
        asked = self.likelihood.asked
        lost = self.write(number, truth, seed)
        if lost:
            return self.nothing(number, lost, truth)
        crossed = self.side.crossed if self.side else 0
        z, seeds, scores, place = self.both_ways(number, truth, seed)
        kept = np.arange(0, len(z), self.settings.thin)
        others = kept[kept != place]
        replays = self.likelihood.asked - asked
        points = [(truth, seed), *((z[i], int(seeds[i])) for i in others)]
        return Replicate(
            number=number,
            lost="",
            ranks=self.ranked(
                number,
                np.column_stack([z, scores])[others],
                np.append(truth, scores[place]),
            ),
            truth=truth,
            mean=z.mean(axis=0),
            second=(z * z).mean(axis=0),
            effective=effective_draws(z),
            entries=len(self.entries),
            replays=replays,
            reseeded=float((np.diff(seeds) != 0).mean()),
            crossed=(self.side.crossed if self.side else 0) - crossed,
            z=z[others],
            seeds=seeds[others],
            counts=counts(self.likelihood, self.asked, self.likelihood.memory.plan, points)
            if self.asked
            else None,
        )

    def both_ways(
        self, number: int, truth: np.ndarray, seed: int
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
        """The chain: (points, parameters), their seeds, their log-likelihoods; and the truth's place in it."""
        settings = self.settings
        sweeps = settings.draws * settings.thin
        place = settings.thin * int(self.luck_of(number, 0, PLACE) * (settings.draws + 1))
        chain = self.chain_at(number, self.near(), truth, seed)
        likely = chain.state.log_likelihood
        z, seeds, scores = (
            np.empty((sweeps + 1, self.coordinates)),
            np.empty(sweeps + 1, np.int64),
            np.empty(sweeps + 1),
        )
        z[place], seeds[place], scores[place] = truth, seed, likely
        for backwards, order in ((False, range(place, sweeps)), (True, range(place - 1, -1, -1))):
            chain.stand(truth, seed, likely)
            for sweep in order:
                state = chain.pass_sweep(sweep, backwards)
                at = sweep if backwards else sweep + 1
                z[at], seeds[at], scores[at] = state.z, state.seed, state.log_likelihood
        return z, seeds, scores, place

    def near(self) -> Nearby:
        """A normal distribution near the posterior, made from the record alone: the prior but for the lanes."""
        mean, spread = np.zeros(self.coordinates), np.ones(self.coordinates)
        if self.side is not None:
            mean, spread = near_lanes(
                self.score, self.side.lanes, self.coordinates, FIRST_SEED, self.settings.rounds
            )
        return Nearby(mean, spread, np.ones(self.coordinates, bool))

    def chain_at(self, number: int, near: Nearby, z: np.ndarray, seed: int) -> BothWays:
        """The chain of a replicate, standing at a point; what has been compiled stays."""
        settings = self.settings
        if self.chain is None:
            self.chain = BothWays(
                self.given, near, (z, seed), number, self.luck, settings.block, settings.pool, self.side
            )
        else:
            self.chain.begin(near, (z, seed), number)
        if settings.large:
            self.chain.turns = max(1, ceil((len(self.entries) / settings.large) ** 3))
        return self.chain

    def ranked(self, number: int, draws: np.ndarray, truth: np.ndarray) -> np.ndarray:
        """How many of (draws, quantities) lie below the truth; among those that equal it luck decides."""
        below, equal = (draws < truth).sum(axis=0), (draws == truth).sum(axis=0)
        for i in np.flatnonzero(equal):
            below[i] += int(self.luck_of(number, int(i), TIES) * (equal[i] + 1))
        return np.asarray(below, np.int64)

    def nothing(self, number: int, why: str, truth: np.ndarray) -> Replicate:
        """A replicate that cannot count."""
        none, ranks = np.full(self.coordinates, np.nan), np.full(self.coordinates + 1, -1, np.int64)
        return Replicate(number, why, ranks, truth, none, none, none, len(self.entries))
