"""Questions that look for something: what it would take, by which roads, when it was decided, and why."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from allohistory.questions.lookups import Lookups
from allohistory.questions.question import Question, several

if TYPE_CHECKING:
    from allohistory.questions.arms import Progress
    from allohistory.questions.explain.ask import Explanation
    from allohistory.questions.hinges.ask import Hinges
    from allohistory.questions.rare.answer import Roads
    from allohistory.questions.search.answer import SearchAnswer
    from allohistory.questions.search.search import Watcher


class Inquiring(Lookups):
    """A scenario in which something is looked for."""

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
            outcomes=(outcome,),
            given=given,
            without=without,
            draws=draws,
            seed=seed,
            workers=workers,
        )
        wanted = Wanted(question, largest, judged, several(among), timelines, minutes, most_bits)
        return find(wanted, self.model, watcher=watcher, stop=stop)

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
