"""What a road is like: its steps in order of their dates, what it needs, how it ends, its name, typical timelines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions.estimates import position_of
from allohistory.questions.forerunners import NEVER
from allohistory.questions.rare.roads import (
    NEARLY_ALL,
    RARER,
    SAME,
    Compared,
    Division,
    Turn,
    _correlations,
    _information,
    decisive,
    itself,
)
from allohistory.questions.rare.signs import words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.questions.rare.signs import Marks, Step
    from allohistory.timeline.model import Model

MOST_STEPS, MOST_NEEDS, MOST_ENDS, MOST_ADDRESSES = 7, 4, 3, 3
USUAL = 0.5  # a step of a road is taken by at least so many of its timelines
SHARES = (0.05, 0.5, 0.95)
LEAST_WORTH = 0.02  # bits
EXACT = 9  # decimals of a sum of weights that is all of them
ITS_OWN = 0.85  # a step that so many of a road take, and so few of the others, names the road by itself


@dataclass(frozen=True)
class RoadStep:
    """A step with the days by which 5, 50 and 95 in 100 had taken it, and the share of the road that takes it.

    else_   its share, by the same days, in timelines that do not reach the outcome
    """

    what: str
    step: Step
    days: tuple[int, int, int]
    probability: float
    else_: float


@dataclass(frozen=True)
class Need:
    """A condition true in nearly all of a road and much rarer outside it (in timelines that miss the outcome)."""

    what: str
    probability: float
    else_: float


@dataclass(frozen=True)
class Road:
    """One road. members: rows of the timelines that were divided; typical: those nearest its middle."""

    name: str
    share: float
    turns: tuple[Turn, ...]
    steps: tuple[RoadStep, ...]
    needs: tuple[Need, ...]
    ends: tuple[Need, ...]
    members: tuple[int, ...]
    typical: tuple[int, ...]


@dataclass(frozen=True)
class Described:
    """All that roads are described from. reached: how many of the marks' columns come first and reach the outcome."""

    model: Model
    marks: Marks
    compared: Compared
    division: Division
    reached: int

    @cached_property
    def left_out(self) -> frozenset[Step]:
        """Steps that are the outcome by another name."""
        same = itself(self.compared.steps, *self.compared.shares)
        return frozenset(step for step, one in zip(self.compared.steps, same, strict=True) if one)

    def roads(self) -> tuple[Road, ...]:
        """Every road that has a timeline, the commonest first."""
        sorted_by = self.division.sort(self.compared.steps, self.compared.reached)
        found = [
            self._road(turns, np.flatnonzero(sorted_by == number))
            for number, turns in enumerate(self.division.roads)
            if (sorted_by == number).any()
        ]
        return tuple(sorted(found, key=lambda road: -road.share))

    def _road(self, turns: tuple[Turn, ...], members: NDArray[np.intp]) -> Road:
        weight = self.compared.weight[members]
        share = float(weight.sum())
        own = weight / share
        rows, _ = decisive(self.compared)
        p, _ = self._beside(members, own)
        q = self.compared.shares[1]
        chosen = self._chosen(turns, members, own, p, q)
        return Road(
            name=self._name(turns, chosen, members, own),
            share=share,
            turns=turns,
            steps=tuple(self._step(row, members, p, q) for row in chosen),
            needs=self._needs(rows, p, q),
            ends=self._ends(members, own),
            members=tuple(int(one) for one in members),
            typical=self._typical(rows, members, p),
        )

    def _chosen(
        self,
        turns: tuple[Turn, ...],
        members: NDArray[np.intp],
        own: NDArray[np.float64],
        p: NDArray[np.float64],
        q: NDArray[np.float64],
    ) -> list[int]:
        """Rows of the steps that tell this road: its turns taken, what is its own, what sets it apart from a miss."""
        place = {step: row for row, step in enumerate(self.compared.steps)}
        taken = [place[turn.step] for turn in turns if turn.taken and turn.step in place]
        own_row = self._own_row(members, own)
        taken += [] if own_row is None or own_row in taken else [own_row]
        rows, _ = decisive(self.compared)
        rows = np.array([row for row in rows if p[row] >= USUAL and p[row] > q[row]], np.intp)
        order = taken + [int(row) for row in rows[np.argsort(-_information(p, q)[rows], kind="stable")]]
        kept = _apart(
            order, self.compared.reached[:, members], own, MOST_STEPS, len(taken), self.compared.steps
        )
        return sorted(kept, key=lambda row: (self._days(row, members)[1], row))

    def _step(
        self, row: int, members: NDArray[np.intp], p: NDArray[np.float64], q: NDArray[np.float64]
    ) -> RoadStep:
        step = self.compared.steps[row]
        return RoadStep(
            words_of(step, self.model), step, self._days(row, members), float(p[row]), float(q[row])
        )

    def _days(self, row: int, members: NDArray[np.intp]) -> tuple[int, int, int]:
        """The days by which the members that take a step have taken it."""
        taken = members[self.compared.reached[row, members]]
        days = np.sort(self.marks.day[row, taken])
        if len(days) == 0:
            return int(NEVER), int(NEVER), int(NEVER)
        low, middle, high = (int(days[position_of(len(days), share)]) for share in SHARES)
        return low, middle, high

    def _needs(
        self,
        rows: NDArray[np.intp],
        p: NDArray[np.float64],
        q: NDArray[np.float64],
    ) -> tuple[Need, ...]:
        """What nearly all of the road has, or lacks, and timelines that miss the outcome much more rarely do."""
        found = [(float(q[row]), int(row), False) for row in rows if p[row] >= NEARLY_ALL]
        found += [(1.0 - float(q[row]), int(row), True) for row in rows if p[row] <= 1.0 - NEARLY_ALL]
        found = sorted(one for one in found if one[0] <= RARER)
        kept = []
        for outside, row, absent in found[:MOST_NEEDS]:
            inside = 1.0 - float(p[row]) if absent else float(p[row])
            kept.append(Need(words_of(self.compared.steps[row], self.model, absent), inside, outside))
        return tuple(kept)

    def _ends(self, members: NDArray[np.intp], own: NDArray[np.float64]) -> tuple[Need, ...]:
        """How most of its timelines stand on the last day, what is most its own first."""
        p = np.round(self.marks.ended[:, members] @ own, EXACT) if len(self.marks.ends) else np.zeros(0)
        q = self.marks.ended[:, self.reached :].mean(axis=1) if len(self.marks.ends) else np.zeros(0)
        order = [int(row) for row in np.argsort(q - p, kind="stable") if p[row] >= USUAL]
        return tuple(
            Need(words_of(self.marks.ends[row], self.model), float(p[row]), float(q[row]))
            for row in order[:MOST_ENDS]
        )

    def _name(
        self,
        turns: tuple[Turn, ...],
        chosen: list[int],
        members: NDArray[np.intp],
        own: NDArray[np.float64],
    ) -> str:
        """Its turns taken and what is most its own, in order of dates; and, where need be, what it did without."""
        p, r = self._beside(members, own)
        taken = {turn.step for turn in turns if turn.taken}
        own_row = self._own_row(members, own)
        rows = [row for row in chosen if self.compared.steps[row] in taken or row == own_row]
        words = ", then ".join(_inside(words_of(self.compared.steps[row], self.model)) for row in rows)
        only = own_row is not None and p[own_row] >= ITS_OWN and r[own_row] <= 1.0 - ITS_OWN
        left = [] if only else [_inside(words_of(t.step, self.model)) for t in turns if not t.taken]
        if left:
            words = f"{words}; without: {', '.join(left)}" if words else f"Without: {', '.join(left)}"
        return words[:1].upper() + words[1:] if words else "The only road"

    def _own_row(self, members: NDArray[np.intp], own: NDArray[np.float64]) -> int | None:
        """The step that says most about being on this road and no other; None where none says anything."""
        p, r = self._beside(members, own)
        known = np.array([step not in self.left_out for step in self.compared.steps])
        worth = np.where((p >= USUAL) & (p > r) & known, _information(p, r), 0.0)
        return int(np.argmax(worth)) if len(worth) and worth.max() > LEAST_WORTH else None

    def _beside(
        self, members: NDArray[np.intp], own: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Shares of every step on this road, and on all the others together."""
        p = np.round(self.compared.reached[:, members] @ own, EXACT)
        rest = np.setdiff1d(np.arange(self.reached), members)
        if len(rest) == 0:
            return p, np.zeros(len(p))
        weight = self.compared.weight[rest]
        return p, self.compared.reached[:, rest] @ (weight / weight.sum())

    def _typical(
        self, rows: NDArray[np.intp], members: NDArray[np.intp], p: NDArray[np.float64]
    ) -> tuple[int, ...]:
        """The members whose decisive steps differ least from the road's shares."""
        apart = np.abs(self.compared.reached[np.ix_(rows, members)] - p[rows][:, None]).sum(axis=0)
        return tuple(int(members[i]) for i in np.argsort(apart, kind="stable")[:MOST_ADDRESSES])


def _apart(
    order: list[int],
    present: NDArray[np.bool_],
    own: NDArray[np.float64],
    most: int,
    first: int,
    steps: tuple[Step, ...],
) -> list[int]:
    """The first rows of an order, none like one already taken; the first few are taken whatever they are like."""
    kept: list[int] = []
    told: set[tuple[str, str, str]] = set()
    for number, row in enumerate(order):
        if len(kept) == most:
            break
        same = (steps[row].kind, steps[row].id, steps[row].option)
        if row in kept or (number >= first and same in told):
            continue
        if number >= first and kept:
            phi = _correlations(present[[row, *kept]], own)[0, 1:]
            if (np.abs(phi) >= SAME).any():
                continue
        kept.append(row)
        told.add(same)
    return kept


def _inside(words: str) -> str:
    """A sentence's words inside another: no capital where the second letter is small and the first word is common."""
    first = words.split(" ", 1)[0]
    return words[:1].lower() + words[1:] if first in COMMON else words


COMMON = (
    "A",
    "An",
    "The",
    "It",
    "General",
    "Road",
    "War",
    "What",
    "Who",
    "How",
    "Division",
    "Clash",
    "Undeclared",
)
