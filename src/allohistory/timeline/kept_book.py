"""A scenario's book, numbers and draws as they were read last time, kept beside the compiled kernels.

Reading and checking some hundred tables takes longer than a timeline. What came of it is kept under a digest of every
byte it was read from and of the code that read it: one byte more, and it is read anew. Nothing is kept where the
compiler is off or where nothing can be written, and what cannot be read back is no loss.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

from allohistory.book.open import open_book
from allohistory.book.tables import Book
from allohistory.luck.compiled import cache_folder
from allohistory.timeline.kept_draws import DrawTable, read_draws

PACKAGE = Path(__file__).resolve().parent.parent
READERS = ("book", "timeline", "luck")  # folders of the package whose code shapes what is kept
READ = (".toml", ".parquet")
MOST_KEPT = 4  # readings in one folder of kernels; the tables change more often than the code

Read = tuple[Book, Mapping[str, Mapping[str, int]], DrawTable]


def read_or_kept(folder: Path) -> Read:
    """The book of a scenario's folder, its frozen numbers and its draws; raises what `open_book` raises."""
    place = None if cache_folder is None else cache_folder / f"book-{digest(folder)}.pickle"
    found = None if place is None else fetch(place)
    if found is None:
        found = read(folder)
        if place is not None:
            keep(place, found)
    return found


def read(folder: Path) -> Read:
    """From the tables themselves."""
    book = open_book(folder)
    numbers = tomllib.loads((folder / "numbers.toml").read_text(encoding="utf-8"))
    return book, numbers, read_draws(folder / "book" / "draws.parquet", book, numbers["parameters"])


def digest(folder: Path) -> str:
    """Sixteen hexadecimal digits that change with the folder's place, a byte of its tables or a byte of the readers."""
    found = hashlib.sha256(str(folder).encode())
    files = [path for reader in READERS for path in sorted((PACKAGE / reader).rglob("*.py"))]
    files += [path for path in sorted(folder.rglob("*")) if path.suffix in READ]
    for path in files:
        found.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def fetch(place: Path) -> Read | None:
    """What was kept there; None where nothing was, or nothing that can be read."""
    try:
        with place.open("rb") as file:
            found = pickle.load(file)
    except Exception:  # a file cut short can fail in any way
        return None
    return found if isinstance(found, tuple) and len(found) == 3 and isinstance(found[0], Book) else None


def keep(place: Path, found: Read) -> None:
    """Write it beside its place and move it there, so that nobody ever reads half of it; drop the oldest readings."""
    try:
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=place.name)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(found, file, pickle.HIGHEST_PROTOCOL)
        Path(name).replace(place)
        older = sorted(
            place.parent.glob("book-*.pickle"), key=lambda path: path.stat().st_mtime, reverse=True
        )
        for path in older[MOST_KEPT:]:
            path.unlink()
    except (OSError, pickle.PicklingError):
        return
