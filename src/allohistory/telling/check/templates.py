"""The sentences of the scenario's tables turned round: from a text to the rule and option, or the war's fact, it says.

A sentence may have a cause before it, may have lost its place ("on the Halha" is named once a day), and two may have
been made one; all of that is undone here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from allohistory.questions.defaults import defaults_of
from allohistory.telling.history.words import words_of
from allohistory.telling.script import script_of

BLANK = re.compile(r"\{(\w+)\}")
DIGITS = "_12"
FIGURE, WORD, SIDE = r"\d[\d,]*", r"[\w-]+", "the Soviets|the Japanese"
WHERE = r"(?:on|between|by|in|at|\().+?"
FORMS = {
    "side": SIDE,
    "other": SIDE,
    "adjective": "Soviet|Japanese",
    "number": WORD,
    "count": WORD,
    **dict.fromkeys(("km", "men", "soviet", "japanese", "soviet_prisoners", "japanese_prisoners"), FIGURE),
}  # what a blank of the war can hold


@dataclass(frozen=True)
class Sense:
    """What a text says: a rule's option or a key of [war], with what was filled in."""

    rule: str
    option: str
    given: Mapping[str, str]


@dataclass(frozen=True)
class Template:
    """A sentence with blanks, as an expression that matches what it was made into."""

    rule: str
    option: str
    expression: re.Pattern[str]


@dataclass(frozen=True)
class Templates:
    """Every sentence that the scenario's tables can make."""

    folder: Path

    @cached_property
    def events(self) -> list[Template]:
        """Of rules and their options."""
        return [
            Template(rule, option, compiled(text))
            for rule, options in defaults_of(self.folder).sentences
            for option, words in options
            for text in texts(words)
        ]

    @cached_property
    def war(self) -> list[Template]:
        """Of a month of war."""
        return [
            Template(key, "", compiled(text))
            for key, several in words_of(self.folder).war.items()
            for text in several
        ]

    @cached_property
    def watches(self) -> list[tuple[str, int, re.Pattern[str]]]:
        """Variable, value and expression of every watched change."""
        found = []
        for watch in script_of(self.folder).watches:
            for several in (watch.says, watch.all):
                for value, words in several.items():
                    found += [(watch.variable, value, compiled(f"{text}")) for text in texts(words)]
        return found

    @cached_property
    def causes(self) -> list[tuple[int, re.Pattern[str]]]:
        """Number and expression of every cause."""
        return [
            (place, compiled(text, full=False))
            for place, cause in enumerate(words_of(self.folder).causes)
            for text in cause.says
        ]

    def senses(self, text: str) -> list[list[Sense]]:
        """What a sentence may mean, clause by clause; an empty list where a clause is not understood."""
        return [list(self.of_clause(clause)) for clause in clauses(text, self)]

    def of_clause(self, clause: str) -> Iterator[Sense]:
        """Every rule and option, fact of war or state that a clause may stand for."""
        for template in self.events:
            if found := template.expression.fullmatch(clause):
                yield Sense(template.rule, template.option, found.groupdict())
        for template in self.war:
            if found := template.expression.fullmatch(clause):
                yield Sense(f"war {template.rule}", "", found.groupdict())
        for kind, id, expression in self.counts:
            if found := expression.fullmatch(clause):
                yield Sense(f"count {kind}", id, found.groupdict())
        for variable, value, expression in self.watches:
            if found := expression.fullmatch(clause):
                yield Sense(f"watch {variable}", str(value), found.groupdict())

    @cached_property
    def counts(self) -> list[tuple[str, str, re.Pattern[str]]]:
        """(what is counted, id, expression) of every count of a year."""
        script = script_of(self.folder)
        found = [("events", one.opens, compiled(one.many)) for one in script.affairs]
        return found + [
            ("variable", one.variable, compiled(one.yearly)) for one in script.watches if one.yearly
        ]

    def without_cause(self, text: str) -> tuple[list[tuple[int, dict[str, str]]], str]:
        """The causes that may stand before a sentence, each with what it gives, and the sentence without them."""
        found, rest = [], text
        for place, expression in self.causes:
            match = expression.match(text)
            if match and text[match.end() : match.end() + 2] == ", ":
                found.append((place, match.groupdict()))
                rest = text[match.end() + 2 :]
        return found, rest[:1].upper() + rest[1:]


@lru_cache(maxsize=4)
def templates_of(folder: Path) -> Templates:
    """The templates of a scenario's folder, compiled once."""
    return Templates(folder)


def texts(words: Any) -> Iterator[str]:
    """Every text in a text, a list of texts or a table of either."""
    if isinstance(words, str):
        yield words
    elif isinstance(words, Mapping):
        for one in words.values():
            yield from texts(one)
    else:
        for one in words:
            yield from texts(one)


def compiled(text: str, full: bool = True) -> re.Pattern[str]:
    """A sentence with blanks as an expression; a place may be missing, the first letter may be large or small."""
    text = text.strip().rstrip(".") if full else text.strip()
    parts, seen, last = [], set(), 0
    for blank in BLANK.finditer(text):
        before = text[last : blank.start()]
        name = blank.group(1)
        if name == "where" and before.endswith(" "):
            parts.append(re.escape(before[:-1]) + f"(?: (?P<{name}>{WHERE}))?")
        elif name in seen:
            parts.append(re.escape(before) + f"(?P={name})")
        else:
            parts.append(re.escape(before) + f"(?P<{name}>{FORMS.get(name.rstrip(DIGITS), '.+?')})")
        seen.add(name)
        last = blank.end()
    parts.append(re.escape(text[last:]))
    whole = "".join(parts)
    return re.compile(f"{whole}\\.?" if full else whole, re.IGNORECASE)


def clauses(text: str, templates: Templates) -> list[str]:
    """The sentences that one was made of: parted at semicolons and, where that helps, at "and"."""
    if any(True for _ in templates.of_clause(text)):
        return [text]
    found: list[str] = []
    for part in text.rstrip(".").split("; "):
        clause = f"{part[:1].upper()}{part[1:]}."
        if any(True for _ in templates.of_clause(clause)):
            found.append(clause)
            continue
        found += parted(clause, templates)
    return found


def parted(clause: str, templates: Templates) -> list[str]:
    """Of "Tokyo waits and prepares." both; the clause itself where that makes no sense."""
    subject = clause.split(" ", 1)[0]
    for cut in re.finditer(r" and ", clause):
        first, second = f"{clause[: cut.start()]}.", f"{subject} {clause[cut.end() :]}"
        if all(any(True for _ in templates.of_clause(one)) for one in (first, second)):
            return [first, second]
    return [clause]
