"""How a probability that the rules state is named: a draw of our own history, or a rule asked at stated inputs.

A way is one of two. `Way` names a rule of the week, the options meant (or that a clock fires), and a window: its chance
is that of at least one such occasion of the window, along our own history. `Call` names a function of the rule book and
the numbers that it is asked with.

An observation needs one way; or, under `way`, any of several; or, under `step`, several things one after the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from allohistory.book.rows import Key, Keys, day, flag, number, read_values, several, text, texts, whole
from allohistory.book.tables import Book, Rules
from allohistory.errors import AllohistoryError

PATH, RULE = "path", "rule"
KINDS = (PATH, RULE)


@dataclass(frozen=True)
class Way:
    """A rule of the week along our own history.

    entity      whom it is asked for; None for all
    options     of a choice: those meant, in numbers; empty for a clock, which is meant to fire
    first, last  weeks of the window, both included
    held        week up to which the chance of the last occasion is taken to return, where history cut it short;
                -1 for none
    every       weeks between these occasions
    never       what is meant is that none of it comes
    """

    rule: str
    entity: str | None
    options: tuple[int, ...]
    first: int
    last: int
    held: int = -1
    every: int = 1
    never: bool = False


@dataclass(frozen=True)
class Call:
    """A rule asked at stated inputs.

    function    MODULE.NAME of the rule book
    parameters  the rule whose parameters it takes; empty where the function is a rule itself
    inputs      by name: a number; two numbers, between which it runs evenly; or another call
    options     of a choice: those meant, in numbers or by name
    ends        options that end the matter another way
    weeks       of a clock: how long it runs; 0 where the function gives utilities
    times       how often a choice is asked, until it takes one of options or ends
    never       what is meant is that none of it comes
    """

    function: str
    parameters: str = ""
    inputs: Mapping[str, float | tuple[float, float] | Call] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    weeks: int = 0
    times: int = 1
    never: bool = False


Step = tuple[Way | Call, ...]


def way_keys(*, nested_steps: bool = False) -> Keys:
    """The keys of a way; of an observation, which may have steps, with `nested_steps`."""
    keys: dict[str, Key] = {
        "rule": Key(text, None),
        "entity": Key(text, None),
        "from": Key(day, None),
        "until": Key(day, None),
        "options": Key(texts, ()),
        "fires": Key(flag, None),
        "never": Key(flag, False),
        "held_until": Key(day, None),
        "every": Key(whole, 1),
        "function": Key(text, None),
        "parameters": Key(text, ""),
        "inputs": Key(_inputs, None),
        "ends": Key(texts, ()),
        "weeks": Key(whole, 0),
        "times": Key(whole, 1),
    }
    if nested_steps:
        keys["way"] = Key(several(_table), ())
        keys["step"] = Key(several(_table), ())
    return keys


def _table(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("a table")
    return value


def _inputs(value: Any) -> dict[str, float | tuple[float, float] | Call]:
    if not isinstance(value, dict):
        raise ValueError("a table: {name = number, ...}")
    return {name: _input(held) for name, held in value.items()}


def _input(value: Any) -> float | tuple[float, float] | Call:
    if isinstance(value, dict):
        keys: Keys = {"function": Key(text), "parameters": Key(text, ""), "inputs": Key(_inputs)}
        return Call(**read_values(value, keys, "", "an input that is a call"))
    if isinstance(value, list) and len(value) == 2:
        return number(value[0]), number(value[1])
    return number(value)


def read_steps(values: Mapping[str, Any], book: Book, rules: Rules, where: str) -> tuple[Step, ...]:
    """The steps of an observation from the values of its row."""
    forms = [name for name in ("rule", "function", "way", "step") if values[name]]
    if len(forms) != 1:
        problem = "it needs one of rule, function, way and step"
        raise AllohistoryError(where, problem, given=" and ".join(forms) or None, possible=list(FORMS))
    reading = _Reading(book, rules, values["from"], values["until"], where)
    if forms == ["step"]:
        return tuple(reading.step(one) for one in values["step"])
    if forms == ["way"]:
        return (tuple(reading.raw_way(one) for one in values["way"]),)
    return ((reading.way(values),),)


FORMS = ("rule", "function", "way", "step")


@dataclass(frozen=True)
class _Reading:
    """Reads ways; those without a window of their own have the observation's."""

    book: Book
    rules: Rules
    first: date | None
    last: date | None
    where: str

    def step(self, value: Mapping[str, Any]) -> Step:
        if "way" not in value:
            return (self.raw_way(value),)
        keys: Keys = {"way": Key(several(_table))}
        ways = read_values(value, keys, f"{self.where}: step", "a step of several ways")["way"]
        return tuple(self.raw_way(one) for one in ways)

    def raw_way(self, value: Mapping[str, Any]) -> Way | Call:
        return self.way(read_values(value, way_keys(), f"{self.where}: way", "a way"))

    def way(self, values: Mapping[str, Any]) -> Way | Call:
        if values["function"] is None:
            return self._of_path(values)
        return self._of_rule(values)

    def _of_rule(self, values: Mapping[str, Any]) -> Call:
        for name in ("entity", "from", "until", "fires", "held_until"):
            if values[name] is not None:
                self._wrong(f'"{name}" belongs to a rule of the week, not to a function', name)
        if bool(values["weeks"]) == bool(values["options"]):
            self._wrong("a function of a clock runs for weeks, one of a choice has options", "weeks")
        names = ("function", "parameters", "options", "ends", "weeks", "times", "never")
        return Call(inputs=values["inputs"] or {}, **{name: values[name] for name in names})

    def _of_path(self, values: Mapping[str, Any]) -> Way:
        for name, usual in (
            ("parameters", ""),
            ("inputs", None),
            ("ends", ()),
            ("weeks", 0),
            ("times", 1),
        ):
            if values[name] != usual:
                self._wrong(f'"{name}" belongs to a function, not to a rule of the week', name)
        id = values["rule"]
        if id is None:
            self._wrong('a way names a "rule" of the week or a "function"', "rule")
        if id not in self.rules:
            self._unknown("rule", id, self.rules)
        rule = self.rules[id]
        entity = values["entity"]
        if entity is not None and entity not in rule.entities:
            self._unknown(f"entity of {id}", entity, rule.entities)
        if rule.draws == "choice":
            if not values["options"] or values["fires"] is not None:
                self._wrong(f"{id} is a choice: name the options meant", "options")
            for option in values["options"]:
                if option not in rule.options:
                    self._unknown(f"option of {id}", option, rule.options)
        elif rule.draws != "clock" or values["fires"] is not True or values["options"]:
            self._wrong(f"{id}: fires = true is meant of a clock, options of a choice", "fires")
        first, last, held = self._window(values)
        if values["every"] < 1:
            self._wrong("every is at least one week", "every")
        numbers = tuple(rule.options.index(option) for option in values["options"])
        return Way(id, entity, numbers, first, last, held, values["every"], values["never"])

    def _window(self, values: Mapping[str, Any]) -> tuple[int, int, int]:
        first, last = values["from"] or self.first, values["until"] or self.last
        if first is None or last is None:
            self._wrong("a window has from and until", "from" if first is None else "until")
        calendar, held = self.book.calendar, values["held_until"]
        for one in (first, last, *(() if held is None else (held,))):
            calendar.day(str(one), self.where)
        if last < first or (held is not None and held <= last):
            self._wrong("from, until and held_until follow each other", "from")
        weeks = calendar.week_of(first), calendar.week_of(last)
        return *weeks, -1 if held is None else calendar.week_of(held)

    def _wrong(self, problem: str, closest: str) -> NoReturn:
        raise AllohistoryError(self.where, problem, closest=closest)

    def _unknown(self, thing: str, name: str, possible: Any) -> None:
        raise AllohistoryError(
            self.where, f'there is no {thing} "{name}"', given=name, possible=list(possible)
        )
