"""What a run keeps of each timeline: its arms, and the outcomes that its answer needs.

A piece of work (below RUN/work) holds for each arm, column after column, why a timeline was set aside, how often each
change acted, and value and day of the outcomes needed; then the histograms of the main series. All sizes follow from
the question, so that one column of one batch can be read without the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions import defaults
from allohistory.questions.columns import read_expression
from allohistory.results.runs.manifest import BATCH
from allohistory.timeline.plan import END, START

if TYPE_CHECKING:
    from allohistory.ensemble.gathered import Ensemble
    from allohistory.questions.columns import Asked
    from allohistory.questions.worlds import Worlds
    from allohistory.timeline.plan import Plan

OTHER = "other"  # the luck that was not asked for: the answer shows it, parts do not hold it


@dataclass(frozen=True)
class Column:
    """One column of a piece of work: where it begins in its arm, a row's type, its shape beyond rows."""

    name: str
    place: int
    dtype: np.dtype


@dataclass(frozen=True)
class Layout:
    """The arms of a run by name, and the columns that are kept of each; series, quarters and bins of a histogram."""

    arms: tuple[tuple[str, Plan], ...]
    outcomes: tuple[int, ...]
    kinds: tuple[str, ...]
    histogram: tuple[int, int, int]

    def columns(self, plan: Plan) -> Iterator[Column]:
        """The columns of an arm, in order."""
        yield Column("aside", 0, np.dtype("u1"))
        for item in range(len(plan.items)):
            yield Column("applied", item, np.dtype("<i4"))
        for place, kind in zip(self.outcomes, self.kinds, strict=True):
            yield Column("value", place, value_type(kind))
            yield Column("day", place, np.dtype("<i4"))

    def arm_bytes(self, plan: Plan, rows: int) -> int:
        """Bytes of one arm of a piece of so many rows."""
        return rows * sum(column.dtype.itemsize for column in self.columns(plan)) + self.histogram_bytes

    @property
    def histogram_bytes(self) -> int:
        """Bytes of an arm's histograms: a batch has too few timelines for a count beyond 16 bits."""
        return int(np.prod(self.histogram)) * 2

    def work_bytes(self, rows: int) -> int:
        """Bytes of a whole piece."""
        return sum(self.arm_bytes(plan, rows) for _, plan in self.arms)


def value_type(kind: str) -> np.dtype:
    """A yes fits into a byte, an option's number into a small float; amounts and days are kept whole."""
    return np.dtype({"yes": "u1", "which": "<f4"}.get(kind, "<f8"))


def layout_of(worlds: Worlds, asked: tuple[Asked, ...]) -> Layout:
    """The layout of a question's run."""
    model = worlds.model
    assert BATCH < 1 << 16
    places = needed(worlds, asked)
    return Layout(
        arms=arms_of(worlds),
        outcomes=places,
        kinds=tuple(model.book.outcomes[model.outcomes[place]].kind for place in places),
        histogram=histogram_of(worlds),
    )


def histogram_of(worlds: Worlds) -> tuple[int, int, int]:
    """Series, quarters, bins."""
    from allohistory.timeline.shape import BINS

    blueprint = worlds.model.blueprint
    return len(blueprint.series), blueprint.shape.quarters, BINS


def arms_of(worlds: Worlds) -> tuple[tuple[str, Plan], ...]:
    """The arms that an answer runs over all its timelines, as `ask.run_arms` does: the chosen one first."""
    question = worlds.question
    arms = [("with", worlds.plan())]
    bare = worlds.plan(changed=False, horizon=START)
    if worlds.items:
        other = worlds.freed if question.luck == "same" else END
        arms += [
            ("without", worlds.plan(changed=False)),
            ("rules", bare),
            (OTHER, worlds.plan(horizon=other)),
        ]
    elif worlds.freed != START and question.luck == "fresh":
        arms.append(("rules", bare))
    return tuple(arms)


def needed(worlds: Worlds, asked: tuple[Asked, ...]) -> tuple[int, ...]:
    """The places of the outcomes that the answer reads: those asked for, conditions, the steps of the ways."""
    model, question = worlds.model, worlds.question
    if question.claims:
        return tuple(range(len(model.outcomes)))
    found = {one.id for one in asked if one.expression is None}
    texts = [one.expression for one in asked if one.expression is not None]
    texts += [text for text in (question.given, question.without) if text is not None]
    texts += [step.expression for way in defaults.defaults_of(model.folder).ways for step in way.steps]
    for text in texts:
        found |= set(read_expression(text, model, question.custom).outcomes)
    return tuple(sorted(model.outcomes.index(name) for name in found if name in model.outcomes))


def work_of(layout: Layout, ensembles: dict[str, Ensemble]) -> bytes:
    """The piece of work of a batch; of a timeline that was set aside it says no more than that."""
    pieces = []
    for name, plan in layout.arms:
        ensemble = ensembles[name]
        for column in layout.columns(plan):
            held = getattr(ensemble, column.name)
            values = held if held.ndim == 1 else np.where(ensemble.aside == 0, held[:, column.place], 0)
            pieces.append(packed(values, column.dtype).tobytes())
        pieces.append(ensemble.histogram.astype("<u2").tobytes())
    return b"".join(pieces)


def packed(values: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """The same values in a smaller type; a value that does not fit is a fault of ours, never rounded."""
    with np.errstate(invalid="ignore"):
        small = values.astype(dtype)
    if not np.array_equal(small.astype(values.dtype), values, equal_nan=values.dtype.kind == "f"):
        rows = np.flatnonzero(small.astype(values.dtype) != values)
        raise ValueError(f"a value does not fit what is kept of it: {values[rows][:3]} as {dtype}")
    return small
