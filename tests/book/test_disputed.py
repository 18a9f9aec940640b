"""Disputed figures stand with both camps' numbers, in a fact's bounds or in two facts, beside the prior they move."""

from __future__ import annotations

import pytest

from allohistory.timeline.model import load

DISPUTED = {
    "battle.edge.breaking_japan": (
        ("battle.khalkhin-gol.japan.combat-total", 17_500, 30_000),
        ("battle.khalkhin-gol.soviet-claim.japan-casualties", 52_000, 61_000),
    ),
    "purge.command-loss.full_loss": (
        ("purge.model.quality-factor", 0.7, 0.97),
        ("purge.inflated-claims", 100_000, 100_000),
    ),
    "landing.garrison.hokkaido": (("battle.hokkaido.japan.personnel", 50_000, 115_000),),
}


@pytest.mark.parametrize("id", DISPUTED)
def test_both_camps_stand_beside_the_prior(id):
    book = load().book
    parameter = book.parameters[id]
    assert "Disputed:" in parameter.because
    for fact, low, high in DISPUTED[id]:
        assert fact in parameter.facts
        held = book.facts[fact]
        figures = [one for one in (held.value, held.low, held.high) if isinstance(one, (int, float))]
        assert min(figures) <= low
        assert max(figures) >= high


def test_entries_of_the_record_carry_other_readings():
    book = load().book
    both = [entry for entry in book.entries.values() if entry.variants]
    assert len(both) >= 40
    assert all(one.source for entry in both for one in entry.variants)
