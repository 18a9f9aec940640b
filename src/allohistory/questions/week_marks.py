"""Marks in place of numbers: what the reading of a week's code (`week_reader.py`) knows of each value on its way."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from allohistory.errors import AllohistoryError
from allohistory.questions.causal_graph import Names

NONE: Names = frozenset()
NUMBERS = (bool, int, float, np.integer, np.floating)


@dataclass(frozen=True)
class Marked:
    """A number as this reading sees it: which variables and rules it comes from, and its value where that is fixed."""

    variables: Names = NONE
    rules: Names = NONE
    fixed: int | float | None = None

    def __or__(self, other: Marked) -> Marked:
        return Marked(self.variables | other.variables, self.rules | other.rules)


@dataclass(frozen=True)
class Place:
    """One of the three records that a step is given, or a subject of the world: `world`, `context`, `parameters`."""

    kind: str
    subject: str = ""


@dataclass(frozen=True)
class Known:
    """Something of Python's that the code names: a function, a module, a tuple."""

    thing: Any


@dataclass(frozen=True)
class Several:
    """Numbers that a step returns side by side."""

    members: tuple[Marked, ...]

    @property
    def whole(self) -> Marked:
        """All of them as one."""
        return together(self.members)

    def under(self, conditions: Marked) -> Several:
        """The same, reached under conditions."""
        return Several(tuple(one | conditions for one in self.members))


Value = Marked | Place | Known | Several
NOTHING = Marked()
WORLD, CONTEXT, PARAMETERS = Place("world"), Place("context"), Place("parameters")


@dataclass
class Frame:
    """One call being read: its names, and under which conditions it has been left already."""

    function: Callable[..., Any]
    names: dict[str, Value]
    left: Marked = NOTHING
    result: Value | None = None

    @property
    def title(self) -> str:
        """Module and name of the function, as the graph gives them."""
        return f"{self.function.__module__}.{self.function.__qualname__}"


def together(values: Iterable[Value]) -> Marked:
    """All that any of these comes from; records and functions add nothing of their own."""
    found = NOTHING
    for one in values:
        if isinstance(one, Marked | Several):
            found |= one.whole if isinstance(one, Several) else one
    return found


def either(one: Marked | Several, other: Marked | Several) -> Marked | Several:
    """What a step returns by one way or the other: member by member where both have as many."""
    if isinstance(one, Several) and isinstance(other, Several) and len(one.members) == len(other.members):
        return Several(tuple(a | b for a, b in zip(one.members, other.members, strict=True)))
    return together((one, other))


def joined(ends: list[dict[str, Value]]) -> dict[str, Value]:
    """The names after branches: what either made of each."""
    found: dict[str, Value] = {}
    for names in ends:
        for name, value in names.items():
            other = found.get(name, value)
            if value == other or not (isinstance(value, Marked) and isinstance(other, Marked)):
                found[name] = value
            else:
                found[name] = value | other
    return found


def wrapped(thing: Any) -> Value:
    """A thing of Python's: a fixed number, a table of fixed numbers, or something known by itself."""
    if isinstance(thing, NUMBERS):
        return Marked(fixed=thing.item() if isinstance(thing, np.generic) else thing)
    if is_table(thing):
        return NOTHING  # whichever of its numbers is taken, it comes from nothing but its place
    return Known(thing)


def is_table(thing: Any) -> bool:
    """Is it an array of a module's, or a tuple of numbers, or of such tuples?"""
    if isinstance(thing, tuple):
        return all(isinstance(one, NUMBERS) or is_table(one) for one in thing)
    return isinstance(thing, np.ndarray)


def as_read(target: ast.expr) -> ast.expr:
    """The same place, read instead of written."""
    return ast.parse(ast.unparse(target), mode="eval").body


def step_title(title: str) -> str:
    """The last two parts of a function's name: `border.begin`."""
    return ".".join(title.split(".")[-2:])


@lru_cache(maxsize=1024)
def syntax_of(function: Callable[..., Any]) -> tuple[list[ast.stmt], tuple[str, ...]]:
    """The statements of a function and the names of its parameters."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    first, _ = inspect.getsourcelines(function), 0
    ast.increment_lineno(tree, first[1] - 1)
    return tree.body, tuple(argument.arg for argument in tree.args.args)


def cannot(node: ast.AST, frame: Frame, what: str) -> AllohistoryError:
    """The refusal to read on."""
    line = getattr(node, "lineno", 0)
    return AllohistoryError(f"{frame.title}, line {line}", f"the causal graph cannot follow {what}")
