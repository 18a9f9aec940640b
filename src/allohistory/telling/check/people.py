"""The living, the offices and the names of a text, by day: `people.toml`."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from allohistory.questions.words_files import words_file

FILE = "people.toml"


@dataclass(frozen=True)
class People:
    """The table, and what it finds wrong."""

    persons: Sequence[Mapping[str, Any]] = ()
    gone: Sequence[Mapping[str, Any]] = ()
    offices: Sequence[Mapping[str, Any]] = ()
    terms: Sequence[Mapping[str, Any]] = field(default_factory=tuple)

    def wrong(self, text: str, date: dt.date, ours: bool) -> Iterator[tuple[str, str]]:
        """(kind, why) of what is wrong in a sentence of a day; `ours`: our history still holds, or is what is told."""
        for person in self.persons:
            if ours or person.get("natural"):
                if (
                    named(person["name"], text)
                    and date > person["dies"]
                    and not of_the_dead(person["name"], text)
                ):
                    yield "dead man", f"{person['name']} died on {person['dies']}"
        if ours:
            yield from self.in_office(text, date)
        for term in self.terms:
            if named(term["says"], text) and not term.get("from", date) <= date <= term.get("until", date):
                yield "name out of its time", f'"{term["says"]}" was not in use'

    def in_office(self, text: str, date: dt.date) -> Iterator[tuple[str, str]]:
        """An office before a name: did he hold it?"""
        for office in self.offices:
            title = "|".join(map(re.escape, office["titles"]))
            for name in {holder for holder, _ in office["holders"]}:
                if not re.search(rf"\b(?:{title})\s+(?:[A-Z][\w'-]+\s+)?{re.escape(name)}\b", text):
                    continue
                if holder_on(office["holders"], date) != name:
                    yield "office", f"{name} did not hold it; {holder_on(office['holders'], date)} did"

    def buried(self, earlier: Sequence[str], text: str) -> Iterator[tuple[str, str]]:
        """Somebody whose death the same history told before acts again."""
        for row in self.gone:
            if any(row["says"] in one for one in earlier) and named(row["name"], text):
                bare = text
                for phrase in row["but"]:
                    bare = bare.replace(phrase, "")
                if named(row["name"], bare):
                    yield "dead man", f"{row['name']} is dead in this world"


def holder_on(holders: Sequence[Sequence[Any]], date: dt.date) -> str:
    """Who held an office on a day."""
    return next((str(name) for name, since in reversed(holders) if since <= date), "nobody")


def named(name: str, text: str) -> bool:
    """Does a text name somebody or something?"""
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def of_the_dead(name: str, text: str) -> bool:
    """Is only something of his meant: "Hitler's", "the death of Hitler", "the Inukai cabinet"?"""
    one = re.escape(name)
    return re.search(rf"\b{one}'s\b|(?:death|grave|memory) of {one}|{one} cabinet", text) is not None


@lru_cache(maxsize=8)
def people_of(folder: Path) -> People:
    """A scenario's table; an empty one where it has none."""
    path = words_file(folder, FILE)
    if not path.is_file():
        return People()
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return People(
        table.get("person", ()), table.get("gone", ()), table.get("office", ()), table.get("term", ())
    )
