"""How an answer branches: every timeline in one state at each year's end, and the same told over HTTP."""

from __future__ import annotations

from fastapi.testclient import TestClient

import allohistory as ah
from allohistory.studio.app import create_app
from allohistory.telling.charts.states import branches, rows


def test_flows_begin_where_the_year_before_ended_and_lose_nobody() -> None:
    answer = ah.scenario("soviet-japanese-war").ask(
        pods="no-clash-at-marco-polo",
        outcomes=["china_war", "america_enters", "serious_war"],
        timelines=20,
        workers=1,
    )
    found = branches(answer)
    assert found["states"][0] == "none of these" and len(found["states"]) == 4
    stands = {(row["year"], row["order"]): row["share"] for row in rows(answer)}
    for place, year in enumerate(found["years"][:-1]):
        there = [flow for flow in found["flows"] if flow[0] == place]
        for state in range(len(found["states"])):
            assert abs(sum(flow[3] for flow in there if flow[1] == state) - stands[year, state]) < 1e-3
            assert abs(sum(flow[3] for flow in there if flow[2] == state) - stands[year + 1, state]) < 1e-3


def test_over_http_they_are_there_for_the_same_question_asked_again() -> None:
    body = {
        "what_if": 1,
        "pods": ["no-clash-at-marco-polo"],
        "ask": ["serious_war", "china_war"],
        "timelines": 8,
    }
    with TestClient(create_app(), base_url="http://127.0.0.1:8765") as client:
        told = []
        for _ in range(2):
            job = client.post("/api/v1/ask", json=body).json()["job"]
            with client.stream("GET", f"/api/v1/jobs/{job}/events") as heard:
                assert any(line == "event: done" for line in heard.iter_lines())
            told.append(client.get(f"/api/v1/jobs/{job}/branches").json())
        assert told[0] == told[1]
        assert len(told[0]["states"]) == 3
        none = client.post("/api/v1/hinges", json={"what_if": 1, "ask": ["serious_war"], "timelines": 200})
        gone = client.get(f"/api/v1/jobs/{none.json()['job']}/branches")
        assert gone.status_code == 404 and "ask" in gone.json()["error"]
        client.delete(f"/api/v1/jobs/{none.json()['job']}")
