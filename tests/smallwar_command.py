"""The command with the small scenario in place of the real one: python tests/smallwar_command.py ask --json ..."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from allohistory.cli import main as door
from allohistory.timeline import model as models


def command() -> None:
    """Put the small scenario in place, then be the command."""
    from smallwar_model import NAME, small_model

    words = sys.argv[1:]
    models.load = lambda name=NAME: small_model()
    models.scenarios = lambda: [NAME]
    if words and not words[0].startswith("-") and "--scenario" not in words:
        words[1:1] = ["--scenario", NAME]
    sys.argv = ["allohistory", *words]
    door.console()


if __name__ == "__main__":
    command()
