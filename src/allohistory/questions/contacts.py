"""First contacts: when does a change first reach each part of the world that it does not touch itself?

Pairs of timelines are run with and without the change, under one luck, and the world as each week leaves it is compared
bit for bit. Luck goes by address, so a part of the world stays the same to the last bit until a rule that writes it has
read something that differs. The causal graph names that rule, what it read and what it wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions.causal_graph import CausalGraph, graph_of, groups_of, rule_of
from allohistory.questions.estimates import position_of
from allohistory.results.schema import Contact
from allohistory.timeline.changes import PARAMETER_SET, VARIABLE_SET
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import START

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.questions.worlds import Worlds
    from allohistory.timeline.blueprint import Blueprint
    from allohistory.timeline.model import Model
    from allohistory.timeline.plan import Item, Plan

PAIRS = 100
NEVER = 1 << 30
SHARES = (("q05", 0.05), ("q50", 0.50), ("q95", 0.95))


@dataclass(frozen=True)
class Touch:
    """How one pair came to differ in one group: week, rule, the variable it read, the variable it wrote."""

    week: int
    rule: str
    read: str
    wrote: str


def silence(_: int) -> None:
    """Nobody wants to know how far it is."""


Pair = tuple["NDArray[np.float64]", "NDArray[np.float64]"]


def contacts(
    worlds: Worlds, *, pairs: int = PAIRS, tell: Callable[[int], None] = silence
) -> tuple[Contact, ...]:
    """The first contact with every group of variables that the change's own rules do not write.

    pairs  timelines 0, 1, ... of the answer, each run with the change and without it
    tell   called with the number of timelines run since its last call
    """
    if not worlds.items:
        return ()
    model, graph = worlds.model, graph_of(worlds.model)
    groups = groups_of(model)
    others = sorted(set(groups.values()) - own_groups(worlds.items, model, graph, groups))
    found: dict[str, list[Touch | None]] = {group: [] for group in others}
    for pair in traced_pairs(model.blueprint, (worlds.plan(), worlds.plan(changed=False)), pairs, tell):
        first = first_differences(pair, model.blueprint)
        for group in others:
            inside = frozenset(id for id, its_group in groups.items() if its_group == group)
            found[group].append(touch(first, inside, graph, model.order))
    return tuple(summary(group, touches, model) for group, touches in found.items())


def own_groups(
    items: Iterable[Item], model: Model, graph: CausalGraph, groups: Mapping[str, str]
) -> set[str]:
    """The groups that the changes move themselves: of variables that are set, and of what the changed rules write."""
    blueprint = model.blueprint
    place_of = {
        first + i: id for id, (first, count) in blueprint.variable_place.items() for i in range(count)
    }
    parameter_of = {place: id for id, place in blueprint.parameter_place.items()}
    found = set()
    for item in items:
        if item.kind >= PARAMETER_SET:
            rule = model.book.parameters[parameter_of[item.first]].rule
            targets = written(graph, rule, "")
        elif item.kind >= VARIABLE_SET:
            targets = {place_of[item.first]}
        else:
            known = blueprint.rule_numbered[item.rule]
            entity = known.entities[item.entity] if item.entity >= 0 else ""
            targets = written(graph, known.id, entity)
        found |= {groups[id] for id in targets}
    return found


def written(graph: CausalGraph, rule: str, entity: str) -> set[str]:
    """What a rule writes, for one entity where the code asks for it by name."""
    nodes = {node for node in graph.drawing | graph.settled if rule_of(node) == rule}
    named = {node for node in nodes if node == f"{rule}[{entity}]"}
    return {id for node in named or nodes for id in graph.writes_of.get(node, ())}


def traced_pairs(
    blueprint: Blueprint, plans: tuple[Plan, Plan], count: int, tell: Callable[[int], None]
) -> Iterable[Pair]:
    """Every pair that ran to its end on both sides: the world by week with the change, and without it."""
    memory = Memory(blueprint, traced=True)
    draws = plans[0].draws
    for draw in range(min(draws, count)):
        memory.load_plan(plans[0])
        memory.load_draw(draw, ledger=any(plan.horizon != START for plan in plans))
        impossible = any(plan.horizon != START for plan in plans) and int(memory.c.aside) != 0
        for timeline in range(draw, count, draws):
            sides = []
            for plan in plans if not impossible else ():
                memory.load_plan(plan)
                memory.run(timeline)
                if int(memory.c.aside) == 0:
                    sides.append(memory.trace.copy())
            tell(len(plans))
            if len(sides) == len(plans):
                yield sides[0], sides[1]


def first_differences(pair: Pair, blueprint: Blueprint) -> dict[str, int]:
    """By variable, the first week that leaves it different; `NEVER` where none does."""
    differs = pair[0].view(np.int64) != pair[1].view(np.int64)
    first = np.where(differs.any(axis=0), differs.argmax(axis=0), NEVER)
    return {id: int(first[at : at + n].min()) for id, (at, n) in blueprint.variable_place.items()}


def touch(
    first: Mapping[str, int], inside: frozenset[str], graph: CausalGraph, order: tuple[str, ...]
) -> Touch | None:
    """The rule that first brought a difference into a group; None where the group stays the same to the last bit."""
    week = min((first[id] for id in inside), default=NEVER)
    if week == NEVER:
        return None
    moved = {id for id in inside if first[id] == week}
    outside = {id for id, its_week in first.items() if id not in inside and its_week <= week}
    places = {rule: place for place, rule in enumerate(order)}
    ways = []
    for target in moved:
        for node, sources in graph.into(target).items():
            if sources & outside:
                writes = graph.writes_of[node]
                whole = len(writes & moved) / len(writes & inside)
                place = places.get(rule_of(node), len(order))
                ways.append((-whole, place, node, len(graph.written_by[target]), target, sources & outside))
    if not ways:
        return Touch(week, "", "", min(moved))
    _, _, node, _, target, sources = min(ways, key=lambda way: way[:5])
    read = max(sources, key=lambda id: (first[id], id))
    return Touch(week, node, read, target)


def summary(group: str, touches: list[Touch | None], model: Model) -> Contact:
    """What the pairs say of one group."""
    seen = [one for one in touches if one is not None]
    if not seen:
        return Contact(group, len(touches), 0, None, None, None, None, None)
    weeks = sorted(one.week for one in seen)
    monday_of = model.book.calendar.monday_of
    when = {name: monday_of(weeks[position_of(len(weeks), share)]).isoformat() for name, share in SHARES}
    ways = Counter((one.rule, one.read, one.wrote) for one in seen)
    (rule, read, wrote), commonest = min(ways.items(), key=lambda way: (-way[1], way[0]))
    return Contact(group, len(touches), len(seen), when, rule, read, wrote, commonest)
