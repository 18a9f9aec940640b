"""docs/limits.md owns up: every rule that history does not cover from first to last week stands there."""

from datetime import date, timedelta

import pytest

import reference
from allohistory.book.open import open_book
from allohistory.book.tables import EVERY, Coverage

FOLDER = reference.ROOT / "src" / "allohistory" / "scenarios" / reference.SCENARIO
LIMITS = (reference.ROOT / "docs" / "limits.md").read_text(encoding="utf-8")


def open_spans(rows, entity, first, last):
    """The spans between two dates in which no coverage speaks of that entity."""
    day, found = first, []
    for row in sorted((row for row in rows if row.covers(entity)), key=lambda row: row.first):
        if row.first > day:
            found.append((day, row.first - timedelta(days=1)))
        day = max(day, row.last + timedelta(days=1))
    return found + ([(day, last)] if day <= last else [])


def uncovered(book, cards):
    """Rules that draw and are not covered over the whole scenario, by id, with the first open span."""
    first, last = book.calendar.first, book.calendar.last
    found = {}
    for card in cards.values():
        rows = [row for row in book.coverage if row.rule == card.id]
        for entity in (book.entities_of(card.per) or (None,)) if card.draws != "nothing" else ():
            spans = open_spans(rows, entity, first, last)
            if spans:
                found.setdefault(card.id, f"{entity or 'it'} is open from {spans[0][0]} to {spans[0][1]}")
    return found


def test_limits__name_every_rule_that_history_does_not_cover():
    book = open_book(FOLDER)
    cards = reference.rule_cards(f"allohistory.scenarios.{reference.SCENARIO}")
    found = {id: why for id, why in uncovered(book, cards).items() if f"`{id}`" not in LIMITS}
    assert not found, "\n".join(
        f"{id}: {why}; cover it, or say why not in docs/limits.md" for id, why in found.items()
    )


def covering(first, last, entity=EVERY):
    return Coverage(rule="r", first=date(*first), last=date(*last), because="", entity=entity)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], [("1931-01-01", "1931-12-31")]),
        ([covering((1931, 1, 1), (1931, 12, 31))], []),
        ([covering((1931, 1, 1), (1931, 6, 30)), covering((1931, 7, 1), (1931, 12, 31))], []),
        ([covering((1931, 3, 1), (1931, 12, 31))], [("1931-01-01", "1931-02-28")]),
        ([covering((1931, 1, 1), (1931, 12, 31), "argun")], [("1931-01-01", "1931-12-31")]),
        ([covering((1930, 1, 1), (1931, 3, 31), "amur")], [("1931-04-01", "1931-12-31")]),
    ],
)
def test_limits__open_spans_are_found(rows, expected):
    found = open_spans(rows, "amur", date(1931, 1, 1), date(1931, 12, 31))
    assert [(str(first), str(last)) for first, last in found] == expected
