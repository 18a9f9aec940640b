"""The keys of the tables of book/theatre: which there are, what each holds, which may be left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day
from typing import Any

from allohistory.book import ids
from allohistory.book.rows import (
    Key,
    Keys,
    any_text,
    flag,
    nested,
    number,
    one_of,
    several,
    shaped,
    text,
    texts,
    whole,
)
from allohistory.book.tables import GRADES

SIDES = ("soviet", "japanese")
HOLDERS = (*SIDES, "none")
KINDS = ("city", "town", "junction", "port", "pass", "post")
MODES = ("rail", "road", "river", "sea", "air")
AGAINST = ("japanese", "finnish")
MONTHS = 12


@dataclass(frozen=True)
class Falls:
    """A place beside the axes falls when the line on that front passes so many kilometres."""

    front: str
    km: float


def _dated(value: Any) -> Mapping[int, float]:
    wanted = "figures by year, {1931 = 12, 1936 = 18}"
    if not isinstance(value, dict) or not value:
        raise ValueError(wanted)
    if not all(year.isdigit() and len(year) == 4 for year in value):
        raise ValueError(wanted)
    return {int(year): number(figure) for year, figure in value.items()}


def _date(value: Any) -> str:
    form = value.isoformat() if isinstance(value, Day) else text(value)
    parts = form.split("-")
    if not (1 <= len(parts) <= 3 and len(parts[0]) == 4 and all(part.isdigit() for part in parts)):
        raise ValueError('a date like "1939" or "1939-11"')
    if len(parts) > 1 and not 1 <= int(parts[1]) <= MONTHS:
        raise ValueError("a month from 01 to 12")
    return form


_place = shaped(ids.ENTITY, "bayan-tumen")
_sourced: Keys = {"source": Key(text), "url": Key(any_text, ""), "grade": Key(one_of(*GRADES))}
_facts: Keys = {"facts": Key(texts, ())}
_falls: Keys = {"front": Key(_place), "km": Key(number)}

PLACE: Keys = {
    "id": Key(_place),
    "title": Key(text),
    "what": Key(text),
    "lat": Key(number),
    "lon": Key(number),
    "holder": Key(one_of(*HOLDERS)),
    "japanese_from": Key(_date, ""),
    "kind": Key(one_of(*KINDS)),
    "population": Key(number),
    "port": Key(whole),
    "ice": Key(several(whole), ()),
    "industry": Key(whole),
    "core": Key(flag, False),
    "fortress": Key(any_text, ""),
    "falls": Key(nested(_falls, "falls", Falls), None),
    **_sourced,
}

LINK: Keys = {
    "id": Key(shaped(r"[a-z]+\.[a-z0-9-]+", "rail.chita--karymskaya")),
    "from": Key(_place),
    "to": Key(_place),
    "mode": Key(one_of(*MODES)),
    "km": Key(number),
    "opened": Key(_date, ""),
    "gauge": Key(whole, 0),
    "tracks": Key(_dated, {}),
    "pairs": Key(_dated, {}),
    "net_tons": Key(number, 0.0),
    "tons": Key(number, 0.0),
    "going": Key(any_text, ""),
    "programme": Key(one_of(*HOLDERS), "none"),
    "pass": Key(any_text, ""),
    "crossing": Key(any_text, ""),
    "season": Key(any_text, ""),
    "beside": Key(any_text, ""),
    "border_km": Key(number, 0.0),
    "note": Key(any_text, ""),
    **_facts,
    **_sourced,
}

AXIS: Keys = {
    "id": Key(_place),
    "what": Key(text),
    "places": Key(several(_place)),
    "km": Key(several(number)),
    "ground": Key(several(whole)),
    "cover": Key(several(whole)),
    "going": Key(several(number)),
    "rivers": Key(several(_place), ()),
    "soviet_sources": Key(several(_place)),
    "japanese_sources": Key(several(_place)),
    "against": Key(one_of(*AGAINST), "japanese"),
    "by_water": Key(flag, False),
    "note": Key(any_text, ""),
    "source": Key(text),
    "grade": Key(one_of(*GRADES)),
}

WORKS: Keys = {
    "id": Key(_place),
    "front": Key(_place),
    "side": Key(one_of(*SIDES)),
    "what": Key(text),
    "near": Key(number),
    "far": Key(number),
    "place": Key(any_text, ""),
    "strength": Key(_dated),
    **_facts,
    **_sourced,
}

RAILHEAD: Keys = {
    "id": Key(_place),
    "front": Key(_place),
    "side": Key(one_of(*SIDES)),
    "from": Key(whole),
    "place": Key(_place),
    "km": Key(number),
    "by": Key(any_text, ""),
    "what": Key(text),
    **_facts,
    "source": Key(text),
    "grade": Key(one_of(*GRADES)),
}
