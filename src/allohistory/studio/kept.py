"""A few timelines that were asked for lately: recomputed once, by whichever request comes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

MOST_TIMELINES = 6  # some 20 megabytes each
MOST_TEXTS = 48

Held = TypeVar("Held")


class Lately:
    """The last few of something, each made once; whoever asks while it is being made waits for it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Held]) -> Held:
        """What is kept under a key; made where it is not there. What could not be made is not kept."""
        with self._lock:
            making = self._making.setdefault(key, Lock())
        try:
            with making:
                with self._lock:
                    if key in self._held:
                        self._held.move_to_end(key)
                        held: Held = self._held[key]
                        return held
                made = make()
                with self._lock:
                    self._held[key] = made
                    while len(self._held) > self.most:
                        self._held.popitem(last=False)
                return made
        finally:
            with self._lock:
                if not making.locked():
                    self._making.pop(key, None)

    def __len__(self) -> int:
        return len(self._held)


class Kept:
    """Timelines by their address, and what was made from them."""

    def __init__(self) -> None:
        self.timelines = Lately(MOST_TIMELINES)
        self.texts = Lately(MOST_TEXTS)

    def timeline(self, address: str) -> Timeline:
        """The timeline that an address names; raises AllohistoryError, as 404, for what is none."""
        from allohistory.errors import AllohistoryError
        from allohistory.questions.timelines import timeline_at

        def found() -> Timeline:
            try:
                return timeline_at(address)
            except AllohistoryError as error:
                if error.where == "address":
                    error.status = 404
                raise

        return self.timelines.get(address.strip().lower(), found)

    def made(self, kind: Hashable, address: str, make: Callable[[Timeline], Held]) -> Held:
        """Something made from a timeline: made once."""
        timeline = self.timeline(address)
        return self.texts.get((kind, timeline.address), lambda: make(timeline))
