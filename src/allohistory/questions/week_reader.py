"""Reading the code of a week: which rule reads and writes what, whatever names the code gives to it on the way.

The syntax of the week's function and of every step that it calls is followed with marks in place of numbers: each value
carries the variables and the rules that it comes from, each statement stands under the conditions that decide whether
it is reached (an early `return` counts for all lines after it). The reading is careful to one side: both branches are
taken, arrays are read whole, loops are read until nothing new comes of them. What it cannot follow it refuses, with the
line, rather than leave out.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from allohistory.luck.compiled import Kernel
from allohistory.questions.causal_graph import CausalGraph, Write
from allohistory.questions.week_marks import (
    CONTEXT,
    NOTHING,
    PARAMETERS,
    WORLD,
    Frame,
    Known,
    Marked,
    Place,
    Several,
    Value,
    as_read,
    cannot,
    either,
    joined,
    step_title,
    syntax_of,
    together,
    wrapped,
)
from allohistory.timeline import drawing
from allohistory.timeline.blueprint import Blueprint
from allohistory.timeline.rule import Rule
from allohistory.timeline.shape import field_of

DRAWS = {id(drawing.clock), id(drawing.choice), id(drawing.shock)}
MARKS = {id(drawing.amount), id(drawing.came_true), id(drawing.came_true_since), id(drawing.which)}
PURE = {min, max, range, float, int, bool, abs, len, round, divmod}
ENGINE = ("allohistory.luck.", "allohistory.timeline.")


@dataclass
class Reader:
    """Everything found so far."""

    blueprint: Blueprint
    ids: dict[tuple[str, str], str]
    reads: dict[str, set[str]] = field(default_factory=dict)
    asks: dict[str, set[str]] = field(default_factory=dict)
    writes: set[Write] = field(default_factory=set)
    touches: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)
    drawing: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    known: dict[Any, Value] = field(default_factory=dict)

    # ------------------------------------------------------------ calls

    def call(self, function: Callable[..., Any], given: list[Value], under: Marked) -> Value:
        """Read a step with what it is given, under the conditions of its caller."""
        key = (function, tuple(given), under)
        if key not in self.known:
            body, parameters = syntax_of(function)
            frame = Frame(function, dict(zip(parameters, given, strict=True)))
            self.block(body, frame, under)
            self.known[key] = NOTHING if frame.result is None else frame.result
        return self.known[key]

    def called(self, node: ast.Call, frame: Frame, under: Marked) -> Value:
        """A call: a draw, a rule, a step, or arithmetic."""
        what = self.value(node.func, frame, under)
        given = [self.value(one, frame, under) for one in node.args]
        given += [self.value(one.value, frame, under) for one in node.keywords]
        if not isinstance(what, Known):
            raise cannot(node, frame, "a call of something that is no function")
        thing = what.thing
        if id(thing) in DRAWS:
            return self.draw(node, frame, given, under)
        if id(thing) in MARKS:
            return NOTHING
        places = [one for one in given if isinstance(one, Place) and one.kind in ("world", "subject")]
        if isinstance(thing, Kernel):
            if isinstance(thing, Rule) and thing.card.draws == "nothing":
                return self.settle(thing.card.id, given, under)
            if thing.plain.__module__.startswith(ENGINE):
                if places:
                    raise cannot(node, frame, "the world handed to the engine")
                return together(given)
            if CONTEXT in given or places:
                if node.keywords:
                    raise cannot(node, frame, "a step called with names")
                return self.call(thing.plain, given, under)
            return together(given)
        if thing in PURE or (isinstance(thing, type) and issubclass(thing, np.generic)):
            return given[0] if len(given) == 1 and isinstance(given[0], Marked) else together(given)
        raise cannot(node, frame, f"a call of {thing!r}")

    def settle(self, rule: str, given: list[Value], under: Marked) -> Marked:
        """A rule that draws nothing: what it works out comes from what it is given, and from it."""
        all_of_it = together(given)
        self.settled.add(rule)
        self.reads.setdefault(rule, set()).update(all_of_it.variables | under.variables)
        return all_of_it | Marked(rules=frozenset({rule}))

    def draw(self, node: ast.Call, frame: Frame, given: list[Value], under: Marked) -> Marked:
        """A clock, a choice or a shock: its inputs, its address and its conditions go into the rule."""
        number, entity = given[1], given[2]
        if not isinstance(number, Marked) or number.fixed is None:
            raise cannot(node, frame, "a draw whose rule is no fixed number")
        rule = self.blueprint.rule_numbered[int(number.fixed)]
        name = rule.id
        if isinstance(entity, Marked) and entity.fixed is not None and len(rule.entities) > 1:
            name = f"{rule.id}[{rule.entities[int(entity.fixed)]}]"
        all_of_it = together(given) | under
        self.drawing.add(name)
        self.reads.setdefault(name, set()).update(all_of_it.variables)
        self.asks.setdefault(name, set()).update(all_of_it.rules - {name})
        return Marked(rules=frozenset({name}))

    # ------------------------------------------------------------ statements

    def block(self, body: Iterable[ast.stmt], frame: Frame, under: Marked) -> None:
        """Statements one after the other."""
        for statement in body:
            self.statement(statement, frame, under | frame.left)

    def statement(self, node: ast.stmt, frame: Frame, under: Marked) -> None:
        """One statement."""
        match node:
            case ast.Expr():
                self.value(node.value, frame, under)
            case ast.Assign():
                for target in node.targets:
                    self.assign(target, node.value, frame, under)
            case ast.AugAssign():
                old = self.value(as_read(node.target), frame, under)
                self.store(node.target, together([old, self.value(node.value, frame, under)]), frame, under)
            case ast.If():
                test = self.number(node.test, frame, under)
                self.branches([node.body, node.orelse], frame, under | test)
            case ast.For():
                turns = NOTHING | self.number(node.iter, frame, under)
                self.loop(node.body, frame, under | turns, (node.target, turns))
            case ast.While():
                self.loop(node.body, frame, under | self.number(node.test, frame, under), None, node.test)
            case ast.Return():
                self.leave(node, frame, under)
            case ast.Break() | ast.Continue():
                frame.left |= under
            case ast.Pass():
                pass
            case _:
                raise cannot(node, frame, "a statement of a kind that steps do not have")

    def leave(self, node: ast.Return, frame: Frame, under: Marked) -> None:
        """A `return`: its value under its conditions; all that follows stands under them too."""
        found: Value = NOTHING
        if isinstance(node.value, ast.Tuple):
            found = Several(tuple(self.number(one, frame, under) for one in node.value.elts))
        elif node.value is not None:
            found = self.value(node.value, frame, under)
        if not isinstance(found, Marked | Several):
            raise cannot(node, frame, "a record returned")
        found = found.under(under) if isinstance(found, Several) else NOTHING | found | under
        before = frame.result
        frame.result = either(before, found) if isinstance(before, Marked | Several) else found
        frame.left |= under

    def branches(self, bodies: list[list[ast.stmt]], frame: Frame, under: Marked) -> None:
        """Both branches from the same start; afterwards a name is what either made of it."""
        start, ends = frame.names, []
        for body in bodies:
            frame.names = dict(start)
            self.block(body, frame, under)
            ends.append(frame.names)
        frame.names = joined(ends)

    def loop(
        self,
        body: list[ast.stmt],
        frame: Frame,
        under: Marked,
        turn: tuple[ast.expr, Marked] | None,
        test: ast.expr | None = None,
    ) -> None:
        """A loop, read until nothing new comes of it."""
        while True:
            before, left = frame.names, frame.left
            frame.names = dict(before)
            if turn is not None:
                self.store(turn[0], turn[1], frame, under)
            if test is not None:
                under |= self.number(test, frame, under)
            self.block(body, frame, under)
            frame.names = joined([before, frame.names])
            if frame.names == before and frame.left == left:
                return

    def assign(self, target: ast.expr, value: ast.expr, frame: Frame, under: Marked) -> None:
        """An assignment; a tuple to a tuple, and what a step returns side by side, goes member by member."""
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            found = [self.value(one, frame, under) for one in value.elts]
            for one, its_value in zip(target.elts, found, strict=True):
                self.store(one, its_value, frame, under)
            return
        its_value = self.value(value, frame, under)
        targets = target.elts if isinstance(target, ast.Tuple) else [target]
        if isinstance(its_value, Several) and len(targets) != len(its_value.members):
            its_value = its_value.whole
        for i, one in enumerate(targets):
            self.store(
                one, its_value.members[i] if isinstance(its_value, Several) else its_value, frame, under
            )

    def store(self, target: ast.expr, value: Value, frame: Frame, under: Marked) -> None:
        """Give a name its value, or write a variable of the world."""
        if isinstance(target, ast.Name):
            if isinstance(value, Marked):
                fixed = value.fixed
                value = value | under
                value = Marked(value.variables, value.rules, fixed)
            frame.names[target.id] = value
            return
        if not isinstance(value, Marked):
            raise cannot(target, frame, "a record stored in the world")
        if isinstance(target, ast.Subscript):
            value = value | self.number(target.slice, frame, under)
            target = target.value
        where = self.value(target.value, frame, under) if isinstance(target, ast.Attribute) else None
        if not (isinstance(where, Place) and where.kind == "subject" and isinstance(target, ast.Attribute)):
            raise cannot(target, frame, "a writing to something that is no variable of the world")
        id = self.variable(where, target, frame)
        self.touched(frame)[1].add(id)
        source = value | under
        step = frozenset({f"step {step_title(frame.title)}"})
        self.writes.add(Write(id, source.rules or step, source.variables))

    # ------------------------------------------------------------ values

    def number(self, node: ast.expr, frame: Frame, under: Marked) -> Marked:
        """A value that has to be a number."""
        found = self.value(node, frame, under)
        if isinstance(found, Marked):
            return found
        if isinstance(found, Several):
            return found.whole
        if found == PARAMETERS:
            return NOTHING
        raise cannot(node, frame, "a number wanted where a record or a function stands")

    def value(self, node: ast.expr, frame: Frame, under: Marked) -> Value:
        """What an expression comes from."""
        match node:
            case ast.Constant():
                return Marked(fixed=node.value if isinstance(node.value, int | float) else None)
            case ast.Name():
                return self.named(node, frame)
            case ast.Attribute():
                return self.attribute(node, frame, under)
            case ast.Subscript():
                return self.number(node.value, frame, under) | self.number(node.slice, frame, under)
            case ast.Call():
                return self.called(node, frame, under)
            case ast.Starred():
                return self.value(node.value, frame, under)
            case _:
                return self.combined(node, frame, under)

    def combined(self, node: ast.expr, frame: Frame, under: Marked) -> Marked:
        """Several values made into one."""
        match node:
            case ast.BinOp():
                return self.number(node.left, frame, under) | self.number(node.right, frame, under)
            case ast.UnaryOp():
                return NOTHING | self.number(node.operand, frame, under)
            case ast.Compare():
                return together(self.number(one, frame, under) for one in (node.left, *node.comparators))
            case ast.BoolOp():
                so_far = NOTHING
                for one in node.values:
                    so_far |= self.number(one, frame, under | so_far)
                return so_far
            case ast.IfExp():
                test = self.number(node.test, frame, under)
                sides = [self.value(one, frame, under | test) for one in (node.body, node.orelse)]
                return test | together(sides)
            case ast.Tuple() | ast.List():
                return together(self.value(one, frame, under) for one in node.elts)
        raise cannot(node, frame, "an expression of a kind that steps do not have")

    def named(self, node: ast.Name, frame: Frame) -> Value:
        """A name: of this call, of its module, or of Python."""
        if node.id in frame.names:
            return frame.names[node.id]
        spaces = (frame.function.__globals__, vars(builtins))
        for space in spaces:
            if node.id in space:
                return wrapped(space[node.id])
        raise cannot(node, frame, f"the unknown name {node.id!r}")

    def attribute(self, node: ast.Attribute, frame: Frame, under: Marked) -> Value:
        """A dotted name: a subject, a variable, a parameter, a field of the context, or a thing of a module."""
        if node.attr == "shape":
            return NOTHING  # how many entities there are is no part of the world's state
        of = self.value(node.value, frame, under)
        if isinstance(of, Known):
            return wrapped(getattr(of.thing, node.attr))
        if isinstance(of, Place):
            if of.kind == "world":
                return Place("subject", node.attr)
            if of.kind == "subject":
                id = self.variable(of, node, frame)
                self.touched(frame)[0].add(id)
                return Marked(variables=frozenset({id}))
            return NOTHING if of.kind == "context" else of
        raise cannot(node, frame, "a field of a number")

    def variable(self, where: Place, node: ast.Attribute, frame: Frame) -> str:
        """The id of a variable of the world."""
        id = self.ids.get((where.subject, node.attr))
        if id is None:
            raise cannot(node, frame, f"no variable {where.subject}.{node.attr}")
        return id

    def touched(self, frame: Frame) -> tuple[set[str], set[str]]:
        """What the lines of a function itself read and write."""
        return self.touches.setdefault(frame.title, (set(), set()))


def read_week(week: Any, blueprint: Blueprint) -> CausalGraph:
    """Draw the graph from a week's function; raises AllohistoryError for code that it cannot follow."""
    function = week.plain if isinstance(week, Kernel) else week
    ids = {field_of(v.id): v.id for v in blueprint.variables}
    reader = Reader(blueprint, ids)
    given: list[Value] = [CONTEXT, WORLD, PARAMETERS]
    reader.call(function, given, NOTHING)
    asks = {rule: frozenset(found & reader.drawing) for rule, found in reader.asks.items()}
    return CausalGraph(
        drawing=frozenset(reader.drawing),
        settled=frozenset(reader.settled),
        variables=frozenset(ids.values()),
        reads={rule: frozenset(found) for rule, found in reader.reads.items()},
        asks=asks,
        writes=tuple(sorted(reader.writes, key=lambda w: (w.target, sorted(w.by), sorted(w.sources)))),
        touches={title: (frozenset(a), frozenset(b)) for title, (a, b) in reader.touches.items()},
    )
