"""A progress bar on stderr for whatever takes longer than two seconds, if a person is there to see it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from allohistory.cli.endings import Watch

QUIET_SECONDS = 2.0
EVERY_SECONDS = 0.1
LINE_SECONDS = 15.0  # without a terminal: one line so often


class Bar:
    """Told how far the work is, from any thread; shows a bar once two seconds have passed."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.shown: Progress | None = None
        self.task: TaskID | None = None
        self.last = self.started
        self.lock = threading.Lock()

    def __call__(self, label: str, done: int, total: int) -> None:
        """This many of so many are finished; `label` says what is run now."""
        now = time.monotonic()
        if now - self.started < QUIET_SECONDS or (now - self.last < EVERY_SECONDS and done < total):
            return
        with self.lock:
            if sys.stderr.isatty():
                self.last = now
                self._draw(label, done, total)
            elif now - self.last > LINE_SECONDS:
                self.last = now
                print(f"{label}: {done:,} of {total:,}", file=sys.stderr, flush=True)

    def _draw(self, label: str, done: int, total: int) -> None:
        if self.shown is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

            self.shown = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TextColumn("{task.percentage:>3.0f} %"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self.shown.start()
            self.task = self.shown.add_task(label, total=total)
        assert self.task is not None
        self.shown.update(self.task, description=label, completed=done, total=total)

    def say(self, text: str) -> None:
        """Lines for a person at a terminal, above the bar; nothing where nobody looks."""
        if not sys.stderr.isatty():
            return
        with self.lock:
            if self.shown is not None:
                self.shown.console.print(text, markup=False, highlight=False)
            else:
                print(text, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Take the bar away."""
        if self.shown is not None:
            self.shown.stop()
            self.shown = None


@contextmanager
def progress() -> Iterator[Bar]:
    """A bar that is gone afterwards, however the work ends."""
    bar = Bar()
    try:
        yield bar
    finally:
        bar.end()


@contextmanager
def stoppable(watch: Watch) -> Iterator[Callable[[str, int, int], None]]:
    """A bar during which a signal only asks the work to stop, so that what is finished is shown."""
    with stoppable_bar(watch) as (_, show):
        yield show


@contextmanager
def stoppable_bar(watch: Watch) -> Iterator[tuple[Bar, Callable[[str, int, int], None]]]:
    """The same, with the bar itself for what is said while it runs."""
    from allohistory.questions.arms import Stopped

    with progress() as bar:

        def show(label: str, done: int, total: int) -> None:
            watch.finished = done
            bar(label, done, total)

        watch.stoppable = True
        try:
            yield bar, show
        except Stopped as stopped:
            watch.kept = watch.kept or stopped.kept
            raise KeyboardInterrupt from None
        finally:
            watch.stoppable = False
