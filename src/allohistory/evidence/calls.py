"""Rules asked at stated inputs: what chance does a function of the rule book state, under the parameters at hand?

A clock's chance over some weeks is 1 - exp(-sum of its hazards). A choice that is asked several times goes on until it
takes one of the options meant, or one that ends the matter. An input of two numbers runs evenly from the first to the
second over the weeks, where the hazard is looked at some two dozen times; or over the times that a choice is asked.
"""

from __future__ import annotations

import importlib
import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from allohistory.book.observed_ways import Call
from allohistory.errors import AllohistoryError
from allohistory.luck.compiled import Kernel
from allohistory.timeline.rule import Rule, scenario_of

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

PARAMETERS = "p"  # the last argument of a rule that has parameters
LOOKS = 26  # at a hazard that moves, evenly over its weeks
Groups = Callable[[str], Any]
"""The parameters of a rule, by its id, as an object with their names."""


@dataclass(frozen=True)
class Asked:
    """A call made ready: its function, its inputs, the rules whose parameters it takes."""

    call: Call
    function: Callable[..., Any]
    names: tuple[str, ...]
    inputs: Mapping[str, Any]
    group: str
    options: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    groups: tuple[str, ...] = field(default=())

    def chance(self, parameters: Groups) -> float:
        """The chance of what is meant."""
        meant = self._fires(parameters) if self.call.weeks else self._taken(parameters)
        return 1.0 - meant if self.call.never else meant

    def value(self, parameters: Groups, share: float) -> Any:
        """What the function states when so large a share of the weeks or times is over."""
        numbers = [_number(self.inputs[name], parameters, share) for name in self.names]
        if self.group:
            numbers.append(parameters(self.group))
        return self.function(*numbers)

    def _fires(self, parameters: Groups) -> float:
        weeks = self.call.weeks
        if not self._moves():
            return -math.expm1(-weeks * self.value(parameters, 0.0))
        count = min(weeks, LOOKS)
        hazards = [self.value(parameters, (look + 0.5) / count) for look in range(count)]
        return -math.expm1(-math.fsum(hazards) * weeks / count)

    def _taken(self, parameters: Groups) -> float:
        meant, going_on = 0.0, 1.0
        times = self.call.times
        for time in range(times):
            chances = shares_of(self.value(parameters, time / max(times - 1, 1)))
            now = math.fsum(chances[option] for option in self.options)
            over = math.fsum(chances[option] for option in self.ends)
            meant += going_on * now
            going_on *= max(1.0 - now - over, 0.0)
        return meant

    def _moves(self) -> bool:
        return any(
            isinstance(held, tuple) or (isinstance(held, Asked) and held._moves())
            for held in self.inputs.values()
        )


def _number(held: Any, parameters: Groups, share: float) -> float:
    if isinstance(held, Asked):
        return float(held.value(parameters, share))
    if isinstance(held, tuple):
        first, last = held
        return float(first + (last - first) * share)
    return float(held)


def shares_of(utilities: tuple[float, ...]) -> list[float]:
    """Chances of the options of a choice from their utilities."""
    most = max(utilities)
    weights = [math.exp(max(one - most, -700.0)) for one in utilities]
    total = math.fsum(weights)
    return [one / total for one in weights]


def made_ready(call: Call, model: Model, where: str) -> Asked:
    """A call with its function; raises AllohistoryError where function, inputs or options do not exist."""
    function = _function(call.function, model, where)
    names = list(inspect.signature(function.plain).parameters)
    group = ""
    if names and names[-1] == PARAMETERS:
        names.pop()
        group = _group(call, function, model, where)
    inputs = {
        name: made_ready(held, model, where) if isinstance(held, Call) else held
        for name, held in call.inputs.items()
    }
    for name in inputs:
        if name not in names:
            problem = f'{call.function} has no input "{name}"'
            raise AllohistoryError(where, problem, given=name, possible=names)
    for name in names:
        if name not in inputs:
            raise AllohistoryError(where, f'{call.function} needs the input "{name}"', closest=name)
    within = [held.groups for held in inputs.values() if isinstance(held, Asked)]
    return Asked(
        call,
        function.plain,
        tuple(names),
        inputs,
        group,
        _options(call.options, function, where),
        _options(call.ends, function, where),
        tuple(dict.fromkeys([*([group] if group else []), *(one for some in within for one in some)])),
    )


def _function(named: str, model: Model, where: str) -> Kernel:
    """The function MODULE.NAME of a scenario's rule book."""
    module_name, _, name = named.rpartition(".")
    package = scenario_of(next(iter(model.rules.values())).card.module)
    modules = sorted({rule.card.module for rule in model.rules.values()})
    full = f"{package}.rules.{module_name}"
    short = [one.removeprefix(f"{package}.rules.") for one in modules]
    if full not in modules:
        problem = f'the rule book has no module "{module_name}"'
        raise AllohistoryError(where, problem, given=module_name, possible=short)
    module = importlib.import_module(full)
    kernels = {id: held for id, held in vars(module).items() if isinstance(held, Kernel)}
    if name not in kernels:
        problem = f'{module_name} has no function "{name}"'
        raise AllohistoryError(where, problem, given=name, possible=sorted(kernels))
    return kernels[name]


def _group(call: Call, function: Kernel, model: Model, where: str) -> str:
    """The rule whose parameters a function takes."""
    group = call.parameters or (function.card.id if isinstance(function, Rule) else "")
    known = sorted({parameter.rule for parameter in model.book.parameters.values()})
    if group not in known:
        problem = f"say whose parameters {call.function} takes" if not group else f"{group} has no parameters"
        raise AllohistoryError(where, problem, given=group or None, possible=known)
    return group


def _options(names: tuple[str, ...], function: Kernel, where: str) -> tuple[int, ...]:
    if not names:
        return ()
    possible = function.card.options if isinstance(function, Rule) else ()
    for name in names:
        if name not in possible:
            problem = f'there is no option "{name}" of {function.plain.__name__}'
            raise AllohistoryError(where, problem, given=name, possible=possible)
    return tuple(possible.index(name) for name in names)
