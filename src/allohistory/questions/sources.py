"""Where a number comes from: a parameter's prior and reasons, a rule's facts, an entry's source, a fact's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allohistory.book.tables import Entry, Fact, Outcome, Parameter, Pod, Variable
from allohistory.errors import AllohistoryError
from allohistory.evidence.posterior import read_learnt
from allohistory.results.words import in_words

if TYPE_CHECKING:
    from allohistory.evidence.posterior import Learnt
    from allohistory.questions.answer import Answer
    from allohistory.timeline.model import Model


@dataclass(frozen=True)
class Source:
    """One thing that an answer leans on: what it is, what it says, and where that was read."""

    id: str
    kind: str
    says: str
    source: str
    grade: str


def item_of(id: str, model: Model) -> dict[str, Any]:
    """Everything known about one id, as JSON; raises AllohistoryError naming the nearest id."""
    book = model.book
    name = book.current(id.strip())
    if name in book.parameters:
        return parameter_item(book.parameters[name], model)
    if name in model.rules:
        return rule_item(name, model)
    for table in (book.facts, book.entries, book.pods, book.outcomes, book.variables):
        if name in table:
            return row_item(table[name])
    known = [
        *book.parameters,
        *model.rules,
        *book.facts,
        *book.entries,
        *book.pods,
        *book.outcomes,
        *book.variables,
    ]
    raise AllohistoryError(
        "sources",
        f'nothing is called "{id}"',
        given=id,
        possible=sorted(known),
        see="allohistory sources --help",
    )


def parameter_item(row: Parameter, model: Model, known: Mapping[str, Learnt] | None = None) -> dict[str, Any]:
    """A parameter: what was and is believed, on which facts, and which rules use it."""
    learnt = (read_learnt(model)[0] if known is None else known).get(row.id)
    return {
        "id": row.id,
        "kind": "parameter",
        "what": row.what,
        "unit": row.unit,
        "prior": {
            "family": row.prior.family,
            **row.prior.numbers,
            **({} if learnt is None else _quantiles(learnt.prior)),
        },
        "in_words": row.in_words,
        "posterior": None if learnt is None else posterior_item(learnt),
        "because": row.because,
        "grade": row.grade,
        "facts": list(row.facts),
        "used_by": list(row.used_by) or ([row.rule] if row.rule in model.rules else []),
    }


def posterior_item(learnt: Learnt) -> dict[str, Any]:
    """What a calibration left of a prior, as it is kept.

    shift, shrinkage  how far the middle moved, in spreads of the prior, and the share of its variance that is gone
    r_hat, effective  how well the chains agree, and how many independent draws they are worth
    """
    return {
        **_quantiles(learnt.posterior),
        "shift": float(f"{learnt.shift:.3g}"),
        "shrinkage": float(f"{learnt.shrinkage:.3g}"),
        "r_hat": round(learnt.r_hat, 3),
        "effective": round(learnt.effective),
        "says": learnt.said,
    }


def _quantiles(three: tuple[float, float, float]) -> dict[str, float]:
    names = ("q05", "q50", "q95")
    return {name: float(f"{value:.4g}") for name, value in zip(names, three, strict=True)}


def rule_item(id: str, model: Model) -> dict[str, Any]:
    """A rule: what it decides, its options, the facts it rests on, its parameters, what it leaves out."""
    card = model.rules[id].card
    return {
        "id": id,
        "kind": "rule",
        "what": card.decides,
        "draws": card.draws,
        "options": list(card.options),
        "silent": card.silent,
        "facts": list(card.facts),
        "parameters": [
            row.id for row in model.book.parameters.values() if row.rule == id or id in row.used_by
        ],
        "leaves_out": card.leaves_out,
    }


def row_item(row: Any) -> dict[str, Any]:
    """A fact, record entry, point of divergence, outcome or variable, key by key as its table has it."""
    kinds = {Fact: "fact", Entry: "entry", Pod: "pod", Outcome: "outcome", Variable: "variable"}
    item: dict[str, Any] = {"id": row.id, "kind": kinds[type(row)]}
    for name, value in vars(row).items():
        if name in ("id", "file", "line", "formerly") or value in (None, "", ()):
            continue
        item[name] = _plain(value)
    item["written"] = row.where
    return item


def bibliography(item: dict[str, Any], model: Model) -> list[str]:
    """The sources behind an item, one a line: its own, then those of the facts it rests on."""
    lines = [str(item["source"])] if item.get("source") else []
    lines += [
        f"{id}: {model.book.facts[id].source}" for id in item.get("facts", ()) if id in model.book.facts
    ]
    for parameter in item.get("parameters", ()):
        row = model.book.parameters[parameter]
        lines += [f"{id}: {model.book.facts[id].source}" for id in row.facts if id in model.book.facts]
    return list(dict.fromkeys(lines))


def sources_of_answer(answer: Answer) -> tuple[Source, ...]:
    """What an answer leans on: its points of divergence, what it hangs on, and every fact behind them and the rules."""
    model = answer.worlds.model
    book = model.book
    found: list[Source] = []
    facts: list[str] = []
    for asked in answer.worlds.pods:
        found.append(
            Source(asked.pod.id, "pod", f"{asked.pod.title}, {in_words(asked.date)}", asked.pod.source, "")
        )
        facts += asked.pod.facts
    for change in answer.worlds.changes:
        if change.entry is not None:
            entry = book.entries[change.entry]
            found.append(Source(entry.id, "entry", entry.what, entry.source, entry.grade))
            facts += entry.facts
    for one in answer.head.hangs_on:
        if one.id in book.parameters:
            row = book.parameters[one.id]
            found.append(Source(row.id, "parameter", f"{row.what}: {row.in_words}", row.because, row.grade))
            facts += row.facts
    for rule in model.rules.values():
        facts += rule.card.facts
    return (*found, *(_fact(book.facts[id]) for id in _once(facts) if id in book.facts))


def _fact(row: Fact) -> Source:
    return Source(row.id, "fact", row.what, row.source, row.grade)


def _once(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(held) for name, held in vars(value).items() if held not in (None, "", ())}
    return value if isinstance(value, (str, int, float, bool)) else str(value)
