"""The kept pages of free luck: made of what was measured, and whole as they stand in docs/."""

from __future__ import annotations

import pytest

import kept_tables
from allohistory.cli.show_claims import verdict
from allohistory.questions.debate import kept as debate
from allohistory.questions.debate.table import claims_of
from allohistory.questions.outcome_tables import outcome_tables
from allohistory.questions.sanity_sheet import Unread, put_together, subjects_of
from allohistory.telling.grammar import Grammar
from allohistory.timeline.model import load
from smallwar_model import small_model


@pytest.fixture(scope="module")
def tables():
    return outcome_tables(small_model(), timelines=200, workers=1)


def test_the_overview_has_a_row_an_outcome_and_a_column_a_day(tables):
    lines = kept_tables.overview(tables).splitlines()
    rows = [line for line in lines if line.startswith("| ")][2:]
    assert len(rows) == len(tables[0].rows)
    assert all(row.count("|") == 2 + len(tables) for row in rows)
    assert "| from 1931 | after the first clash |" in "\n".join(lines)


def test_a_day_says_how_likely_and_what_comes_before(tables):
    text = kept_tables.rows_of(tables[0], Grammar(small_model()))
    war = next(line for line in text.splitlines() if line.startswith("| War |"))
    assert "The capital strikes over any sector 100 % (else 0 %)" in war


def test_the_sheet_has_a_line_for_what_is_not_read():
    found = put_together({3: "Ballots"}, [Unread(3, "How many", "five", "no rule")], [], [])
    assert "| How many | five |" in kept_tables.lines_of(found.lines)


@pytest.mark.parametrize("name", ["outcome_tables.md", "sanity_sheet.md", "sensitivity.md", "claims.md"])
def test_a_kept_page_says_how_it_was_made(name):
    text = (kept_tables.DOCS / name).read_text(encoding="utf-8")
    assert text.startswith(kept_tables.MADE) and "seed 1" in text


def test_the_kept_pages_leave_nothing_out():
    model = load()
    text = (kept_tables.DOCS / "outcome_tables.md").read_text(encoding="utf-8")
    wanted = [one.title for one in model.book.outcomes.values() if one.derived not in model.book.outcomes]
    assert [title for title in wanted if f"| {title}" not in text] == []
    sheet = (kept_tables.DOCS / "sanity_sheet.md").read_text(encoding="utf-8")
    subjects, _ = subjects_of(model.folder)
    assert [number for number in subjects if f"\n## {number}. " not in sheet] == []


def test_the_page_of_the_debate_is_what_is_kept():
    model = load()
    held = debate.read(debate.shipped(model.name))
    text = (kept_tables.DOCS / "claims.md").read_text(encoding="utf-8")
    for id, claim in claims_of(model).items():
        section = text.split(f"\n## {id}\n")[1].split("\n## ")[0]
        assert f"> {claim.says}" in section, id
        assert claim.not_testable or f"**{verdict(held[id][0]).capitalize()}" in section, id
