"""The body of a request: JSON, read strictly. What is no JSON is refused with 400, before anything looks at it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from fastapi import Request

from allohistory.errors import AllohistoryError

WHERE = "the request's body"
DEEPEST = 40  # tables in tables in lists


async def read(request: Request) -> Mapping[str, Any]:
    """The object in a request's body; raises AllohistoryError (400) for anything else."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        problem = "a question comes as Content-Type: application/json"
        raise AllohistoryError(WHERE, problem, given=kind or None, closest="application/json", status=400)
    return object_in(await request.body())


def object_in(data: bytes) -> Mapping[str, Any]:
    """The JSON object in these bytes."""
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise malformed("it is not written in UTF-8") from None
    except json.JSONDecodeError as mistake:
        raise malformed(f"{mistake.msg} (line {mistake.lineno}, column {mistake.colno})") from None
    except RecursionError:
        raise malformed("it is nested too deeply") from None
    except ValueError as mistake:  # a whole number of thousands of digits, for one
        raise malformed(str(mistake)) from None
    if not isinstance(value, Mapping):
        raise malformed("it is no object: { ... }")
    _look_through(value, 0)
    return value


def malformed(problem: str) -> AllohistoryError:
    """What is no JSON of ours."""
    return AllohistoryError(WHERE, f"not readable as JSON: {problem}", status=400)


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'the key "{_shown(twice)}" stands there twice')
    return found


def _look_through(value: Any, depth: int) -> None:
    """Refuse what no later part could bear: halves of characters, tables without end, numbers without end."""
    if depth > DEEPEST:
        raise malformed("it is nested too deeply")
    if isinstance(value, str):
        if any("\ud800" <= letter <= "\udfff" or letter == "\0" for letter in value):
            raise malformed("it holds half a character, or none")
    elif isinstance(value, Mapping):
        for name, held in value.items():
            _look_through(name, depth)
            _look_through(held, depth + 1)
    elif isinstance(value, list):
        for held in value:
            _look_through(held, depth + 1)
    elif isinstance(value, float) and value in (float("inf"), float("-inf")):
        raise malformed("a number is too large")


def _shown(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")[:40]
