"""By which roads, as a chart: each road's steps in order, with the days by which 5, 50 and 95 in 100 took them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from allohistory.results.charts import BAR, INK, WIDE
from allohistory.results.optional import optional
from allohistory.results.words import percent

NEEDED_BY = "Roads.plot()"
ROW, LONGEST = 22, 320  # pixels: of a step, of its words


def rows(roads: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """A row for each step of each road, of the key `roads`; steps without a date are left out."""
    for number, road in enumerate(roads, start=1):
        title = f"Road {number}, {percent(road['share'])}: {road['name']}"
        for place, step in enumerate(road["steps"]):
            early, middle, late = step["date"]
            if middle is None:
                continue
            yield {
                "road": title,
                "order": place,
                "step": step["what"],
                "early": early or middle,
                "middle": middle,
                "late": late or middle,
                "taken": step["probability"],
                "otherwise": step["otherwise"],
            }


def chart_of(roads: Sequence[Mapping[str, Any]], title: str = "") -> Any:
    """The chart of the key `roads`; raises AllohistoryError where Altair is not installed."""
    altair = optional("altair", NEEDED_BY)
    held = list(rows(roads))
    names = list(dict.fromkeys(row["road"] for row in held))
    panels = [_panel(altair, [row for row in held if row["road"] == name], name) for name in names]
    if not panels:
        panels = [altair.Chart(altair.Data(values=[])).mark_point()]
    chart = altair.vconcat(*panels).resolve_scale(x="shared", opacity="shared")
    return chart.properties(title=title) if title else chart


def _panel(altair: Any, held: list[dict[str, Any]], name: str) -> Any:
    """One road: the span in which nine in ten took a step, a dot at the middle one, darker the more of them took it."""
    steps = altair.Y(
        "step:N",
        sort=[row["step"] for row in held],
        title=None,
        axis=altair.Axis(labelLimit=LONGEST, ticks=False, domain=False),
    )
    base = altair.Chart(altair.Data(values=held)).encode(
        y=steps,
        tooltip=[
            "step:N",
            "middle:T",
            *(altair.Tooltip(f"{key}:Q", format=".0%") for key in ("taken", "otherwise")),
        ],
    )
    spans = base.mark_rule(color=BAR, strokeWidth=5).encode(
        x=altair.X("early:T", title=None, axis=altair.Axis(format="%Y", tickCount="year")), x2="late:T"
    )
    dots = base.mark_point(color=INK, filled=True, size=60, opacity=1).encode(
        x="middle:T",
        fillOpacity=altair.FillOpacity(
            "taken:Q", scale=altair.Scale(domain=[0, 1], range=[0.25, 1]), legend=None
        ),
    )
    return (spans + dots).properties(
        width=WIDE, height=ROW * len(held), title=altair.TitleParams(name, fontSize=12, anchor="start")
    )
