"""The form of each kind of id: one id names one thing in the whole scenario."""

from __future__ import annotations

import re

_WORD = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_LATER = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_UNDERSCORES = r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"

RULE = rf"{_WORD}\.{_LATER}"
ENTITY = _WORD
ENTRY = rf"{_WORD}(?:\.{_LATER})+"
POD = _LATER
OUTCOME = _UNDERSCORES
VARIABLE = rf"[a-z][a-z0-9]*\.{_UNDERSCORES}"
PARAMETER = rf"(?:{RULE}|common)\.{_UNDERSCORES}"
FACT = r"[a-z0-9]+(?:[-.]+[a-z0-9]+)*"
OPTION = _LATER
VARIANT = r"[a-z0-9]+(?:[-._][a-z0-9]+)*"

RESERVED_OPTIONS = ("fires", "never", "fired")
"""Words that a change uses; no option of a choice may be called so."""


def has_form(name: str, pattern: str) -> bool:
    """Whether a name has the form of that kind of id."""
    return re.fullmatch(pattern, name) is not None


OCCASION = re.compile(
    r"(?:(?P<entity>[a-z][a-z0-9-]*)@)?(?P<date>\d{4}-\d{2}-\d{2})(?:#(?P<place>\d+)(?:\+16\*(?P<weeks>\d+))?)?"
)
"""An address in text: ``posyet-tumen@1938-07-29#5``; a step may be written ``5+16*2``, two weeks on."""
