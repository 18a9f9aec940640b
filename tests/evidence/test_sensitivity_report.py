"""The kept study: whole, said to be of which model and seed, shown at once; a small one is made and the same again."""

from __future__ import annotations

import json

import pytest

from allohistory.cli.commands import sensitivity as words
from allohistory.errors import AllohistoryError
from allohistory.evidence import sensitivity_report
from allohistory.evidence.sensitivity_report import OUTCOMES, Size, kept, study
from smallwar_model import small_model

SMALL = Size(rows=40, plain=40, single=20, per_draw=2)


@pytest.fixture(scope="module")
def small():
    return study(small_model(), outcomes=("war", "peace"), pods=("struck-in-1932",), size=SMALL, workers=1)


def test_the_same_study_again_is_the_same_to_the_last_figure(small):
    again = study(small_model(), outcomes=("war", "peace"), pods=("struck-in-1932",), size=SMALL, workers=2)
    assert json.dumps(again) == json.dumps(small)


def test_a_study_names_model_seed_and_counts_and_no_day(small):
    assert {"format", "scenario", "model", "seed", "counts", "outcomes", "structure"} <= set(small)
    assert small["counts"]["run"] >= 2 * SMALL.rows + SMALL.plain
    assert not {"date", "seconds", "time"} & set(small)


def test_a_study_is_told(small):
    text = "\n".join(words.told(small, "stale"))
    assert "What moves the answers" in text
    assert "parameters stand out" in text
    assert "to change our mind" in text
    assert "only both together" in text
    for one in small["outcomes"].values():
        totals = [group["total"] for group in one["groups"]]
        assert totals == sorted(totals, reverse=True)
        assert min(totals) >= 0.0


def test_the_kept_study_has_every_headline_outcome():
    held = kept("soviet-japanese-war")
    assert held is not None
    assert list(held["outcomes"]) == list(OUTCOMES)
    for one in held["outcomes"].values():
        assert len(one["singles"]) == 10
        assert len(one["mind"]) in (0, 6)
        assert len(one["groups"]) >= 30
    assert held["structure"]


def test_nothing_kept_is_said_plainly(monkeypatch, tmp_path):
    import argparse

    monkeypatch.setattr(sensitivity_report, "kept_of", lambda _: tmp_path)
    with pytest.raises(AllohistoryError, match="no study"):
        words.run(argparse.Namespace(full=False, json=False, timelines=None, workers=None), small_model())
