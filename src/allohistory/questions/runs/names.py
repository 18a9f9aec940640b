"""What the numbers in a run's parts mean, as columns: rules, entities, parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from allohistory.timeline.model import Model


def names_of(model: Model) -> dict[str, dict[str, Any]]:
    """The columns of the views rules, entities and parameters."""
    blueprint = model.blueprint
    rules = sorted(blueprint.drawn, key=lambda rule: rule.number)
    members = [
        (rule.id, number, entity) for rule in rules for number, entity in enumerate(rule.entities) if entity
    ]
    draws, count = np.asarray(blueprint.parameter_draws).shape
    return {
        "rules": {
            "number": [rule.number for rule in rules],
            "rule": [rule.id for rule in rules],
            "draws": [rule.draws for rule in rules],
            "per": [model.rules[rule.id].card.per for rule in rules],
            "options": [list(rule.options) for rule in rules],
        },
        "entities": {
            "rule": [rule for rule, _, _ in members],
            "number": [number for _, number, _ in members],
            "entity": [entity for _, _, entity in members],
        },
        "parameters": {
            "draw": np.repeat(np.arange(draws), count),
            "parameter": np.tile(np.array(blueprint.parameters), draws),
            "value": np.asarray(blueprint.parameter_draws).ravel(),
        },
    }
