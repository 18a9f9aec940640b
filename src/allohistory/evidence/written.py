"""A timeline written down as if it were the record of a history.

entries = as_record(memory)      the log of the world that has just been run
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from allohistory.timeline.addresses import packed, slot_of
from allohistory.timeline.blueprint import EntryFacts
from allohistory.timeline.memory import Memory

ROUNDED = (
    1e-3  # half the rounding step of a written value: in the rule's unit, or in spreads where those are known
)


def as_record(memory: Memory) -> list[EntryFacts]:
    """The log of the world that has just been run, as the record of a history."""
    c, b = memory.c, memory.blueprint
    entries = []
    for i in range(min(int(c.logged), len(c.log_rule))):
        rule, occasion = b.rule_numbered[int(c.log_rule[i])], int(c.log_occasion[i])
        entries.append(
            EntryFacts(
                id=f"entry.{i}",
                rule=rule.id,
                entity=int(c.log_entity[i]),
                key=occasion >> 21,
                step=occasion & 511,
                week=int(c.log_week[i]),
                day=int(c.log_day[i]),
                took=float(c.log_value[i]),
                half=ROUNDED,
            )
        )
    return entries


def in_spreads(memory: Memory, entries: list[EntryFacts]) -> list[EntryFacts]:
    """The entries just replayed, each shock written to a thousandth of the spread it had: a density, not a band."""
    c, b = memory.c, memory.blueprint
    found = []
    for entry in entries:
        rule = b.rule_of[entry.rule]
        if rule.draws == "shock":
            occasion = (entry.key << 21) | (entry.entity << 9) | entry.step
            address = np.int64(packed(np.int64(rule.number), np.int64(occasion)))  # type: ignore[no-untyped-call]
            slot = int(slot_of(c.ledger_key, address))  # type: ignore[no-untyped-call]
            entry = replace(entry, half=ROUNDED * float(c.ledger_inputs[slot, 1])) if slot >= 0 else entry
        found.append(entry)
    return found
