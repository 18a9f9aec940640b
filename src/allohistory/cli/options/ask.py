"""`ask`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.options.shared import how_much_work, what_is_asked, what_is_changed, whose_luck

SUMMARY = "what follows from these points of divergence?"
MORE = """\
examples:
  allohistory ask --pod no-clash-at-marco-polo
  allohistory ask --do 'border.incident[amur]@1937-07-10=fires' --outcome serious_war --timelines 5000
  allohistory ask --from 1937-01-01 --outcome 'china_war before 1938' --json

a change is TARGET[ENTITY]@WHEN=VALUE, also *=NUMBER and +=NUMBER: a record entry (=option, =never, =date), a rule
that chooses (=option), a clock (=fires, =never, *=0.5), a shock, a variable or a parameter (=number, *=2).
`allohistory pods`, `allohistory record` and `allohistory outcomes` list the ids."""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    what_is_changed(parser)
    whose_luck(parser)
    what_is_asked(parser)
    size = how_much_work(parser)
    size.add_argument(
        "--out", metavar="DIR", help="also write answer.json and outcomes.parquet into this folder"
    )
    size.add_argument(
        "--report",
        metavar="FILE",
        help="also write the whole answer as a page of its own (a name ending in .html)",
    )
