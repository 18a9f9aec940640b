"""The steps by which a cause works: each is cut in a rerun, and what then no longer comes stands at an arrow's end.

Steps are looked for among the firings and choices that are commoner before the outcome than without it. That alone is
association, so each is cut: the same timelines are run once more on the same luck with the clock silent, or the choice
held to the most restrained option, from the change on. An arrow from a step to a later one, or to the outcome, stands
for timelines in which both came in that order and the later one came no more, or on another day, once the first was
cut. Nothing else is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.questions.explain.twins import Share
from allohistory.questions.forerunners import NEVER, Sign, forerunners, signs_of
from allohistory.questions.logged import DAYS_A_WEEK, Logged, run_logged
from allohistory.timeline import changes as kinds
from allohistory.timeline.plan import PLACES, Item, Plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.questions.columns import Asked
    from allohistory.timeline.model import Model

MOST = 6  # steps cut
TIMELINES = 500  # of each rerun
LEAST = 5  # timelines with both ends of an arrow, in that order
LEAST_SHARE = 0.1  # of these, in which the cut must change the later end
CAUSE, OUTCOME = "the change", "the outcome"


@dataclass(frozen=True)
class Step:
    """A step that was cut.

    came       timelines with the outcome in which it came before it
    necessity  of these, how many lose the outcome when the step is cut
    cut        the change that cut it, as `--do` has it
    """

    sign: Sign
    came: int
    of: int
    necessity: Share
    cut: str

    @property
    def id(self) -> str:
        """As a change names it: rule, entity and option."""
        return name_of(self.sign)


@dataclass(frozen=True)
class Arrow:
    """One thing that led to another: lost or moved in so many of the reruns in which it could have been."""

    source: str
    target: str
    lost: int
    moved: int
    n: int

    def as_json(self) -> dict[str, Any]:
        """As the answer gives it."""
        return {"from": self.source, "to": self.target, "lost": self.lost, "moved": self.moved, "n": self.n}


@dataclass(frozen=True)
class Chain:
    """The steps, the strongest first, and the arrows between them, the change and the outcome."""

    steps: tuple[Step, ...]
    arrows: tuple[Arrow, ...]
    timelines: int


@dataclass(frozen=True)
class Told:
    """What a set of timelines tells, by number: whether it counts, the outcome and its day, the day of each sign."""

    counts: NDArray[np.bool_]
    shown: NDArray[np.bool_]
    day: NDArray[np.int64]
    signs: dict[Sign, NDArray[np.int64]]

    def first(self, sign: Sign) -> NDArray[np.int64]:
        """The first day of a sign; NEVER where it does not come."""
        return self.signs.get(sign, np.full(len(self.counts), NEVER, np.int64))


def name_of(sign: Sign) -> str:
    """rule[entity]=option; `fires` for a clock."""
    where = f"[{sign.entity}]" if sign.entity else ""
    return f"{sign.rule}{where}={'fires' if sign.option == 'fired' else sign.option}"


def chain_of(
    model: Model,
    asked: Asked,
    with_it: Plan,
    without_it: Plan,
    *,
    workers: int,
    tell: Callable[[int, int], None],
) -> Chain:
    """Find steps, cut them, and draw the arrows; `with_it` and `without_it` differ in the change alone."""
    count, first = TIMELINES, with_it.horizon // PLACES
    done, total = 0, (2 + MOST) * count

    def counted(more: int) -> None:
        nonlocal done
        done += more
        tell(min(done, total), total)

    def run(plan: Plan) -> tuple[Logged, Told]:
        world = run_logged(model, plan, count, workers=workers, finished=counted)
        return world, told(model, asked, world, count)

    world, ours = run(with_it)
    other = run(without_it)[1]
    candidates = steps_before(model, asked, world, since=first * DAYS_A_WEEK)
    cut_worlds = {}
    for sign in candidates:
        item = cutting(model, sign, first)
        if item is not None:
            plan = replace(with_it, items=(*with_it.items, item))
            cut_worlds[sign] = (run(plan)[1], item.text)
    ends = {sign: ours.first(sign) for sign in cut_worlds}
    arrows = arrows_from(CAUSE, ours, other, ends, np.full(count, -1, np.int64))
    steps = []
    for sign, (cut, text) in cut_worlds.items():
        came, lost = outcome_lost(ours, cut, ours.first(sign))
        shown = int((ours.shown & ours.counts).sum())
        steps.append(Step(sign, came, shown, Share(lost, came), text))
        later = {one: day for one, day in ends.items() if one != sign}
        arrows += arrows_from(name_of(sign), ours, cut, later, ours.first(sign))
    steps.sort(key=lambda step: -step.necessity.count)
    return Chain(tuple(steps), tuple(arrows), count)


def steps_before(model: Model, asked: Asked, world: Logged, since: int) -> list[Sign]:
    """The firings and choices that set timelines with the outcome apart."""
    from allohistory.questions.columns import Columns

    column = Columns(model, world.ensemble).read(asked)
    come = np.full(len(column.shown), -1, np.int64)
    if asked.id in model.outcomes and asked.expression is None:
        come = world.before[:, model.outcomes.index(asked.id)].astype(np.int64)
    last = model.blueprint.weeks * DAYS_A_WEEK - 1
    found = forerunners(
        signs_of(model, world), column.shown, column.day, come, since=since, last=last, most=2 * MOST
    )
    return [one.sign for one in found or () if not one.absent][:MOST]


def told(model: Model, asked: Asked, world: Logged, count: int) -> Told:
    """What a logged ensemble tells, laid out by timeline number."""
    from allohistory.questions.columns import Columns

    columns = Columns(model, world.ensemble)
    column, rows = columns.read(asked), columns.timeline
    counts, shown = np.zeros(count, bool), np.zeros(count, bool)
    day = np.full(count, NEVER, np.int64)
    counts[rows], shown[rows] = True, column.shown
    day[rows] = np.where(column.day >= 0, column.day, NEVER)
    found = signs_of(model, world)
    signs = {}
    for sign, its in zip(found.of, found.day, strict=True):
        signs[sign] = np.full(count, NEVER, np.int64)
        signs[sign][rows] = its
    return Told(counts, shown, day, signs)


def cutting(model: Model, sign: Sign, first_week: int) -> Item | None:
    """The change that cuts a step from a week on; None for a choice that is the most restrained already."""
    rule = model.blueprint.rule_of[sign.rule]
    entity = rule.entities.index(sign.entity) if sign.entity else -1
    place = f"{sign.rule}{f'[{sign.entity}]' if sign.entity else ''}"
    days = (first_week, model.blueprint.weeks - 1)
    when = "..".join(model.book.calendar.monday_of(week).isoformat() for week in days)
    base = Item(
        int(kinds.NEVER),
        rule=rule.number,
        entity=entity,
        first_week=first_week,
        last_week=days[1],
        place=rule.place,
        text=f"{place}@{when}=never",
    )
    if rule.draws == "clock":
        return base
    option = max(rule.silent, 0)
    if rule.options[option] == sign.option:
        option = 0
    if rule.options[option] == sign.option:
        return None
    return replace(base, kind=int(kinds.CHOICE), option=option, text=f"{place}@{when}={rule.options[option]}")


def outcome_lost(ours: Told, cut: Told, step: NDArray[np.int64]) -> tuple[int, int]:
    """Timelines with the outcome in which the step came before it, and those of them that lose it with the cut."""
    mine = ours.counts & cut.counts & ours.shown & (step <= ours.day) & (step < NEVER)
    return int(mine.sum()), int((mine & ~cut.shown).sum())


def arrows_from(
    source: str,
    ours: Told,
    cut: Told,
    ends: dict[Sign, NDArray[np.int64]],
    came: NDArray[np.int64],
) -> list[Arrow]:
    """The arrows from what was cut to each later end, where the cut changed it often enough."""
    targets: list[tuple[str, NDArray[np.int64], NDArray[np.int64]]] = [
        (name_of(sign), day, cut.first(sign)) for sign, day in ends.items()
    ]
    outcome = np.where(ours.shown, np.minimum(ours.day, NEVER - 1), NEVER)
    after = np.where(cut.shown, np.minimum(cut.day, NEVER - 1), NEVER)
    targets.append((OUTCOME, outcome, after))
    found = []
    for name, day, then in targets:
        both = ours.counts & cut.counts & (came < NEVER) & (day < NEVER) & (came <= day)
        lost, moved = int((both & (then == NEVER)).sum()), int((both & (then != day) & (then < NEVER)).sum())
        n = int(both.sum())
        if n >= LEAST and lost + moved >= LEAST_SHARE * n:
            found.append(Arrow(source, name, lost, moved, n))
    return found


def strongest(arrows: Sequence[Arrow], most: int) -> list[Arrow]:
    """The arrows that were lost most often."""
    return sorted(arrows, key=lambda arrow: -(arrow.lost / arrow.n))[:most]
