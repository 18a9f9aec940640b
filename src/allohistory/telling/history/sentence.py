"""What a history is made of: sentences with what they rest on, in dated entries, in chapters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from allohistory.results.words import MONTHS, in_words

POST, ESSAY, ANNALS = 3, 2, 1  # a sentence's weight: the shortest length in which it still stands


@dataclass(frozen=True)
class Basis:
    """What a sentence says of the world: a rule's option of an entity, or a variable ("watch ID", "war ID")."""

    rule: str
    entity: str = ""
    option: str = ""

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface."""
        return {"rule": self.rule, "entity": self.entity or None, "option": self.option or None}


@dataclass(frozen=True)
class Sentence:
    """One sentence of a history.

    day      counted from the scenario's first; since: the first day it speaks of, where that is another
    ours     what our history has there instead; absent: only our history has it
    weight   3: told in a post; 2: in an essay; 1: in the annals
    because  the variables named as its cause
    source   where the record's own words were read
    """

    day: int
    text: str
    bases: tuple[Basis, ...] = ()
    differs: bool = True
    ours: tuple[str, ...] = ()
    absent: bool = False
    weight: int = ESSAY
    since: int | None = None
    because: tuple[str, ...] = ()
    source: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface."""
        return {
            "text": self.text,
            "rests_on": [one.as_json() for one in self.bases],
            "because": list(self.because),
            "ours": list(self.ours),
            "absent": self.absent,
            "differs": self.differs,
            "sources": list(self.source),
        }


@dataclass(frozen=True)
class Entry:
    """What is told of a day, or of the weeks up to it.

    date   ISO; of weeks, the last day; span: whether it speaks of weeks
    """

    date: str
    sentences: tuple[Sentence, ...]
    span: bool = False

    @property
    def when(self) -> str:
        """The day without its year: "9 August"; of weeks, "to 27 August"."""
        day = dt.date.fromisoformat(self.date)
        return f"{'to ' if self.span else ''}{day.day} {MONTHS[day.month - 1]}"

    @property
    def text(self) -> str:
        """Its sentences, one after the other."""
        return " ".join(one.text for one in self.sentences)

    @property
    def ours(self) -> tuple[str, ...]:
        """What our history has instead, each once."""
        return tuple(dict.fromkeys(one for sentence in self.sentences for one in sentence.ours))

    @property
    def absent(self) -> bool:
        """Is it told of our history alone?"""
        return all(one.absent for one in self.sentences)

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface."""
        return {
            "date": self.date,
            "span": self.span,
            "text": self.text,
            "sentences": [one.as_json() for one in self.sentences],
        }


@dataclass(frozen=True)
class Chapter:
    """Entries under one heading, in the order of days."""

    title: str
    entries: tuple[Entry, ...]

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface."""
        return {"title": self.title, "entries": [one.as_json() for one in self.entries]}


@dataclass(frozen=True)
class History:
    """One timeline told.

    about    what was changed and whose luck it has; fades: where hindsight ends, in a sentence
    closing  heading and text of each paragraph on the last day
    """

    address: str
    title: str
    about: tuple[str, ...]
    fades: str
    departs: str | None
    chapters: tuple[Chapter, ...]
    closing: tuple[tuple[str, str], ...]
    last: str
    length: str

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Those of all chapters."""
        return tuple(entry for chapter in self.chapters for entry in chapter.entries)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Those of all entries."""
        return tuple(sentence for entry in self.entries for sentence in entry.sentences)

    @property
    def closes(self) -> str:
        """The heading over the last day."""
        return f"The world on {in_words(self.last)}"

    def _repr_markdown_(self) -> str:
        """For a notebook."""
        lines = [f"## {self.about[0]}", f"*{self.fades}*"]
        for chapter in self.chapters:
            lines.append(f"### {chapter.title}")
            lines += [f"**{entry.when} {entry.date[:4]}**: {entry.text}" for entry in chapter.entries]
        return "\n\n".join([*lines, *(f"**{title}.** {text}" for title, text in self.closing)])

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface."""
        return {
            "address": self.address,
            "title": self.title,
            "about": list(self.about),
            "fades": self.fades,
            "departs": self.departs,
            "length": self.length,
            "chapters": [one.as_json() for one in self.chapters],
            "closing": [{"title": title, "text": text} for title, text in self.closing],
        }
