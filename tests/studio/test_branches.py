"""How an answer branches: every timeline in one state at each year's end, and the same told over HTTP."""

from __future__ import annotations

import allohistory as ah
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
