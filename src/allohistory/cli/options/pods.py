"""`pods`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.options.shared import size

SUMMARY = "the catalogue of points of divergence, each with its surprise"
MORE = "surprise is what the rules say: 3 bits is 1 in 8. Changes of state have no probability; theirs is judged."


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument("id", metavar="ID", nargs="?", help="one point of divergence in full")
    size(parser)
