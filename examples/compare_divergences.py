"""Compare some points of divergence by what they cost and what they do.

For each: its surprise in bits, how often general war follows, how often it comes without the change, and the address of
one timeline that shows it. Give ids of the catalogue as arguments, or take the ones below.

    python examples/compare_divergences.py no-clash-at-marco-polo moscow-widens-khasan
"""

from __future__ import annotations

import os
import sys

from rich.console import Console
from rich.table import Table

import allohistory

SOME = ("throne-gives-leave-at-khasan", "moscow-widens-khasan", "no-clash-at-marco-polo")
TIMELINES = int(os.environ.get("ALLOHISTORY_EXAMPLE_TIMELINES", "1000"))


def percent(share: float | None) -> str:
    """A share as people read it."""
    return "–" if share is None else f"{100 * share:.1f} %"


def row(war: allohistory.Scenario, pod: str) -> tuple[str, ...]:
    """One line of the table."""
    answer = war.ask(pods=pod, outcomes="general_war", timelines=TIMELINES)
    found = answer.outcomes["general_war"]
    bits = "judged" if answer.surprise_bits is None else f"{answer.surprise_bits:.1f} bits"
    without = found.baseline.probability if found.baseline else None
    shown = answer.addresses("general_war", 1)
    return (
        war.pods[pod].title,
        bits,
        percent(found.chosen.probability),
        percent(without),
        *(shown or ["none"]),
    )


def main() -> int:
    """Ask, and print the table."""
    war = allohistory.scenario("soviet-japanese-war")
    table = Table("if", "surprise", "general war", "without it", "for example", title="One change at a time")
    for pod in sys.argv[1:] or SOME:
        table.add_row(*row(war, pod))
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
