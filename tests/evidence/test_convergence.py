"""Answers by chain: a difference that is there is found, none is called where none is; what is kept comes back."""

from __future__ import annotations

import numpy as np
import pytest

from allohistory.evidence import convergence
from allohistory.evidence.convergence import Convergence, by_chain
from allohistory.evidence.posterior import Learnt
from allohistory.timeline.model import load


def share(push: float, luck: np.random.Generator) -> np.ndarray:
    """Shares of a hundred draws of four chains, the first of them pushed by so many spreads."""
    found = 0.4 + 0.1 * luck.normal(size=100)
    found[0::4] += 0.1 * push
    return found


@pytest.mark.statistical
def test_by_chain__calls_no_difference_where_there_is_none():
    """400 comparisons at 1 %: 4 expected; more than 17 once in a million."""
    luck = np.random.default_rng(3)
    assert sum(by_chain("a", "A", share(0.0, luck), 4).p < 0.01 for _ in range(400)) <= 17


@pytest.mark.statistical
def test_by_chain__finds_one_that_is_there():
    """A chain a spread and a half away: found in all but one of ten thousand."""
    luck = np.random.default_rng(4)
    assert all(by_chain("a", "A", share(1.5, luck), 4).p < 0.01 for _ in range(50))


def test_by_chain__takes_the_draws_in_turn():
    one = by_chain("a", "A", np.array([0.1, 0.2, 0.1, 0.2, 0.1, 0.2]), 2)
    assert one.chains == pytest.approx((0.1, 0.2))
    assert by_chain("a", "A", np.zeros(8), 4).p == 1.0


def test_unsettled__names_the_worst_first_and_what_stands_among_the_strongest():
    def of(id: str, r_hat: float) -> Learnt:
        return Learnt(id, 0.0, 1.0, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), r_hat, 50.0)

    rows = convergence.unsettled({id: of(id, r) for id, r in (("a", 1.06), ("b", 1.01), ("c", 1.3))})
    assert [one.id for one in rows] == ["c", "a"]
    singles = [
        {"parameter": "a", "slope": 0.02, "found": True},
        {"parameter": "c", "slope": 0.03, "found": False},
    ]
    assert convergence.matter(rows, {"outcomes": {"war": {"title": "War", "singles": singles}}}) == [
        ("a", "War", 0.02)
    ]


def test_kept__comes_back_as_it_was(tmp_path):
    model = load("soviet-japanese-war")
    found = convergence.read(convergence.path_of(model))
    assert isinstance(found, Convergence)
    convergence.keep(found, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == convergence.path_of(model).read_bytes()


@pytest.mark.parametrize(
    ("shift", "spread", "r_hat", "words"),
    [
        (0.05, 0.999, 1.0, "still the prior"),
        (0.30, 0.95, 1.0, "moved this a little"),
        (-1.0, 0.5, 1.0, "its middle by -1.00 spreads of the prior, and 75 %"),
        (0.9, 1.2, 1.0, "it is no narrower"),
        (0.0, 1.0, 1.2, "the chains disagree about it (R-hat 1.20)"),
    ],
)
def test_learnt__says_in_words_what_the_record_did(shift, spread, r_hat, words):
    assert words in Learnt("a", shift, spread, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), r_hat, 500.0).said
