"""Why a decision fell as it did: an input that its rule read, where it stood as the words say.

The rules of a week read the world that the week before left. A cause is named at most once in a quarter.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from allohistory.results.words import number_word
from allohistory.telling.atlas.situation import Reader
from allohistory.telling.grammar import filled
from allohistory.telling.history.sentence import Sentence
from allohistory.telling.history.words import Cause, Words

QUARTER = 13  # weeks before the same cause is named again
NAMES = (
    "Tokyo",
    "Moscow",
    "Washington",
    "Berlin",
    "Japan",
    "Nanjing",
    "Germany",
    "America",
    "Manchukuo",
    "Britain",
)


@dataclass
class Causes:
    """Finds causes in the worlds of a timeline's weeks."""

    words: Words
    reader: Reader
    worlds: Any
    named: dict[str, int] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)

    def because(self, sentence: Sentence) -> Sentence:
        """The sentence with its cause before it, where one is known and has not been named of late."""
        if sentence.absent or len(sentence.bases) != 1:
            return sentence
        basis, week = sentence.bases[0], sentence.day // 7
        for cause in self.words.causes:
            if basis.rule not in cause.of and f"{basis.rule}:{basis.option}" not in cause.of:
                continue
            key = cause.says[0]
            value = self.value(cause, week)
            if value is None or week - self.named.get(key, -QUARTER) < QUARTER:
                continue
            self.named[key] = week
            turn = self.turns.get(key, 0)
            self.turns[key] = turn + 1
            lead = filled(cause.says[turn % len(cause.says)], number=number_word(round(value)))
            text = f"{lead[:1].upper()}{lead[1:]}, {joined_to(sentence.text)}"
            return replace(sentence, text=text, because=(cause.variable,))
        return sentence

    def value(self, cause: Cause, week: int) -> float | None:
        """What the rule read, if it stood within the cause's limits."""
        if not 0 < week <= len(self.worlds):
            return None
        values = self.reader.values(self.worlds[week - 1], cause.variable)
        if not values:
            return None
        place = 0
        if cause.member:
            kind = self.reader.model.book.variables[cause.variable].per
            assert kind is not None
            place = list(self.reader.model.book.entities_of(kind)).index(cause.member)
        value = values[place]
        return value if cause.least <= value <= cause.most else None


def joined_to(text: str) -> str:
    """A sentence after a comma: its first word small, unless it is a name."""
    first = text.split()[0].rstrip(",'s") if text.split() else ""
    return text if first in NAMES or not first[:1].isupper() else text[:1].lower() + text[1:]
