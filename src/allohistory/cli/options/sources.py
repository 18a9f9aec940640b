"""`sources`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

SUMMARY = "where a number comes from"
MORE = "for a parameter: what is believed, in words too, on which facts, and which rules use it."


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "id", metavar="ID", help="a parameter, rule, fact, record entry, outcome or point of divergence"
    )
    parser.add_argument("--bib", action="store_true", help="the sources alone, as BibTeX")
