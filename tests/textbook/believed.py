"""Textbook scenarios with priors: what a likelihood and a chain need of a model, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allohistory.book.tables import Prior
from allohistory.evidence.likelihood import Likelihood
from allohistory.timeline.blueprint import Blueprint, EntryFacts
from textbook.running import countries, little_models


@dataclass(frozen=True)
class Believed:
    """A parameter of a textbook scenario."""

    prior: Prior
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Book:
    parameters: Mapping[str, Believed]


@dataclass(frozen=True)
class TextbookModel:
    """Book and blueprint, as `Likelihood` reads them."""

    book: Book
    blueprint: Blueprint


def normal(mean, sd):
    return Believed(Prior("normal", {"mean": mean, "sd": sd}))


def lognormal(median, sigma):
    return Believed(Prior("lognormal", {"median": median, "sigma": sigma}))


COUNTRIES = {
    "clash.rate": lognormal(0.04, 0.5),
    "clash.per_temper": normal(0.1, 0.05),
    "reply.firm": normal(-0.3, 0.8),
    "policy.hard": normal(-0.5, 0.8),
    "coup.rate": lognormal(0.01, 0.7),
}
BLOCKS = {
    "line.slope": normal(1.5, 1.0),
    "chain.pull": normal(1.2, 1.0),
    "confounded.pull": normal(-1.0, 1.0),
    "hidden.shift": normal(0.0, 2.0),
    "rivals.one": lognormal(0.2, 0.5),
    "rivals.two": lognormal(0.3, 0.5),
    "repeats.rate": lognormal(0.3, 0.7),
}


ROOM = 100  # entries for which the memory of a scenario without a record is made


def believed_countries() -> Likelihood:
    """The two countries: clocks, choices, a yearly shock, nothing hidden."""
    return likelihood_of(countries(room("clash")), COUNTRIES)


def believed_blocks() -> Likelihood:
    """The blocks; the hidden cause of a recorded act is latent luck, and the weights of the four options are known."""
    return likelihood_of(little_models(room("repeats.fires"), uncovered=("hidden.cause",)), BLOCKS)


def room(clock: str) -> list[EntryFacts]:
    """Entries that are there only to be written over."""
    return [EntryFacts(f"room.{i}", clock, 0, 0, 0, 0, 0, 1.0) for i in range(ROOM)]


def likelihood_of(blueprint: Blueprint, priors: Mapping[str, Believed]) -> Likelihood:
    """The calibration's own likelihood over a textbook scenario; parameters without a prior keep their value."""
    assert tuple(priors) == blueprint.parameters[: len(priors)]
    likelihood = Likelihood(TextbookModel(Book(priors), blueprint))
    likelihood.memory.load_draw(0, ledger=False)
    return likelihood
