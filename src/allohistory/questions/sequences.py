"""What comes after what in the logs of an ensemble: firings and options by name, and two measures of their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from allohistory.errors import AllohistoryError
from allohistory.questions.columns import Columns, asked_of
from allohistory.questions.expectations import FILE, Measure

if TYPE_CHECKING:
    from allohistory.questions.logged import Logged
    from allohistory.timeline.model import Model

NAMED = re.compile(r"(?P<rule>[^\[=]+)(?:\[(?P<entity>[^\]]+)\])?(?:=(?P<option>.+))?")
DAYS_A_WEEK = 7
NEVER = np.int64(1 << 40)


def chosen(model: Model, names: Sequence[str], world: Logged, where: str = FILE) -> np.ndarray:
    """(events,) which of an ensemble's events one of these names means: RULE, RULE=OPTION, RULE[ENTITY]=OPTION."""
    found = np.zeros(len(world.rule), bool)
    for name in names:
        parts = NAMED.fullmatch(name)
        if parts is None:
            raise AllohistoryError(where, f'"{name}" names no firing or option', given=name)
        found |= _one(model, parts["rule"], parts["entity"], parts["option"] or "", world, where)
    return found


def _one(model: Model, id: str, entity: str | None, option: str, world: Logged, where: str) -> np.ndarray:
    """Where a clock fired, or a choice took this option."""
    rules = model.blueprint.rule_of
    if id not in rules:
        raise AllohistoryError(where, f'there is no rule "{id}"', given=id, possible=list(rules))
    rule = rules[id]
    mine = np.asarray(world.rule == rule.number)
    if entity is not None:
        if entity not in rule.entities:
            raise AllohistoryError(where, f"{id} has no such entity", given=entity, possible=rule.entities)
        mine = mine & (world.entity == rule.entities.index(entity))
    if rule.draws == "clock":
        return np.asarray(mine & (world.value > 0))
    if option not in rule.options:
        raise AllohistoryError(where, f"{id} has no such option", given=option, possible=rule.options)
    return np.asarray(mine & (world.value == rule.options.index(option)))


def follows(model: Model, measure: Measure, world: Logged, columns: Columns) -> tuple[int, int]:
    """(how many, of how many) timelines with the outcome have one of the events in the weeks after it.

    Timelines that end before those weeks are over are left out.
    """
    day = columns.read(asked_of(measure.event, model)).day
    until = day + measure.weeks * DAYS_A_WEEK
    counted = (day >= 0) & (until < model.blueprint.weeks * DAYS_A_WEEK)
    if measure.given:
        counted = counted & columns.truth(measure.given)
    mine = chosen(model, measure.events, world)
    row, when = world.row[mine], world.day[mine]
    within = (when >= day[row]) & (when <= until[row])
    shown = np.bincount(row[within], minlength=len(day))[: len(day)] > 0
    return int((shown & counted).sum()), int(counted.sum())


def ahead(model: Model, measure: Measure, world: Logged, span: tuple[int, int]) -> tuple[int, int]:
    """(how many, of how many) clashes in which one of the events came before any of the answers.

    A clash is what shares timeline, key and entity. Only those that show one of `among`, in the weeks of the span,
    count.
    """
    keys = np.stack([world.row, world.key, world.entity], axis=1)
    among = chosen(model, measure.among, world) & (world.week >= span[0]) & (world.week <= span[1])
    if measure.after:
        first = np.full(world.kept, NEVER)
        opened = chosen(model, measure.after, world)
        np.minimum.at(first, world.row[opened], world.day[opened].astype(np.int64))
        among &= world.day > first[world.row]
    clashes, clash = np.unique(keys, axis=0, return_inverse=True)
    clash = clash.reshape(-1)

    def earliest(mine: np.ndarray) -> np.ndarray:
        place = np.full(len(clashes), NEVER)
        np.minimum.at(place, clash[mine], np.flatnonzero(mine))
        return place

    counted = earliest(among) < NEVER
    acted, told = (
        earliest(chosen(model, measure.events, world)),
        earliest(chosen(model, measure.answers, world)),
    )
    return int((counted & (acted < told)).sum()), int(counted.sum())
