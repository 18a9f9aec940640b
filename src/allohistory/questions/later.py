"""Doors to what comes later in the river: a timeline told, drawn and compared is made by `telling`, found by name.

The folders of `questions` know nothing of `telling`; a reader who has a timeline in hand wants to ask it all the same.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def telling(module: str) -> Any:
    """A module of `telling`, imported when it is wanted."""
    return import_module(f"allohistory.telling.{module}")
