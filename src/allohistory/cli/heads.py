"""The head that every JSON answer carries, for commands that are not questions."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

STARTED = time.monotonic()
LEFT_OUT = ("watch", "json", "command", "scenario")


def with_head(
    command: str,
    options: argparse.Namespace,
    model: Model,
    body: dict[str, Any],
    *,
    again: str | None = None,
    warnings: tuple[str, ...] = (),
) -> str:
    """One JSON object: the head, then what the command found."""
    from allohistory.questions.heads import headed
    from allohistory.results.files import canonical

    asked = {name.rstrip("_"): value for name, value in vars(options).items() if name not in LEFT_OUT}
    words = [
        f"allohistory {command}",
        *(str(asked[name]) for name in ("subject", "id", "address") if asked.get(name)),
    ]
    words += [f"--{name}" for name in ("check", "bib", "full") if asked.get(name)]
    words += [f"--{name} {asked[name]}" for name in ("draw", "timelines") if asked.get(name) is not None]
    seconds = round(time.monotonic() - STARTED, 3)
    again = again or " ".join(words)
    return canonical(headed(command, model, asked, body, again=again, seconds=seconds, warnings=warnings))
