"""When it was decided, as a chart: the probability over the weeks with its interval, and the named moves on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from allohistory.results.charts import BAR, INK, OURS, WIDE
from allohistory.results.optional import optional

NEEDED_BY = "Hinges.plot()"
HIGH = 240


def chart_of(weeks: Sequence[Mapping[str, Any]], moves: Sequence[Mapping[str, Any]], title: str) -> Any:
    """The chart of the keys `weeks` and `moves`; raises AllohistoryError where Altair is not installed."""
    altair = optional("altair", NEEDED_BY)
    rows = [
        {
            "date": week["date"],
            "probability": week["probability"],
            "low": week["chance_interval"][0],
            "high": week["chance_interval"][1],
        }
        for week in weeks
    ]
    marks = [
        {"date": move["date"], "to": move["after"], "from": move["before"], "id": move["id"]}
        for move in moves
    ]
    share = altair.Axis(format="%")
    base = altair.Chart(altair.Data(values=rows)).encode(x=altair.X("date:T", title=None))
    band = base.mark_area(color=BAR, opacity=0.5).encode(
        y=altair.Y("low:Q", title="probability, given our history so far", axis=share),
        y2=altair.Y2("high:Q"),
    )
    line = base.mark_line(color=INK, strokeWidth=1.5).encode(y="probability:Q")
    named = altair.Chart(altair.Data(values=marks)).encode(
        x="date:T", tooltip=[altair.Tooltip("id:N"), altair.Tooltip("date:T")]
    )
    steps = named.mark_rule(color=OURS, strokeWidth=2).encode(y="from:Q", y2="to:Q")
    ends = named.mark_point(color=OURS, filled=True, size=30).encode(y="to:Q")
    words = named.mark_text(color=OURS, align="left", dx=5, dy=-4, fontSize=9).encode(y="to:Q", text="id:N")
    return altair.layer(band, line, steps, ends, words).properties(width=WIDE, height=HIGH, title=title)
