"""The report of the headline question, which `make run` writes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from allohistory.results.charts import bars_of
from allohistory.results.rows import estimate_columns
from allohistory.results.words import (
    bits_as_odds,
    month_of,
    percent,
    percent_or_odds,
    percent_range,
    thousands,
)
from allohistory.telling.export.paper import page
from allohistory.telling.report.parts import chart, command, folded, listed, paragraphs, section, table
from allohistory.telling.report.story import story

if TYPE_CHECKING:
    from allohistory.questions.headline import Headline, Row
    from allohistory.timeline.model import Model

TRIED = 200  # timelines in which one is looked for that shows the outcome


def report(found: Headline, model: Model) -> str:
    """The whole page."""
    return page(found.title, "\n".join(part for part in _parts(found, model) if part))


def _parts(found: Headline, model: Model) -> Iterator[str]:
    one = found.rules_only
    yield f"<h1>{escape(found.title)}</h1>"
    yield paragraphs([f"{found.outcome}: {found.definition}"], "about")
    said = (
        f"Let everything from the first week on happen by the rules alone, and {percent_or_odds(one.probability)} of "
        f"{thousands(found.free_timelines)} timelines see it (chance {percent_range(one.chance_interval)}; with what "
        f"we do not know, {percent_range(one.ignorance_interval)})."
    )
    yield section("How improbable is it at all?", paragraphs([said]))
    yield section("By which roads?", _roads(found))
    yield section("What would it have taken?", _rows(found), _bars(found))
    yield section("Where each way breaks off", _ways(found))
    yield _story(found, model)
    yield section("Caveats", listed(_caveats(found)))
    yield section(
        "Where the numbers come from", folded("sources of the changes", listed(_sources(found, model)))
    )
    if found.rows:
        yield section("Again", command("make run"), command(f"allohistory ask --pod {found.rows[0].id}"))


def _roads(found: Headline) -> str:
    heads = (
        "",
        "all",
        "chance",
        *(
            f"{one.title} ({percent(share)})"
            for one, share in zip(found.worlds, found.world_shares, strict=True)
        ),
    )
    rows = [
        (
            line.title.strip(),
            percent(line.whole.probability),
            percent_range(line.whole.chance_interval),
            *(percent(one.probability) for one in line.worlds),
        )
        for line in found.lines
    ]
    return table(heads, rows) if rows else ""


def _rows(found: Headline) -> str:
    heads = ("one change at a time", "odds of it", "so often", "chance", "ignorance", "without")
    rows = [
        (
            f"{row.title} ({month_of(row.date)})",
            _cost(row),
            percent(row.chosen.probability),
            percent_range(row.chosen.chance_interval),
            percent_range(row.chosen.ignorance_interval),
            percent(row.baseline.probability),
        )
        for row in found.rows
    ]
    return table(heads, rows) if rows else ""


def _cost(row: Row) -> str:
    if row.surprise_bits is None:
        return "judged" if row.judged else "a state"
    return "impossible" if math.isinf(row.surprise_bits) else bits_as_odds(row.surprise_bits)


def _bars(found: Headline) -> str:
    rows = [
        {"outcome": f"{row.title} ({row.date[:4]})", **estimate_columns(row.chosen, row.baseline)}
        for row in found.rows
    ]
    words = "; ".join(f"{row['outcome']} {percent(row['probability'])}" for row in rows)
    return chart(bars_of(rows), f"{found.outcome}, by change: {words}") if rows else ""


def _ways(found: Headline) -> str:
    titles = {id: title for id, title, _ in found.ways}
    rows = [
        (titles.get(link.way, link.way), link.title, percent_or_odds(link.probability))
        for link in found.links
    ]
    return table(("way", "step, given the one before it", "probability"), rows, words=2) if rows else ""


def _story(found: Headline, model: Model) -> str:
    """A timeline that shows the outcome, after the change that brings it about most often."""
    from allohistory.questions.defaults import defaults_of
    from allohistory.questions.scenario import scenario

    if not found.rows or found.stopped:
        return ""
    best = max(found.rows, key=lambda row: row.difference.value)
    outcome = defaults_of(model.folder).headline_outcome
    answer = scenario(model.name).ask(pods=best.id, outcomes=outcome, timelines=TRIED, seed=found.seed)
    held = answer.addresses(outcome, 1)
    return story(held[0], f"One timeline of it: {best.title}") if held else ""


def _caveats(found: Headline) -> Iterator[str]:
    yield f"{thousands(found.timelines)} timelines a row, seed {found.seed}; intervals are 90 %."
    if found.calibrated:
        yield "Parameters are draws given what history says about them."
    else:
        yield "Parameters are draws from their priors, not conditioned on what history says about them."
    if found.note:
        yield found.note
    if found.aside:
        yield f"{thousands(found.aside)} of {thousands(found.run)} timelines were set aside and are not counted."
    yield "A change that the rules do not decide has no probability; what was judged of it is marked."


def _sources(found: Headline, model: Model) -> Iterator[str]:
    for row in found.rows:
        pod = model.book.pods.get(row.id)
        if pod is not None:
            yield f"{row.title}: {pod.source}"
