"""What comes before an outcome: the firings and choices that are commoner before it than in timelines without it.

For each timeline with the outcome, what its log had when the outcome was marked is searched. Each timeline without it
is searched up to the day that one of the others had, dealt out in turn, so that neither side has had more time. A
forerunner is a firing or a choice that had come by then, ranked by the difference of the two shares; of those that
come and go together, and of the same option of several entities, the first stands for all. Where they are fewer than
five, firings and choices whose absence is commoner fill the list.

This is association, not proof: a common cause of both looks the same. Only a change imposed on the same luck tells them
apart (`ask --do`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.questions.logged import Logged
    from allohistory.timeline.model import Model

MOST = 5  # listed of each outcome
LEAST = 3  # timelines with and without the outcome, below which nothing is compared
EXACT = 50  # below so many of either, the exact test in place of the normal one
SAME = 0.8  # correlation from which on two forerunners are taken for one
FALSE_ALARMS = 0.01  # of one outcome's list: so often would luck alone put anything on it
ENTITIES = 16  # a rule with more of them is not split by entity
NEVER = np.int32(1 << 30)


@dataclass(frozen=True)
class Sign:
    """A firing, or an option chosen; of one entity, or (None) of any."""

    rule: str
    option: str
    entity: str | None


@dataclass(frozen=True)
class Forerunner:
    """A sign with the share of timelines in which it came before the outcome, and before the same days without it.

    absent   it is the sign's absence that is commoner
    """

    sign: Sign
    share: float
    without: float
    absent: bool

    @property
    def difference(self) -> float:
        """Share less share without."""
        return self.share - self.without


@dataclass(frozen=True)
class Signs:
    """Every sign of an ensemble. day, place: (signs, timelines) the first of each, and its place in the log."""

    of: tuple[Sign, ...]
    day: NDArray[np.int32]
    place: NDArray[np.int32]


def signs_of(model: Model, world: Logged) -> Signs:
    """All firings and choices of an ensemble's logs, those of each entity beside those of any."""
    found: list[Sign] = []
    days: list[NDArray[np.int32]] = []
    places: list[NDArray[np.int32]] = []
    place = np.arange(len(world.row)) - np.searchsorted(world.row, world.row)

    def add(sign: Sign, events: NDArray[np.int64]) -> None:
        found.append(sign)
        days.append(_first(world, events, world.day))
        places.append(_first(world, events, place))

    order = np.lexsort((world.day, world.rule))
    edges = np.searchsorted(world.rule[order], np.arange(int(world.rule.max(initial=0)) + 2))
    for rule in model.blueprint.drawn:
        if rule.draws == "shock" or rule.number + 1 >= len(edges):
            continue
        mine = order[edges[rule.number] : edges[rule.number + 1]]
        value = np.minimum(world.value[mine], 1) if rule.draws == "clock" else world.value[mine]
        for option in np.unique(value):
            if rule.draws == "clock" and option == 0:
                continue
            name = "fired" if rule.draws == "clock" else rule.options[int(option)]
            events = mine[value == option]
            add(Sign(rule.id, name, None), events)
            if 1 < len(rule.entities) <= ENTITIES:
                for entity in np.unique(world.entity[events]):
                    one = Sign(rule.id, name, rule.entities[int(entity)])
                    add(one, events[world.entity[events] == entity])
    shape = (len(found), world.kept)
    return Signs(tuple(found), *(np.array(first, np.int32).reshape(shape) for first in (days, places)))


def _first(world: Logged, events: NDArray[np.int64], of: NDArray[np.int64]) -> NDArray[np.int32]:
    """(timelines,) the first day or place of these events in each; never where it has none."""
    first = np.full(world.kept, NEVER, np.int32)
    np.minimum.at(first, world.row[events], of[events].astype(np.int32))
    return first


def forerunners(
    signs: Signs,
    shown: NDArray[np.bool_],
    day: NDArray[np.int64],
    come: NDArray[np.int64],
    *,
    since: int,
    last: int,
    most: int = MOST,
) -> tuple[Forerunner, ...] | None:
    """The signs that set timelines with the outcome apart, the most telling first; None where too few are to compare.

    An outcome that is nothing but the absence of what would have had a day is told by what comes before that.

    day     of the outcome in each timeline; where it has none (-1) the whole timeline is searched
    come    how many events the log had when it was marked; -1 where it was not: then the day decides
    since   the day from which on luck is free: what came before is history's in every timeline
    last    the scenario's last day
    """
    n, m = int(shown.sum()), int((~shown).sum())
    if min(n, m) < LEAST:
        return None
    if (
        not (day[shown] >= 0).any() and (day[~shown] >= 0).any()
    ):  # nothing happened: what did, where it did not
        other = forerunners(signs, ~shown, day, come, since=since, last=last, most=most) or ()
        return tuple(Forerunner(f.sign, 1.0 - f.without, 1.0 - f.share, not f.absent) for f in other)
    until = np.where(day >= 0, day, last)
    reference = until.copy()
    reference[~shown] = until[shown][np.arange(m) % n]
    in_order = shown & (come >= 0)
    before = np.where(in_order, signs.place < come, signs.day <= reference) & (signs.day >= since)
    share, without = before[:, shown].mean(axis=1), before[:, ~shown].mean(axis=1)
    apart = share - without
    told = _told(before[:, shown].sum(axis=1), before[:, ~shown].sum(axis=1), n, m)
    order = np.lexsort((-np.abs(apart), apart < 0.0))  # what came first, then what did not
    ranked = [int(one) for one in order if told[one]]
    chosen = _different(signs, before, ranked, most)
    return tuple(_forerunner(signs.of[one], float(share[one]), float(without[one])) for one in chosen)


def _forerunner(sign: Sign, share: float, without: float) -> Forerunner:
    if share >= without:
        return Forerunner(sign, share, without, absent=False)
    return Forerunner(sign, 1.0 - share, 1.0 - without, absent=True)


def _told(k: NDArray[np.int64], j: NDArray[np.int64], n: int, m: int) -> NDArray[np.bool_]:
    """Which signs differ more than luck would make one of them differ: k of n with the outcome, j of m without."""
    level = FALSE_ALARMS / max(len(k), 1)
    if min(n, m) < EXACT:
        from scipy.stats import hypergeom

        law = hypergeom(n + m, k + j, n)  # Fisher's exact test
        return np.asarray(2.0 * np.minimum(law.sf(k - 1), law.cdf(k)) < level)
    # each share is moved a little toward a half, so that none is without error
    a, b = (k + 1.0) / (n + 2.0), (j + 1.0) / (m + 2.0)
    error = np.sqrt(a * (1.0 - a) / n + b * (1.0 - b) / m)
    return np.asarray(np.abs(k / n - j / m) > NormalDist().inv_cdf(1.0 - level / 2.0) * error)


def _different(signs: Signs, before: NDArray[np.bool_], ranked: Sequence[int], most: int) -> list[int]:
    """The first of the ranked signs, without those that come and go with one already taken, or repeat its option."""
    taken: list[int] = []
    options: set[tuple[str, str]] = set()
    for one in ranked:
        if len(taken) == most:
            break
        option = (signs.of[one].rule, signs.of[one].option)
        if option not in options and all(
            abs(_correlation(before[one], before[other])) < SAME for other in taken
        ):
            taken.append(one)
            options.add(option)
    return taken


def _correlation(a: NDArray[np.bool_], b: NDArray[np.bool_]) -> float:
    """Of two yes-or-no columns; 1 where one of them never changes and so tells nothing apart."""
    p, q = float(a.mean()), float(b.mean())
    spread = math.sqrt(p * (1.0 - p) * q * (1.0 - q))
    return (float((a & b).mean()) - p * q) / spread if spread > 0.0 else 1.0
