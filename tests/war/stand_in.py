"""A world and parameters that plain kernels can write to, without the engine around them."""

import inspect
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from allohistory.book.open import open_book
from allohistory.book.priors import draw
from allohistory.luck.arithmetic import exp, normal_quantile
from allohistory.timeline.model import import_rules

FOLDER = Path(inspect.getfile(import_rules)).parent.parent / "scenarios" / "soviet_japanese_war"


def book():
    """The scenario's book."""
    return open_book(FOLDER)


def parameters(opened):
    """The record of parameters, each at the middle of its prior, as kernels read it."""
    found = SimpleNamespace()
    for parameter in opened.parameters.values():
        rule = parameter.rule.replace(".", "_").replace("-", "_")
        group = found.__dict__.setdefault(rule, SimpleNamespace())
        setattr(group, parameter.name, draw(parameter, 0.5, normal_quantile, exp))
    return found


def world(opened):
    """The world as week 0 begins."""
    found = SimpleNamespace()
    for variable in opened.variables.values():
        subject, name = variable.id.split(".")
        group = found.__dict__.setdefault(subject, SimpleNamespace())
        if variable.per is None:
            setattr(group, name, float(variable.start))
        else:
            members = len(opened.entity_kinds[variable.per].members)
            setattr(group, name, np.full(members, float(variable.start)))
    return found
