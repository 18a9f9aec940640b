"""A timeline's address and the question it belongs to: from one to the other and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allohistory.errors import AllohistoryError
from allohistory.questions.question import CLOCKS, COUPLINGS, Question
from allohistory.questions.worlds import Worlds, read_worlds
from allohistory.timeline.address import Address, digest_bits, read_address, write_address
from allohistory.timeline.plan import END, PLACES, START, Plan
from allohistory.version import VERSION

if TYPE_CHECKING:
    from allohistory.timeline.model import Model


def address_of(worlds: Worlds, timeline: int, *, luck: str | None = None) -> str:
    """The address of one timeline of a question's worlds, in its own luck or another."""
    question, model = worlds.question, worlds.model
    return write_address(
        Address(
            scenario=short_name(model.name),
            digest=digest_bits(model.digest),
            seed=question.seed,
            timeline=timeline,
            draws=question.draws,
            coupling=COUPLINGS.index(question.coupling),
            clocks=CLOCKS.index(question.clocks),
            horizon=_horizon(worlds, luck or question.luck),
            pods=tuple(_pod_number(asked, worlds) for asked in worlds.pods),
            changes=tuple(question.do),
        )
    )


def read_timeline(text: str) -> tuple[Worlds, Plan, int]:
    """The worlds, the plan and the number of the timeline that an address names."""
    from allohistory.timeline.model import SHORT_NAMES, load, scenarios

    known = {SHORT_NAMES.get(name, name): name for name in scenarios()}
    address = read_address(text, known)
    model = load(known[address.scenario])
    if address.digest != digest_bits(model.digest):
        raise AllohistoryError(
            "address",
            f"another version of the model made it ({address.digest:05x}); this is {VERSION} ({model.digest[:5]})",
            given=text,
            see="CHANGELOG.md, the lines `results`",
        )
    question = _question(address, model)
    worlds = read_worlds(question, model)
    return worlds, worlds.plan(horizon=_position(address, worlds)), address.timeline


def short_name(scenario: str) -> str:
    """The scenario's name inside addresses."""
    from allohistory.timeline.model import SHORT_NAMES

    return SHORT_NAMES.get(scenario, scenario)


def _horizon(worlds: Worlds, luck: str) -> str | int:
    if luck == "same":
        return "end"
    if worlds.freed == START:
        return "start"
    return "after-changes" if worlds.question.from_ is None else worlds.freed


def _position(address: Address, worlds: Worlds) -> int:
    if isinstance(address.horizon, int):
        return address.horizon
    return {"start": START, "end": END, "after-changes": worlds.freed}[address.horizon]


def _question(address: Address, model: Model) -> Question:
    from_ = None
    if isinstance(address.horizon, int):
        from_ = model.book.calendar.monday_of(address.horizon // PLACES).isoformat()
    return Question(
        scenario=model.name,
        pods=tuple(_pod_name(number, day, model) for number, day in address.pods),
        do=address.changes,
        from_=from_,
        luck="same" if address.horizon == "end" else "fresh",
        coupling=COUPLINGS[address.coupling],
        clocks=CLOCKS[address.clocks],
        draws=address.draws,
        seed=address.seed,
    )


def _pod_number(asked: object, worlds: Worlds) -> tuple[int, int | None]:
    from allohistory.questions.worlds import AskedPod

    assert isinstance(asked, AskedPod)
    moved = None if asked.date == asked.pod.date else worlds.model.book.calendar.day_of(asked.date)
    return worlds.model.numbers["pods"][asked.pod.id], moved


def _pod_name(number: int, day: int | None, model: Model) -> str:
    for name, its in model.numbers.get("pods", {}).items():
        if its == number and name in model.book.pods:
            return name if day is None else f"{name}@{model.book.calendar.date_of(day).isoformat()}"
    raise AllohistoryError(
        "address", f"it names a point of divergence (number {number}) that is not in the catalogue"
    )
