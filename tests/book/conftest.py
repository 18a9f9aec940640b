"""A small made-up scenario, its rules, and a way to spoil one line of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from allohistory.book.open import open_book
from allohistory.book.tables import Book, RuleFacts

SMALL = Path(__file__).parent / "data" / "small"

RULES = {
    rule.id: rule
    for rule in (
        RuleFacts("border.incident", 3, "clock", per="sector", entities=("posyet-tumen", "amur")),
        RuleFacts("border.first-rung", 4, "choice", per="sector", options=("patrol", "company")),
        RuleFacts(
            "korea-army.attacks",
            7,
            "choice",
            per="sector",
            options=("refrain", "attack", "offensive"),
            silent="refrain",
        ),
        RuleFacts("harvest.japan", 9, "shock"),
        RuleFacts("tokyo.reviews-policy", 11, "clock"),
        RuleFacts("units.tally", 12, "nothing"),
    )
}


@pytest.fixture
def rules() -> dict[str, RuleFacts]:
    return dict(RULES)


@pytest.fixture(scope="session")
def book() -> Book:
    return open_book(SMALL)


@pytest.fixture
def spoiled(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the small scenario with one text replaced, or one text added to a file."""

    def spoil(file: str, old: str = "", new: str = "") -> Path:
        folder = tmp_path / "spoiled"
        shutil.copytree(SMALL, folder, dirs_exist_ok=True)
        path = folder / "book" / file
        text = path.read_text() if path.exists() else ""
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1) if old else text + new)
        return folder

    return spoil
