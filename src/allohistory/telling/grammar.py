"""From an event to a sentence: the record's words for what it records, else the scenario's own (`telling.toml`).

A sentence of `telling.toml` stands under its rule and option. It is a text; or several, used in turn, so that what
comes often is not always said alike; or a table: `any` of some texts, or one of `first` for the first time and of
`again` for later ones; or texts by entity, `other` being for those without one of their own.
{entity} is the entity's title, {where} the place in words (table `name`), {value} a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from allohistory.questions.defaults import defaults_of
from allohistory.telling.script import script_of

if TYPE_CHECKING:
    from allohistory.book.tables import Entry
    from allohistory.timeline.model import Model
    from allohistory.timeline.tell import Event

WEEK_BITS, ENTITY_BITS, STEP_BITS = 11, 12, 9


FREELY = ("any", "first", "again")


@dataclass(frozen=True)
class Grammar:
    """The words of one scenario."""

    model: Model

    @cached_property
    def sentences(self) -> Mapping[str, Mapping[str, Any]]:
        """Rule -> option -> sentence, sentences or sentences by entity."""
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

    def sentence(self, event: Event, turn: int = 0, start: int = 0) -> str:
        """What happened, in one sentence; the record's own words where it is what happened in our history."""
        entry = self.entry_at(event)
        if entry is not None and event.recorded and not event.differs:
            return full_stop(entry.what)
        return self.option_sentence(
            event.rule, event.option or "value", event.entity, event.value, turn, start
        )

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

    def option_sentence(
        self, rule: str, option: str, entity: str, value: float | None, turn: int = 0, start: int = 0
    ) -> str:
        """The scenario's sentence for an option; failing that, rule and option as they are called.

        turn   how often the option has been told before: of several sentences, the next is used
        start  where a timeline begins among those of which any will do
        """
        name = self.entities.get(entity, entity)
        number = "" if value is None else f"{value:.3g}"
        options = self.sentences.get(rule, {})
        words = options.get(option) or (options.get("never") if option == "silent" else None)
        if isinstance(words, dict) and not set(words) & set(FREELY):
            words = words.get(entity, words.get("other"))
        if isinstance(words, dict):
            words = freely(words, turn, start)
        if isinstance(words, list):
            words = words[turn % len(words)]
        if words is None:
            place = f" ({name})" if name else ""
            return f"{rule}: {number or option}{place}."
        return filled(words, entity=name, value=number, where=self.where(entity))

    def where(self, entity: str) -> str:
        """An entity as a place in a sentence: "on the Halha"; failing that its title in brackets."""
        title = self.entities.get(entity, entity)
        return script_of(self.model.folder).names.get(entity, f"({title})" if title else "")


def freely(words: Mapping[str, Any], turn: int, start: int) -> str:
    """One of several sentences that will all do; of those for the first time or a later one, where these are apart."""
    several = words.get("any") or words["first" if turn == 0 or "again" not in words else "again"]
    if isinstance(several, str):
        return several
    return str(several[(start + turn) % len(several)])


def filled(words: str, **given: str) -> str:
    """A sentence with what stands in braces filled in; spaces left over by empty words are taken out."""
    for key, text in given.items():
        words = words.replace(f"{{{key}}}", text)
    return " ".join(words.split()).replace(" .", ".").replace(" ,", ",")


def full_stop(words: str) -> str:
    """A sentence ends with a full stop."""
    words = words.strip()
    return words if words.endswith((".", "!", "?")) else f"{words}."


def sentence_of(words: str) -> str:
    """A capital at the front, a full stop at the end."""
    words = words.strip()
    return full_stop(words[:1].upper() + words[1:])
