"""`replay`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.reading import whole

SUMMARY = "does our history come back, and how likely was it by the rules?"
MORE = "every recorded event is imposed and scored; `missing` lists what did not come back."


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "--draw",
        metavar="N",
        type=whole("--draw"),
        help="one parameter draw (default: the mean over the kept ones)",
    )
