"""Elliptical slices of many rules' own parameters at once: one replay judges the proposals of all of them.

The log-likelihood is a sum over rules. Where a rule's own parameters move its own term and nothing else, the posterior
of each such block, all else held, does not know of the others: their slices may share their replays. Which parameters
do is tried on records of their own, by moves as large as the prior; a move that shows itself to have crossed over all
the same is not made, and is counted.

lanes = lanes_of(...)                 which coordinates move which rule's term, and no other
SideBySide(scored, lanes).move(...)   one slice in every lane
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import pi

import numpy as np

from allohistory.evidence.by_address import uniforms
from allohistory.evidence.nearby import LONGEST, NARROWEST, STEP, WIDEST

IMPOSSIBLE = -1e200  # a term below this is that of a record which the rule holds impossible
HALVINGS = 6
MOST_TURNS = 150  # after half as many an angle is 0 to the last bit: what is not taken by then never is
HEIGHTS, ANGLES, NARROWED = 1, 2, 3  # samples of a sweep's luck, after that of its normal numbers


@dataclass(frozen=True)
class Scored:
    """A replay's verdict.

    whole    log-likelihood of all; -inf where the world fails or an entry does not come back
    terms    (rules,) its terms, by rule number
    failed   number of the rule that failed, or -1
    """

    whole: float
    terms: np.ndarray
    failed: int


Score = Callable[[np.ndarray, int], Scored]


@dataclass(frozen=True)
class Lanes:
    """Coordinates that move one term each.

    places   (own,) which coordinates
    lane     (own,) the lane of each
    rules    (lanes,) the number of the rule whose term a lane moves
    """

    places: np.ndarray
    lane: np.ndarray
    rules: np.ndarray

    def sums(self, values: np.ndarray) -> np.ndarray:
        """(own,) -> (lanes,)."""
        return np.bincount(self.lane, values, len(self.rules))


class SideBySide:
    """The move. `crossed` counts those that were not made, because a term moved that should not have."""

    def __init__(self, score: Score, lanes: Lanes) -> None:
        self.score, self.lanes, self.crossed = score, lanes, 0

    def move(
        self, z: np.ndarray, seed: int, mean: np.ndarray, spread: np.ndarray, luck: tuple[int, int]
    ) -> tuple[np.ndarray, float] | None:
        """Where all lanes went and how likely it is there; None where the move was not made.

        mean, spread   (parameters,) of the normal distribution near the posterior
        luck           (seed, row) of this move's own luck
        """
        lanes, at = self.lanes, self.lanes.places
        mean, spread = mean[at], spread[at]
        before = self.score(z, seed).terms.copy()
        own = (z[at] - mean) / spread
        other = normal(uniforms(luck[0], 0, luck[1], len(at)))

        def ratio(w: np.ndarray) -> np.ndarray:
            moved = mean + spread * w
            return 0.5 * lanes.sums(w * w - moved * moved)

        count = len(lanes.rules)
        height = before[lanes.rules] + ratio(own) + np.log(uniforms(luck[0], HEIGHTS, luck[1], count))
        angle = 2.0 * pi * uniforms(luck[0], ANGLES, luck[1], count)
        low, high, open_ = angle - 2.0 * pi, angle.copy(), np.ones(count, bool)
        taken, turn = np.zeros(count), NARROWED
        while open_.any() and turn < NARROWED + MOST_TURNS:
            w = own * np.cos(angle)[lanes.lane] + other * np.sin(angle)[lanes.lane]
            moved = z.copy()
            moved[at] = mean + spread * w
            found = self.score(moved, seed)
            terms = found.terms[lanes.rules]
            guilty = (terms <= IMPOSSIBLE) | (lanes.rules == found.failed)
            judged = open_ & guilty if found.failed >= 0 and (open_ & guilty).any() else open_
            taken_now = judged & ~guilty & (found.failed < 0) & (terms + ratio(w) > height)
            taken[taken_now] = terms[taken_now]
            open_ &= ~taken_now
            again = judged & ~taken_now
            low = np.where(again & (angle < 0.0), angle, low)
            high = np.where(again & (angle >= 0.0), angle, high)
            fresh = low + (high - low) * uniforms(luck[0], turn, luck[1], count)
            angle, turn = np.where(again, fresh, angle), turn + 1
        after = found.terms.copy()
        after[lanes.rules] = before[lanes.rules]
        if open_.any() or not np.isfinite(found.whole) or (after != before).any() or (terms != taken).any():
            self.crossed += 1
            return None
        return moved, found.whole


def normal(u: np.ndarray) -> np.ndarray:
    """Standard normal numbers of uniforms."""
    from scipy.special import ndtri

    return np.asarray(ndtri(u))


def near_lanes(
    score: Score, lanes: Lanes, coordinates: int, seed: int, rounds: int
) -> tuple[np.ndarray, np.ndarray]:
    """(parameters,) mean and spread: damped steps of Newton's from the middle, a coordinate of every lane at a time.

    Coordinates in no lane keep the prior's 0 and 1.
    """
    mean, spread = np.zeros(coordinates), np.ones(coordinates)
    order = [lanes.places[lanes.lane == lane] for lane in range(len(lanes.rules))]
    for _ in range(rounds):
        here = score(mean, seed).terms.copy()
        slope, bend = np.zeros(coordinates), np.zeros(coordinates)
        for turn in range(max(map(len, order), default=0)):
            turned = [(rule, at[turn]) for rule, at in zip(lanes.rules, order, strict=True) if turn < len(at)]
            rules, at = (np.array(part) for part in zip(*turned, strict=True))
            below, above = (shifted(score, mean, at, step, seed)[rules] for step in (-STEP, STEP))
            sound = (below > IMPOSSIBLE) & (above > IMPOSSIBLE) & (here[rules] > IMPOSSIBLE)
            slope[at[sound]] = (above - below)[sound] / (2.0 * STEP)
            bend[at[sound]] = (above - 2.0 * here[rules] + below)[sound] / STEP**2
        precision = 1.0 + np.maximum(-bend, 0.0)
        mean = climbed(score, lanes, mean, np.clip((slope - mean) / precision, -LONGEST, LONGEST), seed)
        spread[lanes.places] = np.clip(1.0 / np.sqrt(precision), NARROWEST, WIDEST)[lanes.places]
    return mean, spread


def shifted(score: Score, z: np.ndarray, at: np.ndarray, step: float, seed: int) -> np.ndarray:
    """The terms with these coordinates moved by a step; those of the lanes say no more than -inf where they fail."""
    moved = z.copy()
    moved[at] += step
    terms = score(moved, seed).terms
    return np.where(np.isfinite(terms), terms, -np.inf)


def climbed(score: Score, lanes: Lanes, z: np.ndarray, aim: np.ndarray, seed: int) -> np.ndarray:
    """Each lane as far along its aim as its term and its prior together rise: whole, half, a quarter, ... or not."""
    at = lanes.places

    def heights(point: np.ndarray) -> np.ndarray:
        return np.asarray(score(point, seed).terms[lanes.rules] - 0.5 * lanes.sums(point[at] ** 2))

    floor, share, still = heights(z), 1.0, np.ones(len(lanes.rules), bool)
    z = z.copy()
    for _ in range(HALVINGS):
        tried = z.copy()
        tried[at] += np.where(still[lanes.lane], share * aim[at], 0.0)
        risen = still & (heights(tried) > floor)
        z[at] = np.where(risen[lanes.lane], tried[at], z[at])
        still &= ~risen
        share /= 2.0
    return z


@dataclass(frozen=True)
class Trial:
    """A record and a point at which moves are tried: what is scored there, and points of the prior to move to."""

    z: np.ndarray
    seed: int
    others: Sequence[np.ndarray]


def alone(score: Score, trial: Trial, places: np.ndarray, rule: int, before: Scored) -> bool:
    """Do moves of these coordinates leave every other rule's term as it was, to the last bit?"""
    for other in trial.others:
        moved = trial.z.copy()
        moved[places] = other[places]
        found = score(moved, trial.seed)
        if found.failed not in (-1, rule):
            return False
        terms = found.terms.copy()
        terms[rule] = before.terms[rule]
        if (terms != before.terms).any() or (found.failed < 0 and not np.isfinite(found.whole)):
            return False
    return True


def lanes_of(
    candidates: dict[int, np.ndarray],
    trials: Sequence[Callable[[], tuple[Score, Trial]]],
) -> Lanes:
    """The lanes among candidates (rule number -> places): whole rules that stay alone, else those coordinates that do.

    trials   each writes its record when called, and gives what scores it
    """
    whole, single = set(candidates), {(rule, int(i)) for rule, at in candidates.items() for i in at}
    for begin in trials:
        score, trial = begin()
        before = score(trial.z, trial.seed)
        before = Scored(before.whole, before.terms.copy(), before.failed)
        for rule, at in candidates.items():
            if rule in whole and alone(score, trial, at, rule, before):
                continue
            whole.discard(rule)
            single -= {
                (rule, int(i))
                for i in at
                if (rule, int(i)) in single and not alone(score, trial, np.array([i]), rule, before)
            }
    kept = sorted((rule, i) for rule, i in single)
    rules = sorted({rule for rule, _ in kept})
    return Lanes(
        np.array([i for _, i in kept], np.int64),
        np.array([rules.index(rule) for rule, _ in kept], np.int64),
        np.array(rules, np.int64),
    )
