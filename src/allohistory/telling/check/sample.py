"""Timelines to be read again: the headline's points of divergence in turn, and free luck from the first week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from allohistory.questions.defaults import defaults_of
from allohistory.timeline.named import Named, address_of

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline
    from allohistory.timeline.model import Model


def sampled(model: Model, timelines: int, seed: int) -> Iterator[tuple[str, Timeline]]:
    """(road, timeline): every other one free from the first week, the rest one of each point of divergence in turn."""
    from allohistory.questions.timelines import timeline_at

    pods = defaults_of(model.folder).headline_pods
    for number in range(timelines):
        pod = pods[(number // 2) % len(pods)] if number % 2 and pods else ""
        named = Named(
            pods=(pod,) if pod else (),
            seed=seed,
            timeline=number,
            horizon="after-changes" if pod else "start",
        )
        timeline = timeline_at(address_of(model, named))
        if timeline.trouble is None:
            yield pod or "free luck", timeline
