"""`tell`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.options.shared import address
from allohistory.cli.reading import one_of, whole

SUMMARY = "one timeline as a chronicle"
MORE = """\
what our history has instead stands in brackets. Addresses forgive upper case, o for 0, i and l for 1.
examples:
  allohistory tell ADDRESS --length post
  allohistory tell ADDRESS --as bbcode -o thread
  allohistory tell ADDRESS --as html -o war.html"""
HOW_LONG = "post: the great turns; essay (default): the chronicle; annals: every event there is"
LENGTHS = ("post", "essay", "annals")
FORMATS = "markdown|bbcode|html|pdf|json|geojson|csv"


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
    parser.add_argument("--as", dest="format", metavar=FORMATS, help="carry it away in this format")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE|FOLDER",
        help="where to: a name with an ending is a file; maps and further posts go beside it",
    )
    parser.add_argument(
        "--limit", metavar="N", type=whole("--limit"), help="bbcode: characters of a post (default 10000)"
    )
    parser.add_argument(
        "--sources", action="store_true", help="each sentence with its rule, facts and where those were read"
    )
