"""Our history as a line of events, each with what else might have been: what the first page of the studio draws.

An entry of the record can be changed where a choice was taken or where something happened on a day of its own. What
could have been instead is said in the scenario's words (`telling.toml`), with the value that a change takes.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter

from allohistory.questions.scenario import scenario
from allohistory.telling.grammar import Grammar

if TYPE_CHECKING:
    from allohistory.book.tables import Entry
    from allohistory.timeline.model import Model

router = APIRouter(tags=["what the scenario holds"])

FILE = Path(__file__).parent / "line.toml"
FIRED = "fired"
NEAR = 14  # days: a window that opens no earlier before an event was made for it
BY_RULE = re.compile(r"(?P<rule>[\w.-]+)(\[(?P<entity>[\w.-]+)\])?@(?P<day>\d{4}-\d{2}-\d{2})(\.\.|$)")
NEVER = {"value": "never", "says": "It does not happen.", "took": False}


def chief_events() -> Mapping[str, str]:
    """Entry -> its short name, of those that the line labels."""
    return {row["entry"]: row["label"] for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["chief"]}


def line_of(model: Model) -> dict[str, Any]:
    """Every entry that can be changed, by date."""
    labels, words, pods = chief_events(), Grammar(model), pods_of(model)
    entries = sorted(model.book.entries.values(), key=lambda one: (one.date, one.id))
    return {
        "items": [item for one in entries if (item := item_of(one, model, words, labels, pods)) is not None]
    }


def item_of(
    entry: Entry, model: Model, words: Grammar, labels: Mapping[str, str], pods: Mapping[str, list[str]]
) -> dict[str, Any] | None:
    """One entry with its choices; None where it is a number that nobody chose."""
    choices = list(choices_of(entry, model, words))
    if not choices:
        return None
    return {
        "id": entry.id,
        "date": entry.date.isoformat(),
        "label": labels.get(entry.id),
        "what": entry.what,
        "why": entry.why,
        "source": entry.source,
        "grade": entry.grade,
        "rule": entry.rule,
        "took": entry.took,
        "movable": entry.took == FIRED,
        "choices": choices,
        "pods": pods.get(entry.id, []),
    }


def choices_of(entry: Entry, model: Model, words: Grammar) -> Iterator[dict[str, Any]]:
    """What was taken and what else was open, the most restrained first."""
    card = model.rules[entry.rule].card
    if card.draws == "clock":
        yield {"value": FIRED, "says": entry.what, "took": True}
        yield dict(NEVER)
    for option in card.options:
        took = option == entry.took
        says = entry.what if took else words.option_sentence(entry.rule, option, entry.entity or "", None)
        yield {"value": option, "says": says, "took": took}


def pods_of(model: Model) -> Mapping[str, list[str]]:
    """Entry -> the catalogue's points of divergence that change it, by its id or by its rule about its day."""
    found: dict[str, list[str]] = defaultdict(list)
    by_rule: dict[str, list[Entry]] = defaultdict(list)
    for entry in model.book.entries.values():
        by_rule[entry.rule].append(entry)
    for pod in model.book.pods.values():
        for change in pod.changes:
            for id in targets_of(change, model.book.entries, by_rule):
                if pod.id not in found[id]:
                    found[id].append(pod.id)
    return found


def targets_of(change: str, entries: Mapping[str, Entry], by_rule: Mapping[str, list[Entry]]) -> list[str]:
    """The entries that a change is about; a change by rule and date is about those of the first weeks of its window."""
    target = change.split("=")[0].rstrip("*+")
    if target in entries:
        return [target]
    match = BY_RULE.match(target)
    if match is None:
        return []
    begins = dt.date.fromisoformat(match["day"])
    return [
        one.id
        for one in by_rule.get(match["rule"], [])
        if 0 <= (one.date - begins).days <= NEAR and match["entity"] in (None, one.entity)
    ]


@lru_cache(maxsize=1)
def kept() -> dict[str, Any]:
    """The line of the loaded scenario, made once."""
    return line_of(scenario().model)


@router.get("/line")
def line() -> dict[str, Any]:
    """Our history, event by event, with what else each might have been."""
    return kept()
