"""A run killed with kill -9 at ten random moments and resumed each time ends with the bytes of one that was not.

    python validation/kill_and_resume.py [--timelines N] [--kills N] [--seed N] [--folder DIR] [--small] [WORDS ...]

WORDS are those of `allohistory ask` (default: nothing but the rules). The moments are drawn at random over the time
that the undisturbed run takes, so that some fall on the start, some on writing, some on the answer. --small takes the
small scenario of the tests. Ends with 1 where a byte differs.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REAL = [sys.executable, "-m", "allohistory.cli.main"]
SMALL = [sys.executable, str(ROOT / "tests" / "smallwar_command.py")]


def result(folder: Path) -> dict[str, bytes]:
    """manifest.json and all parts."""
    files = [folder / "manifest.json", *sorted((folder / "parts").iterdir())]
    return {path.name: path.read_bytes() for path in files}


def begun(command: list[str], words: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """The run, begun or gone on with."""
    return subprocess.Popen(
        [*command, "ask", *words, "--out", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def main() -> int:
    """Run once undisturbed, then once with kills, and compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--timelines", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("build/kills"))
    parser.add_argument("--small", action="store_true")
    options, more = parser.parse_known_args()
    words = [*more, "--timelines", str(options.timelines)]
    command = SMALL if options.small else REAL
    whole, killed = options.folder / "whole", options.folder / "killed"
    for folder in (whole, killed):
        shutil.rmtree(folder, ignore_errors=True)
    started = time.monotonic()
    if begun(command, words, whole).wait() not in (0, 3):
        print("the undisturbed run failed")
        return 1
    seconds = time.monotonic() - started
    dice, kills = random.Random(options.seed), 0
    tries = 0
    while kills < options.kills and tries < 3 * options.kills:
        tries += 1
        process = begun(command, words, killed)
        try:
            process.wait(
                timeout=dice.uniform(0.0, 2.0 * seconds / options.kills) + dice.choice((0.0, seconds / 4))
            )
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
            continue
        shutil.rmtree(killed)  # it came to its end: begin again, there are kills left
    if begun(command, words, killed).wait() not in (0, 3):
        print("the resumed run failed")
        return 1
    same = result(whole) == result(killed)
    parts = len(result(whole)) - 1
    print(
        f"{options.timelines:,} timelines, {parts} parts, undisturbed in {seconds:.0f} s; "
        f"killed {kills} times: {'the same bytes' if same else 'OTHER BYTES'}"
    )
    return 0 if same and kills == options.kills else 1


if __name__ == "__main__":
    sys.exit(main())
