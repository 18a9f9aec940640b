"""How each kind of question is looked through before it is accepted, and how it is answered on a job's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allohistory.questions.question import DEFAULT_TIMELINES
from allohistory.questions.scenario import scenario
from allohistory.results.schema import plain
from allohistory.studio.kept_lists import text_of

if TYPE_CHECKING:
    from allohistory.questions.answer import Answer
    from allohistory.questions.search.search import Sight, Wanted
    from allohistory.studio.jobs import Found, Job
    from allohistory.studio.reading import Asked

SECONDS_A_MINUTE = 60.0


@dataclass(frozen=True)
class Kind:
    """A kind of question: what is looked at before anything is run, and the work."""

    look: Callable[[Asked], None]
    work: Callable[[Asked, Job], Found]


def look_at_ask(asked: Asked) -> None:
    """Raise AllohistoryError where it cannot be understood."""
    from allohistory.questions.ask import asked_outcomes
    from allohistory.questions.books import model_for
    from allohistory.questions.worlds import read_worlds

    model = model_for(asked.question)
    read_worlds(asked.question, model)
    asked_outcomes(asked.question, model)


def ask(asked: Asked, job: Job) -> Found:
    """`ask --json`; stage by stage while it comes."""
    found = scenario(asked.question.scenario).answer(
        asked.question, progress=job.progress, stop=job.stop, partly=lambda part: job.partly(staged(part))
    )
    if found.outcomes:
        from allohistory.telling.charts.states import branches

        job.beside = text_of(branches(found))
    return found.as_dict(), found.stopped


def staged(part: Answer) -> dict[str, Any]:
    """An answer that is still coming, with the stage that it has reached."""
    return {**part.as_dict(), "stage": part.stage}


def wanted_of(asked: Asked) -> Wanted:
    """What is searched for."""
    from allohistory.questions.search.search import MOST_BITS, NEW_TIMELINES, Wanted

    options = asked.options
    largest, bits = options["largest"], options["bits"]
    return Wanted(
        asked.question.but(timelines=DEFAULT_TIMELINES),  # those asked for are of each set of the front
        2 if largest is None else largest,
        options["judged"],
        tuple(options["among"]),
        asked.timelines or NEW_TIMELINES,
        options["minutes"],
        MOST_BITS if bits is None else bits,
    )


def look_at_search(asked: Asked) -> None:
    """Raise AllohistoryError where it cannot be understood."""
    from allohistory.book.resolve import find_pod
    from allohistory.questions.search.find import checked

    model = scenario(asked.question.scenario).model
    checked(wanted_of(asked), model)
    for name in asked.options["among"]:
        find_pod(name, model.book, "question: among")


def search(asked: Asked, job: Job) -> Found:
    """`search --json`; the front while it narrows."""
    from allohistory.questions.search.find import find

    model = scenario(asked.question.scenario).model

    def see(sight: Sight) -> None:
        job.progress(sight.doing, sight.timelines, 0)
        job.partly(front_so_far(sight))

    found = find(wanted_of(asked), model, watcher=see, stop=job.stop)
    return found.as_dict(), found.stopped


def front_so_far(sight: Sight) -> Mapping[str, Any]:
    """What a search has found up to now, in the keys of its answer; figures on the search's own luck flatter."""
    lines = []
    for names, bits, share, new_luck in sight.front:
        estimate = {"probability": share, "chance_interval": None, "ignorance_interval": None, "n": None}
        lines.append(
            {
                "pods": [{"id": str(name)} for name in names],
                "surprise_bits": bits,
                "estimate": None if new_luck else estimate,
                "again_on_new_luck": estimate if new_luck else None,
            }
        )
    tried = {"sets": sight.tried, "timelines": sight.timelines}
    return {"stage": sight.doing, "front": plain(lines), "tried": tried}


def look_at_roads(asked: Asked) -> None:
    """Raise AllohistoryError where it cannot be understood."""
    from allohistory.questions.books import model_for
    from allohistory.questions.columns import asked_of
    from allohistory.questions.rare.question import the_outcome
    from allohistory.questions.worlds import read_worlds

    model = model_for(asked.question)
    the_outcome(read_worlds(asked.question, model))
    for name in asked.options["by"]:
        asked_of(name, model, asked.question.custom, "question: by")


def roads(asked: Asked, job: Job) -> Found:
    """`roads --json`."""
    found = scenario(asked.question.scenario).answer_roads(
        asked.question,
        timelines=asked.timelines,
        by=tuple(asked.options["by"]),
        progress=job.progress,
        stop=job.stop,
    )
    return found.as_dict(), False


def hinge_timelines(asked: Asked) -> int:
    """Of each week."""
    from allohistory.questions.hinges.ask import TIMELINES

    return asked.timelines or TIMELINES


def look_at_hinges(asked: Asked) -> None:
    """Raise AllohistoryError where it cannot be understood."""
    from allohistory.questions.hinges.ask import checked, yes_or_no

    model = scenario(asked.question.scenario).model
    yes_or_no(asked.question.outcomes[0], model)
    checked(hinge_timelines(asked), asked.question.draws, model)


def hinges(asked: Asked, job: Job) -> Found:
    """`hinges --json`."""
    from allohistory.questions.hinges.ask import hinges as find

    question = asked.question
    found = find(
        scenario(question.scenario).model,
        question.outcomes[0],
        timelines=hinge_timelines(asked),
        draws=question.draws,
        seed=question.seed,
        progress=job.progress,
        stop=job.stop,
    )
    return found.as_dict(), False


def look_at_explain(asked: Asked) -> None:
    """Raise AllohistoryError where it cannot be understood."""
    from allohistory.questions.explain.ask import causes_of, weeks_of
    from allohistory.questions.hinges.ask import yes_or_no
    from allohistory.questions.worlds import read_worlds

    model = scenario(asked.question.scenario).model
    yes_or_no(asked.question.outcomes[0], model)
    worlds = read_worlds(asked.question, model)
    causes_of(asked.question, model, worlds)
    weeks_of(asked.options["at"], worlds)


def explain(asked: Asked, job: Job) -> Found:
    """`explain --json`."""
    from allohistory.questions.explain.ask import explain as find

    model = scenario(asked.question.scenario).model
    found = find(asked.question, model, at=asked.options["at"], progress=job.progress, stop=job.stop)
    return found.as_dict(), False


KINDS: Mapping[str, Kind] = {
    "ask": Kind(look_at_ask, ask),
    "search": Kind(look_at_search, search),
    "roads": Kind(look_at_roads, roads),
    "hinges": Kind(look_at_hinges, hinges),
    "explain": Kind(look_at_explain, explain),
}
