"""The parts that an outcome expression is made of, and how each is written back.

Each part says whether it has a day: the day on which it first became true. A `not` and an amount have none, so
they cannot stand beside `before`, `after` or `within`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from allohistory.book.calendar import Span
from allohistory.book.changes import shortest

Comparison = Literal["=", "<", ">", "<=", ">="]
Unit = Literal["days", "weeks", "months", "years"]
Order = Literal["before", "after"]


@dataclass(frozen=True)
class Happens:
    """A yes that comes true, or a day that comes."""

    outcome: str

    def __str__(self) -> str:
        return self.outcome


@dataclass(frozen=True)
class Derived:
    """An outcome that is defined by an expression of others."""

    outcome: str
    inner: Node

    def __str__(self) -> str:
        return self.outcome


@dataclass(frozen=True)
class Takes:
    """A which that takes one of its options."""

    outcome: str
    option: str

    def __str__(self) -> str:
        return f"{self.outcome}={self.option}"


@dataclass(frozen=True)
class Amounts:
    """An amount compared with a number or with another amount."""

    outcome: str
    relation: Comparison
    than: float | str

    def __str__(self) -> str:
        return (
            f"{self.outcome}{self.relation}{self.than if isinstance(self.than, str) else shortest(self.than)}"
        )


@dataclass(frozen=True)
class Dated:
    """A day compared with a date."""

    outcome: str
    relation: Comparison
    than: Span

    def __str__(self) -> str:
        return f"{self.outcome}{self.relation}{self.than}"


@dataclass(frozen=True)
class Not:
    """The contrary."""

    inner: Node

    def __str__(self) -> str:
        return f"not {_wrapped(self.inner, (And, Or))}"


@dataclass(frozen=True)
class And:
    """All of them."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " and ".join(_wrapped(part, (Or, And)) for part in self.parts)


@dataclass(frozen=True)
class Or:
    """One of them or more."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " or ".join(_wrapped(part, (Or,)) for part in self.parts)


@dataclass(frozen=True)
class Ordered:
    """One before or after another, or before or after a date."""

    left: Node
    order: Order
    right: Node | Span

    def __str__(self) -> str:
        return f"{_operand(self.left)} {self.order} {_operand(self.right)}"


@dataclass(frozen=True)
class Within:
    """One within so many days, weeks, months or years of another, on either side of it."""

    left: Node
    count: float
    unit: Unit
    right: Node | Span

    def __str__(self) -> str:
        unit = self.unit[:-1] if self.count == 1.0 else self.unit
        return f"{_operand(self.left)} within {shortest(self.count)} {unit} of {_operand(self.right)}"


Node = Happens | Derived | Takes | Amounts | Dated | Not | And | Or | Ordered | Within


def has_day(node: Node) -> bool:
    """Whether the day on which it first became true is known."""
    if isinstance(node, Derived):
        return has_day(node.inner)
    if isinstance(node, And):
        return any(has_day(part) for part in node.parts)
    if isinstance(node, Or):
        return all(has_day(part) for part in node.parts)
    return not isinstance(node, (Not, Amounts))


def outcomes_in(node: Node | Span) -> Iterator[str]:
    """The ids of all outcomes that must be known to judge it, those behind definitions included."""
    if isinstance(node, Span):
        return
    if isinstance(node, (Derived, Not)):
        yield from outcomes_in(node.inner)
    elif isinstance(node, (And, Or)):
        for part in node.parts:
            yield from outcomes_in(part)
    elif isinstance(node, (Ordered, Within)):
        yield from outcomes_in(node.left)
        yield from outcomes_in(node.right)
    else:
        yield node.outcome
        if isinstance(node, Amounts) and isinstance(node.than, str):
            yield node.than


def _wrapped(node: Node, kinds: tuple[type, ...]) -> str:
    return f"({node})" if isinstance(node, kinds) else str(node)


def _operand(node: Node | Span) -> str:
    return str(node) if isinstance(node, Span) else _wrapped(node, (Not, And, Or, Ordered, Within))
