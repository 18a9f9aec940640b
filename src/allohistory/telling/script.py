"""What a chronicle tells and what it passes over: the tables of a scenario's `telling.toml` that writers may change.

[chronicle]  silent     rules, or RULE:OPTION, that are never told
             changes    rule -> weeks: asked again and again, so told when the answer is another than the last one;
                        one that is older than so many weeks is forgotten (0: never)
             rarely     rule -> weeks: told again (of the same entity; of any, where it is RULE:any) only after so many
             subjects   first words: two sentences of a day that begin with the same one are made one
             part       words for a part of an entity, {name} being the whole
             own_words  rules that are told in the scenario's words even where the record has its own
             fighting   rules that belong to a war's course: told before the peace of their week
             late       rules told after what the day brought
             follows    rule -> rules: not told before those of the same week from which it follows
             dated      rules that name our day where our history has the same thing on another
             landmarks  rules, or ids of the record's entries, that are named where this world has none
[[affair]]   a quarrel of several decisions, from one firing to another; told only when it grows, otherwise counted
[[watch]]    a variable of the world: what is said in the week in which it comes to a value
[[closing]]  how the world stands at the end: by outcome, or by a variable
[name]       an entity as a place in a sentence
[[together]] entities that have one name where they come together
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from allohistory.errors import AllohistoryError
from allohistory.questions.defaults import FILE
from allohistory.questions.words_files import words_file

KEYS = {
    "chronicle": (
        "silent",
        "changes",
        "rarely",
        "part",
        "subjects",
        "own_words",
        "fighting",
        "late",
        "follows",
        "dated",
        "landmarks",
    ),
    "affair": ("opens", "closes", "rules", "large", "least", "many"),
    "watch": ("variable", "when", "at", "day", "share", "yearly", "says", "lead", "all"),
    "closing": ("outcome", "variable", "share", "rises", "of", "when", "says", "title"),
}


WHERE = ("on", "between", "by", "in", "at")


@dataclass(frozen=True)
class Affair:
    """A quarrel: the rules that open and close it, those that belong to it, and RULE:OPTION of what makes it large.

    many   what is said of a year's small ones, {count} of them, where there were at least `least`
    """

    opens: str
    closes: str
    rules: frozenset[str]
    large: frozenset[str]
    least: int
    many: str


@dataclass(frozen=True)
class Watch:
    """What is said when a variable comes to a value.

    when  the variable whose change is watched, where that is another (a week in which something came)
    says  value -> words; several (the last for every later time); or `any` of several; {names} are the entities that
          came to it
    lead  words before the first
    all   value -> words, where all entities stand at it
    at    the value that `when` must come to; any, where none is given
    day   the variable that has the day of the week on which it came
    share   the variable that says what share of the entity is meant; less than all is "a part of" it
    yearly  said instead at the end of each year in which it changed, {count} being its value
    """

    variable: str
    when: str
    says: Mapping[int, Any]
    lead: str = ""
    all: Mapping[int, Any] = field(default_factory=dict)
    at: int | None = None
    day: str = ""
    yearly: str = ""
    share: str = ""


@dataclass(frozen=True)
class Closing:
    """What is said of the last day.

    title    the paragraph's heading; the first of its sentences has it
    outcome  id of an outcome: says has words by option, or for "yes" and "no"
    variable id of a variable: says has words by value, {names} the entities `of` it that stand there
    rises    id of a variable: says has words for "none", "one" and "many" times that it rose from nothing; {count} of
             them, the first in the month {first}
    when     an outcome expression that must hold
    """

    title: str
    says: Mapping[str, str]
    outcome: str = ""
    variable: str = ""
    rises: str = ""
    share: str = ""
    of: tuple[str, ...] = ()
    when: str = ""


@dataclass(frozen=True)
class Script:
    """All of it."""

    silent: frozenset[str] = frozenset()
    changes: Mapping[str, int] = field(default_factory=dict)
    rarely: Mapping[str, int] = field(default_factory=dict)
    landmarks: frozenset[str] = frozenset()
    fighting: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()
    subjects: tuple[str, ...] = ()
    part: str = "{name}"
    own_words: frozenset[str] = frozenset()
    follows: Mapping[str, Sequence[str]] = field(default_factory=dict)
    dated: frozenset[str] = frozenset()
    together: tuple[tuple[frozenset[str], str], ...] = ()
    affairs: tuple[Affair, ...] = ()
    watches: tuple[Watch, ...] = ()
    closings: tuple[Closing, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def wheres(self) -> tuple[str, ...]:
        """The names that say where: "on the Halha", "between Posyet and the Tumen"."""
        return tuple(name for name in self.names.values() if name.split()[0] in WHERE)

    def called(self, ids: Sequence[str], titles: Mapping[str, str], parts: Sequence[str] = ()) -> str:
        """Entities in a sentence: by their names, those that have one name together by that; of some only a part."""
        of = [self.names.get(id, titles.get(id, id)) for id in ids if id in parts]
        left, names = [id for id in ids if id not in parts], [self.part.replace("{name}", one) for one in of]
        for some, words in self.together:
            if some <= set(left):
                left = [id for id in left if id not in some]
                names.append(words)
        return listed([*names, *(self.names.get(id, titles.get(id, id)) for id in left)])

    def passes_over(self, rule: str, option: str | None) -> bool:
        """Is this never told?"""
        return rule in self.silent or f"{rule}:{option}" in self.silent


@lru_cache(maxsize=8)
def script_of(folder: Path) -> Script:
    """Read a scenario's `telling.toml`; a scenario without one tells everything."""
    path = words_file(folder, FILE)
    table = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    chronicle = _known("chronicle", table.get("chronicle", {}))
    return Script(
        silent=frozenset(chronicle.get("silent", ())),
        changes=chronicle.get("changes", {}),
        rarely=chronicle.get("rarely", {}),
        landmarks=frozenset(chronicle.get("landmarks", ())),
        fighting=frozenset(chronicle.get("fighting", ())),
        late=frozenset(chronicle.get("late", ())),
        subjects=tuple(chronicle.get("subjects", ())),
        part=chronicle.get("part", "{name}"),
        own_words=frozenset(chronicle.get("own_words", ())),
        follows=chronicle.get("follows", {}),
        dated=frozenset(chronicle.get("dated", ())),
        together=tuple((frozenset(row["of"]), row["says"]) for row in table.get("together", ())),
        affairs=tuple(_affair(_known("affair", row)) for row in table.get("affair", ())),
        watches=tuple(_watch(_known("watch", row)) for row in table.get("watch", ())),
        closings=tuple(_closing(_known("closing", row)) for row in table.get("closing", ())),
        names=table.get("name", {}),
    )


def _known(name: str, row: dict[str, Any]) -> dict[str, Any]:
    for key in row:
        if key not in KEYS[name]:
            raise AllohistoryError(FILE, f'there is no "{key}" in [{name}]', given=key, possible=KEYS[name])
    return row


def _affair(row: dict[str, Any]) -> Affair:
    rules = frozenset((row["opens"], row["closes"], *row["rules"]))
    return Affair(
        row["opens"], row["closes"], rules, frozenset(row["large"]), row.get("least", 1), row["many"]
    )


def _watch(row: dict[str, Any]) -> Watch:
    says, every = (
        {int(value): words for value, words in row.get(key, {}).items()} for key in ("says", "all")
    )
    return Watch(
        variable=row["variable"],
        when=row.get("when", row["variable"]),
        says=says,
        lead=row.get("lead", ""),
        all=every,
        at=row.get("at"),
        day=row.get("day", ""),
        yearly=row.get("yearly", ""),
        share=row.get("share", ""),
    )


def _closing(row: dict[str, Any]) -> Closing:
    says = row["says"]
    return Closing(
        title=row.get("title", ""),
        says={"yes": says} if isinstance(says, str) else says,
        outcome=row.get("outcome", ""),
        variable=row.get("variable", ""),
        rises=row.get("rises", ""),
        share=row.get("share", ""),
        of=tuple(row.get("of", ())),
        when=row.get("when", ""),
    )


def listed(names: Sequence[str]) -> str:
    """One, two and three."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
