"""How a textbook scenario is put together: a blueprint with a record, from a few lines of plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from allohistory.timeline.blueprint import Blueprint, CoverageFacts, EntryFacts, RuleFacts, VariableFacts
from allohistory.timeline.rule import Rule


def blueprint(
    name: str,
    run_worlds: Callable,
    rules: Mapping[int, Rule],
    order: Sequence[str],
    entries: Sequence[EntryFacts] = (),
    *,
    weeks: int,
    outcomes: Sequence[str],
    variables: Sequence[VariableFacts] = (VariableFacts("world.x", (0.0,), -1e9, 1e9),),
    parameters: Mapping[str, float] | None = None,
    parameter_draws: np.ndarray | None = None,
    latent_seeds: Sequence[int] = (0,),
    uncovered: Sequence[str] = (),
    entities: Mapping[str, Sequence[str]] | None = None,
) -> Blueprint:
    """A blueprint in which every drawing rule is covered over all weeks, unless it is named in `uncovered`."""
    entities = entities or {}
    facts = tuple(
        RuleFacts(
            id=rule.card.id,
            number=number,
            draws=rule.card.draws,
            entities=tuple(entities.get(rule.card.id, ("",))),
            options=rule.card.options,
            silent=rule.card.options.index(rule.card.silent) if rule.card.silent else -1,
            place=1 + list(order).index(rule.card.id),
            latent=rule.card.latent,
        )
        for number, rule in rules.items()
    )
    parameters = dict(parameters or {"world.one": 1.0})
    draws = np.array([list(parameters.values())]) if parameter_draws is None else parameter_draws
    return Blueprint(
        name=name,
        run_worlds=run_worlds,
        weeks=weeks,
        rules=facts,
        variables=tuple(variables),
        parameters=tuple(parameters),
        parameter_draws=np.repeat(draws, len(latent_seeds), axis=0) if len(draws) == 1 else draws,
        latent_seeds=np.array(latent_seeds, np.int64),
        outcomes=tuple(outcomes),
        series=(),
        entries=tuple(entries),
        coverage=tuple(
            CoverageFacts(rule.id, -1, 0, weeks - 1) for rule in facts if rule.id not in uncovered
        ),
        year_of=np.array([1931 + week // 52 for week in range(weeks)], np.int64),
        month_of=np.array([1 + (week % 52) // 4 % 12 for week in range(weeks)], np.int64),
        week_of_year_of=np.arange(weeks) % 52,
    )
