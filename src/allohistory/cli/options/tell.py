"""`tell`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.options.shared import address
from allohistory.cli.reading import one_of

SUMMARY = "one timeline as a chronicle"
MORE = (
    "what our history has instead stands in brackets. Addresses forgive upper case, o for 0, i and l for 1."
)
HOW_LONG = "post: how it ends; essay (default): the chronicle too; annals: every event there is"
LENGTHS = ("post", "essay", "annals")


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    address(parser)
    parser.add_argument(
        "--length",
        metavar="post|essay|annals",
        type=one_of("--length", LENGTHS),
        default="essay",
        help=HOW_LONG,
    )
