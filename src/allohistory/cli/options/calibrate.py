"""`calibrate`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.reading import whole

SUMMARY = "the parameters given what history says about them"
MORE = """\
writes the scenario's kept draws and what became of each prior. Stopped, it goes on where it was when run again.
Needs the extra: python -m pip install "allohistory[calibrate]"."""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
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
