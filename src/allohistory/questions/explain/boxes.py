"""Under what conditions does it come about? Boxes of states at a date, held out, and then imposed.

A decision tree (scikit-learn) is grown on every second timeline in which the outcome has not yet come: its leaves are
boxes, limits on a few of the world's main quantities. Coverage (what share of the timelines with the outcome a box
holds) and density (what share of the box shows it) are counted on the other timelines.

A box is an association. To see whether it is more, its state is imposed: the timelines outside the box are run again
on their own luck with the quantities that bound it held, from that date on, at the middle of what they are inside.
Where the outcome then comes more often, beyond error, the box is causal; otherwise only associated. The quantities are
held for half a year, for most are reckoned anew each week; where one is reckoned anew before any rule reads it,
imposing it changes nothing at all. So two trees are grown: one on all quantities, one on the levers alone, those that
leave the world different when they are moved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.errors import AllohistoryError
from allohistory.questions.explain.twins import Share
from allohistory.questions.hinges.moves import sign_test
from allohistory.results.optional import optional
from allohistory.timeline.changes import VARIABLE_ADD
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import Item

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.questions.columns import Asked
    from allohistory.timeline.model import Model
    from allohistory.timeline.plan import Plan

TIMELINES = 1000
MOST = 2  # boxes of a tree
DEEP = 3  # limits of a box
LEAST_LEAF = 25  # timelines of a leaf
DENSER = 1.25  # times the density of all, at the least
FALSE_ALARM = 0.05  # that any box is called causal that is not
HELD = 26  # weeks for which an imposed state is held
NEEDED_BY = "allohistory explain (boxes)"


@dataclass(frozen=True)
class Limit:
    """A quantity between two ends, either of which may be open."""

    variable: str
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Box:
    """A box, counted on timelines that had no part in drawing it.

    causal  True: imposing its state brings the outcome about more often; False: only associated; None: it cannot be
            imposed (why says so)
    effect  outside timelines that gain the outcome less those that lose it, as a share, when the state is imposed
    """

    date: str
    limits: tuple[Limit, ...]
    coverage: Share
    density: Share
    causal: bool | None
    effect: float | None
    imposed: tuple[str, ...]
    why: str

    def as_json(self) -> dict[str, Any]:
        """The interface's keys and what stands behind them."""
        return {
            "date": self.date,
            "limits": {limit.variable: [limit.low, limit.high] for limit in self.limits},
            "coverage": self.coverage.value,
            "density": self.density.value,
            "density_interval": self.density.interval,
            "causal": self.causal,
            "effect": self.effect,
            "imposed": list(self.imposed),
            "why": self.why,
        }


@dataclass(frozen=True)
class States:
    """The world's main quantities at the start of a week in each timeline at risk; shown: the outcome, from then on."""

    week: int
    names: tuple[str, ...]
    value: NDArray[np.float64]
    shown: NDArray[np.bool_]
    timeline: NDArray[np.int64]


def states_at(
    model: Model, asked: Asked, plan: Plan, week: int, count: int, tell: Callable[[int, int], None]
) -> States:
    """Run timelines with their weeks kept, and read them at the start of a week."""
    from allohistory.ensemble.gathered import empty
    from allohistory.questions.columns import Columns

    memory = Memory(model.blueprint, traced=True)
    memory.load_plan(plan)
    names = measured(model)
    places = [model.blueprint.variable_place[name][0] for name in names]
    gathered = empty(model.blueprint, plan, 0, count)
    value = np.zeros((count, len(names)))
    for draw in range(min(plan.draws, count)):
        memory.load_draw(draw, ledger=plan.horizon > 0)
        impossible = plan.horizon > 0 and bool(memory.c.aside)
        for row in range(draw, count, plan.draws):
            if impossible:
                gathered.set_aside(row, plan.draws, 1, memory)
                continue
            memory.run_many(row, plan.draws, 1)
            gathered.take(row, plan.draws, 1, memory)
            value[row] = memory.trace[week - 1, places]
        tell(draw + 1, min(plan.draws, count))
    columns = Columns(model, gathered)
    column = columns.read(asked)
    at_risk = (column.day < 0) | (column.day >= 7 * week)
    rows = columns.timeline[at_risk]
    return States(week, names, value[rows], column.shown[at_risk], rows)


def measured(model: Model) -> tuple[str, ...]:
    """The quantities a box may be made of: the scenario's main series and other numbers that no entity splits."""
    return tuple(one.id for one in model.book.variables.values() if one.per is None)


def boxes(
    model: Model,
    asked: Asked,
    plan: Plan,
    weeks: Sequence[int],
    *,
    workers: int,
    tell: Callable[[int, int], None] = lambda _done, _of: None,
) -> list[Box]:
    """The boxes at the start of each week, each imposed and judged."""
    optional("sklearn.tree", NEEDED_BY)
    found: list[Box] = []
    for week in weeks:
        states = states_at(model, asked, plan, week, TIMELINES, tell)
        if len(states.timeline) == 0:
            continue
        able = levers(model, plan, states)
        drawn = list(dict.fromkeys([*leaves(only(states, able)), *leaves(states)]))
        level = FALSE_ALARM / max(len(drawn) * len(weeks), 1)
        found += [judged(model, asked, plan, states, limits, level, workers) for limits in drawn]
    return found


def levers(model: Model, plan: Plan, states: States) -> tuple[str, ...]:
    """The quantities that leave a world different at some week's end when they are moved by a spread on the date."""
    memory = Memory(model.blueprint, traced=True)

    def world(*items: Item) -> NDArray[np.int64]:
        memory.load_plan(replace(plan, items=(*plan.items, *items)))
        memory.run(int(states.timeline[0]))
        return memory.trace[states.week :].view(np.int64).copy()

    memory.load_plan(plan)
    memory.load_draw(int(states.timeline[0]) % plan.draws, ledger=plan.horizon > 0)
    ours = world()
    found = []
    for name, spread in zip(states.names, states.value.std(axis=0), strict=True):
        place = model.blueprint.variable_place[name][0]
        moved = Item(
            int(VARIABLE_ADD),
            first=place,
            count=1,
            value=float(spread),
            first_week=states.week,
            last_week=states.week,
        )
        if spread > 0.0 and not np.array_equal(world(moved), ours):
            found.append(name)
    return tuple(found)


def only(states: States, names: Sequence[str]) -> States:
    """The same states, of some quantities."""
    return replace(
        states, names=tuple(names), value=states.value[:, [states.names.index(one) for one in names]]
    )


def leaves(states: States) -> list[tuple[Limit, ...]]:
    """The densest leaves of a tree grown on every second timeline, beyond error denser than all on the others."""
    tree = optional("sklearn.tree", NEEDED_BY)
    train = np.arange(len(states.shown)) % 2 == 0
    test = ~train
    if not states.names:
        return []
    if min(states.shown[train].sum(), (~states.shown[train]).sum(), states.shown[test].sum()) < LEAST_LEAF:
        return []
    grown = tree.DecisionTreeClassifier(max_depth=DEEP, min_samples_leaf=LEAST_LEAF, random_state=0)
    grown.fit(states.value[train], states.shown[train])
    base = float(states.shown[test].mean())
    candidates = []
    for limits in paths(grown.tree_, states.names):
        mine = inside(states, limits) & test
        density = Share(int((mine & states.shown).sum()), int(mine.sum()))
        if density.n >= LEAST_LEAF // 2 and density.interval and density.interval[0] > base:
            if (density.value or 0.0) >= min(DENSER * base, (1.0 + base) / 2.0):
                candidates.append((density.count, limits))
    candidates.sort(key=lambda pair: -pair[0])
    return [limits for _, limits in candidates[:MOST]]


def paths(tree: Any, names: Sequence[str]) -> list[tuple[Limit, ...]]:
    """The limits of every leaf of a fitted tree."""
    found: list[tuple[Limit, ...]] = []

    def walk(node: int, held: dict[str, tuple[float | None, float | None]]) -> None:
        if tree.children_left[node] == tree.children_right[node]:
            found.append(tuple(Limit(name, *ends) for name, ends in held.items()))
            return
        name, cut = names[tree.feature[node]], float(tree.threshold[node])
        low, high = held.get(name, (None, None))
        walk(int(tree.children_left[node]), {**held, name: (low, cut if high is None else min(cut, high))})
        walk(int(tree.children_right[node]), {**held, name: (cut if low is None else max(cut, low), high)})

    walk(0, {})
    return [limits for limits in found if limits]


def inside(states: States, limits: Sequence[Limit]) -> NDArray[np.bool_]:
    """Which timelines lie in a box; the upper end belongs to it."""
    mine = np.ones(len(states.shown), bool)
    for limit in limits:
        column = states.value[:, states.names.index(limit.variable)]
        mine &= (column > limit.low) if limit.low is not None else True
        mine &= (column <= limit.high) if limit.high is not None else True
    return mine


def judged(
    model: Model,
    asked: Asked,
    plan: Plan,
    states: States,
    limits: tuple[Limit, ...],
    level: float,
    workers: int,
) -> Box:
    """A box counted on the second half, and its state imposed on the timelines outside it."""
    mine = inside(states, limits)
    test = np.arange(len(states.shown)) % 2 == 1
    density = Share(int((mine & test & states.shown).sum()), int((mine & test).sum()))
    coverage = Share(density.count, int((test & states.shown).sum()))
    monday = model.book.calendar.monday_of
    date = monday(states.week).isoformat()
    until = monday(min(states.week + HELD, model.blueprint.weeks - 1)).isoformat()
    texts = tuple(
        f"{limit.variable}@{date}..{until}={np.median(states.value[mine, states.names.index(limit.variable)]):.6g}"
        for limit in limits
    )
    try:
        items = imposed(model, texts)
    except AllohistoryError as error:
        return Box(
            date, limits, coverage, density, None, None, texts, f"it cannot be imposed: {error.problem}"
        )
    gained, lost, n = effect_of(model, asked, plan, items, states, ~mine, workers)
    effect = (gained - lost) / max(n, 1)
    if gained + lost == 0:
        why = "held there, it changes nothing at all: it is reckoned anew before it is read, or nothing hangs on it"
        return Box(date, limits, coverage, density, False, effect, texts, why)
    causal = gained > lost and sign_test(gained, lost) < level
    why = "imposing it brings the outcome about" if causal else "imposing it brings no more of them about"
    return Box(date, limits, coverage, density, causal, effect, texts, why)


def imposed(model: Model, texts: Sequence[str]) -> tuple[Item, ...]:
    """The changes that set the state; raises AllohistoryError where one of the quantities cannot be set."""
    from allohistory.book.resolve import resolve_all
    from allohistory.timeline.asked import items_of

    return items_of(resolve_all(list(texts), model.book, model.book_rules), model.blueprint)


def effect_of(
    model: Model,
    asked: Asked,
    plan: Plan,
    items: tuple[Item, ...],
    states: States,
    outside: NDArray[np.bool_],
    workers: int,
) -> tuple[int, int, int]:
    """How many timelines outside gain the outcome once the state is imposed, how many lose it, and of how many."""
    from allohistory.ensemble.run import run
    from allohistory.questions.columns import Columns

    forced = replace(plan, items=(*plan.items, *items))
    columns = Columns(model, run(model.blueprint, forced, count=TIMELINES, workers=workers))
    then = np.full(TIMELINES, -1.0)
    then[columns.timeline] = columns.read(asked).shown
    rows = states.timeline[outside]
    known = then[rows] >= 0.0
    before, after = states.shown[outside][known], then[rows][known] > 0.5
    gained, lost = int((~before & after).sum()), int((before & ~after).sum())
    return gained, lost, len(before)
