"""Questions that people already argue about, one click from the first page: `presets.toml`, read and checked.

A preset is a what-if with a question in words and where it is argued. A wrong key, id or what-if is our own fault,
and a test finds it: reading checks the keys, and every what-if goes through the reader of questions from outside.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter

from allohistory.errors import AllohistoryError, nearest

router = APIRouter(tags=["questions"])

FILE = Path(__file__).parent / "presets.toml"
PLACES = ("forum", "essay", "historians")
WHAT_IF = ("pods", "do", "ask", "from", "luck", "given", "without")


@dataclass(frozen=True)
class Preset:
    """One question of the debate.

    asks     the question in full; why: why people argue about it
    source   where it is argued; place: what kind of place that is
    when     its year, by which presets are sorted
    claim    id of an argument of the debate that belongs to it, or nothing
    what_if  the keys of a what-if file
    """

    id: str
    title: str
    asks: str
    why: str
    source: str
    place: str
    when: str
    what_if: Mapping[str, Any] = field(default_factory=dict)
    claim: str | None = None


@lru_cache(maxsize=1)
def presets() -> tuple[Preset, ...]:
    """All of them, in the order of the file."""
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> tuple[Preset, ...]:
    """The presets of a file; a key that is missing or not known is named with the nearest that is."""
    rows = tomllib.loads(text).get("preset", [])
    found = tuple(_preset(row) for row in rows)
    ids = [one.id for one in found]
    for id in ids:
        if ids.count(id) > 1:
            raise AllohistoryError(f"presets.toml, {id}", "two presets have this id", given=id)
    return found


def _preset(row: Mapping[str, Any]) -> Preset:
    """One row, its keys looked at."""
    where = f"presets.toml, {row.get('id', 'a preset without id')}"
    known = tuple(Preset.__dataclass_fields__)
    for keys, allowed in ((row, known), (row.get("what_if", {}), WHAT_IF)):
        for key in keys:
            if key not in allowed:
                raise AllohistoryError(
                    where,
                    f'"{key}" is no key',
                    given=key,
                    possible=list(allowed),
                    closest=nearest(key, allowed),
                )
    for key in known:
        if key not in row and key not in ("claim", "what_if"):
            raise AllohistoryError(where, f'"{key}" is missing', given=None)
    if row["place"] not in PLACES:
        raise AllohistoryError(
            where, f'"{row["place"]}" is no kind of place', given=row["place"], possible=list(PLACES)
        )
    return Preset(**row)


@router.get("/presets")
def all_presets() -> dict[str, Any]:
    """Questions from real debates, each with its what-if, for the first page."""
    return {"items": [asdict(one) for one in presets()]}
