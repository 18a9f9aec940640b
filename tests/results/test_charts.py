"""The chart of an answer holds the answer's own numbers, and is a chart that Vega-Lite accepts."""

from __future__ import annotations

import sys

import pytest

from allohistory.errors import AllohistoryError
from allohistory.results.charts import bar_rows, chart_of
from allohistory.results.schema import Estimate, OutcomeAnswer, Series


def estimate(share):
    return Estimate(share, (share - 0.01, share + 0.01), (share - 0.1, share + 0.1), 2000)


OUTCOMES = {
    "war": OutcomeAnswer("war", "War", "a war", "yes", None, estimate(0.3), baseline=estimate(0.2)),
    "rare": OutcomeAnswer("rare", "Rare", "rare", "yes", None, Estimate(0.001, (0.0, 0.002), None, 2000)),
    "road": OutcomeAnswer(
        "road",
        "The road",
        "how",
        "which",
        None,
        Estimate(None, None, None, 2000),
        options={"a": estimate(0.6), "b": estimate(0.4)},
        baseline_options={"a": estimate(0.5), "b": estimate(0.5)},
    ),
    "size": OutcomeAnswer("size", "Size", "how large", "amount", "km", Estimate(None, None, None, 2000)),
}
SERIES = {"x": Series("Divisions", "divisions", (0, 13), (1.0, 2.0), (3.0, 4.0), (5.0, None), (3.0, 3.5))}


def chart(**more):
    return chart_of(OUTCOMES, SERIES, lambda week: f"1931-{1 + week // 4:02d}-05", **more)


def rows_in(found, part):
    layer = found["vconcat"][part]
    data = layer.get("data") or layer["layer"][0]["data"]
    return data.get("values") or found["datasets"][data["name"]]


def test_it_is_a_chart_that_vega_lite_accepts():
    found = chart(title="A title").to_dict()  # Altair checks it against the schema
    assert found["title"] == "A title"
    assert len(found["vconcat"]) == 2


def test_bars_hold_both_intervals_and_the_baseline():
    rows = rows_in(chart().to_dict(), 0)
    assert [row["outcome"] for row in rows] == ["War", "Rare", "The road: a", "The road: b"]
    assert rows[0] == {
        "outcome": "War",
        "probability": 0.3,
        "chance_low": 0.29,
        "chance_high": 0.31,
        "ignorance_low": pytest.approx(0.2),
        "ignorance_high": 0.4,
        "baseline": 0.2,
    }
    assert rows[1]["ignorance_low"] is None and rows[1]["baseline"] is None
    assert rows[2]["baseline"] == 0.5
    marks = [layer["mark"]["type"] for layer in chart().to_dict()["vconcat"][0]["layer"]]
    assert marks == ["bar", "rule", "rule", "tick"]


def test_series_hold_their_band_and_our_history():
    found = chart().to_dict()
    assert rows_in(found, 1) == [
        {"date": "1931-01-05", "q05": 1.0, "q50": 3.0, "q95": 5.0, "ours": 3.0},
        {"date": "1931-04-05", "q05": 2.0, "q50": 4.0, "q95": None, "ours": 3.5},
    ]
    assert [layer["mark"]["type"] for layer in found["vconcat"][1]["layer"]] == ["area", "line", "line"]


def test_nothing_to_show_is_a_chart_too():
    assert chart_of({}, {}, str).to_dict()["vconcat"]
    assert list(bar_rows({"size": OUTCOMES["size"]})) == []


def test_without_altair_one_clear_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(AllohistoryError) as missing:
        chart()
    assert missing.value.lines()[0].startswith("error: Answer.plot(): it needs the package altair")
    assert missing.value.lines()[-1] == "  see       pip install altair"
