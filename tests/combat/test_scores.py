"""Scores by hand, tables that are wrong, and where the shipped draws come from."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from allohistory.combat.model import OUTCOMES, Predicted, shipped
from allohistory.combat.scores import area_under_curve, scores
from allohistory.combat.table import read
from allohistory.errors import AllohistoryError
from combat.conftest import made_up


def written(path, table):
    """The table as CSV; NaN as an empty cell."""
    rows = zip(*table.values(), strict=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(table)
        writer.writerows([["" if str(cell) == "nan" else cell for cell in row] for row in rows])
    return path


def test_scores__by_hand():
    """Three engagements: won at 0.8, drawn at 0.5, lost at 0.6; losses missed by 0, 1 and 2 spreads."""
    table = {"winner": np.array([1.0, 0.0, -1.0])}
    for side in ("attacker", "defender"):
        table[f"{side}_strength"] = np.full(3, 100.0)
        table[f"{side}_casualties"] = np.full(3, 10.0)
    rate = np.log(0.1)
    missed = rate + np.array([0.0, 1.0, 2.0])
    exact = np.full(3, rate)
    one = np.ones(3)
    found = scores(
        table,
        Predicted(
            np.array([0.8, 0.5, 0.6]),
            {"attacker": missed, "defender": exact},
            {"attacker": one, "defender": one},
        ),
    )
    assert found == {
        "n": 3,
        "log_loss": pytest.approx(-(np.log(0.8) + np.log(0.5) + np.log(0.4)) / 3),
        "auc": 1.0,
        "attacker_rmse": pytest.approx(np.sqrt(5 / 3)),
        "defender_rmse": pytest.approx(0.0),
        "coverage_50": pytest.approx(4 / 6),
        "coverage_90": pytest.approx(5 / 6),
    }


def test_area_under_curve__ties_are_half_and_one_kind_has_none():
    assert area_under_curve(np.array([1.0, 0.0]), np.array([0.5, 0.5])) == 0.5
    assert area_under_curve(np.array([1.0, 1.0]), np.array([0.5, 0.6])) is None


def test_read__round_trip(table, tmp_path):
    again = read(written(tmp_path / "t.csv", table))
    for name, column in again.items():
        if column.dtype.kind == "f":
            assert np.allclose(column, table[name], equal_nan=True)
        else:
            assert list(column) == list(table[name])


@pytest.mark.parametrize(
    ("name", "cell", "says"),
    [
        ("start", "whenever", "start is no date"),
        ("attacker_strength", 0, "out of range"),
        ("attacker_tanks", "many", "not a number"),
        ("winner", "", "winner is empty"),
    ],
)
def test_read__a_wrong_cell_is_named(tmp_path, name, cell, says):
    table = made_up(2, 1)
    table[name] = np.array([cell, cell], dtype=object)
    with pytest.raises(AllohistoryError, match=says):
        read(written(tmp_path / "t.csv", table))


def test_shipped__provenance_and_draws():
    """Whence the draws come, and no row of what they were fitted on."""
    combat = shipped()
    told = combat.provenance
    assert "CDB90" in told["dataset"]
    assert "ODC-BY" in told["licence"]
    assert {"seed", "date", "libraries", "engagements", "sha256", "method"} <= set(told)
    _, names = combat.encoding.design(made_up(4, 2))
    for outcome in OUTCOMES:
        assert combat.coefficients[outcome].shape == (told["draws"], len(names))
        assert np.isfinite(combat.coefficients[outcome]).all()
    assert {"USSR", "Japan"} <= set(combat.encoding.known["attacker"])


def test_shipped__more_men_win_more_often():
    """The shipped model, on a plain made-up battle: ten to one beats one to one."""
    even = made_up(50, 3)
    even["attacker_strength"] = even["defender_strength"].copy()
    strong = {**even, "attacker_strength": 10 * even["defender_strength"]}
    combat = shipped()
    assert combat.predict(strong).win.mean() > combat.predict(even).win.mean() + 0.05


def test_shipped__results_are_no_input():
    table = made_up(20, 4)
    before = shipped().predict(table)
    blind = {name: column for name, column in table.items() if name != "winner" and "casualties" not in name}
    assert np.array_equal(shipped().predict(blind).win, before.win)
