"""`explain`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.options.shared import what_is_changed
from allohistory.cli.reading import whole

SUMMARY = "why does it come about?"
MORE = """\
examples:
  allohistory explain --outcome serious_war --pod umezu-in-december-1938
  allohistory explain --outcome serious_war --pod no-embargo no-german-soviet-pact --at 1942-01-01

necessity and sufficiency of each change by exact twins, its share of the whole (Shapley), the steps between, each cut
in a rerun, the conditions under which it happens, and the parameters it hangs on. The conditions need scikit-learn:
pip install "allohistory[explain]"."""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    what_is_changed(parser)
    asked = parser.add_argument_group("what is asked")
    asked.add_argument(
        "--outcome", metavar="E", required=True, help="an outcome or expression that is true or false"
    )
    asked.add_argument(
        "--at",
        metavar="DATE",
        action="extend",
        nargs="+",
        default=[],
        help="read the world's state on this date (repeatable; default a year after the change)",
    )
    size = parser.add_argument_group("how much work")
    for option, metavar, about in (
        ("--timelines", "N", "timelines of each subset of the changes (default 2000)"),
        ("--draws", "N", "parameter draws to spread them over (default 100)"),
        ("--seed", "N", "same seed, same answer (default 1)"),
        ("--workers", "N", "threads (default: one a core)"),
    ):
        size.add_argument(option, metavar=metavar, type=whole(option), help=about)
