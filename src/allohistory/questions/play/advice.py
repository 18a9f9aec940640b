"""What an adviser would say: which of the things that a rule reads speak for an option today, and which against it.

The rule is asked again with one input at its usual value and all others as they are. What that takes from an option's
probability is how much the input speaks for it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allohistory.questions.play.listening import chances_of
from allohistory.results.words import number_word

if TYPE_CHECKING:
    from allohistory.questions.play.listening import Heard
    from allohistory.questions.play.tables import Input, Tables

LEAST = 0.02  # of a probability: less is no argument
MUCH, SOME = 0.25, 0.08
ARGUMENTS = 3
KNOWN = 7
WEEKS_A_YEAR, WEEKS_A_MONTH = 52.18, 4.35


@dataclass(frozen=True)
class Argument:
    """One thing said for or against an option: words, and by how much it moves the option's probability."""

    text: str
    moves: float

    def as_json(self) -> dict[str, Any]:
        """Keys of the answer."""
        size = abs(self.moves)
        weight = "heavily" if size >= MUCH else "clearly" if size >= SOME else "a little"
        return {"for": self.moves > 0, "text": self.text, "moves": round(self.moves, 4), "weight": weight}


def phrase(words: Input, value: float) -> str:
    """What is said of an input that stands at this value."""
    if value == words.usual:
        return words.even
    said = words.high if value > words.usual else words.low
    number = value * words.times
    if "{value}" in said and "{span}" not in said and round(abs(number)) == 0:
        return ""
    shown = f"{number:,.0f}" if abs(number) >= 1 or number == int(number) else f"{number:.1f}"
    said = said.replace("{span}", span(value))
    return said.replace("{value}", shown)


def span(weeks: float) -> str:
    """So many weeks, as people say it."""
    for unit, length in (("year", WEEKS_A_YEAR), ("month", WEEKS_A_MONTH), ("week", 1.0)):
        if weeks >= 2 * length or unit == "week":
            count = round(weeks / length)
            return f"{number_word(count)} {unit}{'' if count == 1 else 's'}"
    return ""


def effects(heard: Heard, tables: Tables) -> dict[str, tuple[float, ...]]:
    """By input, what its standing where it does adds to each option's probability."""
    now = chances_of(heard.ask(heard.inputs))
    found: dict[str, tuple[float, ...]] = {}
    for name, value in heard.inputs.items():
        words = tables.input(name, heard.rule)
        if words is None or value == words.usual:
            continue
        usual = chances_of(heard.ask({**heard.inputs, name: words.usual}))
        moved = tuple(a - b for a, b in zip(now, usual, strict=True))
        if all(math.isfinite(one) for one in moved):
            found[name] = moved
    return found


def arguments(heard: Heard, tables: Tables) -> list[list[Argument]]:
    """For each option the weightiest arguments, those that count most first."""
    moved = effects(heard, tables)
    return [_of_option(heard, tables, moved, place) for place in range(len(heard.chances))]


def _of_option(
    heard: Heard, tables: Tables, moved: dict[str, tuple[float, ...]], place: int
) -> list[Argument]:
    found: dict[str, Argument] = {}
    for name, by in moved.items():
        words = tables.input(name, heard.rule)
        text = phrase(words, heard.inputs[name]) if words is not None else ""
        if text and abs(by[place]) >= LEAST and text not in found:
            found[text] = Argument(text, by[place])
    return sorted(found.values(), key=lambda one: -abs(one.moves))[:ARGUMENTS]


def known(heard: Heard, tables: Tables) -> list[str]:
    """What the rule reads, in words: the weightiest first."""
    moved = effects(heard, tables)
    weight = {name: max(abs(one) for one in by) for name, by in moved.items()}
    said: list[str] = []
    for name in sorted(heard.inputs, key=lambda name: -weight.get(name, 0.0)):
        words = tables.input(name, heard.rule)
        text = phrase(words, heard.inputs[name]) if words is not None else ""
        if text and text not in said:
            said.append(text)
    return said[:KNOWN]
