"""`search`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.reading import decimal, whole

SUMMARY = "what would it take? the least surprising sets of divergences that make an outcome likelier"
MORE = """\
examples:
  allohistory search --outcome serious_war --largest 1
  allohistory search --outcome communist_part --without america_enters
  allohistory search --outcome 'china_war before 1938' --minutes 5 --json

the front is shown on the terminal as it narrows; Ctrl-C ends the search and prints what is finished."""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    asked = parser.add_argument_group("what is asked")
    asked.add_argument(
        "--outcome", metavar="E", required=True, help="an outcome or expression that holds or does not"
    )
    asked.add_argument("--given", metavar="E", help="count only timelines in which this holds")
    asked.add_argument("--without", metavar="E", help="count only timelines in which this does not hold")
    tried = parser.add_argument_group("what is tried")
    tried.add_argument(
        "--largest",
        metavar="N",
        type=whole("--largest"),
        help="divergences in the largest sets, 1 to 4 (default 2)",
    )
    tried.add_argument(
        "--among", metavar="ID", action="extend", nargs="+", default=[], help="try only these (repeatable)"
    )
    tried.add_argument(
        "--judged", action="store_true", help="also try what lies outside the rules, with judged bits"
    )
    tried.add_argument(
        "--bits",
        metavar="B",
        type=decimal("--bits"),
        help="try no sets of several beyond so much surprise (default 30)",
    )
    size = parser.add_argument_group("how much work")
    size.add_argument(
        "--timelines",
        metavar="N",
        type=whole("--timelines"),
        help="timelines of each set of the front on new luck (default 2000)",
    )
    size.add_argument("--minutes", metavar="M", type=decimal("--minutes"), help="stop after so many minutes")
    size.add_argument("--draws", metavar="N", type=whole("--draws"), help="parameter draws (default 100)")
    size.add_argument(
        "--seed", metavar="N", type=whole("--seed"), help="names the luck that is searched on (default 1)"
    )
    size.add_argument("--workers", metavar="N", type=whole("--workers"), help="threads (default: one a core)")
