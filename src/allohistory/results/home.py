"""Where a user's own things live: kept answers, reports, unsaved answers (ALLOHISTORY_HOME)."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def home() -> Path:
    """ALLOHISTORY_HOME, or the platform's folder for a user's data; not made here."""
    given = os.environ.get("ALLOHISTORY_HOME")
    if given:
        return Path(given).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "allohistory"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "allohistory"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "allohistory"


def folder(name: str) -> Path | None:
    """A folder below `home`, made on demand; None where nothing can be written (then nothing is kept)."""
    try:
        path = home() / name
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # RuntimeError: no home folder can be found
        return None
    return path if os.access(path, os.W_OK) else None
