"""One timeline as a chronicle: what a reader wants of it, in order of days, a paragraph a day, a week of war at a time.

Until it departs a timeline is our own history, and a chronicle begins there. `dated_list.py` has every event there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from allohistory.results.words import MONTHS
from allohistory.telling.campaign import war_weeks
from allohistory.telling.grammar import Grammar
from allohistory.telling.script import script_of
from allohistory.telling.selection import Choosing, Said
from allohistory.telling.watching import Watching

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline
    from allohistory.timeline.model import Model

SUNDAY = 6
EVENT, WAR, STATE, LATE = range(
    4
)  # order within a day: decisions, the week's fighting, what came of it, what followed
PEACE = "watch peace.kind"


@dataclass(frozen=True)
class Paragraph:
    """What is told of a day, or of a week of war.

    date    ISO; until: the last day of a week of war, else None
    ours    what our history has instead; absent: only our history has it
    """

    date: str
    text: str
    differs: bool
    until: str | None = None
    ours: tuple[str, ...] = ()
    absent: bool = False
    sources: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface."""
        return {
            "date": self.date,
            "until": self.until,
            "text": self.text,
            "ours": list(self.ours),
            "absent": self.absent,
            "differs": self.differs,
            "sources": list(self.sources),
        }

    @property
    def when(self) -> str:
        """The day without its year; a week as "3-9 August" or "31 Aug-6 Sep"."""
        month, day = int(self.date[5:7]), int(self.date[8:])
        if self.until is None:
            return f"{day} {MONTHS[month - 1]}"
        last, end = int(self.until[5:7]), int(self.until[8:])
        if last == month:
            return f"{day}-{end} {MONTHS[month - 1]}"
        return f"{day} {MONTHS[month - 1][:3]}-{end} {MONTHS[last - 1][:3]}"


def chronicle(timeline: Timeline) -> list[Paragraph]:
    """The whole of it, from the departure on; where it never departs, from the first day."""
    model, script = timeline.model, script_of(timeline.model.folder)
    departure = timeline.departure_day if timeline.faded is not None else 0
    choosing = Choosing(model, script, Grammar(model), departure)
    events = choosing.told(timeline.events)
    watched = Watching(model, script, departure).told(timeline.weeks, timeline.events)
    ours = timeline.faded is None
    peace = {one.day // 7: one.day for one in watched if one.rule == PEACE}
    placed = [(one.day, STATE, one, -1) for one in watched]
    for one in events:
        end = peace.get(one.day // 7, one.day) if one.rule in script.fighting else one.day
        placed.append((min(one.day, end), LATE if one.rule in script.late else EVENT, one, -1))
    for week in war_weeks(timeline):
        day = week.number * 7 + SUNDAY
        if day >= departure:
            placed.append((peace.get(week.number, day), WAR, Said(day, week.text, not ours), week.number))
    placed.sort(key=lambda one: one[:2])
    return list(_paragraphs(placed, model, script.subjects, ours))


def joined(sentences: Iterable[str], subjects: Sequence[str]) -> str:
    """Sentences one after the other; of two neighbours that begin with the same subject one is made."""
    told: list[str] = []
    for one in dict.fromkeys(sentences):
        first, _, rest = one.partition(" ")
        if told and first in subjects and told[-1].startswith(f"{first} ") and " and " not in told[-1]:
            told[-1] = f"{told[-1].removesuffix('.')} and {rest}"
        else:
            told.append(one)
    return " ".join(told)


def _paragraphs(
    placed: list[tuple[int, int, Said, int]], model: Model, subjects: Sequence[str], ours: bool
) -> Iterator[Paragraph]:
    """Those of one day and one kind together."""
    calendar = model.book.calendar

    def kind(one: tuple[int, int, Said, int]) -> tuple[int, bool, bool, int]:
        day, _, said, week = one
        return day, said.absent, said.differs and not ours, week

    for (day, absent, differs, week), group in groupby(placed, key=kind):
        told = [one for _, _, one, _ in group]
        first = day if week < 0 else week * 7
        until = None if week < 0 else calendar.date_of(week * 7 + SUNDAY).isoformat()
        yield Paragraph(
            calendar.date_of(first).isoformat(),
            joined((one.text for one in told), subjects),
            differs,
            until,
            tuple(dict.fromkeys(one.ours for one in told if one.ours and one.ours != one.text)),
            absent,
            tuple(dict.fromkeys(source for one in told for source in one.sources)),
        )
