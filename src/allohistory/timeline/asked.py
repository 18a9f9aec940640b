"""From what people ask to what the kernel reads: resolved changes become the items of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from allohistory.book.clashes import ResolvedChange
from allohistory.timeline import changes as kinds
from allohistory.timeline.blueprint import Blueprint
from allohistory.timeline.plan import Item

OF_RULE = {
    "choice": kinds.CHOICE,
    "clock-fires": kinds.FIRES,
    "clock-never": kinds.NEVER,
    "clock-scale": kinds.HAZARD,
    "shock-set": kinds.SHOCK_SET,
    "shock-shift": kinds.SHOCK_SHIFT,
}
OF_VARIABLE = {"=": kinds.VARIABLE_SET, "*=": kinds.VARIABLE_SCALE, "+=": kinds.VARIABLE_ADD}
OF_PARAMETER = {"=": kinds.PARAMETER_SET, "*=": kinds.PARAMETER_SCALE, "+=": kinds.PARAMETER_ADD}


def items_of(changes: Iterable[ResolvedChange], blueprint: Blueprint) -> tuple[Item, ...]:
    """The items of a plan, in the order of the changes."""
    return tuple(item_of(change, blueprint) for change in changes)


def item_of(change: ResolvedChange, blueprint: Blueprint) -> Item:
    """One change in the kernel's numbers."""
    if change.kind == "variable":
        item = _of_variable(change, blueprint)
    elif change.kind == "parameter":
        item = _of_parameter(change, blueprint)
    else:
        item = _of_rule(change, blueprint)
    return replace(item, first_week=change.first_week, last_week=change.last_week, text=change.text)


def _of_variable(change: ResolvedChange, blueprint: Blueprint) -> Item:
    first, count = blueprint.variable_place[change.target]
    if change.entity >= 0:
        first, count = first + change.entity, 1
    kind = int(OF_VARIABLE[change.operation])
    return Item(kind, first=first, count=count, value=change.value, held=change.held)


def _of_parameter(change: ResolvedChange, blueprint: Blueprint) -> Item:
    kind, first = int(OF_PARAMETER[change.operation]), blueprint.parameter_place[change.target]
    return Item(kind, first=first, count=1, value=change.value)


def _of_rule(change: ResolvedChange, blueprint: Blueprint) -> Item:
    rule = blueprint.rule_numbered[change.rule]
    return Item(
        int(OF_RULE[change.kind]),
        rule=change.rule,
        entity=change.entity,
        key=change.event_week,
        step=change.step if rule.draws != "clock" else -1,
        option=change.option,
        day=change.day,
        value=change.value,
        place=rule.place,
    )
