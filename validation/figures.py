"""Figures of the report as descriptions for Vega-Lite, and as SVG with nothing in it that a browser would fetch."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert as vlc

INK, MUTED, RULE, PAPER = "#2b2a28", "#8a8478", "#d9d2c3", "#fbf8f1"
BLUE, RED, OCHRE, GREEN = "#2f5d7c", "#a8412c", "#c08a2d", "#5b7a4b"
PALE = "#b9cbd6"
SANS = "Segoe UI, Helvetica Neue, Arial, sans-serif"
WIDE, ROW = 560, 19
LIMIT = 300
WORDS = alt.Axis(labelLimit=LIMIT)
Rows = Sequence[Mapping[str, Any]]


def svg(chart: Any) -> str:
    """One figure as SVG to stand inside a page: no namespace, no script, no reference to anything outside."""
    styled = chart.configure(
        background="transparent",
        font=SANS,
        axis=alt.AxisConfig(
            labelColor=INK, titleColor=INK, titleFontWeight="normal", labelFontSize=11, titleFontSize=12,
            gridColor=RULE, domainColor=MUTED, tickColor=MUTED, labelLimit=330, titlePadding=8,
        ),
        legend=alt.LegendConfig(
            labelColor=INK, titleColor=INK, labelFontSize=11, orient="top", title=None, columns=4, labelLimit=260,
        ),
        title=alt.TitleConfig(color=INK, fontSize=12, fontWeight="bold", anchor="middle"),
        view=alt.ViewConfig(stroke=None),
        header=alt.HeaderConfig(labelColor=INK, labelFontSize=12, labelFontWeight="bold"),
    )  # fmt: skip
    text = re.sub(r'\s+xmlns(:\w+)?="[^"]*"', "", vlc.vegalite_to_svg(styled.to_dict()))
    own = hashlib.sha256(text.encode()).hexdigest()[:8]  # figures of one page share none of their names
    return re.sub(r'(\bid="|url\(#)', rf"\g<1>f{own}-", text)


def calibration(rows: Rows) -> Any:
    """Said against came true; bars are two standard errors, size the weight of the bin."""
    return beside(rows, _curve)


def _curve(rows: Rows) -> Any:
    line = alt.Chart(alt.Data(values=[{"x": 0, "y": 0}, {"x": 1, "y": 1}]))
    diagonal = line.mark_line(color=MUTED, strokeDash=[3, 3], strokeWidth=1).encode(x="x:Q", y="y:Q")
    x = alt.X("said:Q", title="said", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1]))
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(
        x=x, color=colour("of", ["rules", "base-rate", "logit"], [BLUE, OCHRE, RED])
    )
    errors = base.mark_rule(opacity=0.55).encode(y="low:Q", y2="high:Q")
    path = base.mark_line(opacity=0.45, strokeWidth=1.2).encode(y="came:Q")
    y = alt.Y("came:Q", title="came true", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1]))
    points = base.mark_point(filled=True, opacity=1).encode(y=y, size=alt.Size("n:Q", legend=None))
    return alt.layer(diagonal, errors, path, points).properties(width=240, height=240)


def beside(rows: Rows, made: Callable[[Rows], Any]) -> Any:
    """A figure a horizon, beside each other, in the order in which they come."""
    horizons = dict.fromkeys(row["horizon"] for row in rows)
    charts = [
        made([row for row in rows if row["horizon"] == name]).properties(title=name) for name in horizons
    ]
    return alt.hconcat(*charts, spacing=30)


def colour(field: str, domain: Sequence[str], scale: Sequence[str]) -> Any:
    """A colour a name, in a fixed order."""
    return alt.Color(f"{field}:N", scale=alt.Scale(domain=list(domain), range=list(scale)))


def by_year(rows: Rows) -> Any:
    """Mean log score after each cut-off: the rules, the same on their priors, and counting."""
    return beside(rows, _yearly)


def _yearly(rows: Rows) -> Any:
    names = ["rules", "priors", "base-rate", "logit"]
    dashes = alt.Scale(domain=names, range=[[1, 0], [4, 3], [1, 0], [1, 0]])
    return (
        alt.Chart(alt.Data(values=[dict(row) for row in rows]))
        .mark_line(point=alt.OverlayMarkDef(filled=True, size=28), strokeWidth=1.6)
        .encode(
            x=alt.X("year:O", title="calibrated to the end of", axis=alt.Axis(labelAngle=-45)),
            y=alt.Y("score:Q", title="mean log score (low is good)", scale=alt.Scale(domain=[0, 0.8])),
            color=colour("of", names, [BLUE, GREEN, OCHRE, RED]),
            strokeDash=alt.StrokeDash("of:N", scale=dashes),
        )
        .properties(width=240, height=200)
    )


def bars(rows: Rows, title: str, *, share: bool = False, height: int = ROW) -> Any:
    """Bars with intervals, in the order given; one panel."""
    axis = alt.Axis(format="%") if share else alt.Axis()
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(
        y=alt.Y("name:N", sort=[str(row["name"]) for row in rows], title=None, axis=WORDS)
    )
    drawn = base.mark_bar(height=8, cornerRadius=1).encode(
        x=alt.X("value:Q", title=title, axis=axis), color=alt.Color("tint:N", scale=None)
    )
    ends = base.mark_rule(color=INK, strokeWidth=1).encode(x="low:Q", x2="high:Q")
    return alt.layer(drawn, ends).properties(width=WIDE - 140, height=height * len(rows))


def prior_to_posterior(rows: Rows) -> Any:
    """Each parameter's prior (pale) and posterior (dark), in spreads of the prior from its middle."""
    order = [str(row["name"]) for row in rows]
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=WORDS)
    )
    prior = base.mark_bar(height=9, color=PALE, cornerRadius=2).encode(
        x=alt.X("prior_low:Q", title="spreads of the prior"), x2="prior_high:Q"
    )
    posterior = base.mark_bar(height=4, color=BLUE, cornerRadius=2).encode(x="low:Q", x2="high:Q")
    middle = base.mark_tick(color=RED, thickness=2, size=11).encode(x="middle:Q")
    return alt.layer(prior, posterior, middle).properties(width=WIDE - 200, height=ROW * len(rows))


def shrinkage(values: Sequence[float]) -> Any:
    """How many parameters lost how much of their prior's variance."""
    edges = [-math.inf, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1.01]
    names = ["under 1 %", "1 to 5 %", "5 to 10 %", "10 to 25 %", "25 to 50 %", "50 to 75 %", "over 75 %"]
    rows = [
        {"name": name, "value": sum(low <= one < high for one in values), "tint": BLUE}
        for name, low, high in zip(names, edges, edges[1:], strict=False)
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("name:N", sort=names, title="of the prior's variance is gone", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title="parameters"),
    )
    return alt.layer(
        base.mark_bar(color=BLUE, size=36),
        base.mark_text(dy=-7, color=INK, fontSize=11).encode(text="value:Q"),
    ).properties(width=WIDE, height=150)


def ranks(rows: Rows, names: Sequence[str]) -> Any:
    """Where our history's figure stands among the timelines', a dot a feature; the shade is nineteen in twenty."""
    held = [dict(row) for row in rows]
    base = alt.Chart(alt.Data(values=held))
    edges = alt.Chart(alt.Data(values=[{"x": 0.025, "x2": 0.975}])).mark_rect(color=PALE, opacity=0.3)
    shade = edges.encode(x=alt.X("x:Q", scale=alt.Scale(domain=[0, 1])), x2="x2:Q")
    middle = (
        alt.Chart(alt.Data(values=[{"x": 0.5}])).mark_rule(color=MUTED, strokeDash=[3, 3]).encode(x="x:Q")
    )
    dots = base.mark_point(filled=True, size=46, opacity=0.85).encode(
        x=alt.X("rank:Q", title="rank of our history's figure (0: lower or earlier than all timelines)"),
        y=alt.Y("name:N", sort=list(names), title=None, axis=alt.Axis(grid=True, labelLimit=LIMIT)),
        color=colour(
            "world", list(dict.fromkeys(row["world"] for row in held)), [BLUE, GREEN, OCHRE, RED, MUTED, INK]
        ),
    )
    return alt.layer(shade, middle, dots).properties(width=WIDE - 200, height=15 * len(names))


def campaigns(rows: Rows) -> Any:
    """What the rules say over what happened: half, nine tenths, the middle; 1 is what happened."""
    order = [str(row["name"]) for row in rows]
    scale = alt.Scale(type="log", domain=[0.05, 20], clamp=True)
    axis = alt.Axis(values=[0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20], format="~g")
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=WORDS)
    )
    wide = base.mark_bar(height=3, color=PALE).encode(
        x=alt.X("low_90:Q", scale=scale, axis=axis, title="the rules' figure over what happened"),
        x2="high_90:Q",
    )
    half = base.mark_bar(height=7, color=BLUE, cornerRadius=2).encode(
        x=alt.X("low_50:Q", scale=scale), x2="high_50:Q"
    )
    middle = base.mark_tick(color=PAPER, thickness=2, size=8).encode(x=alt.X("median:Q", scale=scale))
    one = (
        alt.Chart(alt.Data(values=[{"x": 1}]))
        .mark_rule(color=RED, strokeWidth=1.2)
        .encode(x=alt.X("x:Q", scale=scale))
    )
    return alt.layer(one, wide, half, middle).properties(width=WIDE - 220, height=14 * len(rows))


def by_chain(rows: Rows) -> Any:
    """Headline answers from the draws of each chain, two errors either way."""
    order = list(dict.fromkeys(str(row["name"]) for row in rows))
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=WORDS),
        yOffset=alt.YOffset("chain:N"),
        color=colour("chain", ["1", "2", "3", "4"], [BLUE, GREEN, OCHRE, RED]),
    )
    ends = base.mark_rule(strokeWidth=1.4).encode(
        x=alt.X("low:Q", title="probability", axis=alt.Axis(format="%")), x2="high:Q"
    )
    dots = base.mark_point(filled=True, size=30).encode(x="value:Q")
    return alt.layer(ends, dots).properties(width=WIDE - 160, height=30 * len(order))


def histogram(counts: Sequence[int]) -> Any:
    """Ranks of the truth in simulated records, all parameters together."""
    rows = [{"bin": number + 1, "n": count} for number, count in enumerate(counts)]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(color=BLUE)
        .encode(x=alt.X("bin:O", title="rank of the truth, in bins"), y=alt.Y("n:Q", title="how often"))
        .properties(width=WIDE, height=130)
    )
