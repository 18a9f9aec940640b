"""Weeks run plain and watched: who reads and writes which variable, what is drawn, and what a moved variable moves."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from allohistory.timeline import drawing
from allohistory.timeline.memory import Memory
from allohistory.timeline.world import open_week

Seen = set[tuple[str, str, str]]  # function, "reads" or "writes", variable


class Watched:
    """The world, or a subject of it, that notes every reading and writing with the function whose line it was."""

    def __init__(self, record: Any, ids: dict[tuple[str, str], str], seen: Seen, subject: str = "") -> None:
        self.__dict__.update(_record=record, _ids=ids, _seen=seen, _subject=subject)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._record, name)
        if not self._subject:
            return Watched(found, self._ids, self._seen, name)
        id = self._ids[self._subject, name]
        if isinstance(found, np.ndarray) and found.ndim:
            return WatchedRow(found, id, self._seen)
        self._seen.add((reader(), "reads", id))
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        self._seen.add((reader(), "writes", self._ids[self._subject, name]))
        setattr(self._record, name, value)


class WatchedRow:
    """A variable with one value an entity."""

    def __init__(self, row: np.ndarray, id: str, seen: Seen) -> None:
        self.row, self.id, self.seen, self.shape = row, id, seen, row.shape

    def __getitem__(self, place: Any) -> Any:
        self.seen.add((reader(), "reads", self.id))
        return self.row[place]

    def __setitem__(self, place: Any, value: Any) -> None:
        self.seen.add((reader(), "writes", self.id))
        self.row[place] = value


def reader() -> str:
    """The function whose line reads or writes just now."""
    frame = sys._getframe(2)
    return f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}"


class Weeks:
    """Single weeks of a traced timeline, run anew in plain Python from the state in which they began."""

    def __init__(self, memory: Memory, week: Callable[..., Any], timeline: int) -> None:
        memory.run(timeline)
        self.memory, self.week = memory, week
        self.trace = memory.trace.copy()
        self.events: list[tuple[Any, ...]] = []

    def begin(self, number: int) -> None:
        """The world as the week before left it, the calendar at this week."""
        memory = self.memory
        memory.c.asked[:] = -1
        memory.c.aside = 0
        values = memory.blueprint.shape.values
        memory.world_numbers[:values] = self.trace[number - 1] if number else memory.start
        open_week.plain(memory.c, memory.world_numbers, memory.parameter_numbers, np.int64(number))

    def end(self, world: Any = None) -> np.ndarray:
        """Run the week; the world as it leaves it."""
        self.events = []
        with noting(self.events):
            self.week.plain(
                self.memory.c, self.memory.w if world is None else world, self.memory.parameters[0]
            )
        return self.memory.world_numbers[: self.memory.blueprint.shape.values].copy()


@contextmanager
def noting(events: list[tuple[Any, ...]]) -> Iterator[None]:
    """While this is open, every draw is noted: rule, entity, address and inputs."""
    kernels = [drawing.clock, drawing.choice, drawing.shock]
    plain = [kernel.plain for kernel in kernels]

    def watched(function: Callable[..., Any]) -> Callable[..., Any]:
        def draw(c: Any, rule: Any, entity: Any, *inputs: Any) -> Any:
            numbers = np.concatenate([np.ravel(np.asarray(one, float)) for one in inputs])
            events.append((int(rule), int(entity), numbers.tobytes()))
            return function(c, rule, entity, *inputs)

        return draw

    try:
        for kernel, function in zip(kernels, plain, strict=True):
            kernel.plain = watched(function)
        yield
    finally:
        for kernel, function in zip(kernels, plain, strict=True):
            kernel.plain = function


def moved(low: float, high: float, value: float, week: int, kind: str) -> float:
    """Another value that the variable could have."""
    if kind == "week":
        return float(week - 3) if value < 0.0 else -1.0
    if kind in ("flag", "stage"):
        return low if value > low else high
    return value + 0.3 * (high - value) if value < 0.5 * (low + high) else value - 0.3 * (value - low)
