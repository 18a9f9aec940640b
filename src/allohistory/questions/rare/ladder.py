"""Milestones on the way to an outcome, and the levels between them.

A milestone is an outcome or expression that comes true on a day. It stands at a height; a timeline's score is the
height of the highest milestone that it has passed. Two ways to a ladder:

- given (`--by`): milestones in order, the rarest last, each a step up;
- chosen by a pilot, a run of brute force: each outcome that comes before the one asked for stands at the share of its
  pilot timelines that went on to reach it, less one standard error, so that what was seen seldom stands no higher
  than is known. Alone, or two together, whichever tell more.

Levels are laid so that about a third of the timelines pass each. Whatever the ladder, the estimate is unbiased; a good
one only makes it sharper. It is made of other timelines than those that are then split.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions.columns import asked_of
from allohistory.questions.estimates import wilson
from allohistory.timeline.shape import FORKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.questions.columns import Asked, Columns
    from allohistory.questions.worlds import Worlds

DAYS_A_WEEK = 7
BEFORE = re.compile(r"\bbefore (\d{4}(?:-\d\d){0,2})")
NO_WEEK = 1 << 20
FEWEST = 8  # pilot timelines that reach the outcome, below which no ladder is chosen from them
PASSED = 5  # pilot timelines that passed a milestone and reached the outcome, below which it is none
THIRD = 0.4  # of the timelines above one level that are to pass the next
SINGLES = 24  # of the milestones, the most telling, from which pairs are made
ONE_ERROR = 1.0
STAGES = 8
LAST_WEEK = 0.9  # of the timelines that mark an outcome, in the last week, from which on it is no milestone


@dataclass(frozen=True)
class Ladder:
    """Milestones (each one expression, or several that must all have come), their heights, and levels between them."""

    milestones: tuple[tuple[str, ...], ...]
    heights: NDArray[np.float64]
    levels: tuple[float, ...]
    given: bool

    def weeks(self, columns: Columns) -> NDArray[np.int64]:
        """(timelines, milestones) the week in which each came; NO_WEEK where it did not."""
        week = {text: _week(columns, text) for text in dict.fromkeys(sum(self.milestones, ()))}
        found = [np.maximum.reduce([week[text] for text in each]) for each in self.milestones]
        return np.array(found, np.int64).reshape(len(found), -1).T


def chosen_ladder(worlds: Worlds, asked: Asked, pilot: Columns, by: Sequence[str]) -> Ladder | None:
    """The ladder that was given, else one from the pilot; None where that shows too little."""
    if by:
        for text in by:
            asked_of(text, worlds.model, worlds.question.custom, where="--by")
        return given_ladder(tuple(by))
    return pilot_ladder(worlds, asked, pilot)


def given_ladder(by: tuple[str, ...]) -> Ladder:
    """Each milestone a step above the one before; more than can be forked: the evenest of them are levels."""
    heights = np.arange(1.0, len(by) + 1.0)
    between = heights - 0.5
    if len(by) > FORKS:
        between = between[np.unique(np.linspace(0, len(by) - 1, FORKS).astype(int))]
    return Ladder(tuple((text,) for text in by), heights, tuple(float(one) for one in between), given=True)


def pilot_ladder(worlds: Worlds, asked: Asked, pilot: Columns) -> Ladder | None:
    """Milestones by how often what passed them went on to reach the outcome."""
    shown = pilot.read(asked).shown
    if int(shown.sum()) < FEWEST:
        return None
    until = _week(pilot, asked.id)
    near = _nearness(worlds, asked, pilot, shown)
    last = worlds.model.blueprint.weeks - 1
    week = {text: _week(pilot, text) for text in _candidates(worlds, asked)}
    week = {text: came for text, came in week.items() if not _read_off(came, last)}
    single: dict[tuple[str, ...], NDArray[np.int64]] = {(text,): each for text, each in week.items()}
    heights = {each: _height(came, near, until) for each, came in single.items()}
    best = sorted((one for one in heights if heights[one] > 0.0), key=lambda one: -heights[one])[:SINGLES]
    for a, b in combinations(best, 2):
        both = np.maximum(single[a], single[b])
        height = _height(both, near, until)
        if height > 1.2 * max(heights[a], heights[b]):
            heights[a + b], single[a + b] = height, both
    kept = sorted((one for one in heights if heights[one] > 0.0), key=lambda one: heights[one])
    if not kept:
        return None
    score = np.max([np.where(single[one] < NO_WEEK, heights[one], 0.0) for one in kept], axis=0)
    levels = _levels(score, np.array(sorted({heights[one] for one in kept})))
    return (
        Ladder(tuple(kept), np.array([heights[one] for one in kept]), levels, given=False) if levels else None
    )


def _candidates(worlds: Worlds, asked: Asked) -> list[str]:
    """Every outcome that comes on a day, but what is asked itself; before the question's own date if it has one."""
    found = []
    spoken = (asked.expression or asked.id).split()
    named = BEFORE.findall(asked.expression or "")
    until = f" before {named[0]}" if len(named) == 1 else ""
    for id, outcome in worlds.model.book.outcomes.items():
        if id not in spoken and outcome.derived is None and outcome.kind in ("yes", "day"):
            found.append(f"{id}{until}")
    return found


def _read_off(came: NDArray[np.int64], last: int) -> bool:
    """Whether an outcome is read off the last week, after which no luck is left."""
    known = came[came < NO_WEEK]
    return len(known) > 0 and float((known >= last).mean()) > LAST_WEEK


def _nearness(
    worlds: Worlds, asked: Asked, pilot: Columns, shown: NDArray[np.bool_]
) -> list[tuple[NDArray[np.bool_], float]]:
    """Stages on the way: (timelines that came so near, the share of those that reached the outcome).

    The last stage is the outcome itself. The others are the values of the one amount that the outcome's score names, if
    it names one: what comes seldom is seen better through what is often nearly there.
    """
    stages = [(shown, 1.0)]
    outcome = worlds.model.book.outcomes.get(asked.id)
    words = (outcome.score or "").split() if outcome is not None else []
    amounts = [word for word in words if word in worlds.model.outcomes]
    if len(amounts) != 1 or worlds.model.book.outcomes[amounts[0]].kind != "amount":
        return stages
    value = pilot.read(asked_of(amounts[0], worlds.model)).value
    for edge in np.unique(value[value > 0.0])[-STAGES:]:
        near = value >= edge
        if near.sum() > shown.sum():
            stages.append((near, float((near & shown).sum()) / float(near.sum())))
    return stages


def _height(
    came: NDArray[np.int64], stages: list[tuple[NDArray[np.bool_], float]], until: NDArray[np.int64]
) -> float:
    """What passed a milestone, before the outcome if it came, goes on to reach it as often as this at least.

    Of each stage: the share of those timelines that came so near, a standard error off, times what is made of that.
    """
    shown = stages[0][0]
    passed = (came < NO_WEEK) & (~shown | (came < until))
    heights = [0.0]
    for near, share in stages:
        both = int((passed & near).sum())
        if both >= PASSED:
            heights.append(wilson(both, int(passed.sum()), ONE_ERROR)[0] * share)
    return max(heights)


def _levels(score: NDArray[np.float64], heights: NDArray[np.float64]) -> tuple[float, ...]:
    """Heights such that about a third of what is above one level is above the next; no more than can be forked."""
    found: list[float] = []
    above = len(score)
    for height in [0.0, *heights[:-1].tolist()]:
        passed = int((score > height).sum())
        if passed < PASSED or len(found) == FORKS:
            break
        if passed <= THIRD * above:
            found.append(height)
            above = passed
    return tuple(found)


def _week(columns: Columns, text: str) -> NDArray[np.int64]:
    column = columns.read(asked_of(text, columns.model, columns.custom))
    return np.where(column.shown & (column.day >= 0), column.day // DAYS_A_WEEK, NO_WEEK).astype(np.int64)
