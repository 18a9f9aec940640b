"""Is the record sound? Rows agree with each other and the rules; every entry returns; no unrecorded luck reaches it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allohistory.book.check import check_book
from allohistory.questions.replays import replay_answer

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

UNLIKELY = 1e-4
TRIED_DRAWS = 5
STREAMS = 64


@dataclass(frozen=True)
class Check:
    """One thing looked at, whether it holds, and every offender."""

    what: str
    met: bool
    offenders: tuple[str, ...]


def check_record(model: Model, tell: Callable[[str, int, int], None] | None = None) -> list[Check]:
    """All checks, in the order in which a mistake would show."""
    complaints = tuple(check_book(model.book, model.book_rules))
    checks = [
        Check(
            "every row agrees with the others, with the rules and with the calendar",
            not complaints,
            complaints,
        )
    ]
    found = replay_answer(model, None, tell)
    lost = tuple(
        f"{one.id}: expected {one.expected}, got {one.got or 'no occasion'}" for one in found.missing
    )
    checks.append(
        Check(f"every entry comes back on its date, under {found.draws} parameter draws", not lost, lost)
    )
    checks.append(Check("no factual world had to be set aside", not found.trouble, found.trouble))
    return [*checks, _latent(model), _unlikely(model), _uncovered(model)]


def _latent(model: Model) -> Check:
    """Luck is inert if changing it leaves the log-likelihood of the record as it was, to the last bit."""
    from allohistory.timeline.latent import spread_of_likelihood

    offenders = []
    for draw in range(TRIED_DRAWS):
        found = spread_of_likelihood(model.blueprint, draw, STREAMS)
        if len(set(found.tolist())) > 1:
            offenders.append(
                f"draw {draw}: log-likelihood from {min(found):.3f} to {max(found):.3f} by unrecorded luck"
            )
    return Check(
        "no recorded occasion hangs on luck that the record leaves open", not offenders, tuple(offenders)
    )


def _unlikely(model: Model) -> Check:
    """Entries that the rules held all but impossible: not wrong, but worth a look."""
    from allohistory.timeline.replay import replay

    chances = replay(model.blueprint, 0).chances
    offenders = tuple(
        f"{id}: {chance:.2g}"
        for id, chance in chances.items()
        if not math.isnan(chance) and chance < UNLIKELY
    )
    return Check(
        f"the rules gave every entry a chance above {UNLIKELY:g} (first parameter draw)",
        not offenders,
        offenders,
    )


def _uncovered(model: Model) -> Check:
    """Rules that are not covered from first to last week."""
    blueprint = model.blueprint
    offenders = []
    for rule in blueprint.drawn:
        if rule.latent:  # its unrecorded luck travels with the parameter draw
            continue
        spans = [span for span in blueprint.coverage if span.rule == rule.id]
        for number, entity in enumerate(rule.entities):
            weeks: set[int] = set()
            for span in spans:
                if span.entity in (-1, number):
                    weeks.update(range(span.first, span.last + 1))
            if len(weeks) < blueprint.weeks:
                name = f"{rule.id}[{entity}]" if entity else rule.id
                offenders.append(
                    f"{name}: {blueprint.weeks - len(weeks)} of {blueprint.weeks} weeks uncovered"
                )
    what = "every rule is covered from first to last week, or its luck travels with the parameter draw"
    return Check(what, not offenders, tuple(offenders))
