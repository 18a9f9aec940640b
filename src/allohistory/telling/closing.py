"""Where the world stands on the last day: who rules what, the wars and their cost. The words are in `telling.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.results.words import in_words, month_of, number_word
from allohistory.telling.atlas.situation import MEN, Reader
from allohistory.telling.grammar import filled, sentence_of
from allohistory.telling.script import Closing, Script, script_of
from allohistory.telling.watching import partly

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

WEEKS_A_MONTH = 4.345
FEW_WEEKS = 14  # a shorter war is told in weeks
DIGITS = 2  # that a loss is known to


@dataclass(frozen=True)
class Last:
    """The last day of one timeline."""

    timeline: Timeline

    @cached_property
    def script(self) -> Script:
        """The scenario's words."""
        return script_of(self.timeline.model.folder)

    @cached_property
    def world(self) -> Any:
        """The world as the last week left it."""
        return self.timeline.weeks[-1]

    @cached_property
    def columns(self) -> Any:
        """Outcomes, for expressions over them."""
        from allohistory.questions.timelines import columns_of_one

        return columns_of_one(self.timeline._worlds, self.timeline._log)

    def paragraphs(self) -> list[tuple[str, str]]:
        """Heading and text, in the order of the table."""
        found: dict[str, list[str]] = {}
        title = ""
        for row in self.script.closings:
            title = row.title or title
            if row.when and not self.holds(row.when):
                continue
            found.setdefault(title, []).extend(sentence_of(words) for words in self.said(row) if words)
        return [(title, " ".join(lines)) for title, lines in found.items() if lines]

    def holds(self, expression: str) -> bool:
        """Is an outcome expression true of this timeline?"""
        from allohistory.questions.columns import asked_of

        asked = asked_of(expression, self.timeline.model, where="telling.toml")
        return bool(np.asarray(self.columns.read(asked).shown)[0])

    def said(self, row: Closing) -> list[str]:
        """The words of one row; none where nothing is said of what came."""
        if row.variable:
            return self.of_variable(row)
        if row.rises:
            return self.of_rises(row)
        key = "yes"
        if row.outcome:
            value = self.timeline.outcomes[row.outcome].value
            key = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
        return [self.figures(row.says[key])] if key in row.says else []

    def of_rises(self, row: Closing) -> list[str]:
        """Words by how often a variable rose from nothing."""
        reader = Reader(self.timeline.model)
        values = [reader.value(world, row.rises) for world in self.timeline.weeks]
        weeks = [week for week, (was, now) in enumerate(pairwise(values), 1) if was <= 0 < now]
        key = "none" if not weeks else "one" if len(weeks) == 1 else "many"
        if key not in row.says:
            return []
        first = month_of(self.timeline.model.book.calendar.monday_of(weeks[0])) if weeks else ""
        return [filled(self.figures(row.says[key]), count=number_word(len(weeks)), first=first)]

    def of_variable(self, row: Closing) -> list[str]:
        """Words by value, the entities that stand at each named."""
        variable = self.timeline.model.book.variables[row.variable]
        values = Reader(self.timeline.model).values(self.world, row.variable)
        if variable.per is None:
            return [self.figures(row.says[key]) for key in [str(int(values[0]))] if key in row.says]
        names: dict[str, list[str]] = {}
        members = self.timeline.model.book.entity_kinds[variable.per].members
        for member, value in zip(members, values, strict=True):
            if not row.of or member.id in row.of:
                names.setdefault(str(int(value)), []).append(member.id)
        titles = {member.id: member.title for member in members}
        reader = Reader(self.timeline.model)
        parts = partly(reader, self.world, row.share, list(titles))
        clauses = [
            filled(row.says[key], names=self.script.called(some, titles, parts))
            for key, some in names.items()
            if key in row.says
        ]
        return ["; ".join(clauses)] if clauses else []

    def figures(self, words: str) -> str:
        """{OUTCOME} filled in: amounts rounded as a reader wants them, {OUTCOME.date} its day."""
        given = {}
        for id, one in self.timeline.outcomes.items():
            if f"{{{id}.date}}" in words and one.date:
                given[f"{id}.date"] = in_words(one.date)
            if f"{{{id}}}" in words:
                given[id] = amount(one.value, self.timeline.model.book.outcomes[id].unit or "")
        for id in self.timeline.model.book.variables:
            if f"{{{id}}}" in words:
                given[id] = number_word(round(Reader(self.timeline.model).value(self.world, id)))
        return filled(words, **given)


def amount(value: bool | str | float | None, unit: str) -> str:
    """An outcome's value in words."""
    if isinstance(value, str):
        return in_words(value) if value[:2].isdigit() else value
    number = float(value or 0.0)
    if unit.startswith("thousand"):
        return f"{rounded(number * MEN):,}"
    if unit.startswith("week"):
        return time(number)
    return f"{rounded(number):,}"


def rounded(number: float) -> int:
    """To two digits: no tally of a war is better known."""
    if number < 1:
        return 0
    step = 10 ** max(len(str(int(number))) - DIGITS, 0)
    return int(round(number / step) * step)


def time(weeks: float) -> str:
    """Weeks, months or years."""
    if weeks < FEW_WEEKS:
        return f"{weeks:.0f} week{'' if round(weeks) == 1 else 's'}"
    months = round(weeks / WEEKS_A_MONTH)
    if months < 24:
        return f"{months} months"
    years, rest = divmod(months, 12)
    half = " and a half" if 3 <= rest <= 8 else ""
    return f"{years + (rest > 8)}{half} years"


def closing(timeline: Timeline) -> list[tuple[str, str]]:
    """Heading and text of each paragraph; none for a world that was set aside, or a scenario without words for it."""
    if timeline.trouble is not None or not script_of(timeline.model.folder).closings:
        return []
    return Last(timeline).paragraphs()
