"""Tables, charts and paragraphs as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from allohistory.results.charts import INK
from allohistory.results.schema import Estimate
from allohistory.results.words import percent, percent_or_odds, percent_range

TEXT = "#7d766b"  # read on light paper and on dark
LOOK = {
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelColor": TEXT,
        "titleColor": TEXT,
        "gridColor": "#b5ad9d55",
        "domainColor": TEXT,
        "tickColor": TEXT,
    },
    "title": {"color": TEXT, "anchor": "start", "fontSize": 13},
    "legend": {"labelColor": TEXT, "titleColor": TEXT},
    "font": "DejaVu Sans, sans-serif",
}
HEADS = ("", "probability", "chance", "ignorance", "without the change")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> str:
    """A table; the first `words` columns are text, the others figures."""

    def cell(tag: str, place: int, text: str) -> str:
        kind = "" if place < words else ' class="n"'
        return f"<{tag}{kind}>{escape(text)}</{tag}>"

    head = "".join(cell("th", place, text) for place, text in enumerate(heads))
    body = "".join(
        f"<tr>{''.join(cell('td', place, text) for place, text in enumerate(row))}</tr>" for row in rows
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def figures(title: str, chosen: Estimate, baseline: Estimate | None) -> tuple[str, ...]:
    """A row of HEADS."""
    return (
        title,
        percent_or_odds(chosen.probability),
        percent_range(chosen.chance_interval),
        percent_range(chosen.ignorance_interval),
        percent(baseline.probability) if baseline is not None else "",
    )


def section(title: str, *parts: str) -> str:
    """A heading and what stands under it; nothing where there is nothing."""
    held = [part for part in parts if part]
    return f"<section><h2>{escape(title)}</h2>\n{chr(10).join(held)}\n</section>" if held else ""


def paragraphs(texts: Iterable[str], kind: str = "") -> str:
    """Each text a paragraph."""
    mark = f' class="{kind}"' if kind else ""
    return "\n".join(f"<p{mark}>{escape(text)}</p>" for text in texts if text)


def listed(texts: Iterable[str]) -> str:
    """A list."""
    held = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{held}</ul>" if held else ""


def folded(summary: str, inside: str) -> str:
    """Something long that opens when asked."""
    return f"<details><summary>{escape(summary)}</summary>\n{inside}\n</details>" if inside else ""


def command(text: str) -> str:
    """A command to type."""
    return f"<p><code>{escape(text)}</code></p>"


def chart(drawing: Any, instead: str) -> str:
    """An Altair chart as a drawing in the page, with the same in words."""
    import vl_convert

    spec = drawing.to_dict()
    spec["config"] = {**spec.get("config", {}), **LOOK}
    svg: str = vl_convert.vegalite_to_svg(spec)
    svg = svg[svg.index("<svg") :].replace(INK, "currentColor")  # seen on light paper and on dark
    return f'<figure class="chart" role="img" aria-label="{escape(instead)}">{svg}</figure>'
