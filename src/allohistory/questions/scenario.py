"""A scenario as users hold it: ask it, look things up in it, fetch a timeline by address. Heavy parts load on use."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.errors import AllohistoryError
from allohistory.questions.question import DEFAULT_SCENARIO, Question, several

if TYPE_CHECKING:
    from allohistory.book.tables import Entry, Outcome, Parameter, Pod, Variable
    from allohistory.questions.answer import Answer
    from allohistory.questions.arms import Progress
    from allohistory.questions.ask import Partly
    from allohistory.questions.debate.kept import Judged
    from allohistory.questions.replays import ReplayAnswer
    from allohistory.questions.timelines import Timeline
    from allohistory.timeline.model import Model
    from allohistory.timeline.rule import RuleCard


def scenarios() -> list[str]:
    """The names of all scenarios that come with the package."""
    from allohistory.timeline.model import scenarios as known

    return known()


def scenario(name: str = DEFAULT_SCENARIO) -> Scenario:
    """Open a scenario.

    Raises
    ------
    AllohistoryError : there is no such scenario; the message names the nearest.

    Examples
    --------
    >>> scenario().name
    'soviet-japanese-war'
    """
    if name not in scenarios():
        raise AllohistoryError("scenario", f'there is no scenario "{name}"', given=name, possible=scenarios())
    return Scenario(name)


@dataclass(frozen=True)
class Scenario:
    """One scenario, by name. What it holds is looked up by id; what it answers comes from `ask`."""

    name: str

    @property
    def model(self) -> Model:
        """The loaded scenario behind this one (not part of the stable interface)."""
        from allohistory.timeline.model import load

        return load(self.name)

    @property
    def pods(self) -> Mapping[str, Pod]:
        """The catalogue of points of divergence."""
        return self.model.book.pods

    @property
    def record(self) -> Mapping[str, Entry]:
        """What happened, entry by entry."""
        return self.model.book.entries

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What can be asked for."""
        return self.model.book.outcomes

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The numbers that rules use, each with its prior and its reasons."""
        return self.model.book.parameters

    @property
    def variables(self) -> Mapping[str, Variable]:
        """The state of the world."""
        return self.model.book.variables

    @property
    def rules(self) -> Mapping[str, RuleCard]:
        """What each rule says of itself."""
        return {id: rule.card for id, rule in self.model.rules.items()}

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
        out : a folder to write answer.json and outcomes.parquet into.
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
        return self.answer(question, progress=progress, partly=partly)

    def answer(
        self,
        question: Question,
        *,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
        partly: Partly | None = None,
    ) -> Answer:
        """Answer a question that was read from a file or put together by hand; `partly` is told each stage of it."""
        from allohistory.questions.ask import ask
        from allohistory.questions.books import model_for
        from allohistory.results.files import ready_folder

        if question.out is not None:
            ready_folder(question.out)
        found = ask(question, model_for(question), progress=progress, stop=stop, partly=partly)
        if question.out is not None:
            found.save(question.out)
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

    def read(self, file: str | Path, **overriding: Any) -> Question:
        """The question in a what-if file; keyword arguments override its keys."""
        from allohistory.questions.whatif import question_from_file

        return question_from_file(Path(file), self.model, overriding)

    def timeline(self, address: str) -> Timeline:
        """The timeline that an address names."""
        from allohistory.questions.timelines import timeline_at

        return timeline_at(address)

    def replay(self, draw: int | None = None) -> ReplayAnswer:
        """Impose the record and score it: does it come back, and how likely was it by the rules?"""
        from allohistory.questions.replays import replay_answer

        return replay_answer(self.model, draw)
