"""The report of one answer: `allohistory ask ... --report FILE`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from allohistory.errors import AllohistoryError
from allohistory.results.charts import bands_of, bar_rows, bars_of
from allohistory.results.words import in_words, percent, percent_or_odds, thousands
from allohistory.telling.charts.flows import chart as flows_chart
from allohistory.telling.charts.states import chart as states_chart
from allohistory.telling.charts.states import states
from allohistory.telling.export.paper import page
from allohistory.telling.report.parts import (
    HEADS,
    chart,
    command,
    figures,
    folded,
    listed,
    paragraphs,
    section,
    table,
)
from allohistory.telling.report.roads import part as roads_part
from allohistory.telling.report.roads import roads_of
from allohistory.telling.report.story import story

if TYPE_CHECKING:
    from allohistory.questions.answer import Answer
    from allohistory.questions.arms import Progress
    from allohistory.questions.debate.kept import Judged

MOST_SERIES = 6


def report(answer: Answer, progress: Progress | None = None) -> str:
    """The whole page; progress: told of the timelines that roads are looked for in."""
    return page(answer.restated[0], "\n".join(part for part in _parts(answer, progress) if part))


def _parts(answer: Answer, progress: Progress | None) -> Iterator[str]:
    yield f"<h1>{escape(answer.question.title or answer.restated[0])}</h1>"
    yield paragraphs(_asked(answer), "about")
    yield section("The answer", table(HEADS, _rows(answer)), _bars(answer), WHAT_INTERVALS)
    yield section(
        "What was asked, exactly",
        listed(f"{one.title}: {one.definition}" for one in answer.outcomes.values()),
    )
    yield section("The ways to it", _ways(answer))
    for roads in roads_of(answer, progress):
        yield roads_part(roads)
    yield section("Claims", listed(_claims(answer)), _debate(answer))
    if answer.address_example:
        yield story(answer.address_example[0])
    yield section("Over the years", _states(answer), _bands(answer))
    yield section("Caveats", listed(_caveats(answer)))
    yield section("Where the numbers come from", folded("sources", listed(_sources(answer))))
    yield section("Again", command(answer.again), paragraphs([_made(answer)], "about"))


def _asked(answer: Answer) -> list[str]:
    """The question in words, without the definitions, which stand below."""
    defined = {one.title for one in answer.outcomes.values()}
    plain = [text for text in answer.restated if text.split(":", 1)[0] not in defined]
    return plain[0 if answer.question.title else 1 :]


WHAT_INTERVALS = (
    '<p class="caption">Intervals are 90 %. Chance: what more timelines could still move. Ignorance: what we do not '
    "know about the parameters. The tick is the world without the change.</p>"
)


def _rows(answer: Answer) -> Iterator[tuple[str, ...]]:
    for one in answer.outcomes.values():
        if one.options is not None:
            for name, chosen in one.options.items():
                yield figures(f"{one.title}: {name}", chosen, (one.baseline_options or {}).get(name))
        elif one.chosen.probability is not None:
            yield figures(one.title, one.chosen, one.baseline)


def _bars(answer: Answer) -> str:
    rows = list(bar_rows(answer.outcomes))
    words = "; ".join(f"{row['outcome']} {percent(row['probability'])}" for row in rows)
    return chart(bars_of(rows), f"Probabilities: {words}") if rows else ""


def _bands(answer: Answer) -> str:
    calendar = answer.worlds.model.book.calendar
    chosen = dict(list(answer.series.items())[:MOST_SERIES])
    if not chosen:
        return ""
    drawing = bands_of(chosen, lambda week: calendar.monday_of(week).isoformat())
    words = "; ".join(f"{one.title} ({one.unit})" for one in chosen.values())
    return chart(drawing, f"Nine timelines in ten, the middle one, and our history (dashed): {words}")


def _states(answer: Answer) -> str:
    if not states(answer):
        return ""
    words = "; ".join(states(answer).values())
    return chart(states_chart(answer), f"Shares of timelines by year in these states: {words}") + chart(
        flows_chart(answer), f"How timelines pass from one of these states to another: {words}"
    )


def _ways(answer: Answer) -> str:
    rows = [(link.title, percent_or_odds(link.probability), thousands(link.n)) for link in answer.chain]
    return table(("step, given the one before it", "probability", "of timelines"), rows) if rows else ""


def _claims(answer: Answer) -> Iterator[str]:
    for claim in answer.claims:
        share = "" if claim.probability is None else f" ({percent(claim.probability)} of parameter draws)"
        yield f"{claim.says} {claim.verdict}{share}. {claim.source}"


def _debate(answer: Answer) -> str:
    """What is kept of the debate's claims that are about the asked outcomes."""
    about = [one for one in debated(answer) if one.parts]
    if not about:
        return ""
    rows = [(one.says, one.verdict) for one in about]
    return paragraphs([DEBATE]) + table(("people say", "the rules say"), rows, words=2)


def debated(answer: Answer) -> list[Judged]:
    """The debate's claims whose numbers are about an asked outcome, each with its kept verdict."""
    from allohistory.questions.debate.asked import claims_of_table

    model = answer.worlds.model
    try:
        found = claims_of_table(
            model, (), full=False, timelines=None, seed=None, workers=None, progress=None, stop=None
        )
    except AllohistoryError:
        return []  # a scenario that nobody argues about
    others = [
        id
        for id, row in model.book.outcomes.items()
        if row.derived in [f"not {one}" for one in answer.outcomes]
    ]
    asked = [re.compile(rf"\b{re.escape(id)}\b") for id in (*answer.outcomes, *others)]
    return [one for one in found if any(id.search(part.quantity) for id in asked for part in one.parts)]


def _caveats(answer: Answer) -> Iterator[str]:
    yield from answer.head.warnings
    for one in answer.head.hangs_on:
        yield f"It hangs on {one.id} ({one.kind}): {one.effect}"
    for id, influence in answer.influence.items():
        if influence.faded:
            title = answer.outcomes[id].title if id in answer.outcomes else id
            yield f"{title}: hindsight has faded by {in_words(influence.faded)}."
    yield "The model leaves things out; its limits are listed in the documentation."


DEBATE = (
    "Claims of the debate about these outcomes, judged beforehand on worlds of their own (allohistory claims): not on "
    "the changes asked here."
)


def _sources(answer: Answer) -> Iterator[str]:
    for one in answer.sources:
        grade = f" (grade {one.grade})" if one.grade else ""
        yield f"{one.id}: {one.says} {one.source}{grade}"


def _made(answer: Answer) -> str:
    head = answer.head
    return (
        f"{thousands(head.timelines)} timelines, seed {head.seed}, Allohistory {head.version}, "
        f"model {head.model[:12]}. The same command gives the same figures."
    )
