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
    return model


def install(monkeypatch) -> Model:
    """Make the small scenario the one that every command finds."""
    from allohistory.timeline import model as models

    small = small_model()
    monkeypatch.setattr(models, "load", lambda name=NAME: small)
    monkeypatch.setattr(models, "scenarios", lambda: [NAME, "soviet-japanese-war"])
    return small
