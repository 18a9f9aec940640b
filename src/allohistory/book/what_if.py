"""A question kept in a file: what-if TOML, or the same keys as JSON, read and checked against a book.

Keys that the file leaves out stay None, so that the caller's defaults and the command line's options apply.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from allohistory.book import ids
from allohistory.book.changes import parse_change
from allohistory.book.expressions import parse_expression
from allohistory.book.priors import overrides
from allohistory.book.quantities import parse_quantity
from allohistory.book.resolve import find_pod, resolve_all
from allohistory.book.rows import (
    Key,
    Keys,
    any_text,
    nested,
    number,
    one_of,
    read_values,
    several,
    shaped,
    text,
    whole,
)
from allohistory.book.tables import Book, Outcome, Rules
from allohistory.errors import AllohistoryError

FORM = 1
SEE = "allohistory ask --help"


@dataclass(frozen=True)
class ClaimPart:
    """One inequality of a claim: quantity, relation, number or quantity, and the least margin."""

    quantity: str
    relation: str
    than: str | float
    margin: float = 0.0


@dataclass(frozen=True)
class OwnClaim:
    """A claim that a what-if file brings along."""

    id: str
    says: str
    part: tuple[ClaimPart, ...]
    source: str = ""
    title: str = ""


@dataclass(frozen=True)
class WhatIf:
    """What a what-if file asks; None and empty where it says nothing.

    from_     the date on which luck is freed, as written
    priors    the user's own priors, numbers by parameter
    variants  the reading chosen of each entry
    outcomes  the outcomes that the file defines itself
    named     the keys that the file gave
    """

    title: str | None = None
    scenario: str | None = None
    pods: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    from_: str | None = None
    luck: str | None = None
    coupling: str | None = None
    clocks: str | None = None
    given: str | None = None
    without: str | None = None
    ask: tuple[str, ...] = ()
    timelines: int | None = None
    precision: float | None = None
    draws: int | None = None
    seed: int | None = None
    priors: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    variants: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    claims: tuple[OwnClaim, ...] = ()
    named: tuple[str, ...] = ()


def read_what_if(
    source: Path | str | Mapping[str, Any],
    book: Book,
    rules: Rules | None = None,
    *,
    where: str | None = None,
) -> WhatIf:
    """Read a what-if file, or its content as JSON gives it, and check it against the book.

    With the rules at hand the changes are resolved too, and tested for clashes.
    """
    place = where or (Path(source).name if isinstance(source, (Path, str)) else "what-if")
    content = source if isinstance(source, Mapping) else _load(Path(source), place)
    _check_form(content, place)
    values = read_values(content, WHAT_IF, place, "a what-if file")
    own = _own_outcomes(values["outcome"], book, place)
    _check_changes(values["pods"], values["do"], book, rules, place)
    if values["from"] is not None:
        book.calendar.day(values["from"], f"{place}: from")
    known = {**book.outcomes, **own}
    _check_expressions(values, known, book, place)
    _check_claims(values["claim"], known, book, rules, place)
    return WhatIf(
        **{name: values[name] for name in _SAME},
        from_=values["from"],
        priors=_own_priors(values["priors"], book, f"{place}: priors"),
        variants=_own_variants(values["variants"], book, f"{place}: variants"),
        outcomes=own,
        claims=values["claim"],
        named=tuple(name for name in content if name != "what_if"),
    )


def _load(path: Path, place: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as mistake:
        raise AllohistoryError(place, f"the file cannot be read: {mistake}", given=path) from None
    except tomllib.TOMLDecodeError as mistake:
        raise AllohistoryError(place, f"not readable as TOML: {mistake}") from None


def _check_form(content: Mapping[str, Any], place: str) -> None:
    form = content.get("what_if")
    if form is None:
        raise AllohistoryError(
            place, f"a what-if file begins with what_if = {FORM}", possible=["what_if = 1"]
        )
    if isinstance(form, bool) or form != FORM:
        problem = f"it is of form {form}; this version reads form {FORM}"
        raise AllohistoryError(place, problem, given=form, possible=[str(FORM)])


def _own_outcomes(given: tuple[Outcome, ...], book: Book, place: str) -> dict[str, Outcome]:
    """The file's own outcomes: new ids, each defined by an expression of the known ones."""
    own: dict[str, Outcome] = {}
    taken = {row.id for row in book.rows()}
    for outcome in given:
        if outcome.id in taken or outcome.id in own:
            problem = f'the id "{outcome.id}" is taken already'
            raise AllohistoryError(f"{place}: outcome", problem, given=outcome.id)
        own[outcome.id] = outcome
    for outcome in own.values():
        parse_expression(
            outcome.id,
            {**book.outcomes, **own},
            calendar=book.calendar,
            where=f"{place}: outcome",
            former_ids=book.former_ids,
        )
    return own


def _check_changes(
    pods: Iterable[str], do: tuple[str, ...], book: Book, rules: Rules | None, place: str
) -> None:
    names = tuple(pods)
    if rules is not None:
        resolve_all(do, book, rules, pods=names, where=f"{place}: do", where_pods=f"{place}: pods")
        return
    for name in names:
        find_pod(name, book, f"{place}: pods")
    for change in do:
        parse_change(change, f"{place}: do")


def _check_expressions(
    values: Mapping[str, Any], known: Mapping[str, Outcome], book: Book, place: str
) -> None:
    """Asked, given and without are expressions; an outcome of any kind may be asked for by its bare id."""
    asked = [("ask", one) for one in values["ask"] if book.current(one) not in known]
    conditions = [(name, values[name]) for name in ("given", "without") if values[name] is not None]
    for name, one in [*asked, *conditions]:
        where = f"{place}: {name}"
        parse_expression(one, known, calendar=book.calendar, where=where, former_ids=book.former_ids)


def _check_claims(
    claims: tuple[OwnClaim, ...], known: Mapping[str, Outcome], book: Book, rules: Rules | None, place: str
) -> None:
    """Every quantity of every claim can be read, and no two claims share an id."""
    for claim in claims:
        where = f"{place}: claim {claim.id}"
        if [other.id for other in claims].count(claim.id) > 1:
            raise AllohistoryError(where, f'two claims are called "{claim.id}"', given=claim.id, closest="")
        if not claim.part:
            raise AllohistoryError(
                where, "a claim has at least one [[claim.part]]", given=claim.id, closest=""
            )
        for part in claim.part:
            for text_of in (part.quantity, part.than):
                if isinstance(text_of, str):
                    parse_quantity(text_of, known, book, rules, where)


def _own_priors(given: Mapping[str, Any], book: Book, where: str) -> dict[str, Mapping[str, Any]]:
    """The user's priors by the parameter's present id; ``[priors]`` may be written with or without quotes."""
    flat = flattened(given, of_tables=True)
    overrides(book, flat, where)
    return {book.current(name): held for name, held in flat.items()}


def _own_variants(given: Mapping[str, Any], book: Book, where: str) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for name, variant in flattened(given, of_tables=False).items():
        entry = book.find(book.entries, name, where, "record entry", "allohistory record")
        possible = [held.id for held in entry.variants]
        if variant not in possible:
            problem = f'{entry.id} has no variant "{variant}"' if possible else f"{entry.id} has no variants"
            raise AllohistoryError(where, problem, given=variant, possible=possible)
        chosen[entry.id] = variant
    return chosen


def flattened(table: Mapping[str, Any], *, of_tables: bool, before: str = "") -> dict[str, Any]:
    """Dotted keys made whole: without quotes TOML reads ``border.incident.base = ...`` as tables in tables.

    of_tables  whether what a key holds is a table itself, as a prior is
    """
    flat: dict[str, Any] = {}
    for name, held in table.items():
        inside = isinstance(held, Mapping) and any(isinstance(part, Mapping) for part in held.values())
        if isinstance(held, Mapping) and (inside or not of_tables):
            flat.update(flattened(held, of_tables=of_tables, before=f"{before}{name}."))
        else:
            flat[f"{before}{name}"] = held
    return flat


def _date_text(value: Any) -> str:
    """A date, bare or in quotes, as text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return text(value)


def _one_or_more(value: Any) -> tuple[str, ...]:
    """One string or a list of strings."""
    return (text(value),) if isinstance(value, str) else several(text)(value)


def _positive(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError("a whole number, 1 or more")
    return value


def _table(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError("a table")
    return value


def _number_or_text(value: Any) -> float | str:
    return text(value) if isinstance(value, str) else number(value)


def _outcome(**values: Any) -> Outcome:
    title, definition = values["title"], values["definition"]
    words = definition or f"{title}: {values['is']}"
    return Outcome(id=values["id"], title=title, definition=words, kind="yes", derived=values["is"])


_OUTCOME: Keys = {
    "id": Key(shaped(ids.OUTCOME, "early_war")),
    "title": Key(text),
    "is": Key(text),
    "definition": Key(any_text, ""),
}

_PART: Keys = {
    "quantity": Key(text),
    "relation": Key(one_of("<", ">")),
    "than": Key(_number_or_text),
    "margin": Key(number, 0.0),
}

_CLAIM: Keys = {
    "id": Key(shaped(ids.POD, "siberia-deters")),
    "says": Key(text),
    "part": Key(several(nested(_PART, "a claim's part", ClaimPart))),
    "source": Key(any_text, ""),
    "title": Key(any_text, ""),
}

WHAT_IF: Keys = {
    "what_if": Key(whole),
    "title": Key(text, None),
    "scenario": Key(text, None),
    "pods": Key(_one_or_more, ()),
    "do": Key(_one_or_more, ()),
    "from": Key(_date_text, None),
    "luck": Key(one_of("same", "fresh"), None),
    "coupling": Key(one_of("gumbel", "monotone", "maximal", "redraw"), None),
    "clocks": Key(one_of("week", "redraw"), None),
    "given": Key(text, None),
    "without": Key(text, None),
    "ask": Key(_one_or_more, ()),
    "timelines": Key(_positive, None),
    "precision": Key(number, None),
    "draws": Key(_positive, None),
    "seed": Key(whole, None),
    "priors": Key(_table, {}),
    "variants": Key(_table, {}),
    "outcome": Key(several(nested(_OUTCOME, "an outcome", _outcome)), ()),
    "claim": Key(several(nested(_CLAIM, "a claim", OwnClaim)), ()),
}

_SAME = (
    "title",
    "scenario",
    "pods",
    "do",
    "luck",
    "coupling",
    "clocks",
    "given",
    "without",
    "ask",
    "timelines",
    "precision",
    "draws",
    "seed",
)
