"""Timelines as a population that can be split (a `Paths` of splitting.py): luck is forked at the first passage.

A timeline's score is the height of the highest milestone it has passed (ladder.py); each milestone has a day, so the
week of the first passage above a level is known, and the copy takes a new salt from the week after it on. It is run
again from its first week: the weeks before the fork come out bit for bit, and count as work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allohistory.errors import AllohistoryError
from allohistory.questions.columns import Columns
from allohistory.questions.rare.histories import Name
from allohistory.timeline.plan import END, PLACES
from allohistory.timeline.shape import FORKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.questions.columns import Asked
    from allohistory.questions.rare.histories import Finished, Histories
    from allohistory.questions.rare.ladder import Ladder
    from allohistory.questions.worlds import Worlds

DAYS_A_WEEK = 7
NO_WEEK = 1 << 20


class Population:
    """Timelines of one question, climbing a ladder. first: the number of its first root timeline."""

    def __init__(
        self,
        worlds: Worlds,
        asked: Asked,
        ladder: Ladder,
        histories: Histories,
        *,
        first: int,
        finished: Finished | None = None,
    ) -> None:
        if len(ladder.levels) > FORKS:
            raise AllohistoryError(
                "--by", f"a timeline can be forked {FORKS} times", given=len(ladder.levels)
            )
        self.worlds, self.asked, self.ladder, self.histories = worlds, asked, ladder, histories
        self.first, self.finished, self.salt, self.work = first, finished, 0, 0.0
        self.names: list[Name] = []
        self.score = np.zeros(0)
        self.reached = np.zeros(0, bool)
        self.week = np.zeros((0, len(ladder.heights)), np.int64)

    def start(self, count: int) -> None:
        """Root timelines, none forked."""
        self.names = [Name(self.first + i) for i in range(count)]
        self.score, self.reached = np.zeros(count), np.zeros(count, bool)
        self.week = np.full((count, len(self.ladder.heights)), NO_WEEK)
        self._run(np.arange(count))

    def branch(
        self, places: NDArray[np.intp], parents: NDArray[np.intp], levels: NDArray[np.float64]
    ) -> None:
        """Fork each parent in the week after its first passage; a fork after the last week leaves it as it is."""
        above = self.ladder.heights[None, :] > levels[:, None]
        passed = np.where(above, self.week[parents], NO_WEEK).min(axis=1)
        names = [self.names[parent] for parent in parents]
        for place, name, week in zip(places.tolist(), names, passed.tolist(), strict=True):
            self.salt += 1
            later = max(week + 1, self._freed)
            last = later >= self.worlds.model.blueprint.weeks
            self.names[place] = name if last else name.forked(later, self.salt)
        self._run(places)

    def name(self, place: int) -> Name:
        """Root and forks."""
        return self.names[place]

    @property
    def _freed(self) -> int:
        """The first week all of whose luck is free."""
        freed = self.worlds.plan().horizon
        return 0 if freed == END else -(-freed // PLACES)

    def _run(self, places: NDArray[np.intp]) -> None:
        world = self.histories.run([self.names[place] for place in places], finished=self.finished)
        self.work += len(places)
        kept = world.ensemble.aside == 0
        columns = Columns(self.worlds.model, world.ensemble, self.worlds.question.custom)
        self.reached[places] = False
        self.reached[places[kept]] = columns.read(self.asked).shown
        week = np.full((len(places), len(self.ladder.heights)), NO_WEEK)
        week[kept] = self.ladder.weeks(columns)
        self.week[places] = week
        passed = np.where(week < NO_WEEK, self.ladder.heights[None, :], 0.0)
        self.score[places] = np.where(kept, passed.max(axis=1, initial=0.0), -1.0)
