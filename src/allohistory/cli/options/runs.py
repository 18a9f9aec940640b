"""`runs`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

SUMMARY = "the runs kept on disk"
MORE = """\
every run that `ask --out DIR` began here, the newest last: running, unfinished (the same command goes on from where it
stands), finished, or answered. A folder that is gone is left out."""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument("--in", dest="in_", metavar="DIR", help="the runs in this folder instead")
