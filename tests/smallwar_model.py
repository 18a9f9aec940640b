"""The small scenario, loaded, and put where the package's own scenarios are looked up."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from allohistory.book.open import open_book
from allohistory.timeline.model import Model, build

FOLDER = Path(__file__).resolve().parent / "smallwar"
NAME = "smallwar"


@lru_cache(maxsize=1)
def small_model() -> Model:
    """The model; its digest is fixed, for it does not lie in the package."""
    model = build(NAME, "smallwar", FOLDER, open_book(FOLDER))
    model.__dict__["digest"] = "5ca1e" + "0" * 59
    model.__dict__["loaded_by"] = ("smallwar_model", "put_in_place", ())
    return model


def put_in_place() -> None:
    """Put the model where scenarios are looked up, for good: for processes of a run."""
    from allohistory.timeline import model as models

    models.load = lambda name=NAME: small_model()
    models.scenarios = lambda: [NAME]


def install(monkeypatch) -> Model:
    """Make the small scenario the one that every command finds."""
    from allohistory.timeline import model as models

    small = small_model()
    monkeypatch.setenv("ALLOHISTORY_NO_KEPT_ANSWERS", "1")  # a test that changes the model wants a new answer
    monkeypatch.setattr(models, "load", lambda name=NAME: small)
    monkeypatch.setattr(models, "scenarios", lambda: [NAME, "soviet-japanese-war"])
    return small
