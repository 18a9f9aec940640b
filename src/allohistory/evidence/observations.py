"""What the rules say of each observation under the parameters at hand, and how well that agrees with what is said.

observed = Observed(model)
memory.replay()
observed.probabilities(memory)     one a observation, in the order of `observed.ids`
observed.log_likelihood(memory)    sum of weight * (q log p + (1 - q) log(1 - p))
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np

from allohistory.book.observations import FILE, Observation, Observations, observations_of
from allohistory.book.observed_ways import PATH, Call, Way
from allohistory.errors import AllohistoryError
from allohistory.evidence.calls import made_ready
from allohistory.evidence.ledger import COLUMNS, along_history
from allohistory.timeline.shape import OPTIONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.timeline.memory import Memory
    from allohistory.timeline.model import Model

LEAST = 1e-9  # no observation tells a chance from 0 or 1 more closely


class Observed:
    """The observations of a scenario, ready to be asked of any memory after a replay.

    ids, q, weights  one an observation, in the file's order
    settled          the last week that each speaks of; -1 where it speaks of none
    reads            of each, the ids of the parameters that its rules read; empty where it is read off the ledger
    """

    def __init__(self, model: Model, book: Observations | None = None) -> None:
        """`book`: other observations than the scenario's own."""
        self.model = model
        self.book = observations_of(model.book, model.folder, model.book_rules) if book is None else book
        self.observations = tuple(self.book.observations.values())
        self.ids = tuple(one.id for one in self.observations)
        self.q = np.array([one.q for one in self.observations])
        self.weights = np.array([one.weight for one in self.observations])
        self.settled = np.array([one.last_week for one in self.observations])
        paths = [place for place, one in enumerate(self.observations) if one.kind == PATH]
        self._paths = np.array(paths, np.int64)
        self._history = _History(model, [self.observations[place] for place in paths])
        self._asked = [
            (place, _AskedRule(model, one)) for place, one in enumerate(self.observations) if one.kind != PATH
        ]
        reads = dict(self._asked)
        self.reads = tuple(
            reads[place].reads if place in reads else () for place in range(len(self.observations))
        )

    def probabilities(self, memory: Memory) -> NDArray[np.float64]:
        """What the rules say of each observation; the memory has replayed our history.

        Not a number where the replay stopped before the weeks that an observation speaks of.
        """
        found = np.empty(len(self.observations))
        found[self._paths] = self._history.chances(memory)
        for place, asked in self._asked:
            found[place] = asked.chance(memory.drawn)
        found[self.settled >= memory.c.weeks] = np.nan
        return found

    def contributions(self, memory: Memory) -> NDArray[np.float64]:
        """The log-likelihood of each observation; 0 where the replay stopped before it."""
        p = np.clip(self.probabilities(memory), LEAST, 1.0 - LEAST)
        said = self.weights * (self.q * np.log(p) + (1.0 - self.q) * np.log1p(-p))
        found: NDArray[np.float64] = np.where(np.isnan(p), 0.0, said)
        return found

    def log_likelihood(self, memory: Memory) -> float:
        """The log-likelihood of all observations."""
        return float(self.contributions(memory).sum())


class _AskedRule:
    """One observation of a rule at stated inputs; reckoned anew only when a parameter that it reads has moved."""

    def __init__(self, model: Model, one: Observation) -> None:
        where = f"{FILE}, {one.id}"
        self.steps = [
            [made_ready(way, model, where) for way in step if isinstance(way, Call)] for step in one.steps
        ]
        groups = dict.fromkeys(name for step in self.steps for way in step for name in way.groups)
        places = model.blueprint.parameter_place
        self.reads = tuple(id for id in model.blueprint.parameters if id.rpartition(".")[0] in groups)
        self.places = np.array([places[id] for id in self.reads], np.int64)
        self.last: tuple[bytes, float] = (b"-", 0.0)

    def chance(self, drawn: NDArray[np.float64]) -> float:
        """The chance under the parameters that stand in a memory."""
        values = drawn[self.places]
        key, last = values.tobytes(), self.last
        if key == last[0]:
            return last[1]
        groups: dict[str, SimpleNamespace] = {}
        for id, value in zip(self.reads, values.tolist(), strict=True):
            group, _, name = id.rpartition(".")
            setattr(groups.setdefault(group, SimpleNamespace()), name, value)
        chance = 1.0
        for step in self.steps:
            none = 1.0
            for way in step:
                none *= 1.0 - way.chance(groups.__getitem__)
            chance *= 1.0 - none
        self.last = key, chance
        return chance


class _History:
    """All observations that are read off the ledger, as the tables that `along_history` works through."""

    def __init__(self, model: Model, observations: Sequence[Observation]) -> None:
        blueprint = model.blueprint
        self.first_way = np.full(blueprint.shape.rules, -1, np.int64)
        rows: list[list[int]] = []
        options: list[list[int]] = []
        steps: list[int] = []
        for place, one in enumerate(observations):
            for step in one.steps:
                for way in step:
                    if isinstance(way, Way):
                        _covered(way, model, f"{FILE}, {one.id}")
                        number = blueprint.rule_of[way.rule].number
                        row = _row_of(way, model, len(steps), int(self.first_way[number]))
                        self.first_way[number] = len(rows)
                        rows.append(row)
                        options.append(_marks(way, model))
                steps.append(place)
        self.ways = np.array(rows, np.int64).reshape(-1, COLUMNS)
        self.options = np.array(options, np.int64).reshape(-1, OPTIONS)
        self.steps = np.array(steps, np.int64)
        self.count = len(observations)

    def chances(self, memory: Memory) -> NDArray[np.float64]:
        """One an observation."""
        found = np.ones(self.count)
        c = memory.c
        along_history(
            c.ledger_key,
            c.ledger_week,
            c.ledger_inputs,
            c.hazard,
            self.first_way,
            self.ways,
            self.options,
            self.steps,
            found,
        )
        return found


def _row_of(way: Way, model: Model, step: int, following: int) -> list[int]:
    blueprint = model.blueprint
    rule = blueprint.rule_of[way.rule]
    entity = -1 if way.entity is None else rule.entities.index(way.entity)
    first_row, last_row = -1, -1
    if rule.draws == "clock":
        first_row = blueprint.row_of[rule.id] + max(entity, 0)
        last_row = first_row if entity >= 0 else first_row + len(rule.entities) - 1
    found = [rule.number, entity, way.first, way.last, way.held, way.every, int(way.never), step, following]
    return [*found, first_row, last_row]


def _marks(way: Way, model: Model) -> list[int]:
    """1 for an option meant, 0 for one that is not, -1 beyond the rule's options."""
    held = len(model.blueprint.rule_of[way.rule].options)
    return [-1 if option >= held else int(option in way.options) for option in range(OPTIONS)]


def _covered(way: Way, model: Model, where: str) -> None:
    """The ledger knows only what the record covers: a window beyond it has no chance that could be read."""
    blueprint = model.blueprint
    rule = blueprint.rule_of[way.rule]
    numbers = range(len(rule.entities)) if way.entity is None else [rule.entities.index(way.entity)]
    for number in numbers:
        weeks: set[int] = set()
        for span in blueprint.coverage:
            if span.rule == way.rule and span.entity in (-1, number):
                weeks.update(range(span.first, span.last + 1))
        if not weeks.issuperset(range(way.first, way.last + 1)):
            problem = f"the record does not cover {way.rule} in the whole window"
            raise AllohistoryError(where, problem, given=way.rule, closest="")
