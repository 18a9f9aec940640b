"""The front of a search as it narrows: on a terminal a table that redraws itself, elsewhere a line now and then."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from allohistory.results.words import bits, percent

if TYPE_CHECKING:
    from rich.live import Live
    from rich.table import Table

    from allohistory.questions.search.search import Sight

EVERY_SECONDS = 0.25
LINE_SECONDS = 15.0


class LiveFront:
    """Told of a search's front, from the thread that searches."""

    def __init__(self) -> None:
        self.live: Live | None = None
        self.last = 0.0

    def __call__(self, sight: Sight) -> None:
        """Show this front, unless one was shown just now."""
        now, terminal = time.monotonic(), sys.stderr.isatty()
        if now - self.last < (EVERY_SECONDS if terminal else LINE_SECONDS):
            return
        self.last = now
        if terminal:
            self._draw(sight)
        else:
            print(line(sight), file=sys.stderr, flush=True)

    def _draw(self, sight: Sight) -> None:
        if self.live is None:
            from rich.console import Console
            from rich.live import Live

            self.live = Live(console=Console(stderr=True), transient=True, auto_refresh=False)
            self.live.start()
        self.live.update(table(sight), refresh=True)

    def end(self) -> None:
        """Take the table away."""
        if self.live is not None:
            self.live.stop()
            self.live = None


def line(sight: Sight) -> str:
    """A search in one line."""
    best = sight.front[-1] if sight.front else None
    front = "" if best is None else f"; {percent(best[2])} at {bits(best[1])}: {' + '.join(best[0])}"
    return f"{sight.doing}: {sight.tried:,} sets, {sight.timelines:,} timelines{front}"


def table(sight: Sight) -> Table:
    """The front as a table."""
    from rich.table import Table

    found = Table(
        title=f"{sight.doing}: {sight.tried:,} sets, {sight.timelines:,} timelines, {sight.seconds:.0f} s",
        title_justify="left",
        box=None,
    )
    found.add_column("surprise", justify="right")
    found.add_column("chance", justify="right")
    found.add_column("")
    found.add_column("set")
    for names, surprise, share, on_new_luck in sight.front:
        found.add_row(bits(surprise), percent(share), "" if on_new_luck else "so far", " + ".join(names))
    return found
