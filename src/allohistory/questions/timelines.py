"""One timeline, from its address: its events beside ours, its outcomes and its series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from allohistory.questions.addresses import read_timeline
from allohistory.questions.worlds import Worlds
from allohistory.results.words import in_words

if TYPE_CHECKING:
    import pandas as pd

    from allohistory.timeline.tell import Event, TimelineLog


@dataclass(frozen=True)
class TimelineOutcome:
    """How one timeline stands to one outcome: truth, option or amount, and the day (ISO) it first became so."""

    id: str
    title: str
    value: bool | str | float | None
    date: str | None


@dataclass(frozen=True)
class Timeline:
    """One world from first week to last. It is recomputed from its address, never stored."""

    address: str
    number: int
    luck: str
    _worlds: Worlds = field(repr=False, compare=False)
    _log: TimelineLog = field(repr=False, compare=False)

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that was drawn and came to something, in order of days; `ours` is what our history has there."""
        return self._log.events

    @cached_property
    def outcomes(self) -> Mapping[str, TimelineOutcome]:
        """Every outcome of the scenario in this timeline."""
        from allohistory.questions.columns import asked_of

        columns = columns_of_one(self._worlds, self._log)
        model = self._worlds.model
        found = {}
        for id, row in model.book.outcomes.items():
            if row.derived in model.book.outcomes:
                continue  # another name for the same thing
            asked = asked_of(id, model)
            column = columns.read(asked)
            day = int(column.day[0])
            date = model.book.calendar.date_of(day).isoformat() if day >= 0 else None
            found[id] = TimelineOutcome(
                id, asked.title, _value(asked.kind, asked.options, column, date), date
            )
        return found

    @cached_property
    def series(self) -> pd.DataFrame:
        """The main series: a row a quarter (13 weeks) by date, a column a variable."""
        import pandas as pd

        from allohistory.timeline.shape import QUARTER

        book = self._worlds.model.book
        frame = pd.DataFrame(self._log.series)
        frame.index = pd.DatetimeIndex(
            [book.calendar.monday_of(quarter * QUARTER).isoformat() for quarter in range(len(frame))],
            name="date",
        )
        return frame

    @property
    def faded(self) -> str | None:
        """The date of the first departure from our history (ISO), None where it never departs."""
        if self._log.departed is None:
            return None
        return self._worlds.model.book.calendar.monday_of(self._log.departed[0]).isoformat()

    @property
    def departure_day(self) -> int:
        """The day, counted from the scenario's first, from which on it is no longer our history."""
        departed = self._log.departed
        return departed[0] * 7 if departed is not None else (1 << 30)

    @property
    def trouble(self) -> str | None:
        """Why this world was set aside, in words, or None."""
        return self._log.trouble

    def _repr_html_(self) -> str:
        """The outcomes that came true, for a notebook."""
        shown = [one for one in self.outcomes.values() if one.value is True and one.date]
        rows = "".join(
            f"<tr><td>{escape(one.title)}</td><td>{in_words(one.date or '')}</td></tr>" for one in shown
        )
        return f"<p><code>{escape(self.address)}</code></p><table>{rows}</table>"


def timeline_at(address: str) -> Timeline:
    """The timeline that an address names; raises AllohistoryError for a slip, or an address of another version."""
    from allohistory.timeline.tell import one_timeline

    worlds, plan, number, written = read_timeline(address)
    log = one_timeline(worlds.model.blueprint, plan, number)
    return Timeline(written, number, worlds.question.luck, worlds, log)


def columns_of_one(worlds: Worlds, log: TimelineLog) -> Any:
    """The columns of a single timeline, read like those of an ensemble."""
    import numpy as np

    from allohistory.ensemble.gathered import empty
    from allohistory.questions.columns import Columns

    ensemble = empty(worlds.model.blueprint, worlds.plan(changed=False), log.timeline, 1)
    ensemble.value[0] = [value for value, _ in log.outcomes.values()]
    ensemble.day[0] = [day for _, day in log.outcomes.values()]
    return Columns(worlds.model, ensemble, worlds.question.custom, np.ones(1, bool))


def _value(kind: str, options: tuple[str, ...], column: Any, date: str | None) -> bool | str | float | None:
    if kind == "yes":
        return bool(column.shown[0])
    if kind == "which":
        place = int(column.value[0])
        return options[place] if 0 <= place < len(options) else None
    return date if kind == "day" else float(column.value[0])
