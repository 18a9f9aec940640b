"""The causal graph of a scenario: which rule reads and writes what, and along which ways one thing can reach another.

It is drawn from the code of the week (`week_reader.py`), never by hand, so it cannot fall behind it. Its nodes are the
variables of the world and the rules that draw; a rule asked for one entity by name is a node of its own
(`europe.turns[barbarossa]`). Four kinds of edge:

    variable -> rule       its value goes into the rule's chance, or decides whether the rule is asked
    rule     -> rule       what the first draws decides whether, or with what, the second is asked
    rule     -> variable   the week writes it in consequence of the draw
    variable -> variable   carried: the week works out the one from the other

The graph never lacks an edge that the code has; it may have one that no timeline ever uses.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

Names = frozenset[str]


@dataclass(frozen=True)
class Write:
    """One place in the code that writes a variable.

    by       the rules that the writing hangs on, or the step of the week where it hangs on none
    sources  the variables that go into what is written, or decide whether it is
    """

    target: str
    by: Names
    sources: Names


@dataclass(frozen=True)
class CausalGraph:
    """What the code of a week reads and writes. Mappings are by node.

    drawing  rules that draw, with their entity where it is known; settled: rules that only move the world
    reads    the variables that go into a rule, or decide whether it is asked
    asks     by rule, the rules whose draws go into it or decide whether it is asked
    writes   every place that writes
    touches  by function, the variables that its own lines read and those that they write
    """

    drawing: Names
    settled: Names
    variables: Names
    reads: Mapping[str, Names]
    asks: Mapping[str, Names]
    writes: tuple[Write, ...]
    touches: Mapping[str, tuple[Names, Names]]

    @cached_property
    def written_by(self) -> dict[str, Names]:
        """By variable, the rules and steps nearest to its writing: those that no other one of them asks for."""
        found: dict[str, set[str]] = {}
        for write in self.writes:
            found.setdefault(write.target, set()).update(self.nearest(write.by))
        return {target: frozenset(by) for target, by in found.items()}

    @cached_property
    def writes_of(self) -> dict[str, Names]:
        """By rule or step, the variables that it is nearest to writing."""
        found: dict[str, set[str]] = {}
        for target, by in self.written_by.items():
            for node in by:
                found.setdefault(node, set()).add(target)
        return {node: frozenset(targets) for node, targets in found.items()}

    def nearest(self, rules: Names) -> Names:
        """Of the rules that a writing hangs on, those that ask for none of the others."""
        further = {one for rule in rules for one in self.asks.get(rule, frozenset()) if one in rules}
        return frozenset(rules - further) or rules

    @cached_property
    def after(self) -> dict[str, Names]:
        """Every edge, by the node that it leaves."""
        found: dict[str, set[str]] = {}
        for rule in self.drawing:
            for before in (*self.reads.get(rule, ()), *self.asks.get(rule, ())):
                found.setdefault(before, set()).add(rule)
        for write in self.writes:
            for before in (*(write.by & self.drawing), *write.sources):
                found.setdefault(before, set()).add(write.target)
        return {node: frozenset(targets - {node}) for node, targets in found.items()}

    @property
    def edges(self) -> int:
        """How many edges there are."""
        return sum(len(targets) for targets in self.after.values())

    def way(
        self, sources: Iterable[str], targets: Collection[str], *, shut: Collection[str] = ()
    ) -> tuple[str, ...]:
        """The shortest way from a source to a target, both ends included; empty where there is none.

        shut  nodes that the way may not pass
        """
        before: dict[str, str] = {}
        queue = deque(sorted(set(sources)))
        seen = set(queue) | set(shut)
        wanted = set(targets)
        while queue:
            node = queue.popleft()
            for next_one in sorted(self.after.get(node, ())):
                if next_one in wanted and next_one not in shut:
                    steps = [next_one, node]
                    while steps[-1] in before:
                        steps.append(before[steps[-1]])
                    return tuple(reversed(steps))
                if next_one not in seen:
                    seen.add(next_one)
                    before[next_one] = node
                    queue.append(next_one)
        return ()

    def reach(self, sources: Iterable[str]) -> Names:
        """Everything that the sources can reach, they themselves included."""
        seen, queue = set(sources), deque(sources)
        while queue:
            for next_one in self.after.get(queue.popleft(), ()):
                if next_one not in seen:
                    seen.add(next_one)
                    queue.append(next_one)
        return frozenset(seen)

    @cached_property
    def asked_through(self) -> dict[str, Names]:
        """By drawing rule, the rules whose draws decide upon it, near or far."""
        found: dict[str, Names] = {}
        for rule in self.drawing:
            seen: set[str] = set()
            queue = [rule]
            while queue:
                for before in self.asks.get(queue.pop(), frozenset()) - seen:
                    seen.add(before)
                    queue.append(before)
            found[rule] = frozenset(seen)
        return found

    def into(self, target: str) -> dict[str, Names]:
        """By rule or step nearest to writing a variable: all variables from which its value can come at one stroke."""
        found: dict[str, set[str]] = {}
        for write in self.writes:
            if write.target != target:
                continue
            for node in self.nearest(write.by):
                one = found.setdefault(node, set())
                one.update(write.sources)
                for rule in {*write.by, *(b for by in write.by for b in self.asked_through.get(by, ()))}:
                    one.update(self.reads.get(rule, ()))
        return {node: frozenset(sources - {target}) for node, sources in found.items()}

    def crossings(self, sources: Collection[str], targets: Collection[str]) -> set[tuple[str, str, str]]:
        """Every (variable, rule or step, variable) by which a source reaches a target at one stroke."""
        return {
            (source, node, target)
            for target in targets
            for node, found in self.into(target).items()
            for source in found & set(sources)
        }


def rule_of(node: str) -> str:
    """The rule's id of a node: `europe.turns` of `europe.turns[barbarossa]`."""
    return node.partition("[")[0]


def groups_of(model: Model) -> dict[str, str]:
    """The group of each variable: its own, or where it gives none the first part of its id."""
    return {v.id: v.group or v.id.partition(".")[0] for v in model.book.variables.values()}


def graph_of(model: Model) -> CausalGraph:
    """The causal graph of a loaded scenario, read once a process."""
    from allohistory.questions.week_reader import read_week

    known = model.__dict__.get("_causal_graph")
    if known is None:
        package = next(iter(model.rules.values())).card.module.split(".rules")[0]
        known = read_week(import_module(f"{package}.week").week, model.blueprint)
        model.__dict__["_causal_graph"] = known
    assert isinstance(known, CausalGraph)
    return known
