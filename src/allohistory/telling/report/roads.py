"""Roads in a report: by which ways the asked outcomes come about, with their steps, a chart and a timeline to read."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from allohistory.results.roads_chart import chart_of, rows
from allohistory.results.words import percent, percent_or_odds, thousands
from allohistory.telling.report.parts import chart, paragraphs, section, table

if TYPE_CHECKING:
    from allohistory.questions.answer import Answer
    from allohistory.questions.arms import Progress
    from allohistory.questions.rare.answer import Roads

MOST, LEAST = 2, 60  # outcomes whose roads are looked for; timelines that must reach one
STEPS = ("its steps", "on it", "else")


def roads_of(answer: Answer, progress: Progress | None = None) -> list[Roads]:
    """The roads to the first of the asked outcomes that enough timelines reach; these are run anew, and logged."""
    from allohistory.questions.rare.answer import Roads
    from allohistory.questions.rare.question import find_roads

    question = answer.question
    found: list[Roads] = []
    for id, one in answer.outcomes.items():
        share, n = one.chosen.probability, one.chosen.n
        if one.kind != "yes" or share is None or min(share, 1.0 - share) * n < LEAST or len(found) == MOST:
            continue
        asked = question.but(outcomes=(id,), out=None, precision=None, claims=())
        count = answer.head.timelines
        found.append(
            Roads(find_roads(asked, answer.worlds.model, timelines=count, progress=progress), (), count)
        )
    return found


def part(roads: Roads) -> str:
    """One outcome's roads."""
    told, texts = roads.as_dict()["roads"], [_chance(roads), *roads.warnings]
    drawn = chart(chart_of(told), _words(roads)) if told and list(rows(told)) else ""
    each = [
        f"<h3>Road {number}, {percent(road['share'])}: {escape(road['name'])}</h3>"
        + table(
            STEPS,
            [(one["what"], percent(one["probability"]), percent(one["otherwise"])) for one in road["steps"]],
        )
        + paragraphs(
            [f"Read one: allohistory tell {road['addresses'][0]}"] if road["addresses"] else [], "about"
        )
        for number, road in enumerate(told, start=1)
    ]
    return section(f"By which roads: {roads.title}", paragraphs(texts), drawn, *each)


def _chance(roads: Roads) -> str:
    return (
        f"{percent_or_odds(roads.probability)} of {thousands(roads.chance.timelines)} timelines; {len(roads.roads)} "
        "roads, told apart by their decisive steps. Steps go with the outcome; that they cause it is not shown. "
        "“Else”: timelines that miss it, by the same days."
    )


def _words(roads: Roads) -> str:
    names = "; ".join(f"{one.name} ({percent(one.share)})" for one in roads.roads)
    return f"Roads to {roads.title}, each step with the days by which 5, 50 and 95 in 100 took it: {names}"
