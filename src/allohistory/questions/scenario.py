"""A scenario as users hold it: ask it, look things up in it, fetch a timeline by address. Heavy parts load on use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allohistory.errors import AllohistoryError
from allohistory.questions.asking import Asking
from allohistory.questions.inquiring import Inquiring
from allohistory.questions.question import DEFAULT_SCENARIO

if TYPE_CHECKING:
    from allohistory.questions.replays import ReplayAnswer
    from allohistory.questions.timelines import Timeline


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


class Scenario(Asking, Inquiring):
    """One scenario, by name. What it holds is looked up by id; what it answers comes from its questions."""

    def timeline(self, address: str) -> Timeline:
        """The timeline that an address names."""
        from allohistory.questions.timelines import timeline_at

        return timeline_at(address)

    def replay(self, draw: int | None = None) -> ReplayAnswer:
        """Impose the record and score it: does it come back, and how likely was it by the rules?"""
        from allohistory.questions.replays import replay_answer

        return replay_answer(self.model, draw)
