"""Which runs there are: their folders are remembered below ALLOHISTORY_HOME, wherever they lie."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allohistory.errors import AllohistoryError
from allohistory.results.files import write_whole
from allohistory.results.home import folder
from allohistory.results.runs.folder import is_held
from allohistory.results.runs.manifest import FILE, Manifest, read_manifest

INDEX = "index.txt"
PLACE = "runs"
MOST = 1000


@dataclass(frozen=True)
class Listed:
    """One run: where it is, what it asks, how far it is. of: None as long as a precision decides."""

    path: Path
    manifest: Manifest
    bytes: int

    @property
    def state(self) -> str:
        """running (a process writes into it), unfinished, finished, or answered."""
        if is_held(self.path):
            return "running"
        if not self.manifest.finished:
            return "unfinished"
        return "answered" if (self.path / "answer.json").is_file() else "finished"

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface."""
        return {
            "path": str(self.path),
            "question": self.manifest.question,
            "state": self.state,
            "timelines": self.manifest.timelines_done,
            "of": self.manifest.timelines,
            "bytes": self.bytes,
        }


def remember(path: Path) -> None:
    """Add a run's folder to the list, as the newest; what cannot be written is not remembered, silently."""
    place = folder(PLACE)
    if place is None:
        return
    known = [one for one in remembered() if one != path]
    text = "".join(f"{one}\n" for one in [*known, path][-MOST:])
    with suppress(AllohistoryError, OSError):
        write_whole(place / INDEX, text.encode())


def remembered() -> list[Path]:
    """The folders of the list, the newest last."""
    place = folder(PLACE)
    if place is None:
        return []
    try:
        text = (place / INDEX).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    return [Path(line) for line in text.splitlines() if line]


def runs_in(places: Iterable[Path]) -> list[Listed]:
    """The runs among some folders; what is gone, or is none, is left out."""
    found = []
    for path in places:
        with suppress(AllohistoryError):
            manifest = read_manifest(path)
            if manifest is not None:
                found.append(Listed(path, manifest, size_of(path)))
    return found


def run_at(path: Path) -> Listed:
    """The run in a folder; raises AllohistoryError where there is none."""
    manifest = read_manifest(path)
    if manifest is None:
        known = [str(one.path) for one in runs_in(remembered())]
        raise AllohistoryError(
            f"--run {path}",
            f"there is no run in this folder (no {FILE})",
            given=str(path),
            possible=known,
            see="allohistory runs",
        )
    return Listed(path, manifest, size_of(path))


def newest() -> Listed:
    """The run that was last written to; raises AllohistoryError where none is known."""
    for path in reversed(remembered()):
        found = runs_in([path])
        if found:
            return found[0]
    raise AllohistoryError(
        "sql", "no run is known here", closest="--run DIR", see="allohistory ask --out DIR makes one"
    )


def size_of(path: Path) -> int:
    """Bytes of all files of a run."""
    total = 0
    for file in sorted(path.rglob("*")):
        with suppress(OSError):
            total += file.stat().st_size if file.is_file() else 0
    return total
