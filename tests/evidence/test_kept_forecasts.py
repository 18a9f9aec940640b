"""The report of the forecasts: kept, read back the same, and told."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest

from allohistory.cli.commands import forecasts as command
from allohistory.errors import AllohistoryError
from allohistory.evidence.ablation import earned, without_parts
from allohistory.evidence.forecasts import forecast, table
from allohistory.evidence.kept_forecasts import Report, as_json, keep, read, rounded
from allohistory.evidence.predictors import traced
from textbook.forecast_lines import draws, protocol, recorded_talks


@pytest.fixture(scope="module")
def report() -> Report:
    talks, plan = recorded_talks(), protocol()
    drawn = (draws({}, {"answer.trust": 0.5}), np.array([1, 2]))
    found = forecast(talks, plan, plan.cut_offs[0], drawn, drawn, traced(talks, drawn[0][0]))
    away = list(without_parts(talks, plan, found, drawn))
    tables = [table(talks, plan, horizon, [found]) for horizon in plan.horizons]
    return Report("1.2.3", 2, "draws of a test", tables, {"next-year": earned(plan, [found], [away], 1)})


def test_kept_forecasts__what_is_kept_comes_back(report: Report, tmp_path: Path):
    path = tmp_path / "deep" / "forecasts.json"
    keep(report, path)
    again = read(path)
    assert as_json(again) == rounded(as_json(report))
    before = path.read_bytes()
    keep(again, path)
    assert path.read_bytes() == before


def test_kept_forecasts__where_nothing_is_kept_the_way_to_it_is_named(tmp_path: Path):
    with pytest.raises(AllohistoryError, match="check forecasts --full"):
        read(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text("{}", encoding="utf-8")
    with pytest.raises(AllohistoryError, match="cannot be read"):
        read(tmp_path / "bad.json")


def test_kept_forecasts__the_tables_add_up(report: Report):
    one = report.tables[0]
    assert one.overall.n == sum(line.n for line in one.kinds) == sum(line.n for line in one.rules)
    assert one.overall.n == sum(line.n for line in one.countries) == sum(line.n for line in one.cut_offs)
    for id, pair in one.overall.scores.items():
        by_rule = sum(line.weight * line.scores[id].log for line in one.rules) / one.overall.weight
        assert pair.log == pytest.approx(by_rule)
    assert one.weekly[0].n == 5 and [line.name for line in one.weekly] == ["all", "alarm"]
    assert one.shocks == []  # a single price in the past is too little for its baseline


def test_kept_forecasts__it_is_told_in_full(report: Report):
    said = "\n".join(command.told(protocol(), report))
    for words in (
        "draws of a test",
        "The next year: all",
        "Talks",
        "Calibration",
        "Worse than counting",
        "trust",
    ):
        assert words in said, words


def test_kept_forecasts__the_command_prints_what_is_kept(report: Report, tmp_path: Path, monkeypatch, capsys):
    from allohistory.evidence import kept_forecasts
    from allohistory.timeline.model import load

    keep(report, tmp_path / "forecasts.json")
    monkeypatch.setattr(kept_forecasts, "path_of", lambda model: tmp_path / "forecasts.json")
    options = argparse.Namespace(full=False, json=False, subject="forecasts")
    scores = command.scores_of(report)
    assert command.run(options, load()) == (0 if all(one["met"] for one in scores) else 3)
    assert "Forecasts of what the rules were not calibrated on" in capsys.readouterr().out
    assert scores[0]["difference"] == pytest.approx(scores[0]["value"] - scores[0]["baseline"])
