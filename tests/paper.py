"""Worlds on paper: the real scenario's book and theatre with a world that a test fills in, and no engine."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from allohistory.book.open import open_book
from allohistory.book.theatre import open_theatre

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT / "src" / "allohistory" / "scenarios" / "soviet_japanese_war"


@lru_cache(maxsize=1)
def theatre():
    """The theatre of the real scenario."""
    return open_theatre(REAL)


@lru_cache(maxsize=1)
def book():
    """The book of the real scenario."""
    return open_book(REAL)


@lru_cache(maxsize=1)
def model():
    """What maps and chronicles read of a model: where variables stand, the book, the folder."""
    places, free = {}, 0
    for variable in book().variables.values():
        count = len(book().entities_of(variable.per)) if variable.per else 1
        places[variable.id] = (free, count)
        free += count
    blueprint = SimpleNamespace(variable_place=places, values=free)
    return SimpleNamespace(name="soviet-japanese-war", folder=REAL, book=book(), blueprint=blueprint)


def peace():
    """The world as week 0 begins: every variable at its start."""
    world = np.zeros(model().blueprint.values)
    for id, (first, count) in model().blueprint.variable_place.items():
        world[first : first + count] = book().variables[id].start
    return world


def put(world, id, value, entity=None):
    """Write a variable, or one of its entities."""
    first, count = model().blueprint.variable_place[id]
    if entity is None:
        world[first : first + count] = value
        return
    per = book().variables[id].per
    world[first + book().entities_of(per).index(entity)] = value


def opened(world, km):
    """A world in which these fronts are fought for: {front: kilometres}, with an army of either side on each."""
    for front, far in km.items():
        put(world, "front.open", 1, front)
        put(world, "front.km", far, front)
        for side, men in (("soviet", 120), ("japanese", 60)):
            put(world, "army.men", men, f"{front}-{side}")
            put(world, "army.order", 2 if side == "soviet" else 1, f"{front}-{side}")
    put(world, "land.mustered", 1)
    return world


def timeline(worlds):
    """A timeline that has left these worlds, one a week."""
    return SimpleNamespace(model=model(), weeks=np.array(worlds), trouble=None, address="ah1-sjw-paper")
