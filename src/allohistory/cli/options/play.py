"""`play`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.reading import whole

SUMMARY = "what would you do? You decide for one actor, the rules for the rest"
MORE = """\
at each decision a number chooses, `?` explains, `a` leaves this one to the advisers, `a DATE`, `a crisis` or `a end`
leaves it to them for longer, `o` shows what our history chose, `q` ends with the address. The address is the whole
game: give it again to go on, with the same --as and --from.
examples:
  allohistory play --as tokyo
  allohistory play ADDRESS --as moscow --from 1939-05-01
  allohistory play ADDRESS --as tokyo --choose stop --json"""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "address",
        metavar="ADDRESS",
        nargs="?",
        help="a game, or any timeline to begin from (default: our history)",
    )
    parser.add_argument(
        "--as",
        dest="actor",
        metavar="ACTOR",
        default="tokyo",
        help="tokyo (default), army, moscow, nanjing, washington or berlin",
    )
    parser.add_argument(
        "--from",
        dest="from_",
        metavar="DATE",
        help="the day on which you take over (each actor has a usual one)",
    )
    parser.add_argument(
        "--luck",
        metavar="same|fresh",
        help="a new game's luck: our history's (default), or drawn anew from that day on",
    )
    parser.add_argument("--seed", metavar="N", type=whole("--seed"), help="names the fresh luck; implies it")
    parser.add_argument(
        "--choose",
        metavar="OPTION",
        help="decide what lies on the desk, and print what follows; until=DATE leaves it to the advisers",
    )
