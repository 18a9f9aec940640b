"""The headline question: how could the border fighting of the 1930s have become a real Soviet-Japanese war?

Asks what follows from each of the chief points of divergence and prints one table: how improbable the divergence is,
how often it ends in general war, and how often the same years do without it. `make run` runs this.
"""

from __future__ import annotations

import os
import sys

from rich.console import Console
from rich.progress import track
from rich.table import Table

import allohistory

CHIEF = (
    "soviets-widen-at-kanchatzu",
    "no-clash-at-marco-polo",
    "throne-gives-leave-at-khasan",
    "moscow-widens-khasan",
    "no-army-purge",
    "khalkhin-gol-won-in-july",
    "soviets-cross-the-line-in-1939",
    "strike-north-july-1941",
)
TIMELINES = int(os.environ.get("ALLOHISTORY_EXAMPLE_TIMELINES", "2000"))


def percent(share: float) -> str:
    """A share as people read it."""
    return f"{100 * share:.1f} %" if share >= 0.01 or share == 0 else f"1 in {round(1 / share):,}"


def main() -> int:
    """Ask, and print the table."""
    war = allohistory.scenario("soviet-japanese-war")
    table = Table(title="How could the border fighting have become a general war?", title_justify="left")
    table.add_column("if")
    table.add_column("surprise", justify="right")
    table.add_column("general war", justify="right")
    table.add_column("90 %, chance", justify="right")
    table.add_column("without it", justify="right")
    notes = Console(stderr=True)
    for pod in track(CHIEF, "asking", console=notes, transient=True, disable=not notes.is_terminal):
        answer = war.ask(pods=pod, outcomes="general_war", timelines=TIMELINES)
        found = answer.outcomes["general_war"]
        low, high = found.chance_interval
        table.add_row(
            war.pods[pod].title,
            f"{answer.surprise_bits:.1f} bits",
            percent(found.probability),
            f"{percent(low)} to {percent(high)}",
            percent(found.baseline.probability),
        )
    Console().print(table)
    print(f"{TIMELINES:,} timelines each. One in full: allohistory ask --pod {CHIEF[2]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
