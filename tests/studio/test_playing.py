"""POST play: the command's own state over HTTP; mistakes are 4xx in the one error shape; nothing is kept."""

from __future__ import annotations

import time

import pytest
from fastapi.testclient import TestClient

from allohistory.questions.play.game import state
from allohistory.studio.app import create_app

STUDIO = TestClient(create_app(), base_url="http://127.0.0.1:8765")


def test_who_can_be_played() -> None:
    items = STUDIO.get("/api/v1/play").json()["items"]
    assert [one["id"] for one in items] == ["tokyo", "army", "moscow", "nanjing", "washington", "berlin"]
    assert all(one["says"] and one["starts"] for one in items)


def test_a_decision_and_the_next_as_python_has_them() -> None:
    now = STUDIO.post("/api/v1/play", json={"actor": "tokyo", "from": "1939-06-20"}).json()
    assert now == state("tokyo", from_="1939-06-20")
    asked = {
        "actor": "tokyo",
        "address": now["address"],
        "from": now["from"],
        "choose": {"option": "restrain"},
    }
    later = STUDIO.post("/api/v1/play", json=asked).json()
    assert later["past"][-1]["option"] == "restrain"
    asked.pop("choose")
    assert STUDIO.post("/api/v1/play", json={**asked, "address": later["address"]}).json() == later


def test_a_decision_takes_less_than_a_second_when_hot() -> None:
    asked = {"actor": "moscow", "from": "1939-06-01"}
    now = STUDIO.post("/api/v1/play", json=asked).json()
    asked |= {"address": now["address"], "choose": {"until": "crisis"}}
    took = []
    for _ in range(3):
        began = time.perf_counter()
        assert STUDIO.post("/api/v1/play", json=asked).status_code == 200
        took.append(time.perf_counter() - began)
    assert min(took) < 1.0


@pytest.mark.parametrize(
    "asked",
    [
        {"actor": "nobody"},
        {"actor": "tokyo", "address": "ah1-sjw-zzzz"},
        {"actor": "tokyo", "from": "yesterday"},
        {"actor": "tokyo", "choose": {}},
        {"actor": "tokyo", "choose": {"option": "nonsense"}},
        {"actor": "tokyo", "choose": {"option": "south", "until": "end"}},
        {"actor": "tokyo", "scenario": "../secrets"},
        {"actor": "tokyo", "luck": "lucky"},
        {"actor": "tokyo", "seed": 4, "address": "ah1-sjw-yeef000000800000cg4-yfq0"},
    ],
)
def test_a_mistake_is_the_user_s_and_says_so(asked: dict[str, object]) -> None:
    answer = STUDIO.post("/api/v1/play", json=asked)
    assert 400 <= answer.status_code < 500
    assert answer.json()["ok"] is False and answer.json()["error"]
