"""The folder of a run: its parts, its lock, its journal.

    RUN/manifest.json, RUN/parts/outcomes-000017.parquet, events-000017.parquet   the result: the same bytes each time
    RUN/journal.jsonl                                                             times and retries, no part of it
    RUN/work/                                                                     what the answer needs, till it is made
    RUN/lock                                                                      held by the process that writes

A part is written under a temporary name, synced and renamed; only then is it entered in the manifest. Where a run is
killed, files that no manifest names are left over; they are made again.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from allohistory.errors import AllohistoryError
from allohistory.results.files import ready_folder, unwritable, write_whole

PARTS, WORK, JOURNAL, LOCK = "parts", "work", "journal.jsonl", "lock"
KINDS = ("outcomes", "events")
DIGEST_BYTES = 32


def part_name(kind: str, batch: int) -> str:
    """The file of a batch's outcomes or events, below `parts`."""
    return f"{kind}-{batch:06d}.parquet"


class Folder:
    """A run's folder, open for writing."""

    def __init__(self, path: str | Path) -> None:
        self.path = ready_folder(path)
        self.parts = ready_folder(self.path / PARTS)
        self.work = self.path / WORK

    def write_part(self, kind: str, batch: int, data: bytes) -> str:
        """Write a part; returns its digest."""
        write_whole(self.parts / part_name(kind, batch), data)
        return hashlib.sha256(data).hexdigest()

    def part_is(self, kind: str, batch: int, digest: str) -> bool:
        """Is this part there, and does it have the bytes that the manifest says?"""
        try:
            with (self.parts / part_name(kind, batch)).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == digest
        except OSError:
            return False

    def remove_part(self, kind: str, batch: int) -> None:
        """Take away a part that does not belong to the run."""
        with suppress(OSError):
            (self.parts / part_name(kind, batch)).unlink()

    def strangers(self, kinds: Mapping[str, set[int]]) -> list[Path]:
        """Files below `parts` that no batch of the run owns: temporary files, or parts never entered."""
        owned = {part_name(kind, batch) for kind, batches in kinds.items() for batch in batches}
        return [path for path in sorted(self.parts.iterdir()) if path.name not in owned]

    def write_work(self, batch: int, data: bytes) -> None:
        """Keep what the answer needs of a batch; its digest goes before it."""
        if not self.work.is_dir():
            ready_folder(self.work)
        write_whole(self.work_file(batch), hashlib.sha256(data).digest() + data)

    def work_file(self, batch: int) -> Path:
        """Where that is kept."""
        return self.work / f"batch-{batch:06d}.bin"

    def work_is_whole(self, batch: int) -> bool:
        """Is what the answer needs of a batch there, unspoilt?"""
        try:
            data = self.work_file(batch).read_bytes()
        except OSError:
            return False
        return hashlib.sha256(data[DIGEST_BYTES:]).digest() == data[:DIGEST_BYTES]

    def clear_work(self) -> None:
        """The answer is made: what it needed goes."""
        shutil.rmtree(self.work, ignore_errors=True)

    def note(self, line: Mapping[str, Any]) -> None:
        """Add a line to the journal."""
        try:
            with (self.path / JOURNAL).open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise unwritable(self.path, error) from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder; raises AllohistoryError where another process does. The system frees it if we are killed."""
        handle = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _hold(handle, self.path)
            yield
        finally:
            os.close(handle)


def is_held(path: Path) -> bool:
    """Does a process write into this run just now?"""
    try:
        handle = os.open(path / LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        _hold(handle, path)
    except AllohistoryError:
        return True
    finally:
        os.close(handle)
    return False


def _hold(handle: int, path: Path) -> None:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EAGAIN):
            raise in_use(path) from error
        raise unwritable(path, error) from error


def in_use(path: Path) -> AllohistoryError:
    """The one line for two runs on one folder."""
    return AllohistoryError(
        f"--out {path}",
        "another run is writing into this folder",
        given=str(path),
        closest="a new folder",
        see="wait for it to end, or stop it; what it has finished is kept",
    )
