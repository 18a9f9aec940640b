"""Options that several commands take."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from allohistory.cli.reading import decimal, draws, whole


def changes(group: Any) -> None:
    """What is changed: divergences of the catalogue, and changes of one's own."""
    group.add_argument(
        "--pod",
        metavar="ID",
        action="extend",
        nargs="+",
        default=[],
        help="a point of divergence (repeatable)",
    )
    group.add_argument(
        "--do",
        metavar="CHANGE",
        action="extend",
        nargs="+",
        default=[],
        help="a change of your own (repeatable)",
    )


def size(parser: ArgumentParser) -> None:
    """How much work, on how many threads."""
    parser.add_argument(
        "--timelines", metavar="N", type=whole("--timelines"), help="timelines to run for each figure"
    )
    parser.add_argument(
        "--workers", metavar="N", type=whole("--workers"), help="threads (default: one a core)"
    )


def address(parser: ArgumentParser) -> None:
    """Which timeline."""
    parser.add_argument("address", metavar="ADDRESS", help="a timeline's address, as answers give them")


def what_is_changed(parser: ArgumentParser) -> None:
    """Divergences, changes of one's own, a what-if file, and where luck is freed."""
    what = parser.add_argument_group("what is changed")
    changes(what)
    what.add_argument("--file", metavar="F", help="a what-if file (TOML); options override its keys")
    what.add_argument(
        "--from",
        dest="from_",
        metavar="DATE",
        help="free luck on this date (default: just after the last change)",
    )


def whose_luck(parser: ArgumentParser) -> None:
    """History's own luck or fresh, and how it carries over."""
    luck = parser.add_argument_group("whose luck")
    luck.add_argument(
        "--luck", metavar="same|fresh", help="history's own luck after the change, or fresh (default fresh)"
    )
    luck.add_argument(
        "--coupling",
        metavar="C",
        help="how choices carry luck over: gumbel (default), monotone, maximal, redraw",
    )
    luck.add_argument("--clocks", metavar="C", help="how clocks do: week (default) or redraw")


def what_is_asked(parser: ArgumentParser) -> None:
    """Outcomes, and which timelines count."""
    asked = parser.add_argument_group("what is asked")
    asked.add_argument(
        "--outcome",
        metavar="E",
        action="extend",
        nargs="+",
        default=[],
        help="an outcome or expression (repeatable)",
    )
    asked.add_argument("--given", metavar="E", help="count only timelines in which this holds")
    asked.add_argument("--without", metavar="E", help="count only timelines in which this does not hold")


def how_much_work(parser: ArgumentParser) -> Any:
    """Timelines, parameter draws, seed, threads. Returns the group, for what a command adds."""
    size = parser.add_argument_group("how much work")
    many = size.add_mutually_exclusive_group()
    many.add_argument(
        "--timelines", metavar="N", type=whole("--timelines"), help="how many timelines (default 2000)"
    )
    many.add_argument(
        "--precision",
        metavar="P",
        type=decimal("--precision"),
        help="run until each interval is at most 2P wide",
    )
    size.add_argument(
        "--draws",
        metavar="N|fresh",
        type=draws,
        help="parameter draws to spread them over (default 100); fresh: drawn anew from a file's [priors]",
    )
    size.add_argument(
        "--seed",
        metavar="N",
        type=whole("--seed"),
        help="names the ensemble: same seed, same answer (default 1)",
    )
    size.add_argument("--workers", metavar="N", type=whole("--workers"), help="threads (default: one a core)")
    return size
