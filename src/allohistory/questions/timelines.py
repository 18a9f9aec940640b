"""One timeline, from its address: its events beside ours, its outcomes and its series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from allohistory.questions.addresses import Read, read_timeline
from allohistory.questions.later import telling
from allohistory.questions.worlds import Worlds
from allohistory.results.words import in_words

if TYPE_CHECKING:
    import numpy as np
    import xarray as xr
    from numpy.typing import NDArray

    from allohistory.timeline.model import Model
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
    _read: Read = field(repr=False, compare=False)
    _log: TimelineLog = field(repr=False, compare=False)

    @property
    def _worlds(self) -> Worlds:
        return self._read.worlds

    @property
    def model(self) -> Model:
        """The loaded scenario, in this timeline's reading (not part of the stable interface)."""
        return self._read.worlds.model

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
    def series(self) -> xr.Dataset:
        """The main series, week by week: a variable each, over `week` (its Monday) and the entities it is kept for.

        A value is that of the week's end. The weeks are run anew when this is first asked, at the cost of some hundred
        timelines; where the world was set aside, the rest is missing.
        """
        from allohistory.questions.series import weekly

        return weekly(self)

    @cached_property
    def weeks(self) -> NDArray[np.float64]:
        """(weeks, values): the whole world as each week left it (not part of the stable interface).

        The timeline is run once more, with its worlds kept. Where it was set aside, the weeks from then on are missing.
        """
        from allohistory.timeline.memory import Memory
        from allohistory.timeline.tell import ready

        memory = Memory(self.model.blueprint, traced=True)
        if not ready(memory, self._read.plan, self.number % self._read.plan.draws):
            return memory.trace[:0]
        memory.run(self.number)
        lived = self._log.trouble_week if self._log.trouble is not None else None
        return memory.trace[:lived]

    def worlds_from(self, week: int) -> Iterator[NDArray[np.float64]]:
        """The numbers of the whole world at the end of this and each later week (not part of the stable interface)."""
        from allohistory.timeline.tell import worlds_by_week

        return worlds_by_week(self.model.blueprint, self._read.plan, self.number, week)

    def fork(
        self, date: str, *, pods: str | Iterable[str] = (), do: str | Iterable[str] = (), luck: str = "same"
    ) -> Timeline:
        """This timeline up to the week of a date, and from there on with a change.

        Parameters
        ----------
        date : the day of the fork; all weeks before the one that contains it stay as they are, bit for bit.
        pods, do : points of divergence, and changes of your own; none may act before that week.
        luck : ``"same"`` keeps this timeline's own luck; ``"fresh"`` draws it anew from that week on.

        Returns
        -------
        Timeline : with an address of its own. Without a change, and with its own luck, it is this timeline itself.

        Raises
        ------
        AllohistoryError : a date outside the scenario, a change before it, or one that clashes with an earlier change.
        """
        from allohistory.questions.forks import fork_of
        from allohistory.timeline.named import address_of

        named = fork_of(self._read.named, self.model, date, pods=pods, do=do, luck=luck)
        return self if named == self._read.named else timeline_at(address_of(self.model, named))

    def compare(self, other: Timeline) -> Any:
        """This timeline beside another: where they part, the first cause of each difference, the months side by side.

        `identical_before`, `first_difference` and `outcomes` say where; `differences` and `rows` have the rest.
        """
        return telling("compare.beside").Beside(self, other)

    def chronicle(self, length: str = "essay") -> Any:
        """The timeline told as history, in chapters of dated entries: "post", "essay" or "annals".

        It shows itself in a notebook; `.chapters`, `.entries` and `.sentences` are its parts.
        """
        return telling("history.write").history(self, length)

    def map(self, date: str) -> Any:
        """The map of the week that holds a day; it shows itself in a notebook, `.svg` and `.png` are its pictures.

        Of a window ``A..B`` it is a map that moves, week by week: `.svg` and `.gif`.
        """
        if ".." in date:
            return telling("atlas.film").film(self, date)
        day = self.model.book.calendar.day(date, "Timeline.map")
        return telling("atlas.plate").Plate(self, day)

    def export(self, format: str, target: str, length: str = "essay") -> Any:
        """Carry it away: "markdown", "bbcode", "html", "pdf", "json", "geojson" or "csv". Returns the files."""
        return telling("export.deliver").deliver(self, format, target, length)

    def plot(self) -> Any:
        """A chart of its fronts: how far the line stands past the border on every axis that was fought for."""
        return telling("charts.fronts").chart(self)

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
        """Why this world was set aside, in words, or None: the reason, the rule or variable, and the week."""
        week = self._log.trouble_week
        if self._log.trouble is None or week is None:
            return self._log.trouble
        return f"{self._log.trouble}, which begins on {in_words(self.model.book.calendar.monday_of(week))}"

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

    read = read_timeline(address)
    number = read.named.timeline
    log = one_timeline(read.worlds.model.blueprint, read.plan, number)
    return Timeline(read.text, number, read.worlds.question.luck, read, log)


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
