"""`check inference` on tables made by hand: what it says of right replicates, of wrong ones, of too few."""

import json

import numpy as np
import pytest

from allohistory.cli.main import main
from allohistory.evidence.ranks_table import SUMS, Gathered, keep

DRAWS, IDS = 20, ("army.discipline", "purge.depth")


def table(n=200, shift=0.0, effective=150.0, reseeded=0.5, held=0.9):
    """Replicates of two parameters; `shift` moves the truth in its posterior, `held` is how often intervals hold it."""
    luck = np.random.default_rng(3)
    truth = luck.normal(size=(n, 3)) + shift
    ranks = (luck.normal(size=(DRAWS, n, 3)) < truth).sum(axis=0)
    sums = np.zeros((len(SUMS), len(IDS)))
    sums[1], sums[2], sums[3], sums[4], sums[6] = n / 2, n, n / 2, n / 2, n / 2
    inside = np.arange(n) < held * n
    intervals = np.column_stack([np.full(n, 0.2), np.where(inside, 0.8, 0.3), np.full(n, 0.9)])[:, None]
    said = {
        "made": "by hand",
        "draws": DRAWS,
        "outcomes": ["serious_war"],
        "monday": "1937-01-04",
        "lost": {},
    }
    figures = np.tile([500.0, 9_000.0, reseeded, 0.0], (n, 1))
    return Gathered(
        IDS,
        said,
        np.arange(n),
        ranks,
        np.full((n, 2), effective),
        figures,
        np.full((n, 1), 0.5),
        intervals,
        sums,
    )


@pytest.fixture
def check(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr("allohistory.evidence.kept_files.kept_folder", lambda _: tmp_path)

    def command(found, *words):
        if found is not None:
            keep(found, tmp_path)
        code = main(["check", "inference", *words])
        return code, capsys.readouterr().out

    return command


def test_check_inference__says_what_was_met(check):
    code, out = check(table())
    assert code == 0
    assert out.count("all suit chance") == 2
    assert "OFF" not in out
    assert "made by other rules" in out


def test_check_inference__names_what_fails(check):
    code, out = check(table(shift=0.6))
    assert code == 3
    assert "FAIL" in out and "army.discipline, level" in out


def test_check_inference__a_chain_that_stands_still_is_not_met(check):
    code, out = check(table(effective=3.0, reseeded=0.0))
    assert code == 3
    assert "Of 2 parameters 0 have 100 effective draws" in out
    _, out = check(table(effective=3.0), "--json")
    rows = {row["name"]: row for row in json.loads(out)["scores"]}
    assert rows["ranks"]["met"] and not rows["effective-draws"]["met"]


def test_check_inference__an_interval_that_is_too_narrow_is_off(check):
    code, out = check(table(held=0.7))
    assert code == 3
    assert "OFF" in out


def test_check_inference__too_few_are_not_judged(check):
    assert check(None) == (3, "0 of 200 replicates are done; 20 are the least to judge.\n")
    rows = json.loads(check(None, "--json")[1])["scores"]
    assert [(row["name"], row["value"], row["met"]) for row in rows] == [("replicates", 0, False)]
    code, out = check(table(n=30))
    assert code == 3
    assert "30 of 200 replicates are done" in out
