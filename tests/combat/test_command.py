"""`allohistory check engagements` on a small made-up table."""

from __future__ import annotations

import json

import numpy as np
import pytest

from allohistory.cli.main import main
from allohistory.combat.model import shipped
from allohistory.combat.table import loss_rate, read, won
from combat.conftest import made_up
from combat.test_scores import written
from smallwar_model import NAME, install

SCORES = ("n", "log_loss", "auc", "attacker_rmse", "defender_rmse", "coverage_50", "coverage_90")


@pytest.fixture
def run(monkeypatch, tmp_path, capsys):
    """Runs the command with the small scenario."""
    monkeypatch.setenv("ALLOHISTORY_HOME", str(tmp_path / "home"))
    install(monkeypatch)

    def command(*words):
        code = main(["check", "--scenario", NAME, *words])
        out, err = capsys.readouterr()
        return code, out, err

    return command


def test_engagements__seven_scores(run, tmp_path):
    path = written(tmp_path / "t.csv", made_up(12, 7))
    code, out, _ = run("engagements", "--data", str(path), "--json")
    told = json.loads(out)
    assert code == 0
    table = read(path)
    expected = shipped().predict(table)
    happened = won(table)
    by_hand = -np.mean(happened * np.log(expected.win) + (1 - happened) * np.log(1 - expected.win))
    errors = {side: loss_rate(table, side) - expected.loss[side] for side in ("attacker", "defender")}
    inside = [np.abs(errors[side]) <= 1.6448536 * expected.spread[side] for side in errors]
    assert told["n"] == 12
    assert told["log_loss"] == pytest.approx(by_hand)
    assert told["attacker_rmse"] == pytest.approx(np.sqrt(np.mean(errors["attacker"] ** 2)))
    assert told["defender_rmse"] == pytest.approx(np.sqrt(np.mean(errors["defender"] ** 2)))
    assert told["coverage_90"] == pytest.approx(np.mean(inside))
    assert set(SCORES) <= set(told)
    assert told["again"].startswith("allohistory check engagements --data ")
    code, out, _ = run("engagements", "--data", str(path))
    assert code == 0
    assert "CDB90" in out


def test_engagements__without_a_table(run):
    code, _, err = run("engagements")
    assert code == 2
    assert "none is shipped" in err.splitlines()[0]
    assert "CDB90" in err.splitlines()[0]


def test_engagements__a_column_is_missing(run, tmp_path):
    table = made_up(3, 1)
    del table["defender_posture"]
    code, _, err = run("engagements", "--data", str(written(tmp_path / "t.csv", table)))
    assert code == 2
    assert "lacks the column defender_posture" in err.splitlines()[0]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b""])
def test_engagements__unreadable(run, tmp_path, content):
    path = tmp_path / "t.csv"
    if content is not None:
        path.write_bytes(content)
    code, _, err = run("engagements", "--data", str(path))
    assert code == 2
    assert err.startswith("error: --data: ")
    assert "Traceback" not in err


def test_data__belongs_to_one_check(run):
    code, _, err = run("free-running", "--data", "t.csv")
    assert code == 2
    assert "--data" in err
