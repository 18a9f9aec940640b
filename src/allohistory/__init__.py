"""Allohistory answers "what if" about the past with numbers that anyone can check.

    import allohistory as ah
    war = ah.scenario("soviet-japanese-war")
    answer = war.ask(pods="no-clash-at-marco-polo", timelines=2000)

The folders follow a river; nothing imports from further downstream:

    errors -> combat -> book -> luck -> timeline -> results -> ensemble -> evidence -> questions -> telling
    -> studio -> cli

Scenarios stand beside it and are found by name at run time. What this module re-exports is public, nothing else is.
Importing it is light: the engine is loaded when something is first asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allohistory.errors import AllohistoryError
from allohistory.version import VERSION as __version__

if TYPE_CHECKING:
    from allohistory.questions.answer import Answer
    from allohistory.questions.question import Question
    from allohistory.questions.scenario import Scenario, scenario, scenarios
    from allohistory.questions.timelines import Timeline

__all__ = [
    "AllohistoryError",
    "Answer",
    "Question",
    "Scenario",
    "Timeline",
    "__version__",
    "scenario",
    "scenarios",
]

_HOMES = {
    "Answer": "allohistory.questions.answer",
    "Question": "allohistory.questions.question",
    "Scenario": "allohistory.questions.scenario",
    "scenario": "allohistory.questions.scenario",
    "scenarios": "allohistory.questions.scenario",
    "Timeline": "allohistory.questions.timelines",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'allohistory' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
