"""The keys of every table of a book: which there are, what each holds, which may be left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allohistory.book import ids
from allohistory.book.calendar import Span, parse_window
from allohistory.book.rows import (
    Key,
    Keys,
    any_text,
    day,
    flag,
    nested,
    number,
    numbers,
    one_of,
    several,
    shaped,
    text,
    text_or_number,
    texts,
    whole,
)
from allohistory.book.tables import (
    EVERY,
    GRADES,
    OUTCOME_KINDS,
    STAGES,
    VARIABLE_TYPES,
    Entity,
    JudgedBits,
    Prior,
    Variant,
)
from allohistory.errors import AllohistoryError

FAMILIES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "normal": (("mean", "sd"),),
    "lognormal": (("median", "sigma"), ("mean", "sd")),
    "beta": (("a", "b"), ("mean", "sd")),
    "uniform": (("low", "high"),),
}
"""The families of priors, and the pairs of numbers that each may be given by."""


def read_prior(value: Any) -> Prior:
    """A prior: its family and one of the pairs of numbers that belong to it."""
    if not isinstance(value, dict):
        raise ValueError('{family = "normal", mean = ..., sd = ...}')
    family = value.get("family")
    if not isinstance(family, str) or family not in FAMILIES:
        raise AllohistoryError("", f'"{family}" is not a family of priors', given=family, possible=FAMILIES)
    given = {name: held for name, held in value.items() if name != "family"}
    if set(given) not in [set(pair) for pair in FAMILIES[family]]:
        pairs = " or ".join(" and ".join(pair) for pair in FAMILIES[family])
        possible = [name for pair in FAMILIES[family] for name in pair]
        odd = next((name for name in given if name not in possible), None)
        raise AllohistoryError("", f"a {family} prior is given by {pairs}", given=odd, possible=possible)
    return Prior(family, {name: number(held) for name, held in given.items()})


def read_window(value: Any) -> Span:
    """A date or a window in quotes."""
    if not isinstance(value, str):
        raise ValueError('a window like "1937-06..1937-12"')
    return parse_window(value, "")


_grade = one_of(*GRADES)
_formerly = Key(texts, ())
_facts = Key(texts, ())
_note = Key(any_text, "")

_MEMBER: Keys = {
    "id": Key(shaped(ids.ENTITY, "posyet-tumen")),
    "title": Key(text),
    "what": _note,
    "formerly": _formerly,
}

_VARIANT: Keys = {
    "id": Key(shaped(ids.VARIANT, "reported-a-day-later")),
    "source": Key(text),
    "took": Key(text_or_number, None),
    "date": Key(day, None),
    "because": _note,
}

_BITS: Keys = {"low": Key(number), "high": Key(number), "because": Key(text)}

SCENARIO: Keys = {
    "title": _note,
    "first_day": Key(day, None),
    "last_week": Key(whole, None),
}

ENTITY_KIND: Keys = {
    "id": Key(shaped(ids.ENTITY, "sector")),
    "what": Key(text),
    "members": Key(several(nested(_MEMBER, "a member", Entity))),
    "formerly": _formerly,
}

FACT: Keys = {
    "id": Key(shaped(ids.FACT, "khalkhin-gol.soviet.casualties")),
    "what": Key(text),
    "value": Key(lambda value: tuple(value) if isinstance(value, list) else value, None),
    "low": Key(number, None),
    "high": Key(number, None),
    "unit": _note,
    "when": Key(lambda value: value.isoformat() if hasattr(value, "isoformat") else any_text(value), ""),
    "where": _note,
    "source": Key(text),
    "url": _note,
    "grade": Key(_grade),
    "note": _note,
    "second_reading": _note,
    "formerly": _formerly,
}

VARIABLE: Keys = {
    "id": Key(shaped(ids.VARIABLE, "ussr.divisions_east")),
    "what": Key(text),
    "unit": Key(text),
    "type": Key(one_of(*VARIABLE_TYPES)),
    "low": Key(number),
    "high": Key(number),
    "start": Key(numbers),
    "per": Key(shaped(ids.ENTITY, "sector"), None),
    "written_by": Key(texts, ()),
    "series": Key(flag, False),
    "group": _note,
    "facts": _facts,
    "because": _note,
    "source": _note,
    "grade": _note,
    "conserved": _note,
    "formerly": _formerly,
}

PARAMETER: Keys = {
    "id": Key(shaped(ids.PARAMETER, "border.incident.per_quarrel")),
    "what": Key(text),
    "unit": Key(text),
    "prior": Key(read_prior),
    "in_words": Key(text),
    "facts": _facts,
    "because": _note,
    "grade": Key(_grade),
    "low": Key(number, None),
    "high": Key(number, None),
    "used_by": Key(texts, ()),
    "second_reading": _note,
    "formerly": _formerly,
}

ENTRY: Keys = {
    "id": Key(shaped(ids.ENTRY, "khasan.night-attack")),
    "date": Key(day),
    "rule": Key(shaped(ids.RULE, "korea-army.attacks")),
    "took": Key(text_or_number),
    "what": Key(text),
    "why": Key(any_text, ""),
    "source": Key(text),
    "grade": Key(_grade),
    "entity": Key(shaped(ids.ENTITY, "posyet-tumen"), None),
    "event": Key(day, None),
    "step": Key(whole, None),
    "occasion": _note,
    "facts": _facts,
    "variants": Key(several(nested(_VARIANT, "a variant", Variant)), ()),
    "second_reading": _note,
    "formerly": _formerly,
}

COVERAGE: Keys = {
    "rule": Key(shaped(ids.RULE, "border.incident")),
    "entity": Key(text, EVERY),
    "from": Key(day),
    "until": Key(day),
    "because": Key(text),
    "facts": _facts,
    "source": _note,
}

POD: Keys = {
    "id": Key(shaped(ids.POD, "no-clash-at-marco-polo")),
    "title": Key(text),
    "what": Key(text),
    "date": Key(day),
    "changes": Key(texts),
    "source": Key(text),
    "movable": Key(read_window, None),
    "facts": _facts,
    "argued_at": _note,
    "judged_bits": Key(nested(_BITS, "judged_bits", JudgedBits), None),
    "group": _note,
    "formerly": _formerly,
}

OUTCOME: Keys = {
    "id": Key(shaped(ids.OUTCOME, "serious_war")),
    "title": Key(text),
    "definition": Key(text),
    "kind": Key(one_of(*OUTCOME_KINDS)),
    "stage": Key(one_of(*STAGES), "first"),
    "options": Key(several(shaped(ids.OPTION, "grown-clash")), ()),
    "unit": _note,
    "score": _note,
    "is": Key(text, None),
    "formerly": _formerly,
}
