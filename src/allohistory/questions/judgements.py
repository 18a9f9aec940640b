"""Verdicts of historians on other worlds, put to the model: nothing is fitted to them.

The scenario's observations have two kinds of verdict. Those on our own history take part in the calibration. Those on
a world that may differ from ours ("had Soviet forces in the East been halved") are asked here of whole timelines.
"""

from __future__ import annotations

from allohistory.book.observations import Judgement, observations_of
from allohistory.questions.expectations import Expectation, Measure
from allohistory.questions.free_running import TIMELINES, Line, Tell, free_running
from allohistory.timeline.model import Model


def judgements(
    model: Model, *, timelines: int = TIMELINES, workers: int | None = None, tell: Tell | None = None
) -> list[Line]:
    """The model's figure for every verdict, in the file's order."""
    book = observations_of(model.book, model.folder, model.book_rules)
    lines = [_expected(one) for one in book.judgements.values()]
    return free_running(model, timelines=timelines, workers=workers, tell=tell, lines=lines)


def _expected(one: Judgement) -> Expectation:
    """A verdict as a line: what is said, its range, and the worlds it speaks of."""
    measure = Measure(
        kind="probability",
        event=one.outcome,
        pods=one.pods,
        do=one.do,
        freed=one.freed,
        freed_after=one.freed_after,
    )
    return Expectation(
        one.id, one.what, measure, one.value, one.low, one.high, "J", one.because or ", ".join(one.facts)
    )
