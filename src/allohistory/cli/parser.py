"""The commands and their options. argparse reads them; its complaints are put into the shape of all our errors."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NoReturn

from allohistory.cli.options import COMMANDS
from allohistory.errors import AllohistoryError
from allohistory.version import VERSION

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
    for name in COMMANDS:
        about = import_module(f"allohistory.cli.options.{name}")
        about.add(_command(commands, name, about.SUMMARY, about.MORE))
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
