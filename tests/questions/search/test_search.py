"""The search over the small scenario: what it answers, what it leaves out, how it ends, what it says of mistakes."""

from __future__ import annotations

import json
import threading

import pytest

from allohistory.cli.main import main
from allohistory.errors import AllohistoryError
from allohistory.questions.scenario import Scenario
from smallwar_model import NAME

KEYS = {"pods", "surprise_bits", "estimate", "again_on_new_luck", "address_example"}


@pytest.fixture
def found(small):
    return Scenario(NAME).search("war", timelines=400, draws=1, workers=1)


def test_the_answer_has_the_keys_of_the_interface(found):
    held = json.loads(found.to_json())
    assert held["command"] == "search"
    assert {"front", "tried", "unprompted", "again", "warnings"} <= set(held)
    assert held["front"], "the capital's strike makes war"
    assert all(set(line) >= KEYS for line in held["front"])
    assert held["tried"]["by_size"]["1"] >= 1


def test_the_strike_is_on_the_front_and_makes_war_certain(found):
    line = found.front[-1]
    assert [pod.id for pod in line.pods] == ["struck-in-1932"]
    assert line.again_on_new_luck.probability == pytest.approx(1.0, abs=0.02)
    assert line.again_on_new_luck.n == 400


def test_the_example_addresses_lead_to_timelines_with_the_outcome(found):
    for line in found.front:
        timeline = Scenario(NAME).timeline(line.address_example[0])
        assert timeline.outcomes["war"].value


def test_what_changes_the_state_is_tried_only_where_judged_bits_are_asked_for(small):
    scenario = Scenario(NAME)
    without = scenario.search("peace", largest=1, timelines=200, draws=1, workers=1)
    assert "1" in without.tried.by_size
    assert any("--judged" in text for text in without.head.warnings)
    judged = scenario.search("peace", largest=1, timelines=200, draws=1, workers=1, judged=True)
    assert judged.tried.by_size["1"] == without.tried.by_size["1"] + 1


def test_two_runs_differ_in_nothing_but_seconds(small, found):
    again = Scenario(NAME).search("war", timelines=400, draws=1, workers=2)
    one, other = json.loads(found.to_json()), json.loads(again.to_json())
    one.pop("seconds"), other.pop("seconds")
    assert one == other


def test_the_front_is_shown_while_it_narrows(small):
    sights = []
    Scenario(NAME).search("war", largest=1, timelines=200, draws=1, workers=1, watcher=sights.append)
    shown = [sight for sight in sights if sight.front]
    assert shown[0].timelines < sights[-1].timelines
    assert not shown[0].front[0][3]
    assert shown[-1].front[0][3], "at last on new luck"


def test_a_stopped_search_keeps_what_it_has(small):
    stop = threading.Event()

    def enough(sight):
        if sight.front:
            stop.set()

    found = Scenario(NAME).search("war", timelines=400, draws=1, workers=1, watcher=enough, stop=stop)
    assert found.stopped
    assert found.front[0].again_on_new_luck is None
    assert any("stopped" in text for text in found.head.warnings)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ({"outcome": "wra"}, "error: --outcome"),
        ({"outcome": "clashes"}, "error: --outcome"),
        ({"outcome": "war", "largest": 5}, "error: --largest"),
        ({"outcome": "war", "without": "piece"}, "error: --without"),
        ({"outcome": "war", "among": "struck"}, "error: --among"),
        ({"outcome": "war", "minutes": 0.0}, "error: --minutes"),
    ],
)
def test_a_mistake_is_one_line_that_names_the_option(small, words, first):
    with pytest.raises(AllohistoryError) as caught:
        Scenario(NAME).search(**words)
    assert caught.value.lines()[0].startswith(first)


def test_the_command_prints_a_page_and_how_to_ask_again(small, capsys):
    words = ["search", "--scenario", NAME, "--outcome", "war", "--timelines", "200", "--draws", "1"]
    assert main(words) == 0
    page = capsys.readouterr().out
    assert "The front: War" in page
    assert "struck-in-1932" in page
    assert f"again: allohistory search --outcome war --scenario {NAME}" in page
    assert "With nothing changed" in page


def test_the_score_is_read_off_other_outcomes():
    import numpy as np

    from allohistory.questions.search.score import score_of

    columns = {"war": np.array([0.0, 1.0]), "reach": np.array([750.0, 3000.0])}
    got = score_of("0.5 * war + 0.5 * (reach / 1500)", columns.__getitem__, 2)
    assert list(got) == [0.25, 1.0]
    assert list(score_of("", columns.__getitem__, 2)) == [0.0, 0.0]
    with pytest.raises(AllohistoryError, match="not arithmetic"):
        score_of("max(war, reach)", columns.__getitem__, 2)
