"""`studio`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.reading import whole

SUMMARY = "Allohistory in the browser, on this machine"
MORE = """\
examples:
  allohistory studio --open
  allohistory studio --port 9000
  allohistory studio --public --host history.example.org

it listens on this machine alone. --public lets others in, with limits on timelines, time and questions at once for each
of them; it knows no passwords and keeps no state of theirs. Ctrl-C ends it."""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "--port",
        metavar="N",
        type=whole("--port"),
        help="where it listens (default 8765; 0: any that is free)",
    )
    parser.add_argument(
        "--host",
        metavar="H",
        help="an address of this machine (default 127.0.0.1; with --public, all of them)",
    )
    parser.add_argument("--public", action="store_true", help="others may reach it, within limits")
    parser.add_argument("--open", action="store_true", help="open it in the browser")
