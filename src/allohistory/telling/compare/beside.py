"""Two timelines beside each other: what both have up to where they part, then what only one of them has, by months."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from allohistory.questions.forks import Comparison, FirstDifference, compare
from allohistory.results.words import MONTHS
from allohistory.telling.compare.causes import Difference, differences
from allohistory.telling.history.write import history

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline


@dataclass(frozen=True)
class Row:
    """A month: what only the one and only the other timeline have in it, in sentences."""

    month: str
    one: tuple[str, ...]
    other: tuple[str, ...]

    @property
    def when(self) -> str:
        """August 1939."""
        return f"{MONTHS[int(self.month[5:]) - 1]} {self.month[:4]}"


@dataclass(frozen=True)
class Beside:
    """The whole comparison."""

    one: Timeline
    other: Timeline

    @cached_property
    def parting(self) -> Comparison:
        """Where the two first part, and which outcomes differ."""
        return compare(self.one, self.other)

    @property
    def identical_before(self) -> str | None:
        """The Monday up to which the two are one (ISO); None where nothing differs."""
        return self.parting.identical_before

    @property
    def first_difference(self) -> FirstDifference | None:
        """The first event, or variable, in which they differ."""
        return self.parting.first_difference

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that differ."""
        return self.parting.outcomes

    @cached_property
    def differences(self) -> list[Difference]:
        """The outcomes that differ, each with its first cause."""
        return differences(self.one, self.other, self.parting.outcomes)

    @cached_property
    def rows(self) -> list[Row]:
        """The months in which the two are told otherwise, from the parting on."""
        sides = [self._by_month(its) for its in (self.one, self.other)]
        rows = []
        for month in sorted({*sides[0], *sides[1]}):
            mine, theirs = (side.get(month, []) for side in sides)
            row = Row(
                month,
                tuple(one for one in mine if one not in theirs),
                tuple(one for one in theirs if one not in mine),
            )
            if row.one or row.other:
                rows.append(row)
        return rows

    def _by_month(self, timeline: Timeline) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        before = self.parting.identical_before or ""
        for entry in history(timeline).entries:
            if not entry.absent and entry.date >= before:
                told = [one.text for one in entry.sentences if not one.absent]
                found.setdefault(entry.date[:7], []).extend(told)
        return found

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface."""
        return {
            "addresses": [self.one.address, self.other.address],
            "identical_before": self.parting.identical_before,
            "first_difference": self.parting.first_difference,
            "outcomes": [one.as_json() for one in self.differences],
            "months": [{"month": row.month, "one": row.one, "other": row.other} for row in self.rows],
        }

    def _repr_html_(self) -> str:
        """For a notebook: outcomes with their first causes, then the months side by side."""
        heads = "<tr><th></th><th>the one</th><th>the other</th><th>first cause</th></tr>"
        outcomes = "".join(
            f"<tr><td>{escape(one.title)}</td><td>{escape(value_of(one.one))}</td>"
            f"<td>{escape(value_of(one.other))}</td><td>{escape(one.words or '')} {one.date or ''}</td></tr>"
            for one in self.differences
        )
        months = "".join(
            f"<tr><td>{row.when}</td><td>{escape(' '.join(row.one))}</td><td>{escape(' '.join(row.other))}</td></tr>"
            for row in self.rows
        )
        return f"<table>{heads}{outcomes}</table><table>{months}</table>"


def value_of(outcome: Any) -> str:
    """An outcome's value in a word, with its day."""
    from allohistory.results.words import in_words

    value, date = outcome.value, outcome.date
    if isinstance(value, bool):
        return (in_words(date) if date else "yes") if value else "no"
    if value is None:
        return "none"
    if isinstance(value, float):
        return f"{value:.3g}"
    return in_words(value) if value == date else str(value)
