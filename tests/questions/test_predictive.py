"""Posterior predictive checks: a figure's place by hand, how often a right model is called wrong, a wrong one found."""

from __future__ import annotations

import numpy as np
import pytest

from allohistory.errors import AllohistoryError
from allohistory.questions.predictive import asked, checks
from allohistory.questions.predictive.asked import Bars, Feature, World
from allohistory.timeline.model import load
from smallwar_model import small_model

WORLD = World("all", "All", small_model().book.calendar.date_of(0), "")
COUNT = Feature("n", "Counted", "count", ("all",), "", events=("x",))
DAY = Feature("d", "Dated", "day", ("all",), "", events=("x",))


def test_placed__by_hand():
    theirs = np.array([0.0, 1.0, 1.0, 2.0, 3.0, 3.0, 3.0, 4.0, 5.0, 9.0])
    one = checks.placed(COUNT, WORLD, 3.0, theirs)
    assert one.rank == pytest.approx(0.4 + 0.3 / 2)
    assert one.p == 1.0
    assert checks.placed(COUNT, WORLD, 9.0, theirs).p == pytest.approx(0.2)
    assert checks.placed(COUNT, WORLD, 10.0, theirs).p == 0.0
    assert one.never is None


def test_placed__a_day_that_never_comes_is_later_than_all():
    theirs = np.array([10.0, 20.0, np.inf, np.inf])
    one = checks.placed(DAY, WORLD, np.inf, theirs)
    assert (one.ours, one.never, one.rank) == (None, 0.5, 0.75)
    assert checks.placed(DAY, WORLD, 20.0, theirs).rank == pytest.approx(0.375)
    assert one.quantiles == (10.0, None, None)


def many(own: float, theirs: float, n: int = 2000) -> float:
    """The share of n histories, drawn at one rate, that lie outside among a thousand timelines of another."""
    luck = np.random.default_rng(7)
    cloud = luck.poisson(theirs, 1000).astype(float)
    found = [checks.placed(COUNT, WORLD, float(x), cloud).p < 0.05 for x in luck.poisson(own, n)]
    return float(np.mean(found))


@pytest.mark.statistical
def test_placed__a_right_model_is_outside_less_often_than_was_agreed():
    """Counts are coarse, so the share lies below .05: Poisson of mean 8 gives about .03. False alarm of the line 1e-6.

    The cloud itself has a thousand timelines; that moves the share by less than .02.
    """
    share = many(8.0, 8.0)
    assert share < 0.05 + 0.02 + 4.9 * (0.05 * 0.95 / 2000) ** 0.5


@pytest.mark.statistical
def test_placed__the_test_above_can_fail():
    """Twice the clashes: a Poisson of 16 lies above the 97.5 % point of one of 8 two times in three."""
    assert many(16.0, 8.0) > 0.5


def test_asked__mistakes_are_named(tmp_path):
    bars = "[[bars]]\noutside = 0.05\nshare = 0.1\nfamily = 0.01\n"
    world = '[[world]]\nid = "all"\nsays = "All"\nfreed = 1931-01-05\nbecause = "b"\n'
    feature = '[[feature]]\nid = "n"\nsays = "N"\nkind = "count"\nworlds = ["{}"]\nbecause = "b"\n'
    for text, words in (
        (world, "no bars"),
        (bars + world + feature.format("other"), 'no world "other"'),
        (bars + world + feature.format("all"), "names its events"),
        (bars + world + world, "stands here twice"),
    ):
        path = tmp_path / "predictive.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(AllohistoryError, match=words):
            asked.asked_of(small_model(), path)
    with pytest.raises(AllohistoryError, match=r"has no predictive\.toml"):
        asked.asked_of(small_model())


def test_predictive__is_the_same_again_whatever_the_threads():
    model = small_model()
    first = model.book.calendar.date_of(0)
    outcome = Feature("war", "War", "outcome", ("all",), "", event="war")
    listed = asked.Asked(Bars(0.05, 0.1, 0.01), {"all": World("all", "All", first, "b")}, (outcome,))
    one, other = (checks.predictive(model, asked=listed, timelines=40, workers=n) for n in (1, 2))
    assert one == other
    assert len(one.places) == 1
    assert 0.0 <= one.places[0].rank <= 1.0
    rows = checks.scores(one, listed)
    assert rows[0]["name"] == "inside, all"
    assert rows[-1]["bar"] == pytest.approx(0.01)


def test_kept__is_of_the_list_that_stands_there_and_comes_back(tmp_path):
    model = load("soviet-japanese-war")
    listed, found = asked.asked_of(model), checks.read(checks.path_of(model))
    assert found is not None
    wanted = {(world, one.id) for one in listed.features for world in one.worlds}
    assert {(one.world, one.feature) for one in found.places} == wanted
    checks.keep(found, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == checks.path_of(model).read_bytes()


def test_kept__our_history_is_what_the_record_says():
    """Fifteen named clashes, one begun by a battalion, Khasan in the summer of 1938: read off the replay."""
    model = load("soviet-japanese-war")
    found = checks.read(checks.path_of(model))
    assert found is not None
    ours = {one.feature: one.ours for one in found.of("1931")}
    clashes = [one for one in model.book.entries.values() if one.rule == "border.incident"]
    assert ours["clashes"] == len(clashes)
    assert sum(ours[f"clashes-{year}"] or 0 for year in range(1935, 1940)) == len(clashes)
    entry = next(one for one in model.book.entries.values() if one.rule == "purge.begins")
    assert ours["purge"] == model.book.calendar.day_of(entry.date)
