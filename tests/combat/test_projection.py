"""The few columns of the scenario say what the fitted model says, and the parameters are those that they give."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest

from allohistory.combat.model import OUTCOMES, shipped
from grid import COLUMNS, columns, engagements
from project import BOOK, RULES, project, written


@pytest.fixture(scope="module")
def found():
    return project(shipped())


def test_projection__the_columns_are_of_full_rank():
    few = columns(engagements(shipped().encoding))
    assert np.linalg.matrix_rank(few) == len(COLUMNS)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_projection__keeps_nearly_all_of_what_the_model_says(found, outcome):
    """Errors well below the scatter of a battle (0.67, 0.75), and the spread over draws within a tenth."""
    told = found[outcome][1]
    assert told["R2 of the mean"] > 0.96
    assert told["error of the mean"] < 0.2
    assert told["the same, columns apart"] == pytest.approx(told["spread over draws, all columns"], rel=0.1)


def test_projection__a_chance_is_off_by_little(found):
    assert found["win"][1]["error of the chance"] < 0.03


def test_projection__with_one_column_less_it_would_say_less(found):
    """Force ratio against a prepared line left out: the test above would fail."""
    model = shipped()
    table = engagements(model.encoding)
    few = np.delete(columns(table), COLUMNS.index("ratio_prepared"), axis=1)
    whole = (model.encoding.design(table)[0] @ model.coefficients["win"].T).mean(axis=1)
    rest = whole - few @ np.linalg.lstsq(few, whole, rcond=None)[0]
    assert rest.std() > 0.2


def test_projection__the_book_holds_what_it_gives(found):
    """The same rounding on every machine: a last digit may differ, nothing more."""
    now = tomllib.loads(written(shipped(), found))["parameter"]
    kept = tomllib.loads((BOOK / "parameters" / "engagement.toml").read_text(encoding="utf-8"))["parameter"]
    assert [row["id"] for row in now] == [row["id"] for row in kept]
    assert {row["id"].rpartition(".")[0] for row in kept} == set(RULES.values())
    for new, old in zip(now, kept, strict=True):
        assert new["prior"]["mean"] == pytest.approx(old["prior"]["mean"], abs=0.0021)
        assert new["prior"]["sd"] == pytest.approx(old["prior"]["sd"], abs=0.0021)
