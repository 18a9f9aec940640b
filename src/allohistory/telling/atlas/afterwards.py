"""After a peace: who holds the lands that came under others, and what they and their towns are called then.

The tables are [[held]] and [[renamed]] of a sheet's names.toml.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from allohistory.telling.atlas.geography import AFTER, Geography, Held
from allohistory.telling.atlas.situation import AS_AT_FIRST, GIVEN_UP, Reader, Situation

if TYPE_CHECKING:
    from allohistory.timeline.model import Model


def after_peace(
    lands: Geography, situation: Situation, reader: Reader, world: Any
) -> tuple[Geography, Situation]:
    """The same where there is war or has been none; else names and holders as the peace left them."""
    if not reader.peace_made(world):
        return lands, situation
    loser = GIVEN_UP.get(int(reader.value(world, "peace.kind")))
    holders = {place: AS_AT_FIRST if held == loser else held for place, held in situation.holders.items()}
    changed = {}
    for row in lands.held:
        holder = row.holders.get(value_of(reader, world, row))
        if holder is None:
            continue
        changed[row.land] = holder
        holders |= dict.fromkeys(row.places, holder)
    names: dict[str, str] = {}
    for new in lands.renamed:
        if changed.get(new.land) in new.holders:
            names |= new.names
    areas = [replace(area, name=names.get(area.name, area.name)) for area in lands.areas]
    towns = {place: ((AFTER, name),) for place, name in names.items()}
    renamed = replace(lands, areas=tuple(area for area in areas if area.name), names={**lands.names, **towns})
    return renamed, replace(situation, holders=holders)


def value_of(reader: Reader, world: Any, row: Held) -> int:
    """The variable of a row in a world, -1 where the scenario has none."""
    values = reader.values(world, row.variable)
    place = place_of(reader.model, row) if row.entity else 0
    return int(values[place]) if 0 <= place < len(values) else -1


def place_of(model: Model, row: Held) -> int:
    """The number of a row's entity."""
    kind = model.book.variables[row.variable].per if row.variable in model.book.variables else None
    members = [one.id for one in model.book.entity_kinds[kind].members] if kind is not None else []
    return members.index(row.entity) if row.entity in members else -1
