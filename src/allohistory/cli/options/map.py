"""`map`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.options.shared import address
from allohistory.cli.reading import whole

SUMMARY = "one week of a timeline, drawn, or several as a map that moves"
MORE = "railways, works, ports, who holds what; in war also lines of contact, armies, railheads and landings."


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    address(parser)
    parser.add_argument(
        "date",
        metavar="DATE",
        help="the map shows the theatre as the week of this day left it; FROM..TO: a map that moves, week by week",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        help="where to draw it: a name ending in .svg or .png; of a map that moves .svg or .gif",
    )
    parser.add_argument(
        "--every",
        metavar="WEEKS",
        type=whole("--every"),
        default=1,
        help="of a map that moves one week in so many (default 1)",
    )
