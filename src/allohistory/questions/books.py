"""The same scenario with another reading of the record, or with a user's own priors: a model built anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from allohistory.book.priors import overrides
from allohistory.book.tables import Book, Entry
from allohistory.errors import AllohistoryError

if TYPE_CHECKING:
    from allohistory.questions.question import Question
    from allohistory.timeline.model import Model


def model_for(question: Question) -> Model:
    """The scenario of a question, with its variants in place; its priors too, where parameters are drawn anew."""
    from allohistory.timeline.model import load

    model = load(question.scenario)
    held = question.priors if question.drawn_anew else {}
    if not question.variants and not held:
        return model
    priors = tuple((name, tuple(sorted(numbers.items()))) for name, numbers in sorted(held.items()))
    return _built(question.scenario, tuple(sorted(question.variants.items())), priors)


@lru_cache(maxsize=8)
def _built(
    scenario: str,
    variants: tuple[tuple[str, str], ...],
    priors: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...],
) -> Model:
    from allohistory.timeline.model import build, load
    from allohistory.timeline.rule import scenario_of

    model = load(scenario)
    book = with_variants(model.book, dict(variants))
    if priors:
        held = overrides(book, {name: dict(numbers) for name, numbers in priors}, "[priors]")
        changed = {name: replace(book.parameters[name], prior=prior) for name, prior in held.items()}
        book = replace(book, parameters={**book.parameters, **changed})
    package = scenario_of(next(iter(model.rules.values())).card.module)
    built = build(scenario, package, model.folder, book)
    # The files are the same, and so is how another process loads them; the question says what is read otherwise.
    built.__dict__["digest"] = model.digest
    built.__dict__["loaded_by"] = model.__dict__.get("loaded_by")
    return built


def with_variants(book: Book, variants: Mapping[str, str]) -> Book:
    """The book with the named entries in their other reading; raises AllohistoryError for an unknown one."""
    entries = dict(book.entries)
    for name, variant in variants.items():
        entry = book.find(book.entries, name, "[variants]", "record entry", "allohistory record")
        entries[entry.id] = read_otherwise(entry, variant)
    return replace(book, entries=entries)


def read_otherwise(entry: Entry, variant: str) -> Entry:
    """One entry in another reading that its sources support."""
    for one in entry.variants:
        if one.id == variant:
            took = entry.took if one.took is None else one.took
            return replace(entry, took=took, date=one.date or entry.date)
    possible = [one.id for one in entry.variants]
    problem = f'{entry.id} has no variant "{variant}"' if possible else f"{entry.id} has no variants"
    raise AllohistoryError("[variants]", problem, given=variant, possible=possible)
