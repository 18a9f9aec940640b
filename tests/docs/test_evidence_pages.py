"""Blocks of the pages on evidence are what the checks have kept."""

import evidence_tables
from allohistory.timeline.model import load


def test_pages__have_the_blocks_that_the_kept_checks_make():
    for name, text in evidence_tables.filled(load("soviet-japanese-war")).items():
        assert (evidence_tables.DOCS / name).read_text(encoding="utf-8") == text, f"docs/{name} is stale"


def test_pages__no_table_in_can_and_cannot_is_typed():
    """Every row of a table stands inside a block that a tool fills."""
    inside = False
    for line in (evidence_tables.DOCS / "can_and_cannot.md").read_text(encoding="utf-8").splitlines():
        if line.endswith(":begin -->"):
            inside = True
        elif line.endswith(":end -->"):
            inside = False
        assert inside or not line.startswith("|")
