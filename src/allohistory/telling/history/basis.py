"""What stands behind each sentence: the rule that decided, the facts it rests on, and where those were read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allohistory.telling.history.sentence import Basis, Sentence
from allohistory.timeline.model import Model

WEEK = "the weeks of the timeline, as its rules left them"


@dataclass(frozen=True)
class Ground:
    """One thing that a sentence rests on: a rule or a variable, what it is, its facts with their sources."""

    id: str
    what: str
    option: str
    facts: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface."""
        facts = [{"id": id, "source": source} for id, source in self.facts]
        return {"id": self.id, "what": self.what, "option": self.option or None, "facts": facts}


def grounds(sentence: Sentence, model: Model) -> list[Ground]:
    """Everything that a sentence rests on, each once."""
    found = {one.id: one for basis in sentence.bases for one in _grounds(basis, model)}
    for variable in sentence.because:
        row = model.book.variables[variable]
        found[variable] = Ground(variable, f"its cause: {row.what}", "", ())
    return list(found.values())


def _grounds(basis: Basis, model: Model) -> Iterator[Ground]:
    if basis.rule in model.rules:
        card = model.rules[basis.rule].card
        facts = tuple((id, model.book.facts[id].source) for id in card.facts if id in model.book.facts)
        yield Ground(basis.rule, card.decides, basis.option, facts)
    elif basis.rule.startswith("watch "):
        id = basis.rule.removeprefix("watch ")
        row = model.book.variables[id]
        yield Ground(id, row.what, "", ())
        for rule in row.written_by:
            if rule in model.rules:
                yield from _grounds(Basis(rule), model)
    else:
        yield Ground(basis.rule, WEEK, "", ())


def noted(sentence: Sentence, model: Model) -> dict[str, Any]:
    """A sentence with its grounds, as JSON."""
    return {**sentence.as_json(), "grounds": [one.as_json() for one in grounds(sentence, model)]}
