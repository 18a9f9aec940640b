"""A scenario as users hold it: ask it, look things up in it, fetch a timeline by address. Heavy parts load on use."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.errors import AllohistoryError
from allohistory.questions.question import DEFAULT_SCENARIO, Question, several

if TYPE_CHECKING:
    from allohistory.book.tables import Entry, Outcome, Parameter, Pod, Variable
    from allohistory.questions.answer import Answer
    from allohistory.questions.arms import Progress
    from allohistory.questions.debate.kept import Judged
    from allohistory.questions.rare.answer import Roads
    from allohistory.questions.explain.ask import Explanation
    from allohistory.questions.hinges.ask import Hinges
    from allohistory.questions.replays import ReplayAnswer
    from allohistory.questions.search.answer import SearchAnswer
    from allohistory.questions.search.search import Watcher
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
        cluster: str | None = None,
        events: bool = False,
        anew: bool = False,
        progress: Progress | None = None,
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
        return self.answer(question, progress=progress, cluster=cluster, events=events, anew=anew)

    def answer(
        self,
        question: Question,
        *,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
        cluster: str | None = None,
        events: bool = False,
        anew: bool = False,
        say: list[str] | None = None,
    ) -> Answer:
        """Answer a question that was read from a file or put together by hand; `say` gets notes on a run's files."""
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
            found = ask(question, model, progress=progress, stop=stop)
            keep(question, model, found)
        return found

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

    def search(
        self,
        outcome: str,
        *,
        given: str | None = None,
        without: str | None = None,
        largest: int = 2,
        among: str | Iterable[str] = (),
        judged: bool = False,
        most_bits: float = 30.0,
        timelines: int = 2000,
        minutes: float | None = None,
        draws: int = 100,
        seed: int = 1,
        workers: int | None = None,
        watcher: Watcher | None = None,
        stop: threading.Event | None = None,
    ) -> SearchAnswer:
        """What would it take? The least surprising sets of divergences that make an outcome likelier.

        Parameters
        ----------
        outcome : an id or expression that holds or does not.
        given, without : count only timelines in which this holds, or does not.
        largest : divergences in the largest sets, 1 to 4.
        among : ids of the divergences to try; default the whole catalogue.
        judged : also try those outside the rules, with the middle of their judged bits.
        most_bits : sets of several beyond so much surprise are not tried.
        timelines : of each set of the front on new luck.
        minutes : stop after so many, with what was found.
        watcher : called with the front as it narrows.

        Returns
        -------
        SearchAnswer : the front, decided on luck that the search had not seen.

        Raises
        ------
        AllohistoryError : a bad id, size or expression; the message names the nearest.
        """
        from allohistory.questions.search.find import find
        from allohistory.questions.search.search import Wanted

        question = Question(
            scenario=self.name,
    def roads(
        self,
        outcome: str,
        *,
        pods: str | Iterable[str] = (),
        do: str | Iterable[str] = (),
        from_: str | None = None,
        luck: str = "fresh",
        given: str | None = None,
        without: str | None = None,
        timelines: int | None = None,
        by: str | Iterable[str] = (),
        draws: int = 100,
        seed: int = 1,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> Roads:
        """By which roads does a history get to this outcome?

        Parameters
        ----------
        outcome : an outcome or expression that comes or does not.
        pods, do, from_, luck, given, without, draws, seed : as for `ask`.
        timelines : how many to run by brute force; default until enough reach the outcome.
        by : milestones on the way to a rare outcome, the rarest last; default chosen by a pilot.

        Returns
        -------
        Roads : the probability, how it was come by, and each road with its share, steps, needs and typical timelines.

        Raises
        ------
        AllohistoryError : a bad id, date, option or change; an outcome that is an amount or one of several.
        """
        question = Question(
            scenario=self.name,
            pods=several(pods),
            do=several(do),
            from_=from_,
            luck=luck,
            outcomes=(outcome,),
            given=given,
            without=without,
            draws=draws,
            seed=seed,
            workers=workers,
        )
        wanted = Wanted(question, largest, judged, several(among), timelines, minutes, most_bits)
        return find(wanted, self.model, watcher=watcher, stop=stop)
        return self.answer_roads(question, timelines=timelines, by=several(by), progress=progress)

    def answer_roads(
        self,
        question: Question,
        *,
        timelines: int | None = None,
        by: tuple[str, ...] = (),
        progress: Progress | None = None,
        stop: threading.Event | None = None,
    ) -> Roads:
        """Find the roads of a question that was read from a file or put together by hand."""
        from allohistory.questions.books import model_for
        from allohistory.questions.rare.answer import Roads
        from allohistory.questions.rare.question import find_roads

        found = find_roads(
            question, model_for(question), timelines=timelines, by=by, progress=progress, stop=stop
        )
        return Roads(found, by, timelines)

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

    def hinges(
        self,
        outcome: str,
        *,
        timelines: int = 240,
        draws: int = 100,
        seed: int = 1,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> Hinges:
        """When was it decided: the outcome's probability given our history up to each week, and what moved it.

        Parameters
        ----------
        outcome : an id or an expression that is true or false.
        timelines : for each week, from 200 to 4000.

        Raises
        ------
        AllohistoryError : a bad outcome or number; the message names the nearest.
        """
        from allohistory.questions.hinges.ask import hinges

        return hinges(
            self.model,
            outcome,
            timelines=timelines,
            draws=draws,
            seed=seed,
            workers=workers,
            progress=progress,
        )

    def explain(
        self,
        outcome: str,
        *,
        pods: str | Iterable[str] = (),
        do: str | Iterable[str] = (),
        at: str | Iterable[str] = (),
        from_: str | None = None,
        timelines: int = 2000,
        draws: int = 100,
        seed: int = 1,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> Explanation:
        """Why: what each change was needed and enough for, by which steps, and under what conditions.

        Parameters
        ----------
        outcome : an id or an expression that is true or false.
        pods, do : the causes, one to five.
        at : dates at which the world's states are read; default a year after the change.

        Raises
        ------
        AllohistoryError : a bad id, date or number; the message names the nearest.
        """
        from allohistory.questions.explain.ask import explain

        question = Question(
            scenario=self.name,
            pods=several(pods),
            do=several(do),
            from_=from_,
            outcomes=(outcome,),
            timelines=timelines,
            draws=draws,
            seed=seed,
            workers=workers,
        )
        return explain(question, self.model, at=several(at), progress=progress)
