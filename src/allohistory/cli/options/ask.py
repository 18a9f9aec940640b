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
`allohistory pods`, `allohistory record` and `allohistory outcomes` list the ids. --file takes the whole question from a
what-if file (TOML). On a terminal first figures come after 200 timelines, and the answer narrows while you watch."""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    what_is_changed(parser)
    whose_luck(parser)
    what_is_asked(parser)
    size = how_much_work(parser)
    size.add_argument(
        "--anew", action="store_true", help="work it out also where the answer is kept from before"
    )
    size.add_argument(
        "--report",
        metavar="FILE",
        help="also write the whole answer as a page of its own (a name ending in .html)",
    )
    disk = parser.add_argument_group("a run on disk")
    disk.add_argument(
        "--out",
        metavar="DIR",
        help="keep every timeline in this folder, and answer.json; a run that was stopped goes on",
    )
    disk.add_argument(
        "--events", action="store_true", help="keep every event of every timeline, too (slower)"
    )
    disk.add_argument("--cluster", metavar="ADDRESS", help="let the workers of this Dask scheduler make it")
