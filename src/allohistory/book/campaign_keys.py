"""The keys of a campaign's tables: which there are, what each holds, which may be left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from allohistory.book.rows import Key, Keys, any_text, day, number, one_of, text, texts, whole
from allohistory.book.tables import GRADES

ORDERS = ("withdraw", "hold", "attack")
SIDES = ("soviet", "japanese")
AMOUNTS = ("losses", "prisoners", "advance")
TRUTHS = ("won", "gains", "landing")
QUANTITIES = (*AMOUNTS, "day", *TRUTHS)


def _weeks(value: Any) -> tuple[int, int]:
    match value:
        case [int(first), int(last)] if 1 <= first <= last:
            return first, last
    raise ValueError("[first, last] week of the campaign, counted from 1")


def _value(value: Any) -> float | date:
    return value if isinstance(value, date) else number(value)


_because, _grade, _side = Key(text), Key(one_of(*GRADES)), one_of(*SIDES)
_number, _maybe = Key(number), Key(number, None)

CAMPAIGN: Keys = {
    "id": Key(text),
    "title": Key(text),
    "what": Key(text),
    "from": Key(day),
    "until": Key(day),
    "monday": Key(day, None),
    "opener": Key(_side),
    "surprise": Key(whole),
    "weather": Key(any_text, ""),
    "told": Key(day, None),
}
FRONT: Keys = {"id": Key(text), "km": _number, "because": _because}
ARMY: Keys = {
    "id": Key(text),
    **dict.fromkeys(("men", "guns", "tanks", "worth", "works", "days"), _number),
    "railhead": _maybe,
    "because": _because,
    "source": Key(text),
    "grade": _grade,
}
ARRIVAL: Keys = {
    "army": Key(text),
    "week": Key(whole),
    **dict.fromkeys(("men", "guns", "tanks"), _number),
    "because": _because,
}
ORDER: Keys = {"army": Key(text), "weeks": Key(_weeks), "order": Key(one_of(*ORDERS))}
WORKS: Keys = {"army": Key(text), "weeks": Key(_weeks), "works": _number, "because": _because}
LANDING: Keys = {
    "operation": Key(text),
    "week": Key(whole),
    **dict.fromkeys(("men", "against", "worth", "worth_against"), _number),
    "pool": Key(number, 0.0),
    "because": _because,
}
BOTH: Keys = {"soviet": _number, "japanese": _number, "because": _because}
FIGURE: Keys = {
    "id": Key(text),
    "what": Key(text),
    "quantity": Key(one_of(*QUANTITIES)),
    "armies": Key(texts, ()),
    **{name: Key(text, None) for name in ("front", "place", "operation")},
    "side": Key(_side, None),
    "km": _maybe,
    "week": Key(whole, None),
    "at": Key(day, None),
    "value": Key(_value),
    "low": Key(_value, None),
    "high": Key(_value, None),
    "used_in_fit": Key(text),
    "source": Key(text),
    "grade": _grade,
}
TABLES: Mapping[str, Keys] = {
    "campaign": CAMPAIGN,
    "front": FRONT,
    "army": ARMY,
    "arrival": ARRIVAL,
    "order": ORDER,
    "works": WORKS,
    "landing": LANDING,
    "air": BOTH,
    "trucks": BOTH,
    "figure": FIGURE,
}
NEEDS: Mapping[str, tuple[str, ...]] = {
    "losses": ("at",),
    "prisoners": ("armies", "at"),
    "advance": ("front", "side", "at"),
    "day": ("side",),
    "won": ("front", "side", "week"),
    "gains": ("front", "side", "km", "at"),
    "landing": ("operation", "side", "place", "at"),
}
KINDS = {"army": "army", "armies": "army", "front": "front", "operation": "operation", "place": "place"}
"""Which kind of entity each key names."""
