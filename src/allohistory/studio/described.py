"""The interface described for machines (OpenAPI): what a question may hold, what comes back, the shape of an error."""

from __future__ import annotations

from typing import Any

from allohistory.book.rows import REQUIRED
from allohistory.book.what_if import WHAT_IF
from allohistory.studio.reading import FORMS

Schema = dict[str, Any]
WORDS: Schema = {"type": "string", "minLength": 1}
LIST: Schema = {"oneOf": [WORDS, {"type": "array", "items": WORDS}]}
TABLE: Schema = {"type": "object"}
ROWS: Schema = {"type": "array", "items": TABLE}

KEYS: dict[str, Schema] = {
    "what_if": {"type": "integer", "const": 1, "description": "the form of this body"},
    "title": WORDS,
    "scenario": WORDS,
    "pods": {**LIST, "description": "ids of points of divergence, `ID@DATE` where one may move"},
    "do": {**LIST, "description": "changes of one's own: TARGET[ENTITY]@WHEN=VALUE"},
    "from": {**WORDS, "description": "the date on which luck is freed"},
    "luck": {"enum": ["fresh", "same"]},
    "coupling": {"enum": ["gumbel", "monotone", "maximal", "redraw"]},
    "clocks": {"enum": ["week", "redraw"]},
    "given": {**WORDS, "description": "count only timelines in which this holds"},
    "without": {**WORDS, "description": "count only timelines in which this does not hold"},
    "ask": {**LIST, "description": "outcomes, or expressions over them"},
    "timelines": {"type": "integer", "minimum": 1},
    "precision": {"type": "number", "minimum": 0.0005, "maximum": 0.5},
    "draws": {"type": "integer", "minimum": 1},
    "seed": {"type": "integer", "minimum": 0, "maximum": 4294967295},
    "priors": TABLE,
    "variants": TABLE,
    "outcome": {**ROWS, "description": "outcomes of one's own: id, title, is"},
    "claim": {**ROWS, "description": "claims of one's own, judged beside"},
    "largest": {
        "type": "integer",
        "minimum": 1,
        "maximum": 4,
        "description": "divergences in the largest sets",
    },
    "among": {**LIST, "description": "try only these divergences"},
    "judged": {"type": "boolean", "description": "try also what lies outside the rules"},
    "bits": {"type": "number", "description": "try no sets of several beyond so much surprise"},
    "minutes": {"type": "number", "exclusiveMinimum": 0},
    "by": {**LIST, "description": "milestones on the way to a rare outcome, the rarest last"},
    "at": {**LIST, "description": "dates at which the world's state is read"},
}

MISTAKE: Schema = {
    "type": "object",
    "required": ["ok", "status", "error", "where", "given", "possible", "closest", "see"],
    "properties": {
        "ok": {"const": False},
        "status": {"type": "integer"},
        "error": {"type": "string"},
        "where": {"type": "string"},
        "given": {"type": ["string", "null"]},
        "possible": {"type": "array", "items": {"type": "string"}},
        "closest": {"type": ["string", "null"]},
        "see": {"type": ["string", "null"]},
    },
}
EVERYWHERE = {
    400: "malformed: no JSON object, a foreign kind of content",
    403: "a foreign host or origin",
    413: "more bytes than a question may have",
    422: "a bad id, date, value or change; `closest` is the nearest valid thing",
}
OF_JOBS = {404: "there is no such job", 409: "the job is gone; ask again"}
OF_QUESTIONS = {429: "too many questions of yours are under way", 503: "too many questions are waiting"}


def asked_of(kind: str) -> Schema:
    """The body of a question of this kind."""
    form = FORMS[kind]
    names = [*form.keys, *form.options]
    required = [name for name in form.keys if WHAT_IF[name].default is REQUIRED] + (
        ["ask"] if form.one else []
    )
    schema = {
        "type": "object",
        "required": required,
        "additionalProperties": False,
        "properties": {name: KEYS[name] for name in names},
    }
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def found_of(what: str) -> dict[int | str, Schema]:
    """What can come back."""
    statuses = {**EVERYWHERE, **(OF_QUESTIONS if what in FORMS else OF_JOBS)}
    return {status: mistake(words) for status, words in statuses.items()}


def mistake(words: str) -> Schema:
    """An error's description."""
    return {"description": words, "content": {"application/json": {"schema": MISTAKE}}}
