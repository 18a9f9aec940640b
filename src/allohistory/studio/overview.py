"""What can be asked of a scenario, in one look: its weeks, usual outcomes, entities, variables, the choices of luck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from allohistory.questions.defaults import defaults_of
from allohistory.questions.question import (
    CLOCKS,
    COUPLINGS,
    DEFAULT_DRAWS,
    DEFAULT_TIMELINES,
    LUCKS,
    MOST_SEED,
)
from allohistory.version import VERSION

if TYPE_CHECKING:
    from allohistory.timeline.model import Model


def overview(model: Model) -> Mapping[str, Any]:
    """The whole of it, for a page that has to offer what can be chosen."""
    book, usual = model.book, defaults_of(model.folder)
    calendar = book.calendar
    return {
        "scenario": model.name,
        "version": VERSION,
        "model": model.digest[:16],
        "first": calendar.first.isoformat(),
        "last": calendar.last.isoformat(),
        "weeks": calendar.last_week + 1,
        "outcomes": list(usual.outcomes),
        "headline": {
            "title": usual.headline_title,
            "outcome": usual.headline_outcome,
            "pods": list(usual.headline_pods),
        },
        "ways": [
            {"id": way.id, "title": way.title, "steps": [vars(step) for step in way.steps]}
            for way in usual.ways
        ],
        "luck": {"lucks": list(LUCKS), "couplings": list(COUPLINGS), "clocks": list(CLOCKS)},
        "defaults": {
            "timelines": DEFAULT_TIMELINES,
            "draws": DEFAULT_DRAWS,
            "seed": 1,
            "most_seed": MOST_SEED,
        },
        "entities": {
            kind.id: [{"id": one.id, "title": one.title, "what": one.what} for one in kind.members]
            for kind in book.entity_kinds.values()
        },
        "variables": [
            {
                "id": one.id,
                "what": one.what,
                "unit": one.unit,
                "type": one.type,
                "per": one.per,
                "series": one.series,
                "group": one.group,
            }
            for one in book.variables.values()
        ],
    }
