"""`roads`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.options.shared import how_much_work, what_is_asked, what_is_changed, whose_luck

SUMMARY = "by which roads does a history get to an outcome?"
MORE = """\
examples:
  allohistory roads --outcome communist_part
  allohistory roads --outcome 'serious_war before 1941' --pod no-clash-at-marco-polo
  allohistory roads --outcome communist_japan --json

the timelines that reach the outcome are divided by their decisive steps; each road has its share, its steps with dates,
what it needs, how it ends, and addresses of typical timelines for `allohistory tell`. An outcome under 2 in 100 is
looked for by splitting: timelines that have come near are forked again and again. Milestones on the way are chosen by
a pilot, or given with --by, in order."""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    what_is_changed(parser)
    whose_luck(parser)
    what_is_asked(parser)
    size = how_much_work(parser)
    size.add_argument(
        "--by",
        metavar="E",
        action="extend",
        nargs="+",
        default=[],
        help="a milestone on the way to a rare outcome, the rarest last (repeatable)",
    )
    parser.set_defaults(out=None)
