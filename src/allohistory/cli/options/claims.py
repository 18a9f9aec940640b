"""`claims`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.options.shared import size
from allohistory.cli.reading import whole

SUMMARY = "the arguments people have, each judged by the rules"
MORE = """\
examples:
  allohistory claims                       every argument with its verdict, as kept
  allohistory claims soviets-cannot-land   one in full: its parts, timelines that show it, what it hangs on
  allohistory claims --full                all judged anew, in some minutes
  allohistory claims --file mine.toml      arguments of your own, from a what-if file

A verdict is the share of parameter draws in which an argument's weakest part is true: holds from 95 %, mostly holds
from 75 %, open, mostly fails to 25 %, fails to 5 %. One that an earlier model gave is shown as that model's."""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument("id", metavar="ID", nargs="*", help="only these, in full")
    parser.add_argument(
        "--full", action="store_true", help="judge anew what is otherwise shown as it was kept"
    )
    parser.add_argument("--file", metavar="F", help="judge the claims of a what-if file (TOML) instead")
    size(parser)
    parser.add_argument("--seed", metavar="N", type=whole("--seed"), help="names the ensembles (default 1)")
