"""When it was decided, as a chart: the probability over the weeks with its interval, and the named moves on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from allohistory.results.charts import BAR, INK, OURS, WIDE
from allohistory.results.optional import optional

NEEDED_BY = "Hinges.plot()"
HIGH = 240
LINE, DAYS_A_LETTER = 0.05, 70  # of the height a line of letters takes; of the width a letter


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
    heights = [row["high"] for row in rows] + [move["after"] for move in moves]
    marks = [
        {"date": move["date"], "to": move["after"], "from": move["before"], "id": move["id"], "label": label}
        for move, label in zip(moves, labels_of(moves, max(heights, default=1.0)), strict=True)
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
    words = named.mark_text(color=OURS, align="left", dx=5, dy=-4, fontSize=9).encode(
        y="label:Q", text="id:N"
    )
    return altair.layer(band, line, steps, ends, words).properties(width=WIDE, height=HIGH, title=title)


def labels_of(moves: Sequence[Mapping[str, Any]], top: float) -> list[float]:
    """At what height each move's name is written: its own, or far enough above it to be off the names before."""
    line = top * LINE
    set_: list[tuple[date, float]] = []
    found: dict[int, float] = {}
    for place in sorted(range(len(moves)), key=lambda place: str(moves[place]["date"])):
        day, height = date.fromisoformat(str(moves[place]["date"])[:10]), float(moves[place]["after"])
        while any(day < end and abs(height - other) < line for end, other in set_):
            height += line
        set_.append((day + timedelta(days=DAYS_A_LETTER * len(str(moves[place]["id"]))), height))
        found[place] = height
    return [found[place] for place in range(len(moves))]
