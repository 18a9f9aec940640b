"""What the posterior predictive checks ask: days from which luck is free, features of a timeline, bars.

The list stands beside the evidence and not in the scenario's book, because nothing in it can move a timeline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from allohistory.book.rows import Key, Keys, RawRow, day, number, one_of, read_file, read_values, text, texts
from allohistory.errors import AllohistoryError
from allohistory.timeline.model import PACKAGE

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

FILE = "predictive.toml"
TABLES = ("bars", "change", "world", "feature")
KINDS = ("count", "day", "outcome", "amount", "longest")
EVENTS = ("count", "day", "longest")


@dataclass(frozen=True)
class Bars:
    """What is asked of all features together.

    outside  a feature is outside where its two-sided p-value lies below this
    share    not more than this share of a world's features is outside
    family   no feature is so far out that all together would show one once in 1 / family
    """

    outside: float
    share: float
    family: float


@dataclass(frozen=True)
class World:
    """A day from which luck is free; the scenario's first day: nothing but the rules."""

    id: str
    says: str
    freed: date
    because: str


@dataclass(frozen=True)
class Feature:
    """One figure of a timeline.

    kind     count: how many of `events`; day: of the first of them; longest: weeks from a clash's first shot to the
             last of `events` in it, the longest of all; outcome: the day of `event`; amount: of the outcome `event`
    worlds   ids of the worlds in which it is asked for
    """

    id: str
    says: str
    kind: str
    worlds: tuple[str, ...]
    because: str
    events: tuple[str, ...] = ()
    event: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Change:
    """A change of the list after it was first run, and what it moved."""

    day: date
    what: str
    moved: str


@dataclass(frozen=True)
class Asked:
    """The whole file."""

    bars: Bars
    worlds: Mapping[str, World]
    features: tuple[Feature, ...]
    changes: tuple[Change, ...] = ()


_BARS: Keys = {name: Key(number) for name in ("outside", "share", "family")}
_CHANGE: Keys = {"day": Key(day), "what": Key(text), "moved": Key(text)}
_WORLD: Keys = {"id": Key(text), "says": Key(text), "freed": Key(day), "because": Key(text)}
_FEATURE: Keys = {
    "id": Key(text),
    "says": Key(text),
    "kind": Key(one_of(*KINDS)),
    "worlds": Key(texts),
    "because": Key(text),
    "events": Key(texts, ()),
    "event": Key(text, ""),
    "first": Key(day, None),
    "last": Key(day, None),
}


def path_of(model: Model) -> Path:
    """Where a scenario's list stands."""
    return PACKAGE / "evidence" / "asked" / model.folder.name / FILE


def asked_of(model: Model, path: Path | None = None) -> Asked:
    """The list of a scenario; raises AllohistoryError where there is none, or a mistake in it."""
    path = path or path_of(model)
    if not path.is_file():
        raise AllohistoryError("check predictive", f"this scenario has no {FILE}", given=FILE, status=404)
    bars: Bars | None = None
    worlds: dict[str, World] = {}
    features: dict[str, Feature] = {}
    changes: list[Change] = []
    for raw in read_file(path, FILE, TABLES):
        if raw.table == "bars":
            bars = Bars(**read_values(raw.values, _BARS, raw.where, "the bars"))
        elif raw.table == "change":
            changes.append(Change(**read_values(raw.values, _CHANGE, raw.where, "a change")))
        elif raw.table == "world":
            world = World(**read_values(raw.values, _WORLD, raw.where, "a world"))
            worlds[_new(world.id, worlds, raw)] = world
        else:
            feature = Feature(**read_values(raw.values, _FEATURE, raw.where, "a feature"))
            features[_new(feature.id, features, raw)] = _sound(feature, worlds, raw)
    if bars is None:
        raise AllohistoryError(FILE, "there are no bars", closest="[[bars]]")
    return Asked(bars, worlds, tuple(features.values()), tuple(changes))


def _new(id: str, known: Mapping[str, object], raw: RawRow) -> str:
    if id in known:
        raise AllohistoryError(raw.where, f'"{id}" stands here twice', given=id)
    return id


def _sound(one: Feature, worlds: Mapping[str, World], raw: RawRow) -> Feature:
    """The feature, if it names worlds that stand above it, and what its kind needs."""
    for id in one.worlds:
        if id not in worlds:
            raise AllohistoryError(
                raw.where, f'no world "{id}" stands above', given=id, possible=list(worlds)
            )
    needed = "events" if one.kind in EVENTS else "event"
    if not getattr(one, needed):
        raise AllohistoryError(raw.where, f"a feature of kind {one.kind} names its {needed}", closest=needed)
    return one
