"""What happened in each timeline, as columns of yes and no: firings, choices and outcomes, each with its first day.

What comes many times in a timeline (the week's battle, the week's orders) is routine, no step: a firing or choice
counts only where a timeline that has it has it once or twice, of one entity or of the whole world. An outcome counts as
a step unless it is read off the last day; then it is an end.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.questions.columns import Columns, asked_of
from allohistory.questions.defaults import defaults_of
from allohistory.questions.forerunners import NEVER, Signs, signs_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.questions.logged import Logged
    from allohistory.timeline.model import Model

ROUTINE = 2.0  # mean number in a timeline that has any, above which a firing or choice is routine
LAST_DAY = 0.9  # an outcome so often marked in the last week is read off it
DAYS_A_WEEK = 7


@dataclass(frozen=True, order=True)
class Step:
    """A firing or choice of a rule (of one entity, or of any), or an outcome (an option of it).

    kind   "outcome" or "rule"; id: of it; option: "yes", "fired", or the option taken; entity: "" for any
    """

    kind: str
    id: str
    option: str
    entity: str = ""


@dataclass(frozen=True)
class Marks:
    """Steps and ends of a set of timelines. day: (steps, timelines) the first of each, NEVER where it never came.

    ends, ended   outcomes and options read off the last day, and (ends, timelines) where they hold
    """

    steps: tuple[Step, ...]
    day: NDArray[np.int32]
    ends: tuple[Step, ...]
    ended: NDArray[np.bool_]


def marks_of(model: Model, world: Logged, asked: Collection[str]) -> Marks:
    """All steps and ends of these timelines, without the outcomes that the question names."""
    steps, days, ends, ended = _outcomes(model, world, asked)
    signs = signs_of(model, world)
    kept = ~_routine(model, world, signs)
    for place in np.flatnonzero(kept):
        sign = signs.of[place]
        steps.append(Step("rule", sign.rule, sign.option, sign.entity or ""))
    day = np.concatenate([np.array(days, np.int32).reshape(len(days), world.kept), signs.day[kept]])
    held = np.array(ended, bool).reshape(len(ends), world.kept)
    return Marks(tuple(steps), day, tuple(ends), held)


def _outcomes(
    model: Model, world: Logged, asked: Collection[str]
) -> tuple[list[Step], list[NDArray[np.int32]], list[Step], list[NDArray[np.bool_]]]:
    columns = Columns(model, world.ensemble)
    steps: list[Step] = []
    days: list[NDArray[np.int32]] = []
    ends: list[Step] = []
    ended: list[NDArray[np.bool_]] = []
    last = (model.blueprint.weeks - 1) * DAYS_A_WEEK
    for id, outcome in model.book.outcomes.items():
        if outcome.derived is not None or id in asked or outcome.kind not in ("yes", "which"):
            continue
        column = columns.read(asked_of(id, model))
        for option, shown in _options(column, outcome.options):
            if not shown.any():
                continue
            if np.mean(column.day[shown] >= last) > LAST_DAY or (column.day[shown] < 0).all():
                ends.append(Step("outcome", id, option))
                ended.append(shown)
            else:
                steps.append(Step("outcome", id, option))
                days.append(np.where(shown & (column.day >= 0), column.day, NEVER).astype(np.int32))
    return steps, days, ends, ended


def _options(column: object, options: tuple[str, ...]) -> list[tuple[str, NDArray[np.bool_]]]:
    value, shown = column.value, column.shown  # type: ignore[attr-defined]
    if not options:
        return [("yes", shown)]
    return [(option, shown & (value == place)) for place, option in enumerate(options)]


def _routine(model: Model, world: Logged, signs: Signs) -> NDArray[np.bool_]:
    """Which signs come again and again where they come at all."""
    often = np.zeros(len(signs.of), bool)
    rules = {rule.id: rule for rule in model.blueprint.rules}
    for place, sign in enumerate(signs.of):
        rule = rules[sign.rule]
        mine = world.rule == rule.number
        if rule.draws == "choice":
            mine &= world.value == rule.options.index(sign.option)
        else:
            mine &= world.value > 0
        if sign.entity is not None:
            mine &= world.entity == rule.entities.index(sign.entity)
        having = int((signs.day[place] < NEVER).sum())
        often[place] = mine.sum() > ROUTINE * max(having, 1)
    return often


def words_of(step: Step, model: Model, absent: bool = False) -> str:
    """A step as a reader is told it: an outcome's title, or the scenario's own sentence for an option."""
    words = _words(step, model)
    return f"not: {words}" if absent else words


def _words(step: Step, model: Model) -> str:
    if step.kind == "outcome":
        title = model.book.outcomes[step.id].title
        return title if step.option == "yes" else f"{title}: {_named(step.option, model)}"
    titles = {one.id: one.title for kind in model.book.entity_kinds.values() for one in kind.members}
    name = titles.get(step.entity, step.entity)
    sentences = dict(dict(defaults_of(model.folder).sentences).get(step.id, ()))
    words = _first_of(sentences.get(step.option), step.entity)
    if words is None:
        return f"{step.id}: {step.option}" + (f" ({name})" if name else "")
    place = f"({name})" if name else ""
    for key, text in (("entity", name), ("where", place), ("value", "")):
        words = words.replace(f"{{{key}}}", text)
    return " ".join(words.split()).replace(" .", ".").replace(" ,", ",").rstrip(".")


def _named(option: str, model: Model) -> str:
    """An option in words, with a capital where the scenario's titles have one: "Japan capitulates"."""
    known = {
        word for one in model.book.outcomes.values() for word in one.title.split()[1:] if word[:1].isupper()
    }
    capital = {word.lower(): word for word in known}
    return " ".join(capital.get(word, word) for word in option.split("-"))


def _first_of(words: Any, entity: str) -> str | None:
    """The first of a scenario's sentences for an option: by entity, of several, or of first and later ones."""
    while isinstance(words, dict | list):
        if isinstance(words, list):
            words = words[0]
            continue
        names = [name for name in (entity, "other", "any", "first") if name in words]
        words = words[names[0]] if names else None
    return None if words is None else str(words)
