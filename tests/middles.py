"""Parameters at the middle of their priors, for kernels that are run in plain Python."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from allohistory.book.open import open_book
from allohistory.book.priors import draw
from allohistory.luck.arithmetic import exp, normal_quantile


def middles(scenario: Path) -> SimpleNamespace:
    """Every rule's parameters at the middle of their priors, under the names that kernels use."""
    found = SimpleNamespace()
    for parameter in open_book(scenario).parameters.values():
        name = parameter.rule.replace(".", "_").replace("-", "_")
        if not hasattr(found, name):
            setattr(found, name, SimpleNamespace())
        setattr(getattr(found, name), parameter.name, draw(parameter, 0.5, normal_quantile, exp))
    return found
