"""Compile the kernels once, so that the first question need not wait: `python -m allohistory.cli.warm`."""

from __future__ import annotations

import sys
import threading
import time

from allohistory.cli import endings
from allohistory.errors import AllohistoryError

EVERY_SECONDS = 5.0


def main() -> int:
    """Load every scenario and run one timeline of each kind; says how long it took."""
    started = time.monotonic()
    done = threading.Event()
    ticker = threading.Thread(target=_tick, args=(started, done), daemon=True)
    ticker.start()
    try:
        for name in _scenarios():
            _compile(name)
    except AllohistoryError as error:
        return endings.user_error(error, as_json=False)
    finally:
        done.set()
        ticker.join()
    print(f"kernels ready after {time.monotonic() - started:.0f} s", file=sys.stderr)
    return 0


def _scenarios() -> list[str]:
    from allohistory.timeline.model import scenarios

    return scenarios()


def _compile(name: str) -> None:
    """One timeline with history's luck compiles the loop and all that it calls."""
    from allohistory.ensemble.run import run
    from allohistory.timeline.model import load
    from allohistory.timeline.plan import END, Plan

    run(load(name).blueprint, Plan(horizon=END, draws=1), count=1, workers=1)


def _tick(started: float, done: threading.Event) -> None:
    """A line every few seconds, for compiling says nothing itself."""
    while not done.wait(EVERY_SECONDS):
        print(
            f"compiling the kernels, {time.monotonic() - started:.0f} s so far", file=sys.stderr, flush=True
        )


if __name__ == "__main__":
    sys.exit(main())
