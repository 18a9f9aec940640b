"""Files that are whole or not there: written under another name, synced, renamed. A full disk is one clear line."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from allohistory.errors import AllohistoryError
from allohistory.results.home import folder

PROBE_BYTES = 1 << 16


def canonical(value: Mapping[str, Any], *, indent: int | None = 2) -> str:
    """JSON text with keys in the order given, no NaN, a newline at the end."""
    return json.dumps(value, indent=indent, ensure_ascii=False, allow_nan=False) + "\n"


def ready_folder(path: str | Path, *, room: int = PROBE_BYTES) -> Path:
    """Make the folder if need be and see that `room` bytes fit into it; else say what is wrong, before any work."""
    target = Path(path)
    if target.exists() and not target.is_dir():
        raise AllohistoryError(
            where=f"--out {target}",
            problem="is a file, not a folder",
            given=str(target),
            see="give a new folder",
        )
    try:
        target.mkdir(parents=True, exist_ok=True)
        probe = target / f".probe-{os.getpid()}"
        _write(probe, b"\0" * room)
        probe.unlink()
    except OSError as error:
        with suppress(OSError):
            (target / f".probe-{os.getpid()}").unlink()
        raise unwritable(target, error) from error
    return target


def unwritable(path: Path, error: OSError) -> AllohistoryError:
    """The one line for a disk that is full or a folder that cannot be written to."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    problem = "the disk is full" if full else f"cannot be written to ({error.strerror or error})"
    advice = "make room, then ask again" if full else "give a folder that you may write to"
    return AllohistoryError(where=f"--out {path}", problem=problem, given=str(path), see=advice)


def write_whole(path: Path, data: bytes) -> None:
    """Write, sync and rename: readers see the old file or the new one, never half of one."""
    write_whole_by(path, lambda temporary: _write(temporary, data))


def write_whole_by(path: Path, write: Callable[[Path], None]) -> None:
    """As `write_whole`, for libraries that write to a path themselves."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(temporary)
        _sync(temporary)
        temporary.replace(path)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise unwritable(path.parent, error) from error
        raise
    with suppress(OSError):  # not every system can sync a folder
        _sync(path.parent)


def keep_unsaved(name: str, data: bytes) -> Path | None:
    """Put an answer that could not be written where it was wanted into the user's own folder."""
    place = folder("unsaved")
    if place is None:
        return None
    try:
        write_whole(place / name, data)
    except AllohistoryError:
        return None
    return place / name


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
