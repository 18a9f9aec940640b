"""Claims as they are asked for: the table's, as kept or anew, and those of a user's own file."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from allohistory.errors import AllohistoryError
from allohistory.questions.arms import Progress, Runner, Stopped
from allohistory.questions.books import model_for
from allohistory.questions.debate import kept
from allohistory.questions.debate.judge import Judge
from allohistory.questions.debate.table import Claim, chosen, claims_of
from allohistory.questions.question import workers_of
from allohistory.version import VERSION

if TYPE_CHECKING:
    from allohistory.questions.question import Question
    from allohistory.timeline.model import Model


def claims_of_table(
    model: Model,
    ids: tuple[str, ...],
    *,
    full: bool,
    timelines: int | None,
    seed: int | None,
    workers: int | None,
    progress: Progress | None,
    stop: threading.Event | None,
) -> tuple[kept.Judged, ...]:
    """The table's claims: as kept, or judged anew and then kept. After a stop the rest is as it was."""
    table = claims_of(model)
    wanted = {id: table[id] for id in chosen(table, ids)}
    if full:
        found = kept.judged(
            model,
            wanted.values(),
            timelines=timelines,
            seed=1 if seed is None else seed,
            workers=workers,
            progress=progress,
            stop=stop,
        )
        done = {one.id: one for one in found}
        if timelines is None and done:
            kept.keep(model, done.values())
        if len(done) == len(wanted):
            return found
        return tuple(done.get(one.id, one) for one in kept.kept(model, wanted))
    return kept.kept(model, wanted)


def claims_of_file(
    question: Question, ids: tuple[str, ...], *, progress: Progress | None, stop: threading.Event | None
) -> tuple[kept.Judged, ...]:
    """The claims that a what-if file brings, under the file's own luck, priors, draws and number of timelines."""
    known = {one.id: one for one in question.claims}
    if not known:
        problem = "it brings no claims: add a [[claim]] with a [[claim.part]]"
        raise AllohistoryError(str(question.file), problem, see="docs: Put a claim to the test")
    wanted = [known[id] for id in chosen(known, ids, str(question.file))]
    model, count = model_for(question), question.timelines
    runner = Runner(model, workers_of(question.workers), 0, progress, stop or threading.Event())
    judge = Judge(question, model, lambda plan: runner.run("claims", plan, count))
    runner.total = count * len(kept.plans_of(judge, wanted))
    made = kept.Made(VERSION, model.digest[:16], question.seed, count, 0)
    found = []
    for one in wanted:
        words = Claim(id=one.id, says=one.says, part=one.part, source=one.source)
        found.append(kept.with_words(judge.claim(one), words, made, current=True))
        if runner.stop.is_set():
            raise Stopped("claims")
    return tuple(found)
