"""A timeline's address and the question it belongs to: from one to the other and back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from allohistory.questions.question import CLOCKS, COUPLINGS, Question
from allohistory.questions.worlds import Worlds, read_worlds
from allohistory.timeline.asked import items_of
from allohistory.timeline.named import Named, find, plan_of
from allohistory.timeline.named import address_of as text_of
from allohistory.timeline.plan import END, PLACES, START, Plan, freed_after

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allohistory.timeline.model import Model


def address_of(worlds: Worlds, timeline: int) -> str:
    """The address of one timeline of a question's worlds, in the luck that was asked for."""
    return text_of(worlds.model, named_of(worlds, timeline))


def named_of(worlds: Worlds, timeline: int) -> Named:
    """The same timeline by everything that decides it."""
    question = worlds.question
    return Named(
        pods=question.pods,
        changes=question.do,
        seed=question.seed,
        timeline=timeline,
        draws=question.draws,
        coupling=COUPLINGS.index(question.coupling),
        clocks=CLOCKS.index(question.clocks),
        horizon=_horizon(worlds),
        variants=question.variants,
        priors=priors_in(question),
    )


def priors_in(question: Question) -> Mapping[str, Mapping[str, Any]]:
    """The priors that an address must carry: none where the kept draws are only weighted by them."""
    return question.priors if question.drawn_anew else {}


@dataclass(frozen=True)
class Read:
    """What an address names: its worlds, the plan of its one timeline, and the name it was read as.

    text  the address as it is written
    """

    worlds: Worlds
    plan: Plan
    named: Named
    text: str


def read_timeline(text: str) -> Read:
    """Look up an address; raises AllohistoryError for a slip, or an address of another version."""
    from allohistory.questions.books import model_for

    found, named = find(text)
    question = _question(named, found)
    model = model_for(question) if named.variants or named.priors else found
    worlds, plan = read_worlds(question, model), plan_of(model, named)
    since = worlds.plan(horizon=plan.horizon).since  # outcomes count from where the question's own do
    return Read(worlds, replace(plan, since=since), named, text_of(found, named))


def address_in(worlds: Worlds, plan: Plan, timeline: int, variants: Mapping[str, str] | None = None) -> str:
    """The address of one timeline of any plan that was run for these worlds, whatever its arm.

    variants  another reading of the record than the question's own
    """
    question = worlds.question
    pods, changes = _changes_in(worlds, plan)
    if plan.horizon in (START, END):
        horizon: str | int = "start" if plan.horizon == START else "end"
    else:
        freed = freed_after(plan.items) if plan.items else START
        horizon = "after-changes" if plan.horizon == freed else plan.horizon
    named = Named(
        pods=pods,
        changes=changes,
        seed=plan.seed,
        timeline=timeline,
        draws=plan.draws,
        coupling=plan.coupling,
        clocks=plan.clocks,
        horizon=horizon,
        variants=question.variants if variants is None else variants,
        priors=priors_in(question),
    )
    return text_of(worlds.model, named)


def _changes_in(worlds: Worlds, plan: Plan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which of the question's changes a plan has: all, none, or one point of divergence alone."""
    if plan.items == worlds.items:
        return worlds.question.pods, worlds.question.do
    for name, asked in zip(worlds.question.pods, worlds.pods, strict=True):
        if plan.items == items_of(asked.changes, worlds.model.blueprint):
            return (name,), ()
    return (), ()


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
        fresh_draws=bool(named.priors),
    )
