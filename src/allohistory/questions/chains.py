"""Chains of the debate, link by link: how likely is each step of an argument once the steps before it have happened?

People argue in chains: a favourite commands, so the battle is lost, so Moscow strikes back with all it has. The file
`chains.toml` of a scenario names each chain, the changes it starts from, and its steps; this module runs the changed
worlds with luck fresh after the change and counts, among the timelines that took every step so far, how many take the
next. Beside each step stands how often it comes in the same worlds without the change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from allohistory.book.rows import Key, Keys, day, nested, read_file, read_values, several, text, texts
from allohistory.errors import AllohistoryError
from allohistory.questions.columns import Columns
from allohistory.questions.estimates import wilson
from allohistory.questions.expectations import Measure
from allohistory.questions.free_running import happened
from allohistory.questions.logged import Logged, run_logged
from allohistory.questions.question import Question
from allohistory.questions.worlds import read_worlds
from allohistory.results.schema import Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.timeline.model import Model

FILE = "chains.toml"
TIMELINES = 2000
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Step:
    """One step: an expression over outcomes, or events (RULE, RULE[ENTITY], RULE=OPTION) from first to last day."""

    title: str
    outcome: str = ""
    events: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Chain:
    """One argument of the debate: what is said, what is changed, and the steps it needs."""

    id: str
    title: str
    says: str
    pods: tuple[str, ...]
    do: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Link:
    """One step as it came out.

    probability  share of the `n` timelines that took all steps before it; None where there was none
    so_far       share of all timelines that took it and all before
    without      share of all timelines of the same worlds without the change in which it happens, by itself
    """

    title: str
    probability: float | None
    interval: Interval
    n: int
    so_far: float
    without: float


_STEP: Keys = {
    "title": Key(text),
    "outcome": Key(text, ""),
    "events": Key(texts, ()),
    "first": Key(day, None),
    "last": Key(day, None),
}
_ROW: Keys = {
    "id": Key(text),
    "title": Key(text),
    "says": Key(text),
    "pods": Key(texts, ()),
    "do": Key(texts, ()),
    "steps": Key(several(nested(_STEP, "a step", Step))),
}


def chains_of(folder: Path) -> Mapping[str, Chain]:
    """The chains of a scenario, by id, in the file's order; raises AllohistoryError for a mistake of form."""
    path = folder / "book" / FILE
    if not path.is_file():
        raise AllohistoryError("check chains", f"this scenario has no {FILE}", given=FILE, status=404)
    found: dict[str, Chain] = {}
    for raw in read_file(path, FILE, ("chain",)):
        one = Chain(**read_values(raw.values, _ROW, raw.where, "a chain"))
        if one.id in found:
            raise AllohistoryError(raw.where, f'"{one.id}" stands here twice', given=one.id)
        for step in one.steps:
            if bool(step.outcome) == bool(step.events):
                problem = f'the step "{step.title}" needs either an outcome or events'
                raise AllohistoryError(raw.where, problem, given=step.title)
        found[one.id] = one
    return found


def chains(
    model: Model, *, timelines: int = TIMELINES, seed: int = 1, tell: Tell | None = None
) -> dict[str, list[Link]]:
    """Every chain of the scenario, link by link. timelines: how many each world gets."""
    found: dict[str, list[Link]] = {}
    all_of_them = chains_of(model.folder)
    for place, (id, one) in enumerate(all_of_them.items()):
        if tell is not None:
            tell(one.title, place * timelines, len(all_of_them) * timelines)
        found[id] = walked(model, one, timelines, seed)
    return found


def walked(model: Model, one: Chain, timelines: int, seed: int) -> list[Link]:
    """One chain: its worlds run with and without the change, then its steps in order."""
    question = Question(scenario=model.name, pods=one.pods, do=one.do, timelines=timelines, seed=seed)
    worlds = read_worlds(question, model)
    changed = run_logged(model, worlds.plan(), timelines)
    without = run_logged(model, worlds.plan(changed=False), timelines)
    taken = np.ones(changed.kept, bool)
    links = []
    for step in one.steps:
        n = int(taken.sum())
        taken = taken & _truth(model, step, changed)
        count = int(taken.sum())
        links.append(
            Link(
                step.title,
                count / n if n else None,
                wilson(count, n),
                n,
                count / max(changed.kept, 1),
                float(_truth(model, step, without).mean()) if without.kept else 0.0,
            )
        )
    return links


def _truth(model: Model, step: Step, world: Logged) -> NDArray[np.bool_]:
    """In which of the kept timelines a step happened."""
    if step.outcome:
        return Columns(model, world.ensemble).truth(step.outcome)
    measure = Measure(kind="at-least", events=step.events, first=step.first, last=step.last)
    _, row = happened(model, measure, world, FILE)
    return np.bincount(row, minlength=world.kept)[: world.kept] > 0
