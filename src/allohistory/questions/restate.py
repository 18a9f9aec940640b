"""The question in plain words, with exact definitions: what every answer begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from allohistory.questions.weights import weights_for
from allohistory.results.words import in_words, listed, thousands
from allohistory.timeline.plan import PLACES, START

if TYPE_CHECKING:
    from allohistory.book.tables import Parameter
    from allohistory.questions.columns import Asked
    from allohistory.questions.worlds import Worlds
    from allohistory.timeline.named import Named


def restated(worlds: Worlds, asked: Sequence[Asked], timelines: int) -> list[str]:
    """The question, a paragraph an item: what is changed, whose luck, what is asked, over how many timelines."""
    return [
        what_is_changed(worlds),
        whose_luck(worlds),
        *([belief] if (belief := own_priors(worlds)) else []),
        *([condition] if (condition := condition_of(worlds)) else []),
        (
            f"{thousands(timelines)} timelines spread over {worlds.question.draws} draws of the parameters, seed "
            f"{worlds.question.seed}. Intervals are 90 %: chance says how far more timelines could move a number, "
            "ignorance how far better knowledge of the parameters could."
        ),
        *(f"{one.title}: {one.definition}" for one in asked),
    ]


def what_is_changed(worlds: Worlds) -> str:
    """Suppose that ..."""
    question = worlds.question
    parts = [f"{asked.pod.title} ({in_words(asked.date)}; {asked.pod.id})" for asked in worlds.pods]
    parts += [f"the change {change}" for change in question.do]
    if parts:
        return f"Suppose: {listed(parts)}. What follows?"
    if question.luck == "same":
        return "Nothing is changed and history keeps its own luck: this is our history itself."
    if question.from_ is not None:
        return f"Nothing is changed, but luck is fresh from {in_words(_freed(worlds))} on. What could have followed?"
    return "Nothing is changed and nothing but the rules decides, from the first week on. What could have happened?"


def whose_luck(worlds: Worlds) -> str:
    """Whose luck decides, and from when on."""
    question = worlds.question
    if question.luck == "same":
        carried = f"choices carry it over by {question.coupling}, clocks by {question.clocks}"
        return f"Luck: history's own throughout ({carried}); only what the change causes differs."
    if worlds.freed == START:
        return "Luck: fresh from the first week on."
    when = in_words(_freed(worlds))
    if question.from_ is not None:
        return f"Luck: history's own before the week of {when}, fresh from its start."
    last = "the last of the changes" if len(worlds.changes) > 1 else "the change"
    return f"Luck: history's own up to {last} (in the week of {when}), fresh right after it."


def whose_luck_of_one(worlds: Worlds, named: Named) -> str:
    """The same for a single timeline, which may have been freed within a week, and forked."""
    words = whose_luck(worlds)
    if isinstance(named.horizon, int) and named.horizon % PLACES:
        when = in_words(worlds.model.book.calendar.monday_of(named.horizon // PLACES))
        words = f"Luck: history's own up to a change in the week of {when}, fresh right after it."
    weeks = [in_words(worlds.model.book.calendar.monday_of(week)) for week, _ in named.forks]
    if weeks:
        words += f" Forked: luck is drawn anew from the week of {listed(weeks)} on."
    return words


def own_priors(worlds: Worlds) -> str:
    """What the user believes of parameters, and how that is brought into the answer."""
    question, parameters = worlds.question, worlds.model.book.parameters
    if not question.priors:
        return ""
    believed = listed([f"{id}: {_prior(numbers, parameters[id])}" for id, numbers in question.priors.items()])
    weights = weights_for(question, worlds.model)
    if weights is None:
        return f"Your own priors: {believed}. Parameters are drawn anew from them."
    return (
        f"Your own priors: {believed}. The kept draws of the parameters are weighted by them; "
        f"{weights.effective:.0f} draws of equal weight would carry as much as these {len(weights.by_draw)} do."
    )


def _prior(numbers: Mapping[str, Any], parameter: Parameter) -> str:
    """Numbers as they were given; a drawn-anew model holds them already, so the book's own are not repeated."""
    return ", ".join(f"{name} {held}" for name, held in numbers.items()) + f" ({parameter.unit})"


def condition_of(worlds: Worlds) -> str:
    """Only timelines in which ..."""
    question = worlds.question
    parts = [f"{question.given} holds"] if question.given else []
    parts += [f"{question.without} does not hold"] if question.without else []
    return f"Counted are only timelines in which {listed(parts)}." if parts else ""


def _freed(worlds: Worlds) -> str:
    date = worlds.freed_date
    return date.isoformat() if date is not None else worlds.model.book.calendar.first.isoformat()
