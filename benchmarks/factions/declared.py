"""The declaration of "border and factions", read once for both codes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

DECLARED: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "declaration.toml").read_text(encoding="utf-8")
)
ACTORS: int = DECLARED["size"]["actors"]
WEEKS: int = DECLARED["size"]["weeks"]


def roads() -> list[tuple[int, int]]:
    """The roads as pairs of actors, by number."""
    size = DECLARED["size"]
    found = [(i, (i + stride) % ACTORS) for stride in size["strides"] for i in range(ACTORS)]
    return found + [(i, (i + size["even_stride"]) % ACTORS) for i in range(0, ACTORS, 2)]
