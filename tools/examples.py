"""Run the examples of README and pages, and keep what they show true.

In a page, every fenced block marked `console` is a session: a line that begins with `$ allohistory` is run,
and the lines below it are what it printed. Other commands (`$ make run`) are shown, not run. Blocks marked
`python` are run in turn, in one name space a page. A block marked `toml` whose first line is a comment with a
file's name is written to the folder in which the page's commands run. An address in a command stands for the
last one printed above it, and `<!-- first N lines -->` above a block keeps only that many of each output.

    python tools/examples.py            rewrite what the sessions show
    python tools/examples.py --check    fail, and show the difference, where a page is stale
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FENCE = re.compile(
    r"(?:<!-- first (?P<first>\d+) lines -->\n)?```(?P<kind>console|python|toml)\n(?P<body>.*?)^```$",
    re.DOTALL | re.M,
)
ADDRESS = re.compile(r"\bah1x?-[0-9a-z]+(?:-[0-9a-z]+)+\b")
CLOCK = re.compile(r"\d+(?:[.,]\d+)* ?(?:ms|s|seconds|minutes|timelines/s|a second)\b")
SECONDS = 300
ANSWERED, SHORT = 0, 3  # exit codes with which a command has said all it has to say on stdout


@dataclass(frozen=True)
class Block:
    """One fenced block of a page: its kind, its text, where it stands, how much of an output it keeps."""

    kind: str
    body: str
    start: int
    end: int
    first: int | None


def pages() -> list[Path]:
    """README and every page written by hand."""
    written = (
        path for path in (ROOT / "docs").rglob("*.md") if "reference" not in path.relative_to(ROOT).parts
    )
    return [ROOT / "README.md", *sorted(written)]


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page that this tool knows, in order."""
    for found in FENCE.finditer(text):
        first = int(found["first"]) if found["first"] else None
        yield Block(found["kind"], found["body"], found.start("body"), found.end("body"), first)


def has_sessions(text: str) -> bool:
    """Whether a page has a command to run."""
    return any(block.kind == "console" and "$ allohistory" in block.body for block in blocks(text))


def python_of(text: str) -> str:
    """All Python of a page as one program, each line where the page has it, so that errors name it."""
    lines = [""] * (text.count("\n") + 1)
    for block in blocks(text):
        if block.kind == "python":
            start = text.count("\n", 0, block.start)
            for offset, line in enumerate(block.body.splitlines()):
                lines[start + offset] = line
    return "\n".join(lines).rstrip() + "\n"


def renewed(text: str) -> str:
    """The page with every session run again."""
    with tempfile.TemporaryDirectory() as folder:
        address, pieces, position = "", [], 0
        for block in blocks(text):
            if block.kind == "toml":
                write_file(Path(folder), block.body)
            elif block.kind == "console":
                body, address = session(block, Path(folder), address)
                pieces += [text[position : block.start], body]
                position = block.end
        return "".join([*pieces, text[position:]])


def write_file(folder: Path, body: str) -> None:
    """Write a block to the file that its first line names, if it names one."""
    named = re.match(r"# ([\w-]+\.toml)\n", body)
    if named:
        (folder / named[1]).write_text(body, encoding="utf-8")


def session(block: Block, folder: Path, address: str) -> tuple[str, str]:
    """Run the commands of one block; returns its new text and the last address seen."""
    lines: list[str] = []
    ours = False
    for line in block.body.splitlines():
        if line.startswith("$ "):
            ours = line.startswith("$ allohistory")
            command = ADDRESS.sub(address, line[2:]) if ours and address else line[2:]
            lines.append(f"$ {command}")
            if ours:
                output = run(command, folder)
                found = ADDRESS.findall(output)
                address = found[-1] if found else address
                lines += shortened(output.rstrip().splitlines(), block.first)
        elif not ours:
            lines.append(line)
    return "\n".join(lines) + "\n", address


def shortened(lines: list[str], first: int | None) -> list[str]:
    """The first lines and a mark for the rest, or all of them."""
    lines = [line.rstrip() for line in lines]
    return lines if first is None or len(lines) <= first else [*lines[:first], "..."]


def run(command: str, folder: Path) -> str:
    """What a command prints: its answer, or its error where it fails."""
    words = shlex.split(command)
    executable = Path(sys.executable).with_name(words[0])
    quiet = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [str(executable), *words[1:]],
        cwd=folder,
        env=os.environ | quiet,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    return done.stdout if done.returncode in (ANSWERED, SHORT) else done.stdout + done.stderr


def without_clock(text: str) -> str:
    """The text with every duration blotted out: the only thing that may differ between two runs."""
    return CLOCK.sub("# s", text)


def difference(page: Path) -> str:
    """Where a page differs from what its commands print now; empty where it is true."""
    shown = page.read_text(encoding="utf-8")
    now = renewed(shown)
    name = page.relative_to(ROOT).as_posix()
    old, new = without_clock(shown).splitlines(), without_clock(now).splitlines()
    return "\n".join(difflib.unified_diff(old, new, f"{name} as written", f"{name} as it runs", lineterm=""))


def main() -> int:
    """Rewrite the pages, or say which are stale."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a page is stale")
    parser.add_argument("pages", nargs="*", type=Path, help="only these (default: all)")
    arguments = parser.parse_args()
    stale = False
    for page in [page.resolve() for page in arguments.pages] or pages():
        text = page.read_text(encoding="utf-8")
        if not has_sessions(text):
            continue
        found = difference(page)
        if found and arguments.check:
            print(found)
            stale = True
        elif found:
            page.write_text(renewed(text), encoding="utf-8")
            print(f"wrote {page.relative_to(ROOT)}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
