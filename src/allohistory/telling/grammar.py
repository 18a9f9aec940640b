"""From an event to a sentence: the record's words for what it records, else the scenario's own (`telling.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from allohistory.questions.defaults import defaults_of

if TYPE_CHECKING:
    from allohistory.book.tables import Entry
    from allohistory.timeline.model import Model
    from allohistory.timeline.tell import Event

WEEK_BITS, ENTITY_BITS, STEP_BITS = 11, 12, 9


@dataclass(frozen=True)
class Grammar:
    """The words of one scenario."""

    model: Model

    @cached_property
    def sentences(self) -> Mapping[str, Mapping[str, str]]:
        """Rule -> option -> sentence."""
        return {rule: dict(options) for rule, options in defaults_of(self.model.folder).sentences}

    @cached_property
    def entities(self) -> Mapping[str, str]:
        """The title of every entity."""
        kinds = self.model.book.entity_kinds.values()
        return {member.id: member.title for kind in kinds for member in kind.members}

    @cached_property
    def entries(self) -> Mapping[tuple[str, int], Entry]:
        """(rule, packed occasion) -> the record's entry there."""
        return {
            (
                entry.rule,
                (entry.key << (ENTITY_BITS + STEP_BITS)) | (entry.entity << STEP_BITS) | entry.step,
            ): self.model.book.entries[entry.id]
            for entry in self.model.blueprint.entries
        }

    def entry_at(self, event: Event) -> Entry | None:
        """What the record has at an event's address, if it names anything there."""
        return self.entries.get((event.rule, event.occasion))

    def sentence(self, event: Event) -> str:
        """What happened, in one sentence; the record's own words where it is what happened in our history."""
        entry = self.entry_at(event)
        if entry is not None and event.recorded and not event.differs:
            return full_stop(entry.what)
        return self.option_sentence(event.rule, event.option or "value", event.entity, event.value)

    def ours(self, event: Event) -> str | None:
        """What our history has there instead, in one sentence."""
        entry = self.entry_at(event)
        if entry is not None:
            return full_stop(entry.what)
        if event.ours is None or event.ours == "silent":
            return None
        value = event.ours if isinstance(event.ours, float) else None
        return self.option_sentence(
            event.rule, "value" if value is not None else str(event.ours), event.entity, value
        )

    def option_sentence(self, rule: str, option: str, entity: str, value: float | None) -> str:
        """The scenario's sentence for an option; failing that, rule and option as they are called."""
        name = self.entities.get(entity, entity)
        number = "" if value is None else f"{value:.3g}"
        options = self.sentences.get(rule, {})
        words = options.get(option) or (options.get("never") if option == "silent" else None)
        if words is None:
            place = f" ({name})" if name else ""
            return f"{rule}: {number or option}{place}."
        return words.replace("{entity}", name).replace("{value}", number)


def full_stop(words: str) -> str:
    """A sentence ends with a full stop."""
    words = words.strip()
    return words if words.endswith((".", "!", "?")) else f"{words}."
