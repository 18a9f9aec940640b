"""`fork`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.options.shared import address, changes

SUMMARY = "one timeline up to a date, and another from there on"
MORE = """\
example:
  allohistory fork ADDRESS --from 1939-05-01 --do 'border.incident@1939-05..1939-09=never'

changes are written as for `allohistory ask`; none may act before the week of --from. The fork has an address of its
own, which can be told and forked again. Without a change, and with its own luck, it is the timeline itself."""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    address(parser)
    parser.add_argument(
        "--from",
        dest="from_",
        metavar="DATE",
        required=True,
        help="the day of the fork: all weeks before the one that holds it stay as they are",
    )
    changes(parser)
    parser.add_argument(
        "--luck",
        metavar="same|fresh",
        default="same",
        help="this timeline's own luck (default), or luck drawn anew from that week on",
    )
