"""The fit finds what made the engagements, and looks at nothing that came after them."""

from __future__ import annotations

import numpy as np
import pytest

from allohistory.combat.inputs import ANOTHER
from allohistory.combat.model import OUTCOMES
from combat.conftest import made_up
from cross_validate import across, dealt
from fitting import draws, fit, learn, target


def recovered(truth, outcome, seed):
    """Of new engagements: the true score's correlation with the fitted one, and the fitted one's slope on it."""
    table, new = made_up(300, seed), made_up(300, seed + 1000)
    encoding = learn(table)
    matrix, names = encoding.design(table)
    found, _ = fit(matrix, names, target(table, outcome), outcome).predict(encoding.design(new)[0])
    score = truth * np.log(new["attacker_strength"] / new["defender_strength"])
    return np.corrcoef(found, score)[0, 1], np.polyfit(score, found, 1)[0]


@pytest.mark.statistical
@pytest.mark.parametrize(("outcome", "truth"), [("win", 0.8), ("attacker", -0.5), ("defender", 0.5)])
def test_fit__recovers_what_made_the_engagements(outcome, truth):
    """Means over six seeds. The bounds lie over four standard errors of such a mean (0.003 for losses, 0.023
    for winning; of slopes 0.014 and 0.08) off what twelve
    fits gave (0.97 and 0.86; 1.0 and 1.1): a false alarm in ten thousand. Labels at random would give zero."""
    fits = np.mean([recovered(truth, outcome, seed) for seed in range(6)], axis=0)
    least = 0.75 if outcome == "win" else 0.9
    assert fits[0] > least
    assert 0.75 < fits[1] < 1.45


def test_fit__scatter_is_found(table):
    """True scatter 0.4; its error over 300 engagements is 0.016, and the bounds are five of those wide."""
    matrix, names = learn(table).design(table)
    made = fit(matrix, names, target(table, "attacker"), "attacker")
    assert 0.32 < np.sqrt(made.scatter) < 0.48


def test_predictions__after_the_event_change_nothing(table):
    """Results of engagements left out cannot reach their predictions; nor can columns of hindsight reach any."""
    fold = dealt(300, 3)
    before = across(table, fold)[0]
    luck = np.random.default_rng(9)
    later = {name: luck.normal(size=300) for name in ("days", "surprise", "morale", "attacker_achievement")}
    assert np.array_equal(across({**table, **later}, fold)[0].win, before.win)
    out = fold == 0
    spoiled = {name: column.copy() for name, column in table.items()}
    for name in ("attacker_casualties", "defender_casualties"):
        spoiled[name][out] = 1.0
    spoiled["winner"][out] *= -1
    after = across(spoiled, fold)[0]
    assert np.array_equal(after.win[out], before.win[out])
    assert np.array_equal(after.loss["attacker"][out], before.loss["attacker"][out])
    assert not np.array_equal(after.win[~out], before.win[~out])


def test_encoding__learned_inside_the_fold(table):
    """An engagement that is left out moves neither means nor levels."""
    seen = {name: column[:200] for name, column in table.items()}
    encoding = learn(seen)
    strange = made_up(10, 8)
    strange["war"] = np.array(["a war that nobody fitted"] * 10)
    matrix, names = encoding.design(strange)
    assert (matrix[:, names.index(("war", ANOTHER))] == 1).all()
    assert encoding.centre["ratio"] == pytest.approx(
        np.log(seen["attacker_strength"] / seen["defender_strength"]).mean()
    )


def test_design__all_missing_is_still_predicted(table):
    """An engagement of which little is known gets a finite prediction, with wider spread than a known one."""
    encoding = learn(table)
    matrix, names = encoding.design(table)
    bare = {name: column[:5].copy() for name, column in table.items()}
    for name in ("attacker_tanks", "defender_tanks", "attacker_guns", "defender_guns"):
        bare[name][:] = np.nan
    bare["attacker_front_km"][:] = bare["defender_front_km"][:] = np.nan
    bare["campaign"][:] = ""
    row = encoding.design(bare)[0]
    assert np.isfinite(row).all()
    for outcome in OUTCOMES:
        made = fit(matrix, names, target(table, outcome), outcome)
        assert (made.predict(row)[1] > made.predict(matrix[:5])[1]).all()


def test_draws__agree_with_the_posterior(table):
    """Four thousand draws give the closed mean within five standard errors, and the variance within 15 %."""
    matrix, names = learn(table).design(table)
    made = fit(matrix, names, target(table, "attacker"), "attacker")
    mean, variance = made.predict(matrix[:20])
    found = draws(made, 4000, np.random.default_rng(2)) @ matrix[:20].T
    assert (np.abs(found.mean(axis=0) - mean) < 5 * np.sqrt(variance / 4000)).all()
    assert found.var(axis=0) == pytest.approx(variance, rel=0.15)
