"""The head that every JSON answer carries, for what is looked up and not asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from allohistory.results.schema import Head, plain
from allohistory.version import VERSION

if TYPE_CHECKING:
    from allohistory.timeline.model import Model


def headed(
    command: str,
    model: Model,
    asked: Mapping[str, Any],
    body: Mapping[str, Any],
    *,
    again: str,
    seconds: float = 0.0,
    warnings: tuple[str, ...] = (),
) -> dict[str, Any]:
    """One JSON object: the head, then what was found."""
    head = Head(
        command=command,
        scenario=model.name,
        version=VERSION,
        model=model.digest[:16],
        question=asked,
        timelines=0,
        seed=1,
        luck=None,
        seconds=seconds,
        again=again,
        warnings=warnings,
    )
    return {**head.as_json(), **plain(body)}
