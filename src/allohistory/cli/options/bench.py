"""`bench`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.options.shared import size

SUMMARY = "how fast it is on this computer"
MORE = "timings use a seed that was not asked before; each figure stands beside its baseline."


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    size(parser)
