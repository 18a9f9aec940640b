"""An answer as JSON text and back: unlike the answer's public JSON, nothing is rounded and nothing is left out.

Records are written with their class's name, which must be one of those below; numbers keep every bit.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from allohistory.book.tables import Outcome
from allohistory.book.what_if import ClaimPart, OwnClaim
from allohistory.questions.answer import Answer
from allohistory.questions.question import Question
from allohistory.results import schema

FORM = 1  # of what is kept: another form is not read
CLASSES = {
    one.__name__: one
    for one in (
        *(held for held in vars(schema).values() if isinstance(held, type) and is_dataclass(held)),
        Answer,
        ClaimPart,
        Outcome,
        OwnClaim,
        Question,
    )
}
LEFT_OUT = "_work"


def text_of(answer: Answer) -> str:
    """The text of an answer."""
    return json.dumps({"form": FORM, "answer": written(answer)}, ensure_ascii=False)


def answer_in(text: str) -> Answer | None:
    """The answer in a text; None where it is none that this version wrote."""
    try:
        held = json.loads(text)
        if held["form"] != FORM:
            return None
        found = read(held["answer"])
    except (ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, Answer) else None


def written(value: Any) -> Any:
    """A value as JSON holds it; what is no plain value is a list that begins with its kind."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return float(value) if isinstance(value, float) else int(value)
    if isinstance(value, dt.date):
        return ["date", value.isoformat()]
    if is_dataclass(value) and not isinstance(value, type):
        names = [item.name for item in fields(value) if item.name != LEFT_OUT]
        return ["record", type(value).__name__, {name: written(getattr(value, name)) for name in names}]
    if isinstance(value, Mapping):
        return ["mapping", [[written(key), written(item)] for key, item in value.items()]]
    if isinstance(value, tuple):
        return ["tuple", [written(item) for item in value]]
    if isinstance(value, list):
        return ["list", [written(item) for item in value]]
    if isinstance(value, frozenset | set):
        return ["set", sorted(written(item) for item in value)]
    if hasattr(value, "item"):  # a NumPy scalar
        return written(value.item())
    raise TypeError(f"an answer holds a {type(value).__name__}")


def read(held: Any) -> Any:
    """The value again."""
    if not isinstance(held, list):
        return held
    kind, *rest = held
    if kind == "record":
        name, values = rest
        made = {key: read(item) for key, item in values.items()}
        return CLASSES[name](**made, **({LEFT_OUT: None} if name == Answer.__name__ else {}))
    if kind == "mapping":
        return {read(key): read(item) for key, item in rest[0]}
    if kind == "date":
        return dt.date.fromisoformat(rest[0])
    made_of = {"tuple": tuple, "list": list, "set": frozenset}[kind]
    return made_of(read(item) for item in rest[0])
