"""The numbers that claims compare: `P(general_war | china_war; no-khasan)`, read and checked.

    quantity = kind "(" what [ "|" condition ] [ ";" change or point of divergence { "," ... } ] ")"
    kind     = "P" | "mean" | "median"

In `P` what is asked is an outcome or an expression, in `mean` and `median` an amount. What stands after the semicolon
is all that is changed in the world in which it is measured: a claim means the same wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from allohistory.book.changes import parse_change
from allohistory.book.expressions import parse_expression
from allohistory.book.resolve import find_pod, resolve_all
from allohistory.book.tables import Book, Outcome, Rules
from allohistory.errors import AllohistoryError, nearest

KINDS = ("P", "mean", "median")
FORMS = ("P(E)", "P(E | E)", "mean(amount | E)", "median(amount | E)", "P(E; change or pod, ...)")
_SHAPE = re.compile(r"\s*(?P<kind>[A-Za-z]+)\s*\((?P<inside>.*)\)\s*", re.DOTALL)


@dataclass(frozen=True)
class Quantity:
    """One number: the share of timelines in which something holds, or the mean or the median of an amount.

    kind   "P", "mean" or "median"; about: an expression, or the id of an amount
    given  only timelines in which this holds
    pods   the points of divergence of its world, ID or ID@DATE; do: its other changes
    """

    text: str
    kind: str
    about: str
    given: str | None = None
    pods: tuple[str, ...] = ()
    do: tuple[str, ...] = ()


def parse_quantity(
    text: str, outcomes: Mapping[str, Outcome], book: Book, rules: Rules | None = None, where: str = "claim"
) -> Quantity:
    """Read one quantity; raises AllohistoryError naming the part that cannot be read and the nearest that could."""
    found = _SHAPE.fullmatch(text)
    if found is None or not balanced(found["inside"]):
        raise AllohistoryError(
            where,
            f'"{text}" is no quantity: write P(...), mean(...) or median(...)',
            given=text,
            possible=FORMS,
            closest=FORMS[0],
        )
    kind = found["kind"]
    if kind not in KINDS:
        problem = f'"{text}": there is no quantity "{kind}"'
        raise AllohistoryError(
            where, problem, given=kind, possible=KINDS, closest=nearest(kind, KINDS) or "P"
        )
    inside, _, changes = found["inside"].partition(";")
    about, bar, given = (part.strip() for part in inside.partition("|"))
    if "|" in given or (bar and not given) or not about:
        raise AllohistoryError(
            where, f'"{text}": one "|" and a condition after it', given=text, possible=FORMS
        )
    place = f'{where}: "{text}"'
    if kind != "P":
        about = _amount(about, outcomes, book, place)
    else:
        parse_expression(about, outcomes, calendar=book.calendar, where=place, former_ids=book.former_ids)
    if given:
        parse_expression(given, outcomes, calendar=book.calendar, where=place, former_ids=book.former_ids)
    pods, do = _changes(changes, book, rules, place)
    return Quantity(text.strip(), kind, about, given or None, pods, do)


def balanced(text: str) -> bool:
    """Does every bracket have its other half?"""
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


def _amount(name: str, outcomes: Mapping[str, Outcome], book: Book, where: str) -> str:
    amounts = [id for id, one in outcomes.items() if one.kind == "amount"]
    current = book.current(name)
    if current not in amounts:
        known = current in outcomes
        problem = (
            f'"{name}" is no amount, so it has no mean and no median'
            if known
            else f'there is no amount "{name}"'
        )
        raise AllohistoryError(where, problem, given=name, possible=amounts)
    return current


def _changes(
    text: str, book: Book, rules: Rules | None, where: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(points of divergence, changes) of a list parted by commas."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    pods = tuple(part for part in parts if "=" not in part)
    do = tuple(part for part in parts if "=" in part)
    for name in pods:
        find_pod(name, book, where)
    for change in do:
        parse_change(change, where)
    if rules is not None and parts:
        resolve_all(do, book, rules, pods=pods, where=where, where_pods=where)
    return pods, do
