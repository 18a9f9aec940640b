"""A timeline's address and the question it belongs to: from one to the other and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allohistory.questions.question import CLOCKS, COUPLINGS, Question
from allohistory.questions.worlds import Worlds, read_worlds
from allohistory.timeline.named import Named, find, plan_of
from allohistory.timeline.named import address_of as text_of
from allohistory.timeline.plan import END, PLACES, START, Plan

if TYPE_CHECKING:
    from allohistory.timeline.model import Model


def address_of(worlds: Worlds, timeline: int) -> str:
    """The address of one timeline of a question's worlds, in the luck that was asked for."""
    question = worlds.question
    named = Named(
        pods=question.pods,
        changes=question.do,
        seed=question.seed,
        timeline=timeline,
        draws=question.draws,
        coupling=COUPLINGS.index(question.coupling),
        clocks=CLOCKS.index(question.clocks),
        horizon=_horizon(worlds),
        variants=question.variants,
        priors=question.priors,
    )
    return text_of(worlds.model, named)


def read_timeline(text: str) -> tuple[Worlds, Plan, int, str]:
    """The worlds, the plan, the number and the address, as it is written, of the timeline that an address names."""
    from allohistory.questions.books import model_for

    found, named = find(text)
    question = _question(named, found)
    model = model_for(question) if named.variants or named.priors else found
    return read_worlds(question, model), plan_of(model, named), named.timeline, text_of(found, named)


def _horizon(worlds: Worlds) -> str | int:
    if worlds.question.luck == "same":
        return "end"
    if worlds.freed == START:
        return "start"
    return "after-changes" if worlds.question.from_ is None else worlds.freed


def _question(named: Named, model: Model) -> Question:
    from_ = None
    if isinstance(named.horizon, int) and named.horizon < END:
        from_ = model.book.calendar.monday_of(named.horizon // PLACES).isoformat()
    return Question(
        scenario=model.name,
        pods=named.pods,
        do=named.changes,
        from_=from_,
        luck="same" if named.horizon == "end" else "fresh",
        coupling=COUPLINGS[named.coupling],
        clocks=CLOCKS[named.clocks],
        draws=named.draws,
        seed=named.seed,
        variants=named.variants,
        priors=named.priors,
    )
