"""Every way a command can end: a mistake of the user's, a fault of ours, a signal, a closed pipe, a full disk."""

from __future__ import annotations

import errno
import json
import os
import platform
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType

from allohistory.errors import AllohistoryError
from allohistory.version import VERSION

OUR_FAULT, MENDABLE, SHORT, CTRL_C, TERMINATED = 1, 2, 3, 130, 143
MOST_LINES = 5
PATIENCE_SECONDS = 0.8


class Ended(BaseException):
    """A signal asked the command to end while there was nothing to finish."""


@dataclass
class Watch:
    """What the signals have said so far.

    While `stoppable`, a first signal only sets `stop`, so that what is finished can be kept; where nothing is finished
    (kernels may be compiling, which cannot be told to stop) the command ends by force. Else a signal ends it at once.
    """

    stop: threading.Event = field(default_factory=threading.Event)
    code: int = 0
    stoppable: bool = False
    kept: str = ""
    finished: int = 0

    def force(self) -> None:
        """End the process now if nothing is finished that could be shown."""
        if self.stoppable and self.finished == 0:
            ended(self)
            os._exit(self.code)


@contextmanager
def signals() -> Iterator[Watch]:
    """Watch for Ctrl-C and SIGTERM; in threads other than the main one nothing is watched."""
    watch = Watch()

    def heard(number: int, _frame: FrameType | None) -> None:
        again = watch.stop.is_set()
        watch.code = CTRL_C if number == signal.SIGINT else TERMINATED
        watch.stop.set()
        if again or not watch.stoppable:
            raise Ended
        patience = threading.Timer(PATIENCE_SECONDS, watch.force)
        patience.daemon = True
        patience.start()

    if threading.current_thread() is not threading.main_thread():
        yield watch
        return
    names = [signal.SIGINT, signal.SIGTERM]
    before = [(name, signal.signal(name, heard)) for name in names]
    try:
        yield watch
    finally:
        for name, handler in before:
            signal.signal(name, handler)


def user_error(error: AllohistoryError, as_json: bool) -> int:
    """At most five lines on stderr, the first of which says all; one line of JSON with --json."""
    if as_json:
        _say(json.dumps(error.to_json(), ensure_ascii=False))
    else:
        _say("\n".join(error.lines()[:MOST_LINES]))
    return error.exit_code


def ended(watch: Watch) -> int:
    """After Ctrl-C or SIGTERM: one line that says what was kept."""
    code = watch.code or CTRL_C
    _say(f"stopped: {watch.kept or 'nothing was finished yet, so nothing is kept'}")
    return code


def closed_pipe() -> int:
    """The reader of our output went away: end quietly, and let nothing complain at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def is_full(error: OSError) -> bool:
    """Does this error mean a full disk or a used-up quota?"""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def stdout_full(error: OSError) -> AllohistoryError:
    """The answer could not be printed to where stdout goes."""
    closed_pipe()
    return AllohistoryError(
        where="stdout",
        problem=f"the disk is full ({error.strerror})",
        see="make room, or send the output elsewhere",
    )


def out_of_memory() -> AllohistoryError:
    """Too many timelines for this computer."""
    return AllohistoryError(
        where="--timelines",
        problem="this computer has not enough memory for so many",
        see="ask for fewer timelines",
    )


def our_fault(error: BaseException, words: Sequence[str], as_json: bool) -> int:
    """One line and the path of a report file that says the rest."""
    report = _write_report(error, words)
    problem = f"a fault of ours: {type(error).__name__}: {' '.join(str(error).split())}"[:400]
    place = f"report: {report}" if report else "no report could be written"
    if as_json:
        shape = AllohistoryError("allohistory", problem, see=str(report) if report else None, status=500)
        _say(json.dumps(shape.to_json(), ensure_ascii=False))
    else:
        _say(f"error: allohistory: {problem}; {place}")
    return OUR_FAULT


def _write_report(error: BaseException, words: Sequence[str]) -> str | None:
    """Version, command and traceback, under ALLOHISTORY_HOME; the name comes from the content, not from a clock."""
    import hashlib

    from allohistory.results.home import folder

    text = "\n".join(
        [
            f"allohistory {VERSION}, Python {platform.python_version()}, {platform.platform()}",
            f"command: allohistory {' '.join(words)}",
            "",
            "".join(traceback.format_exception(error)),
        ]
    )
    place = folder("reports")
    if place is None:
        return None
    path = place / f"report-{hashlib.sha256(text.encode()).hexdigest()[:12]}.txt"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        return None
    return str(path)


def _say(text: str) -> None:
    with suppress(OSError, ValueError):
        print(text, file=sys.stderr, flush=True)
