"""The kept table: draws follow their priors, are the same everywhere, and are thrown away when a prior changes."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from allohistory.book.tables import Parameter, Prior
from allohistory.timeline.kept_draws import DRAWS, DrawTable, prior_draws, read_draws, write_draws
from bands import law_within_luck
from smallwar_model import small_model

N = 4_000


def book_of(prior, **bounds):
    """A book with two parameters of one prior."""
    parameters = {
        id: Parameter(id=id, what="", unit="", prior=prior, in_words="", grade="C", **bounds)
        for id in ("a.x", "a.y")
    }
    return replace(small_model().book, parameters=parameters)


LAWS = {
    "normal": (Prior("normal", {"mean": 2.0, "sd": 0.5}), stats.norm(2.0, 0.5)),
    "lognormal": (Prior("lognormal", {"median": 3.0, "sigma": 0.4}), stats.lognorm(0.4, scale=3.0)),
    "uniform": (Prior("uniform", {"low": -1.0, "high": 4.0}), stats.uniform(-1.0, 5.0)),
    "beta": (Prior("beta", {"a": 2.0, "b": 5.0}), stats.beta(2.0, 5.0)),
}


@pytest.mark.statistical
@pytest.mark.parametrize("family", LAWS)
def test_draws__follow_their_prior(family):
    prior, law = LAWS[family]
    values = prior_draws(book_of(prior), {"a.x": 0, "a.y": 1}, N)
    assert law_within_luck(values[:, 0], law.cdf)
    assert law_within_luck(values[:, 1], law.cdf)
    assert abs(np.corrcoef(values.T)[0, 1]) < 5.0 / np.sqrt(N)


@pytest.mark.statistical
def test_draws__the_test_above_can_fail():
    prior, _ = LAWS["normal"]
    values = prior_draws(book_of(prior), {"a.x": 0, "a.y": 1}, N)
    assert not law_within_luck(values[:, 0], stats.norm(2.1, 0.5).cdf)


def test_draws__hang_on_the_frozen_number_alone():
    book = book_of(LAWS["normal"][0])
    one = prior_draws(book, {"a.x": 7, "a.y": 3}, 20)
    other = prior_draws(
        replace(book, parameters=dict(reversed(book.parameters.items()))), {"a.x": 7, "a.y": 3}, 20
    )
    assert np.array_equal(one, other[:, ::-1])
    assert np.array_equal(one[:, 0], prior_draws(book, {"a.x": 3, "a.y": 7}, 20)[:, 1])


def test_draws__stop_at_hard_bounds():
    values = prior_draws(book_of(LAWS["normal"][0], low=1.8, high=2.2), {"a.x": 0, "a.y": 1}, 200)
    assert values.min() == 1.8
    assert values.max() == 2.2


def test_table__comes_back_from_its_file(tmp_path):
    book = small_model().book
    numbers = small_model().numbers["parameters"]
    values = prior_draws(book, numbers, DRAWS)
    kept = DrawTable(tuple(book.parameters), values, np.arange(500, 500 + DRAWS, dtype=np.int64), True)
    write_draws(tmp_path / "draws.parquet", book, kept)
    found = read_draws(tmp_path / "draws.parquet", book, numbers)
    assert found.selected
    assert found.parameters == kept.parameters
    assert np.array_equal(found.values, values)
    assert np.array_equal(found.latent_seeds, kept.latent_seeds)


def test_table__is_the_same_file_when_written_twice(tmp_path):
    book = small_model().book
    kept = DrawTable(
        tuple(book.parameters),
        prior_draws(book, small_model().numbers["parameters"], 5),
        np.arange(5, dtype=np.int64),
        True,
    )
    for name in ("one", "two"):
        write_draws(tmp_path / name, book, kept)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_table__is_drawn_anew_where_a_prior_has_changed_since(tmp_path):
    model = small_model()
    book, numbers = model.book, model.numbers["parameters"]
    kept = DrawTable(tuple(book.parameters), np.zeros((DRAWS, 4)), np.zeros(DRAWS, np.int64), True)
    write_draws(tmp_path / "draws.parquet", book, kept)
    hard = replace(book.parameters["capital.answers.hard"], prior=Prior("normal", {"mean": -1.0, "sd": 0.1}))
    changed = replace(book, parameters={**book.parameters, "capital.answers.hard": hard})
    found = read_draws(tmp_path / "draws.parquet", changed, numbers)
    assert not found.selected
    assert np.array_equal(found.values, prior_draws(changed, numbers, DRAWS))
    assert np.array_equal(found.values[:, :3], prior_draws(book, numbers, DRAWS)[:, :3])


def test_table__is_drawn_where_there_is_no_file(tmp_path):
    model = small_model()
    found = read_draws(tmp_path / "none.parquet", model.book, model.numbers["parameters"])
    assert not found.selected
    assert len(set(found.latent_seeds.tolist())) == DRAWS
