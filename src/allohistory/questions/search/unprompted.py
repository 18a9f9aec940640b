"""The least surprising way: how history, with nothing changed, most probably gets there.

Timelines run freely from the first week on. Of those that reach the outcome, the decisive steps are the firings and
choices that set them apart from the rest (forerunners.py). A timeline's *way* is the order in which those steps first
came, up to the outcome; its probability is the share of all timelines that reach the outcome by exactly that way. The
least surprising way is the one with the greatest probability.

Steps and way are chosen on the even timelines and measured on the odd ones, so that the greatest of many shares does
not flatter itself. Each step's probability is that of coming next, given the steps before it and no outcome yet; the
last link is that of the outcome coming next. Multiplied, they give the way's own probability, exactly.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions.columns import Asked, Columns
from allohistory.questions.estimates import estimate, wilson
from allohistory.questions.forerunners import NEVER, Forerunner, Sign, Signs, forerunners, signs_of
from allohistory.questions.logged import run_logged
from allohistory.questions.rare.signs import Step, words_of
from allohistory.results.schema import Estimate, Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.questions.worlds import Worlds

TIMELINES = 3_000
DAYS_A_WEEK = 7
Way = tuple[int, ...]


@dataclass(frozen=True)
class WayStep:
    """One step: a firing or a choice, when it came (5, 50 and 95 of 100), and its chance once the ones before have.

    what   as a change names it; says: in the scenario's words
    """

    what: str
    says: str
    rule: str
    option: str
    entity: str | None
    date: tuple[str, str, str]
    probability: float
    n: int


@dataclass(frozen=True)
class Unprompted:
    """The outcome with nothing changed, and the single most probable way to it.

    chosen         the outcome's probability when the rules run freely
    probability    of the way: reaching the outcome by exactly these steps, in this order
    surprise_bits  of the way; share: of the timelines that reach the outcome, those that go this way
    then           the chance that the outcome comes next, once all steps have
    """

    chosen: Estimate
    probability: float | None
    chance_interval: Interval | None
    surprise_bits: float | None
    share: float | None
    steps: tuple[WayStep, ...]
    then: float | None
    address_example: tuple[str, ...]


def unprompted(worlds: Worlds, asked: Asked, *, timelines: int, workers: int) -> Unprompted:
    """The outcome with nothing changed, and the most probable way to it (none where too few timelines reach it)."""
    model, question = worlds.model, worlds.question
    world = run_logged(model, worlds.plan(), timelines, workers=workers)
    columns, signs = Columns(model, world.ensemble), signs_of(model, world)
    counted = np.ones(len(columns.timeline), bool)
    if question.given is not None:
        counted &= columns.truth(question.given)
    if question.without is not None:
        counted &= ~columns.truth(question.without)
    column = columns.read(asked)
    chosen = estimate(column.shown[counted], columns.draw[counted])
    marked = asked.id in model.outcomes
    come = world.before[:, model.outcomes.index(asked.id)] if marked else np.full(world.kept, -1)
    even = columns.timeline % 2 == 0
    last = model.blueprint.weeks * DAYS_A_WEEK - 1
    chosen_on = even & counted
    told = forerunners(
        Signs(signs.of, signs.day[:, chosen_on], signs.place[:, chosen_on]),
        column.shown[chosen_on],
        column.day[chosen_on],
        come[chosen_on].astype(np.int64),
        since=0,
        last=last,
    )
    decisive = places_of(signs, told or ())
    ways = ways_of(signs, decisive, column.shown, column.day, come)
    way = commonest([way for way, on, hit in zip(ways, chosen_on, column.shown, strict=True) if on and hit])
    measured_on = ~even & counted
    if way is None or not measured_on.any():
        return Unprompted(chosen, None, None, None, None, (), None, ())
    links = chances(ways, column.shown, measured_on, way)
    taken = np.array([one == way for one in ways]) & column.shown & counted
    steps = tuple(_step(columns, signs, decisive[place], taken, *links[at]) for at, place in enumerate(way))
    n, hits = int(measured_on.sum()), int((taken & measured_on).sum())
    reached = int((column.shown & measured_on).sum())
    return Unprompted(
        chosen=chosen,
        probability=hits / n,
        chance_interval=wilson(hits, n),
        surprise_bits=-math.log2(hits / n) if hits else None,
        share=hits / reached if reached else None,
        steps=steps,
        then=links[-1][0],
        address_example=_examples(worlds, columns, taken),
    )


def places_of(signs: Signs, told: Sequence[Forerunner]) -> list[int]:
    """Which signs are the decisive steps; what is told by its absence is no step."""
    return [signs.of.index(one.sign) for one in told if not one.absent]


def ways_of(
    signs: Signs,
    decisive: Sequence[int],
    shown: NDArray[np.bool_],
    day: NDArray[np.int64],
    come: NDArray[np.integer],
) -> list[Way]:
    """Of each timeline the decisive steps in the order in which they first came, up to the outcome where it has one.

    come   how many events the log had when the outcome was marked; where it is -1 the day decides
    """
    found = []
    for timeline in range(len(shown)):
        place, when = signs.place[decisive, timeline], signs.day[decisive, timeline]
        before = place < NEVER
        if shown[timeline]:
            at = int(come[timeline])
            before &= place < at if at >= 0 else (when <= day[timeline]) | (day[timeline] < 0)
        order = [int(one) for one in np.argsort(place, kind="stable") if before[one]]
        found.append(tuple(order))
    return found


def commonest(ways: Sequence[Way]) -> Way | None:
    """The way that most timelines went; of equals the shortest, then the first in order."""
    if not ways:
        return None
    counts = Counter(ways)
    return min(counts, key=lambda way: (-counts[way], len(way), way))


def chances(
    ways: Sequence[Way], shown: NDArray[np.bool_], counted: NDArray[np.bool_], way: Way
) -> list[tuple[float, int]]:
    """(chance, of how many) of each step coming next, given the steps before it, and last of the outcome itself."""
    found = []
    alive = [place for place in range(len(ways)) if counted[place]]
    for length in range(1, len(way) + 1):
        on = [place for place in alive if ways[place][:length] == way[:length]]
        found.append((len(on) / len(alive) if alive else 0.0, len(alive)))
        alive = on
    hits = [place for place in alive if ways[place] == way and shown[place]]
    found.append((len(hits) / len(alive) if alive else 0.0, len(alive)))
    return found


def name_of(sign: Sign) -> str:
    """A sign as changes and measures write it: RULE[ENTITY]=OPTION; a firing without option."""
    entity = f"[{sign.entity}]" if sign.entity else ""
    return f"{sign.rule}{entity}" + ("" if sign.option == "fired" else f"={sign.option}")


def _step(
    columns: Columns, signs: Signs, place: int, taken: NDArray[np.bool_], probability: float, n: int
) -> WayStep:
    sign = signs.of[place]
    days = signs.day[place][taken]
    date_of = columns.model.book.calendar.date_of
    low, middle, high = (
        date_of(int(day)).isoformat() for day in np.quantile(days, (0.05, 0.5, 0.95), method="nearest")
    )
    says = words_of(Step("rule", sign.rule, sign.option, sign.entity or ""), columns.model)
    return WayStep(
        name_of(sign), says, sign.rule, sign.option, sign.entity, (low, middle, high), probability, n
    )


def _examples(worlds: Worlds, columns: Columns, taken: NDArray[np.bool_]) -> tuple[str, ...]:
    from allohistory.questions.addresses import address_of

    return tuple(address_of(worlds, int(i)) for i in columns.timeline[taken][:3])
