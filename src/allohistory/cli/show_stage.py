"""An answer that is still coming, in a few lines: what a person at a terminal sees while the rest is run."""

from __future__ import annotations

from allohistory.cli.layout import columns
from allohistory.questions.answer import Answer
from allohistory.results.schema import OutcomeAnswer
from allohistory.results.words import percent, percent_range, points, thousands


def stage_lines(answer: Answer) -> str:
    """The stage, and a row for each outcome that has a probability."""
    head = f"{answer.stage}: {thousands(answer.head.timelines)} timelines, {answer.head.seconds:.1f} s"
    other = "same luck" if answer.question.luck == "fresh" else "fresh luck"
    heads = ["", "probability", "chance"]
    if answer.question.changed:
        heads += ["without", "moved by", other]
    rows = [tuple(heads)]
    for one in answer.outcomes.values():
        if one.kind in ("yes", "day"):
            rows.append(_row(one, answer)[: len(heads)])
    return "\n".join([head, *columns(rows, right=(1, 2, 3, 4, 5)), ""])


def _row(one: OutcomeAnswer, answer: Answer) -> tuple[str, ...]:
    other = one.same_luck if answer.question.luck == "fresh" else one.fresh_luck
    return (
        one.title,
        percent(one.chosen.probability),
        percent_range(one.chosen.chance_interval),
        percent(one.baseline.probability) if one.baseline is not None else "",
        points(one.difference.value) if one.difference is not None else "",
        percent(other.probability) if other is not None else "...",
    )
