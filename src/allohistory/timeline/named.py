"""From a timeline's address to what it stands for in a scenario, and back.

text = address_of(model, Named(pods=("no-first-clash",), seed=7, timeline=12))
model, named = find(text)
plan = plan_of(model, named)             the plan under which timeline 12 runs
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from allohistory.book.resolve import find_pod, resolve_all
from allohistory.errors import AllohistoryError
from allohistory.timeline.address import Address, digest_bits, read_address, write_address
from allohistory.timeline.address_changes import pack, unpack
from allohistory.timeline.asked import items_of
from allohistory.timeline.plan import END, START, Plan, freed_after
from allohistory.version import VERSION

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

VARIANT, PRIOR = "entry ", "prior "


@dataclass(frozen=True)
class Named:
    """Everything that decides one timeline of a scenario.

    pods       ids of points of divergence, ID or ID@DATE; changes: of the user's own, as they are written
    draws      over how many rows of the kept table the ensemble was spread; this timeline's is timeline mod draws
    coupling   number of the convention of choices, clocks that of clocks (see Plan)
    horizon    "start", "end", "after-changes", or the position from which luck is free
    forks      (week, salt): from that week on luck is new
    variants   entry -> the reading of it that is believed; priors: parameter -> a user's own prior
    """

    pods: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    seed: int = 1
    timeline: int = 0
    draws: int = 100
    coupling: int = 0
    clocks: int = 0
    horizon: str | int = "after-changes"
    forks: tuple[tuple[int, int], ...] = ()
    variants: Mapping[str, str] = field(default_factory=dict)
    priors: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def short_name(scenario: str) -> str:
    """The scenario's name inside addresses."""
    from allohistory.timeline.model import SHORT_NAMES

    return SHORT_NAMES.get(scenario, scenario)


def address_of(model: Model, named: Named) -> str:
    """The address as text; raises AllohistoryError where it has no room or names what is not there."""
    return write_address(
        Address(
            scenario=short_name(model.name),
            digest=digest_bits(model.digest),
            seed=named.seed,
            timeline=named.timeline,
            draws=named.draws,
            coupling=named.coupling,
            clocks=named.clocks,
            horizon=named.horizon,
            pods=tuple(_pod_number(name, model) for name in named.pods),
            changes=tuple(pack(text, model) for text in named.changes),
            forks=named.forks,
            readings=_readings(named),
        )
    )


def find(text: str) -> tuple[Model, Named]:
    """The scenario and the timeline that an address names; an address of another version of the model is refused."""
    from allohistory.timeline import model as models

    known = {short_name(name): name for name in models.scenarios()}
    address = read_address(text, known)
    model = models.load(known[address.scenario])
    if address.digest != digest_bits(model.digest):
        raise AllohistoryError(
            "address",
            f"another version of the model made it ({address.digest:05x}); "
            f"this is {model.digest[:5]}, of Allohistory {VERSION}",
            given=text,
            see="CHANGELOG.md, the lines `results`",
        )
    variants, priors = _read_readings(address.readings)
    named = Named(
        pods=tuple(_pod_name(number, day, model) for number, day in address.pods),
        changes=tuple(unpack(change, model) for change in address.changes),
        seed=address.seed,
        timeline=address.timeline,
        draws=address.draws,
        coupling=address.coupling,
        clocks=address.clocks,
        horizon=address.horizon,
        forks=address.forks,
        variants=variants,
        priors=priors,
    )
    return model, named


def plan_of(model: Model, named: Named) -> Plan:
    """The plan under which the timeline runs; the model must already have the named readings and priors."""
    resolved = resolve_all(named.changes, model.book, model.book_rules, pods=named.pods)
    items = items_of(resolved, model.blueprint)
    places = {"start": START, "end": END, "after-changes": freed_after(items) if items else START}
    horizon = named.horizon if isinstance(named.horizon, int) else places[named.horizon]
    return Plan(
        items, horizon, named.coupling, named.clocks, draws=named.draws, seed=named.seed, forks=named.forks
    )


def _pod_number(name: str, model: Model) -> tuple[int, int | None]:
    pod, day = find_pod(name, model.book)
    moved = None if day is None or day == pod.date else model.book.calendar.day_of(day)
    return int(model.numbers["pods"][pod.id]), moved


def _pod_name(number: int, day: int | None, model: Model) -> str:
    for name, its in model.numbers.get("pods", {}).items():
        if its == number and name in model.book.pods:
            return name if day is None else f"{name}@{model.book.calendar.date_of(day).isoformat()}"
    raise AllohistoryError(
        "address", f"it names a point of divergence (number {number}) that is not in the catalogue"
    )


def _readings(named: Named) -> tuple[str, ...]:
    variants = [f"{VARIANT}{entry}={variant}" for entry, variant in sorted(named.variants.items())]
    priors = [
        f"{PRIOR}{id}={json.dumps(dict(prior), sort_keys=True, separators=(',', ':'))}"
        for id, prior in sorted(named.priors.items())
    ]
    return (*variants, *priors)


def _read_readings(readings: tuple[str, ...]) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    variants, priors = {}, {}
    for reading in readings:
        id, _, what = reading.removeprefix(VARIANT).removeprefix(PRIOR).partition("=")
        if reading.startswith(VARIANT):
            variants[id] = what
        else:
            priors[id] = json.loads(what)
    return variants, priors
