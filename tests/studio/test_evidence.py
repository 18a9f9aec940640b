"""What the page on evidence is given."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from allohistory.studio.app import create_app


@pytest.fixture(scope="module")
def studio() -> TestClient:
    return TestClient(create_app(), base_url="http://127.0.0.1:8765")


def read(studio: TestClient, name: str) -> Any:
    answer = studio.get(f"/api/v1/evidence/{name}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_calibration_curve_counts_every_decision_once(studio: TestClient) -> None:
    for table in read(studio, "forecasts")["tables"]:
        curve = table["calibration"]["rules"]
        assert all(one["low"] <= one["said"] <= one["high"] for one in curve)
        assert sum(one["n"] for one in curve) == table["overall"]["n"]


def test_where_counting_does_better_is_told_the_worst_first(studio: TestClient) -> None:
    for table in read(studio, "forecasts")["tables"]:
        worse = [line["against"]["base-rate"]["log"] for line in table["behind"]]
        assert worse, "the kept report has rules behind their base rate"
        assert worse == sorted(worse, reverse=True)
        assert min(worse) > 0.0


def test_every_figure_of_a_campaign_says_whether_reality_fell_inside(studio: TestClient) -> None:
    body = read(studio, "campaigns")
    titled = {one["campaign"]: one["title"] for one in body["campaigns"]}
    for one in body["figures"]:
        assert titled[one["campaign"]]
        if one["interval_90"] is not None:
            low, high = one["interval_90"]
            assert one["in_90"] == (low <= one["happened"] <= high)


def test_each_reading_of_a_disputed_figure_has_its_answers(studio: TestClient) -> None:
    body = read(studio, "disputes")
    read_so = {(row["figure"], row["reading"]) for row in body["rows"]}
    assert read_so == {(one["id"], each["id"]) for one in body["figures"] for each in one["readings"]}
    assert all(row["outcome"] in body["outcomes"] for row in body["rows"])


def test_the_grades_count_every_parameter(studio: TestClient) -> None:
    from allohistory.questions.scenario import scenario

    body = read(studio, "priors")
    assert sum(row["parameters"] for row in body["grades"]) == len(scenario().model.book.parameters)
    assert all(0 <= row["taught"] <= row["parameters"] for row in body["grades"])
    assert all(single["what"] for one in body["outcomes"] for single in one["singles"])
