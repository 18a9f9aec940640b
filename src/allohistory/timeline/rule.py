"""Rules: what a scenario's rule book registers, and what the rest of the engine may ask of it.

A rule is a pure function of plain numbers and of the record of its own parameters. It states a chance
(utilities, a hazard, a mean and a spread) and never draws: the week draws. `@rule` gives it an id, says
which of the three draws it feeds, and files it under the scenario that it belongs to, which is the
package above the first `.rules` in its module's name (or the module itself, for scenarios of one file).

The decorated name works in two places. Inside compiled code it is the compiled function; called from
Python it is the plain one, so that a rule can be tried by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from allohistory.luck.compiled import Kernel

Draws = Literal["clock", "choice", "shock", "nothing"]


@dataclass(frozen=True)
class RuleCard:
    """What a rule says of itself.

    draws       which draw its result feeds
    per         kind of entity it is asked for, or None where there is only one
    options     of a choice, the most restrained first (their order is frozen)
    silent      the option that the record leaves unsaid, or None where each occasion needs an entry
    facts       ids of the facts it rests on
    leaves_out  what it does not model, in words
    key         name of the frozen key, for a decision that history took once and that keeps its luck on another date
    latent      its unrecorded luck reaches recorded decisions, and so travels with the parameter draw
    """

    id: str
    draws: Draws
    per: str | None
    options: tuple[str, ...]
    silent: str | None
    facts: tuple[str, ...]
    leaves_out: str
    latent: bool
    key: str
    decides: str
    module: str


class Rule(Kernel):
    """A rule's function together with its card."""

    def __init__(self, function: Callable[..., Any], card: RuleCard) -> None:
        super().__init__(function)
        self.card = card


_BOOKS: dict[str, dict[str, Rule]] = {}


def rule(
    id: str,
    *,
    draws: Draws,
    per: str | None = None,
    options: tuple[str, ...] = (),
    silent: str | None = None,
    facts: tuple[str, ...] = (),
    leaves_out: str = "",
    latent: bool = False,
    key: str = "",
) -> Callable[[Callable[..., Any]], Rule]:
    """Register a function as a rule; raises ValueError where the card contradicts itself."""
    if (draws == "choice") != bool(options):
        raise ValueError(f"{id}: a choice names its options, and nothing else does")
    if silent is not None and silent not in options:
        raise ValueError(f"{id}: the silent option {silent!r} is none of {options}")

    def register(function: Callable[..., Any]) -> Rule:
        decides = (function.__doc__ or "").strip()
        card = RuleCard(
            id, draws, per, options, silent, facts, leaves_out, latent, key, decides, function.__module__
        )
        book = _BOOKS.setdefault(scenario_of(function.__module__), {})
        known = book.get(id)
        if known is not None and known.card.module != function.__module__:
            raise ValueError(f"{id}: registered by {known.card.module} and by {function.__module__}")
        book[id] = Rule(function, card)
        return book[id]

    return register


def scenario_of(module: str) -> str:
    """The package whose rule book a module belongs to."""
    return module.split(".rules")[0]


def rule_book(scenario: str) -> dict[str, Rule]:
    """The rules registered for a scenario's package, by id; empty where none was imported."""
    return dict(_BOOKS.get(scenario, {}))
