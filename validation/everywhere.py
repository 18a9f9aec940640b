"""The same bits everywhere: digests of timelines under every Python here, processor target, thread count, batch size.

Usage: python validation/everywhere.py [--folder DIR] [--small] [--only WORD] [--write PAGE]

For each Python from 3.11 up that this computer has, an environment is made (below DIR, with the pinned versions of
NumPy, Numba and PyArrow; nothing is installed twice), and the golden digests of the scenario are computed in it:
compiled for this processor, for a generic one, for one with AVX2 and fused multiply-add, for one with AVX-512 (where
this one has it), with the compiler off, on one, two and three threads, and put together from batches of several sizes.
All must be those of tests/golden/digests.toml. Each Python and each target compiles the scenario once: minutes.

--small takes the small scenario of the tests instead: everything is compared with this Python, in a minute or two.
Exit code 1 where any digest differs.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("numpy", "numba", "pyarrow")
MINORS = range(11, 20)
AVX2 = "+sse4.2,+popcnt,+avx,+avx2,+bmi,+bmi2,+lzcnt,+f16c,+fma,+movbe"
AVX512 = f"{AVX2},+avx512f,+avx512cd,+avx512dq,+avx512bw,+avx512vl,+evex512"
FEW, MORE = 4, 20  # timelines of a plan: with the compiler off, and else

CODE = """
import json, sys
sys.path[:0] = {paths!r}
from allohistory.ensemble.gathered import join
from allohistory.ensemble.golden import DRAWS, digest, plans
from allohistory.ensemble.run import run
if {small}:
    from allohistory.timeline.plan import END, START, Plan
    from smallwar_model import small_model
    model = small_model()
    every = [("free", Plan(horizon=START, draws=DRAWS)), ("our history", Plan(horizon=END, draws=DRAWS))]
    every += [(f"fresh from week {{w}}", Plan(horizon=128 * w, draws=DRAWS)) for w in (20, 90)]
else:
    from allohistory.timeline.model import load
    model = load()
    every = list(plans(model))
found = {{}}
for name, plan in every:
    if {size} == 0:
        made = run(model.blueprint, plan, count={count}, workers={workers})
    else:
        made = None
        for first in range(0, {count}, {size}):
            batch = run(model.blueprint, plan, first=first, count=min({size}, {count} - first), workers={workers})
            made = batch if made is None else join(made, batch)
    found[name] = digest(made)
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Way:
    """One way to compute the digests: settings of Numba, threads, and timelines a batch (0: all at once)."""

    name: str
    settings: dict[str, str]
    workers: int = 1
    size: int = 0
    count: int = MORE


@dataclass(frozen=True)
class Line:
    """What one Python gave in one way: how many plans, and how many of them differ."""

    python: str
    way: str
    plans: int
    differ: int
    seconds: float


def ways() -> list[Way]:
    """All that this computer can do; targets it has no instructions for are left out."""
    found = [
        Way("this processor, one thread", {}),
        Way("two threads", {}, workers=2),
        Way("three threads", {}, workers=3),
        Way("batches of 7", {}, size=7),
        Way("batches of 1", {}, size=1),
        Way("generic processor", {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""}),
        Way("not optimised", {"NUMBA_OPT": "0"}),
        Way("compiler off", {"NUMBA_DISABLE_JIT": "1"}, count=FEW),
    ]
    here = flags()
    if {"avx2", "fma"} <= here:
        found.append(Way("AVX2 and FMA", {"NUMBA_CPU_NAME": "haswell", "NUMBA_CPU_FEATURES": AVX2}))
    if {"avx512f", "avx512vl", "avx512dq"} <= here:
        found.append(Way("AVX-512", {"NUMBA_CPU_NAME": "skylake-avx512", "NUMBA_CPU_FEATURES": AVX512}))
    return found


def flags() -> set[str]:
    """What instructions this processor has, where the system tells."""
    path = Path("/proc/cpuinfo")
    if not path.is_file():
        return set()
    line = next((one for one in path.read_text().splitlines() if one.startswith("flags")), "")
    return set(line.split())


def pythons() -> list[str]:
    """Every Python from 3.11 up on this computer, the oldest first; this one where there is no other."""
    found = {}
    for minor in MINORS:
        for command in (f"python3.{minor}", *_kept_by_pyenv(minor)):
            path = shutil.which(command)
            if path and minor not in found and _says(path, minor):
                found[minor] = path
    return list(found.values()) or [sys.executable]


def _kept_by_pyenv(minor: int) -> list[str]:
    home = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    return [str(path / "bin" / "python") for path in sorted(home.glob(f"3.{minor}.*"))]


def _says(path: str, minor: int) -> bool:
    """Does this command run, and is it the version that it is called? (A shim of a version manager may refuse.)"""
    code = f"import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, {minor}))"
    return subprocess.run([path, "-c", code], capture_output=True, check=False).returncode == 0


def environment(python: str, folder: Path) -> tuple[str, str]:
    """(version, interpreter) of an environment with what the engine needs; made where it is not there yet."""
    version = subprocess.run(
        [python, "-c", "import platform; print(platform.python_version())"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    place = folder / f"python-{version}"
    inside = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not (place / "ready").is_file():
        subprocess.run([python, "-m", "venv", str(place)], check=True)
        install = [str(inside), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
        subprocess.run([*install, "--constraint", str(ROOT / "constraints.txt"), *NEEDED], check=True)
        (place / "ready").touch()
    return version, str(inside)


def digests(interpreter: str, way: Way, home: Path, *, small: bool) -> dict[str, str]:
    """The digests of one way, from a process of its own."""
    held = {name: value for name, value in os.environ.items() if not name.startswith(("NUMBA_", "PYTHON"))}
    held |= {"ALLOHISTORY_HOME": str(home), **way.settings}
    paths = [str(ROOT / "src"), str(ROOT / "tests")]
    code = CODE.format(paths=paths, small=small, count=way.count, workers=way.workers, size=way.size)
    done = subprocess.run([interpreter, "-c", code], env=held, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{interpreter}, {way.name}: {done.stderr[-2000:]}")
    found: dict[str, str] = json.loads(done.stdout)
    return found


def expected(small: bool, home: Path) -> dict[int, dict[str, str]]:
    """What must come out, by the number of timelines: the golden digests, or what this Python finds."""
    here = sys.executable
    if small:
        return {n: digests(here, Way("", {}, count=n), home, small=True) for n in (FEW, MORE)}
    kept = tomllib.loads((ROOT / "tests" / "golden" / "digests.toml").read_text(encoding="utf-8"))["digests"]
    return {MORE: kept, FEW: digests(here, Way("", {}, count=FEW), home, small=False)}


def table(lines: list[Line]) -> str:
    """The lines as a table for a page."""
    rows = ["| Python | way | plans | differ | seconds |", "| --- | --- | --- | --- | --- |"]
    rows += [
        f"| {one.python} | {one.way} | {one.plans} | {one.differ} | {one.seconds:.0f} |" for one in lines
    ]
    return "\n".join(rows) + "\n"


def written(path: Path, text: str) -> None:
    """Write the table into a file, or into a page between its two marks."""
    before, after = "<!-- everywhere -->\n", "<!-- end of everywhere -->"
    held = path.read_text(encoding="utf-8") if path.is_file() else ""
    if before in held and after in held:
        head, rest = held.split(before)
        text = f"{head}{before}\n{text}\n{after}{rest.split(after)[1]}"
    path.write_text(text, encoding="utf-8")


def main() -> int:
    """Compare them all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=Path("build/everywhere"))
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--only", default="", help="only ways whose name contains this")
    parser.add_argument("--write", type=Path, help="also put the table into this page")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    home = (options.folder / "home").resolve()
    known, lines = expected(options.small, home), []
    for python in pythons():
        version, interpreter = environment(python, options.folder.resolve())
        for way in ways():
            if options.only not in way.name:
                continue
            started = time.monotonic()
            found = digests(interpreter, way, home, small=options.small)
            differ = sum(found[name] != known[way.count][name] for name in found)
            lines.append(Line(version, way.name, len(found), differ, time.monotonic() - started))
            print(f"{version:8} {way.name:28} {len(found)} plans, {differ} differ", flush=True)
    what = "the small scenario" if options.small else "the scenario"
    text = f"{platform.machine()}, {platform.system()}; {what}.\n\n{table(lines)}"
    if options.write is not None:
        written(options.write, text)
    return int(any(one.differ for one in lines))


if __name__ == "__main__":
    sys.exit(main())
