"""`record`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

SUMMARY = "what happened, entry by entry, each with its source"
MORE = "allohistory record khasan.night-attack shows one entry with its reasons and source."


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument("id", metavar="ID", nargs="?", help="one entry in full")
    parser.add_argument(
        "--check",
        action="store_true",
        help="look whether every entry returns and nothing hangs on unrecorded luck",
    )
