"""Our history in free ensembles: what is inside and what is not, on made-up paths and on the small scenario."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from allohistory.book.ensembles import Bars, Start, ensembles_of
from allohistory.errors import AllohistoryError
from allohistory.questions.standing import Paths, month_ends, paths_of, spread, standing, standings
from allohistory.timeline.plan import END, Plan
from allohistory.timeline.tell import worlds_by_week

BARS = Bars(central=0.9, months=0.5, series=0.85, members=0.95)
START = Start("a", "made up", "made up", date(1931, 1, 5), barred=True)
MONTHS, SERIES = 24, 20


def paths(members, ours):
    names = tuple(f"s.{i}" for i in range(members.shape[2]))
    return Paths(
        names, tuple((1931 + i // 12, i % 12 + 1) for i in range(members.shape[1])), members, ours, 0
    )


def walks(rng, n):
    """(n, months, series) random walks: what a month is, the next remembers."""
    return rng.normal(size=(n, MONTHS, SERIES)).cumsum(axis=1)


@pytest.fixture
def members():
    return walks(np.random.default_rng(1), 400)


def test_a_history_of_the_same_kind_meets_the_bars_about_as_often_as_its_members(members):
    """60 true histories: those that miss a bar are few, and as many as is said (five standard deviations)."""
    rng = np.random.default_rng(2)
    found = [standing(START, paths(members, walks(rng, 1)), BARS) for _ in range(60)]
    missed = np.mean([not one.met(BARS)[0] for one in found])
    said = found[0].false_alarm
    assert abs(missed - said) < 5 * np.sqrt((said * (1 - said) + 0.005) / 60)
    outside = np.mean([not one.met(BARS)[1] for one in found])
    assert abs(outside - 0.05) < 5 * np.sqrt(0.05 * 0.95 / 60)


def test_a_history_that_goes_its_own_way_misses_both(members):
    ours = walks(np.random.default_rng(3), 1) + 5.0 * np.arange(MONTHS)[None, :, None]
    found = standing(START, paths(members, ours), BARS)
    assert found.met(BARS) == (False, False)
    assert found.share < 0.1 and found.nearer > 0.99
    assert all(one.above > 0.8 and one.below < 0.1 for one in found.series)
    assert all(one.first < (1931, 6) for one in found.series)


def test_one_series_that_is_off_is_named_and_the_rest_is_not(members):
    ours = np.median(members, axis=0)[None]
    ours[:, 6:, 4] = -1000.0
    found = standing(START, paths(members, ours), BARS)
    assert [one.id for one in found.series if one.inside <= BARS.months] == ["s.4"]
    assert found.share == pytest.approx(1 - 1 / SERIES)
    assert found.series[4].first == (1931, 7) and found.series[4].below == pytest.approx(18 / 24)
    assert found.met(BARS) == (True, False), "one series in twenty may be off, but then all of it is far out"


def test_each_draw_has_a_history_of_its_own(members):
    ours = np.concatenate([np.median(members, axis=0)[None], np.full((1, MONTHS, SERIES), 1e6)])
    found = standing(START, paths(members, ours), BARS)
    assert found.draws[0] < 0.1 and found.draws[1] > 0.9
    assert found.series[0].inside == pytest.approx(0.5)
    assert found.share == 0.0, "half the months are not most of them"


def test_the_edges_are_values_that_members_have_and_hold_nine_in_ten(members):
    low, high = spread(members, 0.9)
    inside = ((members >= low) & (members <= high)).mean(axis=0)
    assert inside.min() >= 0.9 and inside.max() < 0.91
    assert np.isin(low, members).all() and np.isin(high, members).all()


def test_a_series_that_never_moves_is_said_to_teach_nothing(members):
    members[:, :, 2] = 5.0
    found = standing(START, paths(members, members[:1].copy()), BARS)
    assert [one.id for one in found.series if one.still] == ["s.2"]
    assert found.series[2].inside == 1.0


def test_months_end_with_their_last_monday(small):
    weeks, months = month_ends(small, small.book.calendar.week_of(date(1932, 1, 4)))
    assert months[0] == (1932, 1) and months[1] == (1932, 2)
    assert small.book.calendar.monday_of(weeks[0]) == date(1932, 1, 25)
    assert weeks[-1] == small.blueprint.weeks - 1


def test_the_paths_of_the_small_scenario_are_those_of_its_timelines(small):
    asked = ensembles_of(small.book, small.folder)
    found = paths_of(small, asked.starts[0], asked.series, 30, workers=2)
    alone = paths_of(small, asked.starts[0], asked.series, 30, workers=1)
    assert (found.members == alone.members).all() and (found.ours == alone.ours).all()
    plan = Plan(horizon=END, draws=len(found.ours), seed=1)
    worlds = np.array(list(worlds_by_week(small.blueprint, plan, 0)))
    weeks, _ = month_ends(small, small.book.calendar.week_of(asked.starts[0].freed))
    place = small.blueprint.variable_place["state.clashes"][0]
    assert (found.ours[0, :, 1] == worlds[weeks, place]).all()
    assert found.members[:, -1, 1].std() > 0.0


def test_up_to_the_start_every_member_is_our_history(small):
    asked = ensembles_of(small.book, small.folder)
    late = replace(asked.starts[0], freed=small.book.calendar.monday_of(small.blueprint.weeks - 1))
    found = paths_of(small, late, asked.series, 20, workers=1)
    assert len(found.months) == 1
    assert (np.abs(found.members[:, 0] - found.ours[np.arange(20) % len(found.ours), 0]) < 10).all()


def test_more_timelines_or_none(small):
    with pytest.raises(AllohistoryError, match="says nothing"):
        standings(small, timelines=5)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"state.temper"', '"state.temepr"', '"state.temepr" is not a main series'),
        ('"state.clashes"', '"state.temper"', "stands here twice"),
        ("central = 0.9", "central = 9.0", "central is a share"),
        (
            "[[bars]]\ncentral = 0.9\nmonths = 0.5\nseries = 0.85\nmembers = 0.95\n",
            "",
            "what is asked of our history",
        ),
        ('freed_after = "north.first-clash"', 'freed_after = "north.clash"', 'no record entry "north.clash"'),
        ('id = "1932"', 'id = "1931"', "two starts have one id"),
        ("freed = 1932-01-04", "freed = 2032-01-04", "2032"),
    ],
)
def test_a_mistake_in_the_file_is_one_line(small, tmp_path, old, new, said):
    whole = (small.folder / "book" / "ensemble.toml").read_text()
    assert old in whole
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "ensemble.toml").write_text(whole.replace(old, new))
    with pytest.raises(AllohistoryError, match=said):
        ensembles_of(small.book, tmp_path)


def test_a_scenario_without_the_file_says_so(small, tmp_path):
    with pytest.raises(AllohistoryError, match=r"no ensemble\.toml"):
        ensembles_of(small.book, tmp_path)


def test_printed_and_as_json(small, capsys, monkeypatch):
    from allohistory.cli.main import main

    monkeypatch.setenv("COLUMNS", "80")
    words = ["check", "ensemble", "--scenario", "smallwar", "--timelines", "60", "--workers", "1"]
    code = main(words)
    out = capsys.readouterr().out
    assert code in (0, 3) and "Our history in free ensembles" in out and "Clashes so far" in out
    assert ("NOT MET" in out) == (code == 3)
    assert max(map(len, out.splitlines())) <= 80
    assert main([*words, "--json"]) == code
    found = json.loads(capsys.readouterr().out)
    names = [score["name"] for score in found["scores"]]
    assert names == [
        "series-inside-1932",
        "energy-distance-1932",
        "series-inside-1931",
        "energy-distance-1931",
    ]
    assert all(
        {"value", "interval", "baseline", "bar", "met", "again"} <= set(score) for score in found["scores"]
    )
    assert found["scores"][2]["bar"] is None and found["scores"][2]["met"] is None
