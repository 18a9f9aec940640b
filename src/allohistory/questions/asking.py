"""Questions about chosen worlds: what follows from a change, and what becomes of the arguments people have."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.errors import AllohistoryError
from allohistory.questions.lookups import Lookups
from allohistory.questions.question import Question, several

if TYPE_CHECKING:
    from allohistory.questions.answer import Answer
    from allohistory.questions.arms import Progress
    from allohistory.questions.ask import Partly
    from allohistory.questions.debate.kept import Judged


class Asking(Lookups):
    """A scenario that is asked."""

    def ask(
        self,
        *,
        pods: str | Iterable[str] = (),
        do: str | Iterable[str] = (),
        from_: str | None = None,
        luck: str = "fresh",
        coupling: str = "gumbel",
        clocks: str = "week",
        outcomes: str | Iterable[str] | None = None,
        given: str | None = None,
        without: str | None = None,
        timelines: int = 2000,
        precision: float | None = None,
        draws: int = 100,
        seed: int = 1,
        workers: int | None = None,
        out: str | Path | None = None,
        cluster: str | None = None,
        events: bool = False,
        anew: bool = False,
        progress: Progress | None = None,
        partly: Partly | None = None,
    ) -> Answer:
        """What follows from these points of divergence?

        Parameters
        ----------
        pods, do : ids of the catalogue, and changes of your own; one string or several.
        from_ : date on which luck is freed; default just after the last change.
        luck : ``"fresh"`` after the change, or ``"same"``: history's own throughout.
        outcomes : ids or expressions; default the scenario's usual ones.
        given, without : count only timelines in which this holds, or does not.
        timelines, precision : how many, or how narrow each interval must become.
        out : a folder for a run: its timelines in parts, answer.json beside them; what was begun there goes on.
        cluster : address of a Dask scheduler that makes the batches of a run.
        events : keep every event of every timeline of a run, too.
        anew : work it out also where the answer is kept from before.
        progress : called with (what is run, timelines finished, timelines in all).
        partly : called with the answer so far at each stage: first figures, all timelines, the other luck.

        Returns
        -------
        Answer : probabilities with and without the change, each with its two intervals.

        Raises
        ------
        AllohistoryError : a bad id, date, option, change or folder; the message names the nearest.
        """
        question = Question(
            scenario=self.name,
            pods=several(pods),
            do=several(do),
            from_=from_,
            luck=luck,
            coupling=coupling,
            clocks=clocks,
            outcomes=several(outcomes),
            given=given,
            without=without,
            timelines=timelines,
            precision=precision,
            draws=draws,
            seed=seed,
            workers=workers,
            out=None if out is None else str(out),
        )
        return self.answer(
            question, progress=progress, partly=partly, cluster=cluster, events=events, anew=anew
        )

    def answer(
        self,
        question: Question,
        *,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
        partly: Partly | None = None,
        cluster: str | None = None,
        events: bool = False,
        anew: bool = False,
        say: list[str] | None = None,
    ) -> Answer:
        """Answer a question that was read from a file or put together by hand.

        partly : is told each stage of an answer in memory; `say` gets notes on a run's files.
        """
        from allohistory.questions.ask import ask
        from allohistory.questions.books import model_for
        from allohistory.questions.kept_answers.shelf import keep, recall

        model = model_for(question)
        if question.out is not None:
            from allohistory.questions.runs.carry_out import How, answer_run

            how = How(events, cluster, progress, stop or threading.Event(), [] if say is None else say)
            return answer_run(question, model, how)
        if cluster is not None or events:
            option = "--cluster" if cluster is not None else "--events"
            raise AllohistoryError(option, "is for runs on disk", closest=f"--out DIR {option}")
        found = recall(question, model, anew=anew)
        if found is None:
            found = ask(question, model, progress=progress, stop=stop, partly=partly)
            keep(question, model, found)
        return found

    def answers(
        self, question: Question, *, progress: Progress | None = None, stop: threading.Event | None = None
    ) -> Iterator[Answer]:
        """The answer as it comes: first figures, all timelines, the other luck, and the whole answer last.

        Examples
        --------
        >>> for answer in scenario().answers(Question(pods=("no-xian",))):  # doctest: +SKIP
        ...     print(answer.stage, answer.outcomes["general_war"].chosen.probability)
        """
        from allohistory.questions.ask import answers
        from allohistory.questions.books import model_for

        yield from answers(question, model_for(question), progress=progress, stop=stop)

    def claims(
        self,
        ids: str | Iterable[str] | None = None,
        *,
        full: bool = False,
        file: str | Path | None = None,
        timelines: int | None = None,
        seed: int | None = None,
        workers: int | None = None,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
    ) -> tuple[Judged, ...]:
        """The arguments people have about this scenario, each judged by the rules.

        Parameters
        ----------
        ids : of the claims wanted; default all.
        full : judge them anew, and keep what comes of it; else the kept verdicts come at once.
        file : judge the claims of this what-if file instead.
        timelines, seed, workers : of what is run.

        Returns
        -------
        tuple : a claim each, with its verdict, parts, addresses, what it hangs on, and the model that judged it.

        Raises
        ------
        AllohistoryError : an unknown id, or a file that cannot be read; the message names the nearest.
        """
        from allohistory.questions.debate.asked import claims_of_file, claims_of_table

        if file is not None:
            options = {"timelines": timelines, "seed": seed, "workers": workers}
            given = {name: value for name, value in options.items() if value is not None}
            return claims_of_file(self.read(file, **given), several(ids), progress=progress, stop=stop)
        return claims_of_table(
            self.model,
            several(ids),
            full=full,
            timelines=timelines,
            seed=seed,
            workers=workers,
            progress=progress,
            stop=stop,
        )

    def read_keys(self, keys: Mapping[str, Any], where: str = "question") -> Question:
        """The question that the keys of a what-if put, as JSON gives them; `where` names them in an error."""
        from allohistory.questions.whatif import question_from_keys

        return question_from_keys(keys, self.model, where)

    def read(self, file: str | Path, **overriding: Any) -> Question:
        """The question in a what-if file; keyword arguments override its keys."""
        from allohistory.questions.whatif import question_from_file

        return question_from_file(Path(file), self.model, overriding)
