"""An answer as a chart: bars of its outcomes with both intervals and the baseline, and its series with their bands.

The chart is a description (Vega-Lite, by Altair) that a notebook draws; `chart.save("answer.html")` makes a page of it.
Every number in it is one of the answer's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from allohistory.results.optional import optional
from allohistory.results.rows import estimate_columns
from allohistory.results.schema import Estimate, OutcomeAnswer, Series

NEEDED_BY = "Answer.plot()"
BAR, INK, PALE, OURS = "#8fb0c9", "#1f3a4d", "#b9b9b9", "#b3432b"
WIDE, BAND_HEIGHT, ROW = 520, 110, 26


def chart_of(
    outcomes: Mapping[str, OutcomeAnswer],
    series: Mapping[str, Series],
    date_of: Callable[[int], str],
    title: str = "",
) -> Any:
    """The whole chart; raises AllohistoryError where Altair is not installed.

    date_of  the ISO date of a week's Monday
    """
    altair = optional("altair", NEEDED_BY)
    parts = []
    rows = list(bar_rows(outcomes))
    if rows:
        parts.append(_bars(altair, rows))
    parts += [_band(altair, one, date_of) for one in series.values()]
    chart = (
        altair.vconcat(*parts) if parts else altair.vconcat(altair.Chart(altair.Data(values=[])).mark_point())
    )
    return chart.properties(title=title) if title else chart


def save(chart: Any, target: Path) -> None:
    """Write a chart as SVG or PNG, by its name's ending; the file is written whole or not at all."""
    from allohistory.results.files import write_whole

    converter = optional("vl_convert", str(target))
    described = chart.to_json()
    if target.suffix.lower() == ".png":
        write_whole(target, converter.vegalite_to_png(described, scale=2))
    else:
        write_whole(target, converter.vegalite_to_svg(described).encode("utf-8"))


def bars_of(rows: list[dict[str, Any]]) -> Any:
    """The bars alone, of rows as `bar_rows` has them."""
    return _bars(optional("altair", NEEDED_BY), rows)


def bands_of(series: Mapping[str, Series], date_of: Callable[[int], str]) -> Any:
    """The series alone, one under the other."""
    altair = optional("altair", NEEDED_BY)
    return altair.vconcat(*(_band(altair, one, date_of) for one in series.values()))


def bar_rows(outcomes: Mapping[str, OutcomeAnswer]) -> Iterator[dict[str, Any]]:
    """A row for each yes and day, and one for each option of a which; amounts have no probability."""
    for one in outcomes.values():
        if one.options is None:
            if one.chosen.probability is not None:
                yield _row(one.title, one.chosen, one.baseline)
            continue
        for name, chosen in one.options.items():
            yield _row(f"{one.title}: {name}", chosen, (one.baseline_options or {}).get(name))


def _row(label: str, chosen: Estimate, baseline: Estimate | None) -> dict[str, Any]:
    return {"outcome": label, **estimate_columns(chosen, baseline)}


def _bars(altair: Any, rows: list[dict[str, Any]]) -> Any:
    """Bar: the probability; thin line: ignorance; thick line: chance; tick: without the change."""
    base = altair.Chart(altair.Data(values=rows)).encode(
        y=altair.Y("outcome:N", sort=[row["outcome"] for row in rows], title=None)
    )
    scale = altair.Scale(domain=[0.0, 1.0])
    axis = altair.X(
        "probability:Q",
        scale=scale,
        axis=altair.Axis(format="%"),
        title="probability (tick: without the change)",
    )
    tips = [
        altair.Tooltip("outcome:N"),
        *(altair.Tooltip(f"{name}:Q", format=".2%") for name in rows[0] if name != "outcome"),
    ]
    bars = base.mark_bar(color=BAR).encode(x=axis, tooltip=tips)
    ignorance = base.mark_rule(color=PALE, strokeWidth=2).encode(x="ignorance_low:Q", x2="ignorance_high:Q")
    chance = base.mark_rule(color=INK, strokeWidth=4).encode(x="chance_low:Q", x2="chance_high:Q")
    baseline = base.mark_tick(color=OURS, thickness=3).encode(x="baseline:Q")
    return altair.layer(bars, ignorance, chance, baseline).properties(width=WIDE, height=ROW * len(rows))


def band_rows(one: Series, date_of: Callable[[int], str]) -> list[dict[str, Any]]:
    """A row for each value of a series that is kept."""
    kept = zip(one.weeks, one.q05, one.q50, one.q95, one.ours, strict=True)
    return [
        {"date": date_of(week), "q05": q05, "q50": q50, "q95": q95, "ours": ours}
        for week, q05, q50, q95, ours in kept
    ]


def _band(altair: Any, one: Series, date_of: Callable[[int], str]) -> Any:
    """Band: nine timelines in ten; line: the middle one; dashes: our own history."""
    base = altair.Chart(altair.Data(values=band_rows(one, date_of))).encode(x=altair.X("date:T", title=None))
    band = base.mark_area(color=BAR, opacity=0.5).encode(
        y=altair.Y("q05:Q", title=one.unit), y2=altair.Y2("q95:Q")
    )
    middle = base.mark_line(color=INK).encode(y="q50:Q")
    ours = base.mark_line(color=OURS, strokeDash=[4, 3]).encode(y="ours:Q")
    return altair.layer(band, middle, ours).properties(width=WIDE, height=BAND_HEIGHT, title=one.title)
