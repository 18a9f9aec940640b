"""One timeline as a dated list: the day, what happened, and where it differs from our history.

Silences are left out unless our history has something there. Before the first departure everything is our own history;
afterwards a mark stands before each event that our history does not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allohistory.telling.grammar import Grammar

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline
    from allohistory.timeline.model import Model
    from allohistory.timeline.tell import Event


@dataclass(frozen=True)
class Told:
    """One line of the list. `date` is an ISO date; `ours` what our history has there instead, in words."""

    date: str
    rule: str
    entity: str
    option: str | None
    text: str
    ours: str | None
    differs: bool
    sources: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface."""
        return {
            "date": self.date,
            "rule": self.rule,
            "entity": self.entity or None,
            "option": self.option,
            "text": self.text,
            "ours": self.ours,
            "differs": self.differs,
            "sources": list(self.sources),
        }


def dated_list(timeline: Timeline, model: Model) -> list[Told]:
    """Everything worth a line, in order of dates."""
    grammar = Grammar(model)
    return list(_lines(timeline, model, grammar))


def _lines(timeline: Timeline, model: Model, grammar: Grammar) -> Iterator[Told]:
    calendar = model.book.calendar
    arose = our_occasions(model)
    departure = timeline.departure_day
    silent = {rule.id: rule.options[rule.silent] for rule in model.blueprint.rules if rule.silent >= 0}
    for event in timeline.events:
        if not worth_a_line(event, silent.get(event.rule)):
            continue
        entry = grammar.entry_at(event)
        new = entry is None and (event.recorded or event.day >= departure)
        yield Told(
            date=calendar.date_of(event.day).isoformat(),
            rule=event.rule,
            entity=event.entity,
            option=event.option if event.value is None else f"{event.value:.4g}",
            text=_text(event, grammar),
            ours=grammar.ours(event) if event.differs and (event.rule, event.occasion) in arose else None,
            differs=event.differs or new,
            sources=(entry.source,) if entry is not None and not event.differs else (),
        )


def our_occasions(model: Model) -> set[tuple[str, int]]:
    """(rule, occasion) of everything that arose in our own history, or that its record names."""
    from allohistory.timeline.plan import END, Plan
    from allohistory.timeline.tell import one_timeline

    ours = one_timeline(model.blueprint, Plan(horizon=END), 0)
    return {(event.rule, event.occasion) for event in ours.events} | set(Grammar(model).entries)


def worth_a_line(event: Event, silent: str | None) -> bool:
    """A firing, a decision that is not the silent one, a value; or anything that differs from our history."""
    if event.option is None and not event.recorded:
        return False  # a value that our history leaves open is no news
    if event.differs:
        return event.option != silent or event.ours != silent
    if event.option == "silent":
        return False
    return event.option is None or event.option != silent


def _text(event: Event, grammar: Grammar) -> str:
    """A firing that did not come is said as such."""
    if event.option == "silent":
        words = grammar.option_sentence(event.rule, "silent", event.entity, None)
        return words if not words.startswith(event.rule) else "It does not happen here."
    return grammar.sentence(event)
