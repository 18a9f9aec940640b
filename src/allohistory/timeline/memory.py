"""The memory in which timelines run, one a thread: filled from a blueprint, loaded with a plan and a draw.

memory = Memory(blueprint)
memory.load_plan(plan)
memory.load_draw(7)            replays the factual world of parameter draw 7 into the ledger
memory.run(timeline)           runs one world; read memory.c and memory.w afterwards
memory.run_many(7, 100, 50)    runs timelines 7, 107, 207 ... (50 of them) onto the sheet: read memory.c.sheet_...
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from allohistory.timeline.addresses import free_slot, packed
from allohistory.timeline.blueprint import Blueprint, EntryFacts
from allohistory.timeline.plan import END, Plan
from allohistory.timeline.shape import CHANGES, FORKS, context_dtype

UNSAID = -1  # in c.said: the record does not speak of this clock in this week


class Memory:
    """One thread's context, world and parameters. `c` is the context record, `w` the world's.

    traced  keep the world as each week leaves it: read `trace` after a run
    """

    def __init__(self, blueprint: Blueprint, *, traced: bool = False) -> None:
        self.blueprint = blueprint
        self.contexts = np.zeros(1, context_dtype(blueprint.shape)).view(np.recarray)
        rooms = 1 + blueprint.weeks if traced else 1
        self.worlds = np.zeros(rooms, blueprint.world_dtype).view(np.recarray)
        self.parameters = np.zeros(1, blueprint.parameter_dtype).view(np.recarray)
        self.c = self.contexts[0]
        self.w = self.worlds[0]
        self.world_numbers = self.worlds.view(np.ndarray).view(np.float64)
        self.parameter_numbers = self.parameters.view(np.ndarray).view(np.float64)
        self.start = np.zeros(blueprint.shape.values)
        self.drawn = np.zeros(len(self.parameter_numbers))
        self.plan = Plan()
        self.positions = np.array(
            [blueprint.parameter_place[id] for id in blueprint.parameters], dtype=np.int64
        )
        self.c.tracing = int(traced)
        self._fill_calendar()
        self._fill_rules()
        self._fill_coverage()
        self.load_record(blueprint.entries)
        self._fill_world()

    @property
    def trace(self) -> np.ndarray:
        """(weeks, values): the world as each week of the last run left it; empty where nothing is traced."""
        return self.world_numbers.reshape(-1, self.blueprint.shape.values)[1:]

    def _fill_calendar(self) -> None:
        c, b = self.c, self.blueprint
        c.weeks = b.weeks
        c.year_of[:], c.month_of[:], c.week_of_year_of[:] = b.year_of, b.month_of, b.week_of_year_of
        c.nudged_rule, c.fast = -1, 1

    def _fill_rules(self) -> None:
        c = self.c
        c.row_of[:], c.silent_of[:] = 0, -1
        for rule in self.blueprint.drawn:
            c.row_of[rule.number] = self.blueprint.row_of[rule.id]
            c.place_of[rule.number] = rule.place
            c.silent_of[rule.number] = rule.silent
            c.latent[rule.number] = int(rule.latent)

    def _fill_coverage(self) -> None:
        b = self.blueprint
        for span in b.coverage:
            rule, first = b.rule_of[span.rule], b.row_of[span.rule]
            entities = range(len(rule.entities)) if span.entity < 0 else [span.entity]
            for entity in entities:
                self.c.covered[first + entity, span.first : span.last + 1] = 1

    def load_record(self, entries: Sequence[EntryFacts]) -> None:
        """Load a record in place of the one that stands there; the ledger is empty until a draw is loaded."""
        c, b = self.c, self.blueprint
        c.entry_key[:], c.ledger_key[:], c.fired[:] = -1, -1, 0
        c.entries = len(entries)
        c.said[:] = np.where(c.covered[: c.said.shape[1]].T != 0, 0, UNSAID)
        for entry in entries:
            rule = b.rule_of[entry.rule]
            if rule.draws == "clock":
                row = b.row_of[rule.id] + entry.entity
                c.fired[row, entry.week] = int(entry.took)
                if c.covered[row, entry.week]:
                    c.said[entry.week, row] = int(entry.took)
                continue
            occasion = (entry.key << 21) | (entry.entity << 9) | entry.step
            address = np.int64(packed(np.int64(rule.number), np.int64(occasion)))
            slot = int(free_slot(c.entry_key, address))
            c.entry_key[slot] = address
            c.entry_took[slot], c.entry_half[slot] = entry.took, entry.half
            c.entry_week[slot], c.entry_day[slot] = entry.week, entry.day

    def _fill_world(self) -> None:
        b = self.blueprint
        for variable in b.variables:
            first, count = b.variable_place[variable.id]
            self.start[first : first + count] = variable.start
            self.c.low[first : first + count] = variable.low
            self.c.high[first : first + count] = variable.high
        for row, id in enumerate(b.series):
            self.c.series_value[row] = b.variable_place[id][0]
        self.c.series_low[: len(b.series)], self.c.series_scale[: len(b.series)] = b.bins

    def load_plan(self, plan: Plan) -> None:
        """Load the changes, the horizon and the conventions of a plan; raises ValueError beyond the engine's sizes."""
        if len(plan.items) > CHANGES or len(plan.forks) > FORKS:
            raise ValueError(f"at most {CHANGES} changes and {FORKS} forks fit into one question")
        c = self.c
        self.plan = plan
        c.seed, c.horizon, c.coupling, c.clocks = plan.seed, plan.horizon, plan.coupling, plan.clocks
        c.since = plan.since
        c.nudged_rule, c.nudge, c.fast = plan.nudge[0], plan.nudge[1], int(plan.fast)
        c.forks, c.changes, c.changed[:] = len(plan.forks), len(plan.items), 0
        c.ordinary[:] = np.where(c.latent != 0, 0, 1)
        if plan.nudge[0] >= 0:
            c.ordinary[plan.nudge[0]] = 0
        for i, (week, salt) in enumerate(plan.forks):
            c.fork_week[i], c.fork_salt[i] = week, salt
        for i, item in enumerate(plan.items):
            if item.rule >= 0:
                c.changed[item.rule], c.ordinary[item.rule] = 1, 0
            c.change_kind[i], c.change_rule[i], c.change_entity[i] = item.kind, item.rule, item.entity
            c.change_from[i], c.change_until[i] = item.first_week, item.last_week
            c.change_key[i], c.change_step[i], c.change_option[i] = item.key, item.step, item.option
            c.change_first[i], c.change_count[i] = item.first, item.count
            c.change_day[i], c.change_value[i], c.change_held[i] = item.day, item.value, int(item.held)

    def load_draw(self, draw: int, ledger: bool = True) -> None:
        """Load a row of the kept table and, unless told otherwise, replay its factual world into the ledger.

        The ledger is not needed where luck is free from the start.
        """
        self.draw = draw
        self.drawn[self.positions] = self.blueprint.parameter_draws[draw]
        self.c.latent_seed = self.blueprint.latent_seeds[draw]
        if ledger:
            self.replay()

    def replay(self, timeline: int = 0) -> None:
        """Run the factual world of the loaded draw: impose the record, score it, keep the ledger."""
        c = self.c
        kept = (c.horizon, c.logging, c.changes, c.nudged_rule)
        c.replaying, c.horizon, c.changes, c.nudged_rule = 1, END, 0, -1
        forks, c.forks = c.forks, 0
        self._run(timeline, 1, 1)
        c.replaying = 0
        c.horizon, c.logging, c.changes, c.nudged_rule = kept
        c.forks = forks

    def run(self, timeline: int) -> None:
        """Run one world of the loaded plan and draw."""
        self._run(timeline, 1, 1)

    def run_many(self, first: int, step: int, count: int) -> None:
        """Run timelines first, first + step, ... (at most SHEET of them) onto the sheet and into the histogram."""
        self.c.gathering = 1
        self._run(first, step, count)
        self.c.gathering = 0

    def _run(self, first: int, step: int, count: int) -> None:
        c = self.c
        c.first_timeline, c.timeline_step, c.worlds = first, step, count
        self.blueprint.run_worlds(
            self.contexts,
            self.worlds,
            self.world_numbers,
            self.parameters,
            self.parameter_numbers,
            self.start,
            self.drawn,
        )
