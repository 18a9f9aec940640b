"""The sources behind an id as BibTeX, for a reader's own bibliography.

The tables name a source in one line, as its reader found it, with an address on the web where there is one. That line
becomes the title, whole: nothing is guessed of authors and years. One entry a source, whatever rests on it; its note
says what that is and how well it is sourced.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

WORDS_OF_A_KEY = 4
SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
}


@dataclass
class Work:
    """One source, where it stands on the web, and what rests on it."""

    title: str
    url: str
    backs: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """A name made of the source's first words and a digest of all of it, so that it stays and is nobody else's."""
        plain = unicodedata.normalize("NFKD", self.title).encode("ascii", "ignore").decode().lower()
        words = re.findall(r"[a-z0-9]+", plain)[:WORDS_OF_A_KEY] or ["source"]
        digest = hashlib.sha256(f"{self.title}\0{self.url}".encode()).hexdigest()[:6]
        return "-".join([*words, digest])

    @property
    def entry(self) -> str:
        """The entry as BibTeX."""
        lines = [
            f"@{'online' if self.url else 'misc'}{{{self.key},",
            f"  title = {{{{{escaped(self.title)}}}}},",
        ]
        lines += [f"  url = {{{address(self.url)}}},"] if self.url else []
        lines.append(f"  note = {{{escaped('; '.join(dict.fromkeys(self.backs)))}}}")
        return "\n".join([*lines, "}"])


def bibtex(item: Mapping[str, Any], model: Model) -> str:
    """BibTeX of all sources behind an item of `item_of`; a comment alone where none is named."""
    works: dict[tuple[str, str], Work] = {}
    for title, url, backs in sources_behind(item, model):
        works.setdefault((title, url), Work(title, url)).backs.append(backs)
    if not works:
        return f"% {item['id']}: no source is named; it is our judgement\n"
    return "\n\n".join(work.entry for work in works.values()) + "\n"


def sources_behind(item: Mapping[str, Any], model: Model) -> Iterator[tuple[str, str, str]]:
    """(source, web address or nothing, what rests on it): the item's own, its other readings', its facts'."""
    if item.get("source"):
        yield str(item["source"]), str(item.get("url", "")), _graded(item["id"], item.get("grade"))
    for variant in item.get("variants", ()):
        if variant.get("source"):
            yield str(variant["source"]), "", f"{item['id']}, read as {variant['id']}"
    ids = list(item.get("facts", ()))
    for parameter in item.get("parameters", ()):
        ids += model.book.parameters[parameter].facts
    for id in dict.fromkeys(ids):
        fact = model.book.facts.get(id)
        if fact is not None:
            yield fact.source, fact.url, _graded(id, fact.grade)


def _graded(id: str, grade: str | None) -> str:
    return f"{id} (grade {grade})" if grade else id


def escaped(text: str) -> str:
    """Text as LaTeX prints it, braces balanced, on one line."""
    return "".join(SPECIAL.get(letter, letter) for letter in " ".join(text.split()))


def address(url: str) -> str:
    """A web address without what would end its field."""
    return url.strip().replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D").replace(" ", "%20")
