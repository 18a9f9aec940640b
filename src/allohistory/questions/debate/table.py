"""The arguments about a scenario as they stand in its table: what is said, and the parts that test it.

A claim that cannot be put into parts stands there too, with the reason: `not_testable`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from allohistory.book import ids
from allohistory.book.quantities import parse_quantity
from allohistory.book.rows import (
    Key,
    Keys,
    any_text,
    nested,
    number,
    one_of,
    read_file,
    read_values,
    several,
    shaped,
    text,
)
from allohistory.book.what_if import ClaimPart, OwnClaim
from allohistory.errors import AllohistoryError

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

FOLDER = Path(__file__).resolve().parent
FILE = "claims.toml"


@dataclass(frozen=True)
class Part(ClaimPart):
    """A part with words for a reader: what the quantity is, and what it is compared with."""

    words: str = ""
    against: str = ""


@dataclass(frozen=True)
class Claim(OwnClaim):
    """An argument of the debate.

    reading       how its words are read as numbers, where that is not plain
    narrower      what of it the model does not see
    not_testable  why it cannot be put into parts at all; then it has none
    """

    part: tuple[ClaimPart, ...]
    reading: str = ""
    narrower: str = ""
    not_testable: str = ""


def folder_of(name: str) -> Path:
    """Where the arguments of a scenario stand, and what came of them."""
    return FOLDER / name.replace("-", "_")


def claims_of(model: Model, path: Path | None = None) -> Mapping[str, Claim]:
    """The arguments of a scenario, by id, in the table's order; none where it has no table.

    Raises AllohistoryError for a mistake of form, an id that is taken, or a quantity that cannot be read.
    """
    path = path or folder_of(model.name) / FILE
    if not path.is_file():
        return {}
    found: dict[str, Claim] = {}
    taken = {row.id for row in model.book.rows()}
    for raw in read_file(path, path.name, ("claim",)):
        one = Claim(**read_values(raw.values, _CLAIM, raw.where, "a claim"))
        if one.id in found or one.id in taken:
            raise AllohistoryError(raw.where, f'the id "{one.id}" is taken already', given=one.id, closest="")
        if bool(one.part) == bool(one.not_testable):
            problem = "a claim has parts, or says in not_testable why it can have none"
            raise AllohistoryError(raw.where, problem, given=one.id, closest="")
        for part in one.part:
            for quantity in (part.quantity, part.than):
                if isinstance(quantity, str):
                    parse_quantity(quantity, model.book.outcomes, model.book, model.book_rules, raw.where)
        found[one.id] = one
    return found


def chosen(known: Mapping[str, OwnClaim], names: tuple[str, ...], where: str = "claims") -> tuple[str, ...]:
    """The ids asked for, all where none is; raises AllohistoryError naming the nearest."""
    for name in names:
        if name not in known:
            problem = f'there is no claim "{name}"'
            raise AllohistoryError(
                where, problem, given=name, possible=list(known), see="allohistory claims", status=404
            )
    return names or tuple(known)


def _number_or_text(value: object) -> float | str:
    return text(value) if isinstance(value, str) else number(value)


_PART: Keys = {
    "quantity": Key(text),
    "relation": Key(one_of("<", ">")),
    "than": Key(_number_or_text),
    "margin": Key(number, 0.0),
    "words": Key(any_text, ""),
    "against": Key(any_text, ""),
}
_CLAIM: Keys = {
    "id": Key(shaped(ids.POD, "siberia-deters")),
    "says": Key(text),
    "source": Key(any_text, ""),
    "part": Key(several(nested(_PART, "a claim's part", Part)), ()),
    "reading": Key(any_text, ""),
    "narrower": Key(any_text, ""),
    "not_testable": Key(any_text, ""),
}
