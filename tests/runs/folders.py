"""What a run left behind, as bytes; and the command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, str(Path(__file__).resolve().parent.parent / "smallwar_command.py")]


def result(folder: Path) -> dict[str, bytes]:
    """manifest.json and every part, by name: what must be the same bytes."""
    files = [folder / "manifest.json", *sorted((folder / "parts").iterdir())]
    return {path.name: path.read_bytes() for path in files}


def without_seconds(answer) -> dict:
    """An answer's JSON without the one key that may differ."""
    found = answer.as_dict()
    found.pop("seconds")
    return found


def environment(tmp_path: Path) -> dict[str, str]:
    """For processes: a home of their own, and the kernels that this process has compiled."""
    import numba

    kernels = str(Path(numba.config.CACHE_DIR).parent)
    held = {**os.environ, "ALLOHISTORY_HOME": str(tmp_path / "home"), "NUMBA_CACHE_DIR": kernels}
    home = Path(held["ALLOHISTORY_HOME"]) / "kernels"
    home.parent.mkdir(parents=True, exist_ok=True)
    if not home.exists():
        home.symlink_to(kernels)
    return held


def started(held: dict[str, str], *words: str) -> subprocess.Popen:
    """The command with these words, begun."""
    return subprocess.Popen(
        [*COMMAND, *words], env=held, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
