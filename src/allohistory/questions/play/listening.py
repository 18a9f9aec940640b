"""A timeline run with an ear to it.

`occasions` has every decision of some rules that was asked, those too that came to nothing and that a log leaves out:
for the length of the run no option of these rules counts as silent. What is drawn is the same.

`taken_apart` runs one week as plain Python, on the state in which compiled weeks left the world, and hears every rule
that is called on the way, with what it was given, and every choice and clock with the chances it was put to.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from queue import Empty, SimpleQueue
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.luck.compiled import Kernel
from allohistory.timeline.choices import choice
from allohistory.timeline.clocks import clock
from allohistory.timeline.memory import Memory
from allohistory.timeline.shape import LOG
from allohistory.timeline.tell import ready
from allohistory.timeline.world import open_week

if TYPE_CHECKING:
    from allohistory.timeline.model import Model
    from allohistory.timeline.plan import Plan

NOTHING_SILENT = -1
COLUMNS = ("rule", "entity", "week", "day", "occasion", "value", "chance")


@dataclass(frozen=True)
class Occasion:
    """A decision that was asked, or a clock that fired.

    place   where it stands among all that was drawn in this timeline
    key     (rule number, packed occasion): the same in every timeline
    option  what was taken; "fires" for a clock; chance: what the rules gave it
    silent  whether that is the option that the record leaves unsaid
    """

    place: int
    rule: str
    entity: str
    week: int
    day: int
    key: tuple[int, int]
    option: str
    chance: float
    silent: bool

    @property
    def question(self) -> tuple[str, str, int]:
        """What is asked twice in a week of the same entity is one question."""
        return self.rule, self.entity, self.week


@dataclass(frozen=True)
class Heard:
    """A choice or clock as it was asked: its rule's inputs by name, and how to ask the rule again.

    weights  of a choice, the utilities of its options as they were drawn from; of a clock its hazard
    """

    rule: str
    entity: str
    inputs: dict[str, float]
    weights: tuple[float, ...]
    ask: Any

    @property
    def chances(self) -> tuple[float, ...]:
        """The probability of each option; of a clock, of firing in the week and of silence."""
        return chances_of(self.weights)

    def over(self, weeks: int) -> Heard:
        """A clock as it stands over some weeks, were its rate to stay as it is today."""

        def ask(changed: dict[str, float]) -> tuple[float, ...]:
            return tuple(weeks * one for one in self.ask(changed))

        return replace(self, weights=tuple(weeks * one for one in self.weights), ask=ask)


def chances_of(weights: tuple[float, ...]) -> tuple[float, ...]:
    """From utilities to probabilities; from a hazard to (fires, does not)."""
    if len(weights) == 1:
        silent = math.exp(-max(weights[0], 0.0))
        return 1.0 - silent, silent
    greatest = max(weights)
    shares = [math.exp(weight - greatest) for weight in weights]
    return tuple(share / sum(shares) for share in shares)


# ---------------------------------------------------------------- memories


class Shelf:
    """Memories that stand ready, so that not every answer makes its own; one is used by one thread at a time."""

    def __init__(self, *, traced: bool = False) -> None:
        self.free: SimpleQueue[Memory] = SimpleQueue()
        self.traced = traced

    @contextmanager
    def memory(self, model: Model) -> Iterator[Memory]:
        """A memory of this model, taken from the shelf and put back."""
        try:
            memory = self.free.get_nowait()
        except Empty:
            memory = Memory(model.blueprint, traced=self.traced)
        if memory.blueprint is not model.blueprint:
            memory = Memory(model.blueprint, traced=self.traced)
        try:
            yield memory
        finally:
            memory.c.weeks, memory.c.logging = model.blueprint.weeks, 0
            self.free.put(memory)


SHELF, TRACED = Shelf(), Shelf(traced=True)


# ---------------------------------------------------------------- occasions


def occasions(
    model: Model, memory: Memory, plan: Plan, timeline: int, rules: Collection[str] | None = None
) -> list[Occasion]:
    """Every decision of these rules (of all, where none are named) that the timeline asks, in the order of asking."""
    if not ready(memory, plan, timeline % plan.draws):
        return []
    c, blueprint = memory.c, model.blueprint
    silent_of = np.array(c.silent_of)
    names = [rule.id for rule in blueprint.drawn] if rules is None else list(rules)
    wanted = [blueprint.rule_of[name].number for name in names]
    try:
        c.silent_of[wanted] = NOTHING_SILENT
        c.logging = 1
        memory.run(timeline)
    finally:
        c.silent_of[:], c.logging = silent_of, 0
    numbers, kept = set(wanted), min(int(c.logged), LOG)
    columns = [getattr(c, f"log_{name}")[:kept].tolist() for name in COLUMNS]
    rows = enumerate(zip(*columns, strict=True))
    found = (_occasion(model, place, row, silent_of) for place, row in rows if row[0] in numbers)
    return [one for one in found if one is not None]


def _occasion(model: Model, place: int, row: tuple[Any, ...], silent_of: Any) -> Occasion | None:
    number, entity, week, day, occasion, value, chance = row
    rule = model.blueprint.rule_numbered[number]
    if rule.draws == "shock" or (rule.draws == "clock" and value == 0.0):
        return None
    return Occasion(
        place=place,
        rule=rule.id,
        entity=rule.entities[entity],
        week=week,
        day=7 * week + day,
        key=(number, occasion),
        option="fires" if rule.draws == "clock" else rule.options[int(value)],
        chance=chance,
        silent=rule.draws == "choice" and int(value) == int(silent_of[number]),
    )


# ---------------------------------------------------------------- one week


class Ear:
    """Hears the calls of a week: rules with what they are given, choices and clocks with what they draw from."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.rules: dict[CodeType, str] = {rule.plain.__code__: id for id, rule in model.rules.items()}
        self.draws = {_code(choice): "utilities", _code(clock): "hazard"}
        self.last: dict[str, dict[str, Any]] = {}
        self.heard: list[Heard] = []

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """What Python tells of every call in this thread."""
        if event != "call":
            return
        if frame.f_code in self.rules:
            self.last[self.rules[frame.f_code]] = dict(frame.f_locals)
        elif frame.f_code in self.draws:
            self._draw(frame.f_locals, self.draws[frame.f_code])

    def _draw(self, given: dict[str, Any], name: str) -> None:
        facts = self.model.blueprint.rule_numbered.get(int(given["rule"]))
        if facts is None or facts.id not in self.last:
            return
        weights = given[name] if name == "utilities" else (given[name],)
        inputs = dict(self.last[facts.id])
        parameters = inputs.pop("p", None)
        rule = self.model.rules[facts.id]

        def ask(changed: dict[str, float]) -> tuple[float, ...]:
            result = rule.plain(**changed, **({} if parameters is None else {"p": parameters}))
            return tuple(float(one) for one in result) if isinstance(result, tuple) else (float(result),)

        entity = facts.entities[int(given["entity"])]
        numbers = {key: float(value) for key, value in inputs.items()}
        self.heard.append(Heard(facts.id, entity, numbers, tuple(float(one) for one in weights), ask))


def _code(function: Any) -> CodeType:
    code: CodeType = (function.plain if isinstance(function, Kernel) else function).__code__
    return code


def taken_apart(model: Model, memory: Memory, plan: Plan, timeline: int, week: int) -> list[Heard]:
    """Run up to a week, then that week in plain Python: all that was asked in it, in order.

    What it gives to ask rules again reads the memory, and so holds only until that is used for something else.
    """
    if not ready(memory, plan, timeline % plan.draws):
        return []
    package = next(iter(model.rules.values())).card.module.split(".rules")[0]
    run_week = import_module(f"{package}.week").week
    memory.c.weeks = week
    memory.run(timeline)
    ear = Ear(model)
    before = sys.getprofile()
    with np.errstate(all="ignore"):
        open_week(  # type: ignore[no-untyped-call]
            memory.c, memory.world_numbers, memory.parameter_numbers, np.int64(week)
        )
        sys.setprofile(ear)
        try:
            run_week(memory.c, memory.w, memory.parameters[0])
        finally:
            sys.setprofile(before)
            memory.c.weeks = model.blueprint.weeks
    return ear.heard
