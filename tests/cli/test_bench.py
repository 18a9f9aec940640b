"""The bench: each figure beside its baseline, draws and rules asked, the C loop, memory; slow parts have stand-ins."""

from __future__ import annotations

import json

import pytest

from allohistory.cli import measure, scaling
from allohistory.cli.main import main
from allohistory.cli.measure import Timing
from allohistory.cli.memory_use import MemoryUse

WORDS = ["bench", "--scenario", "smallwar", "--timelines", "30", "--workers", "2"]


@pytest.fixture
def quick(small, monkeypatch):
    """No process of its own is started, and the C loop is known."""
    from allohistory.cli import memory_use

    monkeypatch.setattr(measure, "processes", list)
    monkeypatch.setattr(measure, "warm_start", lambda name: Timing("warm start", 1.0))
    monkeypatch.setattr(measure, "plain_rate", lambda name: 1.0)
    monkeypatch.setattr(memory_use, "memory_use", lambda *_: MemoryUse(230, 100.0, 101.0, 0.5))
    monkeypatch.setattr(scaling, "c_seconds", lambda threads: (1.0, 1.25))


def test_json_has_draws_and_rules_asked(quick, capsys):
    assert main([*WORDS, "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["rows"]}
    for name in ("rules only, one thread", "same luck, one thread", "rules only, 2 threads"):
        row = rows[f"timelines, {name}"]
        assert row["draws"] >= row["rule_calls"] > 0
        assert row["cpu_ms"] > 0
        assert row["ratio"] == pytest.approx(row["rate"] / row["baseline"], rel=1e-4)  # printed to six places
    assert rows["plain C loop, 2 threads"]["ratio"] == pytest.approx(1.6)
    assert "of what the C loop gains" in rows["timelines, rules only, 2 threads"]["note"]
    assert rows["peak memory"]["megabytes"] == 101.0


def test_text_says_so_where_there_is_no_c_compiler(quick, capsys, monkeypatch):
    monkeypatch.setattr(scaling, "c_seconds", lambda threads: None)
    assert main(WORDS) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "no C compiler here" in said
    assert "draws and" in said


def test_c_loop__is_compiled_and_run_or_left_out(monkeypatch):
    monkeypatch.setattr(scaling, "REPEATS", 1)
    if scaling.compiler() is not None:
        one, two = scaling.c_seconds(2)
        assert one > 0.0 and two > 0.5 * one
    monkeypatch.setattr(scaling, "compiler", lambda: None)
    assert scaling.c_seconds(2) is None
