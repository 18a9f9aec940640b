"""`hinges`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.reading import whole

SUMMARY = "when was it decided?"
MORE = """\
examples:
  allohistory hinges --outcome serious_war
  allohistory hinges --outcome 'europe_settlement=divided' -o divided.svg

the probability of the outcome given our history up to each week, and the weeks that moved it beyond error, with the
decisions and events in them that did."""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "--outcome", metavar="E", required=True, help="an outcome or expression that is true or false"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="also draw it: a name ending in .svg or .png")
    size = parser.add_argument_group("how much work")
    size.add_argument(
        "--timelines",
        metavar="N",
        type=whole("--timelines"),
        default=240,
        help="timelines for each week (200 to 4000, default %(default)s)",
    )
    size.add_argument(
        "--draws",
        metavar="N",
        type=whole("--draws"),
        default=100,
        help="parameter draws to spread them over (default %(default)s)",
    )
    size.add_argument(
        "--seed",
        metavar="N",
        type=whole("--seed"),
        default=1,
        help="same seed, same answer (default %(default)s)",
    )
    size.add_argument("--workers", metavar="N", type=whole("--workers"), help="threads (default: one a core)")
