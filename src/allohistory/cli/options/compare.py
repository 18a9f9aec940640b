"""`compare`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.options.shared import address

SUMMARY = "two timelines side by side"
MORE = """\
how the two are told, where each first parts from the other and by what, and for every outcome that differs the first
decision that only one of them has and that bears on it."""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    address(parser)
    parser.add_argument("other", metavar="ADDRESS", help="the timeline beside it")
