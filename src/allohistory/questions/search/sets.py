"""Which sets of divergences are tried: the catalogue's, moved where they may be, none that clash.

A point of divergence that changes the state has no chance by the rules. It is tried only where judged bits are asked
for, and then counts with the middle of its judged range.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from allohistory.book.resolve import find_pod
from allohistory.errors import AllohistoryError
from allohistory.questions.question import Question
from allohistory.questions.search.tally import PodSet, set_of
from allohistory.questions.worlds import Worlds, read_worlds

if TYPE_CHECKING:
    from allohistory.book.tables import Pod
    from allohistory.timeline.model import Model

MOST_PODS = 4


def bare(name: str) -> str:
    """The id without the date it is moved to."""
    return name.partition("@")[0]


@dataclass
class Sets:
    """The candidates of one search, each understood once."""

    model: Model
    question: Question
    judged: bool = False
    only: tuple[str, ...] = ()
    _worlds: dict[PodSet, Worlds | None] = field(default_factory=dict)

    def singles(self) -> list[str]:
        """The divergences that may be tried, in the catalogue's order; raises for an unknown one of `only`."""
        book = self.model.book
        wanted = [find_pod(name, book, "--among")[0].id for name in self.only] or list(book.pods)
        return [name for name in wanted if self._may(name)]

    def left_out(self) -> list[str]:
        """Divergences outside the rules that are not tried because judged bits were not asked for."""
        return [] if self.judged else [name for name in self.model.book.pods if self.outside(name)]

    def outside(self, name: str) -> bool:
        """Does it change the state, so that no rule gives it a chance?"""
        worlds = self.worlds((name,))
        return worlds is not None and any(change.kind == "variable" for change in worlds.changes)

    def judged_bits(self, names: PodSet) -> float:
        """The middles of the judged ranges of those outside the rules, together."""
        pods = [self.pod(name) for name in names if self.outside(name)]
        return sum((pod.judged_bits.low + pod.judged_bits.high) / 2.0 for pod in pods if pod.judged_bits)

    def _may(self, name: str) -> bool:
        if self.worlds((name,)) is None:
            return False
        return not self.outside(name) or (self.judged and self.pod(name).judged_bits is not None)

    def pod(self, name: str) -> Pod:
        """The catalogue's own row of a name that may be moved."""
        return self.model.book.pods[bare(name)]

    def at(self, name: str, day: date) -> str:
        """The name of a divergence on a date."""
        return bare(name) if day == self.pod(name).date else f"{bare(name)}@{day.isoformat()}"

    def worlds(self, names: PodSet) -> Worlds | None:
        """The set read against the scenario; None where two of its changes clash, or it stands twice in it."""
        names = set_of(names)
        if names not in self._worlds:
            self._worlds[names] = self._read(names)
        return self._worlds[names]

    def _read(self, names: PodSet) -> Worlds | None:
        if len({bare(name) for name in names}) < len(names):
            return None
        try:
            return read_worlds(self.question.but(pods=names), self.model)
        except AllohistoryError:
            return None

    def possible(self, sets: Sequence[PodSet]) -> list[PodSet]:
        """Those without a clash."""
        return [names for names in sets if self.worlds(names) is not None]
