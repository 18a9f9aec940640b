"""Free running beside expectations: figures agree with plain counts of the same timelines; mistakes are named."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from allohistory.ensemble.run import run
from allohistory.errors import AllohistoryError
from allohistory.questions import free_running as module
from allohistory.questions.expectations import Expectation, Measure, expectations_of
from allohistory.questions.free_running import free_running
from allohistory.timeline.plan import START, Plan

TIMELINES = 300
ROW = """
[[expectation]]
id = "{id}"
says = "War at all"
measure = {measure}
value = {value}
low = 0.2
high = 0.6
mark = "J"
because = "made up"
"""


def line(id, measure, value=0.5, low=0.0, high=1.0, over=None):
    return Expectation(id, id, measure, value, low, high, "J", "made up", over)


@pytest.fixture
def lines_of(small, monkeypatch):
    """Runs the small scenario against expectations made up for the test."""

    def run_them(*lines, seed=1):
        monkeypatch.setattr(module, "expectations_of", lambda folder: {one.id: one for one in lines})
        return {one.expectation.id: one for one in free_running(small, timelines=TIMELINES, seed=seed)}

    return run_them


@pytest.fixture
def plain(small):
    """The same timelines, run without a log."""
    draws = len(small.blueprint.parameter_draws)
    return run(small.blueprint, Plan(horizon=START, draws=draws, seed=1), count=TIMELINES)


def test_a_probability_is_the_share_of_timelines(lines_of, plain, small):
    found = lines_of(line("war", Measure("probability", event="war")))["war"]
    assert found.value == pytest.approx(float((plain.value[:, small.outcomes.index("war")] > 0.5).mean()))
    assert found.interval[0] < found.value < found.interval[1] and found.n == TIMELINES


def test_firings_a_year_are_counted_from_the_log(lines_of, plain, small):
    found = lines_of(line("clashes", Measure("per-year", events=("frontier.clash",))))["clashes"]
    total = plain.value[:, small.outcomes.index("clashes")]
    years = small.blueprint.weeks * 7 / 365.2425
    assert found.value == pytest.approx(float(total.mean()) / years)


def test_months_share_out_the_whole(lines_of):
    halves = [tuple(range(1, 7)), tuple(range(7, 13))]
    found = lines_of(
        *(
            line(f"half-{i}", Measure("share-of-months", events=("frontier.clash",), months=months))
            for i, months in enumerate(halves)
        )
    )
    assert found["half-0"].value + found["half-1"].value == pytest.approx(1.0)


def test_a_span_of_dates_leaves_the_rest_out(lines_of):
    spans = [(None, date(1932, 12, 31)), (date(1933, 1, 2), None)]
    found = lines_of(
        line("all", Measure("middle", events=("frontier.clash",)), high=50),
        *(
            line(f"span-{i}", Measure("at-least", events=("frontier.clash",), count=1, first=a, last=b))
            for i, (a, b) in enumerate(spans)
        ),
    )
    assert 0 < found["span-1"].value <= found["span-0"].value < 1


def test_a_ratio_divides_two_worlds(lines_of):
    calm = Measure("probability", event="war", do=("frontier.clash@1931-06-01..1933-12-31=never",))
    bare = Measure("probability", event="war")
    found = lines_of(line("ratio", calm, over=bare), line("calm", calm), line("bare", bare))
    assert found["ratio"].value == pytest.approx(found["calm"].value / found["bare"].value)
    assert found["ratio"].value < 1


def test_our_history_stands_beside(lines_of, small):
    found = lines_of(
        line("clashes", Measure("per-year", events=("frontier.clash",))),
        line("changed", Measure("probability", event="war", freed=date(1932, 1, 4))),
    )
    fired = sum(entry.rule == "frontier.clash" and entry.took > 0 for entry in small.blueprint.entries)
    assert found["clashes"].ours == pytest.approx(fired / (small.blueprint.weeks * 7 / 365.2425))
    assert found["changed"].ours is None


def test_a_figure_outside_its_range_is_not_met(lines_of):
    war = Measure("probability", event="war")
    found = lines_of(line("far", war, value=0.999, low=0.998, high=1.0), line("near", war))
    assert not found["far"].met and found["near"].met


def test_another_seed_gives_other_timelines_and_much_the_same_figure(lines_of):
    war = line("war", Measure("probability", event="war"))
    one, two = lines_of(war)["war"], lines_of(war, seed=2)["war"]
    # Two shares of 300: five standard errors of their difference; false alarm 6e-7.
    assert abs(one.value - two.value) < 5 * np.sqrt(2 * 0.25 / TIMELINES)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ROW.format(id="war", measure='{ kind = "chance", event = "war" }', value=0.5), "probability"),
        (
            ROW.format(id="war", measure='{ kind = "probability", event = "war" }', value=0.9),
            "outside its own range",
        ),
        (ROW.format(id="war", measure='{ kind = "probability", evnt = "war" }', value=0.5), "evnt"),
        (ROW.format(id="war", measure='{ kind = "probability", event = "war" }', value=0.5) * 2, "twice"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path, row, words):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "expectations.toml").write_text(row)
    with pytest.raises(AllohistoryError, match=words):
        expectations_of(tmp_path)


def test_a_scenario_without_expectations_says_so(tmp_path):
    with pytest.raises(AllohistoryError, match=r"no expectations\.toml"):
        expectations_of(tmp_path)


def test_an_unknown_rule_is_named(lines_of):
    with pytest.raises(AllohistoryError, match="no rule"):
        lines_of(line("x", Measure("per-year", events=("frontier.clahs",))))
