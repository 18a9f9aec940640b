"""What the logit may know: a few numbers of the world as the week before the decision left them."""

from __future__ import annotations

import numpy as np

from allohistory.book.forecasts import Predictor, Protocol
from allohistory.evidence.baselines import WEEKS_A_YEAR
from allohistory.evidence.coordinates import Coordinates
from allohistory.evidence.items import CLOCK, Items
from allohistory.evidence.likelihood import one_draw
from allohistory.timeline.blueprint import Blueprint
from allohistory.timeline.memory import Memory
from allohistory.timeline.model import Model
from allohistory.timeline.plan import END, Plan
from allohistory.timeline.replay import trouble

LEAST = 1.0  # of a divided number, so that no ratio is infinite


def middle_world(model: Model) -> np.ndarray:
    """(weeks, values): our history at the middle of the priors, the world as each week left it."""
    coordinates = Coordinates(model.book)
    return traced(model.blueprint, coordinates.values(np.zeros(len(coordinates.ids))))


def traced(blueprint: Blueprint, values: np.ndarray) -> np.ndarray:
    """(weeks, values): our history under these parameters; raises ValueError where that world is set aside."""
    memory = Memory(one_draw(blueprint), traced=True)
    memory.load_plan(Plan(horizon=END))
    memory.drawn[memory.positions] = values
    memory.c.latent_seed = blueprint.latent_seeds[0]
    memory.replay()
    if memory.c.aside != 0:
        raise ValueError(f"our history cannot be replayed: {trouble(blueprint, memory)}")
    return np.array(memory.trace)


def table(blueprint: Blueprint, protocol: Protocol, items: Items, world: np.ndarray) -> np.ndarray:
    """(items, predictors)."""
    columns = [_column(blueprint, one, items, world) for one in protocol.predictors]
    return np.column_stack([np.zeros((len(items), 0)), *columns])


def _column(blueprint: Blueprint, one: Predictor, items: Items, world: np.ndarray) -> np.ndarray:
    if one.form == "own":
        return since_moved(items)
    numbers = [before(blueprint, id, items.week, world) for id in one.variables]
    if one.form == "log-ratio":
        return np.asarray(np.log(np.maximum(numbers[0], LEAST) / np.maximum(numbers[1], LEAST)))
    if one.form == "recent":
        return faded(items.week, numbers[0])
    return numbers[0]


def before(blueprint: Blueprint, id: str, weeks: np.ndarray, world: np.ndarray) -> np.ndarray:
    """A variable as the week before each of these left it; before the first week its first value."""
    place = blueprint.variable_place[id][0]
    start = next(variable.start[0] for variable in blueprint.variables if variable.id == id)
    return np.asarray(np.where(weeks > 0, world[np.maximum(weeks - 1, 0), place], start))


def faded(weeks: np.ndarray, since: np.ndarray) -> np.ndarray:
    """exp(-years since a week); 0 where there was none (-1)."""
    years = np.maximum(weeks - since, 0.0) / WEEKS_A_YEAR
    return np.asarray(np.where(since >= 0, np.exp(-years), 0.0))


def since_moved(items: Items) -> np.ndarray:
    """exp(-years since the same rule and entity last did anything but keep still, in an earlier week)."""
    since = np.full(len(items), -1.0)
    moved: dict[tuple[int, int], list[int]] = {}
    for place in np.argsort(items.week, kind="stable"):
        of = moved.setdefault((int(items.rule[place]), int(items.entity[place])), [])
        earlier = [week for week in of if week < items.week[place]]
        if earlier:
            since[place] = max(earlier)
        if items.moved[place] >= 0:
            of.append(int(items.moved[place]))
    return faded(items.week, since)


def groups(blueprint: Blueprint, protocol: Protocol, items: Items) -> np.ndarray:
    """A number an item: its rule's country, and whether it is a clock."""
    names = [country.id for country in protocol.countries]
    country_of = protocol.country_of
    number = {
        rule.number: names.index(country_of[rule.id]) for rule in blueprint.drawn if rule.id in country_of
    }
    countries = np.array([number.get(int(rule), len(names)) for rule in items.rule], np.int64)
    return np.asarray(2 * countries + (items.kind == CLOCK))
