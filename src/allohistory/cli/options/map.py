"""`map`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.options.shared import address

SUMMARY = "one week of a timeline, drawn"
MORE = "railways, works, ports, who holds what; in war also lines of contact, armies, railheads and landings."


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    address(parser)
    parser.add_argument(
        "date", metavar="DATE", help="the map shows the theatre as the week of this day left it"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        help="where to draw it: a name ending in .svg or .png",
    )
