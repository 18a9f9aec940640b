"""Disputed figures: camps lie within the prior's reach, our history stays, and what is kept is of the list."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from allohistory.book.priors import quantile
from allohistory.cli.commands import disputes as words
from allohistory.cli.show_readings import figures
from allohistory.luck.arithmetic import normal_quantile
from allohistory.questions.predictive import disputes
from allohistory.timeline.model import load

MODEL = load("soviet-japanese-war")


def test_readings__are_two_at_least_and_not_absurd_under_the_prior():
    """Within what the prior holds possible once in a hundred thousand; no two camps say the same."""
    figures, elsewhere = disputes.disputed_of(MODEL)
    assert len(figures) >= 3
    assert elsewhere
    for one in figures:
        values = [reading.value for reading in one.readings]
        assert len(values) >= 2
        assert len(set(values)) == len(values)
        prior = MODEL.book.parameters[one.parameter].prior
        low, high = (quantile(prior, share, normal_quantile) for share in (1e-5, 1.0 - 1e-5))
        assert low < min(values) < max(values) < high


def test_read_so__moves_one_column_and_nothing_else():
    one = disputes.disputed_of(MODEL)[0][0]
    read = disputes.read_so(MODEL, one.parameter, 0.5)
    place = MODEL.blueprint.parameters.index(one.parameter)
    assert set(read.parameter_draws[:, place]) == {0.5}
    others = np.arange(len(MODEL.blueprint.parameters)) != place
    assert np.array_equal(read.parameter_draws[:, others], MODEL.blueprint.parameter_draws[:, others])
    assert read.entries is MODEL.blueprint.entries


def test_kept__has_every_reading_in_both_worlds_and_comes_back(tmp_path):
    path = disputes.path_of(MODEL)
    found, timelines = disputes.read(path)
    wanted = {(one.id, reading.id) for one in disputes.disputed_of(MODEL)[0] for reading in one.readings}
    assert {(one.figure, one.reading) for one in found} == wanted
    assert {one.world for one in found} == set(disputes.WORLDS)
    disputes.keep(found, "0" * 16, timelines, tmp_path / "again.json")
    assert disputes.read(tmp_path / "again.json")[0] == found
    assert all(low <= high for low, high in (one.interval for one in found))


@pytest.mark.parametrize("flips", [True, False])
def test_scores__count_the_answers_that_flip(flips):
    one = disputes.Moved(
        "khalkhin-gol-losses", "critics", "1931", "serious_war", 0.4, 0.5, (0.05, 0.15), flips
    )
    assert words.scores([one])[0]["value"] == f"{int(flips)} of 1"
    assert words.rows_of([one], MODEL)[0][-1] == ("flips" if flips else "within chance")
    assert len(words.rows_of([one] * 20, MODEL)) == (20 if flips else words.MOST)


def test_kept_about__has_the_outcomes_asked_alone_and_only_of_these_rules(monkeypatch, tmp_path):
    found, timelines = disputes.kept_about(MODEL, ("serious_war",))
    assert {one.outcome for one in found} == {"serious_war"} and timelines > 0
    assert disputes.kept_about(MODEL, ("reach_km",)) == ([], timelines)
    disputes.keep(found, "0" * 16, timelines, tmp_path / disputes.TABLE)
    monkeypatch.setattr(disputes, "kept_folder", lambda model: tmp_path)
    assert disputes.kept_about(MODEL, ("serious_war",)) == ([], 0)


@pytest.mark.parametrize(("flips", "said"), [(True, "from 40 % to 50 %"), (False, "no outcome asked here")])
def test_answer__says_of_disputed_figures_whether_they_flip_it(flips, said):
    one = disputes.Moved("purge", "heavy", "1931", "serious_war", 0.4, 0.5, (0.05, 0.15), flips)
    told = "\n".join(figures(SimpleNamespace(disputed_figures=([one], 2000))))
    assert said in " ".join(told.split())
    assert figures(SimpleNamespace(disputed_figures=([], 0))) == []
