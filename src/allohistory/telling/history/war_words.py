"""From facts of war to sentences: of the scenario's several, one that is not built like the sentence before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from allohistory.telling.grammar import filled, sentence_of
from allohistory.telling.history.months import Fact, Stretch
from allohistory.telling.history.sentence import Basis, Sentence
from allohistory.telling.history.words import Words
from allohistory.telling.patterns import pattern

SUNDAY = 6


@dataclass
class WarWords:
    """Puts facts into words. `start` is another for every timeline, so that two wars are not told alike."""

    words: Words
    start: int = 0
    used: Counter[str] = field(default_factory=Counter)
    last: str = ""

    def told(self, stretch: Stretch, day: int) -> list[Sentence]:
        """The sentences of a stretch, all of one day."""
        return list(self._told(stretch.facts, day, stretch.first * 7))

    def _told(self, facts: Iterable[Fact], day: int, since: int) -> Iterator[Sentence]:
        for fact in facts:
            text = self.sentence(fact)
            if text:
                basis = Basis(f"war {fact.key}", "", "")
                yield Sentence(day, text, (basis,), weight=fact.weight, since=since)

    def sentence(self, fact: Fact) -> str:
        """The next of a fact's sentences that is not built like the last sentence."""
        several = self.words.war.get(fact.key, ())
        if not several:
            return ""
        for step in range(len(several)):
            place = (self.start + self.used[fact.key] + step) % len(several)
            text = sentence_of(filled(several[place], **fact.given))
            if pattern(text) != self.last:
                break
        self.used[fact.key] += 1 + step
        self.last = pattern(text)
        return text
