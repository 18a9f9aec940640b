"""The commands and their options. argparse reads them; its complaints are put into the shape of all our errors."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from allohistory.cli.checks import CHECK
from allohistory.cli.epilogs import (
    ASK,
    BENCH,
    CALIBRATE,
    FORK,
    HOW_LONG,
    MAP,
    OUTCOMES,
    PODS,
    RECORD,
    REPLAY,
    SOURCES,
    TELL,
)
from allohistory.cli.reading import decimal, draws, one_of, whole
from allohistory.errors import AllohistoryError
from allohistory.version import VERSION

LENGTHS = ("post", "essay", "annals")
ASKING = ("ask", "pods", "record", "replay", "outcomes", "sources")
COMMANDS = (*ASKING, "tell", "fork", "map", "check", "calibrate", "bench")
SEE = {command: f"allohistory {command} --help" for command in COMMANDS}


@dataclass
class Asked:
    """A command and its options."""

    command: str
    options: argparse.Namespace


class Parser(argparse.ArgumentParser):
    """argparse, but an error is an `AllohistoryError` that names the nearest possibility."""

    def error(self, message: str) -> NoReturn:
        """Put argparse's complaint into our words."""
        raise in_our_words(message, self)

    def options_of(self) -> list[str]:
        """All option strings that this parser knows."""
        return sorted(
            name for action in self._actions for name in action.option_strings if name.startswith("--")
        )


def read(words: Sequence[str]) -> Asked:
    """Read a command line; raises AllohistoryError where it says nothing we know."""
    if not words:
        raise AllohistoryError(
            "allohistory", "no command given", possible=COMMANDS, closest="ask", see="allohistory --help"
        )
    parser = build()
    options, unknown = parser.parse_known_args(list(words))
    if unknown:
        raise unknown_word(unknown[0], parser, options)
    if getattr(options, "command", None) is None:
        raise AllohistoryError(
            "allohistory", "no command given", possible=COMMANDS, closest="ask", see="allohistory --help"
        )
    return Asked(options.command, options)


def build() -> Parser:
    """The whole command line; made anew each time, for it costs a few milliseconds."""
    parser = Parser(
        prog="allohistory",
        description='Answers "what if" about the past with numbers that anyone can check.',
        epilog="allohistory COMMAND --help says more about each. Exit codes: 0 answered, 1 our fault, 2 yours to mend, "
        "3 finished but short, 130 stopped.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"allohistory {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    _ask(_command(commands, "ask", "what follows from these points of divergence?", ASK))
    _pods(_command(commands, "pods", "the catalogue of points of divergence, each with its surprise", PODS))
    _record(_command(commands, "record", "what happened, entry by entry, each with its source", RECORD))
    _replay(
        _command(
            commands, "replay", "does our history come back, and how likely was it by the rules?", REPLAY
        )
    )
    _outcomes(_command(commands, "outcomes", "what can be asked for, with exact definitions", OUTCOMES))
    _sources(_command(commands, "sources", "where a number comes from", SOURCES))
    _tell(_command(commands, "tell", "one timeline as a chronicle", TELL))
    _fork(_command(commands, "fork", "one timeline up to a date, and another from there on", FORK))
    _map(_command(commands, "map", "one week of a timeline, drawn", MAP))
    _check(_command(commands, "check", "the rules beside what is expected of them", CHECK))
    _calibrate(
        _command(commands, "calibrate", "the parameters given what history says about them", CALIBRATE)
    )
    _bench(_command(commands, "bench", "how fast it is on this computer", BENCH))
    return parser


def _command(commands: Any, name: str, summary: str, more: str) -> Parser:
    parser: Parser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}",
        epilog=more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--scenario",
        metavar="NAME",
        default="soviet-japanese-war",
        help="which scenario (default %(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    return parser


def _ask(parser: Parser) -> None:
    what = parser.add_argument_group("what is changed")
    _changes(what)
    what.add_argument("--file", metavar="F", help="a what-if file (TOML); options override its keys")
    what.add_argument(
        "--from",
        dest="from_",
        metavar="DATE",
        help="free luck on this date (default: just after the last change)",
    )
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
    size.add_argument(
        "--out", metavar="DIR", help="also write answer.json and outcomes.parquet into this folder"
    )


def _changes(group: Any) -> None:
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


def _pods(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID", nargs="?", help="one point of divergence in full")
    _size(parser)


def _record(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID", nargs="?", help="one entry in full")
    parser.add_argument(
        "--check",
        action="store_true",
        help="look whether every entry returns and nothing hangs on unrecorded luck",
    )


def _replay(parser: Parser) -> None:
    parser.add_argument(
        "--draw",
        metavar="N",
        type=whole("--draw"),
        help="one parameter draw (default: the mean over the kept ones)",
    )


def _outcomes(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID", nargs="?", help="one outcome in full")


def _sources(parser: Parser) -> None:
    parser.add_argument(
        "id", metavar="ID", help="a parameter, rule, fact, record entry, outcome or point of divergence"
    )
    parser.add_argument("--bib", action="store_true", help="the sources alone, as BibTeX")


def _address(parser: Parser) -> None:
    parser.add_argument("address", metavar="ADDRESS", help="a timeline's address, as answers give them")


def _tell(parser: Parser) -> None:
    _address(parser)
    parser.add_argument(
        "--length",
        metavar="post|essay|annals",
        type=one_of("--length", LENGTHS),
        default="essay",
        help=HOW_LONG,
    )


def _fork(parser: Parser) -> None:
    _address(parser)
    parser.add_argument(
        "--from",
        dest="from_",
        metavar="DATE",
        required=True,
        help="the day of the fork: all weeks before the one that holds it stay as they are",
    )
    _changes(parser)
    parser.add_argument(
        "--luck",
        metavar="same|fresh",
        default="same",
        help="this timeline's own luck (default), or luck drawn anew from that week on",
    )


def _map(parser: Parser) -> None:
    _address(parser)
    parser.add_argument(
        "date", metavar="DATE", help="the map shows the theatre as the week of this day left it"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        help="where to draw it: a name ending in .svg or .png",
    )


def _check(parser: Parser) -> None:
    parser.add_argument(
        "subject",
        metavar="SUBJECT",
        nargs="?",
        help="one of those below; none: the scoreboard of all, as kept",
    )
    parser.add_argument("--data", metavar="FILE", help="a CSV table of engagements, for that check")
    parser.add_argument(
        "--full", action="store_true", help="measure anew what is otherwise shown as it was kept"
    )
    parser.add_argument(
        "--replicates", metavar="N", type=whole("--replicates"), help="inference: how many (default 200)"
    )
    _size(parser)


def _calibrate(parser: Parser) -> None:
    parser.add_argument("--chains", metavar="N", type=whole("--chains"), help="how many chains (default 4)")
    parser.add_argument(
        "--sweeps", metavar="N", type=whole("--sweeps"), help="sweeps kept of each chain (default 1500)"
    )
    parser.add_argument(
        "--seed", metavar="N", type=whole("--seed"), help="names the run: same seed, same draws"
    )
    parser.add_argument(
        "--workers", metavar="N", type=whole("--workers"), help="processes (default: one a core)"
    )
    parser.add_argument(
        "--check", action="store_true", help="only say whether the kept draws were made of these rules"
    )


def _bench(parser: Parser) -> None:
    _size(parser)


def _size(parser: Parser) -> None:
    parser.add_argument(
        "--timelines", metavar="N", type=whole("--timelines"), help="timelines to run for each figure"
    )
    parser.add_argument(
        "--workers", metavar="N", type=whole("--workers"), help="threads (default: one a core)"
    )


def in_our_words(message: str, parser: Parser) -> AllohistoryError:
    """Turn one of argparse's messages into where, what is wrong, and the nearest possibility."""
    name = parser.prog
    see = f"{name} --help"
    choice = re.search(r"invalid choice: '?([^' ]*)'? ", message)
    if choice:
        return AllohistoryError(
            "allohistory", f'there is no command "{choice[1]}"', given=choice[1], possible=COMMANDS, see=see
        )
    lacking = re.search(r"argument (\S+): expected (?:one|at least one) argument", message)
    if lacking:
        option = lacking[1].split("/")[0]
        return AllohistoryError(
            name, f"{option} needs a value", given=option, closest=f"{option} VALUE", see=see
        )
    both = re.search(r"argument (\S+): not allowed with argument (\S+)", message)
    if both:
        return AllohistoryError(
            name,
            f"{both[1]} and {both[2]} exclude each other",
            given=both[1],
            closest=f"only {both[1]}",
            see=see,
        )
    missing = re.search(r"the following arguments are required: (.*)", message)
    if missing:
        return AllohistoryError(name, f"{missing[1]} is missing", closest=f"{name} {missing[1]}", see=see)
    ignored = re.search(r"argument (\S+): ignored explicit argument '(.*)'", message)
    if ignored:
        return AllohistoryError(
            name, f"{ignored[1]} takes no value", given=ignored[2], closest=ignored[1], see=see
        )
    return AllohistoryError(name, message, see=see)


def unknown_word(word: str, parser: Parser, options: argparse.Namespace) -> AllohistoryError:
    """An option or a word that no command takes."""
    command = getattr(options, "command", None)
    place = _parser_of(parser, command)
    option = word.split("=")[0]
    see = f"{place.prog} --help"
    if option.startswith("-"):
        return AllohistoryError(
            place.prog, f'there is no option "{option}"', given=option, possible=place.options_of(), see=see
        )
    return AllohistoryError(place.prog, f'"{word}" is one word too many', given=word, see=see)


def _parser_of(parser: Parser, command: str | None) -> Parser:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) and command in action.choices:
            found: Parser = action.choices[command]
            return found
    return parser


def is_terminal() -> bool:
    """Does stdout lead to a person?"""
    return sys.stdout.isatty()
