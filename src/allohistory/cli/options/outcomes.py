"""`outcomes`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

SUMMARY = "what can be asked for, with exact definitions"
MORE = "expressions join them: and, or, not, before, after, within 6 months of, =, <, >, brackets."


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument("id", metavar="ID", nargs="?", help="one outcome in full")
