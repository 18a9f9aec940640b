"""How the timelines branch: nothing is lost between two years, and every ribbon lies within its bars."""

from collections import Counter
from itertools import pairwise

import pytest

import allohistory
from allohistory.telling.charts.flows import GAP, bars, checkpoints, edges, ribbons, ways

YEARS = [1935, 1940, 1945]
ORDER = ("none", "war", "peace")
WAYS = Counter({("none", "none", "war"): 3, ("none", "war", "peace"): 5, ("war", "war", "war"): 2})


def test_ribbons__carry_every_timeline_from_bar_to_bar():
    for place in (0, 1):
        assert sum(one["share"] for one in ribbons(WAYS, ORDER) if one["place"] == place) == pytest.approx(
            1.0
        )
    leaving = {
        one["from"]: one["share"]
        for one in ribbons(WAYS, ORDER)
        if one["place"] == 1 and one["to"] == "peace"
    }
    assert leaving == {"war": 0.5}


def test_ribbons__begin_and_end_inside_the_parts_of_their_bars():
    parts = {(one["place"], one["state"]): one for one in bars(WAYS, ORDER, YEARS)}
    for one in ribbons(WAYS, ORDER):
        left, right = parts[one["place"], one["from"]], parts[one["place"] + 1, one["to"]]
        for floor, part in ((one["left"], left), (one["right"], right)):
            assert part["low"] - 1e-9 <= floor <= part["high"] - one["share"] + 1e-9
        drawn = list(edges(one))
        assert drawn[0]["low"] == one["left"] and drawn[-1]["low"] == pytest.approx(one["right"])
        assert all(row["high"] - row["low"] == pytest.approx(one["share"]) for row in drawn)


def test_bars__do_not_overlap():
    for place in range(len(YEARS)):
        parts = [one for one in bars(WAYS, ORDER, YEARS) if one["place"] == place]
        assert all(b["low"] == pytest.approx(a["high"] + GAP) for a, b in pairwise(parts))


def test_checkpoints__end_with_the_last_year():
    assert checkpoints(1931, 1950)[-1] == 1950
    assert checkpoints(1931, 1933) == [1931, 1932, 1933]


def test_flows__of_an_answer_count_its_timelines():
    answer = allohistory.scenario().ask(outcomes=["serious_war", "soviet_victory"], timelines=40, draws=5)
    assert sum(ways(answer, [1940, 1950]).values()) == 40
    assert answer.plot_flows().to_dict()
