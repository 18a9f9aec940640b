"""`search`: what would it take?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from allohistory.cli.endings import SHORT

if TYPE_CHECKING:
    from allohistory.questions.search.search import Sight, Watcher

NAMES = ("given", "without", "largest", "among", "timelines", "minutes", "draws", "seed")
SHORT_OF = 0.001


def run(options: argparse.Namespace) -> int:
    """Search, with the front shown as it narrows; after a signal print what is finished."""
    from allohistory.cli.show_search import show
    from allohistory.questions.scenario import scenario

    given: dict[str, Any] = {name: getattr(options, name) for name in NAMES if getattr(options, name)}
    given.update({"most_bits": options.bits} if options.bits is not None else {})
    with watching(options.watch) as watcher:
        answer = scenario(options.scenario).search(
            options.outcome,
            judged=options.judged,
            workers=options.workers,
            watcher=watcher,
            stop=options.watch.stop,
            **given,
        )
    sys.stdout.write(answer.to_json() if options.json else show(answer))
    sys.stdout.flush()
    if answer.stopped:
        print("stopped: the front above is made of what was finished", file=sys.stderr)
    return SHORT if answer.aside > SHORT_OF * max(answer.tried.timelines, 1) else 0


@contextmanager
def watching(watch: Any) -> Iterator[Watcher]:
    """The front as it narrows; a signal only asks the search to stop."""
    from allohistory.cli.live_front import LiveFront
    from allohistory.questions.arms import Stopped

    live = LiveFront()

    def see(sight: Sight) -> None:
        watch.finished = sight.tried
        live(sight)

    watch.stoppable = True
    try:
        yield see
    except Stopped:
        raise KeyboardInterrupt from None
    finally:
        watch.stoppable = False
        live.end()
