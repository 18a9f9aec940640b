"""Replay: run the record itself, ask whether every entry comes back, and what the rules thought of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from allohistory.timeline.blueprint import Blueprint, EntryFacts
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, Plan
from allohistory.timeline.shape import LOG

REASONS = {
    1: "no option was open, or a utility is not a number",
    2: "an event ran on beyond the steps that an address can hold",
    3: "the record says what the rules hold impossible",
    4: "an occasion arose that the record covers without an entry, and its rule has no silent option",
    5: "more recorded occasions arose than the ledger can hold",
    6: "a hazard, mean or spread is not a number",
    7: "a variable left its range",
    8: "the week asks the same draw twice at one address",
    9: "a hazard lies above the ceiling that its clock declares",
}


@dataclass(frozen=True)
class Missing:
    """An entry that did not come back: what the record says, and what the world had instead (None: no occasion)."""

    id: str
    expected: float
    got: float | None


@dataclass(frozen=True)
class Replayed:
    """A factual world of one parameter draw.

    log_likelihood   natural log of the probability that the rules gave the record, in all, by rule and by year
    trouble          why the world was set aside, in words, or None
    """

    entries: int
    returned: int
    missing: tuple[Missing, ...]
    log_likelihood: float
    by_rule: dict[str, float] = field(default_factory=dict)
    by_year: dict[int, float] = field(default_factory=dict)
    chances: dict[str, float] = field(default_factory=dict)
    trouble: str | None = None


def replay(blueprint: Blueprint, draw: int = 0, memory: Memory | None = None) -> Replayed:
    """Replay the record under one row of the kept table."""
    memory = memory or Memory(blueprint)
    memory.load_plan(Plan(horizon=END))
    memory.c.logging = 1
    memory.load_draw(draw)
    memory.c.logging = 0
    return read(blueprint, memory)


def read(blueprint: Blueprint, memory: Memory) -> Replayed:
    """What the memory holds after a replay with the log on."""
    c = memory.c
    found = logged_values(memory)
    missing = []
    chances = {}
    for entry in blueprint.entries:
        value, chance = found.get(address_of(blueprint, entry), (None, float("nan")))
        chances[entry.id] = chance
        if value is None or value != entry.took:
            missing.append(Missing(entry.id, entry.took, value))
    by_rule = {rule.id: float(c.log_likelihood_of[rule.number]) for rule in blueprint.drawn}
    years = sorted({int(year) for year in blueprint.year_of})
    by_year = {year: float(c.log_likelihood_in[year - years[0]]) for year in years}
    return Replayed(
        entries=len(blueprint.entries),
        returned=len(blueprint.entries) - len(missing),
        missing=tuple(missing),
        log_likelihood=float(c.log_likelihood),
        by_rule=by_rule,
        by_year=by_year,
        chances=chances,
        trouble=trouble(blueprint, memory),
    )


def address_of(blueprint: Blueprint, entry: EntryFacts) -> tuple[int, int]:
    """(rule number, occasion) of an entry."""
    occasion = (entry.key << 21) | (entry.entity << 9) | entry.step
    return blueprint.rule_of[entry.rule].number, occasion


def logged_values(memory: Memory) -> dict[tuple[int, int], tuple[float, float]]:
    """(rule number, occasion) -> (value, chance) of every event in the log."""
    c, n = memory.c, min(int(memory.c.logged), LOG)
    return {
        (int(c.log_rule[i]), int(c.log_occasion[i])): (float(c.log_value[i]), float(c.log_chance[i]))
        for i in range(n)
    }


def trouble(blueprint: Blueprint, memory: Memory) -> str | None:
    """Why the last world was set aside, in words; None where it was not."""
    c = memory.c
    if c.aside == 0:
        return None
    reason = REASONS.get(int(c.aside), "unknown reason")
    week = int(c.aside_week)
    if int(c.aside) == 7:
        position = int(c.aside_entity)
        for variable in blueprint.variables:
            first, count = blueprint.variable_place[variable.id]
            if first <= position < first + count:
                value = float(np.asarray(memory.world_numbers)[position])
                entity = f"[{variable.entities[position - first]}]" if variable.entities != ("",) else ""
                held = f"{variable.low:g} to {variable.high:g}"
                return f"{reason}: {variable.id}{entity} = {value:g} in week {week} ({held})"
    rule = blueprint.rule_numbered.get(int(c.aside_rule))
    entity = rule.entities[int(c.aside_entity)] if rule and rule.entities != ("",) else ""
    return f"{reason}: {rule.id if rule else '?'}{f'[{entity}]' if entity else ''} in week {week}"
